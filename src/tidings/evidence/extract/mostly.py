"""Most of a place: 'controls most of X', 'two thirds of the town is held by': who holds it, though not all of it."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, is_town_of
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.relation_lexicon import relation_phrases
from tidings.evidence.extract.words import Word

LONGEST = 4
"""Words of a share: 'more than half of', 'the majority of'."""


def share_end(words: Sequence[Word], at: int) -> int:
    """Return the word behind a share of a place that stands at a word: that behind 'most of'; else the word itself."""
    found = relation_phrases("shares").at(words, at) if at < len(words) else None
    return found[0] if found else at


def is_mostly(line: Line, place: Mention) -> bool:
    """Whether most of a place is told of: 'most of X', 'nearly all of the city of X'."""
    words, of = line.words, line.word_at(place.start) - 1
    while of > 0 and (words[of].key in TOWN_WORDS or is_town_of(words, of)):
        of -= 1
    return any(share_end(words, at) == of + 1 for at in range(max(0, of - LONGEST), of))
