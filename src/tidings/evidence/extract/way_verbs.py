"""Verbs that tell of a road or a crossing itself, and notes of one that leave out their 'was': 'the road reopened'."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import clause_end, clause_start
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_places import where
from tidings.evidence.extract.event_told import WAY_TYPES, Reading, Told
from tidings.evidence.extract.headings import JOINTS
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.ways import closed_behind, has_no_object, last_object
from tidings.evidence.extract.words import Word


def of_itself(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """'The road reopened on Monday', 'the crossing remains closed': what happens to it stands before the verb."""
    line = reading.line
    start = clause_start(line.words, first)
    found = last_object(line, reading.kind_of, sense.subject or "", start, first)
    if found is None and opens_clause(line.words, start, first):  # "the crossing was closed but reopened at 6 am"
        found = last_object(line, reading.kind_of, sense.subject or "", 0, first)
    closed = closed_behind(line.words, last) if sense.closed else None
    fits = closed is not None if sense.closed else has_no_object(line.words, last)
    if found is None and fits and (word := reading.way_before(sense, first)) is not None:
        return Told(sense, first, closed or last, (), (), (), word)
    if found is None or not fits or line.party_in(found[1], first):
        return None
    last = closed or last
    end = clause_end(line.words, last)
    return Told(sense, first, last, (), (), tuple(where(reading, sense, last, end, first, found)))


def opens_clause(words: Sequence[Word], start: int, at: int) -> bool:
    """Whether a verb has no subject of its own, behind "but", "and" or "then"."""
    before = at - 1
    while before >= start and words[before].key in event_words("verb_openers"):
        before -= 1
    return at > 0 and (before < start or words[before].key in JOINTS)


def is_telegraphic(reading: Reading, first: int, last: int, sense: TriggerSense) -> bool:
    """Whether a note leaves out 'was' behind a way: 'M5 highway cut at X', 'X crossing closed to aid'."""
    line = reading.line
    start = clause_start(line.words, first)
    if sense.type not in WAY_TYPES or not sense.object or line.party_in(start, first):
        return False
    found = last_object(line, reading.kind_of, sense.object, start, first)
    behind = line.words[last].key if last < len(line.words) else "."
    ends = not behind[0].isalpha() or behind in word_set("grammar", "prepositions")
    return found is not None and found[1] == first and ends
