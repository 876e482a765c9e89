"""Draws from a crowd, compiled: people of several groups who all do something with the same probability.

A crowd holds the groups that have people, one beside the other, and nobody up to the next multiple of `LANES`.
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
COST_OF_BINOMIAL, COST_IN_LANES = 28.0, 9.0
"""Nanoseconds of one binomial, and for each of the groups drawn for at once; measured (`bench.flow`). With them the
cheaper of several ways of drawing is taken."""


class Crowd(NamedTuple):
    """Room for one crowd after the other."""

    stream: State
    people: Counts
    drawn: Counts
    keys: Keys
    """The keys of the groups' names, which address the draw of a group beside the stream."""
    group: Counts
    """Which groups they are."""
    all_keys: Keys
    """Shape (group,): the keys of all groups."""


def empty_crowd(group_keys: Keys) -> Crowd:
    """Return room for crowds of groups with these keys."""
    room = -(-len(group_keys) // LANES) * LANES  # not `lanes_of`, which would be compiled for it
    people, drawn, group = np.zeros((3, room), np.int64)
    return Crowd(np.zeros(1, np.uint64), people, drawn, np.zeros(room, np.uint64), group, group_keys)


@inlined
def lanes_of(groups: int) -> int:
    """Return how many lanes so many groups take up."""
    return (groups + (LANES - 1)) // LANES * LANES


@inner
def fill(crowd: Crowd, people: Counts) -> tuple[int, int]:
    """Let a crowd be some people, of shape (group,); return of how many groups they are, and how many."""
    n, total = NOBODY, NOBODY
    for group in range(len(people)):
        if people[group] > 0:
            crowd.people[n], crowd.group[n], crowd.keys[n] = people[group], group, crowd.all_keys[group]
            n += 1
            total += people[group]
    for beyond in range(n, lanes_of(n)):
        crowd.people[beyond] = 0
    return n, total


@inner
def binomials(crowd: Crowd, n: int, total: int, p: float) -> int:
    """Draw as `inlined_binomials` does, for callers that do so less often; they are compiled sooner."""
    return inlined_binomials(crowd, n, total, p)


@inlined
def inlined_binomials(crowd: Crowd, n: int, total: int, p: float) -> int:
    """Draw how many people of each group do what each does with probability p; return how many of all in total.

    Where few of all do, these are drawn first, and then the group of each: exactly the same distribution.

    Parameters
    ----------
    n, total
        Groups in the crowd, and all people in it.
    """
    people, drawn, stream = crowd.people, crowd.drawn, crowd.stream
    rarer = max(0.0, min(p, 1.0 - p))
    if COST_OF_BINOMIAL + rarer * total * cost_of_picking(n) < cost_of_binomials(n):
        some = _pick(crowd, n, total, binomial(stream, total, rarer))
    else:
        stream[0] += GAMMA
        if n * COST_OF_BINOMIAL <= lanes_of(n) * COST_IN_LANES:
            some = _one_by_one(stream[0], people, drawn, crowd.keys, n, rarer)
        else:
            some = _at_once(stream[0], people, drawn, crowd.keys, n, rarer)
    if p > 0.5:
        for at in range(n):
            drawn[at] = people[at] - drawn[at]
        some = total - some
    return some


@inlined
def _at_once(state: np.uint64, people: Counts, drawn: Counts, keys: Keys, n: int, p: float) -> int:
    """Draw for each group; what is decided easily all at once, without branches, for wide registers."""
    n_open, some = NOBODY, NOBODY
    for at in range(lanes_of(n)):
        number, many = unit_number(state + keys[at]), float(people[at])
        count = expanded(central_quantile(number - 0.5), many, p)
        is_some = number > 1.0 - many * p  # else nobody: at least as likely, by Bernoulli's inequality
        is_open = is_some & ((abs(number - 0.5) > CENTRE) | (count < 0.0))
        drawn[at] = OPEN if is_open else np.int64(count if is_some else 0.0)
        n_open += 1 if is_open else 0
        some += drawn[at]
    if n_open > 0:
        for at in range(n):
            if drawn[at] == OPEN:
                drawn[at] = quantile(unit_number(state + keys[at]), people[at], p)
                some += drawn[at] - OPEN
    return some


@inner
def _one_by_one(state: np.uint64, people: Counts, drawn: Counts, keys: Keys, n: int, p: float) -> int:
    """Draw for each group what `_at_once` would: sooner where groups are too few to fill the registers."""
    some = NOBODY
    for at in range(n):
        drawn[at] = quantile(unit_number(state + keys[at]), people[at], p) if people[at] > 0 and p > 0.0 else 0
        some += drawn[at]
    return some


@inlined
def cost_of_binomials(groups: int) -> float:
    """Return the nanoseconds that it takes to draw for so many groups."""
    return min(groups * COST_OF_BINOMIAL, lanes_of(groups) * COST_IN_LANES)


@inlined
def cost_of_picking(groups: int) -> float:
    """Return the nanoseconds that it takes to draw to which of so many groups a person belongs."""
    return 4.0 + 0.25 * groups


@inner
def _pick(crowd: Crowd, n: int, total: int, some: int) -> int:
    """Draw the groups of some of all people."""
    for at in range(n):
        crowd.drawn[at] = 0
    for picked in range(some):
        crowd.drawn[lane_of(below(crowd.stream, total - picked), crowd.people, crowd.drawn)] += 1
    return some


@inner
def lane_of(number: int, people: Counts, drawn: Counts) -> int:
    """Return where in a crowd the person of a number among those who are not drawn yet stands."""
    at = 0
    number -= people[0] - drawn[0]
    while number >= 0:
        at += 1
        number -= people[at] - drawn[at]
    return at
