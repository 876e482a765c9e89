"""Flee's rules as a stepper of our own: counts of people by place and way, moved day by day.

It follows docs/flee.md. People of one state are exchangeable, so their number is split by binomial and multinomial
draws, at a cost that hardly depends on how many they are. `flee_reference` does the same person by person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tidings.core.errors import InputError
from tidings.core.streams import address, joined, name_key
from tidings.flow.compiled import announce_first_compilation
from tidings.flow.flee_chain import Chain, at_position, at_station, chain_of
from tidings.flow.flee_choice import Weighing
from tidings.flow.flee_instance import FleeInstance
from tidings.flow.flee_kernels import CONSTANT, DATA, POISSON, SHARE, Luck, Plan, empty_desk, run_days
from tidings.flow.flee_result import flee_dataset
from tidings.flow.flee_settings import FleeSettings
from tidings.flow.flee_sites import Site, registered_units, sites_of
from tidings.flow.flee_spells import Spell, closed_by, newcomers_of, spells_of
from tidings.flow.flee_ways import Road, Ways, roads_of, ways_of

if TYPE_CHECKING:
    import xarray

Ints = NDArray[np.int64]
LEVELS = 17
"""Of recent travel, where short stints are avoided."""
MODES = {"constant": CONSTANT, "pop_ratio": SHARE, "poisson": POISSON}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FleeModel:
    """A Flee instance and its settings, ready to be run (`ensemble.model.Model`)."""

    instance: FleeInstance
    settings: FleeSettings

    @property
    def n_days(self) -> int:
        """Length of the run."""
        return self.instance.days

    def run(
        self, *, seed: int, members: Sequence[int], progress: Callable[[int, int], None] | None = None
    ) -> xarray.Dataset:
        announce_first_compilation()
        numbers, hasten = list(members), self.settings.optimisations.hasten
        run = _Run(self.instance, self.settings, seed, numbers)
        for spell in run.spells():
            run.live_through(spell)
            if progress:
                progress(spell.end_day, self.n_days)
        return flee_dataset(run.people * hasten, run.on_road * hasten, self.instance, numbers, seed)


class _Run:
    """The state of all members of a run."""

    def __init__(self, instance: FleeInstance, settings: FleeSettings, seed: int, members: Sequence[int]) -> None:
        self.instance, self.settings = instance, settings
        self.sites, self.roads = sites_of(instance, settings), roads_of(instance, settings.move_rules)
        closing = frozenset(road for each in instance.closures for road in closed_by(each, self.roads, self.sites))
        self.ways = ways_of(instance, settings, self.sites, closing)
        rules = settings.move_rules
        self.chain = chain_of(self.ways, on_foot=rules.start_on_foot, levels=LEVELS if rules.avoid_short_stints else 1)
        self.weighing = Weighing(
            rules.weight_softening, rules.weight_power, rules.pruning_threshold, rules.capacity_buffer,
            rules.capacity_scaling, rules.pop_power_for_loc_weight if rules.use_pop_for_loc_weight else np.nan,
            rules.movechance_pop_base, rules.movechance_pop_scale_factor,
        )  # fmt: skip
        self.first = self._first_units()
        self.plan = self._plan()
        n_members, n_places = len(members), len(self.sites)
        self.now = np.zeros((n_members, len(self.chain.states.few)), np.int64)
        for place, (registered, others) in enumerate(self.first):
            self.now[:, at_station(self.chain.shape, place, self.chain.shape.firsts - 1, 0)] = registered + others
        self.population = np.tile(np.array([site.population for site in self.sites], np.int64), (n_members, 1))
        self.luck = self._luck(seed, members)
        self.people = np.zeros((n_members, instance.days, n_places), np.int64)
        self.on_road = np.zeros((n_members, instance.days), np.int64)

    def spells(self):
        return spells_of(self.instance, self.settings, self.sites, self.roads, self.ways)

    def live_through(self, spell: Spell) -> None:
        self._turn_back(spell.closing)
        desk = empty_desk(self.chain, self.ways, len(self.sites))
        failed = run_days(
            spell.first_day, spell.end_day, self.chain, self.ways, spell.today, self.weighing, self.plan, self.luck,
            self.now, self.population, desk, self.people, self.on_road,
        )  # fmt: skip
        if failed >= 0:
            raise InputError(where=self.instance.name, met=f"newcomers on day {failed} and no place in conflict", fix="Add the conflict to conflicts.csv.")

    def _turn_back(self, closing) -> None:
        """Turn round those who are on a road that closes."""
        legs, positions, shape = self.ways.legs, self.ways.positions, self.chain.shape
        for leg in np.flatnonzero(np.isin(legs.road, closing) & (legs.turned >= 0)):
            for position in np.flatnonzero(positions.leg == leg):
                k = 0 if legs.first[leg,1] < 0 or position < legs.first[leg,1] else 1
                twin = legs.first[legs.turned[leg], k] + position - legs.first[leg, k]
                for level in range(shape.levels):
                    a, b = at_position(shape, position, level), at_position(shape, twin, level)
                    self.now[:, b] += self.now[:, a]
                    self.now[:, a] = 0

    def _first_units(self):
        known = {row.name: registered_units(row, 1, self.settings)[0] for row in self.instance.registered}
        insert = self.settings.spawn_rules.insert_day0
        return [
            (int(known.get(site.name, 0)) if insert and site.kind in ("camp", "idpcamp") else 0, site.initial_idps)
            for site in self.sites
        ]

    def _plan(self) -> Plan:
        driven = self.settings.spawn_rules.conflict_driven_spawning
        mode = MODES[driven.spawn_mode] if driven else DATA
        capacity = np.array([site.capacity - first if site.capacity > 0 else site.capacity for site, (first, _) in zip(self.sites, self.first)], float)
        newcomers = np.zeros(self.instance.days, np.int64) if driven else newcomers_of(self.instance, self.settings)
        return Plan(newcomers, mode, self.settings.spawn_rules.take_from_population, capacity, np.array([site.capacity_per_day for site in self.sites]))

    def _luck(self, seed: int, members: Sequence[int]) -> Luck:
        keys = np.array([name_key(site.name) for site in self.sites], np.uint64)
        return Luck(np.array([address(seed, member) for member in members], np.uint64), keys, np.arange(len(self.chain.states.few)).astype(np.uint64),
                    np.array([at_station(self.chain.shape, place, self.chain.shape.firsts - 1, 0) for place in range(len(self.sites))], np.int64),
                    *(np.uint64(name_key(name)) for name in ("spawn", "leave", "travel", "walk", "line up")))
