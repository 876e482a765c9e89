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
from tidings.flow.named_rules import chosen_rules
from tidings.flow.parameters import Parameters
from tidings.flow.reference_ways import Edge, days_to, reached, whole_days
from tidings.flow.result import Counts, dataset_of, no_counts
from tidings.flow.rules import DAY, Rules, p_within_a_day
from tidings.flow.scenario import Scenario
from tidings.flow.seen import CLOSED, Seen, SeenWays
from tidings.flow.state import layout_of, map_of
from tidings.situation.world import World

if TYPE_CHECKING:
    import xarray

Option = TypeVar("Option")


LOOK_BACK_DAYS = 365
"""Days before the first on which quiet days are counted."""


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
    quiet: dict[tuple[int, Parameters, bytes], list[int]] = {}
    for row, (member, world) in enumerate(zip(numbers, worlds, strict=True)):
        luck, own = stream(seed, member, 0, "reference", 0), scenario.of_members(row, row + 1)
        same = id(world), sets[row], own.at_home.tobytes()  # members who share these look back on the same days
        run = Member(own, world, sets[row], luck, quiet.get(same))
        quiet[same] = run.quiet_days
        for day in range(scenario.days):
            run.one_day(scenario.start + dt.timedelta(days=day))
            run.note(counts, row, day)
    return dataset_of(counts, scenario, numbers, seed)


class Member:
    """One member: its people and its world."""

    def __init__(
        self,
        scenario: Scenario,
        world: World,
        parameters: Parameters,
        luck: Stream,
        quiet_days: list[int] | None = None,
    ) -> None:
        self.scenario, self.world, self.parameters, self.luck = scenario, world, parameters, luck
        self.rules = Rules.of(parameters, chosen_rules(scenario.rules))
        self.geography = scenario.geography
        self.n_places = len(self.geography.places)
        self.people = list(first_people(scenario))
        self.map = map_of(scenario)
        self.population = [int(people) for people in scenario.at_home.reshape(-1)]
        self.missing = [0] * self.n_places
        self.displaced_before = (scenario.displaced.sum(axis=1) + scenario.waiting.sum(axis=1)).tolist()
        self.order = [int(place) for place in layout_of(scenario).homes]
        self.sides = [
            (self.geography.index[each.side_a], self.geography.index[each.side_b]) for each in self.geography.crossings
        ]
        self.quiet_days = self.look_back() if quiet_days is None else quiet_days
        self.onset_days = [math.inf] * self.n_places

    def look_back(self) -> list[int]:
        """Count the quiet days before the first; the days since the onset are counted from the first day."""
        self.crowd = self._crowd()
        self.quiet_days, self.onset_days = [0] * self.n_places, [math.inf] * self.n_places
        for back in range(LOOK_BACK_DAYS, 0, -1):
            self._meet(self.scenario.start - dt.timedelta(days=back))
        return self.quiet_days

    def one_day(self, day: dt.date) -> None:
        """Run through `DAY` once."""
        self.crowd = self._crowd()
        self._meet(day)
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
        self.seen = self._seen()
        self.escape = self._values("escape")
        self.pull, self.room = self._values("attract"), self._values("room")
        self.options = [self._options(place) for place in range(self.n_places)]
        p_home = [float(p_within_a_day(rate)) for rate in self._values("leave")]
        p_place = [float(p_within_a_day(rate)) for rate in self._values("move_on")]
        for person in self.people:
            if person.at not in ("home", "place") or not self.options[person.where]:
                continue
            p_leave = p_home if person.at == "home" else p_place
            if self.luck.uniform() < p_leave[person.where] * self.escape[person.where]:
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
        rates = list(zip(self._values("settle_near"), self._values("turn_back"), strict=True))
        p_give_up = [float(p_within_a_day(near + back)) for near, back in rates]
        p_settle = [near / (near + back) if near + back > 0 else 0.0 for near, back in rates]
        for person in self.people:
            if person.at != "queue" or self.luck.uniform() >= p_give_up[person.where]:
                continue
            place, barred = self.sides[person.where][0], self.n_places + person.where
            elsewhere = [(route, weight) for route, weight in self.options[place] if route.target != barred]
            if not elsewhere or self.luck.uniform() < p_settle[person.where]:
                person.at, person.where = "place", place
                self.arrivals[place] += 1
            else:
                self._set_out(person, elsewhere)

    def return_home(self) -> None:
        """RETURN-1 and RETURN-2."""
        away = list(self.missing)  # on the morning: who sets out today changes nobody's chance
        calm = [place for place in range(self.n_places) if self.is_calm[place]]
        p_return = [float(p_within_a_day(rate)) for rate in self._values("go_home")]
        edges = self._edges(with_crossings=True)
        days_from = [days_to(place, edges) for place in range(self.n_places)]
        for person in self._by_place():
            homes = [home for home in calm if self._is_home_of(home, person) and person.where in days_from[home]]
            everywhere = sum(away[home] for home in range(self.n_places) if self._is_home_of(home, person))
            everywhere += self.displaced_before[person.group]
            near = sum(away[home] for home in homes)
            if near and self.luck.uniform() < p_return[person.where] * self.escape[person.where] * near / everywhere:
                left = [(home, float(self.missing[home])) for home in homes if self.missing[home]]
                if not left:
                    continue
                home = picked(left, self.luck)
                self.departures[person.where] += 1
                self.missing[home] -= 1
                nearest = min(days_from[place].get(person.where, math.inf) for place in self._places_of(person.group))
                person.at, person.where, person.days_left = "homeward", home, max(1, whole_days(nearest))

    def note(self, counts: Counts, row: int, day: int) -> None:
        """Count where everybody is."""
        for person in self.people:
            if person.at in ("home", "place"):
                counts["people"][row, day, person.where] += 1
                counts["displaced"][row, day, person.where] += person.at == "place"
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

    def _meet(self, day: dt.date) -> None:
        """See the conditions of a day, and count on the quiet days and the days since the onset."""
        self.day, self.world_today = day, self.world.on(day)
        is_quiet = self.rules.ask("quiet", self._seen())[0]
        self.quiet_days = [days + 1 if is_quiet[place] else 0 for place, days in enumerate(self.quiet_days)]
        self.is_calm = self.rules.ask("calm", self._seen())[0]
        self.onset_days = [self._onset(place, bool(is_quiet[place])) for place in range(self.n_places)]

    def _onset(self, place: int, is_quiet: bool) -> float:
        if self.onset_days[place] == math.inf and not is_quiet:
            return 0.0
        return math.inf if self.is_calm[place] else self.onset_days[place] + 1.0

    def _seen(self) -> Seen:
        """Return what a rule may see, as of one member."""
        world, (crowd, waiting) = self.world_today, self.crowd
        return Seen(
            map=self.map, date=self.day, violence=world.violence[None], besieged=world.besieged[None],
            holder=world.holder[None], policy=world.policy[None], people=np.array([crowd], np.int64),
            population=np.array([self.population], np.int64), waiting=np.array([waiting], np.int64),
            quiet_days=np.array([self.quiet_days], np.int64), onset_days=np.array([self.onset_days], float),
        )  # fmt: skip

    def _values(self, decision: str) -> list[float]:
        return [float(value) for value in self.rules.ask(decision, self.seen)[0]]

    def _crowd(self) -> tuple[list[int], list[int]]:
        """Count people at each place, and in each queue."""
        crowd, waiting = [0] * self.n_places, [0] * len(self.sides)
        for person in self.people:
            if person.at in ("home", "place"):
                crowd[person.where] += 1
            elif person.at == "queue":
                waiting[person.where] += 1
        return crowd, waiting

    def _passing(self, crossing: int, n_waiting: int) -> int:
        limit = self._values("let_through")[crossing]
        if limit >= n_waiting:
            return n_waiting
        return math.floor(limit) + (self.luck.uniform() < limit - math.floor(limit))

    def _places_of(self, group: int) -> list[int]:
        return [place for place in range(self.n_places) if self.scenario.group_of_place[place] == group]

    def _by_place(self) -> list[Person]:
        """Return the displaced people who are at places, place after place in an order that no table changes."""
        at: list[list[Person]] = [[] for _ in range(self.n_places)]
        for person in self.people:
            if person.at == "place":
                at[person.where].append(person)
        return [person for place in self.order for person in at[place]]

    def _is_home_of(self, home: int, person: Person) -> bool:
        return self.scenario.group_of_place[home] == person.group and home != person.where

    def _edges(self, *, with_crossings: bool) -> list[Edge]:
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
        weighted = zip(routes, self._weights(place, routes), strict=True)
        return [(route, weight) for route, weight in weighted if weight > 0]

    def _weights(self, origin: int, routes: list[Route]) -> list[float]:
        ways = SeenWays(
            origin=np.full(len(routes), origin, np.int64),
            target=np.array([route.target for route in routes], np.int64),
            km=np.array([route.km for route in routes], float),
        )
        seen = self.seen.of(np.zeros(1, np.int64), ways)
        near, side = self.rules.ask("near", seen)[0], self.rules.ask("side", seen)[0]
        return [
            float(near[number] * side[number] * self.pull[route.target] * self.room[self._end(route)])
            for number, route in enumerate(routes)
        ]

    def _end(self, route: Route) -> int:
        """Return the place that a route leads to: side b, of a crossing."""
        return route.target if route.target < self.n_places else self.sides[route.target - self.n_places][1]


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
