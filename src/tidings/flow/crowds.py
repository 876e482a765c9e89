"""Draws from a crowd, compiled: people of several groups who all do something with the same probability.

The arrays of a crowd, shape (group,), have room up to a multiple of `LANES`, with nobody in what is beyond the groups.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import NOBODY, inlined, inner
from tidings.flow.draws import (
    CENTRE,
    GAMMA,
    OPEN,
    Counts,
    State,
    below,
    binomial,
    central_quantile,
    expanded,
    quantile,
    unit_number,
)

Keys = NDArray[np.uint64]

LANES = 8
"""Groups that the widest registers of a processor hold."""
COST_OF_BINOMIAL = 9.0
"""Nanoseconds for each of many groups, measured (`bench.flow`); with it the cheaper of two ways of drawing is taken."""


class Crowd(NamedTuple):
    """Room for one crowd after the other."""

    stream: State
    people: Counts
    drawn: Counts
    keys: Keys
    """The keys of the groups' names, which address the draw of a group beside the stream."""


def empty_crowd(group_keys: Keys) -> Crowd:
    """Return room for crowds of groups with these keys."""
    groups = len(group_keys)
    room = -(-groups // LANES) * LANES
    keys = np.concatenate([group_keys, np.zeros(room - groups, np.uint64)])
    return Crowd(np.zeros(1, np.uint64), np.zeros(room, np.int64), np.zeros(room, np.int64), keys)


@inner
def binomials(stream: State, people: Counts, drawn: Counts, keys: Keys, n: int, total: int, p: float) -> int:
    """Draw as `inlined_binomials` does, for callers that do so less often; they are compiled sooner."""
    return inlined_binomials(stream, people, drawn, keys, n, total, p)


@inlined
def inlined_binomials(stream: State, people: Counts, drawn: Counts, keys: Keys, n: int, total: int, p: float) -> int:
    """Draw how many people of each group do what each does with probability p; return how many of all in total.

    Where few of all do, these are drawn first, and then the group of each: exactly the same distribution.

    Parameters
    ----------
    people, drawn, keys
        As in `Crowd`: who is there, and who is drawn.
    n, total
        Groups with people in the crowd, at most, and all people in it.
    """
    rarer = max(0.0, min(p, 1.0 - p))
    if rarer * total * cost_of_picking(n) < n * COST_OF_BINOMIAL:
        some = _pick(stream, people, drawn, total, binomial(stream, total, rarer))
    else:
        stream[0] += GAMMA
        some = _of_each(stream[0], people, drawn, keys, rarer)
    for group in range(len(people)):
        drawn[group] = people[group] - drawn[group] if p > 0.5 else drawn[group]
    return total - some if p > 0.5 else some


@inlined
def _of_each(state: np.uint64, people: Counts, drawn: Counts, keys: Keys, p: float) -> int:
    """Draw for each group; what is decided easily all at once, without branches, for wide registers."""
    n_open, some = NOBODY, NOBODY
    for group in range(len(people)):
        number, n = unit_number(state + keys[group]), float(people[group])
        count = expanded(central_quantile(number - 0.5), n, p)
        is_some = number > 1.0 - n * p  # else nobody: at least as likely, by Bernoulli's inequality
        is_open = is_some & ((abs(number - 0.5) > CENTRE) | (count < 0.0))
        drawn[group] = OPEN if is_open else np.int64(count if is_some else 0.0)
        n_open += 1 if is_open else 0
        some += drawn[group]
    if n_open > 0:
        for group in range(len(people)):
            if drawn[group] == OPEN:
                drawn[group] = quantile(unit_number(state + keys[group]), people[group], p)
                some += drawn[group] - OPEN
    return some


@inlined
def groups_in(people: Counts) -> int:
    """Return of how many groups there are people."""
    n = NOBODY
    for group in range(len(people)):
        n += 1 if people[group] > 0 else 0
    return n


@inlined
def cost_of_picking(groups: int) -> float:
    """Return the nanoseconds that it takes to draw to which of so many groups a person belongs."""
    return 4.0 + 0.25 * groups


@inner
def _pick(stream: State, people: Counts, drawn: Counts, total: int, some: int) -> int:
    """Draw the groups of some of all people."""
    for group in range(len(drawn)):
        drawn[group] = 0
    for picked in range(some):
        drawn[group_of(below(stream, total - picked), people, drawn)] += 1
    return some


@inner
def group_of(number: int, people: Counts, drawn: Counts) -> int:
    """Return the group of the person of a number among those who are not drawn yet."""
    group = 0
    number -= people[0] - drawn[0]
    while number >= 0:
        group += 1
        number -= people[group] - drawn[group]
    return group
