"""The geography of a crisis: its places, roads and crossings as one value."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property

import rustworkx as rx

from tidings.geography.places import DETOUR_FACTOR, Crossing, Place, Road, great_circle_km, names_shown


@dataclass(frozen=True)
class Geography:
    """Places, roads and crossings; roads and crossings name their ends by place id."""

    places: tuple[Place, ...] = ()
    roads: tuple[Road, ...] = ()
    crossings: tuple[Crossing, ...] = ()

    @cached_property
    def place_by_id(self) -> dict[str, Place]:
        """Places by their id."""
        return {place.id: place for place in self.places}

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each place id in `places`."""
        return {place.id: number for number, place in enumerate(self.places)}

    @cached_property
    def shown_names(self) -> dict[str, str]:
        """Names of places and crossings by id; of places, or crossings, that share a name each carries its id."""
        return {**names_shown(self.crossings), **names_shown(self.places)}

    @cached_property
    def reached(self) -> frozenset[str]:
        """Ids of the places that a road or crossing leads to."""
        roads = (end for road in self.roads for end in (road.from_, road.to))
        return frozenset(roads).union(side for each in self.crossings for side in (each.side_a, each.side_b))

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """Ids of places by part: roads and crossings join those of a part, and no other; the largest part is first."""
        graph: rx.PyGraph[None, None] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * len(self.places))
        ends = [(road.from_, road.to) for road in self.roads] + [(each.side_a, each.side_b) for each in self.crossings]
        known = [(self.index[a], self.index[b]) for a, b in ends if a in self.index and b in self.index]
        graph.add_edges_from_no_data(known)
        parts = sorted(
            (sorted(part) for part in rx.connected_components(graph)), key=lambda part: (-len(part), part[0])
        )
        return tuple(tuple(self.places[number].id for number in part) for part in parts)

    def length_km(self, road: Road) -> tuple[float, bool]:
        """Return the length of a road and whether it is assumed (great circle × 1.3)."""
        if road.length_km is not None:
            return road.length_km, False
        a, b = self.place_by_id[road.from_], self.place_by_id[road.to]
        if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
            raise ValueError(f"road {road.id} has no length and an end without coordinates")
        return max(0.1, DETOUR_FACTOR * great_circle_km(a.lat, a.lon, b.lat, b.lon)), True

    @cached_property
    def lengths_km(self) -> tuple[float, ...]:
        """Lengths of all roads, in their order."""
        return tuple(self.length_km(road)[0] for road in self.roads)

    def shortest_way(self, a: str, b: str) -> tuple[str, ...]:
        """Return the ids of the roads of the shortest way between two places; empty where there is none."""
        start, goal = self.index[a], self.index[b]
        if start == goal:
            return ()
        paths = rx.dijkstra_shortest_paths(self._graph, start, goal, weight_fn=lambda edge: edge[1])
        if goal not in paths:
            return ()
        path = list(paths[goal])
        return tuple(self._graph.get_edge_data(x, y)[0] for x, y in itertools.pairwise(path))

    def roads_at(self, place: str) -> tuple[str, ...]:
        """Return the ids of the roads that end at a place."""
        return tuple(road.id for road in self.roads if place in (road.from_, road.to))

    @cached_property
    def _graph(self) -> rx.PyGraph[str, tuple[str, float]]:
        graph: rx.PyGraph[str, tuple[str, float]] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([place.id for place in self.places])
        for road in sorted(self.roads, key=lambda road: -self.length_km(road)[0]):  # of two roads the shorter stays
            edge = (road.id, self.length_km(road)[0])
            graph.add_edge(self.index[road.from_], self.index[road.to], edge)
        return graph
