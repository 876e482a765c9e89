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
_BEHIND_HEADING = re.compile(
    r"[\s)\].*|]*(?:,?\s*(?:at )?\d{1,2}[:.h]\d\d\s*(?:hrs|hours|local time|[ap]m|utc|gmt)?[\s)\].]*)?", re.I
)
_SET_OFF = re.compile(r"(?:\s[–—|-]|[(\[|])\s*(?:(?:as of|dated|issued(?: on)?|\w{3,9}day,?)\s*)*\Z", re.IGNORECASE)
_BEHIND_MARK = re.compile(r"(?:[,:;/–—-]|\b(?:to|until|as of|dated))\s*(?:\w{3,9}day,?\s*)?\Z", re.IGNORECASE)
_BEHIND_KIND = re.compile(r"\s*(?:of|for|no\.?|#)?\s*\d{0,4}\s*", re.IGNORECASE)
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]+(?:[ /,-]{1,2}[A-ZÀ-Þ][A-ZÀ-Þ.'’]*)*"
_AGENCY = r"\([^()\n]{2,50}\)"
_DASH = r"(?:--?|–|—)(?=\s)"
_NAMED_MONTH = _MONTH.replace("?P<month>", "?:")
_DAY_IN_LINE = (
    rf"(?i:(?:\w{{3,9}}day,? )?(?:{_NAMED_MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? {_NAMED_MONTH})"
    r"(?:,? (?:19|20|21)\d\d)?)"
)
_DATELINE = re.compile(
    rf"(?:(?:{_CAPITALS})(?:, [A-Z][\w .'’-]{{2,30}}?)?,? ?(?:\(?{_DAY_IN_LINE}\)?,? ?(?:{_AGENCY})?|{_AGENCY})"
    rf"|[A-Z][\w .'’/,-]{{1,50}}?, {_DAY_IN_LINE} ?(?:{_AGENCY})?"
    rf"|{_DAY_IN_LINE},? ?{_AGENCY}) ?{_DASH}"
)
_BARE_DATELINE = re.compile(rf"{_CAPITALS} {_DASH}")
_AGENCY_NAME = (
    r"(?:AFP|AP|Reuters|Xinhua|Anadolu|Interfax|Bloomberg"
    r"|(?:[A-Z][\w.'’-]* ){1,4}(?:News|Press|Agency|Radio|TV|Wire|Times|Post|Service))"
)
_NEWSWIRE = rf"(?:[A-Z]{{2,4}}|{_AGENCY_NAME})"
_TOWN = r"[A-ZÀ-Þ][\w.'’-]+(?:[ /,]{1,2}[A-ZÀ-Þ][\w.'’-]+){0,4}"
_BARE_AGENCY = re.compile(
    rf"(?:\({_NEWSWIRE}\)(?: ?{_DASH})?|(?:{_TOWN} )?\({_AGENCY_NAME}\) ?{_DASH}|(?:Reuters|AFP) {_DASH})"
    r"(?=\s+[A-Z\"“‘'])"
)
"""An agency alone before a story: '(AFP) The road …'. Other words in brackets may be the heading of a place."""
RUNNING_CHARACTERS = 60
"""Behind a bare "GENEVA –" so much text shows that a story begins there and no list."""


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
    if found is None:
        return None
    behind = re.match(r"\s*(\([^()\n]{1,50}\))?\s*(?:--?|–|—|:)\s", paragraph[found.end : found.end + 60])
    if behind is None:
        return None
    before = paragraph[: found.start]
    if not before.strip() and behind[1]:  # "5 June 2030 (Agency) - …"
        return found
    return found if re.fullmatch(r"[^\n.!?]{0,60}[,(]\s*(?:\w{3,9},? )?", before) else None


def dateline_end(paragraph: str) -> tuple[int, bool]:
    """Return where the dateline of a paragraph ends, 0 where it has none; and whether it is a place's name alone.

    A name alone ("GENEVA –") may as well be the heading of one place among many: the caller decides.

    Examples
    --------
    >>> dateline_end("ORLO, June 5 (Valley News) - The crossing is closed.")
    (28, False)
    >>> dateline_end("(Valley News) The crossing is closed.")
    (13, False)
    >>> dateline_end("The crossing - closed since Monday - is open.")
    (0, False)
    """
    head = paragraph[:160]
    found = _DATELINE.match(head) or _BARE_AGENCY.match(head)
    if found:
        return found.end(), False
    bare = _BARE_DATELINE.match(head)
    is_running = bare is not None and len(paragraph) - bare.end() >= RUNNING_CHARACTERS
    return (bare.end(), True) if bare and is_running else (0, False)


def heading_day(line: str, documents: re.Pattern[str]) -> FoundDay | None:
    """Return the day at the end of a heading that tells when a report is of: "Situation update No. 4, 5 June 2030".

    Parameters
    ----------
    line
        A line at the top of a text.
    documents
        Words that name a kind of report; without one the day has to be set off by a dash or a bracket.

    Examples
    --------
    >>> heading_day("Flash update – 5 June 2030", re.compile("update", re.I)).day
    datetime.date(2030, 6, 5)
    >>> heading_day("The raid of 5 June 2014", re.compile("update", re.I)) is None
    True
    """
    found = max(_days(line), key=lambda each: (each.end, -each.start), default=None)
    if found is None or not _BEHIND_HEADING.fullmatch(line[found.end :]):
        return None
    before = line[: found.start]
    is_sentence = re.search(r"\b(?:was|were|is|are|has|had|have|since|after|before)\b", before) is not None
    return found if _is_set_off(before, documents) and not is_sentence else None


def _is_set_off(before: str, documents: re.Pattern[str]) -> bool:
    """Whether the words before a day leave it to the report: a dash or a bracket, or the name of a kind of report."""
    if _SET_OFF.search(before):
        return True
    kinds = [before[kind.end() :] for kind in documents.finditer(before)]
    return bool(kinds) and (
        _BEHIND_MARK.search(before) is not None or any(_BEHIND_KIND.fullmatch(rest) for rest in kinds)
    )


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
