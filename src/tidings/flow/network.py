"""The ways between places: the geography in arrays, and the routes over the roads that are passable in a world.

A route is the quickest way, over at most `awareness_hops` passable roads, from a place to another place or to the queue
of a crossing on its side a; the crossing itself counts as the last road. Side b is reached through the queue alone: a
road between the two sides of a crossing is the crossing, and nobody passes by it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.core.streams import name_key
from tidings.flow.compiled import compiled
from tidings.flow.parameters import Parameters
from tidings.geography.graph import Geography

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOT_SEARCHED, NO_WAY = 0, -1
"""Entries of `Network.days_home` before the search from a place, and where no road leads."""
LONGEST_DAYS = 32_000


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """A geography in arrays. Targets are all places, then all crossings."""

    n_places: int
    target_keys: NDArray[np.uint64]
    """Shape (target,): from the ids, so that the order of rows in a table plays no part."""
    target_place: Ints
    """Shape (target,): the place itself, or side b of the crossing."""
    road_ends: Ints
    """Shape (road, 2)."""
    road_km: Floats
    road_days: Floats
    """Shape (road,): days on the road; not rounded."""
    is_by_road: Flags
    """Shape (road,): false where the road joins the two sides of a crossing."""
    sides: Ints
    """Shape (crossing, 2): side a, where people wait, and side b."""


def ways_of(geography: Geography, parameters: Parameters) -> Ways:
    """Turn places, roads and crossings into arrays.

    Raises
    ------
    ValueError
        If a road has no length and an end without coordinates.
    """
    index = geography.index
    km = np.array([geography.length_km(road)[0] for road in geography.roads], float)
    speeds = [road.speed_km_per_day or parameters[f"speed_{road.mode}"] for road in geography.roads]
    ends = [(index[road.from_], index[road.to]) for road in geography.roads]
    sides = [(index[each.side_a], index[each.side_b]) for each in geography.crossings]
    names = [place.id for place in geography.places] + [f"crossing {each.id}" for each in geography.crossings]
    return Ways(
        n_places=len(geography.places),
        target_keys=np.array([name_key(name) for name in names], np.uint64),
        target_place=np.concatenate([np.arange(len(geography.places)), np.array([b for _, b in sides], np.int64)]),
        road_ends=np.array(ends, np.int64).reshape(-1, 2),
        road_km=km,
        road_days=km / np.array(speeds, float),
        is_by_road=np.array([pair not in sides and pair[::-1] not in sides for pair in ends], bool),
        sides=np.array(sides, np.int64).reshape(-1, 2),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The routes of one world on one day, in compressed rows: those from place p are `starts[p]:starts[p + 1]`."""

    starts: Ints
    """Shape (place + 1,)."""
    origin: Ints
    """Shape (route,)."""
    target: Ints
    """Shape (route,)."""
    km: Floats
    days: Ints
    """Shape (route,): whole days on the road, at least one unless people already stand at the crossing."""
    component: Ints
    """Shape (place,): places with the same number are joined by passable roads and crossings that are not closed."""
    neighbour_starts: Ints
    neighbours: Ints
    neighbour_days: Floats
    days_home: NDArray[np.int16]
    """Shape (place, place): days from a home (row); rows are searched when somebody first returns there. It begins as
    zeros that the system hands out only when written to, so that it takes memory for the rows searched alone."""


def network_of(ways: Ways, passable: Flags, is_open: Flags, awareness_hops: int) -> Network:
    """Find all routes over the passable roads.

    Parameters
    ----------
    passable
        Shape (road,).
    is_open
        Shape (crossing,): not closed.
    """
    passable = passable & ways.is_by_road
    roads = _neighbours(ways.n_places, ways.road_ends[passable], ways.road_days[passable], ways.road_km[passable])
    order = np.empty(len(ways.target_keys), np.int64)
    order[np.argsort(ways.target_keys, kind="stable")] = np.arange(len(order))
    starts, target, km, days = find_routes(*roads, ways.sides[:, 0].copy(), is_open, awareness_hops, order)
    ends = np.concatenate([ways.road_ends[passable], ways.sides[is_open]])
    no_time = np.zeros(int(is_open.sum()))
    home_starts, home_to, home_days, _ = _neighbours(
        ways.n_places, ends, np.concatenate([ways.road_days[passable], no_time]), np.zeros(len(ends))
    )
    return Network(
        starts=starts,
        origin=np.repeat(np.arange(ways.n_places), np.diff(starts)),
        target=target,
        km=km,
        days=days,
        component=components(home_starts, home_to),
        neighbour_starts=home_starts,
        neighbours=home_to,
        neighbour_days=home_days,
        days_home=np.zeros((ways.n_places, ways.n_places), np.int16),  # NOT_SEARCHED
    )


def _neighbours(n_places: int, ends: Ints, days: Floats, km: Floats) -> tuple[Ints, Ints, Floats, Floats]:
    """Return, in compressed rows, what each place is joined to directly; every road is there in both directions."""
    from_, to = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    order = np.argsort(from_, kind="stable")
    starts = np.zeros(n_places + 1, np.int64)
    np.cumsum(np.bincount(from_, minlength=n_places), out=starts[1:])
    return starts, to[order], np.concatenate([days, days])[order], np.concatenate([km, km])[order]


@compiled
def find_routes(
    starts: Ints, to: Ints, days: Floats, km: Floats, side_a: Ints, is_open: Flags, hops: int, order: Ints
) -> tuple[Ints, Ints, Floats, Ints]:
    """Return the rows, targets, lengths and days of the routes from every place."""
    n_places = len(starts) - 1
    best_days, best_km = np.full(n_places, np.inf), np.full(n_places, np.inf)
    found = np.empty(n_places + len(side_a), np.int64)
    found_days, found_km = np.empty(len(found)), np.empty(len(found))
    rows = np.zeros(n_places + 1, np.int64)
    for place in range(n_places):
        rows[place + 1] = rows[place] + _search(
            place, starts, to, days, km, side_a, is_open, hops, order, best_days, best_km, found, found_days, found_km
        )
    target, route_km = np.empty(rows[-1], np.int64), np.empty(rows[-1])
    route_days = np.empty(rows[-1], np.int64)
    for place in range(n_places):
        count = _search(
            place, starts, to, days, km, side_a, is_open, hops, order, best_days, best_km, found, found_days, found_km
        )
        for number in range(count):
            at = rows[place] + number
            target[at], route_km[at] = found[number], found_km[number]
            whole = int(np.ceil(found_days[number] - 1e-9))
            route_days[at] = max(whole, 1 if found[number] < n_places else 0)
    return rows, target, route_km, route_days


@compiled
def _search(
    place: int, starts: Ints, to: Ints, days: Floats, km: Floats, side_a: Ints, is_open: Flags, hops: int, order: Ints,
    best_days: Floats, best_km: Floats, found: Ints, found_days: Floats, found_km: Floats,
) -> int:  # fmt: skip
    """Find the targets of one place; `best_days` and `best_km` are all inf before and after."""
    n_places = len(starts) - 1
    reached = np.empty(n_places, np.int64)
    reached[0], n_reached = place, 1
    best_days[place] = best_km[place] = 0.0
    count = 0
    for hop in range(hops + 1):
        if hop == hops - 1:  # a crossing is the last of the roads
            count = _crossings(side_a, is_open, n_places, best_days, best_km, found, found_days, found_km)
        if hop < hops:
            n_reached = _one_hop(starts, to, days, km, best_days, best_km, reached, n_reached)
    for number in range(n_reached):
        end = reached[number]
        if end != place:
            found[count], found_days[count], found_km[count] = end, best_days[end], best_km[end]
            count += 1
        best_days[end] = best_km[end] = np.inf
    _sort(found, found_days, found_km, count, order)
    return count


@compiled
def _crossings(
    side_a: Ints, is_open: Flags, n_places: int, best_days: Floats, best_km: Floats, found: Ints, found_days: Floats,
    found_km: Floats,
) -> int:  # fmt: skip
    count = 0
    for crossing in range(len(side_a)):
        side = side_a[crossing]
        if is_open[crossing] and best_days[side] < np.inf:
            found[count] = n_places + crossing
            found_days[count], found_km[count] = best_days[side], best_km[side]
            count += 1
    return count


@compiled
def _one_hop(
    starts: Ints, to: Ints, days: Floats, km: Floats, best_days: Floats, best_km: Floats, reached: Ints, n_reached: int
) -> int:
    """Go one road further from all places reached so far, with the times of before the hop."""
    before, before_km = np.empty(n_reached), np.empty(n_reached)
    for number in range(n_reached):
        before[number], before_km[number] = best_days[reached[number]], best_km[reached[number]]
    n_after = n_reached
    for number in range(n_reached):
        for road in range(starts[reached[number]], starts[reached[number] + 1]):
            end, time, length = to[road], before[number] + days[road], before_km[number] + km[road]
            if time < best_days[end] or (time == best_days[end] and length < best_km[end]):
                if best_days[end] == np.inf:
                    reached[n_after] = end
                    n_after += 1
                best_days[end], best_km[end] = time, length
    return n_after


@compiled
def _sort(found: Ints, found_days: Floats, found_km: Floats, count: int, order: Ints) -> None:
    ranks = np.empty(count, np.int64)
    for number in range(count):
        ranks[number] = order[found[number]]
    by_rank = np.argsort(ranks)
    found[:count], found_days[:count], found_km[:count] = found[by_rank], found_days[by_rank], found_km[by_rank]


@compiled
def components(starts: Ints, to: Ints) -> Ints:
    """Number the places so that those which are joined have the same number."""
    label = np.full(len(starts) - 1, -1, np.int64)
    queue = np.empty(len(label), np.int64)
    for place in range(len(label)):
        if label[place] >= 0:
            continue
        label[place], queue[0], head, tail = place, place, 0, 1
        while head < tail:
            here = queue[head]
            head += 1
            for road in range(starts[here], starts[here + 1]):
                if label[to[road]] < 0:
                    label[to[road]], queue[tail] = place, to[road]
                    tail += 1
    return label


@compiled
def search_home(home: int, starts: Ints, to: Ints, days: Floats, days_home: NDArray[np.int16]) -> None:
    """Fill the row of a home with the whole days that the way to it takes from everywhere (Dijkstra's search)."""
    best = np.full(len(starts) - 1, np.inf)
    best[home] = 0.0
    heap = [(0.0, home)]
    while heap:
        time, here = heapq.heappop(heap)
        if time > best[here]:
            continue
        for road in range(starts[here], starts[here + 1]):
            if time + days[road] < best[to[road]]:
                best[to[road]] = time + days[road]
                heapq.heappush(heap, (best[to[road]], to[road]))
    for place in range(len(best)):
        reached = best[place] < np.inf
        days_home[home, place] = max(1, int(np.ceil(min(best[place], LONGEST_DAYS) - 1e-9))) if reached else NO_WAY
