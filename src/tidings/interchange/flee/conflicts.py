"""conflicts.csv: where there is conflict on each day of the run; row by row, whatever the column Day says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tidings.core.counting import counted
from tidings.flow.flee_instance import Location
from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.locations import is_conflict_zone
from tidings.interchange.flee.period import Period
from tidings.interchange.flee.rows import Row, Sheet, read_sheet, real

FILE = "conflicts.csv"


def read_conflicts(
    path: Path, locations: Sequence[Location], period: Period | None, found: Findings
) -> NDArray[np.float64]:
    """Read the intensity of conflict. Shape (day of the run, location); 0 where a place has no column.

    Raises
    ------
    InputError
        If there is no such file.
    """
    sheet = read_sheet(path, found, names=frozenset({"day", "days"}))
    if sheet.header is None:
        fix = "Add a first row: #Day and the names of the places."
        found.refuse(f"{path.name}:1", "there is no row of place names that starts with '#Day'", fix)
        return np.zeros((0, len(locations)))
    _check_days(sheet, period, found)
    columns = dict(_columns(sheet.header, sheet, locations, found))
    _tell_zones_without_column(set(columns.values()), locations, found)
    days = len(sheet.rows) if period is None else min(period.days, len(sheet.rows))
    conflicts = np.zeros((days, len(locations)))
    for number, row in enumerate(sheet.rows[:days]):
        _check_row(row, number, sheet.header, found)
        for column, place in columns.items():
            conflicts[number, place] = _intensity(row, column, found)
    return conflicts


def _check_days(sheet: Sheet, period: Period | None, found: Findings) -> None:
    if period is None:
        return
    days = len(sheet.rows)
    if days < period.days:
        last = sheet.rows[-1].where if sheet.rows else sheet.file
        fix = f"Write Length,{days} in {period.where}, or add a row for each day that lacks (of zeros: no conflict)."
        found.refuse(last, f"it ends after {counted(days, 'day')}, and the run has {period.days}", fix)
    elif days > period.days:
        met = f"it goes on after the {counted(period.days, 'day')} of the run ({counted(days, 'row')})"
        found.survive(sheet.rows[period.days].where, met, "The rows from here on are not used.")


def _columns(header: Row, sheet: Sheet, locations: Sequence[Location], found: Findings) -> Iterator[tuple[int, int]]:
    """Yield the columns that are places: position of the column, position of the place."""
    index = {place.name: number for number, place in reversed(list(enumerate(locations)))}
    first: dict[str, int] = {}
    for column, cell in enumerate(header.cells[1:], start=1):
        name = cell.strip("\ufeff")
        if name in first:
            fix = "Keep one of the two."
            found.refuse(header.where, f"columns {first[name] + 1} and {column + 1} are both '{name}'", fix)
        elif name in index:
            first[name] = column
            yield column, index[name]
        elif name or any(row.cell(column) for row in sheet.rows):
            done = "The column is passed over, as in Flee: correct the name if a place is meant."
            found.survive(header.where, f"column {column + 1} is '{name}', which is not a place", done)


def _tell_zones_without_column(places: Set[int], locations: Sequence[Location], found: Findings) -> None:
    for number, place in enumerate(locations):
        if is_conflict_zone(place) and number not in places:
            done = "Rules flee go by its conflict_date alone; our own see no conflict there."
            found.survive(place.where, f"'{place.name}' is a {place.kind} without a column in {FILE}", done)


def _check_row(row: Row, number: int, header: Row, found: Findings) -> None:
    if row.cell(0) != str(number):
        done = "The place of the row counts, not the day it names, as in Flee."
        found.survive(row.where, f"row {number} says that it is day '{row.cell(0)}'", done)
    if any(row.cells[len(header.cells) :]):
        fix = f"Write one cell for each of the {counted(len(header.cells), 'column')}."
        found.refuse(row.where, f"the row has {counted(len(row.cells), 'cell')}", fix)


def _intensity(row: Row, column: int, found: Findings) -> float:
    cell = row.cell(column)
    if cell in ("0", "1"):  # nearly all of them
        return float(cell)
    if not cell:
        fix = "Write 0 where there is no conflict: an empty cell is not zero."
        found.refuse(row.where, f"column {column + 1} is empty", fix)
        return 0.0
    return real(cell, row.where, f"column {column + 1},", found) or 0.0
