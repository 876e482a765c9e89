"""Access: from which crossings and hubs a place can be reached by passable road, and whether it is encircled.

A place is surely cut off in a world where no way is left even if every road of which nothing is known were open; it is
surely reachable where a way of roads known to be passable remains; the rest is unknown. It is encircled where such ways
lead neither to a hub nor to the edge of the map, beyond which nothing is known (ACCESS-1 in docs/assess.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from tidings.core.schema import Range
from tidings.core.streams import uniforms
from tidings.geography.graph import Geography
from tidings.situation.sample import road_luck
from tidings.situation.situation import Access, PlaceState, RoadState, YesNo


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
    geography: Geography, roads: tuple[RoadState, ...], hubs: tuple[str, ...], *, seed: int, n_worlds: int
) -> Ways:
    """Sample worlds of the roads and return what is reached in them.

    Parameters
    ----------
    hubs
        Ids of the places from which access is asked.
    """
    if not hubs or not roads:
        return Ways(hubs, None, None)
    luck = uniforms(seed, n_worlds, 0, "passable", [road_luck(road) for road in roads])
    hopeful = luck >= [road.passable.no for road in roads]
    known = luck >= [1.0 - road.passable.yes for road in roads]
    return Ways(hubs, _reached(geography, roads, hubs, hopeful), _reached(geography, roads, hubs, known))


def access(ways: Ways, roads: tuple[RoadState, ...], places: tuple[PlaceState, ...]) -> tuple[Access, ...]:
    """Return the access of every place that has a road, from the hubs.

    Parameters
    ----------
    places
        In the order of the geography.
    """
    if ways.known is None or ways.hopeful is None:
        return ()
    near = ways.known.by_hub > 0.5
    with_roads = {end for road in roads for end in (road.from_, road.to)}
    return tuple(
        Access(
            place=place.id,
            reachable_from=tuple(compress(ways.hubs, near[k])),
            cut_off=_odds(1.0 - ways.hopeful.hub[k], ways.known.hub[k]),
            cut_off_from={
                hub: _odds(1.0 - ways.hopeful.by_hub[k, n], ways.known.by_hub[k, n]) for n, hub in enumerate(ways.hubs)
            },
            people=Range(value=place.population.value, low=place.population.low, high=place.population.high),
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
    edge = map_edge(geography)
    return {
        place.id: _odds(1.0 - ways.hopeful.out[k], ways.known.out[k])
        for k, place in enumerate(geography.places)
        if place.id in geography.reached and place.id not in edge
    }


def map_edge(geography: Geography) -> frozenset[str]:
    """Return the ids of the places with roads that no other places surround: the corners of their convex hull.

    What lies beyond them is not on the map: a way that ends there may go on.
    """
    located = sorted(
        (place.lon, place.lat, place.id)
        for place in geography.places
        if place.id in geography.reached and place.lon is not None and place.lat is not None
    )
    lower, upper = _chain(located), _chain(located[::-1])
    return frozenset(id_ for _, _, id_ in (*lower, *upper))


Point = tuple[float, float, str]


def _chain(points: list[Point]) -> list[Point]:
    """Return one side of the convex hull of sorted points (Andrew's monotone chain)."""
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _odds(p_yes: float, p_no: float) -> YesNo:
    return YesNo(yes=float(p_yes), no=float(p_no), unknown=round(max(0.0, 1.0 - float(p_yes) - float(p_no)), 9))


def _reached(
    geography: Geography, roads: tuple[RoadState, ...], hubs: tuple[str, ...], is_open: NDArray[np.bool_]
) -> Reached:
    ends = [(geography.index[road.from_], geography.index[road.to], None) for road in roads]
    hub_numbers = [geography.index[hub] for hub in hubs]
    out_numbers = [*hub_numbers, *(geography.index[place] for place in sorted(map_edge(geography)))]
    n_places = len(geography.places)
    any_hub, by_hub, out = np.zeros(n_places), np.zeros((n_places, len(hubs))), np.zeros(n_places)
    for passable in is_open:
        label = _components(n_places, list(compress(ends, passable)))
        joined = label[:, None] == label[hub_numbers][None, :]
        any_hub += joined.any(axis=1)
        by_hub += joined
        out += np.isin(label, label[out_numbers])
    n_worlds = len(is_open)
    return Reached(any_hub / n_worlds, by_hub / n_worlds, out / n_worlds)


def _components(n_places: int, ends: list[tuple[int, int, None]]) -> NDArray[np.int64]:
    graph = rx.PyGraph()
    graph.add_nodes_from(range(n_places))
    graph.add_edges_from(ends)
    label = np.zeros(n_places, dtype=np.int64)
    for number, component in enumerate(rx.connected_components(graph)):
        label[list(component)] = number
    return label
