"""The state of all members of a run, and the steps that move it through a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tidings.core import streams
from tidings.flow import kernels
from tidings.flow.conditions import Conditions, differ_in_violence_alone
from tidings.flow.named_rules import chosen_rules
from tidings.flow.network import Network, network_of
from tidings.flow.parameters import Parameters
from tidings.flow.result import Counts, no_counts
from tidings.flow.rules import DAY, Rules, p_within_a_day
from tidings.flow.scenario import Scenario
from tidings.flow.seen import CLOSED, Seen, SeenWays
from tidings.flow.state import first_state, layout_of, luck_of, map_of, no_flows, ways_by_member
from tidings.situation.world import Snapshot, World

Floats = NDArray[np.float64]

LASTING = ("near", "side")
"""Decisions whose values, by our own rules, stay while roads, crossings and holders do; others may ask for more."""

LOOK_BACK_DAYS = 365
"""Days before the first on which quiet days are counted: no fewer than `calm_days` can ask for."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A network, the members that share it, and their weights of its routes."""

    rows: NDArray[np.int64]
    network: Network
    lasting: Floats
    """Shape (row, route): the part of the weight that comes from the way and from who holds its ends."""


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
        self.layout, self.luck = layout_of(scenario), luck_of(scenario, seed, members)
        self.ways = ways_by_member(scenario, parameters)
        self.state = first_state(scenario, self.ways, parameters)
        self.counts: Counts = no_counts(scenario, len(members))
        self.worlds, self.today = worlds, list[Snapshot]()
        self.head = 0
        self.leaving = np.zeros_like(self.state.displaced)
        self.present = self.state.home + self.state.displaced.sum(axis=1)
        self.targets = self.ways[0].target_place
        self.map, self.population = map_of(scenario), self.state.home.copy()
        self.quiet_days = np.zeros(self.present.shape, np.int64)
        self.onset_days = np.full(self.present.shape, np.inf)
        self._look_back()
        self.shared: dict[tuple[bytes, ...], Shared] = {}
        self.networks: dict[tuple[bytes, ...], Network] = {}

    def one_day(self, day: int) -> None:
        """Run through `DAY` once and note the state at its end."""
        self.date = self.scenario.start + dt.timedelta(days=day)
        self._meet([world.on(self.date) for world in self.worlds])
        self._age(self._seen(self.present))
        self.flows = no_flows(self.state)
        for step in DAY:
            getattr(self, step)()
        self._note(day)

    def arrive(self) -> None:
        """ARRIVE-1: who has no day left on the road is there."""
        kernels.arrive(self.head, self.state, self.layout, self.flows)

    def leave(self) -> None:
        """LEAVE-1 to LEAVE-4."""
        seen = self.seen = self._seen(self.present + self.flows.arrivals + self.flows.returned)
        if not self.chosen.keys().isdisjoint(LASTING):
            self.shared = {key: self._share(each.network, each.rows, seen) for key, each in self.shared.items()}
        self.pull = self.rules.ask("attract", seen) * self.rules.ask("room", seen)[:, self.targets]
        self.escape = self.rules.ask("escape", seen)
        p_home = p_within_a_day(self.rules.ask("leave", seen)) * self.escape
        p_displaced = p_within_a_day(self.rules.ask("move_on", seen)) * self.escape
        for shared in self.shared.values():
            kernels.leave(shared.rows, self.luck, self._step("leave"), self.state, self.layout, self.flows,
                          self._routes(shared), p_home, p_displaced, self.leaving)  # fmt: skip

    def choose(self) -> None:
        """CHOOSE-1 to CHOOSE-5."""
        for shared in self.shared.values():
            kernels.choose(shared.rows, self.luck, self._step("choose"), self.head, self.state, self._routes(shared),
                           self.leaving)  # fmt: skip

    def travel(self) -> None:
        """TRAVEL-1: one day less for all who are on the road."""
        kernels.travel(self.head, self.state)
        self.head += 1

    def queue(self) -> None:
        """QUEUE-1 and QUEUE-2."""
        limit = self.rules.ask("let_through", self.seen)
        kernels.queue(self.luck, self._step("queue"), self.state, self.layout, self.flows, limit)

    def settle(self) -> None:
        """SETTLE-1 and SETTLE-2."""
        settle, turn_back = (self.rules.ask(decision, self.seen) for decision in ("settle_near", "turn_back"))
        p_give_up, p_settle = p_within_a_day(settle + turn_back), share_of(settle, turn_back)
        for shared in self.shared.values():
            kernels.settle(shared.rows, self.luck, self._step("settle"), self.head, self.state, self.layout,
                           self.flows, self._routes(shared), p_give_up, p_settle)  # fmt: skip

    def return_home(self) -> None:
        """RETURN-1 and RETURN-2."""
        p_return = p_within_a_day(self.rules.ask("go_home", self.seen)) * self.escape
        for shared in self.shared.values():
            network = shared.network
            ways = kernels.WaysHome(network.component, network.neighbour_starts, network.neighbours,
                                    network.neighbour_days, network.days_home)  # fmt: skip
            kernels.return_home(shared.rows, self.luck, self._step("return_home"), self.head, self.state, self.layout,
                                self.flows, ways, self.is_calm, p_return)  # fmt: skip

    def _step(self, process: str) -> NDArray[np.uint64]:
        return np.array([self.date.toordinal(), streams.name_key(process)], np.uint64)

    def _routes(self, shared: Shared) -> kernels.Routes:
        network = shared.network
        return kernels.Routes(network.starts, network.target, network.days, shared.lasting, self.pull)

    def _meet(self, today: list[Snapshot]) -> None:
        """Take up the conditions of a day: everything that depends on them and not on where people are."""
        before, self.today = self.today, today
        if before and all(one is other for one, other in zip(before, today, strict=True)):
            return
        self.conditions = Conditions.of(today)
        if not before or not all(map(differ_in_violence_alone, before, today)):
            self._find_ways()

    def _find_ways(self) -> None:
        """Find the routes of all members; those whose roads, speeds and crossings are the same share a network."""
        rows: dict[tuple[bytes, ...], list[int]] = {}
        for row in range(len(self.parameters)):
            rows.setdefault(self._network_key(row), []).append(row)
        self.networks = {key: self.networks.get(key) or self._network(members[0]) for key, members in rows.items()}
        seen = self._seen(self.present)
        self.shared = {key: self._share(self.networks[key], np.array(members), seen) for key, members in rows.items()}

    def _network_key(self, row: int) -> tuple[bytes, ...]:
        speeds = self.ways[row].road_days
        is_open = self.conditions.policy[row] != CLOSED
        hops = bytes([int(self.parameters[row]["awareness_hops"])])
        return self.conditions.passable[row].tobytes(), is_open.tobytes(), hops, speeds.tobytes()

    def _network(self, row: int) -> Network:
        hops = int(self.parameters[row]["awareness_hops"])
        return network_of(self.ways[row], self.conditions.passable[row], self.conditions.policy[row] != CLOSED, hops)

    def _share(self, network: Network, rows: NDArray[np.int64], seen: Seen) -> Shared:
        rules = Rules.of([self.parameters[row] for row in rows], self.chosen)
        ways = SeenWays(origin=network.origin, target=network.target, km=network.km)
        seen = seen.of(rows, ways)
        return Shared(rows, network, lasting=rules.ask("near", seen) * rules.ask("side", seen))

    def _seen(self, people: NDArray[np.int64]) -> Seen:
        conditions = self.conditions
        return Seen(
            map=self.map, date=self.date, violence=conditions.violence, besieged=conditions.besieged,
            holder=conditions.holder, policy=conditions.policy, people=people, population=self.population,
            waiting=self.state.waiting.sum(axis=1), quiet_days=self.quiet_days, onset_days=self.onset_days,
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
        before: list[Snapshot] = []
        for back in range(LOOK_BACK_DAYS, 0, -1):
            self.date = self.scenario.start - dt.timedelta(days=back)
            today = [world.on(self.date) for world in self.worlds]
            if not before or any(one is not other for one, other in zip(before, today, strict=True)):
                self.conditions = Conditions.of(today)
            before = today
            self._age(self._seen(self.present))
        self.onset_days = np.full(self.present.shape, np.inf)

    def _note(self, day: int) -> None:
        self.present = self.state.home + self.state.displaced.sum(axis=1)
        displaced = self.state.displaced.sum(axis=2) + self.state.waiting.sum(axis=2) + self.state.on_road
        noted = {
            "people": self.present,
            "trapped": np.where(self.conditions.besieged, self.present, 0),
            "waiting": self.state.waiting.sum(axis=1),
            "on_road": self.state.on_road,
            "displaced_from": displaced,
            **self.flows._asdict(),
        }
        for name, values in noted.items():
            self.counts[name][:, day] = values
