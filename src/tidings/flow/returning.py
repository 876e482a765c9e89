"""Returning, compiled: displaced people set out for the calm homes of their group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tidings.flow.compiled import NOBODY, inner
from tidings.flow.crowds import COST_OF_BINOMIAL, Crowd, cost_of_picking, fill, lane_of
from tidings.flow.draws import below, binomial, hypergeometric, joined, uniform
from tidings.flow.kernels import Counts, Flags, Floats, Flows, Keys, Layout, Luck, State, at_step
from tidings.flow.leaving import slot_of
from tidings.flow.networks import Networks


class Missing(NamedTuple):
    """Who is missing at home on a day, of one member. A part is what is joined by passable roads: `component`."""

    at: Counts
    """Shape (place,): residents away from each place."""
    calm: Counts
    """Shape (place,): the same where it is calm, else 0."""
    of_group: Counts
    """Shape (group,): displaced people of a group: residents away from its places, and who was so before the run."""
    calm_in: Counts
    """Shape (part, group): residents away from calm places of a group in a part."""
    share: Floats
    """Shape (part, group): `calm_in` over `of_group`."""
    up_to: Counts
    """Shape (place,): `calm` summed up in the order of `Networks.homes`."""
    left: Counts
    """Shape (place,): of `calm`, those who have not set out today."""
    left_in: Counts
    """Shape (part, group): of `calm_in`, those who have not set out today."""
    before: Counts
    """Shape (place,): `calm` summed up over all homes that stand before a place in that order."""
    before_part: Counts
    """Shape (part, group): the same for the first home of a group in a part."""
    p: Floats
    """Shape (group,): the probability of return from one place, of the groups of a crowd."""
    tried: Counts
    """Shape (group,): who of the crowd at one place has been picked."""


@inner
def return_home(
    luck: Luck, step: Keys, crowd: Crowd, missing: Missing, head: int, state: State, layout: Layout, flows: Flows,
    networks: Networks, is_calm: Flags, p_return: Floats,
) -> None:  # fmt: skip
    """Let displaced people set out for the calm homes of their group, in proportion to who is missing there."""
    now = head % state.homeward.shape[1]
    stream, drawn = crowd.stream, crowd.drawn
    for member in range(state.home.shape[0]):
        network = networks.of_member[member]
        if not note_missing(missing, state.away, is_calm, member, networks, network, layout):
            continue
        base = at_step(luck.member[member], step)
        for place in layout.homes:
            n, total = fill(crowd, state.displaced[member, place])
            if total == 0:
                continue
            part = networks.component[network, place]
            most = _chances(crowd, n, place, part, layout.group_of_place[place], missing, p_return[member, place])
            if most <= 0.0:
                continue
            stream[0] = joined(base, luck.place[place])
            if _draw_returning(crowd, n, total, missing, most) == 0:
                continue
            for at in range(n):
                group = crowd.group[at]
                people = min(drawn[at], _left_for(place, part, group, missing, layout))
                if people > 0:
                    _set_out(stream, people, group, member, place, part, missing, now, state, layout, flows, networks,
                             network)  # fmt: skip


@inner
def _left_for(place: int, part: int, group: int, missing: Missing, layout: Layout) -> int:
    """Return how many are still away from the homes that people of a group at a place can return to."""
    own = missing.left[place] if layout.group_of_place[place] == group else NOBODY
    return int(missing.left_in[part, group] - own)


@inner
def _set_out(
    stream: Keys, people: int, group: int, member: int, place: int, part: int, missing: Missing, now: int,
    state: State, layout: Layout, flows: Flows, networks: Networks, network: int,
) -> None:  # fmt: skip
    """Put people of a group who return from a place on the way to their homes."""
    state.displaced[member, place, group] -= people
    state.on_road[member, group] += people
    flows.departures[member, place] += people
    slot = slot_of(networks.days_home[network, group, place], now, state.homeward.shape[1])
    _split_home(stream, people, group, member, place, part, missing, networks.homes, network, layout, state.away,
                state.homeward, slot)  # fmt: skip


def nobody_missing(places: int, groups: int) -> Missing:
    """Return the arrays of `Missing`, to be filled."""
    by_part, shares = np.zeros((3, places, groups), np.int64), np.zeros((places, groups))
    at, calm, up_to, left, before = np.zeros((5, places), np.int64)
    of_group, tried = np.zeros((2, groups), np.int64)
    return Missing(at, calm, of_group, by_part[0], shares, up_to, left, by_part[1], before, by_part[2],
                   np.zeros(groups), tried)  # fmt: skip


@inner
def note_missing(
    missing: Missing, away: Counts, is_calm: Flags, member: int, networks: Networks, network: int, layout: Layout
) -> bool:
    """Sum up who is missing where; return whether anybody is at a calm place."""
    group_of_place = layout.group_of_place
    missing.calm_in[:], missing.share[:] = 0, 0.0
    for group in range(len(missing.of_group)):
        missing.of_group[group] = layout.displaced_before[group]
    total = NOBODY
    for at in range(away.shape[1]):
        home = networks.homes[network, at]
        group, part = group_of_place[home], networks.component[network, home]
        missing.at[home] = away[member, home]
        missing.calm[home] = missing.left[home] = away[member, home] if is_calm[member, home] else 0
        missing.of_group[group] += missing.at[home]
        missing.before[home] = total
        if missing.calm_in[part, group] == 0:
            missing.before_part[part, group] = total
        missing.calm_in[part, group] += missing.calm[home]
        total += missing.calm[home]
        missing.up_to[at] = total
    for home in range(away.shape[1]):
        group, part = group_of_place[home], networks.component[network, home]
        if missing.calm_in[part, group] > 0:
            missing.share[part, group] = missing.calm_in[part, group] / missing.of_group[group]
            missing.left_in[part, group] = missing.calm_in[part, group]
    return bool(total > 0)


@inner
def _chances(crowd: Crowd, n: int, place: int, part: int, group_here: int, missing: Missing, p_return: float) -> float:
    """Fill in the probability of return of each group at a place, and return the largest.

    Those who are away from the place itself are not at it, and so are left out.
    """
    most, p = 0.0, missing.p
    for at in range(n):
        group = crowd.group[at]
        p[at] = p_return * missing.share[part, group]
        if group == group_here:
            near, everywhere = missing.calm_in[part, group] - missing.calm[place], missing.of_group[group]
            p[at] = p_return * near / (everywhere - missing.at[place]) if near > 0 else 0.0
        most = max(most, p[at])
    return most


@inner
def _draw_returning(crowd: Crowd, n: int, total: int, missing: Missing, most: float) -> int:
    """Draw how many of each group return, each with the group's probability; return how many of all.

    Where few do, they are drawn from all by the largest probability, their group next, and then whether the smaller
    probability of the group holds them back: exactly the same distribution.
    """
    (stream, people, drawn), p, tried, some = crowd[:3], missing.p, missing.tried, NOBODY
    if total * most * (cost_of_picking(n) + 3.0) > (n - 1) * COST_OF_BINOMIAL:
        for at in range(n):
            drawn[at] = binomial(stream, people[at], p[at])
            some += drawn[at]
        return some
    asked = binomial(stream, total, most)
    if asked > 0:
        drawn[:n], tried[:n] = 0, 0
    for before in range(asked):
        at = lane_of(below(stream, total - before), people, tried)
        tried[at] += 1
        if p[at] == most or uniform(stream) * most < p[at]:
            drawn[at] += 1
            some += 1
    return some


@inner
def _split_home(
    stream: Keys, people: int, group: int, member: int, place: int, part: int, missing: Missing, homes: Counts,
    network: int, layout: Layout, away: Counts, homeward: Counts, slot: int,
) -> None:  # fmt: skip
    """Draw a home for everybody, in proportion to who is missing there and has not set out yet: each home at most once
    for each of them.
    """
    is_here = layout.group_of_place[place] == group
    own = missing.calm[place] if is_here else 0
    rest, before = missing.calm_in[part, group] - own, missing.before_part[part, group]
    left = _left_for(place, part, group, missing, layout)
    missing.left_in[part, group] -= people
    if people * 40.0 < layout.homes_of_group[group] * COST_OF_BINOMIAL and 2 * (left - people) > rest:
        for _ in range(people):
            home = place
            while home == place or below(stream, missing.calm[home]) >= missing.left[home]:
                number = before + below(stream, rest)
                if is_here and number >= missing.before[place]:
                    number += own
                home = homes[network, home_at(number, missing.up_to)]
            _go_home(1, home, member, missing, away, homeward[member, slot])
        return
    at = home_at(before, missing.up_to)
    while people > 0:
        home = homes[network, at]
        at += 1
        if missing.left[home] == 0 or home == place:
            continue
        here = missing.left[home]
        taken = hypergeometric(stream, here, left - here, people)
        _go_home(taken, home, member, missing, away, homeward[member, slot])
        people -= taken
        left -= here


@inner
def _go_home(people: int, home: int, member: int, missing: Missing, away: Counts, homeward: Counts) -> None:
    missing.left[home] -= people
    away[member, home] -= people
    homeward[home] += people


@inner
def home_at(number: int, up_to: Counts) -> int:
    """Return the first position up to which more than a number of people are missing."""
    low, high = 0, len(up_to) - 1
    while low < high:
        middle = (low + high) // 2
        if up_to[middle] > number:
            high = middle
        else:
            low = middle + 1
    return low
