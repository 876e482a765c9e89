"""Which places hang together by open roads, in many sampled worlds: compiled, for countries with many roads.

In each world the places that hang together are found for themselves, so that it takes as long whatever is open. What
they are joined with is counted for all hubs at once, a bit for each.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Ints = NDArray[np.int64]
Levels = NDArray[np.uint16]
Numbers = NDArray[np.int32]
Words = NDArray[np.uint64]
HUBS = 62
"""Hubs in a word that tells what a place is joined with; its last bits tell of any hub, and of any hub or the edge."""


@numba.njit(cache=True, error_model="numpy")
def _listed(luck: Levels, least: Levels, level: int, a: Numbers, b: Numbers, ends: Numbers) -> np.int64:
    """Write down the ends of the roads that are open in a world from a level on; return how many there are.

    Shapes of `luck` (road,), of `ends` (2, road + 1).
    """
    n = np.int64(0)
    for road in range(len(a)):
        ends[0, n], ends[1, n] = a[road], b[road]  # to be written over by the next one where it is not open
        n += np.int64(luck[road] >= least[level, road])
        if level:  # taken off, not asked of each road first: a processor cannot foresee what is chance
            n -= np.int64(luck[road] >= least[level - 1, road])
    return n


@numba.njit(cache=True, error_model="numpy")
def _join(above: Numbers, ends: Numbers, n: np.int64) -> None:
    """Join the places at the ends of the first roads: each leads to the first place that hangs together with it.

    Rem's algorithm with splicing (Patwary, Blair & Manne 2010, "Experiments on union-find algorithms for the disjoint
    set data structure", SEA 2010).
    """
    for road in range(n):
        x, y = ends[0, road], ends[1, road]
        while above[x] != above[y]:
            if above[x] > above[y]:
                x, y = y, x
            over = above[y]
            above[y] = above[x]
            if y == over:
                break
            y = over
    for place in range(len(above)):
        above[place] = above[above[place]]  # what is above a place comes before it: by now it leads to the first


@numba.njit(cache=True, error_model="numpy")
def _mark(first: Numbers, hubs: Ints, start: int, edge: Ints, marks: Words, met: Words) -> None:
    """Write down what each place is joined with: which of the hubs from one on, any hub, any hub or the edge.

    `marks` is to write in: it is empty before and after. Shapes (place,).
    """
    one = np.uint64(1)
    for place in edge:
        marks[first[place]] = one << np.uint64(HUBS + 1)
    for number in range(len(hubs)):
        marks[first[hubs[number]]] |= np.uint64(3) << np.uint64(HUBS)
        if start <= number < start + HUBS:
            marks[first[hubs[number]]] |= one << np.uint64(number - start)
    for place in range(len(first)):
        met[place] = marks[first[place]]
    for place in edge:
        marks[first[place]] = 0
    for place in hubs:
        marks[first[place]] = 0


@numba.njit(cache=True, error_model="numpy")
def _add(met: Words, n_added: int, sums: Words, waiting: Words) -> None:
    """Add the bits of a world to those of so many before, each bit for itself; `met` is written over.

    Of two of a weight one waits for a third, to be added with it (carry-save, as in Warren 2012, "Hacker's Delight",
    2nd ed., 5-1, "Counting 1-bits in an array"). Shapes (weight, place).
    """
    weight = 0
    while (n_added >> weight) & 1:
        for place in range(len(met)):
            a, b, c = sums[weight, place], waiting[weight, place], met[place]
            either = a ^ b
            sums[weight, place], met[place] = either ^ c, (a & b) | (either & c)
        weight += 1
    waiting[weight] = met


@numba.njit(cache=True, error_model="numpy")
def _total(n_added: int, sums: Words, waiting: Words, first_bit: int, total: Counts) -> None:
    """Add up how often each bit was added, from one on. Shape of `total` (place, bit)."""
    n_weights, n_places = sums.shape
    one, n_bits = np.uint64(1), total.shape[1]
    for weight in range(n_weights):
        for place in range(n_places):
            a, b = sums[weight, place], waiting[weight, place] if (n_added >> weight) & 1 else np.uint64(0)
            if a | b:
                for bit in range(n_bits):
                    at = np.uint64(first_bit + bit)
                    total[place, bit] += np.int64(((a >> at) & one) + ((b >> at) & one)) << weight


@numba.njit(cache=True, error_model="numpy")
def count_joined(
    a: Ints, b: Ints, luck: Levels, least: Levels, hubs: Ints, edge: Ints, n_places: int
) -> tuple[Counts, Counts, Counts]:
    """Count the worlds in which each place is joined by open roads with any hub, with each, and with hub or edge.

    Parameters
    ----------
    a, b
        Places at the ends of each road. Shape (road,).
    luck
        Of each road in each world, in steps. Shape (world, road).
    least
        The least luck with which a road is open, at no level more than at the one before. Shape (level, road).
    hubs, edge
        Places.

    Returns
    -------
    tuple[Counts, Counts, Counts]
        Shapes (level, place), (level, place, hub), (level, place).
    """
    n_levels, n_worlds, n_hubs, n_weights = len(least), len(luck), len(hubs), 1
    while n_worlds >> n_weights:
        n_weights += 1
    a_short, b_short, ends = a.astype(np.int32), b.astype(np.int32), np.empty((2, len(a) + 1), dtype=np.int32)
    places, marks = np.arange(n_places).astype(np.int32), np.zeros(n_places, dtype=np.uint64)
    met, n_words = np.zeros_like(marks), (n_hubs + HUBS - 1) // HUBS
    sums = np.zeros((n_levels, n_words, n_weights, n_places), dtype=np.uint64)
    waiting = np.zeros_like(sums)
    for world in range(n_worlds):
        first = places.copy()
        for level in range(n_levels):
            _join(first, ends, _listed(luck[world], least, level, a_short, b_short, ends))
            for word in range(n_words):
                _mark(first, hubs, word * HUBS, edge, marks, met)
                _add(met, world, sums[level, word], waiting[level, word])
    by_hub = np.zeros((n_levels, n_places, n_hubs), dtype=np.int64)
    both = np.zeros((n_levels, n_places, 2), dtype=np.int64)
    for level in range(n_levels):
        _total(n_worlds, sums[level, 0], waiting[level, 0], HUBS, both[level])
        for word in range(n_words):
            some = by_hub[level, :, word * HUBS : (word + 1) * HUBS]
            _total(n_worlds, sums[level, word], waiting[level, word], 0, some)
    return both[:, :, 0], by_hub, both[:, :, 1]
