"""The situation map: who holds what, which roads are cut, who is besieged, as one picture with its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tidings.geography.basemap import BaseMap, load_basemap
from tidings.present import map_symbols as symbols
from tidings.present.map_extent import Point, crossing_point, find_extent, mapped_places
from tidings.present.map_ground import (
    WIDTH_IN,
    Drawing,
    border_boxes,
    boxes_along,
    draw_country_names,
    draw_frame,
    draw_ground,
    draw_scale_bar,
)
from tidings.present.map_labels import Box, Placed, Wanted, place_labels, shifted_apart
from tidings.present.map_legend import draw_legend, legend_entries, legend_height
from tidings.present.names import shows_geonames, shows_openstreetmap
from tidings.present.svg import render_svg
from tidings.present.words import day_words
from tidings.release.released import Released
from tidings.situation.situation import PlaceState, RoadState

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT_TO_WIDTH = 0.72
HEAD_IN = 0.3
MOST_SYMBOLS, MOST_ROADS = 500, 1500
"""More would cover one another; the least known are left out first."""
KIND_SIZE = {"city": 8.6, "town": 7.8, "camp": 7.4}
Symbol = tuple[Wanted, str | None, list[Any]]
"""A name with its point on paper, the address of its claim, the marks drawn for it."""


def plot_situation(released: Released) -> Figure:
    """Draw the situation map.

    Places are coloured and shaped by who holds them; roads, crossings and sieges by what is known of them. Symbols link
    to the claims that they rest on (`#claim-…`).

    Raises
    ------
    ValueError
        If no place has coordinates: there is nothing to draw.
    """
    from matplotlib.figure import Figure

    extent = find_extent(released, HEIGHT_TO_WIDTH)
    if extent is None:
        raise ValueError("no place has coordinates, so there is no map to draw")
    entries = legend_entries(released, extent)
    map_in, foot_in = WIDTH_IN * HEIGHT_TO_WIDTH, legend_height(entries)
    height = HEAD_IN + map_in + foot_in
    figure = Figure(figsize=(WIDTH_IN, height), facecolor="white")
    figure.text(0, 1 - 0.12 / height, title(released), size=9.5, weight="bold", va="center", color=symbols.INK)
    _draw_layers(Drawing(released, extent, figure.add_axes((0, foot_in / height, 1, map_in / height))))
    draw_legend(figure, entries, foot_in / height, credits_of(released))
    return figure


def render_map(released: Released) -> str:
    """Return the situation map as SVG text; the same situation gives the same text."""
    return render_svg(plot_situation(released), "map", f"Map. {title(released)}")


def title(released: Released) -> str:
    """Say what the map shows: of which day, and what was known by when."""
    situation = released.situation
    return f"Situation on {day_words(situation.on)}, as known on {day_words(situation.as_of)}"


def credits_of(released: Released) -> tuple[str, ...]:
    """Return whom the map owes its geography to, and how exact it is."""
    first = (
        f"Borders and coast: {load_basemap().credit}; they may be some kilometres off and express no opinion on status."
    )
    second = "Roads are drawn straight, border crossings on the border as drawn; lengths not given are assumed."
    if shows_geonames(released):
        second += " Places: GeoNames, CC BY 4.0."
    if shows_openstreetmap(released):
        second += " Roads: © OpenStreetMap contributors, ODbL."
    return first, second


def _draw_layers(drawing: Drawing) -> None:
    draw_frame(drawing)
    base = load_basemap().clip(drawing.extent.bbox)
    draw_ground(drawing, base)
    along, crosses, exits = _draw_roads(drawing)
    symbol_boxes, wanted = _draw_symbols(drawing, base)
    taken = [*symbol_boxes, *crosses]
    taken.append(draw_scale_bar(drawing, [*taken, *along]))
    labels = place_labels([*wanted, *exits], taken, [*along, *border_boxes(drawing, base)], drawing.frame())
    draw_country_names(drawing, base, [*taken, *(label.box for label in labels)])
    _draw_labels(drawing, labels)


def _draw_roads(drawing: Drawing) -> tuple[list[Box], list[Box], list[Wanted]]:
    """Draw the roads; return boxes along them, the boxes of the crosses, and where those that leave the map lead."""
    along: list[Box] = []
    crosses: list[Box] = []
    exits: list[Wanted] = []
    points, names = drawing.points(), {state.id: state.name for state in drawing.released.situation.places}
    for road in _roads(drawing):
        ends = [(drawing.extent.holds(points[key]), points[key], key) for key in (road.from_, road.to) if key in points]
        (seen, a, _), (there, b, far) = sorted(ends, reverse=True) if len(ends) == 2 else ((False, (0, 0), ""),) * 2
        if seen:
            middle = _draw_road(drawing, road, a, b)
            along += boxes_along(drawing.paper(a), drawing.paper(b))
            crosses += [Wanted("", *drawing.paper(middle), 4, 0, 0).box] if symbols.road_stroke(road).crossed else []
            exits += [] if there else [_exit_name(drawing, a, b, names.get(far, ""))]
    return along, crosses, exits


def _roads(drawing: Drawing) -> list[RoadState]:
    """Return the roads to draw, the best known last and so on top."""
    every = drawing.released.situation.roads
    known = sorted(every, key=lambda road: (road.passable.unknown, road.id))[:MOST_ROADS]
    return sorted(known, key=lambda road: symbols.road_stroke(road).width)


def _draw_road(drawing: Drawing, road: RoadState, a: Point, b: Point) -> Point:
    """Draw one road; return its middle, where a cut one has its cross."""
    stroke, url = symbols.road_stroke(road), drawing.link(road.claims)
    style: dict[str, Any] = {"color": stroke.colour, "linewidth": stroke.width, "linestyle": stroke.dashes}
    drawing.axes.plot([a[0], b[0]], [a[1], b[1]], zorder=3, url=url, **style)
    middle = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    if stroke.crossed:
        _add(drawing, [symbols.cut_cross(*middle)], url, 4)
    return middle


def _exit_name(drawing: Drawing, inside: Point, beyond: Point, name: str) -> Wanted:
    x, y = drawing.paper(drawing.extent.exit(inside, beyond))
    return Wanted(f"to {name}", x, y, 3, 6.8, 0, italic=True)


def _draw_symbols(drawing: Drawing, base: BaseMap) -> tuple[list[Box], list[Wanted]]:
    """Draw places and crossings, none over another; return the boxes they take and the names they want."""
    every = (*_places(drawing), *_crossings(drawing, base))
    found = sorted(every, key=lambda symbol: (-symbol[0].priority, symbol[0].text))[:MOST_SYMBOLS]
    wanted = shifted_apart([name for name, _, _ in found])
    for (original, url, marks), name in zip(found, wanted, strict=True):
        if (name.x, name.y) != (original.x, original.y):
            (x, y), (to_x, to_y) = drawing.km(original.x, original.y), drawing.km(name.x, name.y)
            drawing.axes.plot([x, to_x], [y, to_y], color=symbols.INK, linewidth=0.6, zorder=5)
            for mark in marks:
                mark.set_data([to_x], [to_y])
        _add(drawing, marks, url, 6)
    return [name.box for name in wanted], wanted


def _places(drawing: Drawing) -> Iterator[Symbol]:
    styles = symbols.party_styles(drawing.released)
    kinds = {place.id: place.kind for place in drawing.released.geography.places}
    crossed = {side for crossing in drawing.released.situation.crossings for side in crossing.sides}
    for state in mapped_places(drawing.released):
        point = drawing.extent.at(state)
        kind = kinds.get(state.id, "village")
        if point is None or not drawing.extent.holds(point) or (kind in ("crossing", "border") and state.id in crossed):
            continue  # the crossing's own symbol stands there
        name = _name_of(state, kind, drawing.paper(point))
        yield name, drawing.link(state.claims), symbols.place_symbols(state, styles, *point)


def _name_of(state: PlaceState, kind: str, paper: tuple[float, float]) -> Wanted:
    weight = 4 * (state.state != "unknown") + 2 * (state.besieged.yes > 0.5) + 3 * (kind == "city")
    radius = (symbols.RING_PT if state.besieged.yes > 0.5 else symbols.PLACE_PT) / 2 + 0.5
    priority = weight + min(1.0, (state.population.value or 0) / 1e6)
    return Wanted(state.name, *paper, radius, KIND_SIZE.get(kind, 7.4), priority, kind == "city")


def _crossings(drawing: Drawing, base: BaseMap) -> Iterator[Symbol]:
    places = drawing.released.geography.place_by_id
    for crossing in drawing.released.situation.crossings:
        point = crossing_point(crossing, places, drawing.extent, base.borders)
        if point and drawing.extent.holds(point):
            name = Wanted(crossing.name, *drawing.paper(point), symbols.CROSSING_PT / 2 + 1, 7.4, 6, italic=True)
            yield name, drawing.link(crossing.claims), symbols.crossing_symbols(crossing.policy.likeliest, *point)


def _add(drawing: Drawing, marks: list[Any], url: str | None, zorder: float) -> None:
    for mark in marks:
        mark.set(url=url, zorder=zorder)
        drawing.axes.add_line(mark)


def _draw_labels(drawing: Drawing, labels: list[Placed]) -> None:
    for number, label in enumerate(labels):
        wanted = label.wanted
        if label.leader:
            (x, y), (to_x, to_y) = drawing.km(wanted.x, wanted.y), drawing.km(*label.joint)
            drawing.axes.plot([x, to_x], [y, to_y], color="#555555", linewidth=0.6, zorder=5)
        look = {"weight": "bold" if wanted.bold else "normal", "style": "italic" if wanted.italic else "normal"}
        style: dict[str, Any] = {
            "size": wanted.size,
            "va": "center_baseline",
            "color": symbols.INK,
            "zorder": 8,
            **look,
        }
        position = drawing.km(label.x, label.y)
        drawing.axes.text(*position, _plain(wanted.text), gid=f"halo-{number}", **style)


def _plain(text: str) -> str:
    return text.replace("$", r"\$")  # a dollar sign in a name is no formula
