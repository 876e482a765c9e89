"""Points in time told side by side: 'on Saturday and Sunday', 'in November 2015 and January 2016'."""

from __future__ import annotations

import datetime as dt

from tidings.evidence.extract.calendar_words import DAY, Point, month_at, point_at
from tidings.evidence.extract.lexicons import lexicon
from tidings.evidence.extract.phrases import Line


def listed_points(line: Line, index: int, first: Point, published: dt.date | None, is_ahead: bool) -> Point:
    """Return the span from a point to the last one of the list that it opens, or the point itself.

    Parameters
    ----------
    line, index
        The sentence and the token at which the first point is told.
    first
        That point.
    published, is_ahead
        As for `point_at`.
    """
    joint = line.words[first.end : first.end + 1]
    if joint not in (("and",), (",",)) or first.end + 1 >= len(line.words):
        return first
    second = point_at(line, first.end + 1, published, is_ahead)
    if second is None or not _is_alike(line, index, first.end + 1):
        return first
    last = listed_points(line, first.end + 1, second, published, is_ahead)
    if joint == (",",) and last is second:
        return first
    return _joined(line, index, first, last)


def _is_alike(line: Line, first: int, second: int) -> bool:
    """Whether both tokens are weekdays, or both are months or years."""
    days = lexicon("times")["weekdays"]
    if line.words[first] in days or line.words[second] in days:
        return line.words[first] in days and line.words[second] in days
    return month_at(line, first) is not None and month_at(line, second) is not None


def _joined(line: Line, index: int, first: Point, last: Point) -> Point:
    if first.from_ is None or last.from_ is None or last.until is None:
        return Point(last.end, None, None)
    start = first.from_
    if start > last.from_ and line.words[index] in lexicon("times")["weekdays"]:
        start -= 7 * DAY
    elif last.has_year and not first.has_year:
        told = point_at(line, index, last.from_)
        start = told.from_ if told and told.from_ else start
    return Point(last.end, min(start, last.from_), last.until, has_year=last.has_year)
