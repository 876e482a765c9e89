"""Access: from which crossings and hubs a place can be reached by passable road, and whether it is encircled.

A place is surely cut off in a world where no way is left even if every road of which nothing is known were open; it is
surely reachable where a way of roads known to be passable remains; the rest is unknown. It is encircled where such ways
lead neither to a hub nor to the edge of the map, beyond which nothing is known (ACCESS-1 in docs/assess.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import cast

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from tidings.core.schema import Range, unchecked
from tidings.core.streams import uniforms
from tidings.geography.graph import Geography
from tidings.situation.situation import Access, PlaceState, YesNo

MOST_UNCOMPILED = 200_000
"""Roads times worlds that are searched without a compiled kernel."""
Ints = NDArray[np.int64]
Levels = NDArray[np.uint16]
Count = Callable[[Ints, Ints, Levels, Levels, Ints, Ints, int], tuple[Ints, Ints, Ints]]
LEVELS = 65_535
"""Steps of luck: finer by far than what 200 worlds tell apart, and a quarter as much to go through as floats are."""


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Over sampled worlds, the share in which a place is joined by open roads with what is asked for."""

    hub: NDArray[np.float64]
    """Shape (place,): with any hub."""
    by_hub: NDArray[np.float64]
    """Shape (place, hub)."""
    out: NDArray[np.float64]
    """Shape (place,): with any hub, or with a place at the edge of the map."""


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The ways out of each place over sampled worlds; nothing of it where there are no roads or no hubs."""

    hubs: tuple[str, ...]
    hopeful: Reached | None
    """Where every road of which nothing is known is open."""
    known: Reached | None
    """Where only roads known to be passable are."""


def ways(
    geography: Geography,
    hubs: tuple[str, ...],
    p_yes: NDArray[np.float64],
    p_no: NDArray[np.float64],
    luck: Callable[[], Levels],
) -> Ways:
    """Sample worlds of the roads and return what is reached in them.

    In a world a road is known to be passable from a luck of `1 - p_yes` (of all steps) on, and hoped to be from `p_no`.

    Parameters
    ----------
    hubs
        Ids of the places from which access is asked.
    p_yes, p_no
        That a road is passable, and that it is not. Shape (road,).
    luck
        Draws that of all roads, asked where there is anything to sample. Shape (world, road).
    """
    if not hubs or not geography.roads:
        return Ways(hubs, None, None)
    least = np.ceil(LEVELS * np.stack([1.0 - p_yes, np.minimum(p_no, 1.0 - p_yes)])).astype(np.uint16)
    reached_known, reached_hopeful = _reached(geography, hubs, luck(), least)
    return Ways(hubs, reached_hopeful, reached_known)


def drawn_luck(seed: int, n_worlds: int, addresses: Sequence[str]) -> Levels:
    """Draw the luck of roads in sampled worlds: each step from 0 to below `LEVELS` as likely. Shape (world, road)."""
    return (LEVELS * uniforms(seed, n_worlds, 0, "passable", addresses)).astype(np.uint16)


def access(ways: Ways, geography: Geography, places: tuple[PlaceState, ...]) -> tuple[Access, ...]:
    """Return the access of every place that has a road, from the hubs.

    Parameters
    ----------
    places
        In the order of the geography.
    """
    if ways.known is None or ways.hopeful is None:
        return ()
    near = ways.known.by_hub > 0.5
    p_cut, p_way = (1.0 - ways.hopeful.by_hub).tolist(), ways.known.by_hub.tolist()
    cut_off = [
        _odds(cut, way) for cut, way in zip((1.0 - ways.hopeful.hub).tolist(), ways.known.hub.tolist(), strict=True)
    ]
    with_roads = {end for road in geography.roads for end in (road.from_, road.to)}
    return tuple(
        unchecked(
            Access,
            place=place.id,
            reachable_from=tuple(compress(ways.hubs, near[k])),
            cut_off=cut_off[k],
            cut_off_from=dict(zip(ways.hubs, map(_odds, p_cut[k], p_way[k]), strict=True)),
            people=unchecked(Range, value=place.population.value, low=place.population.low, high=place.population.high),
        )
        for k, place in enumerate(places)
        if place.id in with_roads
    )


def encircled(ways: Ways, geography: Geography) -> dict[str, YesNo]:
    """Return for each place that has a road whether all ways out of it are shut; unknown at the edge of the map.

    It is what the graph says, beside what reports say of a siege: it needs no word of one.
    """
    if ways.known is None or ways.hopeful is None:
        return {}
    edge = geography.edge
    return {
        place.id: _odds(float(1.0 - ways.hopeful.out[k]), float(ways.known.out[k]))
        for k, place in enumerate(geography.places)
        if place.id in geography.reached and place.id not in edge
    }


@lru_cache(maxsize=65536)
def _odds(p_yes: float, p_no: float) -> YesNo:
    """Return the odds of shares of worlds: there are few different ones, and who has the same shares one value."""
    return YesNo(yes=p_yes, no=p_no, unknown=round(max(0.0, 1.0 - p_yes - p_no), 9))


def _reached(geography: Geography, hubs: tuple[str, ...], luck: Levels, least: Levels) -> Iterator[Reached]:
    """Yield what is reached at each level, by roads with the least luck of it. Shapes (world, road), (level, road)."""
    hub_numbers = np.array([geography.index[hub] for hub in hubs], dtype=np.int64)
    edge = np.array([geography.index[place] for place in sorted(geography.edge)], dtype=np.int64)
    count = _count_joined if luck.size <= MOST_UNCOMPILED else _compiled()
    n_worlds = len(luck)
    for counts in zip(*count(*geography.ends, luck, least, hub_numbers, edge, len(geography.places)), strict=True):
        yield Reached(*(of_level / n_worlds for of_level in counts))


def _compiled() -> Count:
    from tidings.assess.connected import count_joined  # a small country need not wait for the compiler

    return cast("Count", count_joined)


def _count_joined(
    a: Ints,
    b: Ints,
    luck: Levels,
    least: Levels,
    hubs: Ints,
    edge: Ints,
    n_places: int,
) -> tuple[Ints, Ints, Ints]:
    """Count as `connected.count_joined` does, without a compiler: quick where roads are few."""
    out = np.concatenate([hubs, edge])
    ends, n_levels = [(x, y, None) for x, y in zip(a.tolist(), b.tolist(), strict=True)], len(least)
    any_hub, by_hub = (np.zeros((n_levels, n_places, *more), dtype=np.int64) for more in ((), (len(hubs),)))
    any_out = np.zeros((n_levels, n_places), dtype=np.int64)
    for level in range(n_levels):
        for passable in luck >= least[level]:
            label = _components(n_places, list(compress(ends, passable)))
            joined = label[:, None] == label[hubs][None, :]
            any_hub[level] += joined.any(axis=1)
            by_hub[level] += joined
            any_out[level] += np.isin(label, label[out])
    return any_hub, by_hub, any_out


def _components(n_places: int, ends: list[tuple[int, int, None]]) -> NDArray[np.int64]:
    graph = rx.PyGraph()
    graph.add_nodes_from(range(n_places))
    graph.add_edges_from(ends)
    label = np.zeros(n_places, dtype=np.int64)
    for number, component in enumerate(rx.connected_components(graph)):
        label[list(component)] = number
    return label
