"""Small invented maps, written as OpenStreetMap extracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium

KM_PER_DEGREE = 111.1949
"""Along a meridian, or the equator: the maps lie on it."""


def at(km_east: float, km_north: float = 0.0) -> tuple[float, float]:
    """Return longitude and latitude so far from the point 0, 0."""
    return km_east / KM_PER_DEGREE, km_north / KM_PER_DEGREE


def write_map(
    path: Path,
    nodes: Mapping[int, tuple[float, float]],
    ways: Sequence[tuple[Sequence[int], Mapping[str, str]]],
    *,
    day: str | None = "2026-01-02T00:00:00Z",
) -> Path:
    """Write nodes (km east, km north) and ways (nodes, tags) as a .osm.pbf."""
    header = osmium.io.Header()
    if day:
        header.set("osmosis_replication_timestamp", day)
    with osmium.SimpleWriter(str(path), header=header, overwrite=True) as writer:
        for ref, point in nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=ref, location=at(*point)))
        for number, (refs, tags) in enumerate(ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=list(refs), tags=dict(tags)))
    return path
