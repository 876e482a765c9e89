"""Conflicts known by their reports, whatever the folder is called that they lie in.

Each report of 100 people or more, as its day and its people, has a hash; of those of a conflict the smallest are kept
(a bottom-k sketch). A record in which a quarter of them stand is of that conflict: so it is found again after reports
were added, some were corrected, places were renamed or the later half was cut off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tidings.core.ids import content_id
from tidings.core.schema import Schema

if TYPE_CHECKING:
    from tidings.forecast.record import Record

LEAST_PEOPLE = 100
"""Of a report that is a mark: zeros and round handfuls stand in many conflicts on the same day."""
MOST_MARKS = 32
SAME = 0.25
"""Share of the marks that must be found again."""


class ConflictKnown(Schema):
    """A conflict that parameters may have been fitted on, and the marks of its reports."""

    name: str
    marks: tuple[str, ...]


def marks_of(told: Iterable[tuple[dt.date, float]]) -> frozenset[str]:
    """Return the marks of counts: the day counted and the people.

    Examples
    --------
    >>> day = dt.date(2031, 1, 1)
    >>> marks_of([(day, 250.0), (day, 0.0)]) == marks_of([(day, 250.0), (day, 250.0)])
    True
    """
    rows = {(day.isoformat(), round(people)) for day, people in told if people >= LEAST_PEOPLE}
    return frozenset(content_id("m", row)[:13] for row in rows)


def marks_of_record(record: Record) -> frozenset[str]:
    """Return the marks of all reports of a record."""
    return marks_of((record.start + dt.timedelta(report.day), report.people) for report in record.reports)


def known(record: Record) -> ConflictKnown:
    """Return what a conflict is known by: the smallest of its marks, in order."""
    return ConflictKnown(name=record.name, marks=tuple(sorted(marks_of_record(record))[:MOST_MARKS]))


def recognised(conflicts: Iterable[ConflictKnown], marks: frozenset[str]) -> str | None:
    """Return the name of the conflict whose marks these are; None where too few of each are among them."""
    found = {one.name: len(marks & set(one.marks)) / len(one.marks) for one in conflicts if one.marks}
    best = max(found, key=lambda name: found[name], default=None)
    return best if best is not None and found[best] >= SAME else None
