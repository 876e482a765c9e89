"""What a rule may see of a day: the conditions and the numbers of people, as arrays of members."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from tidings.situation.world import POLICIES

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

OPEN, RESTRICTED, CLOSED = (POLICIES.index(policy) for policy in ("open", "restricted", "closed"))
KINDS = ("camp", "city", "town", "village", "other")
"""Kinds of places that rules tell apart; `Map.kind` holds positions in it, `other` for all further kinds."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Map:
    """What is the same for all members and days. Arrays follow the order of the geography."""

    place: NDArray[np.str_]
    """Shape (place,): ids."""
    crossing: NDArray[np.str_]
    """Shape (crossing,): ids."""
    kind: Ints
    """Shape (place,): position in `KINDS`."""
    is_camp: Flags
    """Shape (place,)."""
    country: NDArray[np.str_]
    """Shape (place,): ISO code, or ''."""
    capacity: Floats
    """Shape (place,): persons; inf is unlimited."""
    per_day: Floats
    """Shape (crossing,): persons a day that it lets through when open; inf is unlimited."""
    side_a: Ints
    """Shape (crossing,): the place where people wait."""
    side_b: Ints
    """Shape (crossing,): the place behind the crossing."""

    @property
    def target(self) -> NDArray[np.str_]:
        """Shape (place + crossing,): ids of all that a way can lead to: all places, then all crossings."""
        return np.concatenate([self.place, self.crossing])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeenWays:
    """The ways that people may choose from: from a place to a target. Targets are all places, then all crossings."""

    origin: Ints
    """Shape (way,): a place."""
    target: Ints
    """Shape (way,)."""
    km: Floats
    """Shape (way,): length."""


Part = TypeVar("Part", Map, SeenWays)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """What a rule may see. The first axis of every array is the member."""

    map: Map
    date: dt.date
    violence: Floats
    """Shape (member, place): violent events a day."""
    besieged: Flags
    """Shape (member, place)."""
    holder: NDArray[np.int16]
    """Shape (member, place): number of the party that holds it; -1 where nobody is known to."""
    policy: NDArray[np.int8]
    """Shape (member, crossing): `OPEN`, `RESTRICTED` or `CLOSED`."""
    people: Ints
    """Shape (member, place): persons there this morning, those included who arrived in it."""
    population: Ints
    """Shape (member, place): residents on the first morning of the run."""
    waiting: Ints
    """Shape (member, crossing): persons in the queue this morning."""
    quiet_days: Ints
    """Shape (member, place): days in a row, today included, that the rule `quiet` has called the place quiet."""
    onset_days: Floats
    """Shape (member, place): days since the first day that was not quiet, counted from the run's first day at the
    earliest; inf where there was none since the last calm."""
    ways: SeenWays | None = None
    """For the rules `near` and `side` only."""

    def of(self, rows: Ints, ways: SeenWays) -> Seen:
        """Return what some members see of the ways that they share."""
        return replace(self, ways=ways, **{name: getattr(self, name)[rows] for name in OF_MEMBERS})

    def read_only(self) -> Seen:
        """Return the same, so that whoever writes into an array of it fails."""
        ways = None if self.ways is None else _locked(self.ways)
        arrays: dict[str, Any] = {name: _view(getattr(self, name)) for name in OF_MEMBERS}
        return replace(self, map=_locked(self.map), ways=ways, **arrays)


OF_MEMBERS = tuple(field.name for field in fields(Seen) if field.name not in ("map", "date", "ways"))
"""The arrays of `Seen`, whose first axis is the member."""


def _locked(part: Part) -> Part:
    return replace(part, **{field.name: _view(getattr(part, field.name)) for field in fields(part)})


def _view(array: NDArray[Any]) -> NDArray[Any]:
    view = array.view()
    view.flags.writeable = False
    return view
