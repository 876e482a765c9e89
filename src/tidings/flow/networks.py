"""The networks of all members, one after another in the arrays that kernels walk, and the ways home in them."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import compiled
from tidings.flow.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOT_SEARCHED, NO_WAY = 0, -1
"""Entries of `Networks.days_home` before the search of a group, and where no road leads."""
LONGEST_DAYS = 32_000


class Networks(NamedTuple):
    """Fields as in `network.Network`; numbers of routes and of neighbours run on from one network to the next."""

    of_member: Ints
    """Shape (member,): number of the member's network; members whose roads, speeds and crossings are the same share."""
    starts: Ints
    """Shape (network, place + 1)."""
    target: Ints
    days: Ints
    component: Ints
    """Shape (network, place)."""
    homes: Ints
    """Shape (network, place): all places by group, then by component, then by the keys of their names."""
    days_home: NDArray[np.int16]
    """Shape (network, group, place): whole days to the nearest place of a group; searched when first asked for."""
    neighbour_starts: Ints
    """Shape (network, place + 1)."""
    neighbours: Ints
    neighbour_days: Floats


def joined(networks: Sequence[Network], of_member: Sequence[int] | Ints, homes: Ints, group_of_place: Ints) -> Networks:
    """Put networks one after another.

    Parameters
    ----------
    of_member
        Number of each member's network.
    homes
        Shape (place,): all places by group, then by the keys of their names.
    group_of_place
        Shape (place,).
    """
    n_places, n_groups = len(homes), int(group_of_place.max()) + 1
    component = np.stack([each.component for each in networks])
    by_part = [np.argsort(group_of_place[homes] * n_places + each[homes], kind="stable") for each in component]
    return Networks(
        of_member=np.array(of_member, np.int64),
        starts=_rows([each.starts for each in networks]),
        target=np.concatenate([each.target for each in networks]),
        days=np.concatenate([each.days for each in networks]),
        component=component,
        homes=np.stack([homes[order] for order in by_part]),
        days_home=np.zeros((len(networks), n_groups, n_places), np.int16),  # NOT_SEARCHED
        neighbour_starts=_rows([each.neighbour_starts for each in networks]),
        neighbours=np.concatenate([each.neighbours for each in networks]),
        neighbour_days=np.concatenate([each.neighbour_days for each in networks]),
    )


def _rows(starts: Sequence[Ints]) -> Ints:
    """Stack where rows begin, counted on from one network to the next."""
    ends = np.cumsum([0, *(each[-1] for each in starts)])
    rows: Ints = np.stack(starts) + ends[:-1, None]
    return rows


@compiled
def search_homes(networks: Networks, away: Ints, is_calm: Flags, group_of_place: Ints) -> None:
    """Search the ways to the groups of all calm places that somebody is away from. Shapes (member, place)."""
    for member in range(away.shape[0]):
        for place in range(away.shape[1]):
            if is_calm[member, place] and away[member, place] > 0:
                network, group = networks.of_member[member], group_of_place[place]
                if networks.days_home[network, group, place] == NOT_SEARCHED:
                    search_home(network, group, networks, group_of_place)


@compiled
def search_home(number: int, group: int, networks: Networks, group_of_place: Ints) -> None:
    """Fill in the whole days from everywhere to the nearest place of a group, in one network (Dijkstra's search)."""
    starts, days_home = networks.neighbour_starts[number], networks.days_home[number, group]
    best = np.full(len(group_of_place), np.inf)
    heap = [(0.0, place) for place in range(len(best)) if group_of_place[place] == group]
    for _, place in heap:
        best[place] = 0.0
    while heap:
        time, here = heapq.heappop(heap)
        if time > best[here]:
            continue
        for road in range(starts[here], starts[here + 1]):
            there, then = networks.neighbours[road], time + networks.neighbour_days[road]
            if then < best[there]:
                best[there] = then
                heapq.heappush(heap, (then, there))
    for place in range(len(best)):
        reached = best[place] < np.inf
        days_home[place] = max(1, int(np.ceil(min(best[place], LONGEST_DAYS) - 1e-9))) if reached else NO_WAY
