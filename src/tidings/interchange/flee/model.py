"""A Flee instance under our own rules: its places, people, conflict and closures; never how many people will come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.ensemble.model import OneWorld, TidingsModel
from tidings.flow.flee_instance import Closure, FleeInstance, Location, Route
from tidings.flow.scenario import Scenario
from tidings.forecast.start import UNKNOWN_ORIGIN
from tidings.geography.countries import countries, iso3_of
from tidings.geography.graph import Geography
from tidings.geography.places import Place, PlaceKind, Road
from tidings.interchange.flee import conflicts, locations, routes
from tidings.interchange.flee.findings import Oddity, gathered
from tidings.interchange.flee.home import home_country
from tidings.interchange.flee.layout import registered_on
from tidings.interchange.flee.locations import is_camp
from tidings.situation.world import Snapshot, World

LEAST_KM = 0.1
"""Length of a road that Flee has at 0 km."""
SPEED = "max_move_speed"
"""The attribute of a road that is its speed, km a day."""
_MOVING = frozenset({"country", "location", "link"})
"""Closures that close roads under our rules."""
Floats = NDArray[np.float64]


def tidings_model_of(instance: FleeInstance, *, vary: tuple[str, ...] = ()) -> tuple[TidingsModel, tuple[Oddity, ...]]:
    """Return the model that runs a Flee instance under our own rules, and what a reader must know of it.

    Who has come where after the first day is not told to the model: it is what the model is to find out.

    Parameters
    ----------
    vary
        Names of the parameters that each member draws from its plausible range.
    """
    roads, oddities = _roads(instance)
    geography = Geography(tuple(_places(instance)), tuple(road.road for road in roads))
    scenario = _scenario(instance, geography)
    world = World((), tuple(_path(instance, roads)))
    return TidingsModel(scenario, OneWorld(world), vary=vary), gathered((*_assumptions(instance), *oddities))


@dataclass(frozen=True, slots=True)
class _Joined:
    """A road and the places at its ends."""

    road: Road
    ends: frozenset[int]


def _places(instance: FleeInstance) -> Iterator[Place]:
    codes = _country_codes(instance)
    for place in instance.locations:
        people = {"capacity": place.people or None} if is_camp(place) else {"population": place.people}
        yield Place(
            id=place.name, name=place.name, kind=_kind(place), country=codes.get(place.country), lat=place.lat,
            lon=place.lon, **people,
        )  # fmt: skip


def _kind(place: Location) -> PlaceKind:
    if is_camp(place):
        return "camp"
    return "road" if _is_marker(place) else "town"


def _is_marker(place: Location) -> bool:
    return "marker" in place.kind.casefold()


def _country_codes(instance: FleeInstance) -> dict[str, str]:
    """Return an ISO3 code for each country; one of those that users may assign (XAA, XAB …) where the name is none."""
    names = [name for name in dict.fromkeys(place.country for place in instance.locations) if name]
    known = {name: name if name in countries() else iso3_of().get(name.replace("_", " ")) for name in names}
    free = (f"X{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {name: known[name] or next(free) for name in names}


def _roads(instance: FleeInstance) -> tuple[tuple[_Joined, ...], tuple[Oddity, ...]]:
    """Return one road for each pair of places, the shortest."""
    shortest: dict[frozenset[int], Route] = {}
    oddities = []
    for route in sorted(instance.routes, key=lambda route: route.km):
        ends = frozenset((route.one, route.other))
        if shortest.setdefault(ends, route) is not route:
            met = f"'{_name(instance, route.one)}' and '{_name(instance, route.other)}' are joined more than once"
            oddities.append(Oddity(route.where, met, "Under our own rules the shortest of the roads counts alone."))
    joined = (_Joined(_road(instance, route), ends) for ends, route in shortest.items())
    return tuple(joined), tuple(oddities)


def _road(instance: FleeInstance, route: Route) -> Road:
    one, other = _name(instance, route.one), _name(instance, route.other)
    speed = float(route.attributes[SPEED]) if SPEED in route.attributes else None
    return Road.model_validate(
        {"id": f"{one}--{other}", "from": one, "to": other, "length_km": route.km or LEAST_KM,
         "speed_km_per_day": speed}
    )  # fmt: skip


def _name(instance: FleeInstance, number: int) -> str:
    return instance.locations[number].name


def _scenario(instance: FleeInstance, geography: Geography) -> Scenario:
    named = _groups(instance)
    groups = tuple(dict.fromkeys((*named, UNKNOWN_ORIGIN)))
    lives_there = np.array([0 if is_camp(place) else place.people or 0 for place in instance.locations], np.int64)
    displaced = np.zeros((len(groups), len(geography.places)), np.int64)
    for row in instance.registered:
        if row.name in geography.index and len(row.days):
            displaced[groups.index(UNKNOWN_ORIGIN), geography.index[row.name]] += registered_on(row, 0)
    rooms = [place.people if is_camp(place) and place.people else np.inf for place in instance.locations]
    return Scenario(
        geography=geography,
        start=instance.start,
        days=instance.days,
        groups=groups,
        group_of_place=np.array([groups.index(name) for name in named], np.int64),
        at_home=lives_there,
        displaced=displaced,
        waiting=np.zeros((len(groups), 0), np.int64),
        capacity=np.array(rooms, np.float64),
        per_day=np.zeros(0, np.float64),
        unreached=tuple(place.id for place in geography.places if place.id not in geography.reached),
    )


def _groups(instance: FleeInstance) -> tuple[str, ...]:
    """Return the origin group of each place: its region in the home country, elsewhere its country."""
    home = home_country(instance.locations, instance.conflicts)
    regions = {place.region or home for place in instance.locations if place.country == home}
    return tuple(
        place.region or home
        if place.country == home
        else f"{place.country} (country)" if place.country in regions else place.country or UNKNOWN_ORIGIN
        for place in instance.locations
    )  # fmt: skip


def _path(instance: FleeInstance, roads: Sequence[_Joined]) -> Iterator[tuple[dt.date, Snapshot]]:
    """Yield a snapshot for the first day and for each on which conflict or a closure changes; they share the rest."""
    n_places = len(instance.locations)
    nobody, free = np.full(n_places, -1, np.int16), np.zeros(n_places, np.bool_)
    no_policy, violence = np.zeros(0, np.int8), np.zeros(n_places)
    passable = np.ones(len(roads), np.bool_)
    closed_by = [(closure, _closes(closure, instance.locations, roads)) for closure in instance.closures]
    for day in range(instance.days):
        was = violence, passable
        if (instance.conflicts[day] != violence).any():
            violence = instance.conflicts[day].copy()
        shut = [roads_closed for closure, roads_closed in closed_by if is_closed(closure, day)]
        still = ~np.logical_or.reduce([np.zeros(len(roads), np.bool_), *shut])
        passable = passable if (still == passable).all() else still
        if day == 0 or was[0] is not violence or was[1] is not passable:
            snapshot = Snapshot(holder=nobody, besieged=free, violence=violence, passable=passable, policy=no_policy)
            yield instance.start + dt.timedelta(days=day), snapshot


def is_closed(closure: Closure, day: int) -> bool:
    """Whether a closure holds on a day of the run; one that ends before it begins is never undone, as in Flee."""
    return closure.start <= day and (closure.end < closure.start or day < closure.end)


def _closes(closure: Closure, places: Sequence[Location], roads: Sequence[_Joined]) -> NDArray[np.bool_]:
    """Return which roads a closure closes."""
    if closure.kind not in _MOVING:
        return np.zeros(len(roads), np.bool_)
    if closure.kind == "location":
        return np.array([any(places[end].name == closure.one for end in road.ends) for road in roads], np.bool_)
    is_country, wanted = closure.kind == "country", {closure.one, closure.other}
    met = [{places[end].country if is_country else places[end].name for end in road.ends} for road in roads]
    return np.array([ends == wanted for ends in met], np.bool_)


def _assumptions(instance: FleeInstance) -> Iterator[Oddity]:
    met = "conflict is told as an intensity, not in violent events"
    yield Oddity(
        conflicts.FILE, met, "Under our own rules an intensity of 1 is one violent event a day: an assumption."
    )
    for place in instance.locations:
        yield from _of_place(place)
    for row in (row for row in instance.registered if row.name not in {place.name for place in instance.locations}):
        done = "Under our own rules the people registered there on the first day are not in the run."
        yield Oddity(row.where, f"'{row.name}' is not a place of {locations.FILE}", done)
    for closure in instance.closures:
        if closure.kind in ("camp", "idpcamp"):
            done = "Under our own rules this has no effect."
            yield Oddity(closure.where, f"'{closure.one}' is a camp no more from day {closure.start} on", done)
    yield from _unused(instance)


def _of_place(place: Location) -> Iterator[Oddity]:
    if _is_marker(place):
        done = "Under our own rules people may also stop there."
        yield Oddity(place.where, f"'{place.name}' is a marker on a road", done)
    elif place.people is None and not is_camp(place):
        done = "Under our own rules nobody lives there, so nobody flees from there: fill in the population."
        yield Oddity(place.where, f"the population of '{place.name}' is not given", done)


def _unused(instance: FleeInstance) -> Iterator[Oddity]:
    tables = ((locations.FILE, instance.locations, ()), (routes.FILE, instance.routes, (SPEED,)))
    for file, rows, used in tables:
        names = sorted({name for row in rows for name in row.attributes} - {*used})
        if names:
            yield Oddity(file, f"there are columns {', '.join(names)}", "They are not used under our own rules.")
