"""Files of source_data: how many people were registered on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.rows import Row, day, read_sheet, whole

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """People registered, in the order of days, one number a day."""

    days: Floats
    """Shape (report,): days since the start of the run."""
    people: Floats
    """Shape (report,)."""


def read_counts(path: Path, start: dt.date, found: Findings) -> Counts:
    """Read one file of counts.

    Flee takes rows that are out of order as they come; here they are sorted, and of a day that is there twice the last
    row counts.

    Raises
    ------
    InputError
        If there is no such file.
    """
    rows: list[tuple[Row, dt.date, int]] = []
    for number, row in enumerate(read_sheet(path, found).rows):
        reported = day(row.cell(0))
        if reported is None:
            _no_day(row, number == 0, found)
        elif not row.cell(1):
            found.survive(row.where, f"the count of {reported} is empty", "It is passed over: empty is not zero.")
        elif (people := whole(row.cell(1), row.where, "the count", found)) is not None:
            rows.append((row, reported, people))
        if any(row.cells[2:]) and reported is not None:
            extra = " ".join(row.cells[2:]).strip()
            found.survive(row.where, f"'{extra}' stands after the count", "What stands there is passed over.")
    if not rows:
        found.refuse(path.name, "it holds no counts", "Add rows of day and people, or take it out of the layout.")
    return _in_order(rows, start, found)


def summed(parts: Sequence[Counts]) -> Counts:
    """Return the sum of several files on every day of each, linear between two days of one file.

    Flee adds them up without interpolation.

    Examples
    --------
    >>> camp, outside = Counts(np.array([0.0, 10.0]), np.array([0.0, 100.0])), Counts(np.array([5.0]), np.array([7.0]))
    >>> total = summed([camp, outside])
    >>> total.days, total.people
    (array([ 0.,  5., 10.]), array([  7.,  57., 107.]))
    """
    if len(parts) == 1:
        return parts[0]
    days = np.unique(np.concatenate([part.days for part in parts]))
    filled = [part for part in parts if len(part.days)]
    return Counts(days, sum((np.interp(days, part.days, part.people) for part in filled), np.zeros(len(days))))


def carried(parts: Sequence[Counts]) -> Counts:
    """Return the sum of several files on every day of any, each carried on from its last count: what was known then.

    Examples
    --------
    >>> camp, outside = Counts(np.array([0.0, 10.0]), np.array([0.0, 100.0])), Counts(np.array([5.0]), np.array([7.0]))
    >>> total = carried([camp, outside])
    >>> total.days, total.people
    (array([ 0.,  5., 10.]), array([  0.,   7., 107.]))
    """
    days = np.unique(np.concatenate([part.days for part in parts]))
    people = np.zeros(len(days))
    for part in parts:
        known = np.searchsorted(part.days, days, side="right")
        people += np.concatenate([[0.0], part.people])[known]
    return Counts(days, people)


def _no_day(row: Row, is_first: bool, found: Findings) -> None:
    """Pass over a header; refuse anything else without a day."""
    if is_first and not any(character.isdigit() for character in row.cell(0)):
        return
    fix = "Write the day as YYYY-MM-DD, for example 2016-02-08, or put '#' before a remark."
    found.refuse(row.where, f"'{row.cell(0)}' is not a day", fix)


def _in_order(rows: Sequence[tuple[Row, dt.date, int]], start: dt.date, found: Findings) -> Counts:
    latest: dict[dt.date, int] = {}
    newest: dt.date | None = None
    for row, reported, people in rows:
        if reported in latest:
            done = "The last row of a day counts."
            found.survive(row.where, f"{reported} is there twice, with {latest[reported]} and {people}", done)
        elif newest is not None and reported < newest:
            done = "Rows are sorted by day."
            found.survive(row.where, f"{reported} comes after {newest}", done)
        latest[reported] = people
        newest = reported if newest is None else max(newest, reported)
    days = np.array([(reported - start).days for reported in sorted(latest)], np.float64)
    return Counts(days, np.array([latest[reported] for reported in sorted(latest)], np.float64))
