"""Times that are over, told by the turn that ended them: 'before the war', 'pre-war', 'once home to'."""

from __future__ import annotations

import datetime as dt
import re

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line, line_at
from tidings.evidence.extract.times import times_in
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import When

Tokens = tuple[int, int]
_OF_MORE = re.compile(r"\s+(?:\w+\s+)?(?:out\s+)?of\s+(?:(?:the|its|their|a|some|about|more|than|roughly)\s+){0,3}\d")
TURN_REACH = 6
"""Words from "before" to the turn: "before the current round of fighting"."""
OWN_REACH = 4
"""Words between such a word and the number of which alone it is told: "a pre-war population of some 900"."""
REACH = 10
"""Words between such a time and the figure that it governs."""


def is_part_of_more(behind: str) -> bool:
    """Whether the words behind a number tell that it is a part of another one, of which alone they tell.

    Examples
    --------
    >>> is_part_of_more(" of the 9,000 people who lived there "), is_part_of_more(" of the people who lived there ")
    (True, False)
    """
    return _OF_MORE.match(behind) is not None


def bygone_of(document: Document, start: int, end: int, published: dt.date | None) -> When | None:
    """Return the time before a turn that governs the words text[start:end], or None.

    Its end is the day of the turn where that is told ("before the war of 2011"), else the day of publication: all
    that the words say is that it was over by then.

    Examples
    --------
    >>> from tidings.evidence.report import Report
    >>> document = Document(Report(id="r", name="-", text="Before the war 9,000 people lived in Zeta."))
    >>> found = bygone_of(document, 15, 33, dt.date(2016, 2, 8))
    >>> found.text, found.from_, str(found.until)
    ('Before the war', None, '2016-02-08')
    """
    line = line_at(document, start)
    first, last = line.cover(start, end)
    told = [time for time in _bygones(line, first, last) if _reaches(line, time, first, last)]
    if not told:
        return None
    time = min(told, key=lambda tokens: max(tokens[0] - last, first - tokens[1]))
    span = line.span(*time)
    until = _turn(document, line, time[1], published) or published
    return When(from_=None, until=until, text=document.report.text[span[0] : span[1]], span=span)


def _bygones(line: Line, first: int, last: int) -> list[Tokens]:
    reach = range(max(0, first - 2 * REACH), min(len(line.words), last + REACH))
    return [time for index in reach if (time := _bygone_at(line, index))]


def _bygone_at(line: Line, index: int) -> Tokens | None:
    word, following = line.words[index], line.words[index + 1 : index + 2]
    if word in word_set("times", "bygone_words"):
        return index, index + 1
    if word == "once" and following and following[0] in word_set("times", "behind_once"):
        return index, index + 1
    if (word, *following) == ("used", "to"):
        return index, index + 2
    if word in word_set("times", "usual_words") and following and following[0] in word_set("times", "behind_usual"):
        return index, index + 1
    if (word, *following) == ("out", "of") and not line.bag.isdisjoint(word_set("times", "remaining")):
        return index, index + 2
    is_before = word == "before" or (word, *following) == ("prior", "to")
    return _before_turn(line, index) if is_before else None


def _before_turn(line: Line, index: int) -> Tokens | None:
    turns, edges = word_set("times", "turns"), word_set("grammar", "auxiliaries") | {",", ";", "and"}
    for end in range(index + 1, min(len(line.words), index + TURN_REACH)):
        if line.words[end] in turns:
            return index, end + 1
        if line.words[end] in edges or line.words[end][0].isdecimal():
            return None
    return None


def _reaches(line: Line, time: Tokens, first: int, last: int) -> bool:
    """Whether a time governs a figure: near it, with no other number and no turn to today in between."""
    between = line.words[time[1] : first] if time[1] <= first else line.words[last : time[0]]
    if any(word[0].isdecimal() or word in word_set("times", "turns_to_now") for word in between):
        return False
    if _is_before_its_own(line, time) and (time[0] >= last or len(between) > OWN_REACH):
        return time[0] == last  # "900 pre-war inhabitants"
    if time[0] == 0:
        return len(between) <= 2 * REACH
    return len(between) <= REACH and not any(word in word_set("grammar", "relatives") for word in between)


def _is_before_its_own(line: Line, time: Tokens) -> bool:
    """Whether a time is told of the number behind it alone: 'remain out of a pre-war population of 900'."""
    behind = line.words[time[1] : time[1] + OWN_REACH + 1]
    is_before_noun = (
        line.words[time[0]] in word_set("times", "bygone_words", "usual_words") or line.words[time[0]] == "out"
    )
    return is_before_noun and any(word[0].isdecimal() for word in behind)


def _turn(document: Document, line: Line, last: int, published: dt.date | None) -> dt.date | None:
    """Return the first day of the turn where it is told right behind: "before the war began in 2011"."""
    near = [time for time in times_in(document, line, published) if last <= time.first <= last + 2]
    return near[0].from_ if near else None
