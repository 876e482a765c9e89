"""Whose capture is announced without a taker: the announcer's own, 'Moscow announced the capture of X'."""

from __future__ import annotations

from tidings.evidence.extract.clause_parts import Line, subject
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.event_told import Told
from tidings.evidence.extract.mentions import Mention

ARTICLES = frozenset(["the", "its", "their", "his"])


def announced(line: Line, told: Told) -> list[Mention]:
    """Return who announces a capture that is a noun and names nobody who took the place."""
    if told.sense.type != "capture" or told.how != "noun" or told.actors:
        return []
    verb = told.first - 1
    verb -= verb > 0 and line.words[verb].key in ARTICLES
    return subject(line, verb) if verb > 0 and line.words[verb].key in event_words("announcing") else []
