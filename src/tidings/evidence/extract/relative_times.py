"""Times told from the day of publication: 'yesterday', 'in the past 24 hours', 'at the weekend', 'for weeks'."""

from __future__ import annotations

import datetime as dt
import math
from itertools import pairwise

from tidings.evidence.extract.calendar_words import DAY, Point, day_span, month_span
from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line

Days = tuple[dt.date | None, dt.date | None]
HEDGES = frozenset(["about", "around", "nearly", "almost", "some", "more", "than", "over"])
UNKNOWN: Days = (None, None)


TO_COME = frozenset([("is", "to"), ("are", "to"), ("set", "to")])
"""'Talks are to resume on Monday': words that tell what is still to come."""


def is_ahead(line: Line) -> bool:
    """Whether a sentence looks ahead, so that 'on Monday' is the coming one."""
    if not line.bag.isdisjoint(word_set("times", "future_words")):
        return True
    return any(pair in TO_COME for pair in pairwise(line.words))


def relative_at(line: Line, index: int, published: dt.date | None) -> Point | None:
    """Read the relative time that starts at a token; its days are unknown without a publication date."""
    word = line.words[index]
    openers = word_set("times", "span_openers")
    body = (
        index + 1
        if word in openers or (word == "earlier" and line.words[index + 1 : index + 2] == ("this",))
        else index
    )
    if body < len(line.words) and line.words[body] == "the":
        body += 1
    if body >= len(line.words):
        return None
    found = (
        _single_day(line, index, published)
        or _back(line, body, published)
        or _recent(line, body, published)
        or _weekend(line, body, published)
        or _calendar_unit(line, body, published)
        or _ago(line, index, published)
    )
    return found or (_lasting(line, index, published) if word == "for" else None)


def _single_day(line: Line, index: int, published: dt.date | None) -> Point | None:
    word = line.words[index].removesuffix("'s")
    if word == "overnight" and _has_own_day(line, index):
        return None
    shift = lexicon("times")["single_days"].get(word)
    if shift is None and word == "this" and index + 1 < len(line.words):
        if line.words[index + 1] in ("morning", "afternoon", "evening"):
            return Point(index + 2, *(day_span(published) if published else UNKNOWN))
        return None
    if shift is None and word in word_set("times", "now_words"):
        shift = 0
    if shift is None:
        return None
    return Point(index + 1, *(day_span(published + shift * DAY) if published else UNKNOWN))


def _has_own_day(line: Line, index: int) -> bool:
    """Whether a weekday beside "overnight" tells which night it was: "overnight on Friday"."""
    days = word_set("times", "weekdays")
    near = (*line.words[max(0, index - 1) : index], *line.words[index + 1 : index + 3])
    return any(word in days for word in near)


def _unit(line: Line, index: int) -> str | None:
    return lexicon("times")["units"].get(line.words[index]) if index < len(line.words) else None


def _count(line: Line, index: int) -> tuple[float | None, int]:
    """Read how many units: digits, a small number in words, 'several', 'a couple of'; and the token after."""
    words = line.words
    while index < len(words) and words[index] in HEDGES:
        index += 1
    if index >= len(words):
        return None, index
    word = words[index]
    if word == "a" and index + 1 < len(words) and words[index + 1] in ("few", "couple"):
        index, word = index + 1, words[index + 1]
    if word.isdecimal() and len(word) <= 4:
        return float(word), index + 1
    known = lexicon("times")["counts"].get(word) or lexicon("numbers")["small"].get(word)
    if known is None:
        return None, index
    end = index + 1
    return float(known), end + 1 if end < len(words) and words[end] == "of" else end


def _days(unit: str, count: float) -> int:
    if unit == "hour":
        return max(1, math.ceil(count / 24))
    return int(count * lexicon("times")["days_per_unit"][unit])


def _back(line: Line, index: int, published: dt.date | None) -> Point | None:
    """Read "past 24 hours", "last two days", "previous few weeks", "next three months"."""
    word = line.words[index]
    is_past, is_coming = word in word_set("times", "past_words"), word in word_set("times", "coming_words")
    if not (is_past or is_coming):
        return None
    count, end = _count(line, index + 1)
    unit = _unit(line, end)
    if unit is None or (count is None and not (word in ("past", "preceding") or line.words[end].endswith("s"))):
        return None
    if published is None:
        return Point(end + 1, *UNKNOWN)
    days = _days(unit, count or 1)
    if is_coming:
        return Point(end + 1, published, published + (days + 1) * DAY)
    return Point(end + 1, published - days * DAY, published + DAY)


def _recent(line: Line, index: int, published: dt.date | None) -> Point | None:
    if line.words[index] != "recent":
        return None
    unit = _unit(line, index + 1)
    if unit is None:
        return None
    back = lexicon("times")["recent_days"][unit]
    return Point(index + 2, *((published - back * DAY, published + DAY) if published else UNKNOWN))


def _weekend(line: Line, index: int, published: dt.date | None) -> Point | None:
    word, end = line.words[index], index + 1
    if word in ("last", "this", "next") and end < len(line.words):
        word, end = line.words[end], end + 1
    if word != "weekend" or index == 0:
        return None
    if published is None:
        return Point(end, *UNKNOWN)
    saturday = published - ((published.weekday() - 5) % 7) * DAY
    if line.words[end - 2] == "next":
        saturday += 7 * DAY
    return Point(end, saturday, saturday + 2 * DAY)


def _calendar_unit(line: Line, index: int, published: dt.date | None) -> Point | None:
    """Read "last week", "this month", "earlier this year", "next week": units of the calendar."""
    word, unit = line.words[index], _unit(line, index + 1)
    if word not in ("last", "this", "next") or unit not in ("day", "week", "month", "year"):
        return None
    if line.words[index + 1].endswith("s"):
        return None
    if published is None:
        return Point(index + 2, *UNKNOWN)
    first, last = _shifted(unit, {"last": -1, "this": 0, "next": 1}[word], published)
    is_earlier = word == "this" and index > 0 and line.words[index - 1] == "earlier"
    return Point(index + 2, first, min(last, published + DAY) if is_earlier and last else last)


def _shifted(unit: str, shift: int, published: dt.date) -> Days:
    if unit == "day":
        return day_span(published + shift * DAY)
    if unit == "week":
        monday = published - published.weekday() * DAY + 7 * shift * DAY
        return monday, monday + 7 * DAY
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return month_span(months // 12, months % 12 + 1)
    return dt.date(published.year + shift, 1, 1), dt.date(published.year + shift + 1, 1, 1)


def _ago(line: Line, index: int, published: dt.date | None) -> Point | None:
    count, end = _count(line, index)
    unit = _unit(line, end)
    if count is None or unit is None or end + 1 >= len(line.words) or line.words[end + 1] not in ("ago", "earlier"):
        return None
    if published is None or count > 5000:
        return Point(end + 2, *UNKNOWN)
    if unit in ("month", "year"):
        return Point(end + 2, *_shifted(unit, -int(min(count, published.year - 2)), published))
    day = published - _days(unit, count) * DAY
    width = 1 if unit in ("hour", "day") else 7
    return Point(end + 2, day, day + width * DAY)


def _lasting(line: Line, index: int, published: dt.date | None) -> Point | None:
    """Read "for weeks", "for more than two years", "for the second day": up to the day of publication."""
    if "first" in line.words[max(0, index - 6) : index]:
        return None
    nth = lexicon("times")["ordinals"].get(line.words[index + 2] if index + 2 < len(line.words) else "")
    if nth and line.words[index + 1] in ("the", "a"):
        count, end = float(nth - 1), index + 3
        end += 1 if end < len(line.words) and line.words[end] in ("consecutive", "straight", "successive") else 0
    else:
        found, end = _count(line, index + 1)
        count = found if found is not None else float(lexicon("times")["plural_means"])
    unit = _unit(line, end)
    if unit is None or (unit == "hour" and count < 12):
        return None
    days = min(_days(unit, count), 40000)
    return Point(end + 1, *((published - days * DAY, published + DAY) if published else UNKNOWN))
