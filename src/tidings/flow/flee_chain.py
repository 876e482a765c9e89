"""What can become of people within a day, laid out once: the graph through which shares of them are sent.

A **state** is where people are between two days: at a station, with their first journey behind them or not and with a
level of recent travel; or at a position on a leg, with a level of recent travel. A **node** is a station that people
reach during the day, after so many ticks of travel: there they decide again. From each state and node an edge leads for
each option (two, where the road may be walked or driven) to a target: a node, or a state in which the day ends. Nodes
with the same future are one. Targets are numbered in the order of the day: nodes first, each before those that it leads
to, then states.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import compiled
from tidings.flow.flee_ways import Ways

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EDGES_A_PERSON = 18
"""So many edges, or one draw, cost as much as walking with one person through a day."""
MOST_LOOKED_THROUGH = 4_000_000_000
"""Pairs of a state and a node up to which lists are made of what lies ahead."""
MOST_RECENT = 2.0
"""Upper end of recent travel, in days' drives."""


class Shape(NamedTuple):
    """How many states there are of what; they are numbered by `at_station` and `at_position`."""

    n_stations: int
    firsts: int
    """2 where first journeys are made on foot, else 1."""
    levels: int
    """Of recent travel, evenly from 0 to `MOST_RECENT`; 1 where it plays no part."""
    n_positions: int
    ways_to_go: int
    """Edges of an option: 2 where some road may be walked or driven, else 1."""


class States(NamedTuple):
    """Shape (state,) each. States at a station come first."""

    edges: Ints
    """Where the edges of a state begin: one after the other, for each option of its station."""
    station: Ints
    """-1 on the road."""
    place: Ints
    """-1 on the road."""
    stayed: Ints
    """The state, at the end of the day, of those who do not leave the station; who had a route has lost it."""
    second: Floats
    """On the road: the chance of the second edge."""
    targets: Ints
    """Shape (edge,)."""
    few: Ints
    """Up to so many people are cheaper to move one by one than by shares."""
    ahead: Ints
    """Shape (state, 4): where the lists of the nodes that people can come to, and of the states in which their day can
    end, begin and end in the next two."""
    nodes: Shorts
    """The nodes before people, list after list, each in the order of the day."""
    ends: Shorts
    """The states in which their day can end."""


class Nodes(NamedTuple):
    """Shape (node,) each."""

    edges: Ints
    station: Ints
    forced: Ints
    """1 where people who are there travelled so little of late that they do not stop in a town, else 0."""
    stayed: Ints
    """The target of those who stay: the state in which their day ends."""
    targets: Ints
    """Shape (edge,)."""


class Chain(NamedTuple):
    """The graph."""

    shape: Shape
    states: States
    nodes: Nodes


def at_station(shape: Shape, station: int, first: int, level: int) -> int:
    """Return the number of a state at a station; `first` is 1 before the end of a first journey on foot."""
    return (station * shape.firsts + first) * shape.levels + level


def at_position(shape: Shape, position: int, level: int) -> int:
    """Return the number of a state on the road."""
    return (shape.n_stations * shape.firsts + position) * shape.levels + level


Key = tuple[int, int, int]
"""A node before it is united with others: ticks of travel, station, level of recent travel."""
Target = Key | int
"""A node, or a state."""


def chain_of(ways: Ways, *, on_foot: bool, levels: int) -> Chain:
    """Lay out the graph of a day.

    Parameters
    ----------
    on_foot
        Whether first journeys are made on foot.
    levels
        Of recent travel; 1 where it plays no part.
    """
    positions = ways.positions
    either = bool(np.any((positions.p_walk > 0) & (positions.p_walk < 1)))
    shape = Shape(len(ways.stations.place), 1 + on_foot, levels, len(positions.leg), 1 + either)
    return _Draft(ways, shape).chain()


class _Draft:
    """The graph while it is laid out."""

    def __init__(self, ways: Ways, shape: Shape) -> None:
        self.ways, self.shape = ways, shape
        self.a_level = MOST_RECENT / max(1, shape.levels - 1)
        self.place = ways.stations.place.tolist()
        self.options = [ways.options.leg[begin:end].tolist() for begin, end in pairwise(ways.stations.options)]
        self.first, self.leg_station, self.leg_speed, self.leads_back = (
            each.tolist() for each in (ways.legs.first, ways.legs.station, ways.legs.speed, ways.legs.leads_back)
        )
        self.positions = list(zip(*(each.tolist() for each in ways.positions), strict=True))
        self.futures: dict[tuple[int, ...], int] = {}
        """What decides a node's future (station, forced, state of those who stay, targets), and its number from the end
        of the day on. Among the targets, a state is its number, and the node numbered n is -1 - n."""

    def chain(self) -> Chain:
        """Return everything in arrays."""
        first = [list(self._from_state(state)) for state in range(at_position(self.shape, self.shape.n_positions, 0))]
        known = self._unite(target for targets in first for target in targets if not isinstance(target, int))
        n_nodes = len(self.futures)
        from_states = [[_code(target, known) + n_nodes for target in targets] for targets in first]
        futures = list(self.futures)[::-1]
        from_nodes = [[code + n_nodes for code in future[3:]] for future in futures]
        stayed = [future[2] + n_nodes for future in futures]
        nodes = Nodes(_starts(from_nodes)[:-1], _ints(future[0] for future in futures),
                      _ints(future[1] for future in futures), _ints(stayed), _joined(from_nodes))  # fmt: skip
        nexts = [[*targets, end] for targets, end in zip(from_nodes, stayed, strict=True)]
        return Chain(self.shape, self._states(from_states, nexts), nodes)

    def _from_state(self, state: int) -> Iterator[Target]:
        rest, level = divmod(state, self.shape.levels)
        if rest < self.shape.n_stations * self.shape.firsts:
            station, first = divmod(rest, self.shape.firsts)
            yield from self._from_station(station, first, 0, level)
        else:
            yield from self._from_position(rest - self.shape.n_stations * self.shape.firsts, 0, level)

    def _from_station(self, station: int, first: int, ticks: int, level: int) -> Iterator[Target]:
        for leg in self.options[station]:
            yield from self._from_position(self.first[leg][first], ticks, level)

    def _from_position(self, position: int, ticks: int, level: int) -> Iterator[Target]:
        """Yield where a day's travel leads: twice the same, where there are two edges and no choice between them."""
        leg, p_walk, drive_to, drive_ticks, walk_to, walk_ticks = self.positions[position]
        for number in range(self.shape.ways_to_go):
            further, then, speed = drive_to, ticks + drive_ticks, self.leg_speed[leg]
            if p_walk >= 1 or (p_walk > 0 and number == 1):
                further, then, speed = walk_to, ticks + walk_ticks, self.ways.walk
            if further >= 0:
                yield at_position(self.shape, further, self._level_after(level, then))
            elif self.leads_back[leg] or then >= speed:
                yield at_station(self.shape, self.leg_station[leg], 0, self._level_after(level, then))
            else:
                yield then, self.leg_station[leg], level

    def _unite(self, first: Iterable[Key]) -> dict[Key, int]:
        """Find all nodes that people can come to, and return their numbers: one for those with the same future."""
        targets: dict[Key, list[Target]] = {}
        found = list(dict.fromkeys(first))
        while found:
            key = found.pop()
            if key not in targets:
                ticks, station, level = key
                targets[key] = list(self._from_station(station, 0, ticks, level))
                found += [target for target in targets[key] if not isinstance(target, int)]
        known: dict[Key, int] = {}
        for key in sorted(targets, reverse=True):  # what a node leads to is later in the day
            ticks, station, level = key
            stayed = at_station(self.shape, self.place[station], 0, self._level_after(level, ticks))
            codes = (_code(target, known) for target in targets[key])
            future = (station, int(self._is_lazy(level, ticks)), stayed, *codes)
            known[key] = self.futures.setdefault(future, len(self.futures))
        return known

    def _level_after(self, level: int, ticks: int) -> int:
        """Return tomorrow's level of recent travel: the mean of today's and the day's share of a day's drive."""
        recent = min(MOST_RECENT, (level * self.a_level + ticks / self.ways.drive) / 2)
        return min(self.shape.levels - 1, int(recent / self.a_level + 0.499))

    def _is_lazy(self, level: int, ticks: int) -> bool:
        """Whether people travelled less than half a day's drive of late, today counted in."""
        return self.shape.levels > 1 and level * self.a_level + ticks / self.ways.drive < 1

    def _states(self, targets: list[list[int]], nexts: list[list[int]]) -> States:
        """Return the states, of whose edges the targets are known, as is all that a node leads to."""
        shape, n_nodes, state = self.shape, len(nexts), np.arange(len(targets))
        on_road, rest = state >= at_position(shape, 0, 0), state // shape.levels
        station = np.where(on_road, -1, rest // shape.firsts)
        place = np.where(on_road, -1, self.ways.stations.place[station])
        later = np.array([self._level_after(level, 0) for level in range(shape.levels)])[state % shape.levels]
        stayed = np.where(on_road, -1, (place * shape.firsts + rest % shape.firsts) * shape.levels + later)
        p_walk = np.append(np.zeros(shape.n_stations * shape.firsts), self.ways.positions.p_walk)[rest]
        few, ahead, nodes, ends = _lists_ahead([*nexts, *targets], n_nodes)
        return States(_starts(targets)[:-1], station, place, stayed, p_walk, _joined(targets), few, ahead, nodes, ends)


def _code(target: Target, known: dict[Key, int]) -> int:
    return target if isinstance(target, int) else -1 - known[target]


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int64)


def _joined(lists: list[list[int]]) -> Ints:
    return _ints(value for each in lists for value in each)


def _starts(lists: list[list[int]]) -> Ints:
    return np.append(0, np.cumsum([len(each) for each in lists], dtype=np.int64))


def _lists_ahead(nexts: list[list[int]], n_nodes: int) -> tuple[Ints, Ints, Shorts, Shorts]:
    """Return what lies ahead of each state, given what nodes and states lead to: `few`, `ahead`, `nodes` and `ends`."""
    n_states, starts, targets, nothing = len(nexts) - n_nodes, _starts(nexts), _joined(nexts), np.empty(0, np.int32)
    if n_states * n_nodes > MOST_LOOKED_THROUGH:  # then anything may lie ahead of anybody
        ahead = np.tile(np.array([0, n_nodes, 0, n_states]), (n_states, 1))
        few = np.full(n_states, len(targets) // EDGES_A_PERSON)
        return few, ahead, np.arange(n_nodes, dtype=np.int32), np.arange(n_states, dtype=np.int32)
    counts = np.zeros((n_states, 3), np.int64)
    look_ahead(starts, targets, n_nodes, counts, nothing, nothing)
    n_listed, n_ends, n_edges = counts.T
    ends = np.cumsum(counts[:, :2], axis=0)
    ahead = np.stack([ends[:, 0] - n_listed, ends[:, 0], ends[:, 1] - n_ends, ends[:, 1]], axis=1)
    nodes, states = np.empty(n_listed.sum(), np.int32), np.empty(n_ends.sum(), np.int32)
    look_ahead(starts, targets, n_nodes, counts, nodes, states)
    return 4 + n_edges // EDGES_A_PERSON + n_ends, ahead, nodes, states


@compiled
def look_ahead(starts: Ints, targets: Ints, n_nodes: int, counts: Ints, nodes: Shorts, ends: Shorts) -> None:
    """Count the nodes, the ends and the edges ahead of each state, and list the first two where there is room."""
    seen, n_listed, n_ended = np.full(len(starts), -1, np.int64), 0, 0
    for state in range(len(counts)):
        counts[state] = 0
        at, node = n_nodes + state, -1
        while True:
            for edge in range(starts[at], starts[at + 1]):
                target = targets[edge]
                if target >= n_nodes and seen[target] != state:
                    counts[state, 1] += 1
                    if n_ended < len(ends):
                        ends[n_ended] = target - n_nodes
                        n_ended += 1
                seen[target] = state
            counts[state, 2] += starts[at + 1] - starts[at]
            node += 1
            while node < n_nodes and seen[node] != state:
                node += 1
            if node >= n_nodes:
                break
            at = node
            counts[state, 0] += 1
            if n_listed < len(nodes):
                nodes[n_listed] = node
                n_listed += 1
