"""Where names go on a map: greedily, the most important first, never over a symbol or another name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DIRECTIONS = ((1, 0), (-1, 0), (1, 0.8), (1, -0.8), (-1, 0.8), (-1, -0.8), (0, 1), (0, -1))
"""Tried in this order: east, west, then the corners, then above and below."""
RINGS_PT = (0.0, 9.0, 18.0, 30.0, 44.0)
"""How far beyond its symbol a name may stand; past the first ring a leader line joins them."""
ROAD_COST = 6.0
RING_COST = 8.0
MOST_LABELS = 80

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that wants a place beside its symbol; coordinates in points."""

    text: str
    x: float
    y: float
    radius: float
    size: float
    priority: float
    bold: bool = False
    italic: bool = False

    @property
    def box(self) -> Box:
        """The box of its symbol."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


@dataclass(frozen=True, slots=True)
class Placed:
    """A name with its place: the left end and the middle of its line; `leader` joins it to its symbol."""

    wanted: Wanted
    x: float
    y: float
    leader: bool
    box: Box

    @property
    def joint(self) -> tuple[float, float]:
        """The point of the name nearest to its symbol, where a leader line ends."""
        left, low, right, top = self.box
        return min(max(self.wanted.x, left), right), min(max(self.wanted.y, low), top)


def shifted_apart(wanted: Sequence[Wanted]) -> list[Wanted]:
    """Move symbols that would cover an earlier one to the nearest free spot beside it.

    Examples
    --------
    >>> a, b = shifted_apart([Wanted("A", 0, 0, 4, 8, 2), Wanted("B", 1, 0, 4, 8, 1)])
    >>> (a.x, a.y), (b.x, b.y)
    ((0, 0), (11, 0))
    """
    placed: list[Wanted] = []
    for name in wanted:
        taken = _array([other.box for other in placed])
        spots = [name, *(_moved(name, dx, dy, reach) for reach in (1, 1.6, 2.4) for dx, dy in DIRECTIONS)]
        placed.append(next((spot for spot in spots if not _n_overlaps(_core(spot), taken)), name))
    return placed


def _moved(name: Wanted, dx: float, dy: float, reach: float) -> Wanted:
    step = reach * (2 * name.radius + 2)
    return replace(name, x=name.x + dx * step, y=name.y + dy * step)


def _core(name: Wanted) -> Box:
    """A symbol may touch another, but not cover its middle."""
    half = 0.7 * name.radius
    return name.x - half, name.y - half, name.x + half, name.y + half


def place_labels(wanted: Iterable[Wanted], symbols: Sequence[Box], roads: Sequence[Box], frame: Box) -> list[Placed]:
    """Place as many names as fit, at most `MOST_LABELS`.

    Parameters
    ----------
    wanted
        The names; higher `priority` first, ties by text.
    symbols
        Boxes that no name may cover.
    roads
        Boxes along roads; covering them is avoided where another spot is free.
    frame
        No name may leave it.

    Examples
    --------
    >>> one, two = place_labels([Wanted("Aa", 50, 50, 4, 8, 1), Wanted("Bb", 50, 62, 4, 8, 2)],
    ...                         [(46, 46, 54, 54), (46, 58, 54, 66)], [], (0, 0, 100, 100))
    >>> one.wanted.text, two.leader
    ('Bb', False)
    """
    placed: list[Placed] = []
    taken = list(symbols)
    soft = _array(roads)
    for name in sorted(wanted, key=lambda w: (-w.priority, w.text))[:MOST_LABELS]:
        best = _best(name, _array(taken), soft, frame)
        if best:
            placed.append(best)
            taken.append(best.box)
    return placed


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in points."""
    return _unit_width(text, bold) * size


@lru_cache(maxsize=4096)
def _unit_width(text: str, bold: bool) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    return float(TextPath((0, 0), text.replace("$", r"\$"), size=100, prop=font).get_extents().width) / 100


def _best(name: Wanted, taken: NDArray[np.float64], roads: NDArray[np.float64], frame: Box) -> Placed | None:
    width = text_width(name.text, name.size, name.bold)
    found: list[tuple[float, Placed]] = []
    for ring, beyond in enumerate(RINGS_PT):
        for order, (dx, dy) in enumerate(DIRECTIONS):
            box = _box(name, width, dx, dy, name.radius + 1.5 + beyond)
            if _inside(box, frame) and not _n_overlaps(box, taken):
                cost = RING_COST * ring + order + ROAD_COST * min(2, _n_overlaps(box, roads))
                found.append((cost, Placed(name, box[0], (box[1] + box[3]) / 2, ring > 0, box)))
    return min(found, key=lambda entry: entry[0])[1] if found else None


def _box(name: Wanted, width: float, dx: float, dy: float, reach: float) -> Box:
    half = name.size * 0.58
    left = name.x + dx * reach - (0 if dx > 0 else width if dx < 0 else width / 2)
    middle = name.y + dy * (reach + (half if dx == 0 else half * 0.4))
    return left, middle - half, left + width, middle + half


def _inside(box: Box, frame: Box) -> bool:
    return frame[0] <= box[0] and frame[1] <= box[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _n_overlaps(box: Box, others: NDArray[np.float64]) -> int:
    apart = (others[:, 0] >= box[2]) | (others[:, 2] <= box[0]) | (others[:, 1] >= box[3]) | (others[:, 3] <= box[1])
    return int((~apart).sum())


def _array(boxes: Sequence[Box]) -> NDArray[np.float64]:
    return np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
