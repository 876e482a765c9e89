"""data_layout.csv and registration_corrections.csv: who was registered where, over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tidings.core.counting import agreed, counted
from tidings.crisis.suggest import near
from tidings.flow.flee_instance import Location, Registered
from tidings.interchange.flee.counts import carried, read_counts, summed
from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.locations import is_camp
from tidings.interchange.flee.period import Period
from tidings.interchange.flee.rows import Row, day, read_sheet

FILE = "data_layout.csv"
CORRECTIONS = "registration_corrections.csv"
TOTAL = "total"


def read_registered(folder: Path, start: dt.date, found: Findings) -> tuple[Registered, ...]:
    """Read all rows of data_layout.csv with the files they name, the row `total` among them, uncorrected.

    Raises
    ------
    InputError
        If there is no data_layout.csv.
    """
    read: dict[str, Registered] = {}
    for row in read_sheet(folder / FILE, found).rows:
        name = row.cell(0)
        if name in read:
            found.refuse(row.where, f"'{name}' is there already ({read[name].where})", "Keep one row a place.")
        elif (registered := _registered(row, folder, start, found)) is not None:
            read[name] = registered
    rows = tuple(read.values())
    if rows and TOTAL not in read:
        done = "Arrivals are the sum of all rows; Flee takes the first row as the total, and leaves it out."
        found.survive(rows[0].where, "there is no row 'total'", done)
    elif rows and rows[0].name != TOTAL:
        done = "It is the total all the same; Flee takes the first row as the total."
        found.survive(read[TOTAL].where, "the row 'total' is not the first", done)
    return rows


def files_named(folder: Path) -> frozenset[str]:
    """Return the files that data_layout.csv names."""
    return frozenset(cell for row in read_sheet(folder / FILE, Findings()).rows for cell in row.cells[1:])


def _registered(row: Row, folder: Path, start: dt.date, found: Findings) -> Registered | None:
    files = [cell for cell in row.cells[1:] if cell]
    if not row.cell(0) or not files:
        found.refuse(row.where, "the row lacks a name or a file", "Write: name, file.csv; or remove the row.")
        return None
    missing = [file for file in files if not (folder / file).is_file()]
    for file in missing:
        there = (path.name for path in folder.glob("*.csv"))
        fix = f"{near(file, there)}Add the file to {folder.name}, or take it out of the row."
        found.refuse(row.where, f"there is no file '{file}'", fix)
    if missing:
        return None
    parts = [read_counts(folder / file, start, found) for file in files]
    if any(len(part.days) != len(parts[0].days) or (part.days != parts[0].days).any() for part in parts):
        done = "Each is taken as linear between its days, and they are added up; Flee adds them without interpolation."
        found.survive(row.where, f"the files of '{row.cell(0)}' have different days", done)
    counts, known = summed(parts), carried(parts).people
    return Registered(name=row.cell(0), days=counts.days, people=counts.people, where=row.where, published=known)


def corrected(path: Path, rows: Sequence[Registered], start: dt.date, found: Findings) -> tuple[Registered, ...]:
    """Apply registration_corrections.csv, where there is one.

    Before the day of a correction people had been counted in another way: all earlier counts of the place are
    multiplied by the count of that day over the one before it.

    Raises
    ------
    EnvironmentError_
        If the machine does not let us read the file.
    """
    by_name = {row.name: row for row in rows}
    for row in read_sheet(path, found).rows if path.exists() else ():
        if any(row.cells[2:]):
            done = "What stands after the day is passed over, as in Flee."
            found.survive(row.where, f"the row goes on with '{row.cell(2)}'", done)
        name, when = row.cell(0), day(row.cell(1))
        if name not in by_name:
            fix = f"{near(name, by_name)}Correct the name, or remove the row."
            found.refuse(row.where, f"'{name}' is not in {FILE}", fix)
        elif when is None:
            fix = "Write it as YYYY-MM-DD, for example 2016-02-08."
            found.refuse(row.where, f"'{row.cell(1)}' is not a day" if row.cell(1) else "the day is empty", fix)
        elif when < start:
            found.survive(row.where, f"{when} lies before the run", "The correction is left out, as in Flee.")
        else:
            by_name[name] = _corrected(by_name[name], (when - start).days, when, row, found)
    return tuple(by_name.values())


def corrections_told(path: Path, start: dt.date) -> tuple[tuple[str, int], ...]:
    """Return the row and the day of the run of each correction, which `corrected` has checked."""
    rows = read_sheet(path, Findings()).rows if path.exists() else ()
    told = ((row.cell(0), day(row.cell(1))) for row in rows)
    return tuple((name, (when - start).days) for name, when in told if when is not None and when >= start)


def _corrected(registered: Registered, on: int, when: dt.date, row: Row, found: Findings) -> Registered:
    number = int(np.searchsorted(registered.days, on))
    met = None
    if number == len(registered.days) or registered.days[number] != on:
        met = f"no count of '{registered.name}' is of {when}"
    elif number == 0:
        met = f"the count of {when} is the first of '{registered.name}'"
    elif registered.people[number - 1] < 1:
        met = f"the count of '{registered.name}' before {when} is {registered.people[number - 1]:g}"
    if met:
        fix = "Give the day of a count that follows another one of people, or remove the row."
        found.refuse(row.where, met, fix)
        return registered
    people = registered.people.copy()
    people[:number] *= people[number] / people[number - 1]
    return replace(registered, people=people)


def tell_registered(rows: Sequence[Registered], locations: Sequence[Location], period: Period, found: Findings) -> None:
    """Tell which rows are no camp, which camps have no row, and where counts begin late or end early."""
    camps = {place.name for place in locations if is_camp(place)}
    for row in (row for row in rows if row.name != TOTAL and row.name not in camps):
        done = "Its people count as arrivals all the same, as in Flee."
        found.survive(row.where, f"'{row.name}' is no camp of locations.csv", done)
    for place in (place for place in locations if place.name in camps - {row.name for row in rows}):
        done = "It starts empty, and nothing tells how many people came there; Flee stops at it."
        found.survive(place.where, f"'{place.name}' has no row in {FILE}", done)
    for row in rows:
        _tell_ends(row, period, found)
    _tell_full(rows, locations, found)


def _tell_ends(row: Registered, period: Period, found: Findings) -> None:
    if len(row.days) and row.days[0] > 0 and row.people[0] > 0:
        met = f"the first count of '{row.name}' is of day {row.days[0]:g}"
        found.survive(row.where, met, "It is taken for all days before, as in Flee.")
    if len(row.days) and row.days[-1] < period.days - 1:
        met = f"the last count of '{row.name}' is of day {row.days[-1]:g} of a run of {period.days}"
        found.survive(row.where, met, "It is taken for all days after, as in Flee.")


def _tell_full(rows: Iterable[Registered], locations: Sequence[Location], found: Findings) -> None:
    at_start = dict(_first_day(rows))
    for place in locations:
        people = at_start.get(place.name, 0)
        if is_camp(place) and place.people and 0 < place.people <= people:
            done = "Under rules flee it is then unlimited, as in Flee; under our own it is full."
            there = f"{counted(people, 'person', 'people')} {agreed(people, 'is', 'are')} there"
            met = f"'{place.name}' has a capacity of {place.people}, and {there} on day 0"
            found.survive(place.where, met, done)


def _first_day(rows: Iterable[Registered]) -> Iterator[tuple[str, int]]:
    for row in rows:
        if len(row.days):
            yield row.name, registered_on(row, 0)


def registered_on(row: Registered, day_of_run: float) -> int:
    """Return the people registered on a day, as Flee tells it: linear between counts, then cut to whole persons."""
    return int(np.interp(day_of_run, row.days, row.people))
