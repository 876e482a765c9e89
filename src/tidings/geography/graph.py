"""The geography of a crisis: its places, roads and crossings as one value."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tidings.geography.hull import hull
from tidings.geography.places import DETOUR_FACTOR, EARTH_RADIUS_KM, Crossing, Place, Road, great_circle_km, names_shown

if TYPE_CHECKING:  # a command that asks for no way need not wait for them
    import numpy as np
    import rustworkx as rx
    from numpy.typing import NDArray


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
    def edge(self) -> frozenset[str]:
        """Ids of the places with roads that no other places surround: the corners of their convex hull.

        What lies beyond them is not on the map: a way that ends there may go on.
        """
        with_roads = (place for place in self.places if place.id in self.reached)
        return hull((p.lon, p.lat, p.id) for p in with_roads if p.lon is not None and p.lat is not None)

    @cached_property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """Ids of places by part: roads and crossings join those of a part, and no other; the largest part is first."""
        import rustworkx as rx

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
        if (a, b) not in self._ways:
            self._ways[a, b] = self._way(self.index[a], self.index[b])
        return self._ways[a, b]

    def _way(self, start: int, goal: int) -> tuple[str, ...]:
        if start == goal:
            return ()
        import rustworkx as rx

        paths = rx.dijkstra_shortest_paths(self._graph, start, goal, weight_fn=lambda edge: edge[1])
        if goal not in paths:
            return ()
        path = list(paths[goal])
        return tuple(self._graph.get_edge_data(x, y)[0] for x, y in itertools.pairwise(path))

    def roads_at(self, place: str) -> tuple[str, ...]:
        """Return the ids of the roads that end at a place."""
        return self._roads_at.get(place, ())

    @cached_property
    def road_ids(self) -> frozenset[str]:
        """Ids of all roads."""
        return frozenset(road.id for road in self.roads)

    @cached_property
    def road_order(self) -> tuple[str, ...]:
        """Ids of all roads, in their order."""
        return tuple(road.id for road in self.roads)

    @cached_property
    def ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Positions of the places at the two ends of each road. Shape (road,) each."""
        import numpy as np

        a, b = ([self.index[getattr(road, end)] for road in self.roads] for end in ("from_", "to"))
        return np.array(a, dtype=np.int64), np.array(b, dtype=np.int64)

    @cached_property
    def near_sides(self) -> dict[str, str]:
        """The place on the first side of each crossing, by the id of the crossing."""
        return {crossing.id: crossing.side_a for crossing in self.crossings}

    @cached_property
    def _roads_at(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for road in self.roads:
            for end in dict.fromkeys((road.from_, road.to)):
                found.setdefault(end, []).append(road.id)
        return {place: tuple(roads) for place, roads in found.items()}

    @cached_property
    def _ways(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The shortest ways that were asked for so far."""
        return {}

    def within_km(self, reach_km: float) -> dict[str, tuple[tuple[str, float], ...]]:
        """Return by place the other places within a distance, in their order, each with its distance in km."""
        if reach_km not in self._near:
            self._near[reach_km] = self._within(reach_km)
        return self._near[reach_km]

    def _within(self, reach_km: float) -> dict[str, tuple[tuple[str, float], ...]]:
        import numpy as np

        points = [(p.id, p.lat, p.lon) for p in self.places if p.lat is not None and p.lon is not None]
        lats, lons = (np.radians([point[axis] for point in points]) for axis in (1, 2))
        order = np.argsort(lats, kind="stable")
        ordered, angle = (
            lats[order],
            reach_km / EARTH_RADIUS_KM * (1 + 1e-6),
        )  # what is a little farther is measured too
        most = math.sin(min(angle, math.pi) / 2) ** 2
        found = {}
        for number, (place, lat, lon) in enumerate(points):
            first, last = np.searchsorted(ordered, (lats[number] - angle, lats[number] + angle))
            band = np.sort(order[first:last])
            wide = np.cos(lats[band]) * math.cos(lats[number]) * np.sin((lons[band] - lons[number]) / 2) ** 2
            others = (points[other] for other in band[wide <= most].tolist() if other != number)
            measured = ((other, great_circle_km(lat, lon, at_lat, at_lon)) for other, at_lat, at_lon in others)
            found[place] = tuple((other, km) for other, km in measured if km <= reach_km)
        return found

    @cached_property
    def _near(self) -> dict[float, dict[str, tuple[tuple[str, float], ...]]]:
        """The neighbours that were asked for so far, by their distance."""
        return {}

    @cached_property
    def _graph(self) -> rx.PyGraph[str, tuple[str, float]]:
        import rustworkx as rx

        graph: rx.PyGraph[str, tuple[str, float]] = rx.PyGraph(multigraph=False)
        graph.add_nodes_from([place.id for place in self.places])
        for road in sorted(self.roads, key=lambda road: -self.length_km(road)[0]):  # of two roads the shorter stays
            edge = (road.id, self.length_km(road)[0])
            graph.add_edge(self.index[road.from_], self.index[road.to], edge)
        return graph
