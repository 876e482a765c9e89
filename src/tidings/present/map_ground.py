"""The ground of the map: land, sea, borders, coast, the names of countries, the scale."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from tidings.geography.basemap import BaseMap
from tidings.present.map_extent import Extent, Point, home_countries, scale_bar_km
from tidings.present.map_labels import Box, text_width
from tidings.present.map_symbols import INK
from tidings.release.released import Released

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH_IN = 7.1
POINTS_PER_INCH = 72
SEA, LAND, NEIGHBOUR, BORDER, COAST = "#dce8ee", "#fdfcf9", "#ebe7de", "#5d5d5d", "#7f9fb0"
NAME_SIZE = 9.5


@dataclass(frozen=True)
class Drawing:
    """A map being drawn: its axes are in kilometres from its middle."""

    released: Released
    extent: Extent
    axes: Axes

    @property
    def points_per_km(self) -> float:
        """Points of paper a kilometre."""
        return WIDTH_IN * POINTS_PER_INCH / (2 * self.extent.half_width_km)

    def paper(self, point: Point) -> Point:
        """Turn kilometres from the map's middle into points of paper."""
        return point[0] * self.points_per_km, point[1] * self.points_per_km

    def km(self, x: float, y: float) -> Point:
        """Turn points of paper into kilometres from the map's middle."""
        return x / self.points_per_km, y / self.points_per_km

    def frame(self) -> Box:
        """The edge of the map in points of paper, less a margin."""
        x, y = self.paper((self.extent.half_width_km, self.extent.half_height_km))
        return -x + 3, -y + 3, x - 3, y - 3

    def link(self, claim_ids: Iterable[str]) -> str | None:
        """Return the address of the latest of some claims, None if none is released."""
        known = [claim for claim in claim_ids if claim in self._order]
        return f"#claim-{max(known, key=self._order.__getitem__)}" if known else None

    @cached_property
    def _order(self) -> dict[str, int]:
        return {str(claim.id): number for number, claim in enumerate(self.released.claims)}

    def points(self) -> dict[str, Point]:
        """Where each located place is, by id."""
        geography = {place.id: point for place in self.released.geography.places if (point := self.extent.at(place))}
        states = {state.id: point for state in self.released.situation.places if (point := self.extent.at(state))}
        return {**geography, **states}


def draw_frame(drawing: Drawing) -> None:
    """Set the limits, the sea and the edge."""
    width, height = drawing.extent.half_width_km, drawing.extent.half_height_km
    drawing.axes.set(xlim=(-width, width), ylim=(-height, height), xticks=[], yticks=[], facecolor=SEA)
    for side in drawing.axes.spines.values():
        side.set(color=INK, linewidth=0.8)


def draw_ground(drawing: Drawing, base: BaseMap) -> None:
    """Draw land, the crisis's own countries lighter than their neighbours, then coast and borders."""
    home = home_countries(drawing.released)
    for country in base.countries:
        _fill(drawing, country.land, LAND if country.iso3 in home else NEIGHBOUR)
    _stroke(drawing, base.coast, color=COAST, linewidth=0.7)
    _stroke(drawing, base.borders, color="white", linewidth=2.6)
    _stroke(drawing, base.borders, color=BORDER, linewidth=1.1, linestyle=(0, (7, 2, 1.5, 2)))


def draw_scale_bar(drawing: Drawing, taken: Sequence[Box]) -> Box:
    """Draw the scale in the emptiest corner, lower left first; return the box it takes."""
    length = scale_bar_km(2 * drawing.extent.half_width_km)
    long, right, top = length * drawing.points_per_km, *drawing.frame()[2:]
    size = long + 44
    corners = [(-right, -top), (right - size, -top), (-right, top - 18), (right - size, top - 18)]
    boxes = [(x, y, x + size, y + 18) for x, y in corners]
    box = min(boxes, key=lambda corner: sum(_overlap(corner, other) for other in taken))
    _draw_bar(drawing, box[0] + 7, box[1] + 6, length)
    return box


def _draw_bar(drawing: Drawing, x: float, y: float, length: float) -> None:
    (left, low), (gap, thick) = drawing.km(x, y), drawing.km(4, 3.2)
    bar: dict[str, Any] = {"edgecolor": INK, "linewidth": 0.7, "height": thick, "align": "edge", "zorder": 9}
    for start, colour in ((0.0, INK), (length / 2, "white")):
        drawing.axes.barh(low, length / 2, left=left + start, facecolor=colour, **bar)
    end = left + length + gap
    drawing.axes.text(end, low, f"{length:g} km", size=7.2, zorder=9, gid="halo-scale", color=INK)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def draw_country_names(drawing: Drawing, base: BaseMap, taken: Sequence[Box]) -> list[Box]:
    """Write each country's name where its land on the map leaves it most room; return the boxes they take."""
    boxes: list[Box] = []
    for country in base.countries:
        text = " ".join(country.name.upper())
        half = text_width(text, NAME_SIZE) / 2
        spot = _name_spot(drawing, country.land, half, [*taken, *boxes])
        if spot:
            style: dict[str, Any] = {"size": NAME_SIZE, "ha": "center", "va": "center", "zorder": 2.5}
            drawing.axes.text(*drawing.km(*spot), text, color="#8f887a", gid=f"country-{country.iso3}", **style)
            boxes.append(_box_round(spot, half))
    return boxes


def border_boxes(drawing: Drawing, base: BaseMap) -> list[Box]:
    """Return boxes along the borders, in points of paper."""
    lines = [drawing_line(drawing, line) for line in _parts(base.borders, "LineString")]
    return [box for line in lines for a, b in pairwise(line) for box in boxes_along(a, b)]


def boxes_along(a: Point, b: Point) -> list[Box]:
    """Return small boxes along a line between two points of paper."""
    n_steps = max(2, int(np.hypot(b[0] - a[0], b[1] - a[1]) / 6))
    steps = zip(np.linspace(a[0], b[0], n_steps), np.linspace(a[1], b[1], n_steps), strict=True)
    return [(x - 1.5, y - 1.5, x + 1.5, y + 1.5) for x, y in steps]


def drawing_line(drawing: Drawing, line: Any) -> list[Point]:
    """Return the points of a line in degrees as points of paper."""
    return [drawing.paper((x, y)) for x, y in _km(drawing, line)]


def _fill(drawing: Drawing, shape: BaseGeometry, colour: str) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for polygon in _parts(shape, "Polygon"):
        rings = [Path(_km(drawing, ring), closed=True) for ring in (polygon.exterior, *polygon.interiors)]
        drawing.axes.add_patch(PathPatch(Path.make_compound_path(*rings), facecolor=colour, edgecolor="none", zorder=1))


def _stroke(drawing: Drawing, shape: BaseGeometry, **style: Any) -> None:
    for line in _parts(shape, "LineString"):
        points = _km(drawing, line)
        drawing.axes.plot(points[:, 0], points[:, 1], zorder=2, solid_capstyle="round", **style)


def _parts(shape: BaseGeometry, kind: str) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == kind and not part.is_empty]


def _km(drawing: Drawing, line: Any) -> Any:
    lons, lats = np.asarray(line.coords).T
    return drawing.extent.project(lons, lats)


def _name_spot(drawing: Drawing, land: BaseGeometry, half: float, taken: Sequence[Box]) -> Point | None:
    """Return the spot, of a grid over the land, farthest from edges and symbols; None where the name fits nowhere."""
    polygons = [shapely.Polygon(drawing_line(drawing, part.exterior)) for part in _parts(land, "Polygon")]
    ground = shapely.union_all([polygon.buffer(0) for polygon in polygons])
    if ground.is_empty:
        return None
    left, low, right, top = ground.bounds
    spots = np.array([(x, y) for x in np.arange(left, right, 12) for y in np.arange(low, top, 9)])
    boxes = shapely.box(spots[:, 0] - half - 3, spots[:, 1] - 8, spots[:, 0] + half + 3, spots[:, 1] + 8)
    obstacles = shapely.union_all([shapely.box(*box) for box in taken]).union(ground.boundary)
    room = np.where(shapely.contains(ground, boxes), shapely.distance(boxes, obstacles), 0)
    best = int(np.argmax(room))
    return (float(spots[best, 0]), float(spots[best, 1])) if room[best] > 0 else None


def _box_round(spot: Point, half: float) -> Box:
    return spot[0] - half - 3, spot[1] - 8, spot[0] + half + 3, spot[1] + 8
