"""Which places hang together by open roads, in many sampled worlds at once: compiled, for countries with many roads.

A world is a bit. What one place reaches spreads over the roads in all worlds together, a word of them at a time; hubs
that hang together in a world spread as one there.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
WORD = 64
"""Worlds a word."""


@numba.njit(cache=True)
def _n_bits(word: np.uint64) -> np.int64:
    """Count the ones of a word (Warren 2012, "Hacker's Delight", 2nd ed., 5-1)."""
    word = word - ((word >> np.uint64(1)) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@numba.njit(cache=True)
def _count_bits(words: Words) -> Counts:
    """Count the ones of each row."""
    n_rows, n_words = words.shape
    found = np.zeros(n_rows, dtype=np.int64)
    for row in range(n_rows):
        for number in range(n_words):
            if words[row, number]:
                found[row] += _n_bits(words[row, number])
    return found


@numba.njit(cache=True)
def _roads_at(a: Ints, b: Ints, n_places: int) -> tuple[Ints, Ints, Ints]:
    """Return the roads at each place one place after the other: where each begins, the roads, and their other ends."""
    first = np.zeros(n_places + 1, dtype=np.int64)
    for road in range(len(a)):
        first[a[road] + 1] += 1
        first[b[road] + 1] += 1
    first = np.cumsum(first)
    at, roads, others = first.copy(), np.empty(2 * len(a), dtype=np.int64), np.empty(2 * len(a), dtype=np.int64)
    for road in range(len(a)):
        for here, there in ((a[road], b[road]), (b[road], a[road])):
            roads[at[here]], others[at[here]] = road, there
            at[here] += 1
    return first, roads, others


@numba.njit(cache=True)
def _spread(reached: Words, news: Words, starts: Ints, first: Ints, roads: Ints, others: Ints, opens: Words) -> None:
    """Spread what the places to start from have reached over open roads, until nothing new is reached.

    `news` is to write in: it is empty before and after.
    """
    n_places, n_words = reached.shape
    is_waiting, waiting = np.zeros(n_places, dtype=np.bool_), np.empty(n_places, dtype=np.int64)
    head, n_waiting, carried = 0, 0, np.empty(n_words, dtype=np.uint64)
    for place in starts:
        news[place] = reached[place]
        if not is_waiting[place]:
            is_waiting[place], waiting[n_waiting], n_waiting = True, place, n_waiting + 1
    tail = n_waiting % n_places
    while n_waiting:
        place = waiting[head]
        head, n_waiting, is_waiting[place] = (head + 1) % n_places, n_waiting - 1, False
        for number in range(n_words):
            carried[number], news[place, number] = news[place, number], 0
        for at in range(first[place], first[place + 1]):
            road, other, is_any = roads[at], others[at], False
            for number in range(n_words):
                new = carried[number] & opens[road, number] & ~reached[other, number]
                if new:
                    reached[other, number] |= new
                    news[other, number] |= new
                    is_any = True
            if is_any and not is_waiting[other]:
                is_waiting[other], waiting[tail] = True, other
                tail, n_waiting = (tail + 1) % n_places, n_waiting + 1


@numba.njit(cache=True)
def _count_hubs(reached: Words, hubs: Ints, by_hub: Counts) -> None:
    """Add the worlds in which each place is joined with each hub, of those in which one hub has reached it.

    Most often the hubs that it reaches at all it reaches in the same worlds: those are counted once for all. Shape of
    `by_hub` (hub, place).
    """
    n_places, n_words = reached.shape
    met, n_met, together = np.empty(len(hubs), dtype=np.int64), 0, ~np.zeros(n_words, dtype=np.uint64)
    for number in range(len(hubs)):
        if reached[hubs[number]].any():
            met[n_met], n_met = number, n_met + 1
            together &= reached[hubs[number]]
    counted = np.zeros(n_places, dtype=np.int64)
    for place in range(n_places):
        for word in range(n_words):
            here = reached[place, word]
            if here:
                counted[place] += _n_bits(here & together[word])
                apart = here & ~together[word]
                for number in met[:n_met] if apart else met[:0]:
                    by_hub[number, place] += _n_bits(apart & reached[hubs[number], word])
    for number in met[:n_met]:
        by_hub[number] += counted


@numba.njit(cache=True)
def _open_words(luck: NDArray[np.float64], least: NDArray[np.float64]) -> Words:
    """Return which worlds each road is open in, at each level. Shape (level, road, word)."""
    n_roads, n_worlds = luck.shape
    n_levels = len(least)
    opens = np.zeros((n_levels, n_roads, (n_worlds + WORD - 1) // WORD), dtype=np.uint64)
    for road in range(n_roads):
        for number in range(n_worlds // WORD):
            start = number * WORD
            for level in range(n_levels):  # of one road after the other, while its luck is at hand
                word, needed = np.uint64(0), least[level, road]
                for bit in range(WORD):  # of a fixed number, for the compiler to do many at once
                    word |= np.uint64(luck[road, start + bit] >= needed) << np.uint64(bit)
                opens[level, road, number] = word
        for world in range(n_worlds // WORD * WORD, n_worlds):
            for level in range(n_levels):
                opens[level, road, -1] |= np.uint64(luck[road, world] >= least[level, road]) << np.uint64(world % WORD)
    return opens


@numba.njit(cache=True)
def count_joined(
    a: Ints,
    b: Ints,
    luck: NDArray[np.float64],
    least: NDArray[np.float64],
    hubs: Ints,
    edge: Ints,
    n_places: int,
) -> tuple[Counts, Counts, Counts]:
    """Count the worlds in which each place is joined by open roads with any hub, with each, and with hub or edge.

    Parameters
    ----------
    a, b
        Places at the ends of each road. Shape (road,).
    luck
        Of each road in each world. Shape (road, world).
    least
        The least luck with which a road is open. Shape (level, road).
    hubs, edge
        Places.

    Returns
    -------
    tuple[Counts, Counts, Counts]
        Shapes (level, place), (level, place, hub), (level, place).
    """
    n_levels, n_hubs = len(least), len(hubs)
    first, roads, others = _roads_at(a, b, n_places)
    any_hub = np.zeros((n_levels, n_places), dtype=np.int64)
    by_hub = np.zeros((n_levels, n_hubs, n_places), dtype=np.int64)
    any_out = np.zeros((n_levels, n_places), dtype=np.int64)
    all_worlds = _open_words(np.ones((1, luck.shape[1])), np.zeros((1, 1)))[0, 0]
    every = _open_words(luck, least)
    for level in range(n_levels):
        opens = every[level]
        joined = np.zeros((n_places, opens.shape[1]), dtype=np.uint64)
        reached, news = np.zeros_like(joined), np.zeros_like(joined)
        for hub in hubs:
            leads = all_worlds & ~joined[hub]  # in the other worlds an earlier hub has reached all that it would
            if leads.any():
                reached[:] = 0
                reached[hub] = leads
                _spread(reached, news, np.array([hub]), first, roads, others, opens)
                joined |= reached
                _count_hubs(reached, hubs, by_hub[level])
        any_hub[level] = _count_bits(joined)
        for place in edge:
            joined[place] = all_worlds
        _spread(joined, news, edge, first, roads, others, opens)
        any_out[level] = _count_bits(joined)
    return any_hub, by_hub.transpose(0, 2, 1), any_out
