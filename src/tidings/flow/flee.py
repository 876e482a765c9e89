"""Flee's rules as a stepper of our own: counts of people by place and way, moved day by day.

It follows docs/flee.md, section "Semantics". People of one state are exchangeable, so their number is split by binomial
and multinomial draws, at a cost that hardly depends on how many they are. `flee_reference` does the same person by
person, and `verification/` shows that both agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tidings.core.errors import InputError, raise_all
from tidings.core.provenance import code_version
from tidings.core.streams import address, name_key
from tidings.flow.compiled import announce_first_compilation
from tidings.flow.flee_chain import Chain, at_position, at_station, chain_of
from tidings.flow.flee_check import problems_of
from tidings.flow.flee_choice import Weighing
from tidings.flow.flee_desk import CONSTANT, DATA, POISSON, SHARE, Luck, Plan, Setup, empty_desk
from tidings.flow.flee_instance import FleeInstance
from tidings.flow.flee_kernels import run_days
from tidings.flow.flee_result import flee_dataset
from tidings.flow.flee_settings import FleeSettings, MoveRules
from tidings.flow.flee_sites import registered_units, sites_of
from tidings.flow.flee_spells import Spell, closed_by, newcomers_of, spells_of
from tidings.flow.flee_ways import Road, Ways, roads_of, ways_of

if TYPE_CHECKING:
    import xarray

Ints = NDArray[np.int64]

LEVELS = 17
"""Of recent travel, where short stints are avoided."""
DAYS_AT_ONCE = 30
"""After so many, at most, progress is told."""
DEFAULTS = FleeSettings()
MODES = {"constant": CONSTANT, "pop_ratio": SHARE, "poisson": POISSON}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FleeModel:
    """A Flee instance and its settings, ready to be run (an `ensemble.model.Model`)."""

    instance: FleeInstance
    settings: FleeSettings = DEFAULTS

    @property
    def n_days(self) -> int:
        """Days that a member is simulated for."""
        return self.instance.days

    def check(self) -> None:
        """Refuse what cannot be simulated.

        Raises
        ------
        InputError
            With every problem of the instance, each with file and line.
        """
        raise_all(problems_of(self.instance, self.settings))

    def bytes_per_member(self) -> int:
        """Return about how much memory one member takes: where its people are, and its counts."""
        n_places = len(self.instance.locations)
        n_states = len(_Run(self, 0, ()).chain.states.few)
        return 8 * (n_states + n_places + self.n_days * (n_places + 1))

    def run(
        self, *, seed: int, members: Sequence[int], progress: Callable[[int, int], None] | None = None
    ) -> xarray.Dataset:
        """Simulate members by number.

        Parameters
        ----------
        seed, members
            The same seed and number give the same member, whatever else is run.
        progress
            Told now and then how many days are done, of how many.

        Returns
        -------
        xarray.Dataset
            `people` (member, day, place) and `on_road` (member, day, group), one group of all; persons: units times
            `hasten`.

        Raises
        ------
        InputError
            If the instance cannot be simulated; all problems at once.
        """
        self.check()
        announce_first_compilation()
        numbers = [int(member) for member in members]
        run = _Run(self, seed, numbers)
        for first_day, end_day, spell in run.stretches():
            run.live_through(first_day, end_day, spell)
            if progress:
                progress(end_day, self.n_days)
        hasten = self.settings.optimisations.hasten
        told = {"settings": self.settings.model_dump_json(), "source": self.instance.name, "validated": "false"}
        ensemble = flee_dataset(run.people * hasten, run.on_road * hasten, self.instance, numbers, seed)
        return ensemble.assign_attrs(code=code_version(), hasten=str(hasten), **told)


@lru_cache(maxsize=4)
def _laid_out(
    roads: tuple[Road, ...], is_marker: tuple[bool, ...], rules: MoveRules, closing: frozenset[int]
) -> tuple[Ways, Chain]:
    """Lay out ways and what can become of people within a day: once for all chunks of members."""
    ways = ways_of(roads, is_marker, rules, closing)
    return ways, chain_of(ways, on_foot=rules.start_on_foot, levels=LEVELS if rules.avoid_short_stints else 1)


class _Run:
    """The state of all members; made for one call of `FleeModel.run`."""

    def __init__(self, model: FleeModel, seed: int, members: Sequence[int]) -> None:
        self.instance, self.settings = model.instance, model.settings
        self.sites = sites_of(model.instance, model.settings)
        self.roads = roads_of(model.instance, model.settings.move_rules)
        closed = (closed_by(closure, self.roads, self.sites) for closure in model.instance.closures)
        is_marker = tuple(site.kind == "marker" for site in self.sites)
        closing = frozenset(road for roads in closed for road in roads)
        self.ways, self.chain = _laid_out(self.roads, is_marker, model.settings.move_rules, closing)
        luck = self._luck(seed, members)
        self.setup = Setup(self.chain, self.ways, _weighing_of(model.settings.move_rules), self._plan(), luck)
        n_places, n_edges = len(self.sites), len(self.ways.options.leg) * self.chain.shape.ways_to_go
        self.desk = empty_desk(self.chain, n_places, n_edges)
        self.now = np.zeros((len(members), len(self.chain.states.few)), np.int64)
        self.now[:, luck.newcomer] = np.array(self._first()) + [site.initial_idps for site in self.sites]
        self.population = np.tile(np.array([site.population for site in self.sites], np.int64), (len(members), 1))
        self.people = np.zeros((len(members), model.n_days, n_places), np.int64)
        self.on_road = np.zeros((len(members), model.n_days), np.int64)

    def stretches(self) -> Iterator[tuple[int, int, Spell]]:
        """Yield the days, a few at a time, with their spells."""
        for spell in spells_of(self.instance, self.settings, self.sites, self.roads, self.ways):
            for first_day in range(spell.first_day, spell.end_day, DAYS_AT_ONCE):
                yield first_day, min(first_day + DAYS_AT_ONCE, spell.end_day), spell

    def live_through(self, first_day: int, end_day: int, spell: Spell) -> None:
        """Run all members through some days of a spell."""
        if first_day == spell.first_day:
            self._turn_back(spell.closing)
        failed = run_days(
            first_day, end_day, self.setup, spell.today, self.now, self.population, self.desk, self.people, self.on_road
        )
        if failed >= 0:
            met = f"on day {failed} people set out, and nobody is left in the places in conflict"
            raise InputError(where=self.instance.name, met=met, fix="Switch take_from_population off.")

    def _turn_back(self, closing: Sequence[int]) -> None:
        """Turn round those who are on a road that closes: they go on to its end, and are back at its start."""
        legs, positions, shape = self.ways.legs, self.ways.positions, self.chain.shape
        for leg in np.flatnonzero(np.isin(legs.road, closing) & (legs.turned >= 0)):
            for position in np.flatnonzero(positions.leg == leg):
                on_foot = int(0 <= legs.first[leg, 1] <= position)
                twin = position - legs.first[leg, on_foot] + legs.first[legs.turned[leg], on_foot]
                here, there = (at_position(shape, int(at), 0) + np.arange(shape.levels) for at in (position, twin))
                self.now[:, there] += self.now[:, here]
                self.now[:, here] = 0

    def _first(self) -> list[int]:
        """Return how many units are in each place from the start: those registered in a camp on day 0."""
        if not self.settings.spawn_rules.insert_day0:
            return [0] * len(self.sites)
        rows = {row.name: row for row in self.instance.registered}
        known = (rows.get(site.name) if site.has_capacity else None for site in self.sites)
        return [int(registered_units(row, 1, self.settings)[0]) if row else 0 for row in known]

    def _plan(self) -> Plan:
        spawning, driven = self.settings.spawn_rules, self.settings.spawn_rules.conflict_driven_spawning
        first, capacity = np.array(self._first(), float), np.array([site.capacity for site in self.sites], float)
        return Plan(
            newcomers=np.zeros(self.instance.days, np.int64) if driven else newcomers_of(self.instance, self.settings),
            mode=MODES[driven.spawn_mode] if driven else DATA,
            rate=driven.displaced_per_conflict_day if driven else 0.0,
            takes=spawning.take_from_population,
            capacity=np.where(capacity > 0, capacity - first, capacity),
            capacity_per_day=np.array([site.capacity_per_day for site in self.sites], float),
        )

    def _luck(self, seed: int, members: Sequence[int]) -> Luck:
        shape = self.chain.shape
        sets_out = [at_station(shape, place, shape.firsts - 1, 0) for place in range(len(self.sites))]
        return Luck(
            _keys(address(seed, member) for member in members), _keys(name_key(site.name) for site in self.sites),
            np.array(sets_out, np.int64), *_keys(map(name_key, ("spawn", "leave", "travel", "walk", "line up"))),
        )  # fmt: skip


def _keys(keys: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(keys), np.uint64)


def _weighing_of(rules: MoveRules) -> Weighing:
    return Weighing(
        softening=rules.weight_softening,
        power=rules.weight_power,
        pruning=rules.pruning_threshold,
        buffer=rules.capacity_buffer,
        capacity_scaling=rules.capacity_scaling,
        population_power=rules.pop_power_for_loc_weight if rules.use_pop_for_loc_weight else np.nan,
        population_base=rules.movechance_pop_base,
        population_scale=rules.movechance_pop_scale_factor,
    )
