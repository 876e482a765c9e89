"""A Flee folder as a record: what was published when, with nothing in it that was known only later.

Left out on purpose: capacities of camps (Flee's instances hold the most ever observed there), the column
`conflict_date`, and registration corrections of what was reported before them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from tidings.flow.flee_instance import Closure, FleeInstance, Location, Registered
from tidings.forecast.document import ForecastWarning
from tidings.forecast.oddities import oddities_of
from tidings.forecast.record import Fought, Record, Report
from tidings.forecast.series import Closed, Correction
from tidings.forecast.slips import slip_warnings, slips_of
from tidings.forecast.ways import Ways


def record_of_flee(instance: FleeInstance) -> Record:
    """Return what an instance tells, day by day.

    Destinations are the rows of data_layout.csv but `total`, those that are no place of the graph too; the folder
    dates none of them, so that all count as listed from the start. Rows whose
    reports are all the same are left out: nobody counted there (ethiopia2020 has five).
    """
    rows, copies = _without_copies(instance.registered)
    places = tuple(row.name for row in rows)
    reports = tuple(report for row in rows for report in _reports(row))
    return Record(
        name=instance.name,
        start=instance.start,
        places=places,
        reports=reports,
        totals=tuple(_reports(instance.total)) if instance.total else (),
        fought=_fought(instance),
        ways=_ways(instance),
        closures=tuple(_closed(closure) for closure in instance.closures),
        corrections=tuple(Correction(place=name, day=day) for name, day in instance.corrections if name in places),
        are_places_listed=True,
        warnings=(
            *_warnings(instance, copies),
            *oddities_of(places, reports, start=instance.start),
            *slip_warnings(slips_of(reports), start=instance.start),
        ),
    )


def _reports(row: Registered) -> Iterator[Report]:
    people = row.people if row.published is None else row.published
    for day, number in zip(row.days, people, strict=True):
        yield Report(place=row.name, day=int(day), people=float(number), published=int(day))


def _without_copies(rows: Sequence[Registered]) -> tuple[tuple[Registered, ...], tuple[str, ...]]:
    """Return the rows without those that share all their reports with another one, and the names of those."""
    keys = Counter(_key(row) for row in rows)
    copies = tuple(row.name for row in rows if keys[_key(row)] > 1)
    return tuple(row for row in rows if row.name not in copies), copies


def _key(row: Registered) -> bytes:
    return row.days.tobytes() + row.people.tobytes()


def _fought(instance: FleeInstance) -> Fought:
    zones = [number for number in range(len(instance.locations)) if (instance.conflicts[:, number] > 0).any()]
    return Fought(
        places=tuple(instance.locations[number].name for number in zones),
        population=tuple(_population(instance.locations[number]) for number in zones),
        intensity=np.ascontiguousarray(instance.conflicts[:, zones]),
    )


def _population(place: Location) -> float:
    """Return who lives there; of a camp the column holds its capacity, which is not used."""
    is_known = place.people is not None and "camp" not in place.kind.casefold()
    return float(place.people) if is_known and place.people is not None else math.nan


def _ways(instance: FleeInstance) -> Ways:
    names = [place.name for place in instance.locations]
    roads = tuple((names[route.one], names[route.other], route.km) for route in instance.routes)
    return Ways(roads=roads, country={place.name: place.country for place in instance.locations})


def _closed(closure: Closure) -> Closed:
    """Return a closure; one that ends before it begins is never undone, as in Flee."""
    end = closure.end if closure.end >= closure.start else None
    return Closed(kind=closure.kind, one=closure.one, other=closure.other, start=closure.start, end=end)


def _warnings(instance: FleeInstance, copies: Iterable[str]) -> Iterator[ForecastWarning]:
    if any(place.people and "camp" in place.kind.casefold() for place in instance.locations):
        message = "Capacities of camps are not used: nothing tells from when on they were known."
        yield ForecastWarning(code="capacity_not_used", message=message)
    if told := ", ".join(copies):
        met = f"The reports of {told} are the same on every day"
        yield ForecastWarning(code="copies_left_out", message=f"{met}: these places are neither forecast nor scored.")
    if told := ", ".join(f"{name} (day {day})" for name, day in instance.corrections):
        met = f"Registrations were corrected at {told}"
        message = f"{met}: this changes no earlier report and no forecast; the count of that day is one as any other."
        yield ForecastWarning(code="registration_corrected", message=message)
    last = max((int(row.days[-1]) for row in instance.registered if len(row.days)), default=0)
    if last >= len(instance.conflicts):
        met = f"Days of conflict are told up to day {len(instance.conflicts) - 1}, and reports up to day {last}"
        yield ForecastWarning(code="conflict_unknown", message=f"{met}: after it conflict is unknown, not none.")
