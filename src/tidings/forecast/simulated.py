"""The simulation run on from what was known at an origin: our own rules, its state the last reports.

Nothing in it is told what came later: camps have no capacity (what folders hold is later truth), conflict is that of
the days up to the origin, closures are those that had begun. A third of the members see conflict end with the origin, a
third see it last where it was in the fortnight before, and a third see it twice as strong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tidings.ensemble.model import GivenWorlds, TidingsModel
from tidings.flow.parameters import parameter_table
from tidings.flow.scenario import Scenario
from tidings.forecast.series import Closed, Seen, Series, Zone
from tidings.forecast.start import UNKNOWN_ORIGIN
from tidings.forecast.ways import Ways
from tidings.geography.graph import Geography
from tidings.geography.places import Place, Road
from tidings.situation.world import Snapshot, World

Floats = NDArray[np.float64]

WARM_DAYS = 28
"""Days before the origin from which a run starts, so that people are on the road when the forecast begins."""
RECENT_DAYS = 14
"""Conflict of so many days before the origin is taken to last."""
AFTERWARDS = (0.0, 1.0, 2.0)
"""Times the recent conflict that members see after the origin, by member's number: it ends, lasts, or escalates."""
LEAST_KM = 0.1
EPOCH = dt.date(2000, 1, 1)
"""Day 0 of every run: a method knows days since the conflict's start, and no dates."""


@dataclass(frozen=True, slots=True, eq=False)
class Simulated:
    """What one run from an origin gave, on the scale of the reports."""

    origin: int
    people: NDArray[np.float32]
    """Shape (member, series, day after the origin): the last report and what the member adds to it, at least 0."""

    def on(self, row: int, lead_days: int) -> Floats:
        """Return the people of each member at a series so many days after the origin. Shape (member,)."""
        return self.people[:, row, lead_days].astype(np.float64)


def seen_earlier(seen: Seen, origin: int) -> Seen:
    """Return what had happened by an earlier origin of what is seen at a later one.

    It holds nothing that the later one does not. Distances of zones are left as they are: a simulation walks the roads.
    """
    return replace(
        seen,
        origin=origin,
        series=tuple(_cut(series, origin) for series in seen.series),
        totals=None,
        conflict=tuple(
            replace(zone, days=zone.days[zone.days <= origin]) for zone in seen.conflict if zone.began <= origin
        ),
        conflict_until=min(seen.conflict_until, origin),
        closures=tuple(
            replace(closure, end=closure.end if closure.end is not None and closure.end <= origin else None)
            for closure in seen.closures
            if closure.start <= origin
        ),
        corrections=tuple(correction for correction in seen.corrections if correction.day <= origin),
    )


def key_of(seen: Seen) -> tuple[object, ...]:
    """Return all that a run depends on, to be compared: reports, days of conflict and closures."""
    return (
        seen.origin,
        seen.conflict_until,
        *((one.place, one.days.tobytes(), one.people.tobytes()) for one in seen.series),
        *((zone.place, zone.population, zone.days.tobytes()) for zone in seen.conflict),
        *seen.closures,
    )


def simulate_on(seen: Seen, *, days: int, members: int, seed: int) -> Simulated:
    """Run members from before the origin to so many days after it; each has its own parameters.

    Returns
    -------
    Simulated
        With nothing added where no road of a place is known.
    """
    start = max(0, seen.origin - WARM_DAYS)
    last = np.array([one.people[-1] if len(one.people) else 0.0 for one in seen.series])
    if seen.ways is None or not seen.conflict:
        still = np.broadcast_to(last[:, None], (members, len(last), days + 1))
        return Simulated(seen.origin, still.astype(np.float32))
    geography = geography_of(seen, seen.ways)
    model = TidingsModel(
        scenario=_scenario(seen_earlier(seen, start), geography, seen.origin + days + 1 - start, start),
        worlds=GivenWorlds(_by_member(_worlds(seen, geography, start), members)),
        vary=tuple(parameter_table()),
    )
    counts = model.run(seed=seed, members=range(members))["people"].to_numpy()
    rows = [geography.index[one.place] for one in seen.series]
    there = counts[:, :, rows].transpose(0, 2, 1).astype(np.float64)
    reported = [max(int(one.days[-1]) - start, 0) if len(one.days) else 0 for one in seen.series]
    at_report = there[:, np.arange(len(rows)), reported]
    people = last[None, :, None] + there[:, :, seen.origin - start :] - at_report[:, :, None]
    return Simulated(seen.origin, np.maximum(people, 0.0).astype(np.float32))


def _cut(series: Series, origin: int) -> Series:
    n = int(np.searchsorted(series.days, origin, side="right"))
    return Series(place=series.place, days=series.days[:n], people=series.people[:n])


def geography_of(seen: Seen, ways: Ways) -> Geography:
    """Return destinations, zones and what lies between them as places, each two joined by their shortest road.

    A destination that was not heard of yet is what lies between, and no camp: at the origin nobody knew it for one.
    """
    destinations = [one.place for one, is_known in zip(seen.series, seen.is_heard_of, strict=True) if is_known]
    zones = {zone.place: zone for zone in seen.conflict}
    ends = (end for road in ways.roads for end in road[:2])
    names = dict.fromkeys((*destinations, *zones, *ends, *(one.place for one in seen.series)))
    codes = _codes(ways)
    places = tuple(
        Place(id=name, name=name, kind="camp" if name in destinations else "town", country=codes.get(name),
              population=_people(zones.get(name)))
        for name in names
    )  # fmt: skip
    shortest: dict[tuple[str, str], float] = {}
    for one, other, km in ways.roads:
        pair = (min(one, other), max(one, other))
        if one != other:
            shortest[pair] = min(km, shortest.get(pair, np.inf))
    return Geography(places, tuple(_road(*pair, km) for pair, km in shortest.items()))


def _road(one: str, other: str, km: float) -> Road:
    return Road.model_validate({"id": f"{one}--{other}", "from": one, "to": other, "length_km": max(km, LEAST_KM)})


def _codes(ways: Ways) -> dict[str, str]:
    """Return a code of each place's country: rules ask only whether two are the same."""
    countries = sorted({country for country in ways.country.values() if country})
    code = {name: f"X{chr(65 + number // 26)}{chr(65 + number % 26)}" for number, name in enumerate(countries)}
    return {place: code[country] for place, country in ways.country.items() if country}


def _people(zone: Zone | None) -> int:
    return round(zone.population) if zone is not None and zone.population > 0 else 0


def _scenario(before: Seen, geography: Geography, days: int, start: int) -> Scenario:
    """Return who is where on the first day: those reported by then in camps, and so many fewer in the zones."""
    n_places = len(geography.places)
    residents = np.array([place.population or 0 for place in geography.places], np.float64)
    displaced = np.zeros((2, n_places), np.int64)
    for one in before.series:
        if len(one.people):
            displaced[1, geography.index[one.place]] = round(float(one.people[-1]))
    left = max(0.0, 1 - displaced.sum() / residents.sum()) if residents.sum() else 0.0
    return Scenario(
        geography=geography,
        start=EPOCH + dt.timedelta(days=start),
        days=days,
        groups=("zones", UNKNOWN_ORIGIN),
        group_of_place=np.zeros(n_places, np.int64),
        at_home=np.floor(residents * left).astype(np.int64),
        displaced=displaced,
        waiting=np.zeros((2, 0), np.int64),
        capacity=np.full(n_places, np.inf),
        per_day=np.zeros(0, np.float64),
        unreached=tuple(place.id for place in geography.places if place.id not in geography.reached),
    )


def _by_member(worlds: Sequence[World], members: int) -> tuple[World, ...]:
    return tuple(worlds[member % len(worlds)] for member in range(members))


def _worlds(seen: Seen, geography: Geography, start: int) -> tuple[World, ...]:
    """Return the world of each kind of member: one past, and conflict afterwards as in `AFTERWARDS`."""
    past = list(_path(seen, geography, start))
    lasting = violence_on(seen, geography, range(seen.conflict_until - RECENT_DAYS + 1, seen.conflict_until + 1))
    then = EPOCH + dt.timedelta(days=seen.origin + 1)
    return tuple(World((), (*past, (then, replace(past[-1][1], violence=lasting * times)))) for times in AFTERWARDS)


def _path(seen: Seen, geography: Geography, start: int) -> Iterator[tuple[dt.date, Snapshot]]:
    """Yield a snapshot for each day up to the origin; arrays that do not change are the same objects."""
    n_places = len(geography.places)
    nobody, free = np.full(n_places, -1, np.int16), np.zeros(n_places, np.bool_)
    no_policy, violence, passable = np.zeros(0, np.int8), None, None
    for day in range(start, seen.origin + 1):
        told = min(day, seen.conflict_until)
        today, roads = violence_on(seen, geography, (told,)), passable_on(seen, geography, day)
        violence = today if violence is None or (today != violence).any() else violence
        passable = roads if passable is None or (roads != passable).any() else passable
        yield (
            EPOCH + dt.timedelta(days=day),
            Snapshot(holder=nobody, besieged=free, violence=violence, passable=passable, policy=no_policy),
        )


def violence_on(seen: Seen, geography: Geography, days: Sequence[int]) -> Floats:
    """Return 1 (an event a day: assumed) at the zones with conflict on any of some days. Shape (place,)."""
    violence = np.zeros(len(geography.places))
    for zone in seen.conflict:
        violence[geography.index[zone.place]] = float(np.isin(zone.days, days).any())
    return violence


def passable_on(seen: Seen, geography: Geography, day: int) -> NDArray[np.bool_]:
    """Return which roads no closure shuts on a day, as known at the origin. Shape (road,)."""
    holding = [one for one in seen.closures if _holds(one, day)]
    ways = seen.ways or Ways(roads=())
    return np.array([not ways.is_shut(road.from_, road.to, holding) for road in geography.roads], np.bool_)


def _holds(closure: Closed, day: int) -> bool:
    return closure.start <= day and (closure.end is None or day < closure.end)
