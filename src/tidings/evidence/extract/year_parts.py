"""Parts of years and months told in words: 'the first half of 2015', 'the year to June', 'summer 2014', '2011-2013'."""

from __future__ import annotations

import datetime as dt

from tidings.evidence.extract.calendar_words import Point, month_at, month_span, point_at, year_at
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line

DASHES = ("-", "–", "—", "/")


def year_part_at(line: Line, index: int, published: dt.date | None) -> Point | None:
    """Read the part of a year that starts at a token, behind its preposition and article."""
    start = index + 1 if line.words[index] in word_set("times", "span_openers") else index
    start += line.words[start : start + 1] == ("the",)
    if start >= len(line.words):
        return None
    return _half(line, start, published) or _up_to(line, start, published) or _years(line, index, start)


def _half(line: Line, index: int, published: dt.date | None) -> Point | None:
    """Read "first half of 2015", "second quarter of 2015", "first three months of 2015", "first half of May"."""
    place = lexicon("times")["part_ordinals"].get(line.words[index])
    if place is None or index + 3 >= len(line.words):
        return None
    many = lexicon("numbers")["small"].get(line.words[index + 1], 0)
    noun = index + 2 if many else index + 1
    months = (
        int(many) if many and line.words[noun] == "months" else lexicon("times")["year_parts"].get(line.words[noun])
    )
    if not months or line.words[noun + 1 : noun + 2] != ("of",):
        return None
    whole = point_at(line, noun + 2, published)
    if whole is None or whole.from_ is None or whole.until is None:
        return None
    days = (whole.until - whole.from_).days
    if days >= 365:
        return _of_year(whole.end, whole.from_.year, int(place), int(months))
    return _of_month(whole, int(place)) if line.words[noun] == "half" and days >= 28 else None


def _of_year(end: int, year: int, place: int, months: int) -> Point | None:
    parts = 12 // months if months in (1, 2, 3, 4, 6) else 0
    number = place if place > 0 else parts
    if not 1 <= number <= parts:
        return None
    first = (number - 1) * months
    return Point(end, dt.date(year, first + 1, 1), month_span(year, first + months)[1], has_year=True)


def _of_month(whole: Point, place: int) -> Point | None:
    if whole.from_ is None:
        return None
    middle = whole.from_ + dt.timedelta(days=15)
    if place == 1:
        return Point(whole.end, whole.from_, middle, has_year=True)
    return Point(whole.end, middle, whole.until, has_year=True) if place in (2, -1) else None


def _up_to(line: Line, index: int, published: dt.date | None) -> Point | None:
    """Read "year to June 2015", "six months ending in June": so many months up to the end of one."""
    many = lexicon("numbers")["small"].get(line.words[index], 0)
    unit = index + 1 if many else index
    words = line.words[unit : unit + 2]
    if len(words) < 2 or words[1] not in word_set("times", "up_to_words"):
        return None
    if words[0] in ("week", "weeks"):
        return _weeks_to(line, unit + 2, int(many) or 1, published)
    if words[0] not in ("year", "months"):
        return None
    months = 12 if words[0] == "year" and not many else int(many) if words[0] == "months" else 0
    start = unit + 2
    while line.words[start : start + 1] in (("the",), ("end",), ("of",), ("in",)):
        start += 1
    last = point_at(line, start, published) if months and _is_date(line, start) else None
    if last is None or last.until is None:
        return None
    return Point(last.end, _months_before(last.until, months), last.until, has_year=last.has_year)


def _weeks_to(line: Line, start: int, weeks: int, published: dt.date | None) -> Point | None:
    """Read "week ending 12 May": seven days, of which that is the last."""
    start += line.words[start : start + 1] in (("on",), ("the",))
    last = point_at(line, start, published) if _is_date(line, start) or _is_weekday(line, start) else None
    if last is None or last.from_ is None or last.until is None or (last.until - last.from_).days > 1:
        return None
    return Point(last.end, last.until - dt.timedelta(weeks=weeks), last.until, has_year=last.has_year)


def _is_weekday(line: Line, index: int) -> bool:
    is_ended = line.words[index - 1] in ("ending", "ended", "on")
    return is_ended and index < len(line.words) and line.words[index] in lexicon("times")["weekdays"]


def _is_date(line: Line, index: int) -> bool:
    return any(month_at(line, near) is not None for near in (index, index + 1))


def _months_before(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 - months
    first = dt.date(count // 12, count % 12 + 1, 1)
    return first + dt.timedelta(days=min(day.day, 28) - 1)


def _years(line: Line, index: int, start: int) -> Point | None:
    """Read "in 2011-2013" and "2014-15": all days of all these years."""
    first = year_at(line, start)
    if first is None or start == index or line.words[start + 1 : start + 2] not in tuple((dash,) for dash in DASHES):
        return None
    told = line.words[start + 2] if start + 2 < len(line.words) else ""
    last = year_at(line, start + 2)
    if last is None and len(told) == 2 and told.isdecimal():
        last = first // 100 * 100 + int(told)
    if last is None or last <= first:
        return None
    return Point(start + 3, dt.date(first, 1, 1), dt.date(last + 1, 1, 1), has_year=True)
