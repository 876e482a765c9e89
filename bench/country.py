"""A made-up country of any size: towns on a bent grid, joined to their neighbours, with crossings on one edge."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

SPACING_DEGREES = 0.1
START = dt.date(2031, 3, 1)
SIDES = ("north", "south")


def towns(n_places: int) -> tuple[Place, ...]:
    """Return towns on a grid that is bent so that no two roads have one length."""
    side = math.isqrt(n_places - 1) + 1
    return tuple(
        Place(
            id=f"t{number}", name=f"Town {number}", country="UTO", kind="town" if number % 50 else "camp",
            lat=10 + SPACING_DEGREES * (number // side) + 0.01 * math.sin(number),
            lon=20 + SPACING_DEGREES * (number % side) + 0.01 * math.cos(number),
            population=1_000 + 37 * (number % 101), group=f"g{number * 10 // n_places}",
        )
        for number in range(n_places)
    )  # fmt: skip


def roads(n_places: int) -> tuple[Road, ...]:
    """Return three roads a town: to the east, to the south and across."""
    side = math.isqrt(n_places - 1) + 1
    steps = [
        (a, a + step) for a in range(n_places) for step in (1, side, side + 1) if (a + step) % side or step == side
    ]
    ends = [(a, b) for a, b in steps if b < n_places]
    return tuple(Road.model_validate({"id": f"r{n}", "from": f"t{a}", "to": f"t{b}"}) for n, (a, b) in enumerate(ends))


def country(n_places: int, folder: Path = Path()) -> Crisis:
    """Return the crisis: its geography, two sides, and a border town at every tenth place of the first row."""
    side = math.isqrt(n_places - 1) + 1
    inside = towns(n_places)
    abroad = tuple(
        Place(id=f"b{n}", name=f"Border {n}", country="OUT", lat=9.9, lon=inside[n].lon, population=0, group="abroad")
        for n in range(0, side, 10)
    )
    crossings = tuple(
        Crossing(id=f"c{n}", name=f"Gate {n}", side_a=f"t{n}", side_b=f"b{n}", per_day=500) for n in range(0, side, 10)
    )
    return Crisis(
        folder=folder,
        settings=Settings(title="A made-up country", countries=("UTO",), start=START),
        geography=Geography(inside + abroad, roads(n_places), crossings),
        parties=tuple(Party(id=side_id, name=side_id.title()) for side_id in SIDES),
    )
