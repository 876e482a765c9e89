"""Flee's rules person by person, in plain loops: the definition of correct for `flow.flee`, slow on purpose.

It follows docs/flee.md, section "Semantics", step by step, in the order in which people were created. It shares the
reading of cells with the fast stepper and nothing else. `verification/` shows that both agree in distribution.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tidings.core.errors import InputError
from tidings.core.streams import Stream, stream
from tidings.flow.flee_instance import Closure, FleeInstance
from tidings.flow.flee_persons import Person, Place, Road
from tidings.flow.flee_result import flee_dataset
from tidings.flow.flee_settings import FleeSettings
from tidings.flow.flee_sites import number_of, p_move_of, registered_units, sites_of
from tidings.flow.reference import picked

if TYPE_CHECKING:
    import xarray


def simulate(
    instance: FleeInstance, settings: FleeSettings, *, seed: int, members: Sequence[int] | range
) -> xarray.Dataset:
    """Simulate as `flow.flee.FleeModel.run` does, person by person."""
    shape = len(members), instance.days
    people, on_road = np.zeros((*shape, len(instance.locations)), np.int64), np.zeros(shape, np.int64)
    for row, member in enumerate(members):
        run = Member(instance, settings, stream(seed, member, 0, "flee reference", 0))
        for day in range(instance.days):
            run.one_day(day)
            people[row, day] = [place.people for place in run.places]
            on_road[row, day] = sum(person.road is not None for person in run.people)
    hasten = settings.optimisations.hasten
    return flee_dataset(people * hasten, on_road * hasten, instance, list(members), seed)


class Member:
    """One member: its places and its people."""

    def __init__(self, instance: FleeInstance, settings: FleeSettings, luck: Stream) -> None:
        self.instance, self.luck = instance, luck
        self.settings, self.spawning, self.rules = settings, settings.spawn_rules, settings.move_rules
        self.places = [
            Place(site, site.p_move, site.is_camp, site.is_town, site.capacity, site.population, site.intensity)
            for site in sites_of(instance, settings)
        ]
        self.roads = list(self._roads())
        self.registered = {row.name: registered_units(row, instance.days, settings) for row in instance.registered}
        self.people: list[Person] = []
        self.debt = 0
        self._open()
        self._first_people()

    def one_day(self, day: int) -> None:
        """Zones, newcomers, closures, scores, decisions, travel: in Flee's order."""
        self.day = day
        self.zones()
        self.spawn()
        self.closures()
        self.look_around()
        self.decide_all()
        self.travel_all()

    def zones(self) -> None:
        """Conflict begins and ends where its column changes between nothing and something."""
        today = self.instance.conflicts[self.day]
        before = self.instance.conflicts[self.day - 1] if self.day else np.zeros_like(today)
        for place, now, then in zip(self.places, today, before, strict=True):
            if now > 0 >= then:
                place.p_move, place.intensity = self.rules.conflict_movechance, float(now)
                place.is_town, place.since = False, self.day
            elif then > 0 >= now:
                place.p_move, place.intensity, place.is_town = self.rules.default_movechance, 0.0, True

    def spawn(self) -> None:
        """Newcomers set out from places in conflict."""
        if self.spawning.conflict_driven_spawning:
            for place in self.places:
                self._flee(place, self._driven(place))
            return
        newcomers = self._arrivals()
        weights = [(place, self._spawn_weight(place)) for place in self.places]
        if newcomers and not any(weight for _, weight in weights):
            met = f"{newcomers} units are to set out on day {self.day}, and no place is in conflict"
            raise InputError(where=self.instance.name, met=met, fix="Add the conflict to conflicts.csv.")
        for _ in range(newcomers):
            self._flee(picked(weights, self.luck), 1)

    def closures(self) -> None:
        """Close what closes today, then open what opens."""
        for closure in self.instance.closures:
            if closure.start == self.day:
                self._close(closure)
        for closure in self.instance.closures:
            if closure.end == self.day:
                self._reopen(closure)

    def look_around(self) -> None:
        """Capacities grow, and every place gets its score of the day."""
        rules = self.rules
        for place in self.places:
            place.capacity += place.site.capacity_per_day
            place.score = rules.foreign_weight if place.site.is_foreign else 1.0
            place.score *= rules.camp_weight if place.is_camp else 1.0
            if place.intensity > 0:
                place.score *= rules.conflict_weight ** (self._decay(place) * place.intensity)

    def decide_all(self) -> None:
        """Everybody at a place decides, in the order of creation."""
        for person in self.people:
            if person.place is not None:
                self.decide(person, is_forced=False)

    def travel_all(self) -> None:
        """Everybody on a road travels, in the order of creation; then the day is over."""
        for person in self.people:
            if person.road is not None:
                self.travel(person)
        for person in self.people:
            person.recent = (person.recent + person.today_km / self.rules.max_move_speed) / 2
            person.today_km = 0.0

    def decide(self, person: Person, *, is_forced: bool) -> None:
        """Stay, or take the next road of the route: the old one, or one that is chosen now."""
        place = person.place
        assert place is not None
        p_move = self._p_move(place)
        if person.route or (is_forced and place.is_town):
            p_move = 1.0
        if self.luck.uniform() >= p_move:
            return
        route = person.route or self.choose(place)
        person.route = ()
        if not route or (route[-1].is_camp and self.room(route[-1]) < 0.5):
            return
        road = next((road for road in place.roads if road.end is route[0]), None)
        if road:
            place.people -= 1
            person.place, person.road, person.km, person.route = None, road, 0.0, route[1:]

    def choose(self, place: Place) -> tuple[Place, ...]:
        """Draw a route by the weights of all paths; where none weighs anything, any of them."""
        options = [(route, self._weight(route[-1], km)) for route, km in self._paths((place,), 0.0, 0)]
        heaviest = max((weight for _, weight in options), default=0.0)
        if heaviest == 0:
            options = [(route, 1.0) for route, _ in options]
        elif self.rules.pruning_threshold > 1:
            least = heaviest / self.rules.pruning_threshold
            options = [(route, weight) for route, weight in options if weight >= least]
        return picked(options, self.luck) if options else ()

    def travel(self, person: Person) -> None:
        """Travel for the rest of the day: whoever arrives early decides again at once."""
        while person.road is not None:
            road = person.road
            speed = self._speed(person, road)
            person.km += speed
            person.today_km += speed
            if person.km <= road.km:
                return
            person.today_km -= person.km - road.km
            person.place, person.road, person.has_arrived = road.start if road.is_closed else road.end, None, True
            person.place.people += 1
            if road.is_closed or person.today_km >= speed:
                return
            lately = (person.recent + person.today_km / self.rules.max_move_speed) / 2
            self.decide(person, is_forced=self.rules.avoid_short_stints and lately < 0.5)

    def room(self, place: Place) -> float:
        """Return how much of its attraction a place keeps as it fills."""
        capacity, buffer = place.capacity * self.rules.capacity_scaling, self.rules.capacity_buffer
        if capacity < 1 or place.people <= buffer * capacity:
            return 1.0
        if place.people >= capacity:
            return 0.0
        return 1.0 - (place.people - buffer * capacity) / ((1.0 - buffer) * capacity)

    def _roads(self) -> Iterator[Road]:
        for route in self.instance.routes:
            one, other = self.places[route.one], self.places[route.other]
            speed = number_of(route.attributes, "max_move_speed", self.rules.max_move_speed)
            p_walk = number_of(route.attributes, "walk_probability", 0.0)
            yield Road(one, other, route.km, speed, p_walk)
            yield Road(other, one, route.km, speed, p_walk)

    def _open(self) -> None:
        for place in self.places:
            place.roads = [road for road in self.roads if road.start is place and not road.is_closed]

    def _first_people(self) -> None:
        """People registered on day 0 are in the camps, and take their room away."""
        for place in self.places:
            if not place.site.has_capacity:
                continue
            units = self.registered.get(place.site.name, np.zeros(1, np.int64))
            first = int(units[0]) if self.spawning.insert_day0 else 0
            self._appear(place, first + place.site.initial_idps)
            if place.capacity > 0:
                place.capacity -= first

    def _appear(self, place: Place, n_people: int) -> None:
        place.people += n_people
        self.people += [Person(place) for _ in range(n_people)]

    def _flee(self, place: Place, n_people: int) -> None:
        self._appear(place, n_people)
        if self.spawning.take_from_population:
            place.population -= n_people

    def _arrivals(self) -> int:
        """Return how many the data let set out today: the growth since yesterday, less what was too many before."""
        if self.day == 0 and self.spawning.insert_day0:
            return 0
        rows = list(self.registered.values())
        if not self.spawning.sum_from_camps:
            assert self.instance.total is not None
            rows = [registered_units(self.instance.total, self.instance.days, self.settings)]
        growth = sum(int(row[self.day]) - (int(row[self.day - 1]) if self.day else 0) for row in rows) - self.debt
        self.debt = max(0, -growth)
        return max(0, growth)

    def _spawn_weight(self, place: Place) -> float:
        return max(0, place.population) * max(0.0, place.intensity) * self._decay(place)

    def _driven(self, place: Place) -> int:
        """Return how many a conflict drives out today."""
        driven = self.spawning.conflict_driven_spawning
        assert driven is not None
        if place.intensity <= 0:
            return 0
        expected = driven.displaced_per_conflict_day * place.intensity
        if driven.spawn_mode == "pop_ratio":
            return int(driven.displaced_per_conflict_day * max(0, place.population) * place.intensity)
        return poisson(expected, self.luck) if driven.spawn_mode == "poisson" else int(expected)

    def _decay(self, place: Place) -> float:
        """Return what is left of a conflict's weight, by its age."""
        factors = self.spawning.conflict_spawn_decay
        if not factors:
            return 1.0
        age = int((self.day - place.since) / self.spawning.conflict_spawn_decay_interval)
        return factors[min(age, len(factors) - 1)]

    def _p_move(self, place: Place) -> float:
        if self.rules.movechance_pop_scale_factor == 0:
            return place.p_move
        size = max(place.population, place.capacity, 0) / self.rules.movechance_pop_base
        return place.p_move * (size**self.rules.movechance_pop_scale_factor if size > 0 else 0.0)

    def _paths(self, way: tuple[Place, ...], km: float, level: int) -> Iterator[tuple[tuple[Place, ...], float]]:
        """Yield every route over open roads that visits no place twice, and its length; markers are never its end."""
        for road in way[-1].roads:
            if road.end in way:
                continue
            further, length, depth = (*way, road.end), km + road.km, level + (road.end.site.kind != "marker")
            if road.end.site.kind != "marker":
                yield further[1:], length
            if depth < self.rules.awareness_level:
                yield from self._paths(further, length, depth)

    def _weight(self, end: Place, km: float) -> float:
        rules, score = self.rules, end.score
        if rules.use_pop_for_loc_weight and not end.is_camp:
            score *= max(1, end.population) ** rules.pop_power_for_loc_weight
        near = (rules.softening + km) ** rules.distance_power
        return float(((rules.weight_softening + score) / near * self.room(end)) ** rules.weight_power)

    def _speed(self, person: Person, road: Road) -> float:
        if self.rules.start_on_foot and not person.has_arrived:
            return self.rules.max_walk_speed
        if road.p_walk > 0 and self.luck.uniform() < road.p_walk:
            return self.rules.max_walk_speed
        return road.speed

    def _close(self, closure: Closure) -> None:
        self._convert(closure, is_camp=False)
        for road in self.roads:
            road.is_closed = road.is_closed or is_closed_by(closure, road)
        self._open()

    def _reopen(self, closure: Closure) -> None:
        self._convert(closure, is_camp=True)
        for number, road in enumerate(self.roads):
            if road.is_closed and is_closed_by(closure, road):
                self.roads[number] = replace(road, is_closed=False)
        self._open()

    def _convert(self, closure: Closure, *, is_camp: bool) -> None:
        """Make a camp a town, or a camp again."""
        if closure.kind not in ("camp", "idpcamp"):
            return
        for place in self.places:
            if place.site.name == closure.one:
                place.is_camp, place.is_town = is_camp, not is_camp
                place.p_move = p_move_of("camp" if closure.kind == "camp" else "idpcamp", False, self.rules)
                place.p_move = place.p_move if is_camp else self.rules.default_movechance


def is_closed_by(closure: Closure, road: Road) -> bool:
    """Return whether a closure is about a road; those of a single link do nothing in Flee."""
    if closure.kind == "country":
        countries = (road.start.site.country, road.end.site.country)
        return countries in ((closure.one, closure.other), (closure.other, closure.one))
    return closure.kind == "location" and closure.one in (road.start.site.name, road.end.site.name)


def poisson(mean: float, luck: Stream) -> int:
    """Draw a Poisson number: how many waits of mean one fit into the mean."""
    number, left = -1, mean
    while left >= 0:
        number, left = number + 1, left + math.log(1.0 - luck.uniform())
    return number
