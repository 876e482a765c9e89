"""Flee's weights: how attractive each place is now, and what share of deciders takes each path. Compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import compiled, inlined
from tidings.flow.flee_ways import Ways

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

TOO_FULL = 0.5
"""Nobody sets out, or goes on, to a camp that keeps less than this of its attraction."""


class Conditions(NamedTuple):
    """What is the same on all days of a spell, for all members."""

    p_move: Floats
    """Shape (place,): chance of leaving, per decision."""
    is_town: Flags
    """Shape (place,)."""
    is_camp: Flags
    """Shape (place,)."""
    score: Floats
    """Shape (place,)."""
    is_open: Flags
    """Shape (option,): whether all roads of the path are open."""
    spawning: Floats
    """Shape (place,): intensity of the conflict times what is left of its weight; 0 where there is none."""
    intensity: Floats
    """Shape (place,): of the conflict there; 0 where there is none."""


class Weighing(NamedTuple):
    """The settings of the weights; numbers."""

    softening: float
    """Of the score."""
    power: float
    pruning: float
    buffer: float
    capacity_scaling: float
    population_power: float
    """NaN: the score does not depend on the population."""
    population_base: float
    population_scale: float
    """0: the chance of leaving does not depend on the population."""


class Attraction(NamedTuple):
    """How attractive places are now. Shape (place,) each."""

    score: Floats
    room: Floats
    """How much of its attraction a place keeps as it fills."""
    pull: Floats
    """The part of a path's weight that belongs to its end."""


class Choice(NamedTuple):
    """What deciders do, with what they know of how full places are."""

    share: Floats
    """Shape (edge of a station,): of those who leave it; 0 for paths that end in a camp that is too full."""
    going: Floats
    """Shape (station,): the sum of the shares; the others stay for the day."""


@inlined
def room_left(people: float, capacity: float, buffer: float) -> float:
    """Return how much of its attraction a place keeps as it fills; a capacity below 1 is none.

    Examples
    --------
    >>> [round(room_left(people, 100.0, 0.9), 9) for people in (90, 95, 100)]
    [1.0, 0.5, 0.0]
    """
    if capacity < 1.0 or people <= buffer * capacity:
        return 1.0
    return max(0.0, 1.0 - (people - buffer * capacity) / ((1.0 - buffer) * capacity))


@compiled
def choose(ways: Ways, today: Conditions, weighing: Weighing, now: Attraction, choice: Choice) -> None:
    """Fill in what deciders do at every station: by weight, or, where no path has any, as it comes."""
    is_open, is_camp, ends, p_walk = today.is_open, today.is_camp, ways.options.end, ways.options.p_walk
    starts, share, going, pull, rooms = ways.stations.options, choice.share, choice.going, now.pull, now.room
    ways_to_go, power = len(share) // max(1, len(ends)), weighing.power
    for place in range(len(pull)):
        pull[place] = (weighing.softening + now.score[place]) * rooms[place]
        if power != 1.0:
            pull[place] **= power
    for station in range(len(going)):
        begin, end, even, scale, gone = starts[station], starts[station + 1], 1.0, 0.0, 0.0
        if station < len(pull):
            even, scale = weigh(begin, end, ways_to_go, ways.options.near, ends, is_open, pull, weighing.pruning, share)
        for option in range(begin, end):
            part = share[option * ways_to_go] * scale if scale > 0.0 else even
            if not is_open[option] or (is_camp[ends[option]] and rooms[ends[option]] < TOO_FULL):
                part = 0.0
            gone += part
            share[option * ways_to_go] = part
            if ways_to_go == 2:
                share[option * 2], share[option * 2 + 1] = part * (1.0 - p_walk[option]), part * p_walk[option]
        going[station] = gone


@inlined
def weigh(
    begin: int,
    end: int,
    ways_to_go: int,
    near: Floats,
    ends: Ints,
    is_open: Flags,
    pull: Floats,
    pruning: float,
    weight: Floats,
) -> tuple[float, float]:
    """Fill in the weights of paths; return what each open one gets where none has any, and else the scale of all."""
    total, heaviest, n_open = 0.0, 0.0, 0.0
    for option in range(begin, end):
        each = near[option] * pull[ends[option]] if is_open[option] else 0.0
        weight[option * ways_to_go] = each
        heaviest = max(heaviest, each)
        total += each
        n_open += is_open[option]
    if pruning > 1.0 and total > 0.0:
        total = 0.0
        for option in range(begin, end):
            if weight[option * ways_to_go] < heaviest / pruning:
                weight[option * ways_to_go] = 0.0
            total += weight[option * ways_to_go]
    return 1.0 / max(1.0, n_open), 1.0 / total if total > 0.0 else 0.0
