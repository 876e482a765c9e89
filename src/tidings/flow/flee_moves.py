"""How people of one state move through a day: one by one where they are few, else by shares of them. Compiled.

Both are exact, and cost what is cheaper: walking costs with the people, sharing with the paths that a day has room for.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import compiled
from tidings.flow.draws import binomial
from tidings.flow.flee_chain import Chain, Nodes, States
from tidings.flow.flee_choice import Choice

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

LEAST = 1e-12
"""Shares below this are left-overs of rounding."""


class Shares(NamedTuple):
    """Room to send shares of people through the graph."""

    mass: Floats
    """Shape (target,): all zero between two uses."""
    ends: Ints
    """The states in which shares end, one after the other."""
    share: Floats
    """What ends there."""


def empty_shares(chain: Chain) -> Shares:
    """Return room for shares."""
    n_states = len(chain.states.few)
    return Shares(np.zeros(len(chain.nodes.station) + n_states), np.zeros(n_states, np.int64), np.zeros(n_states))


@compiled
def set_out(state: int, people: float, states: States, starts: Ints, choice: Choice, ways_to_go: int, mass: Floats) -> None:
    """Send people who leave a state on their way, by their choice."""
    edge, station, targets, share = states.edges[state], states.station[state], states.targets, choice.share
    if station < 0:
        for way in range(ways_to_go):
            part = states.second[state] if way else 1.0 - states.second[state] * (ways_to_go - 1)
            mass[targets[edge + way]] += people * part
        return
    begin, each = starts[station] * ways_to_go, people / choice.going[station]
    for number in range(begin, starts[station + 1] * ways_to_go):
        mass[targets[edge + number - begin]] += each * share[number]


@compiled
def pass_on(
    begin: int, end: int, ahead: Shorts, nodes: Nodes, starts: Ints, p_leave: Floats, choice: Choice, ways_to_go: int,
    mass: Floats,
) -> None:  # fmt: skip
    """Pass on what waits at the nodes of a list, in the order of the day, until all has come to states."""
    edges, stations, forced, stayed, targets = nodes.edges, nodes.station, nodes.forced, nodes.stayed, nodes.targets
    share, going = choice.share, choice.going
    for number in range(begin, end):
        node = ahead[number]
        here = mass[node]
        if here == 0.0:
            continue
        mass[node] = 0.0
        station = stations[node]
        leaving = here * p_leave[station, forced[node]]
        staying = here - leaving * going[station]
        if staying > LEAST * here:
            mass[stayed[node]] += staying
        first = starts[station] * ways_to_go
        edge = edges[node] - first
        for option in range(first, starts[station + 1] * ways_to_go):
            mass[targets[edge + option]] += leaving * share[option]


@compiled
def gather(begin: int, end: int, ahead: Shorts, n_nodes: int, shares: Shares) -> int:
    """Take up what has come to the states of a list; return in how many there is something."""
    mass, n_ends = shares.mass, 0
    for number in range(begin, end):
        state = ahead[number]
        if mass[n_nodes + state] > 0.0:
            shares.ends[n_ends], shares.share[n_ends] = state, mass[n_nodes + state]
            mass[n_nodes + state] = 0.0
            n_ends += 1
    return n_ends


@compiled
def draw_ends(stream: Keys, people: int, n_ends: int, shares: Shares, after: Ints) -> None:
    """Draw in which states people end: a multinomial by conditional binomials."""
    ends, share, left, rest = shares.ends, shares.share, people, 1.0
    for number in range(n_ends):
        if left == 0:
            return
        taken = left if number == n_ends - 1 else binomial(stream, left, min(1.0, share[number] / max(rest, 1e-300)))
        after[ends[number]] += taken
        left -= taken
        rest -= share[number]


@compiled
def pick(luck: float, begin: int, end: int, share: Floats) -> int:
    """Return at which number the shares summed up exceed some luck; the last that has a share where rounding eats it."""
    last = begin
    for number in range(begin, end):
        if share[number] > 0.0:
            last = number
            luck -= share[number]
            if luck < 0.0:
                break
    return last
