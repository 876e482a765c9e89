"""Leaving and choosing, compiled: who leaves a place, and where to.

All displaced people at a place leave with one probability and choose with one set of weights, whatever their group. So
where few leave, persons are drawn one by one; where many do, counts are split with binomials. Both are exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tidings.flow.compiled import inlined, inner
from tidings.flow.crowds import COST_OF_BINOMIAL, Crowd, cost_of_binomials, cost_of_picking, fill, inlined_binomials
from tidings.flow.draws import binomial, joined, uniform
from tidings.flow.kernels import Counts, Floats, Flows, Keys, Layout, Luck, State, at_step
from tidings.flow.networks import Networks

DISPLACED = np.uint64(1)
"""Last part of the address of displaced people; residents of a place have none."""


class Weights(NamedTuple):
    """Weights of the ways of each member, one member after another."""

    shift: Counts
    """Shape (member,): what to add to the number of a way in `Networks` to find it here."""
    lasting: Floats
    """The part that comes from the way itself and from who holds its ends."""
    up_to: Floats
    """Today's weight of a way, and of all ways before it from the same place."""


@inner
def weigh(networks: Networks, weights: Weights, layout: Layout, attract: Floats, room: Floats, pull: Floats) -> None:
    """Sum up today's weights of the ways from each place.

    Parameters
    ----------
    attract
        Shape (member, target).
    room
        Shape (member, place): taken at the place that a way leads to.
    pull
        Shape (target,), to work with.
    """
    for member in range(len(networks.of_member)):
        network, shift = networks.of_member[member], weights.shift[member]
        for target in range(len(pull)):
            pull[target] = attract[member, target] * room[member, layout.target_place[target]]
        for place in range(room.shape[1]):
            total = 0.0
            for way in range(networks.starts[network, place], networks.starts[network, place + 1]):
                total += weights.lasting[way + shift] * pull[networks.target[way]]
                weights.up_to[way + shift] = total


@inner
def leave(
    luck: Luck, step: Keys, crowd: Crowd, state: State, layout: Layout, flows: Flows, networks: Networks,
    weights: Weights, p_home: Floats, p_displaced: Floats, leaving: Counts,
) -> None:  # fmt: skip
    """Draw who leaves each place; nobody does where no destination has a weight. `leaving`: (member, place, group)."""
    stream, drawn, here_from = crowd.stream, crowd.drawn, crowd.group
    home, away, displaced, departures = state.home, state.away, state.displaced, flows.departures
    starts, up_to = networks.starts, weights.up_to
    for member in range(leaving.shape[0]):
        base, network = at_step(luck.member[member], step), networks.of_member[member]
        for place in range(leaving.shape[1]):
            end = starts[network, place + 1]
            if starts[network, place] == end or up_to[end - 1 + weights.shift[member]] <= 0.0:
                continue
            here = joined(base, luck.place[place])
            stream[0] = here
            out = binomial(stream, home[member, place], p_home[member, place])
            home[member, place] -= out
            away[member, place] += out
            leaving[member, place, layout.group_of_place[place]] += out
            (n, total), p = fill(crowd, displaced[member, place]), p_displaced[member, place]
            if total > 0 and p > 0.0:
                stream[0] = joined(here, DISPLACED)
                out += inlined_binomials(crowd, n, total, p)
                for at in range(n):
                    displaced[member, place, here_from[at]] -= drawn[at]
                    leaving[member, place, here_from[at]] += drawn[at]
            departures[member, place] += out


@inner
def choose(
    luck: Luck, step: Keys, crowd: Crowd, head: int, state: State, networks: Networks, weights: Weights,
    leaving: Counts,
) -> None:  # fmt: skip
    """Split those who leave over the ways by their weights, and put them on the road."""
    stream, people, here_from = crowd.stream, crowd.people, crowd.group
    road, on_road, starts = state.road, state.on_road, networks.starts
    now = head % road.shape[1]
    for member in range(leaving.shape[0]):
        base, network = at_step(luck.member[member], step), networks.of_member[member]
        for place in range(leaving.shape[1]):
            n, total = fill(crowd, leaving[member, place])
            if total == 0:
                continue
            for at in range(n):
                on_road[member, here_from[at]] += people[at]
                leaving[member, place, here_from[at]] = 0
            stream[0] = joined(base, luck.place[place])
            inlined_split(crowd, n, total, starts[network, place], starts[network, place + 1],
                  weights.shift[member], weights.up_to, networks.target, networks.days, now, member, road)  # fmt: skip


@inner
def split(
    crowd: Crowd, n: int, total: int, first: int, end: int, shift: int, up_to: Floats, target: Counts, days: Counts,
    now: int, member: int, road: Counts,
) -> None:  # fmt: skip
    """Draw as `inlined_split` does, for callers that do so less often; they are compiled sooner."""
    inlined_split(crowd, n, total, first, end, shift, up_to, target, days, now, member, road)


@inlined
def inlined_split(
    crowd: Crowd, n: int, total: int, first: int, end: int, shift: int, up_to: Floats, target: Counts, days: Counts,
    now: int, member: int, road: Counts,
) -> None:  # fmt: skip
    """Draw one of the ways from `first` up to `end` for everybody of a crowd, by weight; the crowd is used up."""
    ways = end - first
    by_way = min(total * cost_of_picking(n) + ways * COST_OF_BINOMIAL, ways * cost_of_binomials(n))
    if total * (4.0 + 0.3 * ways) < by_way:
        _each_to_a_way(crowd, n, first, end, shift, up_to, target, days, now, member, road)
    else:
        _some_to_each_way(crowd, n, total, first, end, shift, up_to, target, days, now, member, road)


@inlined
def _each_to_a_way(
    crowd: Crowd, n: int, first: int, end: int, shift: int, up_to: Floats, target: Counts, days: Counts, now: int,
    member: int, road: Counts,
) -> None:  # fmt: skip
    total = up_to[end - 1 + shift]
    for here in range(n):
        for _ in range(crowd.people[here]):
            at, way = uniform(crowd.stream) * total, first
            for each in range(first, end - 1):  # no branch: where it would go is luck, which no processor foresees
                way += 1 if up_to[each + shift] <= at else 0
            road[member, slot_of(days[way], now, road.shape[1]), target[way], crowd.group[here]] += 1


@inlined
def slot_of(days: int, now: int, slots: int) -> int:
    """Return the slot of a ring for a journey of some days; `now` is today's, and all beyond the run share one."""
    slot = now + min(days, slots - 1)
    return slot - slots if slot >= slots else slot


@inlined
def _some_to_each_way(
    crowd: Crowd, n: int, left: int, first: int, end: int, shift: int, up_to: Floats, target: Counts, days: Counts,
    now: int, member: int, road: Counts,
) -> None:  # fmt: skip
    """Draw a multinomial by conditional binomials; the last way with a weight gets all who are left."""
    before, total = 0.0, up_to[end - 1 + shift]
    for way in range(first, end):
        share, rest = up_to[way + shift] - before, total - before
        before = up_to[way + shift]
        if share <= 0.0:
            continue
        left -= inlined_binomials(crowd, n, left, share / rest)
        slot = slot_of(days[way], now, road.shape[1])
        for at in range(n):
            crowd.people[at] -= crowd.drawn[at]
            road[member, slot, target[way], crowd.group[at]] += crowd.drawn[at]
        if left == 0:
            return
