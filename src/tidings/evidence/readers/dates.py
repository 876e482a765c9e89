"""The day on which a text says that it was published: head lines and datelines; a day that may be two is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" \
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"  # fmt: skip
_YEAR = r"(?P<year>(?:19|20|21)\d\d)\b"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{_YEAR}[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[ -](?:of )?{_MONTH},?[ -]{_YEAR}",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR}",
    )
)
_BESIDE_A_DAY = re.compile(
    r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|[ap]m|at|on|z|utc|gmt|[a-z]{2,4}t",
    re.IGNORECASE,
)
_SLASHED = re.compile(rf"\b(?P<first>\d{{1,2}})(?P<mark>[/.-])(?P<second>\d{{1,2}})(?P=mark){_YEAR}")


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day at text[start:end]; None where the words can mean two days."""

    day: dt.date | None
    start: int
    end: int


def first_day(text: str) -> FoundDay | None:
    """Return the first full date in a short text.

    Examples
    --------
    >>> first_day("Monday, 8 February 2016").day, first_day("Feb. 8, 2016").day, first_day("13/02/2016").day
    (datetime.date(2016, 2, 8), datetime.date(2016, 2, 8), datetime.date(2016, 2, 13))
    >>> first_day("08/02/2016").day is None, first_day("in February") is None
    (True, True)
    """
    return min(_days(text), key=lambda found: (found.start, -found.end), default=None)


def dateline_day(paragraph: str) -> FoundDay | None:
    """Return the day of a dateline: 'ANKARA, 8 February 2016 (Agency) - …'.

    Examples
    --------
    >>> dateline_day("ANKARA, 8 February 2016 - The crossing is closed.").day
    datetime.date(2016, 2, 8)
    >>> dateline_day("The crossing was closed on 8 February 2016.") is None
    True
    """
    found = first_day(paragraph[:120])
    if found is None or not re.match(
        r"\s*(?:\([^()\n]{1,50}\))?\s*(?:--?|–|—|:)\s", paragraph[found.end : found.end + 60]
    ):
        return None
    before = paragraph[: found.start]
    return found if re.fullmatch(r"[^\n.!?]{0,60}[,(]\s*(?:\w{3,9},? )?", before) else None


def is_only_day(line: str) -> bool:
    """Tell whether a line holds a date, perhaps with weekday and time, and nothing else.

    Examples
    --------
    >>> is_only_day("Mon Feb 8, 2016 10:13am EST"), is_only_day("On 8 February 2016 the crossing was closed")
    (True, False)
    """
    found = first_day(line)
    if found is None:
        return False
    rest = line[: found.start] + " " + line[found.end :]
    words = re.sub(r"\d{1,2}[:.]\d\d(?::\d\d)?|T\d\d[\d:.]*Z?|[+-]\d\d:?\d\d", " ", rest)
    return all(_BESIDE_A_DAY.fullmatch(word) for word in re.findall(r"\w+", words))


def _days(text: str) -> Iterator[FoundDay]:
    for form in _FORMS:
        for found in form.finditer(text):
            parts = found.groupdict()
            month = int(parts["number"]) if "number" in parts else _month(parts["month"])
            day = _day(int(parts["year"]), month, int(parts["day"]))
            if day is not None:
                yield FoundDay(day, found.start(), found.end())
    for found in _SLASHED.finditer(text):
        readings = _readings(found)
        if readings:  # two readings are no day
            yield FoundDay(readings[0] if len(readings) == 1 else None, found.start(), found.end())


def _readings(found: re.Match[str]) -> tuple[dt.date, ...]:
    """Read 13/02/2016 either way round; with points and hyphens the day stands first everywhere."""
    year, first, second = int(found["year"]), int(found["first"]), int(found["second"])
    orders = ((second, first), (first, second)) if found["mark"] == "/" else ((second, first),)
    days = {_day(year, month, day) for month, day in orders}
    return tuple(day for day in days if day is not None)


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
