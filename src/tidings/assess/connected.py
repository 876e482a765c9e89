"""Which places hang together by open roads, in many sampled worlds at once: compiled, for countries with many roads."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]


@numba.njit(cache=True)
def _root(above: NDArray[np.int64], place: int) -> int:
    while above[place] != place:
        above[place] = above[above[place]]  # halve the way up, for the next who asks
        place = above[place]
    return place


@numba.njit(cache=True)
def count_joined(
    a: NDArray[np.int64],
    b: NDArray[np.int64],
    is_open: NDArray[np.bool_],
    hubs: NDArray[np.int64],
    out: NDArray[np.int64],
    n_places: int,
) -> tuple[Counts, Counts, Counts]:
    """Count the worlds in which each place is joined by open roads with any hub, with each, and with any way out.

    Union-find, world by world (Tarjan 1975, "Efficiency of a good but not linear set union algorithm").

    Parameters
    ----------
    a, b
        Places at the ends of each road. Shape (road,).
    is_open
        Shape (world, road).
    hubs, out
        Places.

    Returns
    -------
    tuple[Counts, Counts, Counts]
        Shapes (place,), (place, hub), (place,).
    """
    any_hub = np.zeros(n_places, dtype=np.int64)
    by_hub = np.zeros((n_places, len(hubs)), dtype=np.int64)
    any_out = np.zeros(n_places, dtype=np.int64)
    above = np.empty(n_places, dtype=np.int64)
    is_hub, is_out = np.empty(n_places, dtype=np.bool_), np.empty(n_places, dtype=np.bool_)
    roots = np.empty(len(hubs), dtype=np.int64)
    n_hubs = np.zeros(n_places, dtype=np.int64)
    every_hub = np.zeros(n_places, dtype=np.int64)
    for world in range(len(is_open)):
        for place in range(n_places):
            above[place] = place
            is_hub[place] = is_out[place] = False
            n_hubs[place] = 0
        for road in range(len(a)):
            if is_open[world, road]:
                x, y = _root(above, a[road]), _root(above, b[road])
                if x != y:
                    above[max(x, y)] = min(x, y)
        for number in range(len(hubs)):
            roots[number] = _root(above, hubs[number])
            is_hub[roots[number]] = True
            n_hubs[roots[number]] += 1
        for place in out:
            is_out[_root(above, place)] = True
        for place in range(n_places):
            root = _root(above, place)
            any_out[place] += is_out[root]
            if is_hub[root]:
                any_hub[place] += 1
                if n_hubs[root] == len(hubs):
                    every_hub[place] += 1  # most often all hubs hang together: they are counted once, below
                else:
                    for number in range(len(hubs)):
                        by_hub[place, number] += roots[number] == root
    for place in range(n_places):
        for number in range(len(hubs)):
            by_hub[place, number] += every_hub[place]
    return any_hub, by_hub, any_out
