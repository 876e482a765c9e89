"""The steps of a day over counts, compiled. Each changes the arrays of the state handed in, and draws by address.

Axes: member, group (of origin), place, target (place or crossing), slot (days left on the road; a ring that starts at
`head`). `rows` are the members that share a network. An address is (seed, member, day, process, place or crossing,
group); residents are drawn for without a group.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow import draws
from tidings.flow.compiled import compiled
from tidings.flow.draws import binomial, hypergeometric, joined
from tidings.flow.network import NOT_SEARCHED, search_home

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Keys = NDArray[np.uint64]


class State(NamedTuple):
    """Where everybody is. Persons."""

    home: Counts
    """Shape (member, place): residents."""
    displaced: Counts
    """Shape (member, group, place): people from elsewhere."""
    waiting: Counts
    """Shape (member, group, crossing): in the queue on side a."""
    road: Counts
    """Shape (member, group, target, slot): on the way to a target."""
    homeward: Counts
    """Shape (member, place, slot): on the way home."""
    on_road: Counts
    """Shape (member, group): the sum of `road` and `homeward`, kept up by every step."""
    away: Counts
    """Shape (member, place): residents who have left and not set out for home. No place of its own: a memory."""


class Flows(NamedTuple):
    """What happened on the day. Persons; shape (member, place), `crossed` (member, crossing)."""

    arrivals: Counts
    departures: Counts
    returned: Counts
    crossed: Counts


class Layout(NamedTuple):
    """What belongs to what, the same for all members and days."""

    group_of_place: Counts
    homes: Counts
    """Shape (place,): all places, group after group."""
    homes_from: Counts
    """Shape (group + 1,): where each group begins in `homes`."""
    groups_by_key: Counts
    side_a: Counts
    side_b: Counts


class Luck(NamedTuple):
    """The parts of addresses, hashed. Shape (member,) with the seed in it, (place,), (crossing,), (group,)."""

    member: Keys
    place: Keys
    crossing: Keys
    group: Keys


class Routes(NamedTuple):
    """The routes of a network and their weights; rows as in `network.Network`."""

    starts: Counts
    target: Counts
    days: Counts
    weight: Floats
    """Shape (row, route): lasting; a row for each of the members that share the network."""
    pull: Floats
    """Shape (member, target): today's attraction of its end, and the room left there."""


class WaysHome(NamedTuple):
    """What a network says of ways home; fields as in `network.Network`."""

    component: Counts
    starts: Counts
    to: Counts
    days: Floats
    days_home: NDArray[np.int16]


@compiled
def at_step(member_key: np.uint64, step: Keys) -> np.uint64:
    """Return the address of a member's process on a day; `step` is the day and the process."""
    return joined(joined(member_key, step[0]), step[1])


@compiled
def arrive(head: int, state: State, layout: Layout, flows: Flows) -> None:
    """Let in who has no day left on the road."""
    road, homeward, places = state.road, state.homeward, state.home.shape[1]
    slot, home_slot = head % road.shape[3], head % homeward.shape[2]
    for member in range(road.shape[0]):
        for group in range(road.shape[1]):
            for target in range(road.shape[2]):
                people = road[member, group, target, slot]
                if people == 0:
                    continue
                road[member, group, target, slot] = 0
                state.on_road[member, group] -= people
                if target < places:
                    state.displaced[member, group, target] += people
                    flows.arrivals[member, target] += people
                else:
                    state.waiting[member, group, target - places] += people
        for place in range(places):
            people = homeward[member, place, home_slot]
            homeward[member, place, home_slot] = 0
            state.on_road[member, layout.group_of_place[place]] -= people
            state.home[member, place] += people
            flows.returned[member, place] += people


@compiled
def leave(
    rows: Counts, luck: Luck, step: Keys, state: State, layout: Layout, flows: Flows, routes: Routes,
    p_home: Floats, p_displaced: Floats, leaving: Counts,
) -> None:  # fmt: skip
    """Draw who leaves each place; nobody does where no destination has a weight."""
    stream = np.empty(1, np.uint64)
    for row, member in enumerate(rows):
        base = at_step(luck.member[member], step)
        for place in range(state.home.shape[1]):
            if total_weight(row, member, place, -1, routes) <= 0.0:
                continue
            here = joined(base, luck.place[place])
            stream[0] = here
            out = binomial(stream, state.home[member, place], p_home[member, place])
            state.home[member, place] -= out
            state.away[member, place] += out
            leaving[member, layout.group_of_place[place], place] += out
            flows.departures[member, place] += out
            for group in range(leaving.shape[1]):
                if state.displaced[member, group, place] > 0:
                    stream[0] = joined(here, luck.group[group])
                    out = binomial(stream, state.displaced[member, group, place], p_displaced[member, place])
                    state.displaced[member, group, place] -= out
                    leaving[member, group, place] += out
                    flows.departures[member, place] += out


@compiled
def total_weight(row: int, member: int, place: int, barred: int, routes: Routes) -> float:
    """Return the sum of the weights of the routes from a place, but for those to a barred target."""
    total = 0.0
    for route in range(routes.starts[place], routes.starts[place + 1]):
        if routes.target[route] != barred:
            total += routes.weight[row, route] * routes.pull[member, routes.target[route]]
    return total


@compiled
def choose(rows: Counts, luck: Luck, step: Keys, head: int, state: State, routes: Routes, leaving: Counts) -> None:
    """Split those who leave over the routes by their weights, and put them on the road."""
    stream = np.empty(1, np.uint64)
    for row, member in enumerate(rows):
        base = at_step(luck.member[member], step)
        for place in range(leaving.shape[2]):
            total = -1.0
            for group in range(leaving.shape[1]):
                people = leaving[member, group, place]
                if people == 0:
                    continue
                leaving[member, group, place] = 0
                state.on_road[member, group] += people
                if total < 0.0:
                    total = total_weight(row, member, place, -1, routes)
                stream[0] = joined(joined(base, luck.place[place]), luck.group[group])
                _split(stream, people, row, member, place, head, routes, total, -1, state.road[member, group])


@compiled
def _split(
    stream: Keys, people: int, row: int, member: int, place: int, head: int, routes: Routes, rest: float, barred: int,
    road: Counts,
) -> None:  # fmt: skip
    """Draw a multinomial by conditional binomials; the last open route gets all who are left, whatever rounding did."""
    slots, last = road.shape[1], -1
    for route in range(routes.starts[place], routes.starts[place + 1]):
        target = routes.target[route]
        share = routes.weight[row, route] * routes.pull[member, target]
        if share <= 0.0 or target == barred:
            continue
        last = route
        taken = binomial(stream, people, min(1.0, share / rest)) if rest > 0.0 else people
        road[target, (head + min(routes.days[route], slots - 1)) % slots] += taken
        people -= taken
        rest -= share
        if people == 0:
            return
    road[routes.target[last], (head + min(routes.days[last], slots - 1)) % slots] += people


@compiled
def travel(head: int, state: State) -> None:
    """Put those who stand at the crossing that they set out for into its queue, on the same day."""
    road, waiting, places = state.road, state.waiting, state.home.shape[1]
    for member in range(road.shape[0]):
        for group in range(road.shape[1]):
            for crossing in range(waiting.shape[2]):
                people = road[member, group, places + crossing, head % road.shape[3]]
                road[member, group, places + crossing, head % road.shape[3]] = 0
                state.on_road[member, group] -= people
                waiting[member, group, crossing] += people


@compiled
def queue(luck: Luck, step: Keys, state: State, layout: Layout, flows: Flows, limit: Floats) -> None:
    """Let through as many as each crossing can, at random among those who wait."""
    stream, waiting = np.empty(1, np.uint64), state.waiting
    for member in range(waiting.shape[0]):
        base = at_step(luck.member[member], step)
        for crossing in range(waiting.shape[2]):
            left = waiting[member, :, crossing].sum()
            if left == 0:
                continue
            stream[0] = joined(base, luck.crossing[crossing])
            most, side_b = limit[member, crossing], layout.side_b[crossing]
            passing = left if most >= left else draws.whole(stream, most)
            flows.crossed[member, crossing] += passing
            flows.arrivals[member, side_b] += passing
            for group in layout.groups_by_key:
                left -= waiting[member, group, crossing]
                passed = hypergeometric(stream, waiting[member, group, crossing], left, passing)
                passing -= passed
                waiting[member, group, crossing] -= passed
                state.displaced[member, group, side_b] += passed


@compiled
def settle(
    rows: Counts, luck: Luck, step: Keys, head: int, state: State, layout: Layout, flows: Flows, routes: Routes,
    p_give_up: Floats, p_settle: Floats,
) -> None:  # fmt: skip
    """Let some of those who wait settle near the crossing, and others turn back to another place."""
    stream, places = np.empty(1, np.uint64), state.home.shape[1]
    for row, member in enumerate(rows):
        base = at_step(luck.member[member], step)
        for crossing in range(state.waiting.shape[2]):
            place, barred = layout.side_a[crossing], places + crossing
            elsewhere = total_weight(row, member, place, barred, routes)
            for group in range(state.waiting.shape[1]):
                people = state.waiting[member, group, crossing]
                if people == 0:
                    continue
                stream[0] = joined(joined(base, luck.crossing[crossing]), luck.group[group])
                out = binomial(stream, people, p_give_up[member, crossing])
                staying = binomial(stream, out, p_settle[member, crossing]) if elsewhere > 0.0 else out
                state.waiting[member, group, crossing] -= out
                state.displaced[member, group, place] += staying
                flows.arrivals[member, place] += staying
                if out > staying:
                    state.on_road[member, group] += out - staying
                    _split(stream, out - staying, row, member, place, head, routes, elsewhere, barred,
                           state.road[member, group])  # fmt: skip


@compiled
def return_home(
    rows: Counts, luck: Luck, step: Keys, head: int, state: State, layout: Layout, flows: Flows, ways: WaysHome,
    is_calm: Flags, p_return: Floats,
) -> None:  # fmt: skip
    """Let displaced people set out for the calm homes of their group, in proportion to who is missing there."""
    stream, places, groups = np.empty(1, np.uint64), state.home.shape[1], state.displaced.shape[1]
    missing, calm = np.empty(places, np.int64), np.empty(places, np.int64)
    calm_in, in_all = np.empty((groups, places), np.int64), np.empty(groups, np.int64)
    for member in rows:
        missing[:] = state.away[member]
        calm[:] = np.where(is_calm[member], missing, 0)
        if not np.any(calm):
            continue
        base = at_step(luck.member[member], step)
        _sum_missing(missing, calm, layout.group_of_place, ways.component, calm_in, in_all)
        for place in range(places):
            for group in range(groups):
                people = state.displaced[member, group, place]
                near, everywhere = calm_in[group, ways.component[place]], in_all[group]
                if group == layout.group_of_place[place]:  # those who are away from here are not here
                    near, everywhere = near - calm[place], everywhere - missing[place]
                if people == 0 or near == 0:
                    continue
                stream[0] = joined(joined(base, luck.place[place]), luck.group[group])
                out = binomial(stream, people, p_return[member, place] * near / everywhere)
                state.displaced[member, group, place] -= out
                flows.departures[member, place] += out
                state.on_road[member, group] += out
                homes = layout.homes[layout.homes_from[group] : layout.homes_from[group + 1]]
                _split_home(stream, out, near, place, head, homes, ways, calm, state.away[member],
                            state.homeward[member])  # fmt: skip


@compiled
def _sum_missing(
    missing: Counts, calm: Counts, group_of_place: Counts, component: Counts, calm_in: Counts, in_all: Counts
) -> None:
    """Sum up who is missing: from the calm homes of each group in each component, and from all homes of each group."""
    calm_in[:], in_all[:] = 0, 0
    for place in range(len(missing)):
        calm_in[group_of_place[place], component[place]] += calm[place]
        in_all[group_of_place[place]] += missing[place]


@compiled
def _split_home(
    stream: Keys, people: int, rest: int, place: int, head: int, homes: Counts, ways: WaysHome, calm: Counts,
    away: Counts, homeward: Counts,
) -> None:  # fmt: skip
    """Draw a multinomial over homes by conditional binomials; weights are whole, so nothing is left at the end."""
    slots = homeward.shape[1]
    for home in homes:
        if people == 0:
            return
        if calm[home] == 0 or home == place or ways.component[home] != ways.component[place]:
            continue
        taken = binomial(stream, people, min(1.0, calm[home] / rest))
        if taken > 0:
            if ways.days_home[home, place] == NOT_SEARCHED:
                search_home(home, ways.starts, ways.to, ways.days, ways.days_home)
            homeward[home, (head + min(ways.days_home[home, place], slots - 1)) % slots] += taken
        away[home] = max(0, away[home] - taken)
        people -= taken
        rest -= calm[home]
