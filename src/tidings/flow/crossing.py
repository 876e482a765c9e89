"""Queueing and settling at crossings, compiled."""

from __future__ import annotations

import numpy as np

from tidings.flow import draws
from tidings.flow.compiled import NOBODY, compiled, inner
from tidings.flow.crowds import Crowd, binomials, fill
from tidings.flow.draws import binomial, hypergeometric, joined
from tidings.flow.kernels import Counts, Floats, Flows, Keys, Layout, Luck, State, at_step
from tidings.flow.leaving import Weights, split
from tidings.flow.networks import Networks


@compiled
def queue(luck: Luck, step: Keys, crowd: Crowd, state: State, layout: Layout, flows: Flows, limit: Floats) -> None:
    """Let through as many as each crossing can, at random among those who wait. `limit`: (member, crossing)."""
    stream = crowd.stream
    for member in range(state.waiting.shape[0]):
        base = at_step(luck.member[member], step)
        for crossing in range(state.waiting.shape[1]):
            waiting = state.waiting[member, crossing]
            left, most, side_b = waiting.sum(), limit[member, crossing], layout.side_b[crossing]
            if left == 0:
                continue
            stream[0] = joined(base, luck.crossing[crossing])
            passing = left if most >= left else draws.whole(stream, most)
            flows.crossed[member, crossing] += passing
            flows.arrivals[member, side_b] += passing
            _let_through(stream, waiting, left, passing, state.displaced[member, side_b])


@inner
def _let_through(stream: Keys, waiting: Counts, left: int, passing: int, behind: Counts) -> None:
    """Draw which of those who wait pass. Shapes (group,)."""
    for group in range(len(waiting)):
        left -= waiting[group]
        passed = hypergeometric(stream, waiting[group], left, passing)
        passing -= passed
        waiting[group] -= passed
        behind[group] += passed


@compiled
def settle(
    luck: Luck, step: Keys, crowd: Crowd, head: int, state: State, layout: Layout, flows: Flows, networks: Networks,
    weights: Weights, p_give_up: Floats, p_settle: Floats,
) -> None:  # fmt: skip
    """Let some of those who wait settle near the crossing, and others turn back to another place."""
    stream, places = crowd.stream, state.home.shape[1]
    for member in range(state.waiting.shape[0]):
        base, network = at_step(luck.member[member], step), networks.of_member[member]
        for crossing in range(state.waiting.shape[1]):
            n, total = fill(crowd, state.waiting[member, crossing])
            if total == 0:
                continue
            place = layout.side_a[crossing]
            first, end = networks.starts[network, place], networks.starts[network, place + 1]
            up_to = without(places + crossing, networks.target[first:end],
                            weights.up_to[first + weights.shift[member] : end + weights.shift[member]])  # fmt: skip
            has_way = len(up_to) > 0 and up_to[-1] > 0.0
            stream[0] = joined(base, luck.crossing[crossing])
            out = binomials(crowd, n, total, p_give_up[member, crossing])
            settled = _settle_near(crowd, n, p_settle[member, crossing] if has_way else 1.0, member, crossing, place,
                                   state)  # fmt: skip
            flows.arrivals[member, place] += settled
            if out > settled:
                split(crowd, n, out - settled, first, end, -first, up_to, networks.target,
                      networks.days, head % state.road.shape[1], member, state.road)  # fmt: skip


@inner
def _settle_near(crowd: Crowd, n: int, p_settle: float, member: int, crossing: int, place: int, state: State) -> int:
    """Draw who of those who give up settles, and return how many; the others are left in the crowd."""
    settled, people, drawn = NOBODY, crowd.people, crowd.drawn
    for at in range(n):
        group, staying = crowd.group[at], binomial(crowd.stream, drawn[at], p_settle)
        people[at] = drawn[at] - staying
        state.waiting[member, crossing, group] -= drawn[at]
        state.displaced[member, place, group] += staying
        state.on_road[member, group] += people[at]
        settled += staying
    return settled


@compiled
def without(barred: int, target: Counts, up_to: Floats) -> Floats:
    """Return the weights of some ways, summed up, as if the one to a barred target had none."""
    summed, total, before = np.empty(len(up_to)), 0.0, 0.0
    for way in range(len(up_to)):
        if target[way] != barred:
            total += up_to[way] - before
        before = up_to[way]
        summed[way] = total
    return summed
