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
    r"|(?:foot )?passengers|pedestrians|people on foot|travellers on foot|returnees|patients|women|children|students"
    r"|trucks|lorries|goods|cargo|commercial)\b"
)
_GOODS = r"(?:trucks|lorries|goods|cargo|convoys|vehicles|commercial \w+|trade)\b"
_ALL_THE_OTHERS = (
    r"(?!(?: and| or|,) (?:all )?(?:other )?(?:\w+ )?(?:vehicles|traffic|cars|trucks|refugees|civilians|people|persons"
    r"|everyone|everybody|passengers|pedestrians)\b)"
)
_OF_SOME = re.compile(
    r"\b(?:to|for) (?:all )?(?:pedestrians|people on foot|travellers on foot|foot (?:passengers|traffic)|returnees"
    rf"|patients|students|{_GOODS}){_ALL_THE_OTHERS}"
    r"|\bto (?:all )?(?:aid|humanitarian|medical|(?:the )?(?:wounded|sick|injured|elderly|ill)|women|children|men)\b"
    + _ALL_THE_OTHERS
)
"""Words in the telling of a closure by which it is for some alone: who is not named may pass."""
_EVERYBODY = re.compile(
    r"\balike\b|\b(?=.*\bmen\b)(?=.*\bwomen\b)|\bgoods and (?:people|persons)\b"
    r"|(?:,|\band|\bor) (?:all )?(?:other )?(?:travel|movements?|everyone|everybody|everything|anyone|people|persons"
    r"|civilians|passage|refugees|residents|families|traffic|(?:all )?travell?ers|the public|others)\b"
)
"""In the list of those to whom it is closed: everybody, or a wider word for them."""
_LIST_END = re.compile(r"[;.]|\b(?:but|since|until|after|before|while|because|as|on \w+day|said)\b")
_NOT_WHOLLY = re.compile(
    r"\b(?:not|n't|isn't|wasn't|never) (?:yet |currently |now )?(?:fully|completely|entirely|wholly|always) \w+"
    r"|\b(?:not|isn't|wasn't) (?:yet |currently )?open (?:at night|at (?:the )?weekends?|on (?:\w+days|weekends)"
    r"|during the (?:night|day)|after (?:dark|sunset|curfew)|overnight|every day|daily|around the clock|24 hours)"
)
"""Words by which it is open, but not wholly or not always."""
_ONLY = re.compile(rf"{_NOT_WHOLLY.pattern}|\bonly\b|\bpart(?:ly|ially)\b|\b(?:to|for) {_SOME}|\b{_GROUP}")
"""Words in the telling of an opening by which it is not for all."""
_TIME = r"(?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.? ?m\b\.?)?|noon|midnight|dawn|dusk)"
_FOR_WHOM = re.compile(
    rf"(?:\b(?:not|no longer) )?\b(?:closed|shut|open(?:ed)?|reopened) (?:only )?(?:to|for) \w+"
    rf"(?: (?!(?:from|between) \d)\w+){{0,4}}(?: (?:from|between) {_TIME} (?:to|until|and) {_TIME})?"
    r"|\bexcept (?:to|for)? ?\w+(?: \w+){0,3}"
)
"""Words that tell for whom."""
_APART = re.compile(
    rf"\b(?:only )?(?:to|for) (?:all )?{_SOME}"
    r"(?: (?:cases|people|persons|patients|reasons|trucks|convoys|deliveries|traffic|goods))?(?: only)?(?: and \w+)?"
    rf"|\b(?:to|for) {_GOODS}"
)
"""The same, apart from the word for open: 'reopened on Monday for pedestrians'."""
_DAY = re.compile(r" (?:on|since|until) (?!foot\b)")
"""Behind for whom, where the day begins."""
_HOURS = re.compile(rf"\b(?:from|between) {_TIME} (?:to|until|and) {_TIME}|\bfor \w+ hours (?:a|each|every|per) day\b")
"""Words that tell at what hours."""
_PER_DAY = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)(?: \w+){0,2}? (?:people|persons|refugees|civilians|travellers|pedestrians)"
    r"(?: (?:a|each|every|per) day| daily)\b"
)
"""Persons a day; households, vehicles and trucks are none."""


_JOINT = r"(?:[;,]|\b(?:but|and|then|before|after|while)\b)"
_ITS_OPENING = r"\b(?:re-?open\w*|open(?:ed|s|ing)? (?:it|them|the (?:crossing|border|gate))\b)"
_ITS_CLOSURE = r"\b(?:clos(?:e|es|ed|ing)|shut(?:s|ting)?|seal(?:s|ed|ing)?)\b"
_BEHIND = {
    is_opening: re.compile(rf"{_JOINT}[^;,]*?{_ITS_CLOSURE if is_opening else _ITS_OPENING}")
    for is_opening in (True, False)
}
"""Where words behind an event begin to tell that of another time: 'closed it on Tuesday, but reopened it'."""
_BEFORE = {
    is_opening: re.compile(rf".*{_ITS_CLOSURE if is_opening else _ITS_OPENING}[^;,]*?{_JOINT}", re.DOTALL)
    for is_opening in (True, False)
}
"""The same before an event."""


class CrossingWords(NamedTuple):
    """What a sentence tells of a crossing that it calls open or closed."""

    is_in_part: bool
    """Whether it is open, or closed, for some alone."""
    terms: str | None
    """For whom, or at what hours, in its words."""
    per_day: float | None
    """Persons a day that it lets through."""
    is_of_some: bool = False
    """Whether it is closed for some alone: who is not named may pass."""


def crossing_words(words: str, *, is_opening: bool) -> CrossingWords:
    """Read a sentence, in lower case, that tells of a crossing's opening or closure.

    Examples
    --------
    >>> crossing_words("the gate is closed to travellers without visas.", is_opening=False)
    CrossingWords(is_in_part=True, terms='closed to travellers without visas', per_day=None, is_of_some=False)
    >>> crossing_words("the gate is open from 8 a.m. to 4 p.m. and lets 1,300 people a day through.", is_opening=True)
    CrossingWords(is_in_part=False, terms='from 8 a.m. to 4 p.m.', per_day=1300.0, is_of_some=False)
    """
    of_some = None if is_opening else _OF_SOME.search(words)
    is_of_some = of_some is not None and not _EVERYBODY.search(_LIST_END.split(words[of_some.start() :])[0])
    is_in_part = is_of_some or bool((_ONLY if is_opening else _EXCEPTED).search(words))
    whom = _FOR_WHOM.search(words) or _APART.search(words)
    found = (whom if is_in_part else None) or (_HOURS.search(words) if is_opening else None)
    through = _PER_DAY.search(words) if is_opening else None
    per_day = float(through[1].replace(",", "")) if through else None
    at_times = _NOT_WHOLLY.search(words) if is_opening and not found else None
    terms = _DAY.split(found[0])[0] if found else at_times[0] if at_times else None
    return CrossingWords(is_in_part, terms, per_day, is_of_some)


def own_words(before: str, told: str, behind: str, *, is_opening: bool) -> str:
    """Return the part of a sentence, in lower case, that tells of one opening or closure and not of the other.

    Examples
    --------
    >>> own_words("turkey ", "closed the gate", " on tuesday, but reopened it for the sick.", is_opening=False)
    'turkey closed the gate on tuesday'
    >>> own_words("turkey closed the gate on tuesday, but ", "reopened it", " for the sick.", is_opening=True)
    ' but reopened it for the sick.'
    """
    other = _BEHIND[is_opening].search(behind)
    return f"{_BEFORE[is_opening].sub('', before)}{told}{behind[: other.start()] if other else behind}"
