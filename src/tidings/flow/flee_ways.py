"""The ways of a Flee instance laid out in arrays: the paths that people choose from, and where on them they can be.

A **station** is a place together with the places still to come on a route that was chosen before; the first stations
are the places themselves, without a route. A **leg** is a road together with the places still to come behind it: it
leads to a station. An **option** is a path that is chosen at a place as a whole; it starts with a leg. People who are
on a route have one option, to go on. A **position** is how far on a leg people are at the end of a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee_instance import FleeInstance
from tidings.flow.flee_settings import MoveRules
from tidings.flow.flee_sites import number_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FINEST = 1024
"""Into how many ticks the longest day's travel is divided where lengths or speeds are not whole km."""


class Stations(NamedTuple):
    """Shape (station,) each."""

    place: Ints
    options: Ints
    """Shape (station + 1,): the options of station s are options[s] to options[s + 1]."""


class Options(NamedTuple):
    """Shape (option,) each."""

    leg: Ints
    end: Ints
    """The place to which it leads in the end."""
    near: Floats
    """The part of the weight that depends on the length alone."""
    p_walk: Floats
    """Chance that the first road is walked, a day."""
    roads: Ints
    """Shape (option, road): the roads of the path, each of which has to be open; -1 fills up."""


class Legs(NamedTuple):
    """Shape (leg,) each."""

    station: Ints
    """Where it leads to."""
    road: Ints
    turned: Ints
    """The leg that people on it are on once its road closes: it leads back. -1 where it never closes."""
    leads_back: Flags
    speed: Ints
    """Of a vehicle; ticks a day."""
    first: Ints
    """Shape (leg, 2): the position at its start, by vehicle and on a first journey on foot (-1: nobody is)."""


class Positions(NamedTuple):
    """Shape (position,) each. A day's travel leads to a further position, or (-1) to the end of the leg."""

    leg: Ints
    p_walk: Floats
    drive_to: Ints
    drive_ticks: Ints
    walk_to: Ints
    walk_ticks: Ints


class Ways(NamedTuple):
    """All of it. A tick is the unit in which the day's travel is summed up: 1 km where all lengths are whole."""

    stations: Stations
    options: Options
    legs: Legs
    positions: Positions
    drive: int
    """Ticks a day by vehicle, on a road without a speed of its own."""
    walk: int


class Road(NamedTuple):
    """One direction of a route."""

    start: int
    end: int
    km: float
    speed: float
    p_walk: float


class Step(NamedTuple):
    """From a position on a road, counted from its start, by a day's travel to the next; -1 where it is the end."""

    p_walk: float
    drive_to: int
    drive_km: float
    walk_to: int
    walk_km: float


def ways_of(roads: tuple[Road, ...], is_marker: tuple[bool, ...], rules: MoveRules, closing: frozenset[int]) -> Ways:
    """Lay out the ways of an instance.

    Parameters
    ----------
    roads
        As `roads_of` returns them.
    is_marker
        Of each place: whether it is only a point on the way.
    closing
        Numbers of the roads that close on some day.
    """
    draft = _Draft(roads, rules, closing)
    for place in range(len(is_marker)):
        draft.station(place, ())
    for place in range(len(is_marker)):
        draft.choices.append(list(draft.paths((place,), (), 0, is_marker)))
    return draft.ways()


def roads_of(instance: FleeInstance, rules: MoveRules) -> tuple[Road, ...]:
    """Return both directions of every route, in the order of the file."""
    roads = []
    for route in instance.routes:
        speed = number_of(route.attributes, "max_move_speed", rules.max_move_speed)
        p_walk = number_of(route.attributes, "walk_probability", 0.0)
        roads.append(Road(route.one, route.other, route.km, speed, p_walk))
        roads.append(Road(route.other, route.one, route.km, speed, p_walk))
    return tuple(roads)


def steps_along(km: float, drive: float, walk: float, p_walk: float) -> list[Step]:
    """Return the positions in which people can be on a road at the end of a day; the first is its start.

    Examples
    --------
    >>> [step.drive_to for step in steps_along(km=100, drive=40, walk=5, p_walk=0.0)]
    [1, 2, -1]
    >>> steps_along(km=80, drive=40, walk=5, p_walk=0.0)[-1].drive_km  # who has come exactly to the end is not there
    0.0
    """
    found, steps = [0.0], list[Step]()
    for at in found:  # it grows while it is walked through
        ends = list[tuple[int, float]]()
        for speed, is_used in ((drive, p_walk < 1), (walk, p_walk > 0)):
            goes_on = is_used and at + speed <= km
            if goes_on and at + speed not in found:
                found.append(at + speed)
            ends.append((found.index(at + speed), speed) if goes_on else (-1, km - at if is_used else 0.0))
        steps.append(Step(p_walk, *ends[0], *ends[1]))
    return steps


class _Draft:
    """Stations, legs and positions as they are found."""

    def __init__(self, roads: tuple[Road, ...], rules: MoveRules, closing: frozenset[int]) -> None:
        self.roads, self.rules, self.closing = roads, rules, closing
        self.roads_from: dict[int, list[int]] = {}
        self.between: dict[tuple[int, int], int] = {}
        for number, road in enumerate(roads):
            self.roads_from.setdefault(road.start, []).append(number)
            self.between.setdefault((road.start, road.end), number)  # of parallel roads, routes follow the first
        self.stations: dict[tuple[int, tuple[int, ...]], int] = {}
        self.choices: list[list[tuple[int, ...]]] = []
        """Of each place: the paths from it, as roads."""
        self.legs: dict[tuple[int, tuple[int, ...], bool], int] = {}
        self.leg_stations: list[int] = []
        self.turned: list[int] = []
        self.first: list[tuple[int, int]] = []
        self.positions: list[tuple[int, Step]] = []

    def paths(
        self, places: tuple[int, ...], roads: tuple[int, ...], level: int, is_marker: tuple[bool, ...]
    ) -> Iterator[tuple[int, ...]]:
        """Yield the roads of every path that visits no place twice; markers end none and count for no level."""
        for road in self.roads_from.get(places[-1], ()):
            end = self.roads[road].end
            if end in places:
                continue
            depth = level + (not is_marker[end])
            if not is_marker[end]:
                yield (*roads, road)
            if depth < self.rules.awareness_level:
                yield from self.paths((*places, end), (*roads, road), depth, is_marker)

    def station(self, place: int, route: tuple[int, ...]) -> int:
        """Return the number of a station, new or known."""
        key = (place, route)
        if key not in self.stations:
            self.stations[key] = len(self.stations)
            if route and (place, route[0]) in self.between:
                self.leg(self.between[place, route[0]], route[1:])
        return self.stations[key]

    def leg(self, road: int, route: tuple[int, ...], *, leads_back: bool = False) -> int:
        """Return the number of a leg, new or known."""
        key = (road, route, leads_back)
        if key not in self.legs:
            number = self.legs[key] = len(self.legs)
            self.leg_stations.append(-1)
            self.turned.append(-1)
            self.first.append((self._lay_out(number, road, False), self._lay_out(number, road, True)))
            there = self.roads[road].start if leads_back else self.roads[road].end
            self.leg_stations[number] = self.station(there, route)
            if road in self.closing and not leads_back:
                self.turned[number] = self.leg(road, route, leads_back=True)
        return self.legs[key]

    def _lay_out(self, leg: int, road: int, on_foot: bool) -> int:
        if on_foot and not self.rules.start_on_foot:
            return -1
        here, first = self.roads[road], len(self.positions)
        p_walk = 1.0 if on_foot else here.p_walk
        for step in steps_along(here.km, here.speed, self.rules.max_walk_speed, p_walk):
            drive_to, walk_to = (to + first if to >= 0 else -1 for to in (step.drive_to, step.walk_to))
            self.positions.append((leg, step._replace(drive_to=drive_to, walk_to=walk_to)))
        return first

    def ways(self) -> Ways:
        """Return everything in arrays."""
        stations, options = self._options()  # first: it finds the last stations and legs
        tick = self._tick_km()
        speeds = (_ticks(self.roads[road].speed, tick) for road, _, _ in self.legs)
        legs = Legs(_ints(self.leg_stations), _ints(road for road, _, _ in self.legs), _ints(self.turned),
                    np.array([back for _, _, back in self.legs], np.bool_), _ints(speeds),
                    np.array(self.first, np.int64).reshape(-1, 2))  # fmt: skip
        return Ways(stations, options, legs, self._positions(tick), _ticks(self.rules.max_move_speed, tick),
                    _ticks(self.rules.max_walk_speed, tick))  # fmt: skip

    def _options(self) -> tuple[Stations, Options]:
        legs, paths, starts = list[int](), list[tuple[int, ...]](), [0]
        for here in self.choices:
            for path in here:
                places = tuple(self.roads[road].end for road in path)
                legs.append(self.leg(self.between[self.roads[path[0]].start, places[0]], places[1:]))
                paths.append(path)
            starts.append(len(legs))
        ends = [self.roads[path[-1]].end for path in paths]
        for place, route in list(self.stations)[len(self.choices) :]:
            road = self.between.get((place, route[0]))
            if road is not None:
                legs.append(self.leg(road, route[1:]))
                paths.append((road,))
                ends.append(route[-1])
            starts.append(len(legs))
        stations = Stations(_ints(place for place, _ in self.stations), _ints(starts))
        p_walk = np.array([self.roads[list(self.legs)[leg][0]].p_walk for leg in legs])
        return stations, Options(_ints(legs), _ints(ends), self._near(paths), p_walk, _filled(paths))

    def _near(self, paths: list[tuple[int, ...]]) -> Floats:
        km = np.array([sum(self.roads[road].km for road in path) for path in paths])
        near: Floats = (self.rules.softening + km) ** (-self.rules.distance_power * self.rules.weight_power)
        return near

    def _positions(self, tick: float) -> Positions:
        steps = [step for _, step in self.positions]
        starts = {first for both in self.first for first in both}
        least = [int(position in starts) for position in range(len(steps))]  # no road is passed in no time
        return Positions(
            _ints(leg for leg, _ in self.positions),
            np.array([step.p_walk for step in steps], float),
            _ints(step.drive_to for step in steps),
            np.maximum(least, _ints(_ticks(step.drive_km, tick) for step in steps)),
            _ints(step.walk_to for step in steps),
            np.maximum(least, _ints(_ticks(step.walk_km, tick) for step in steps)),
        )

    def _tick_km(self) -> float:
        speeds = [self.rules.max_move_speed, self.rules.max_walk_speed, *(road.speed for road in self.roads)]
        is_whole = all(float(km).is_integer() for km in (*speeds, *(road.km for road in self.roads)))
        return 1.0 if is_whole else max(speeds) / FINEST


def _filled(paths: list[tuple[int, ...]]) -> Ints:
    longest = max(map(len, paths), default=1)
    return np.array([(*path, *[-1] * (longest - len(path))) for path in paths], np.int64).reshape(-1, longest)


def _ticks(km: float, tick_km: float) -> int:
    return round(km / tick_km)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int64)
