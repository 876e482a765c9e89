"""The reference engine: the model of docs/model.md person by person, in plain loops; the definition of correct.

It is slow on purpose. It shares the rules with the fast engine and nothing else: it finds its own routes, counts its
own people and draws from its own stream. `verification/` shows that both agree in distribution.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from tidings.core.streams import Stream, stream
from tidings.flow.check import check_inputs
from tidings.flow.engine import parameters_of
from tidings.flow.parameters import Parameters
from tidings.flow.result import Counts, dataset_of, no_counts
from tidings.flow.rules import CLOSED, DAY, WEIGHT_BY_KIND, Rules
from tidings.flow.scenario import Scenario
from tidings.situation.world import World

if TYPE_CHECKING:
    import xarray

Option = TypeVar("Option")


@dataclass(slots=True)
class Person:
    """One person, and what is remembered of the person: no more than the origin group."""

    group: int
    at: Literal["home", "place", "leaving", "road", "homeward", "queue"]
    where: int
    """A place; a target while on the road; a crossing while in its queue."""
    days_left: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """The quickest way to a target: a place, or the queue of a crossing."""

    target: int
    km: float
    days: float


def simulate(
    scenario: Scenario,
    worlds: Sequence[World],
    *,
    seed: int,
    members: Sequence[int] | range,
    parameters: Parameters | Sequence[Parameters] | None = None,
) -> xarray.Dataset:
    """Simulate as `engine.simulate` does, person by person.

    Raises
    ------
    InputError
        If anything in the inputs cannot be simulated; all problems at once.
    """
    numbers = list(members)
    check_inputs(scenario, worlds, seed=seed, members=numbers)
    counts = no_counts(scenario, len(numbers))
    sets = parameters_of(scenario, parameters, len(numbers))
    for row, (member, world) in enumerate(zip(numbers, worlds, strict=True)):
        luck = stream(seed, member, 0, "reference", 0)
        run = Member(scenario.of_members(row, row + 1), world, sets[row], luck)
        for day in range(scenario.days):
            run.one_day(scenario.start + dt.timedelta(days=day))
            run.note(counts, row, day)
    return dataset_of(counts, scenario, numbers, seed)


class Member:
    """One member: its people and its world."""

    def __init__(self, scenario: Scenario, world: World, parameters: Parameters, luck: Stream) -> None:
        self.scenario, self.world, self.parameters, self.luck = scenario, world, parameters, luck
        self.rules = Rules.of(parameters)
        self.geography = scenario.geography
        self.n_places = len(self.geography.places)
        self.people = list(first_people(scenario))
        self.missing = [0] * self.n_places
        self.sides = [
            (self.geography.index[each.side_a], self.geography.index[each.side_b]) for each in self.geography.crossings
        ]

    def one_day(self, day: dt.date) -> None:
        """Run through `DAY` once."""
        self.day, self.world_today = day, self.world.on(day)
        self.arrivals, self.departures = [0] * self.n_places, [0] * self.n_places
        self.returned, self.crossed = [0] * self.n_places, [0] * len(self.sides)
        for step in DAY:
            getattr(self, step)()

    def arrive(self) -> None:
        """ARRIVE-1: who has no day left on the road is there."""
        for person in self.people:
            if person.at == "road" and person.days_left == 0:
                self._reach(person)
            elif person.at == "homeward" and person.days_left == 0:
                person.at = "home"
                self.returned[person.where] += 1

    def leave(self) -> None:
        """LEAVE-1 to LEAVE-4."""
        self.crowd = self._crowd()
        self.options = [self._options(place) for place in range(self.n_places)]
        p_home = [self._p_home(place) for place in range(self.n_places)]
        p_place = [self._p_move_on(place) for place in range(self.n_places)]
        for person in self.people:
            if person.at not in ("home", "place") or not self.options[person.where]:
                continue
            p_leave = p_home if person.at == "home" else p_place
            if self.luck.uniform() < p_leave[person.where]:
                self.departures[person.where] += 1
                self.missing[person.where] += person.at == "home"
                person.at = "leaving"

    def choose(self) -> None:
        """CHOOSE-1 to CHOOSE-5."""
        for person in self.people:
            if person.at == "leaving":
                self._set_out(person, self.options[person.where])

    def travel(self) -> None:
        """TRAVEL-1: one day less for all on the road; who stands at the crossing joins the queue."""
        for person in self.people:
            if person.at == "road" and person.days_left == 0:
                self._reach(person)
            elif person.at in ("road", "homeward"):
                person.days_left -= 1

    def queue(self) -> None:
        """QUEUE-1 and QUEUE-2: as many as can pass, at random among those who wait."""
        for crossing, (_, side_b) in enumerate(self.sides):
            waiting = [person for person in self.people if person.at == "queue" and person.where == crossing]
            for _ in range(self._passing(crossing, len(waiting))):
                person = waiting.pop(self.luck.below(len(waiting)))
                person.at, person.where = "place", side_b
                self.arrivals[side_b] += 1
                self.crossed[crossing] += 1

    def settle(self) -> None:
        """SETTLE-1 and SETTLE-2."""
        p_give_up, p_settle = float(self.rules.give_up.p_give_up()), float(self.rules.give_up.p_settle())
        for person in self.people:
            if person.at != "queue" or self.luck.uniform() >= p_give_up:
                continue
            place, barred = self.sides[person.where][0], self.n_places + person.where
            elsewhere = [(route, weight) for route, weight in self.options[place] if route.target != barred]
            if not elsewhere or self.luck.uniform() < p_settle:
                person.at, person.where = "place", place
                self.arrivals[place] += 1
            else:
                self._set_out(person, elsewhere)

    def return_home(self) -> None:
        """RETURN-1 and RETURN-2."""
        missing = list(self.missing)
        calm = [place for place in range(self.n_places) if self._is_calm(place)]
        ways = {home: days_to(home, self._edges(with_crossings=True)) for home in calm if missing[home]}
        for person in self.people:
            if person.at != "place":
                continue
            homes = [home for home in ways if self._is_home_of(home, person) and person.where in ways[home]]
            everywhere = sum(missing[home] for home in range(self.n_places) if self._is_home_of(home, person))
            if homes and self.luck.uniform() < self._p_return(
                person, sum(missing[home] for home in homes) / everywhere
            ):
                home = picked([(home, missing[home]) for home in homes], self.luck)
                self.departures[person.where] += 1
                self.missing[home] = max(0, self.missing[home] - 1)
                person.at, person.days_left = "homeward", max(1, whole_days(ways[home][person.where]))
                person.where = home

    def note(self, counts: Counts, row: int, day: int) -> None:
        """Count where everybody is."""
        for person in self.people:
            if person.at in ("home", "place"):
                counts["people"][row, day, person.where] += 1
                counts["trapped"][row, day, person.where] += bool(self.world_today.besieged[person.where])
            if person.at == "queue":
                counts["waiting"][row, day, person.where] += 1
            counts["on_road"][row, day, person.group] += person.at in ("road", "homeward")
            counts["displaced_from"][row, day, person.group] += person.at != "home"
        for name in ("arrivals", "departures", "returned", "crossed"):
            counts[name][row, day] = getattr(self, name)

    def _reach(self, person: Person) -> None:
        if person.where < self.n_places:
            person.at = "place"
            self.arrivals[person.where] += 1
        else:
            person.at, person.where = "queue", person.where - self.n_places

    def _set_out(self, person: Person, options: list[tuple[Route, float]]) -> None:
        route = picked(options, self.luck)
        at_least = 1 if route.target < self.n_places else 0
        person.at, person.where, person.days_left = "road", route.target, max(at_least, whole_days(route.days))

    def _crowd(self) -> list[int]:
        crowd = [0] * self.n_places
        for person in self.people:
            if person.at in ("home", "place"):
                crowd[person.where] += 1
        return crowd

    def _p_home(self, place: int) -> float:
        world = self.world_today
        return float(self.rules.leave.p_leave(world.violence[place], world.besieged[place]))

    def _p_move_on(self, place: int) -> float:
        world, is_camp = self.world_today, self.geography.places[place].kind == "camp"
        return float(
            self.rules.move_on.p_leave(
                world.violence[place], world.besieged[place], is_camp, self.crowd[place], self.scenario.capacity[place]
            )
        )

    def _p_return(self, person: Person, p_home_calm: float) -> float:
        return float(self.rules.go_home.p_return(p_home_calm, self.world_today.besieged[person.where]))

    def _passing(self, crossing: int, n_waiting: int) -> int:
        limit = float(self.rules.crossing.limit(self.world_today.policy[crossing], self.scenario.per_day[crossing]))
        if limit >= n_waiting:
            return n_waiting
        return math.floor(limit) + (self.luck.uniform() < limit - math.floor(limit))

    def _is_home_of(self, home: int, person: Person) -> bool:
        return self.scenario.group_of_place[home] == person.group and home != person.where

    def _is_calm(self, place: int) -> bool:
        days = [self.day - dt.timedelta(days=back) for back in range(int(self.parameters["calm_days"]))]
        worlds = [self.world.on(day) for day in days]
        return all(self.rules.go_home.is_quiet(each.violence[place], each.besieged[place]) for each in worlds)

    def _edges(self, *, with_crossings: bool) -> list[tuple[int, int, float, float]]:
        """Return both ends, length and days of every road in use, and of the crossings that are not closed."""
        index, edges = self.geography.index, []
        for road, passable in zip(self.geography.roads, self.world_today.passable, strict=True):
            ends = index[road.from_], index[road.to]
            if passable and ends not in self.sides and ends[::-1] not in self.sides:
                km = self.geography.length_km(road)[0]
                speed = road.speed_km_per_day or self.parameters[f"speed_{road.mode}"]
                edges.append((*ends, km, km / speed))
        if with_crossings:
            edges += [(*ends, 0.0, 0.0) for gate, ends in enumerate(self.sides) if self._is_open(gate)]
        return edges

    def _is_open(self, crossing: int) -> bool:
        return bool(self.world_today.policy[crossing] != CLOSED)

    def _options(self, place: int) -> list[tuple[Route, float]]:
        """Return the routes from a place whose weight today is more than nothing."""
        hops, edges = int(self.parameters["awareness_hops"]), self._edges(with_crossings=False)
        near, nearest = reached(place, edges, hops - 1), reached(place, edges, hops)
        routes = [Route(end, km, days) for end, (days, km) in nearest.items() if end != place]
        for crossing, (side_a, _) in enumerate(self.sides):
            if side_a in near and self._is_open(crossing):
                routes.append(Route(self.n_places + crossing, near[side_a][1], near[side_a][0]))
        weighted = [(route, self._weight(place, route)) for route in routes]
        return [(route, weight) for route, weight in weighted if weight > 0]

    def _weight(self, origin: int, route: Route) -> float:
        rule, world, places = self.rules.choose, self.world_today, self.geography.places
        if route.target < self.n_places:
            end = route.target
            attraction = self.parameters[WEIGHT_BY_KIND.get(places[end].kind, "weight_other")]
        else:
            crossing = route.target - self.n_places
            end = self.sides[crossing][1]
            attraction = self.parameters["weight_crossing"] * float(rule.passage(world.policy[crossing]))
        is_inland = route.target < self.n_places and places[origin].country == places[end].country
        held = world.holder[origin], world.holder[end]
        pull = rule.pull(attraction, world.violence[end], world.besieged[end])
        room = self.rules.room.share(self.crowd[end], self.scenario.capacity[end])
        across = rule.across(is_inland and min(held) >= 0 and held[0] != held[1])
        return float(rule.nearness(route.km) * across * pull * room)


def first_people(scenario: Scenario) -> Iterator[Person]:
    """Yield everybody of a member as on the first morning."""
    at_home = scenario.at_home.reshape(-1)
    for place, group in enumerate(scenario.group_of_place):
        yield from (Person(int(group), "home", place) for _ in range(at_home[place]))
    for group, place in np.argwhere(scenario.displaced > 0):
        yield from (Person(int(group), "place", int(place)) for _ in range(scenario.displaced[group, place]))
    for group, crossing in np.argwhere(scenario.waiting > 0):
        yield from (Person(int(group), "queue", int(crossing)) for _ in range(scenario.waiting[group, crossing]))


def picked(options: list[tuple[Option, float]], luck: Stream) -> Option:
    """Draw one of some options by their weights."""
    left = luck.uniform() * sum(weight for _, weight in options)
    for option, weight in options:
        left -= weight
        if left < 0:
            return option
    return options[-1][0]


def reached(place: int, edges: list[tuple[int, int, float, float]], hops: int) -> dict[int, tuple[float, float]]:
    """Return the days and km of the quickest way to each place over at most so many roads, by walking all ways."""
    best = {place: (0.0, 0.0)}
    ways = [(place, 0.0, 0.0)]
    for _ in range(hops):
        ways = [
            (there, days + more_days, km + more_km)
            for here, days, km in ways
            for a, b, more_km, more_days in edges
            for start, there in ((a, b), (b, a))
            if start == here
        ]
        for end, days, km in ways:
            best[end] = min(best.get(end, (math.inf, math.inf)), (days, km))
    return best


def days_to(home: int, edges: list[tuple[int, int, float, float]]) -> dict[int, float]:
    """Return the days of the quickest way home from everywhere that a way leads from."""
    days, is_shorter = {home: 0.0}, True
    while is_shorter:
        is_shorter = False
        for a, b, _, more in edges:
            for here, there in ((a, b), (b, a)):
                if here in days and days[here] + more < days.get(there, math.inf):
                    days[there], is_shorter = days[here] + more, True
    return days


def whole_days(days: float) -> int:
    """Round days up, but for what rounding errors add."""
    return math.ceil(days - 1e-9)
