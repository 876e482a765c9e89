"""The map's legend: only what the map holds, symbol by symbol, and the credits under it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidings.present import map_symbols as symbols
from tidings.present.map_extent import Extent, mapped_places
from tidings.present.names import Names
from tidings.present.words import POLICY_WORDS
from tidings.release.released import Released
from tidings.situation.situation import PlaceState

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = 3
ROW_IN = 0.2
CREDITS_IN = 0.46
CROSSING_WORDS = {policy: f"Crossing: {words}" for policy, words in POLICY_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend: its marks, or the stroke of a line."""

    text: str
    marks: tuple[Any, ...] = ()
    stroke: symbols.Stroke | None = None


def legend_entries(released: Released, extent: Extent) -> tuple[Entry, ...]:
    """Return the lines that a map of this extent needs."""
    places = [state for state in mapped_places(released) if extent.holds(extent.at(state))]
    return (*_holders(released, places), *_place_states(released, places), *_roads(released), *_crossings(released))


def legend_height(entries: tuple[Entry, ...]) -> float:
    """Return the height of legend and credits in inches."""
    return ROW_IN * math.ceil(len(entries) / COLUMNS) + CREDITS_IN + 0.1


def draw_legend(figure: Figure, entries: tuple[Entry, ...], top: float, credit: tuple[str, ...]) -> None:
    """Draw the lines in columns below `top` (a share of the figure's height), then the credits."""
    from matplotlib.lines import Line2D

    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, top))
    axes.set(xlim=(0, width), ylim=(0, top * height))
    axes.axis("off")
    n_rows = max(1, math.ceil(len(entries) / COLUMNS))
    for number, entry in enumerate(entries):
        x, y = width / COLUMNS * (number // n_rows), top * height - 0.18 - ROW_IN * (number % n_rows)
        if entry.stroke:
            line: dict[str, Any] = {"color": entry.stroke.colour, "linewidth": entry.stroke.width}
            axes.add_line(Line2D([x + 0.03, x + 0.37], [y, y], linestyle=entry.stroke.dashes, **line))
        for mark in entry.marks:
            mark.set_data([x + 0.2], [y])
            axes.add_line(mark)
        axes.text(x + 0.46, y, entry.text, size=7.6, va="center_baseline", color=symbols.INK)
    for number, line_text in enumerate(credit):
        axes.text(0, 0.24 - 0.14 * number, line_text, size=6.2, va="center", color="#555555")


def _holders(released: Released, places: list[PlaceState]) -> list[Entry]:
    names = Names.of(released)
    shown = {state.held_by for state in places if state.state == "held"}
    shown |= {party for state in places if _is_split(state) for party in symbols.claimants(state)}
    styles = symbols.party_styles(released)
    held = [(party, style) for party, style in styles.items() if party in shown]
    return [Entry(f"Held by {names[party]}", (symbols.party_symbol(style),)) for party, style in held]


def _place_states(released: Released, places: list[PlaceState]) -> list[Entry]:
    styles = symbols.party_styles(released)
    split = {state.state: symbols.claimants(state) for state in places if _is_split(state)}
    words = {"divided": "Divided (colours: who holds it)", "contested": "Contested (colours: by whom)"}
    found = [
        Entry(text, tuple(symbols.split_symbol(split[state], styles, contested=state == "contested")))
        for state, text in words.items()
        if state in split
    ]
    if any(state.state == "unknown" for state in places):
        found.append(Entry("Not known who holds it", (symbols.unknown_symbol(),)))
    if any(state.besieged.yes > 0.5 for state in places):
        found.append(Entry("Under siege", (symbols.besieged_ring(points=11),)))
    return found


def _is_split(state: PlaceState) -> bool:
    return state.state in ("contested", "divided")


def _roads(released: Released) -> list[Entry]:
    roads = released.situation.roads
    strokes = [symbols.road_stroke(road) for road in roads]
    known = [
        Entry("Road open", (), symbols.OPEN_ROAD),
        Entry("Road cut, or across a front line", (symbols.cut_cross(),), symbols.CUT_ROAD),
        Entry("Road, not known if open", (), symbols.UNKNOWN_ROAD),
    ]
    return [entry for entry in known if entry.stroke in strokes]


def _crossings(released: Released) -> list[Entry]:
    policies = {crossing.policy.likeliest for crossing in released.situation.crossings}
    return [
        Entry(words, tuple(symbols.crossing_symbols(policy)))
        for policy, words in CROSSING_WORDS.items()
        if policy in policies
    ]
