"""Places, roads and crossings: the rows of a crisis's tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from pydantic import Field

from tidings.core.schema import Schema

PlaceKind = Literal[
    "country", "region", "admin1", "admin2", "admin3", "city", "town", "village", "camp", "crossing", "border", "road",
    "area",
]  # fmt: skip
RoadMode = Literal["motor", "foot", "water"]

DETOUR_FACTOR = 1.3
"""Road length over great-circle length, used (and marked as assumed) where no length is given."""
MAPPED = "OpenStreetMap"
"""How the source of a road begins that was taken from OpenStreetMap, which is credited wherever such a road shows."""
MAPPED_CREDIT = "Roads: © OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)"
MOST_PEOPLE = 10**12
"""A number of people over this is a slip of the pen: more than a hundred times all who live on Earth."""
EARTH_RADIUS_KM = 6371.0088


class Place(Schema):
    """One row of places.csv."""

    id: str = Field(min_length=1)
    """What claims, roads and bulletins call it: never change it once reports were added."""
    name: str = Field(min_length=1)
    other_names: tuple[str, ...] = ()
    """Other spellings and languages; reports are read with them."""
    kind: PlaceKind = "town"
    """country, region, admin1–3, city, town, village, camp, crossing, border, road or area."""
    country: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    """ISO 3166-1 alpha-3."""
    lat: float | None = Field(default=None, ge=-90, le=90)
    """Degrees north (WGS 84)."""
    lon: float | None = Field(default=None, ge=-180, le=180)
    """Degrees east (WGS 84)."""
    pcode: str | None = None
    """OCHA place code."""
    population: int | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    """Persons living there; empty is unknown, not zero."""
    population_source: str | None = None
    """Who counted, and when."""
    capacity: int | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    """Persons that a camp can shelter; empty is unknown."""
    group: str | None = None
    """The origin group (admin 1 by default) under which people from here are counted."""
    note: str | None = None
    """For people. A row that a report added says so here; it reads no other report until a person has changed this or
    filled in a cell."""

    @property
    def is_located(self) -> bool:
        """Whether the place has coordinates."""
        return self.lat is not None and self.lon is not None


class Road(Schema):
    """One row of roads.csv: a way between two places, passable in both directions unless a claim says otherwise."""

    id: str = Field(min_length=1)
    """Where empty: from--to. Any other id is read as the road's name."""
    from_: str = Field(alias="from", min_length=1)
    """A place."""
    to: str = Field(min_length=1)
    """A place."""
    length_km: float | None = Field(default=None, gt=0)
    """Empty: great circle × 1.3, marked as assumed."""
    mode: RoadMode = "motor"
    """motor, foot or water."""
    speed_km_per_day: float | None = Field(default=None, gt=0)
    """Empty: the speed of its mode (docs/model.md)."""
    source: str | None = None
    note: str | None = None


class Crossing(Schema):
    """One row of crossings.csv: a border crossing between a place on either side."""

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    other_names: tuple[str, ...] = ()
    side_a: str = Field(min_length=1)
    """The place on the side that people flee from; they flee from a to b only, and return both ways. Where people flee
    both ways, write a second row with the sides swapped, with an id and a name of its own: what a report tells of one
    row's name does not hold for the other's."""
    side_b: str = Field(min_length=1)
    """The place on the other side."""
    per_day: float | None = Field(default=None, ge=0)
    """Persons a day that it lets through when open; empty is unknown."""
    note: str | None = None


class Named(Protocol):
    """What has an id and a name, which others may share."""

    @property
    def id(self) -> str:
        """What it is called in tables and claims."""

    @property
    def name(self) -> str:
        """What it is called in reports."""


def names_shown(rows: Iterable[Named]) -> dict[str, str]:
    """Return the name of each by its id; where two share a name, each with its id in brackets.

    Examples
    --------
    >>> names_shown([Place(id="n", name="Dorvik"), Place(id="s", name="Dorvik"), Place(id="k", name="Kett")])
    {'n': 'Dorvik (n)', 's': 'Dorvik (s)', 'k': 'Kett'}
    """
    named = [(row.id, row.name) for row in rows]
    times = Counter(name for _, name in named)
    return {an_id: f"{name} ({an_id})" if times[name] > 1 else name for an_id, name in named}


def names_listed(names: Sequence[str], most: int = 12) -> str:
    """Return names as in a sentence: the first of them, and how many more there are.

    Examples
    --------
    >>> names_listed(["Kett", "Dorvik", "Alta"], most=2)
    'Kett, Dorvik and 1 more'
    """
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def great_circle_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the great-circle distance between two points in degrees (haversine formula).

    Examples
    --------
    >>> round(great_circle_km(36.2, 37.16, 36.72, 37.12))
    58
    """
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
