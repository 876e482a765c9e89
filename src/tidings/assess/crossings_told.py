"""What the words of an opening or a closure tell of a crossing: for whom, when, and how many it lets through."""

from __future__ import annotations

import re
from typing import NamedTuple

_GROUP = r"(?:to|for) \w+(?: \w+){0,2} (?:without|with|lacking|who)\b"
_EXCEPTED = re.compile(
    r"\b(?:to|for|on) (?:most|many|some|all but)\b|\bpart(?:ly|ially)\b|\bexcept\b|\bopen(?:ed)? (?:only )?(?:to|for)\b"
    rf"|\b{_GROUP}"
)
"""Words in the telling of a closure by which it is not for all."""
_SOME = (
    r"(?:some|aid|(?:the |a few )?(?:wounded|sick|injured|elderly|ill)|medical|humanitarian|emergenc(?:y|ies)"
    r"|(?:foot )?passengers|pedestrians|people on foot|travellers on foot|returnees|patients|women|children|students)\b"
)
_ONLY = re.compile(rf"\bonly\b|\bpart(?:ly|ially)\b|\b(?:to|for) {_SOME}|\b{_GROUP}")
"""Words in the telling of an opening by which it is not for all."""
_FOR_WHOM = re.compile(
    r"\b(?:closed|shut|open(?:ed)?|reopened) (?:only )?(?:to|for) \w+(?: \w+){0,4}"
    r"|\bexcept (?:to|for)? ?\w+(?: \w+){0,3}"
)
"""Words that tell for whom."""
_APART = re.compile(
    rf"\b(?:only )?(?:to|for) {_SOME}(?: (?:cases|people|persons|patients|reasons))?(?: only)?(?: and \w+)?"
)
"""The same, apart from the word for open: 'reopened on Monday for pedestrians'."""
_TIME = r"\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.? ?m\b\.?)?"
_HOURS = re.compile(rf"\b(?:from|between) {_TIME} (?:to|until|and) {_TIME}|\bfor \w+ hours (?:a|each|every|per) day\b")
"""Words that tell at what hours."""
_PER_DAY = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?: \w+){0,2}? (?:people|persons|refugees|civilians|travellers|pedestrians)"
    r"(?: (?:a|each|every|per) day| daily)\b"
)
"""Persons a day; households, vehicles and trucks are none."""


class CrossingWords(NamedTuple):
    """What a sentence tells of a crossing that it calls open or closed."""

    is_in_part: bool
    """Whether it is open, or closed, for some alone."""
    terms: str | None
    """For whom, or at what hours, in its words."""
    per_day: float | None
    """Persons a day that it lets through."""


def crossing_words(words: str, *, is_opening: bool) -> CrossingWords:
    """Read a sentence, in lower case, that tells of a crossing's opening or closure.

    Examples
    --------
    >>> crossing_words("the gate is closed to travellers without visas.", is_opening=False)
    CrossingWords(is_in_part=True, terms='closed to travellers without visas', per_day=None)
    >>> crossing_words("the gate is open from 8 a.m. to 4 p.m. and lets 1,300 people a day through.", is_opening=True)
    CrossingWords(is_in_part=False, terms='from 8 a.m. to 4 p.m.', per_day=1300.0)
    """
    is_in_part = bool((_ONLY if is_opening else _EXCEPTED).search(words))
    whom = _FOR_WHOM.search(words) or _APART.search(words)
    found = (whom if is_in_part else None) or (_HOURS.search(words) if is_opening else None)
    through = _PER_DAY.search(words) if is_opening else None
    per_day = float(through[1].replace(",", "")) if through else None
    return CrossingWords(is_in_part, found[0] if found else None, per_day)
