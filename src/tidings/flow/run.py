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
from tidings.flow.network import Network, network_of
from tidings.flow.parameters import Parameters
from tidings.flow.result import Counts, no_counts
from tidings.flow.rules import CLOSED, DAY, Columns, Rules
from tidings.flow.scenario import Scenario
from tidings.flow.state import attraction_of, first_state, layout_of, luck_of, no_flows, ways_by_member
from tidings.situation.world import Snapshot, World

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A network, the members that share it, and their weights of its routes."""

    rows: NDArray[np.int64]
    network: Network
    lasting: Floats
    """Shape (row, route): the part of the weight that does not change with violence."""
    weight: Floats
    """Shape (row, route): on the day."""


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
        self.scenario, self.parameters, self.rules = scenario, parameters, Rules.of(parameters)
        self.layout, self.luck = layout_of(scenario), luck_of(scenario, seed, members)
        self.ways = ways_by_member(scenario, parameters)
        self.state = first_state(scenario, self.ways, parameters)
        self.counts: Counts = no_counts(scenario, len(members))
        self.worlds, self.today = worlds, list[Snapshot]()
        self.head = 0
        self.leaving = np.zeros_like(self.state.displaced)
        self.present = self.state.home + self.state.displaced.sum(axis=1)
        self.targets = self.ways[0].target_place
        self.countries = np.array([place.country or "" for place in scenario.geography.places])
        self.is_camp = np.array([place.kind == "camp" for place in scenario.geography.places])
        self.attraction = attraction_of(scenario, Columns(parameters))
        self.quiet_days = self._quiet_days_before()
        self.shared: dict[tuple[bytes, ...], Shared] = {}
        self.networks: dict[tuple[bytes, ...], Network] = {}

    def one_day(self, day: int) -> None:
        """Run through `DAY` once and note the state at its end."""
        self._meet([world.on(self.scenario.start + dt.timedelta(days=day)) for world in self.worlds])
        self.quiet_days = self._next_quiet(self.quiet_days, self.conditions)
        self.flows = no_flows(self.state)
        self.ordinal = (self.scenario.start + dt.timedelta(days=day)).toordinal()
        for step in DAY:
            getattr(self, step)()
        self._note(day)

    def arrive(self) -> None:
        """ARRIVE-1: who has no day left on the road is there."""
        kernels.arrive(self.head, self.state, self.layout, self.flows)

    def leave(self) -> None:
        """LEAVE-1 to LEAVE-4."""
        people = self.present + self.flows.arrivals + self.flows.returned
        self.room = self.rules.room.share(people, self.scenario.capacity)[:, self.targets]
        p_displaced = self.rules.move_on.p_leave(
            self.conditions.violence, self.conditions.besieged, self.is_camp, people, self.scenario.capacity
        )
        for shared in self.shared.values():
            kernels.leave(shared.rows, self.luck, self._step("leave"), self.state, self.layout, self.flows,
                          self._routes(shared), self.p_home, p_displaced, self.leaving)  # fmt: skip

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
        limit = self.rules.crossing.limit(self.conditions.policy, self.scenario.per_day)
        kernels.queue(self.luck, self._step("queue"), self.state, self.layout, self.flows, limit)

    def settle(self) -> None:
        """SETTLE-1 and SETTLE-2."""
        p_give_up, p_settle = self.rules.give_up.p_give_up()[:, 0], self.rules.give_up.p_settle()[:, 0]
        for shared in self.shared.values():
            kernels.settle(shared.rows, self.luck, self._step("settle"), self.head, self.state, self.layout,
                           self.flows, self._routes(shared), p_give_up, p_settle)  # fmt: skip

    def return_home(self) -> None:
        """RETURN-1 and RETURN-2."""
        is_calm = self.rules.go_home.is_calm(self.quiet_days)
        for shared in self.shared.values():
            network = shared.network
            ways = kernels.WaysHome(network.component, network.neighbour_starts, network.neighbours,
                                    network.neighbour_days, network.days_home)  # fmt: skip
            kernels.return_home(shared.rows, self.luck, self._step("return_home"), self.head, self.state, self.layout,
                                self.flows, ways, is_calm, self.p_return)  # fmt: skip

    def _step(self, process: str) -> NDArray[np.uint64]:
        return np.array([self.ordinal, streams.name_key(process)], np.uint64)

    def _routes(self, shared: Shared) -> kernels.Routes:
        network = shared.network
        return kernels.Routes(network.starts, network.target, network.days, shared.weight, self.room)

    def _meet(self, today: list[Snapshot]) -> None:
        """Take up the conditions of a day: everything that depends on them and not on where people are."""
        before, self.today = self.today, today
        if before and all(one is other for one, other in zip(before, today, strict=True)):
            return
        self.conditions = conditions = Conditions.of(today)
        if not before or not all(map(differ_in_violence_alone, before, today)):
            self._find_ways()
        self.p_home = self.rules.leave.p_leave(conditions.violence, conditions.besieged)
        self.p_return = self.rules.go_home.p_return(1.0, conditions.besieged) + np.zeros(self.present.shape)
        passage = self.rules.choose.passage(conditions.policy)
        attraction = self.attraction * np.concatenate([np.ones(self.present.shape), passage], axis=1)
        pull = self.rules.choose.pull(
            attraction, conditions.violence[:, self.targets], conditions.besieged[:, self.targets]
        )
        self.shared = {
            key: replace(shared, weight=shared.lasting * pull[shared.rows][:, shared.network.target])
            for key, shared in self.shared.items()
        }

    def _find_ways(self) -> None:
        """Find the routes of all members; those whose roads, speeds and crossings are the same share a network."""
        rows: dict[tuple[bytes, ...], list[int]] = {}
        for row in range(len(self.parameters)):
            rows.setdefault(self._network_key(row), []).append(row)
        self.networks = {key: self.networks.get(key) or self._network(members[0]) for key, members in rows.items()}
        self.shared = {key: self._share(self.networks[key], np.array(members)) for key, members in rows.items()}

    def _network_key(self, row: int) -> tuple[bytes, ...]:
        speeds = self.ways[row].road_days
        is_open = self.conditions.policy[row] != CLOSED
        hops = bytes([int(self.parameters[row]["awareness_hops"])])
        return self.conditions.passable[row].tobytes(), is_open.tobytes(), hops, speeds.tobytes()

    def _network(self, row: int) -> Network:
        hops = int(self.parameters[row]["awareness_hops"])
        return network_of(self.ways[row], self.conditions.passable[row], self.conditions.policy[row] != CLOSED, hops)

    def _share(self, network: Network, rows: NDArray[np.int64]) -> Shared:
        choose = Rules.of([self.parameters[row] for row in rows]).choose
        is_other_side = self._is_other_side(network, rows)
        lasting = choose.nearness(network.km) * choose.across(is_other_side)
        return Shared(rows, network, lasting, weight=lasting)

    def _is_other_side(self, network: Network, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether a route leads to a place of the same country that another party holds (CHOOSE-4)."""
        holder = self.conditions.holder[rows]
        end = np.minimum(network.target, self.present.shape[1] - 1)
        here, there = holder[:, network.origin], holder[:, end]
        is_inland = (network.target < self.present.shape[1]) & (self.countries[network.origin] == self.countries[end])
        is_across: NDArray[np.bool_] = is_inland & (here >= 0) & (there >= 0) & (here != there)
        return is_across

    def _next_quiet(self, quiet_days: NDArray[np.int64], conditions: Conditions) -> NDArray[np.int64]:
        is_quiet = self.rules.go_home.is_quiet(conditions.violence, conditions.besieged)
        return np.where(is_quiet, quiet_days + 1, 0)

    def _quiet_days_before(self) -> NDArray[np.int64]:
        n_days = int(max(each["calm_days"] for each in self.parameters))
        first = self.scenario.start - dt.timedelta(days=n_days)
        quiet_days = np.zeros(self.present.shape, np.int64)
        for day in (first + dt.timedelta(days=number) for number in range(n_days)):
            quiet_days = self._next_quiet(quiet_days, Conditions.of([world.on(day) for world in self.worlds]))
        return quiet_days

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
