"""Days told from another day of the report: 'the following day', 'the day before', 'two days later'."""

from __future__ import annotations

import datetime as dt
from functools import cache

from tidings.evidence.extract.calendar_words import DAY, Point, day_span
from tidings.evidence.extract.lexicons import lexicon
from tidings.evidence.extract.phrases import Line, Phrases


def anchored_at(line: Line, index: int, anchor: dt.date | None) -> Point | None:
    """Read a day told from the last one that the report told; its days are unknown where it told none.

    Examples
    --------
    >>> from tidings.evidence.extract.phrases import lines
    >>> from tidings.evidence.extract.words import Document
    >>> from tidings.evidence.report import Report
    >>> (line,) = lines(Document(Report(id="r", name="-", text="The following day it rained.")))
    >>> str(anchored_at(line, 0, dt.date(2015, 5, 4)).from_)
    '2015-05-05'
    """
    start = index + 1 if line.words[index] == "on" else index
    found = _phrases().at(line.words, start) if start < len(line.words) else None
    if found is None:
        return None
    end, shift = found
    following = line.words[end : end + 1]
    if line.words[end - 1] == "before" and following and following[0][0].isalnum():
        return None
    if following in (("or",), ("of",), ("'s",)):
        return None
    return Point(end, *(day_span(anchor + shift * DAY) if anchor else (None, None)))


@cache
def _phrases() -> Phrases[int]:
    return Phrases.of([(phrase, int(shift)) for phrase, shift in lexicon("times")["anchored_days"].items()])
