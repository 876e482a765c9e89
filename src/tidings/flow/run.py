"""The state of all members of a run, and the steps that move it through a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tidings.core import streams
from tidings.flow import crossing, kernels, leaving, returning
from tidings.flow.conditions import Conditions, differ_in_violence_alone
from tidings.flow.crowds import empty_crowd
from tidings.flow.named_rules import chosen_rules
from tidings.flow.network import Network, Ways, network_of, ways_of
from tidings.flow.networks import joined, search_homes
from tidings.flow.parameters import Parameters
from tidings.flow.result import Counts, no_counts
from tidings.flow.returning import nobody_missing
from tidings.flow.rules import DAY, Rules, p_within_a_day
from tidings.flow.scenario import Scenario
from tidings.flow.seen import CLOSED, Seen, SeenWays
from tidings.flow.state import first_state, layout_of, luck_of, map_of, no_flows
from tidings.situation.world import Snapshot, World

Floats = NDArray[np.float64]
Key = tuple[object, ...]

LOOK_BACK_DAYS = 365
"""Days before the first on which quiet days are counted: no fewer than `calm_days` can ask for."""

LASTING = ("near", "side")
"""Decisions whose values, by our own rules, stay while roads, crossings and holders do; others may ask for more."""


def distinct(worlds: Sequence[World]) -> tuple[list[World], NDArray[np.int64]]:
    """Return each world once, and the number of each member's; members often share a world."""
    numbers: dict[int, int] = {}
    of_member = [numbers.setdefault(id(world), len(numbers)) for world in worlds]
    return list({id(world): world for world in worlds}.values()), np.array(of_member, np.int64)


def days_by_parameters(ways: Ways, parameters: Sequence[Parameters]) -> dict[Parameters, Floats]:
    """Return the days that roads take, not rounded; the same array for parameters that give the same."""
    known: dict[bytes, Floats] = {}
    days = {each: ways.days(each) for each in set(parameters)}
    return {each: known.setdefault(taken.tobytes(), taken) for each, taken in days.items()}


def share_of(one: Floats, other: Floats) -> Floats:
    """Return the share of one rate in the sum of two that compete; 0 where both are."""
    total = one + other
    return np.divide(one, total, out=np.zeros_like(total), where=total > 0)


class Run:
    """The state of all members and the steps that move it; made for one call of `simulate`."""

    def __init__(
        self,
        scenario: Scenario,
        worlds: Sequence[World],
        seed: int,
        members: Sequence[int],
        parameters: Sequence[Parameters],
    ) -> None:
        self.scenario, self.parameters, self.chosen = scenario, parameters, chosen_rules(scenario.rules)
        self.rules = Rules.of(parameters, self.chosen)
        self.layout, self.luck, self.map = layout_of(scenario), luck_of(scenario, seed, members), map_of(scenario)
        self.ways = ways_of(scenario.geography)
        self.road_days = days_by_parameters(self.ways, parameters)
        self.state = self._first_state()
        self.population, self.present = self.state.home.copy(), self.state.home + self.state.displaced.sum(axis=2)
        self.counts: Counts = no_counts(scenario, len(members))
        self.counted = kernels.Counted(**self.counts)
        self.leaving = np.zeros_like(self.state.displaced)
        self.crowd, self.missing = empty_crowd(self.luck.group), nobody_missing(*self.state.displaced.shape[1:])
        self.pull = np.empty(len(self.layout.target_place))
        self.head = 0
        self.known: dict[Key, Network] = {}
        self.worlds, self.world_of = distinct(worlds)
        self.today: list[Snapshot] = []
        self.conditions: Conditions
        self.quiet_days = np.zeros(self.present.shape, np.int64)
        self.onset_days = np.full(self.present.shape, np.inf)
        self._look_back()

    def one_day(self, day: int) -> None:
        """Run through `DAY` once and note the state at its end."""
        self.date = self.scenario.start + dt.timedelta(days=day)
        self._meet()
        self._age(self._seen(self.present))
        self.flows = no_flows(self.state)
        for step in DAY:
            getattr(self, step)()
        self.present = np.empty_like(self.present)  # rules may have kept the one of yesterday
        kernels.count(day, self.state, self.flows, self.layout, self.conditions.besieged, self.present,
                      self.crowd.drawn, self.counted)  # fmt: skip

    def arrive(self) -> None:
        """ARRIVE-1: who has no day left on the road is there."""
        kernels.arrive(self.head, self.state, self.layout, self.flows)

    def leave(self) -> None:
        """LEAVE-1 to LEAVE-4."""
        seen = self.seen = self._seen(self.present + self.flows.arrivals + self.flows.returned)
        if not self.chosen.keys().isdisjoint(LASTING):
            self._ask_lasting(seen)
        attract, room = self.rules.ask("attract", seen), self.rules.ask("room", seen)
        leaving.weigh(self.networks, self.weights, self.layout, attract, room, self.pull)
        self.escape = self.rules.ask("escape", seen)
        p_home = p_within_a_day(self.rules.ask("leave", seen)) * self.escape
        p_displaced = p_within_a_day(self.rules.ask("move_on", seen)) * self.escape
        leaving.leave(self.luck, self._step("leave"), self.crowd, self.state, self.layout, self.flows, self.networks,
                      self.weights, p_home, p_displaced, self.leaving)  # fmt: skip

    def choose(self) -> None:
        """CHOOSE-1 to CHOOSE-5."""
        leaving.choose(self.luck, self._step("choose"), self.crowd, self.head, self.state, self.networks, self.weights,
                       self.leaving)  # fmt: skip

    def travel(self) -> None:
        """TRAVEL-1: one day less for all who are on the road."""
        kernels.travel(self.head, self.state)
        self.head += 1

    def queue(self) -> None:
        """QUEUE-1 and QUEUE-2."""
        if not len(self.layout.side_a):
            return
        limit = self.rules.ask("let_through", self.seen)
        crossing.queue(self.luck, self._step("queue"), self.crowd, self.state, self.layout, self.flows, limit)

    def settle(self) -> None:
        """SETTLE-1 and SETTLE-2."""
        if not len(self.layout.side_a):
            return
        settle, turn_back = (self.rules.ask(decision, self.seen) for decision in ("settle_near", "turn_back"))
        p_give_up, p_settle = p_within_a_day(settle + turn_back), share_of(settle, turn_back)
        crossing.settle(self.luck, self._step("settle"), self.crowd, self.head, self.state, self.layout, self.flows,
                        self.networks, self.weights, p_give_up, p_settle)  # fmt: skip

    def return_home(self) -> None:
        """RETURN-1 and RETURN-2."""
        p_return = p_within_a_day(self.rules.ask("go_home", self.seen)) * self.escape
        search_homes(self.networks, self.state.away, self.is_calm, self.layout.group_of_place)
        returning.return_home(self.luck, self._step("return_home"), self.crowd, self.missing, self.head, self.state,
                              self.layout, self.flows, self.networks, self.is_calm, p_return)  # fmt: skip

    def _step(self, process: str) -> NDArray[np.uint64]:
        return np.array([self.date.toordinal(), streams.name_key(process)], np.uint64)

    def _first_state(self) -> kernels.State:
        most_hops = max(each["awareness_hops"] for each in self.parameters)
        longest = max(days.max(initial=0.0) for days in self.road_days.values())
        all_roads = max(days.sum() for days in self.road_days.values())
        return first_state(self.scenario, self.layout, len(self.parameters), most_hops * longest, all_roads)

    def _meet(self) -> None:
        """Take up the conditions of a day: everything that depends on them and not on where people are."""
        before, self.today = self.today, [world.on(self.date) for world in self.worlds]
        pairs = list(zip(before, self.today, strict=True)) if before else []
        if pairs and all(one is other for one, other in pairs):
            return
        if pairs and all(differ_in_violence_alone(one, other) for one, other in pairs):
            self.conditions = self.conditions.with_violence_of(self.today, self.world_of)
            return
        self.conditions = Conditions.of(self.today, self.world_of)
        self._find_ways()

    def _find_ways(self) -> None:
        """Find the routes of all members; those whose roads, speeds and crossings are the same share a network."""
        rows: dict[Key, list[int]] = {}
        for row, key in enumerate(self._network_keys()):
            rows.setdefault(key, []).append(row)
        self.known = {key: self.known.get(key) or self._network(members[0]) for key, members in rows.items()}
        of_member = np.empty(len(self.parameters), np.int64)
        for number, members in enumerate(rows.values()):
            of_member[members] = number
        self.networks = joined(list(self.known.values()), of_member, self.layout.homes, self.layout.group_of_place)
        self.rows = list(rows.values())
        self._ask_lasting(self._seen(self.present))

    def _network_keys(self) -> list[Key]:
        in_use = [(each.passable.tobytes(), (each.policy != CLOSED).tobytes()) for each in self.today]
        return [
            (*in_use[world], each["awareness_hops"], id(self.road_days[each]))
            for world, each in zip(self.world_of, self.parameters, strict=True)
        ]

    def _network(self, row: int) -> Network:
        parameters, today = self.parameters[row], self.today[self.world_of[row]]
        hops, is_open = int(parameters["awareness_hops"]), today.policy != CLOSED
        return network_of(self.ways, self.road_days[parameters], today.passable, is_open, hops)

    def _ask_lasting(self, seen: Seen) -> None:
        """Ask for the weights that last as long as the networks and who holds the ends of their ways."""
        shift, parts, begins = np.empty(len(self.parameters), np.int64), [], 0
        for number, (network, members) in enumerate(zip(self.known.values(), self.rows, strict=True)):
            parts.append(self._lasting(network, np.array(members), seen).reshape(-1))
            shift[members] = begins + len(network.target) * np.arange(len(members)) - self.networks.starts[number, 0]
            begins += parts[-1].size
        lasting = np.concatenate(parts)
        self.weights = leaving.Weights(shift, lasting, up_to=np.zeros_like(lasting))

    def _lasting(self, network: Network, rows: NDArray[np.int64], seen: Seen) -> Floats:
        rules = Rules.of([self.parameters[row] for row in rows], self.chosen)
        ways = SeenWays(origin=network.origin, target=network.target, km=network.km)
        seen = seen.of(rows, ways)
        lasting: Floats = rules.ask("near", seen) * rules.ask("side", seen)
        return lasting

    def _seen(self, people: NDArray[np.int64]) -> Seen:
        conditions = self.conditions
        return Seen(
            map=self.map, date=self.date, violence=conditions.violence, besieged=conditions.besieged,
            holder=conditions.holder, policy=conditions.policy, people=people, population=self.population,
            waiting=self.state.waiting.sum(axis=2), quiet_days=self.quiet_days, onset_days=self.onset_days,
        )  # fmt: skip

    def _age(self, seen: Seen) -> None:
        """Count on the quiet days of each place, and the days since its onset; a calm forgets the onset."""
        is_quiet = self.rules.ask("quiet", seen)
        self.quiet_days = np.where(is_quiet, self.quiet_days + 1, 0)
        self.is_calm = self.rules.ask("calm", replace(seen, quiet_days=self.quiet_days))
        begins = np.isinf(self.onset_days) & ~is_quiet
        self.onset_days = np.where(begins, 0.0, np.where(self.is_calm, np.inf, self.onset_days + 1.0))

    def _look_back(self) -> None:
        """Count the quiet days before the first, as far as the worlds tell of them; the onset is counted in the run."""
        for back in range(LOOK_BACK_DAYS, 0, -1):
            self.date = self.scenario.start - dt.timedelta(days=back)
            self._meet()
            self._age(self._seen(self.present))
        self.onset_days = np.full(self.present.shape, np.inf)
