"""The base map: the world's countries, borders and coast, packaged, so that a map needs no network."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import affinity
from shapely.geometry.base import BaseGeometry

Bbox = tuple[float, float, float, float]
"""West, south, east, north in degrees; east may pass 180 where a map crosses the date line."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name, its ISO 3166-1 alpha-3 code (None where it has none) and its land."""

    name: str
    iso3: str | None
    land: BaseGeometry


@dataclass(frozen=True, slots=True)
class BaseMap:
    """Countries, the borders between them (each once) and the coast; longitude and latitude in degrees."""

    countries: tuple[Country, ...]
    borders: BaseGeometry
    coast: BaseGeometry
    credit: str

    def clip(self, bbox: Bbox) -> BaseMap:
        """Return the part of the map inside a box; countries outside it are left out.

        Parameters
        ----------
        bbox
            West, south, east, north in degrees. East above 180 wraps round the date line.

        Raises
        ------
        ValueError
            If the box is empty or turned round.

        Examples
        --------
        >>> [country.name for country in load_basemap().clip((36.6, 36.2, 37.3, 36.9)).countries]
        ['Syria', 'Turkey']
        """
        west, south, east, north = bbox
        if not (west < east and south < north):
            raise ValueError(f"the box {bbox} is empty: west must be under east and south under north")
        if east <= 180:
            return self._inside(bbox)
        beyond = self._inside((-180, south, east - 360, north))._shifted()
        return self._inside((west, south, 180, north))._joined(beyond)

    def _inside(self, bbox: Bbox) -> BaseMap:
        kept = [replace(country, land=_cut(country.land, bbox)) for country in self.countries]
        countries = tuple(sorted((c for c in kept if not c.land.is_empty), key=lambda country: country.name))
        return replace(self, countries=countries, borders=_cut(self.borders, bbox), coast=_cut(self.coast, bbox))

    def _shifted(self) -> BaseMap:
        countries = tuple(replace(c, land=_eastward(c.land)) for c in self.countries)
        return replace(self, countries=countries, borders=_eastward(self.borders), coast=_eastward(self.coast))

    def _joined(self, other: BaseMap) -> BaseMap:
        return replace(
            self,
            countries=self.countries + other.countries,
            borders=shapely.union(self.borders, other.borders),
            coast=shapely.union(self.coast, other.coast),
        )


@cache
def load_basemap() -> BaseMap:
    """Load the packaged world (see `geography/base/SOURCE.md`)."""
    packed = files("tidings.geography.base").joinpath("world.json.gz").read_bytes()
    base = json.loads(gzip.decompress(packed))
    arcs = [_degrees(arc, base) for arc in base["arcs"]]
    return BaseMap(
        countries=tuple(Country(row["name"], row["iso3"], _land(row["polygons"], arcs)) for row in base["countries"]),
        borders=shapely.MultiLineString([arcs[number] for number in base["borders"]]),
        coast=shapely.MultiLineString([arcs[number] for number in base["coast"]]),
        credit=base["credit"],
    )


def _degrees(steps: list[int], base: dict[str, Any]) -> NDArray[np.float64]:
    """Turn the whole-number steps of an arc into degrees."""
    points = np.cumsum(np.asarray(steps, dtype=np.int64).reshape(-1, 2), axis=0)
    return np.asarray(points * np.asarray(base["scale"]) + np.asarray(base["translate"]), dtype=np.float64)


def _land(polygons: list[list[list[int]]], arcs: list[NDArray[np.float64]]) -> BaseGeometry:
    """Build the polygons of a country; a ring lists arcs, ~n standing for the arc n backwards."""
    made = [shapely.Polygon(outer, holes) for outer, *holes in ([_ring(r, arcs) for r in rings] for rings in polygons)]
    return shapely.MultiPolygon(made)


def _ring(numbers: Iterable[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _cut(shape: BaseGeometry, bbox: Bbox) -> BaseGeometry:
    west, south, east, north = shape.bounds or (1.0, 1.0, 0.0, 0.0)
    if west > bbox[2] or east < bbox[0] or south > bbox[3] or north < bbox[1]:
        return shapely.GeometryCollection()
    near = shapely.clip_by_rect(shape, *bbox)  # takes outlines that touch themselves, as the source's grid makes some
    return near if shapely.is_valid(near) else shapely.make_valid(near)


def _eastward(shape: BaseGeometry) -> BaseGeometry:
    return affinity.translate(shape, xoff=360)
