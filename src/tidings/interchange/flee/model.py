"""A Flee instance under our own rules: its places, people, conflict and closures; never how many people will come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tidings.core.errors import InputError
from tidings.ensemble.model import OneWorld, TidingsModel
from tidings.flow.flee_instance import Closure, FleeInstance, Location
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
from tidings.interchange.flee.ways import SPEED, Way, check_markers, is_marker, ways_of
from tidings.situation.world import Snapshot, World

LEAST_KM = 0.1
"""Length of a road that Flee has at 0 km."""
Floats = NDArray[np.float64]


def tidings_model_of(instance: FleeInstance, *, vary: tuple[str, ...] = ()) -> tuple[TidingsModel, tuple[Oddity, ...]]:
    """Return the model that runs a Flee instance under our own rules, and what a reader must know of it.

    Who has come where after the first day is not told to the model: it is what the model is to find out.

    Markers are no places of it: nobody stops there, and no output tells of people in the middle of a road.

    Parameters
    ----------
    vary
        Names of the parameters that each member draws from its plausible range.

    Raises
    ------
    InputError
        If there are people at a marker, or the speed of a road is 0.
    """
    check_markers(instance)
    between, oddities = ways_of(instance)
    ways = tuple(several[0] for several in between)
    told = (*_assumptions(instance), *oddities, *_speeds_left_out(ways))
    roads = tuple(_road(instance, way) for way in ways)
    places = _without_markers(instance)
    geography = Geography(tuple(_places(places)), roads)
    world = World((), tuple(_path(places, between)), until=instance.start + dt.timedelta(days=instance.days - 1))
    about = {"source": instance.name}
    return TidingsModel(_scenario(places, geography), OneWorld(world), vary=vary, about=about), gathered(told)


def _without_markers(instance: FleeInstance) -> FleeInstance:
    """Return the instance with the places alone at which people may be; its routes are then those of nothing."""
    kept = [number for number, place in enumerate(instance.locations) if not is_marker(place)]
    locations = tuple(instance.locations[number] for number in kept)
    return replace(instance, locations=locations, routes=(), conflicts=instance.conflicts[:, kept])


def _places(instance: FleeInstance) -> Iterator[Place]:
    codes = _country_codes(instance)
    for place in instance.locations:
        people = {"capacity": place.people or None} if is_camp(place) else {"population": place.people}
        yield Place(
            id=place.name, name=place.name, kind=_kind(place), country=codes.get(place.country), lat=place.lat,
            lon=place.lon, **people,
        )  # fmt: skip


def _kind(place: Location) -> PlaceKind:
    return "camp" if is_camp(place) else "town"


def _country_codes(instance: FleeInstance) -> dict[str, str]:
    """Return an ISO3 code for each country; one of those that users may assign (XAA, XAB …) where the name is none."""
    names = [name for name in dict.fromkeys(place.country for place in instance.locations) if name]
    known = {name: name if name in countries() else iso3_of().get(name.replace("_", " ")) for name in names}
    free = (f"X{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return {name: known[name] or next(free) for name in names}


def _road(instance: FleeInstance, way: Way) -> Road:
    names = [instance.locations[number].name for number in way.places]
    return Road.model_validate(
        {"id": "--".join(names), "from": names[0], "to": names[-1], "length_km": way.km or LEAST_KM,
         "speed_km_per_day": _speed(way)}
    )  # fmt: skip


def _speed(way: Way) -> float | None:
    """Return the speed over a whole way: its length by the days that its parts take; None where a part has none."""
    speeds = [(route.km or LEAST_KM, route.attributes.get(SPEED), route.where) for route in way.routes]
    for _, speed, where in speeds:
        if speed is not None and float(speed) == 0:
            fix = "Write km a day, or leave the cell empty; close a road in closures.csv."
            raise InputError(where=where, met=f"{SPEED} is 0", fix=fix)
    told = [(km, float(speed)) for km, speed, _ in speeds if speed is not None]
    if len(told) < len(speeds):
        return None
    return told[0][1] if len(told) == 1 else sum(km for km, _ in told) / sum(km / speed for km, speed in told)


def _speeds_left_out(ways: Sequence[Way]) -> Iterator[Oddity]:
    for way in ways:
        told = [route for route in way.routes if SPEED in route.attributes]
        if told and len(told) < len(way.routes):
            done = "Under our own rules the whole road has the speed of roads in general."
            yield Oddity(told[0].where, f"{SPEED} is told of a part of a road with markers alone", done)


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


def _path(instance: FleeInstance, between: Sequence[Sequence[Way]]) -> Iterator[tuple[dt.date, Snapshot]]:
    """Yield a snapshot for the first day and for each on which conflict or a closure changes; they share the rest."""
    n_places = len(instance.locations)
    nobody, free = np.full(n_places, -1, np.int16), np.zeros(n_places, np.bool_)
    no_policy, violence = np.zeros(0, np.int8), np.zeros(n_places)
    passable = np.ones(len(between), np.bool_)
    for day in range(instance.days):
        was = violence, passable
        if (instance.conflicts[day] != violence).any():
            violence = instance.conflicts[day].copy()
        shut = {number for number, closure in enumerate(instance.closures) if is_closed(closure, day)}
        still = np.array([any(way.closed_by.isdisjoint(shut) for way in ways) for ways in between], np.bool_)
        passable = passable if (still == passable).all() else still
        if day == 0 or was[0] is not violence or was[1] is not passable:
            snapshot = Snapshot(holder=nobody, besieged=free, violence=violence, passable=passable, policy=no_policy)
            yield instance.start + dt.timedelta(days=day), snapshot


def is_closed(closure: Closure, day: int) -> bool:
    """Whether a closure holds on a day of the run; one that ends before it begins is never undone, as in Flee."""
    return closure.start <= day and (closure.end < closure.start or day < closure.end)


def _assumptions(instance: FleeInstance) -> Iterator[Oddity]:
    met = "conflict is told as an intensity, not in violent events"
    yield Oddity(
        conflicts.FILE, met, "Under our own rules an intensity of 1 is one violent event a day: an assumption."
    )
    for number, place in enumerate(instance.locations):
        yield from _of_place(place, has_conflict=bool(instance.conflicts[:, number].any()))
    for row in (row for row in instance.registered if row.name not in {place.name for place in instance.locations}):
        done = "Under our own rules the people registered there on the first day are not in the run."
        yield Oddity(row.where, f"'{row.name}' is not a place of {locations.FILE}", done)
    for closure in instance.closures:
        if closure.kind in ("camp", "idpcamp"):
            done = "Under our own rules this has no effect."
            yield Oddity(closure.where, f"'{closure.one}' is a camp no more from day {closure.start} on", done)
    yield from _unused(instance)


def _of_place(place: Location, *, has_conflict: bool) -> Iterator[Oddity]:
    if is_marker(place):
        done = "Under our own rules it is no place: its roads are joined, and nobody stops there."
        yield Oddity(place.where, f"'{place.name}' is a marker on a road", done)
        if has_conflict:
            yield Oddity(
                conflicts.FILE, f"'{place.name}' is a marker and has conflict", "It is not used under our own rules."
            )
    elif place.people is None and not is_camp(place):
        done = "Under our own rules nobody lives there, so nobody flees from there: fill in the population."
        yield Oddity(place.where, f"the population of '{place.name}' is not given", done)


def _unused(instance: FleeInstance) -> Iterator[Oddity]:
    tables = ((locations.FILE, instance.locations, ()), (routes.FILE, instance.routes, (SPEED,)))
    for file, rows, used in tables:
        names = sorted({name for row in rows for name in row.attributes} - {*used})
        if names:
            yield Oddity(file, f"there are columns {', '.join(names)}", "They are not used under our own rules.")
