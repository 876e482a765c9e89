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
def _join(above: NDArray[np.int64], a: NDArray[np.int64], b: NDArray[np.int64], is_open: NDArray[np.bool_]) -> None:
    for road in range(len(a)):
        if is_open[road]:
            x, y = _root(above, a[road]), _root(above, b[road])
            if x < y:
                above[y] = x
            elif y < x:
                above[x] = y


@numba.njit(cache=True)
def _count(
    above: NDArray[np.int64],
    hubs: NDArray[np.int64],
    out: NDArray[np.int64],
    any_hub: NDArray[np.int64],
    by_hub: NDArray[np.int64],
    every_hub: NDArray[np.int64],
    any_out: NDArray[np.int64],
) -> None:
    n_places = len(above)
    n_hubs, is_out = np.zeros(n_places, dtype=np.int64), np.zeros(n_places, dtype=np.bool_)
    roots = np.empty(len(hubs), dtype=np.int64)
    for number in range(len(hubs)):
        roots[number] = _root(above, hubs[number])
        n_hubs[roots[number]] += 1
    for place in out:
        is_out[_root(above, place)] = True
    for place in range(n_places):
        root = _root(above, place)
        any_out[place] += is_out[root]
        if n_hubs[root] == len(hubs):
            every_hub[place] += 1  # most often all hubs hang together: they are counted once, at the end
        elif n_hubs[root]:
            any_hub[place] += 1
            for number in range(len(hubs)):
                by_hub[place, number] += roots[number] == root


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
        Shape (level, world, road): what is open at a level is open at the next one too.
    hubs, out
        Places.

    Returns
    -------
    tuple[Counts, Counts, Counts]
        Shapes (level, place), (level, place, hub), (level, place).
    """
    n_levels, n_worlds, _ = is_open.shape
    any_hub = np.zeros((n_levels, n_places), dtype=np.int64)
    by_hub = np.zeros((n_levels, n_places, len(hubs)), dtype=np.int64)
    every_hub = np.zeros((n_levels, n_places), dtype=np.int64)
    any_out = np.zeros((n_levels, n_places), dtype=np.int64)
    for world in range(n_worlds):
        above = np.arange(n_places)
        for level in range(n_levels):
            opens = is_open[level, world]
            if level:
                opens = opens & ~is_open[level - 1, world]  # the others are joined
            _join(above, a, b, opens)
            _count(above, hubs, out, any_hub[level], by_hub[level], every_hub[level], any_out[level])
    for number in range(len(hubs)):
        by_hub[:, :, number] += every_hub
    return any_hub + every_hub, by_hub, any_out
