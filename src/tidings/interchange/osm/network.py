"""From ways to roads between places: shortest ways, and which of them are roads of their own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import rustworkx as rx

from tidings.geography.places import EARTH_RADIUS_KM, Place
from tidings.interchange.osm.ways import Floats, Ints, Ways, step_km

Graph: TypeAlias = "rx.PyGraph[int, tuple[float, float]]"
AS_FAR = 1.05
"""A third place lies on the way between two where the way over it takes up to so many times as long."""


@dataclass(frozen=True, slots=True)
class Found:
    """A road between two places."""

    start: int
    end: int
    """Numbers of the places."""
    km: float
    days: float
    """Time at the assumed speeds."""


@dataclass(frozen=True, slots=True)
class Snapped:
    """Where a place meets the roads: the nearest node."""

    step: int
    """Number of a step of the ways; -1 where no road is near enough."""
    km: float
    """Distance from the place; infinite where there is no road at all."""


def snap(places: Sequence[Place], ways: Ways, *, within_km: float) -> tuple[Snapped, ...]:
    """Return the nearest node of a road to each place."""
    order = np.argsort(ways.lat, kind="stable")
    lat = ways.lat[order]
    return tuple(_nearest(place, ways, order, lat, within_km) for place in places)


def _nearest(place: Place, ways: Ways, order: Ints, lat: Floats, within_km: float) -> Snapped:
    assert place.lat is not None
    assert place.lon is not None
    reach = np.degrees(within_km / EARTH_RADIUS_KM)
    low, high = np.searchsorted(lat, (place.lat - reach, place.lat + reach))
    near = order[low:high]
    if not len(near):
        return Snapped(-1, np.inf)
    a, b = np.radians(ways.lat[near]), np.radians(place.lat)
    across = np.radians(ways.lon[near] - place.lon)
    half = np.sin((a - b) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(across / 2) ** 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    best = int(np.lexsort((ways.refs[near], km))[0])
    return Snapped(int(near[best]) if km[best] <= within_km else -1, float(km[best]))


def roads_between(
    ways: Ways, steps: Sequence[int], *, progress: Callable[[int, int], None] = lambda done, total: None
) -> tuple[Found, ...]:
    """Return the roads between places that stand at some steps of the ways.

    Pairs of places are gone through from the nearest to the farthest. Two are joined where the shortest way in time
    between them is more than five in a hundred quicker than any over roads found before, and so passes no third place.
    (The greedy spanner of Althöfer, Das, Dobkin, Joseph and Soares 1993, Discrete and Computational Geometry 9:81-100:
    it joins whatever the ways join, and no way over its roads is longer than so.) Of places at one node the first
    stands for all; the others are joined to it.

    Parameters
    ----------
    steps
        Numbers of the steps at which the places stand.
    progress
        Called with (places done, places in all).
    """
    graph, node_of = _graph(ways, steps)
    at = [node_of[int(ways.refs[step])] for step in steps]
    first = {node: number for number, node in reversed(list(enumerate(at)))}
    nodes = sorted(first, key=first.__getitem__)
    days = _days_between(graph, nodes, progress)
    found = [_road(graph, nodes[a], nodes[b], first) for a, b in _own_pairs(days)]
    beside = (Found(first[node], number, 0.0, 0.0) for number, node in enumerate(at) if first[node] != number)
    return tuple(sorted((*found, *beside), key=lambda road: (road.start, road.end)))


def _days_between(graph: Graph, nodes: Sequence[int], progress: Callable[[int, int], None]) -> Floats:
    days = np.full((len(nodes), len(nodes)), np.inf)
    for number, node in enumerate(nodes):
        lengths = rx.dijkstra_shortest_path_lengths(graph, node, _days)
        days[number] = [lengths[other] if other in lengths else np.inf for other in nodes]  # noqa: SIM401
        progress(number + 1, len(nodes))
    np.fill_diagonal(days, 0.0)
    quicker: Floats = np.minimum(days, days.T)  # sums of floats hang on the direction in which they were made
    return quicker


def _own_pairs(days: Floats) -> Iterator[tuple[int, int]]:
    """Yield the pairs between which no way over the pairs before is nearly as quick."""
    over = np.where(np.eye(len(days), dtype=bool), 0.0, np.inf)
    a, b = np.triu_indices(len(days), 1)
    for pair in np.argsort(days[a, b], kind="stable"):
        i, j = int(a[pair]), int(b[pair])
        direct = days[i, j]
        if not np.isfinite(direct):
            return
        if over[i, j] > AS_FAR * direct:
            yield i, j
            through = np.minimum(over[:, i, None] + over[None, j], over[:, j, None] + over[None, i])
            np.minimum(over, through + direct, out=over)


def _days(edge: tuple[float, float]) -> float:
    return edge[1]


def _road(graph: Graph, start: int, end: int, first: Mapping[int, int]) -> Found:
    paths = rx.dijkstra_shortest_paths(graph, start, end, weight_fn=_days)
    edges = [graph.get_edge_data(x, y) for x, y in itertools.pairwise(paths[end])]
    return Found(first[start], first[end], sum(edge[0] for edge in edges), sum(edge[1] for edge in edges))


def _graph(ways: Ways, steps: Sequence[int]) -> tuple[Graph, dict[int, int]]:
    """Return junctions, ends of ways and places as nodes, the stretches between as edges (km, days)."""
    nodes, position, counts = np.unique(ways.refs, return_inverse=True, return_counts=True)
    is_kept = counts > 1
    is_kept[position[_ends(ways)]] = True
    is_kept[position[list(steps)]] = True
    kept = np.flatnonzero(is_kept[position])
    km = np.concatenate(([0.0], np.cumsum(step_km(ways))))
    number = np.cumsum(is_kept) - 1
    a, b = kept[:-1], kept[1:]
    same_way = ways.way[a] == ways.way[b]
    a, b = a[same_way], b[same_way]
    length = km[b] - km[a]
    days = length / ways.km_per_day[ways.way[a]]
    start, end = number[position[a]], number[position[b]]
    graph: Graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from([int(ref) for ref in nodes[is_kept]])
    order = np.argsort(-days, kind="stable")  # of two stretches between two junctions the quicker stays
    is_loop = start == end
    graph.add_edges_from(
        [(int(start[i]), int(end[i]), (float(length[i]), float(days[i]))) for i in order if not is_loop[i]]
    )
    return graph, {int(ref): n for n, ref in enumerate(nodes[is_kept])}


def _ends(ways: Ways) -> Ints:
    changes = np.flatnonzero(np.diff(ways.way))
    return np.concatenate(([0], changes, changes + 1, [len(ways.way) - 1]))
