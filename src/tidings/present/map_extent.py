"""What a map shows: which places decide its extent, and the local projection to kilometres."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from tidings.geography.basemap import Bbox
from tidings.geography.places import EARTH_RADIUS_KM, Place
from tidings.release.released import Released
from tidings.situation.situation import CrossingState, PlaceState

KM_PER_DEGREE = math.pi * EARTH_RADIUS_KM / 180
SETTLEMENTS = frozenset({"city", "town", "village", "camp", "crossing", "border"})
"""Kinds that a point can stand for; a region's or a country's point would mislead."""
FAR = 2.5
"""A place farther from the middle than this many median distances does not stretch the map."""
LEAST_WIDTH_KM = 20.0
MARGIN = 0.12
SNAP_KM = 6.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Extent:
    """A rectangle in kilometres east and north of its middle (local equirectangular projection)."""

    lat: float
    lon: float
    half_width_km: float
    half_height_km: float

    def project(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn degrees into kilometres from the middle; shape (n, 2)."""
        east = (lons - self.lon) * math.cos(math.radians(self.lat)) * KM_PER_DEGREE
        return np.column_stack([east, (lats - self.lat) * KM_PER_DEGREE])

    def at(self, place: PlaceState | Place) -> Point | None:
        """Return where a place lies in kilometres, None if it has no coordinates."""
        if place.lat is None or place.lon is None:
            return None
        lon = place.lon + 360 if place.lon < self.lon - 180 else place.lon
        ((x, y),) = self.project(np.array([lon]), np.array([place.lat]))
        return float(x), float(y)

    def holds(self, point: Point | None) -> bool:
        """Whether a point lies on the map."""
        return point is not None and abs(point[0]) <= self.half_width_km and abs(point[1]) <= self.half_height_km

    def exit(self, inside: Point, beyond: Point) -> Point:
        """Return where the line from a point on the map to one beyond it meets the edge."""
        (x, y), (dx, dy) = inside, (beyond[0] - inside[0], beyond[1] - inside[1])
        edges = ((dx, x, self.half_width_km), (dy, y, self.half_height_km))
        share = min(((half - at * (1 if d > 0 else -1)) / abs(d) for d, at, half in edges if d), default=0.0)
        return x + share * dx, y + share * dy

    @property
    def bbox(self) -> Bbox:
        """The rectangle in degrees."""
        dlat = self.half_height_km / KM_PER_DEGREE
        dlon = self.half_width_km / KM_PER_DEGREE / math.cos(math.radians(self.lat))
        return self.lon - dlon, max(-90.0, self.lat - dlat), self.lon + dlon, min(90.0, self.lat + dlat)


def find_extent(released: Released, height_to_width: float) -> Extent | None:
    """Return the extent that shows the crisis, None if no place has coordinates.

    Places with a known state or a claim, and the ends of roads and crossings, decide; one that lies far off does not.
    """
    places = {state.id: state for state in mapped_places(released)}
    telling = [places[key] for key in dict.fromkeys(_telling(released)) if key in places] or list(places.values())
    if not telling:
        return None
    lats = np.array([place.lat for place in telling], dtype=np.float64)
    lons = _unwrapped(np.array([place.lon for place in telling], dtype=np.float64))
    middle = Extent(float(np.median(lats)), float(np.median(lons)), 0, 0)
    return _around(middle, _near(middle.project(lons, lats)), height_to_width)


def mapped_places(released: Released) -> tuple[PlaceState, ...]:
    """Return the states of places that a point on a map can stand for."""
    kinds = {place.id: place.kind for place in released.geography.places}
    for reading in released.readings:
        for record in reading.places:
            kinds.setdefault(record.id, record.kind or "town")
    return tuple(
        state
        for state in released.situation.places
        if state.lat is not None and state.lon is not None and kinds.get(state.id, "town") in SETTLEMENTS
    )


def outside_map(released: Released, extent: Extent) -> tuple[PlaceState, ...]:
    """Return the places with something known of them that lie beyond the map's edge."""
    known = (state for state in mapped_places(released) if state.claims or state.state != "unknown")
    return tuple(state for state in known if not extent.holds(extent.at(state)))


def home_countries(released: Released) -> frozenset[str]:
    """Return the countries that the crisis is in: where something is known of a place; else those of its settings."""
    known = {state.id for state in released.situation.places if state.state != "unknown" or state.besieged.yes > 0}
    home = {place.country for place in released.geography.places if place.id in known and place.country}
    return frozenset(home) or frozenset(released.countries)


def crossing_point(
    crossing: CrossingState, places: dict[str, Place], extent: Extent, borders: BaseGeometry
) -> Point | None:
    """Return where a crossing is drawn: midway between its sides, moved to the border if that is drawn near by.

    The base map's border may be some kilometres off; a border crossing that stood beside it would look like an error.
    """
    sides = [places[side] for side in crossing.sides if side in places]
    points = [point for side in sides if (point := extent.at(side))]
    if not points:
        return None
    x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
    lines = [extent.project(*np.asarray(line.coords).T) for line in shapely.get_parts(borders) if line.length > 0]
    border = shapely.MultiLineString(lines)
    if len({side.country for side in sides}) < 2 or border.is_empty or border.distance(shapely.Point(x, y)) > SNAP_KM:
        return x, y
    near = shapely.ops.nearest_points(border, shapely.Point(x, y))[0]
    return near.x, near.y


def scale_bar_km(width_km: float) -> float:
    """Return the longest round length (1, 2 or 5 × a power of ten) under a quarter of the map's width.

    Examples
    --------
    >>> scale_bar_km(90), scale_bar_km(1000)
    (20.0, 200.0)
    """
    longest = width_km / 4
    power = 10.0 ** math.floor(math.log10(longest))
    return next(step * power for step in (5, 2, 1) if step * power <= longest)


def _telling(released: Released) -> Iterable[str]:
    for state in released.situation.places:
        if state.state != "unknown" or state.besieged.yes > 0:
            yield state.id
    for road in released.situation.roads:
        yield from (road.from_, road.to)
    for crossing in released.situation.crossings:
        yield from crossing.sides
    for claim in released.claims:  # a town that is only feared for belongs on the map too
        yield from claim.subjects


def _unwrapped(lons: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count longitudes east past 180 where the places lie on both sides of the date line."""
    return np.where(lons < 0, lons + 360, lons) if lons.max() - lons.min() > 180 else lons


def _near(points: NDArray[np.float64]) -> NDArray[np.float64]:
    distances = np.hypot(points[:, 0], points[:, 1])
    return points[distances <= max(FAR * float(np.median(distances)), LEAST_WIDTH_KM)]


def _around(middle: Extent, points: NDArray[np.float64], height_to_width: float) -> Extent:
    low, high = points.min(axis=0), points.max(axis=0)
    x, y = (low + high) / 2
    width, height = (high - low) * (1 + 2 * MARGIN)
    width = max(width, height / height_to_width, LEAST_WIDTH_KM)
    lon = middle.lon + x / KM_PER_DEGREE / math.cos(math.radians(middle.lat))
    return Extent(float(middle.lat + y / KM_PER_DEGREE), float(lon), width / 2, width * height_to_width / 2)
