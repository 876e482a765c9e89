"""The days of a Flee instance, cut into spells: runs of days on which nothing changes but where people are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee_choice import Conditions
from tidings.flow.flee_instance import Closure, FleeInstance
from tidings.flow.flee_settings import FleeSettings
from tidings.flow.flee_sites import Kind, Site, p_move_of, registered_units
from tidings.flow.flee_ways import Road, Ways

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Spell(NamedTuple):
    """Days, half-open, with their conditions; and the roads that close on the first of them."""

    first_day: int
    end_day: int
    today: Conditions
    closing: tuple[int, ...]


def closed_by(closure: Closure, roads: tuple[Road, ...], sites: tuple[Site, ...]) -> list[int]:
    """Return the roads that a closure is about; those of a single link do nothing in Flee."""
    if closure.kind == "country":
        pairs = ((closure.one, closure.other), (closure.other, closure.one))
        return [n for n, road in enumerate(roads) if (sites[road.start].country, sites[road.end].country) in pairs]
    if closure.kind == "location":
        return [n for n, road in enumerate(roads) if closure.one in (sites[road.start].name, sites[road.end].name)]
    return []


def newcomers_of(instance: FleeInstance, settings: FleeSettings) -> Ints:
    """Return how many units the data let set out on each day.

    It is the growth of the registered number since the day before; where the number falls, nobody goes, and as many
    newcomers are missing later.

    Returns
    -------
    NDArray[np.int64]
        Shape (day,).
    """
    rows = instance.registered if settings.spawn_rules.sum_from_camps else (instance.total,)
    known = np.zeros(instance.days, np.int64)
    for row in rows:
        known += registered_units(row, instance.days, settings) if row else 0
    growth = np.diff(known, prepend=0)
    debt, newcomers = 0, np.zeros(instance.days, np.int64)
    for day in range(instance.days):
        if day == 0 and settings.spawn_rules.insert_day0:
            continue
        owed = int(growth[day]) - debt
        debt, newcomers[day] = max(0, -owed), max(0, owed)
    return newcomers


def spells_of(
    instance: FleeInstance, settings: FleeSettings, sites: tuple[Site, ...], roads: tuple[Road, ...], ways: Ways
) -> Iterator[Spell]:
    """Yield the spells of a run one after the other."""
    course, spell = Course(instance, settings, sites, roads), None
    for day in range(instance.days):
        closing = course.turn_to(day)
        if closing is None:
            continue
        if spell:
            yield spell._replace(end_day=day)
        spell = Spell(day, instance.days, course.conditions(ways), closing)
    if spell:
        yield spell


class Course:
    """Places and roads in the course of the run."""

    def __init__(
        self, instance: FleeInstance, settings: FleeSettings, sites: tuple[Site, ...], roads: tuple[Road, ...]
    ) -> None:
        self.instance, self.spawning, self.rules = instance, settings.spawn_rules, settings.move_rules
        self.sites, self.roads = sites, roads
        self.p_move = np.array([site.p_move for site in sites])
        self.is_town = np.array([site.is_town for site in sites], np.bool_)
        self.is_camp = np.array([site.is_camp for site in sites], np.bool_)
        self.intensity = np.array([site.intensity for site in sites])
        self.since = np.zeros(len(sites), np.int64)
        self.is_open = np.ones(len(roads), np.bool_)
        self.decay = np.full(len(sites), np.nan)

    def turn_to(self, day: int) -> tuple[int, ...] | None:
        """Take up what changes on a day; return the roads that close, or None where nothing changes."""
        has_changed = self._conflicts(day)
        decay = self._decay(day)
        has_changed |= not np.array_equal(decay, self.decay)
        self.decay = decay
        closing: list[int] = []
        for closure in self.instance.closures:
            if closure.start == day:
                closing += self._close(closure)
                has_changed = True
        for closure in self.instance.closures:
            if closure.end == day:
                self._reopen(closure)
                has_changed = True
        return tuple(closing) if has_changed else None

    def conditions(self, ways: Ways) -> Conditions:
        """Return the conditions as they are now."""
        score = np.where([site.is_foreign for site in self.sites], self.rules.foreign_weight, 1.0)
        score = score * np.where(self.is_camp, self.rules.camp_weight, 1.0)
        violence = self.decay * self.intensity
        is_open = np.append(self.is_open, True)  # the last stands for -1, which fills up paths
        return Conditions(
            p_move=self.p_move.copy(),
            is_town=self.is_town.copy(),
            is_camp=self.is_camp.copy(),
            score=np.where(self.intensity > 0, score * self.rules.conflict_weight**violence, score),
            is_open=np.asarray(is_open[ways.options.roads].all(axis=1)),
            spawning=violence,
            intensity=np.maximum(self.intensity, 0.0),
        )

    def _conflicts(self, day: int) -> bool:
        """Begin and end conflicts: only a change between nothing and something counts."""
        today = self.instance.conflicts[day]
        before = self.instance.conflicts[day - 1] if day else np.zeros_like(today)
        begins, ends = (today > 0) & (before <= 0), (before > 0) & (today <= 0)
        self.p_move[begins], self.p_move[ends] = self.rules.conflict_movechance, self.rules.default_movechance
        self.intensity[begins], self.intensity[ends] = today[begins], 0.0
        self.is_town[begins], self.is_town[ends] = False, True
        self.since[begins] = day
        return bool(begins.any() or ends.any() or day == 0)

    def _decay(self, day: int) -> Floats:
        """Return what is left of the weight of each conflict, by its age; 0 where there is none."""
        factors = np.array(self.spawning.conflict_spawn_decay or (1.0,))
        age = ((day - self.since) / self.spawning.conflict_spawn_decay_interval).astype(np.int64)
        return np.where(self.intensity > 0, factors[np.minimum(age, len(factors) - 1)], 0.0)

    def _close(self, closure: Closure) -> list[int]:
        self._convert(closure, is_camp=False)
        closing = [road for road in closed_by(closure, self.roads, self.sites) if self.is_open[road]]
        self.is_open[closing] = False
        return closing

    def _reopen(self, closure: Closure) -> None:
        self._convert(closure, is_camp=True)
        self.is_open[closed_by(closure, self.roads, self.sites)] = True

    def _convert(self, closure: Closure, *, is_camp: bool) -> None:
        """Make a camp a town, or a camp again."""
        if closure.kind not in ("camp", "idpcamp"):
            return
        kind: Kind = "town" if not is_camp else "camp" if closure.kind == "camp" else "idpcamp"
        for place, site in enumerate(self.sites):
            if site.name == closure.one:
                self.is_camp[place], self.is_town[place] = is_camp, not is_camp
                self.p_move[place] = p_move_of(kind, False, self.rules)
