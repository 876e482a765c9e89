"""What can become of people within a day, laid out once: the graph through which kernels send shares of them.

A **state** is where people are between two days: at a station (with the first journey behind them or not, and with a
level of recent travel), or at a position on a leg. A **node** is a station that people reach during the day with so
many ticks travelled: there they decide again. From each state and node an edge leads for each option (two, where the
road may be walked or driven) to a target: a node, or a state in which the day ends. Nodes with the same future are one.
Targets are numbered in the order of the day: nodes first, each before those it leads to, then states.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import compiled
from tidings.flow.flee_ways import Legs, Positions, Ways

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Shorts = NDArray[np.int32]
Flags = NDArray[np.bool_]

MOST_LISTED = 20_000_000
"""Entries in all lists of what lies before people in each state."""
EDGES_A_PERSON = 18
"""So many edges cost as much as walking with one person through a day; so does one draw."""
_HASH = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


class Shape(NamedTuple):
    """How states are numbered: stations first, then positions; see `at_station` and `at_position`."""

    firsts: int
    """2 where first journeys are made on foot, else 1."""
    levels: int
    """Of recent travel, evenly from 0 to 2; 1 where it plays no part."""
    n_stations: int
    n_positions: int
    ways_to_go: int
    """Edges of an option: 2 where some road may be walked or driven, else 1."""
    drive: int
    walk: int
    """Ticks a day."""


class Nodes(NamedTuple):
    """Shape (node,) each."""

    edges: Ints
    """Where the edges of a node begin: one after the other, for each option of its station."""
    station: Ints
    forced: Ints
    """1 where people who are there travelled so little of late that they do not stop in a town, else 0."""
    stayed: Ints
    """The target of those who stay: the state in which their day ends."""
    targets: Ints
    """Shape (edge,)."""


class States(NamedTuple):
    """Shape (state,) each. States at a station come first."""

    edges: Ints
    """Where the edges of a state begin."""
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


class Chain(NamedTuple):
    """The graph."""

    shape: Shape
    states: States
    nodes: Nodes


@compiled
def at_station(shape: Shape, station: int, first: int, level: int) -> int:
    """Return the number of a state at a station; `first` is 1 before the end of a first journey on foot."""
    return (station * shape.firsts + first) * shape.levels + level


@compiled
def at_position(shape: Shape, position: int, level: int) -> int:
    """Return the number of a state on the road."""
    return (shape.n_stations * shape.firsts + position) * shape.levels + level


@compiled
def n_states(shape: Shape) -> int:
    """Return the number of all states."""
    return at_position(shape, shape.n_positions, 0)


@compiled
def level_after(shape: Shape, level: int, ticks: int) -> int:
    """Return tomorrow's level of recent travel: the mean of today's and the day's share of a day's drive."""
    if shape.levels == 1:
        return 0
    a_level = 2.0 / (shape.levels - 1)
    recent = min(2.0, (level * a_level + ticks / shape.drive) / 2.0)
    return int(recent / a_level + 0.499)


@compiled
def is_lazy(shape: Shape, level: int, ticks: int) -> bool:
    """Return whether people travelled less than half a day's drive of late, today counted in."""
    return shape.levels > 1 and level * (2.0 / (shape.levels - 1)) + ticks / shape.drive < 1.0


@compiled
def _led_to(shape: Shape, legs: Legs, positions: Positions, position: int, way: int, ticks: int, level: int) -> int:
    """Return where a day's travel from a position leads: a node as its key, a state s as -1 - s; `way` 1 is on foot."""
    leg = positions.leg[position]
    further = positions.walk_to[position] if way else positions.drive_to[position]
    ticks += positions.walk_ticks[position] if way else positions.drive_ticks[position]
    speed = shape.walk if way else legs.speed[leg]
    if further >= 0:
        return -1 - at_position(shape, further, level_after(shape, level, ticks))
    if legs.leads_back[leg] or ticks >= speed:
        return -1 - at_station(shape, legs.station[leg], 0, level_after(shape, level, ticks))
    return (ticks * shape.n_stations + legs.station[leg]) * shape.levels + level


@compiled
def _way(positions: Positions, position: int, number: int) -> int:
    """Return the means of travel on the first or second edge: 1 is on foot. Both are the same where there is no choice."""
    p_walk = positions.p_walk[position]
    return number if 0.0 < p_walk < 1.0 else int(p_walk >= 1.0)


@compiled
def _edges_from(
    shape: Shape, ways: Ways, station: int, first: int, ticks: int, level: int, keys: Ints
) -> int:  # fmt: skip
    """Fill in where the edges from a station lead, and return how many there are."""
    legs, positions, n_edges = ways.legs, ways.positions, 0
    for option in range(ways.stations.options[station], ways.stations.options[station + 1]):
        position = legs.first[ways.options.leg[option], first]
        for number in range(shape.ways_to_go):
            way = _way(positions, position, number)
            keys[n_edges] = _led_to(shape, legs, positions, position, way, ticks, level)
            n_edges += 1
    return n_edges


@compiled
def _state_edges(ways: Ways, shape: Shape, keys: Ints) -> tuple[Ints, Ints]:
    """Return where the edges of each state begin and where each leads, nodes as keys."""
    starts, found, n_edges = np.zeros(n_states(shape) + 1, np.int64), np.empty(1024, np.int64), 0
    for state in range(n_states(shape)):
        level, number = state % shape.levels, state // shape.levels
        if number < shape.n_stations * shape.firsts:
            station, first = number // shape.firsts, number % shape.firsts
            n_new = _edges_from(shape, ways, station, first, 0, level, keys)
        else:
            position, n_new = number - shape.n_stations * shape.firsts, shape.ways_to_go
            for edge in range(n_new):
                way = _way(ways.positions, position, edge)
                keys[edge] = _led_to(shape, ways.legs, ways.positions, position, way, 0, level)
        while n_edges + n_new > len(found):
            found = np.concatenate((found, np.empty_like(found)))
        found[n_edges : n_edges + n_new] = keys[:n_new]
        n_edges += n_new
        starts[state + 1] = n_edges
    return starts, found[:n_edges].copy()


@compiled
def _of_key(shape: Shape, key: int) -> tuple[int, int, int]:
    """Return the station, the ticks travelled and the level of recent travel of a node."""
    rest = key // shape.levels
    return rest % shape.n_stations, rest // shape.n_stations, key % shape.levels


@compiled
def _mark_nodes(ways: Ways, shape: Shape, from_states: Ints, keys: Ints) -> tuple[Flags, int]:
    """Return which keys are reached, from the states and on from there; and how many edges the nodes have."""
    fastest = max(shape.walk, ways.legs.speed.max()) if len(ways.legs.speed) else 0
    is_reached, n_edges_in_all = np.zeros(fastest * shape.n_stations * shape.levels, np.bool_), 0
    for key in from_states:
        if key >= 0:
            is_reached[key] = True
    for key in range(len(is_reached)):
        if not is_reached[key]:
            continue
        station, ticks, level = _of_key(shape, key)
        n_edges = _edges_from(shape, ways, station, 0, ticks, level, keys)
        n_edges_in_all += n_edges
        for edge in range(n_edges):
            if keys[edge] >= 0:
                is_reached[keys[edge]] = True
    return is_reached, n_edges_in_all


@compiled
def _signature(station: int, forced: int, end: int, keys: Ints, n_edges: int) -> np.uint64:
    mixed = np.uint64(station * 2 + forced) * _HASH + np.uint64(end)
    for edge in range(n_edges):
        mixed = (mixed ^ (mixed >> _SHIFT)) * _HASH + np.uint64(keys[edge])
    return mixed ^ (mixed >> _SHIFT)


@compiled
def _is_node(nodes: Nodes, node: int, station: int, forced: int, end: int, keys: Ints, n_edges: int) -> bool:
    """Return whether a known node has this future."""
    if nodes.station[node] != station or nodes.forced[node] != forced or nodes.stayed[node] != end:
        return False
    for edge in range(n_edges):
        if nodes.targets[nodes.edges[node] + edge] != keys[edge]:
            return False
    return True


@compiled
def _slot(table: Ints, nodes: Nodes, station: int, forced: int, end: int, keys: Ints, n_edges: int) -> int:
    """Return the slot of the table that has the node with this future, or the free one that is its place."""
    mask = len(table) - 1
    slot = np.int64(_signature(station, forced, end, keys, n_edges) & np.uint64(mask))
    while table[slot] >= 0 and not _is_node(nodes, table[slot], station, forced, end, keys, n_edges):
        slot = (slot + 1) & mask
    return slot


@compiled
def _unite(ways: Ways, shape: Shape, is_reached: NDArray[np.bool_], n_edges_in_all: int, keys: Ints) -> tuple[Nodes, Ints]:
    """Return the nodes, from the last of the day to the first, those with the same future as one; and that of each key."""
    n_keys = is_reached.sum()
    node_of, table = np.full(len(is_reached), -1, np.int64), np.full(2 << int(np.log2(n_keys + 1)), -1, np.int64)
    nodes = Nodes(np.zeros(n_keys + 1, np.int64), np.empty(n_keys, np.int64), np.empty(n_keys, np.int64),
                  np.empty(n_keys, np.int64), np.empty(n_edges_in_all, np.int64))  # fmt: skip
    n_nodes = 0
    for key in range(len(is_reached) - 1, -1, -1):
        if not is_reached[key]:
            continue
        station, ticks, level = _of_key(shape, key)
        n_edges = _edges_from(shape, ways, station, 0, ticks, level, keys)
        for edge in range(n_edges):
            keys[edge] = node_of[keys[edge]] if keys[edge] >= 0 else keys[edge]
        forced = int(is_lazy(shape, level, ticks))
        end = -1 - at_station(shape, ways.stations.place[station], 0, level_after(shape, level, ticks))
        slot = _slot(table, nodes, station, forced, end, keys, n_edges)
        if table[slot] < 0:
            table[slot] = n_nodes
            first = nodes.edges[n_nodes]
            nodes.station[n_nodes], nodes.forced[n_nodes], nodes.stayed[n_nodes] = station, forced, end
            nodes.targets[first : first + n_edges] = keys[:n_edges]
            nodes.edges[n_nodes + 1] = first + n_edges
            n_nodes += 1
        node_of[key] = table[slot]
    return nodes_up_to(nodes, n_nodes), node_of


@compiled
def nodes_up_to(nodes: Nodes, n_nodes: int) -> Nodes:
    """Return the first nodes alone."""
    return Nodes(nodes.edges[: n_nodes + 1].copy(), nodes.station[:n_nodes].copy(), nodes.forced[:n_nodes].copy(),
                 nodes.stayed[:n_nodes].copy(), nodes.targets[: nodes.edges[n_nodes]].copy())  # fmt: skip


@compiled
def _future(targets: Ints, stamp: int, starts: Ints, nodes: Nodes, seen: Ints, found: Ints) -> int:
    """Fill in all targets that lie before people who are sent to some, and return how many."""
    n_nodes, n_found, n_done = len(nodes.station), 0, 0
    for target in targets:
        if seen[target] != stamp:
            seen[target], found[n_found] = stamp, target
            n_found += 1
    while n_done < n_found:
        node = found[n_done]
        n_done += 1
        if node >= n_nodes:
            continue
        n_edges = starts[nodes.station[node] + 1] - starts[nodes.station[node]]
        for edge in range(nodes.edges[node] - 1, nodes.edges[node] + n_edges):
            target = nodes.targets[edge] if edge >= nodes.edges[node] else nodes.stayed[node]
            if seen[target] != stamp:
                seen[target], found[n_found] = stamp, target
                n_found += 1
    return n_found


@compiled
def _futures(edges: Ints, targets: Ints, stayed: Ints, starts: Ints, nodes: Nodes, most: int) -> tuple[Ints, Ints, Ints]:
    """Return the targets before each state, one list after the other and sorted; and how many edges each has.

    Where the lists are longer than `most` together, they are left empty.
    """
    n_states, n_nodes = len(edges) - 1, len(nodes.station)
    seen, found = np.full(n_nodes + n_states, -1, np.int64), np.empty(n_nodes + n_states, np.int64)
    begin, costs, listed = np.zeros(n_states + 1, np.int64), np.zeros(n_states, np.int64), np.empty(1024, np.int64)
    for state in range(n_states):
        first = targets[edges[state] : edges[state + 1]]
        if stayed[state] >= 0:
            first = np.append(first, n_nodes + stayed[state])
        n_found = _future(first, state, starts, nodes, seen, found)
        begin[state + 1] = begin[state] + n_found
        if begin[state + 1] > most:
            return np.zeros(n_states + 1, np.int64), listed[:0].copy(), costs
        while begin[state + 1] > len(listed):
            listed = np.concatenate((listed, np.empty_like(listed)))
        listed[begin[state] : begin[state + 1]] = np.sort(found[:n_found])
        for target in found[:n_found]:
            station = nodes.station[target] if target < n_nodes else 0
            costs[state] += starts[station + 1] - starts[station] if target < n_nodes else 0
    return begin, listed[: begin[-1]].copy(), costs


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
    shape = Shape(1 + on_foot, levels, len(ways.stations.place), len(positions.leg), 1 + either, ways.drive, ways.walk)
    most = int(np.diff(ways.stations.options).max(initial=1)) * shape.ways_to_go
    keys = np.empty(max(most, 2), np.int64)
    starts, targets = _state_edges(ways, shape, keys)
    is_reached, n_edges = _mark_nodes(ways, shape, targets, keys)
    nodes, node_of = _unite(ways, shape, is_reached, n_edges, keys)
    targets = np.where(targets >= 0, node_of[targets], targets) if len(nodes.station) else targets
    last = len(nodes.station) - 1  # from the last of the day, and states as -1 - state, to the order of the day
    in_order = Nodes(*(each[::-1].copy() for each in (nodes.edges[:-1], nodes.station, nodes.forced)),
                     last - nodes.stayed[::-1], last - nodes.targets)  # fmt: skip
    return Chain(shape, _states(ways, shape, starts, last - targets, in_order), in_order)


def _states(ways: Ways, shape: Shape, starts: Ints, targets: Ints, nodes: Nodes) -> States:
    state = np.arange(n_states(shape))
    on_road = state >= at_position(shape, 0, 0)
    rest = state // shape.levels
    station = np.where(on_road, -1, rest // shape.firsts)
    place = np.where(on_road, -1, ways.stations.place[station])
    later = np.array([level_after(shape, level, 0) for level in range(shape.levels)])[state % shape.levels]
    stayed = np.where(on_road, -1, (place * shape.firsts + rest % shape.firsts) * shape.levels + later)
    position = np.maximum(0, rest - shape.n_stations * shape.firsts)
    second = np.where(on_road, ways.positions.p_walk[position], 0.0) if len(ways.positions.leg) else np.zeros(len(state))
    futures = _listed(starts, targets, stayed, ways.stations.options * shape.ways_to_go, nodes)
    return States(starts[:-1], station, place, stayed, second, targets, *futures)


def _listed(
    edges: Ints, targets: Ints, stayed: Ints, starts: Ints, nodes: Nodes
) -> tuple[Ints, Ints, Shorts, Shorts]:
    """Return what lies before each state, as `States` has it: how few are few, where its lists are, and the lists."""
    n_states, n_nodes = len(edges) - 1, len(nodes.station)
    begin, listed, costs = _futures(edges, targets, stayed, starts, nodes, MOST_LISTED)
    if not len(listed):  # nothing to go to, or too much to be listed: then anything may lie ahead
        ahead = np.tile(np.array([0, n_nodes, 0, n_states]), (n_states, 1))
        few = np.full(n_states, len(nodes.targets) // EDGES_A_PERSON + n_states)
        return few, ahead, np.arange(n_nodes).astype(np.int32), np.arange(n_states).astype(np.int32)
    is_end = listed >= n_nodes
    ends_before = np.concatenate([[0], np.cumsum(is_end)])[begin]
    nodes_before = begin - ends_before
    ahead = np.stack([nodes_before[:-1], nodes_before[1:], ends_before[:-1], ends_before[1:]], axis=1)
    few = 4 + costs // EDGES_A_PERSON + np.diff(ends_before)
    return few, ahead, listed[~is_end].astype(np.int32), (listed[is_end] - n_nodes).astype(np.int32)
