"""The ways between places: the geography in arrays, and the routes over the roads that are passable in a world.

A route is the quickest way, over at most `awareness_hops` passable roads, from a place to another place or to the queue
of a crossing on its side a; the crossing itself counts as the last road. Side b is reached through the queue alone: a
road between the two sides of a crossing is the crossing, and nobody passes by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.core.streams import name_key
from tidings.flow.compiled import NOBODY, compiled
from tidings.geography.graph import Geography

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MODES = ("motor", "foot", "water")
"""Modes of roads; the parameter of each is called `speed_` and its name."""


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """A geography in arrays. Targets are all places, then all crossings."""

    n_places: int
    target_rank: Ints
    """Shape (target,): by the keys of the ids, so that the order of rows in a table plays no part."""
    road_ends: Ints
    """Shape (road, 2)."""
    road_km: Floats
    """Shape (road,)."""
    road_speed: Floats
    """Shape (road,): its own, km per day; NaN where it has that of its mode."""
    road_mode: Ints
    """Shape (road,): position in `MODES`."""
    is_by_road: Flags
    """Shape (road,): false where the road joins the two sides of a crossing."""
    sides: Ints
    """Shape (crossing, 2): side a, where people wait, and side b."""

    def days(self, parameters: Mapping[str, float]) -> Floats:
        """Return the days that each road takes, not rounded. Shape (road,)."""
        speeds = np.array([parameters[f"speed_{mode}"] for mode in MODES])
        return self.road_km / np.where(np.isnan(self.road_speed), speeds[self.road_mode], self.road_speed)


def ways_of(geography: Geography) -> Ways:
    """Turn places, roads and crossings into arrays.

    Raises
    ------
    ValueError
        If a road has no length and an end without coordinates.
    """
    index, roads = geography.index, geography.roads
    ends = [(index[road.from_], index[road.to]) for road in roads]
    sides = [(index[each.side_a], index[each.side_b]) for each in geography.crossings]
    joined = {*sides, *((b, a) for a, b in sides)}
    names = [place.id for place in geography.places] + [f"crossing {each.id}" for each in geography.crossings]
    keys = np.array([name_key(name) for name in names], np.uint64)
    return Ways(
        n_places=len(geography.places),
        target_rank=np.argsort(np.argsort(keys, kind="stable"), kind="stable"),
        road_ends=np.array(ends, np.int64).reshape(-1, 2),
        road_km=np.array(geography.lengths_km, float),
        road_speed=np.array([road.speed_km_per_day or np.nan for road in roads], float),
        road_mode=np.array([MODES.index(road.mode) for road in roads], np.int64),
        is_by_road=np.array([pair not in joined for pair in ends], bool),
        sides=np.array(sides, np.int64).reshape(-1, 2),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The routes of one world on one day, in compressed rows: those from place p are `starts[p]:starts[p + 1]`."""

    starts: Ints
    """Shape (place + 1,)."""
    target: Ints
    """Shape (route,)."""
    km: Floats
    days: Ints
    """Shape (route,): whole days on the road, at least one unless people already stand at the crossing."""
    component: Ints
    """Shape (place,): places with the same number are joined by passable roads and crossings that are not closed."""
    neighbour_starts: Ints
    """Shape (place + 1,): rows of what each place is joined to directly, by a road or a crossing."""
    neighbours: Ints
    neighbour_days: Floats

    @property
    def origin(self) -> Ints:
        """Shape (route,): the place that each route starts from."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def network_of(ways: Ways, road_days: Floats, passable: Flags, is_open: Flags, awareness_hops: int) -> Network:
    """Find all routes over the passable roads.

    Parameters
    ----------
    road_days
        Shape (road,): see `Ways.days`.
    passable
        Shape (road,).
    is_open
        Shape (crossing,): not closed.
    """
    in_use = passable & ways.is_by_road
    roads = _neighbours(ways.n_places, ways.road_ends[in_use], road_days[in_use], ways.road_km[in_use])
    starts, target, km, days = find_routes(*roads, ways.sides[:, 0].copy(), is_open, awareness_hops, ways.target_rank)
    ends = np.concatenate([ways.road_ends[in_use], ways.sides[is_open]])
    days_home = np.concatenate([road_days[in_use], np.zeros(int(is_open.sum()))])
    home_starts, home_to, home_days, _ = _neighbours(ways.n_places, ends, days_home, days_home)
    return Network(starts, target, km, days, components(home_starts, home_to), home_starts, home_to, home_days)


@compiled
def _neighbours(n_places: int, ends: Ints, days: Floats, km: Floats) -> tuple[Ints, Ints, Floats, Floats]:
    """Return, in compressed rows, what each place is joined to directly; every road is there in both directions."""
    starts, at = np.zeros(n_places + 1, np.int64), np.empty(n_places, np.int64)
    for road in range(len(ends)):
        starts[ends[road, 0] + 1] += 1
        starts[ends[road, 1] + 1] += 1
    for place in range(n_places):
        at[place] = starts[place]
        starts[place + 1] += starts[place]
    to, to_days, to_km = np.empty(2 * len(ends), np.int64), np.empty(2 * len(ends)), np.empty(2 * len(ends))
    for road in range(len(ends)):
        for side in range(2):
            here = ends[road, side]
            to[at[here]], to_days[at[here]], to_km[at[here]] = ends[road, 1 - side], days[road], km[road]
            at[here] += 1
    return starts, to, to_days, to_km


class _Search(NamedTuple):
    """What one search after the other works with."""

    days: Floats
    """Shape (place,): the quickest way found to each; inf between searches."""
    km: Floats
    reached: Ints
    """Shape (place,): the places found, in the order in which they were."""
    before_days: Floats
    before_km: Floats
    """Shape (place,): of the places reached, as they were before a hop."""
    found: Ints
    """Shape (target,)."""
    found_days: Floats
    found_km: Floats


@compiled
def find_routes(
    starts: Ints, to: Ints, days: Floats, km: Floats, side_a: Ints, is_open: Flags, hops: int, rank: Ints
) -> tuple[Ints, Ints, Floats, Ints]:
    """Return the rows, targets, lengths and days of the routes from every place."""
    n_places, n_targets = len(starts) - 1, len(rank)
    search = _Search(
        np.empty(n_places),
        np.empty(n_places),
        np.empty(n_places, np.int64),
        np.empty(n_places),
        np.empty(n_places),
        np.empty(n_targets, np.int64),
        np.empty(n_targets),
        np.empty(n_targets),
    )
    for place in range(n_places):
        search.days[place] = search.km[place] = np.inf
    rows = np.zeros(n_places + 1, np.int64)
    for place in range(n_places):
        rows[place + 1] = rows[place] + _search(place, starts, to, days, km, side_a, is_open, hops, search)
    target, route_km, route_days = np.empty(rows[-1], np.int64), np.empty(rows[-1]), np.empty(rows[-1], np.int64)
    for place in range(n_places):
        count = _search(place, starts, to, days, km, side_a, is_open, hops, search)
        _sort(search, count, rank)
        for number in range(count):
            at, end = rows[place] + number, search.found[number]
            target[at], route_km[at] = end, search.found_km[number]
            route_days[at] = max(int(np.ceil(search.found_days[number] - 1e-9)), 1 if end < n_places else 0)
    return rows, target, route_km, route_days


@compiled
def _sort(search: _Search, count: int, rank: Ints) -> None:
    """Put the targets found in the order of their ranks, one after the other: they are a few dozen."""
    for number in range(1, count):
        end, days, km, at = search.found[number], search.found_days[number], search.found_km[number], number
        while at > 0 and rank[search.found[at - 1]] > rank[end]:
            search.found[at], search.found_days[at] = search.found[at - 1], search.found_days[at - 1]
            search.found_km[at] = search.found_km[at - 1]
            at -= 1
        search.found[at], search.found_days[at], search.found_km[at] = end, days, km


@compiled
def _search(
    place: int, starts: Ints, to: Ints, days: Floats, km: Floats, side_a: Ints, is_open: Flags, hops: int,
    search: _Search,
) -> int:  # fmt: skip
    """Find the targets of one place, and return how many."""
    search.reached[0] = place
    search.days[place] = search.km[place] = 0.0
    count, n_reached = 0, NOBODY + 1
    for hop in range(hops + 1):
        if hop == hops - 1:  # a crossing is the last of the roads
            count = _crossings(side_a, is_open, search)
        if hop < hops:
            n_reached = _one_hop(starts, to, days, km, search, n_reached)
    for number in range(n_reached):
        end = search.reached[number]
        if end != place:
            search.found[count], search.found_days[count], search.found_km[count] = (
                end,
                search.days[end],
                search.km[end],
            )
            count += 1
        search.days[end] = search.km[end] = np.inf
    return count


@compiled
def _crossings(side_a: Ints, is_open: Flags, search: _Search) -> int:
    count, n_places = 0, len(search.days)
    for crossing in range(len(side_a)):
        side = side_a[crossing]
        if is_open[crossing] and search.days[side] < np.inf:
            search.found[count] = n_places + crossing
            search.found_days[count], search.found_km[count] = search.days[side], search.km[side]
            count += 1
    return count


@compiled
def _one_hop(starts: Ints, to: Ints, days: Floats, km: Floats, search: _Search, n_reached: int) -> int:
    """Go one road further from all places reached so far, with the times of before the hop."""
    for number in range(n_reached):
        here = search.reached[number]
        search.before_days[number], search.before_km[number] = search.days[here], search.km[here]
    n_after = n_reached
    for number in range(n_reached):
        here = search.reached[number]
        for road in range(starts[here], starts[here + 1]):
            end, time = to[road], search.before_days[number] + days[road]
            length = search.before_km[number] + km[road]
            if time < search.days[end] or (time == search.days[end] and length < search.km[end]):
                if search.days[end] == np.inf:
                    search.reached[n_after] = end
                    n_after += 1
                search.days[end], search.km[end] = time, length
    return n_after


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
