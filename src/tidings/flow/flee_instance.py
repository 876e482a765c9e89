"""A Flee instance as its folder tells it: locations, routes, closures, conflict days, registered people; unscaled.

`interchange.flee` reads one from a folder and writes one back; `flow.flee` simulates it. Counts are persons here:
dividing them by `hasten` is the simulation's part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A row of locations.csv."""

    name: str
    region: str
    country: str
    lat: float | None
    lon: float | None
    kind: str
    """As written: camp, idpcamp, conflict_zone, town, forwarding_hub, marker …"""
    conflict_date: int | None
    """Day of the run on which conflict begins, where one is given."""
    people: int | None
    """The column pop/cap: a camp's capacity (None or 0: unlimited), elsewhere the population (None: not given)."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Named extra columns, as written; empty cells are left out."""
    where: str = "locations.csv"
    """File and line, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A row of routes.csv: a road in both directions. Copies of a road are routes of their own, as in Flee."""

    one: int
    """Position in `FleeInstance.locations`."""
    other: int
    km: float
    forced_redirection: int = 0
    """0, 1 or 2 as written; Flee's movement never reads it."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    where: str = "routes.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A row of closures.csv."""

    kind: str
    """country, location, camp, idpcamp, link, remove_forced_redirection."""
    one: str
    other: str
    start: int
    """Day of the run."""
    end: int
    """Day of the run on which it is undone; negative or beyond the run: never."""
    where: str = "closures.csv"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registered:
    """People registered over time in one row of data_layout.csv, corrections applied; its files summed."""

    name: str
    days: NDArray[np.float64]
    """Shape (report,): days since the start of the run, in order, each once; reports before the start are negative."""
    people: NDArray[np.float64]
    """Shape (report,): persons."""
    where: str = "data_layout.csv"
    published: NDArray[np.float64] | None = None
    """Shape (report,): persons as they were known on the day: before corrections, and each file of several carried on
    from its last count, never towards a later one. None where `people` is that already."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FleeInstance:
    """All that a Flee folder says."""

    name: str
    start: dt.date
    days: int
    """Length of the run."""
    locations: tuple[Location, ...]
    """In the order of the file; the country of the first is home."""
    routes: tuple[Route, ...]
    closures: tuple[Closure, ...]
    conflicts: NDArray[np.float64]
    """Shape (day of the run, location): intensity; 0 where there is no conflict or no column."""
    total: Registered | None
    """The row `total`, where there is one."""
    registered: tuple[Registered, ...]
    """The other rows of data_layout.csv, in its order; some are no location of the run, and still count as arrivals."""
    corrections: tuple[tuple[str, int], ...] = ()
    """Row and day of each registration correction."""
