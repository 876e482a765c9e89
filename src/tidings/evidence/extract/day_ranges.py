"""Days told by their parts or by two numbers: 'between the afternoons of 7 and 14 May', 'on the night of 3–4 May'."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from tidings.evidence.extract.calendar_words import DAY, ORDINAL_ENDS, Point, day_number, point_at
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line


class DayStart(NamedTuple):
    """Where a day is told behind the part of it that opens it: "the evening of"."""

    first: int
    part: str


def day_range_at(line: Line, index: int, published: dt.date | None, is_ahead: bool = False) -> Point | None:
    """Read days that start at a token: two ends with one month, or a day told by a part of it.

    Parameters
    ----------
    line, index, published, is_ahead
        As for `point_at`.

    Returns
    -------
    Point or None
        From the first day to the end of the last one; None where no part of a day and no pair of numbers is told.
    """
    opening = index
    while opening < len(line.words) and line.words[opening] in word_set("times", "day_openers"):
        opening += 1
    if opening == index:
        return None
    first = behind_part(line, opening)
    is_two = line.words[index] in word_set("times", "two_ends_openers")
    found = _pair(line, first, published, is_ahead, is_told_by_part=bool(first.part) or not is_two)
    return found or (None if is_two or not first.part else _one(line, first, published, is_ahead))


def behind_part(line: Line, index: int) -> DayStart:
    """Skip a part of a day: "the evening of", "late on the evening of", "the nights of"."""
    start = index
    while start < len(line.words) and line.words[start] in word_set("times", "day_openers"):
        start += 1
    if line.words[start : start + 1] and line.words[start] in word_set("times", "day_parts"):
        behind = line.words[start + 1 : start + 2]
        if behind in (("of",), ("on",)):
            return DayStart(start + 2, line.words[start])
    return DayStart(index, "")


def _one(line: Line, start: DayStart, published: dt.date | None, is_ahead: bool) -> Point | None:
    point = point_at(line, start.first, published, is_ahead)
    if point is None or point.until is None or not start.part.startswith("weekend"):
        return point
    return Point(point.end, point.from_, point.until + DAY, point.has_year)


def _pair(
    line: Line, first: DayStart, published: dt.date | None, is_ahead: bool, *, is_told_by_part: bool
) -> Point | None:
    """Read "7 and 14 January" and "28 February to the morning of 2 March"."""
    end = _number_end(line, first.first)
    whole = None if _joins(line, end) else point_at(line, first.first, published, is_ahead)
    end = end if whole is None else whole.end
    if not _joins(line, end) or (whole and not first.part):
        return None
    second = behind_part(line, end + 1)
    if not is_told_by_part and not second.part:
        return None
    last = point_at(line, second.first, published, is_ahead)
    if last is None or (whole is None and not _is_day(line, second.first)):
        return None
    if last.from_ is None:
        return Point(last.end, None, None)
    from_ = _first_day(line, first.first, whole, last.from_)
    return Point(last.end, from_, last.until, last.has_year) if from_ else None


def _joins(line: Line, index: int) -> bool:
    return index + 1 < len(line.words) and line.words[index] in word_set("times", "two_ends_joints")


def _number_end(line: Line, index: int) -> int:
    """Return the token behind the bare number of a day, or one past the sentence."""
    if index >= len(line.words) or day_number(line.words[index]) is None:
        return len(line.words)
    return index + 1 + (line.words[index + 1 : index + 2] in {(end,) for end in ORDINAL_ENDS})


def _is_day(line: Line, index: int) -> bool:
    return day_number(line.words[index]) is not None


def _first_day(line: Line, index: int, whole: Point | None, last: dt.date) -> dt.date | None:
    """Return the first day, at or before the last one, whose month and year it may share."""
    if whole is not None:
        point = point_at(line, index, last)
        return point.from_ if point else None
    day = day_number(line.words[index])
    return last.replace(day=day) if day and day <= last.day else None
