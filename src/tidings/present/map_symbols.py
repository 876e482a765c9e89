"""The symbols of the map: told apart by shape as well as by colour, so that they survive a black-and-white printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidings.release.released import Released
from tidings.situation.situation import PlaceState, Policy, RoadState

if TYPE_CHECKING:
    from matplotlib.lines import Line2D

INK = "#222222"
CUT_RED = "#b3261e"
PALETTE = (
    ("#0072B2", "o"), ("#E69F00", "s"), ("#009E73", "^"), ("#CC79A7", "p"), ("#F0E442", "v"), ("#56B4E9", "h"),
    ("#D55E00", "P"), ("#3b3b3b", "8"),
)  # fmt: skip
"""Colours of Okabe and Ito, which the colour-blind can tell apart, each with a shape of its own."""
OTHER = ("#9a9a9a", "X")
CROSSING_FACE: dict[Policy, str] = {"open": "#ffffff", "restricted": "#f3c669", "closed": CUT_RED, "unknown": "#e4e4e4"}
CROSSING_SIGN: dict[Policy, str] = {"open": "|", "restricted": "$/$", "closed": "_", "unknown": "$?$"}
PLACE_PT = 8.0
CROSSING_PT = 10.5
RING_PT = 16.0


@dataclass(frozen=True, slots=True)
class PartyStyle:
    """Colour and shape by which a party is known on the map."""

    colour: str
    marker: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a road is drawn."""

    colour: str
    width: float
    dashes: Any = "-"
    crossed: bool = False


OPEN_ROAD = Stroke(INK, 1.5)
CUT_ROAD = Stroke(CUT_RED, 1.5, (0, (3.5, 2)), crossed=True)
UNKNOWN_ROAD = Stroke("#8b8b8b", 0.7)


def road_stroke(road: RoadState) -> Stroke:
    """Return how a road is drawn: by the likelier answer, or thin where neither is likelier than not."""
    if road.passable.yes > 0.5:
        return OPEN_ROAD
    return CUT_ROAD if road.passable.no > 0.5 else UNKNOWN_ROAD


def party_styles(released: Released) -> dict[str, PartyStyle]:
    """Give each party that may hold a place its style, in the order of the crisis's own list of parties."""
    holders = {party for state in released.situation.places for party, p in state.control.items() if p > 0}
    holders |= {state.held_by for state in released.situation.places if state.held_by}
    order = {party.id: number for number, party in enumerate(released.parties)}
    ranked = sorted(holders, key=lambda party: (order.get(party, len(order)), party))
    styles = [*PALETTE, *[OTHER] * len(ranked)]
    return {party: PartyStyle(*style) for party, style in zip(ranked, styles, strict=False)}


def claimants(state: PlaceState) -> tuple[str, ...]:
    """Return the two parties likeliest to hold a place, the likelier first."""
    ranked = sorted((-p, party) for party, p in state.control.items() if p > 0)
    return tuple(party for _, party in ranked[:2])


def place_symbols(state: PlaceState, styles: dict[str, PartyStyle], x: float, y: float) -> list[Line2D]:
    """Return the marks of one place: a ring if besieged, then its symbol; hollow where nobody says who holds it."""
    ring = [besieged_ring(x, y)] if state.besieged.yes > 0.5 else []
    if state.state in ("contested", "divided"):
        return [*ring, *split_symbol(claimants(state), styles, x, y, contested=state.state == "contested")]
    style = styles.get(state.held_by or "") if state.state == "held" else None
    return [*ring, party_symbol(style, x, y) if style else unknown_symbol(x, y)]


def party_symbol(style: PartyStyle, x: float = 0, y: float = 0) -> Line2D:
    """Return the symbol of a place that a party holds."""
    return _mark(x, y, style.marker, PLACE_PT, markerfacecolor=style.colour, markeredgecolor=INK)


def unknown_symbol(x: float = 0, y: float = 0) -> Line2D:
    """Return the hollow symbol of a place of which nobody says who holds it."""
    return _mark(x, y, "o", PLACE_PT - 1.5, markerfacecolor="white", markeredgecolor="#555555")


def split_symbol(
    parties: Sequence[str], styles: dict[str, PartyStyle], x: float = 0, y: float = 0, *, contested: bool
) -> list[Line2D]:
    """Return a square in two halves: side by side for a divided place, over a cross for one that is fought over."""
    colours = [styles[party].colour if party in styles else "white" for party in (*parties, "", "")]
    halves = {"fillstyle": "left", "markerfacecolor": colours[0], "markerfacecoloralt": colours[1]}
    square = _mark(x, y, "s", PLACE_PT + 1.5, markeredgecolor=INK, **halves)
    cross = _mark(x, y, "x", PLACE_PT + 5.5, markeredgecolor=INK, markeredgewidth=1.4)
    return [cross, square] if contested else [square]


def besieged_ring(x: float = 0, y: float = 0, points: float = RING_PT) -> Line2D:
    """Return the ring round a besieged place."""
    return _mark(x, y, "o", points, markerfacecolor="none", markeredgecolor=CUT_RED, markeredgewidth=2.0)


def crossing_symbols(policy: Policy, x: float = 0, y: float = 0) -> list[Line2D]:
    """Return the marks of a crossing: a diamond with an upright (open), slanting (restricted) or level bar (closed)."""
    ink = "white" if policy == "closed" else INK
    sign = {"markeredgecolor": ink, "markerfacecolor": ink}
    thick = 1.8 if policy in ("open", "closed") else 0.4
    return [
        _mark(x, y, "D", CROSSING_PT - 1, markerfacecolor=CROSSING_FACE[policy], markeredgecolor=INK),
        _mark(x, y, CROSSING_SIGN[policy], CROSSING_PT - 4.5, markeredgewidth=thick, **sign),
    ]


def cut_cross(x: float = 0, y: float = 0) -> Line2D:
    """Return the cross in the middle of a cut road."""
    return _mark(x, y, "x", 7.5, markeredgecolor=CUT_RED, markeredgewidth=2.2)


def _mark(x: float, y: float, marker: str, size: float, **style: Any) -> Line2D:
    from matplotlib.lines import Line2D

    style.setdefault("markeredgewidth", 0.9)
    return Line2D([x], [y], marker=marker, markersize=size, linestyle="none", **style)
