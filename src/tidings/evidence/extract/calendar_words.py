"""Points in time told in words: dates, months, years and weekdays, resolved against the day of publication."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")
DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
DAY = dt.timedelta(days=1)
_WEEKS: dict[tuple[str, ...], int] = {("last", "week"): -1, ("this", "week"): 0, ("next", "week"): 1}
ORDINAL_ENDS = ("st", "nd", "rd", "th")


@dataclass(frozen=True, slots=True)
class Point:
    """Days told by the tokens up to `end`: half-open; None where they cannot be told without a publication date."""

    end: int
    from_: dt.date | None
    until: dt.date | None
    has_year: bool = False


def point_at(line: Line, index: int, published: dt.date | None, is_ahead: bool = False) -> Point | None:
    """Read the date, month, year or weekday that starts at a token.

    Parameters
    ----------
    line
        The sentence.
    index
        The token to start at.
    published
        Day of publication; what lacks a year is the latest such time not after it.
    is_ahead
        Whether the sentence looks ahead: then it is the first such time after publication.
    """
    if index >= len(line.words):
        return None
    return (
        _iso(line, index)
        or _day_month(line, index, published, is_ahead)
        or _month_first(line, index, published, is_ahead)
        or _weekday(line, index, published, is_ahead)
        or _season(line, index)
        or _year(line, index)
    )


def month_at(line: Line, index: int) -> int | None:
    """Return the month named at a token; 'may' and 'march' only with a capital or right before a year."""
    if index >= len(line.words):
        return None
    word = line.words[index].partition("-")[2] or line.words[index].partition("'")[0]
    month = lexicon("times")["months"].get(word)
    if month and line.texts[index][0].islower() and word in ("may", "march", "mar", "sept", "dec"):
        return int(month) if year_at(line, index + 1) else None
    return int(month) if month else None


def day_span(day: dt.date) -> tuple[dt.date, dt.date]:
    """Return the half-open span of one day."""
    return day, day + DAY


def month_span(year: int, month: int) -> tuple[dt.date, dt.date]:
    """Return the half-open span of one month.

    Examples
    --------
    >>> month_span(2015, 12)[1]
    datetime.date(2016, 1, 1)
    """
    return dt.date(year, month, 1), dt.date(year + month // 12, month % 12 + 1, 1)


def dated(year: int, month: int, day: int) -> dt.date | None:
    """Return a date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _iso(line: Line, index: int) -> Point | None:
    dotted = DOTTED.match(line.words[index])
    if dotted:
        day, month, year = (int(part) for part in dotted.groups())
        return _of_day(index + 1, dated(year, month, day))
    if slashed := _slashed(line, index):
        return slashed
    if index + 4 < len(line.words) and line.words[index + 1] == "-" and line.words[index + 3] == "-":
        found = ISO.match("".join(line.words[index : index + 5]))
        if found:
            year, month, day = (int(part) for part in found.groups())
            return _of_day(index + 5, dated(year, month, day))
    return None


def _slashed(line: Line, index: int) -> Point | None:
    """Read "08/02/2016" (the day first, unless there is no such month) and "2016/02/08"."""
    words = line.words[index : index + 5]
    if len(words) < 5 or words[1] != "/" or words[3] != "/" or not all(words[i].isdecimal() for i in (0, 2, 4)):
        return None
    if len(words[0]) == 4:
        return _of_day(index + 5, dated(int(words[0]), int(words[2]), int(words[4])))
    if len(words[4]) != 4 or len(words[0]) > 2 or len(words[2]) > 2:
        return None
    first, second, year = int(words[0]), int(words[2]), int(words[4])
    return _of_day(index + 5, dated(year, second, first) or dated(year, first, second))


def _of_day(end: int, day: dt.date | None) -> Point | None:
    return Point(end, *day_span(day), has_year=True) if day else None


def day_number(word: str) -> int | None:
    """Return the day of a month written as digits, or None."""
    return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else None


def year_at(line: Line, index: int) -> int | None:
    """Return the year written at a token, or None."""
    if index >= len(line.words):
        return None
    word = line.words[index]
    return int(word) if len(word) == 4 and word.isdecimal() and 1900 <= int(word) <= 2100 else None


def _day_month(line: Line, index: int, published: dt.date | None, is_ahead: bool) -> Point | None:
    day = day_number(line.words[index])
    if day is None:
        return None
    end = index + 1
    if end < len(line.words) and line.words[end] in ORDINAL_ENDS:
        end += 1
    if end < len(line.words) and line.words[end] == "of":
        end += 1
    month = month_at(line, end)
    return _with_year(line, end + 1, day, month, published, is_ahead) if month else None


def _month_first(line: Line, index: int, published: dt.date | None, is_ahead: bool) -> Point | None:
    month = month_at(line, index)
    if not month:
        return None
    following = index + 1
    if following < len(line.words) and line.words[following] == ".":
        following += 1
    day = day_number(line.words[following]) if following < len(line.words) else None
    if day:
        return _with_year(line, following + 1, day, month, published, is_ahead)
    year = year_at(line, following)
    if year:
        return Point(following + 1, *month_span(year, month), has_year=True)
    if published is None:
        return Point(index + 1, None, None)
    first = dt.date(published.year, month, 1)
    year = (
        published.year + (1 if is_ahead and first < published else 0) - (1 if not is_ahead and first > published else 0)
    )
    return Point(index + 1, *month_span(year, month))


def _with_year(line: Line, index: int, day: int, month: int, published: dt.date | None, is_ahead: bool) -> Point | None:
    comma = index < len(line.words) and line.words[index] == ","
    year = year_at(line, index + 1 if comma else index)
    if year:
        return _of_day(index + 2 if comma else index + 1, dated(year, month, day))
    if published is None:
        return Point(index, None, None)
    found = _nearest(published, month, day, is_ahead)
    return Point(index, *day_span(found)) if found else None


def _nearest(published: dt.date, month: int, day: int, is_ahead: bool) -> dt.date | None:
    """Return the latest such day not after publication (or the first after it, looking ahead)."""
    this_year = dated(published.year, month, day)
    if this_year is None:
        return dated(published.year + (1 if is_ahead else -1), month, day)
    if is_ahead:
        return this_year if this_year >= published else dated(published.year + 1, month, day)
    return this_year if this_year <= published else dated(published.year - 1, month, day)


def _weekday(line: Line, index: int, published: dt.date | None, is_ahead: bool) -> Point | None:
    word = line.words[index].removesuffix("'s")
    number = lexicon("times")["weekdays"].get(word)
    if number is None:
        return None
    if published is None:
        return Point(index + 1, None, None)
    before = line.words[index - 1] if index else ""
    back = (published.weekday() - number) % 7
    if before == "last" and back == 0:
        back = 7
    if is_ahead or before in word_set("times", "coming_words"):
        back -= 7
    if (weeks := _WEEKS.get(line.words[index + 1 : index + 3])) is not None:
        monday = published - published.weekday() * DAY + weeks * 7 * DAY
        return Point(index + 3, *day_span(monday + number * DAY))
    return Point(index + 1, *day_span(published - back * DAY))


def _season(line: Line, index: int) -> Point | None:
    """Read "the summer of 2030" as its three months north of the equator."""
    index += line.words[index] == "the"
    if index >= len(line.words) or line.words[index] not in word_set("times", "seasons"):
        return None
    end = index + 2 if line.words[index + 1 : index + 2] == ("of",) else index + 1
    year = year_at(line, end)
    if not year:
        return None
    month = lexicon("times")["seasons"][line.words[index]]
    last = month + 2
    return Point(end + 1, dt.date(year, month, 1), month_span(year + last // 13, (last - 1) % 12 + 1)[1], has_year=True)


def _year(line: Line, index: int) -> Point | None:
    year = year_at(line, index)
    if year is None:
        return None
    before = line.words[index - 1] if index else ""
    if before not in word_set("times", "point_openers") and before not in ("and", "to", "between", "summer", "winter"):
        return None
    return Point(index + 1, dt.date(year, 1, 1), dt.date(year + 1, 1, 1), has_year=True)
