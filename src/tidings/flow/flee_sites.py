"""The places of a Flee instance in units of `hasten` people, and the registration data by day."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee_instance import FleeInstance, Location, Registered
from tidings.flow.flee_settings import FleeSettings, MoveRules

Kind = Literal["camp", "idpcamp", "conflict", "hub", "marker", "town", "unknown"]
PARTS: tuple[tuple[str, Kind], ...] = (
    ("idpcamp", "idpcamp"), ("camp", "camp"), ("conflict", "conflict"), ("forward", "hub"), ("marker", "marker"),
    ("flood_zone", "town"), ("default", "town"), ("town", "town"),
)  # fmt: skip
"""What a location type contains, in the order in which Flee looks for it. Without floods, a flood zone is a town."""
CAMP_LIKE_CHANCE = 0.005
"""Flee takes any place that fewer leave, per decision, for a camp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place as the run starts, before the conflicts of day 0. Counts are units of `hasten` people."""

    name: str
    country: str
    kind: Kind
    is_foreign: bool
    population: int
    capacity: int
    """0 or less: unlimited."""
    capacity_per_day: float
    initial_idps: int
    intensity: float
    """Of the conflict, from the start; 0 where there is none."""
    p_move: float
    """Chance of leaving, before that of day 0's conflicts."""
    is_camp: bool
    is_town: bool
    has_capacity: bool
    """Whether it was built as a camp, for which people are registered."""


def kind_of(location: Location) -> Kind:
    """Return the kind that Flee takes a location type for.

    Examples
    --------
    >>> from tidings.flow.flee_instance import Location
    >>> [kind_of(Location(name="A", region="", country="", lat=None, lon=None, kind=kind, conflict_date=None,
    ...                   people=None)) for kind in ("Camp", "conflict_zone", "forwarding_hub", "port")]
    ['camp', 'conflict', 'hub', 'unknown']
    """
    written = location.kind.casefold()
    return next((kind for part, kind in PARTS if part in written), "unknown")


def number_of(attributes: Mapping[str, str], name: str, default: float) -> float:
    """Return an attribute as a number; the default where there is none, NaN where it is no number."""
    if name not in attributes:
        return default
    try:
        return float(attributes[name])
    except ValueError:
        return math.nan


def p_move_of(kind: Kind, is_in_conflict: bool, rules: MoveRules) -> float:
    """Return the chance, per decision, that a person leaves a place of a kind."""
    if kind == "conflict":
        return rules.conflict_movechance if is_in_conflict else rules.default_movechance
    special = {"camp": rules.camp_movechance, "idpcamp": rules.idpcamp_movechance}
    return special.get(kind, 1.0 if kind in ("hub", "marker", "unknown") else rules.default_movechance)


def sites_of(instance: FleeInstance, settings: FleeSettings) -> tuple[Site, ...]:
    """Return the places of an instance that has been checked."""
    home = instance.locations[0].country if instance.locations else ""
    return tuple(_site(location, home, settings) for location in instance.locations)


def _site(location: Location, home: str, settings: FleeSettings) -> Site:
    kind, hasten = kind_of(location), settings.optimisations.hasten
    is_in_conflict = kind == "conflict" and (location.conflict_date or 0) <= 0
    p_move = p_move_of(kind, is_in_conflict, settings.move_rules)
    is_camp = kind in ("camp", "idpcamp") or p_move < CAMP_LIKE_CHANCE
    units = (location.people or 0) // hasten
    has_capacity = kind in ("camp", "idpcamp")
    return Site(
        name=location.name,
        country=location.country,
        kind=kind,
        is_foreign=location.country != home,
        population=0 if has_capacity else units,
        capacity=units if has_capacity else 0,
        capacity_per_day=number_of(location.attributes, "capacity_per_day", 0.0) / hasten,
        initial_idps=int(number_of(location.attributes, "initial_idps", 0.0)) // hasten if has_capacity else 0,
        intensity=number_of(location.attributes, "conflict_intensity", 1.0) if is_in_conflict else 0.0,
        p_move=p_move,
        is_camp=is_camp,
        has_capacity=has_capacity,
        is_town=not is_camp and (kind == "town" or (kind == "conflict" and not is_in_conflict)),
    )


def registered_units(row: Registered, n_days: int, settings: FleeSettings) -> NDArray[np.int64]:
    """Return how many units are registered on each day of the run.

    Between two reports the number is on a straight line, before the first and after the last it is constant; it is cut
    to whole units.

    Returns
    -------
    NDArray[np.int64]
        Shape (day,).
    """
    people = np.array([_on(row, float(day)) for day in range(n_days)])
    if settings.spawn_rules.empty_camps_on_day0:
        people = people - people[:1]
    return np.trunc(people / settings.optimisations.hasten).astype(np.int64)


def _on(row: Registered, day: float) -> float:
    """Return the persons on a day; where reports are out of order, those around the first later one in the table."""
    if day <= row.days[0]:
        return float(row.people[0])
    for later in range(1, len(row.days)):
        if day < row.days[later]:
            before = later - 1
            share = (day - row.days[before]) / (row.days[later] - row.days[before])
            return float(row.people[before] + share * (row.people[later] - row.people[before]))
    return float(row.people[-1])
