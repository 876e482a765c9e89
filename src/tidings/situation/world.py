"""A World: one consistent path of control, roads, crossings, sieges and violence; what one member sees."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

POLICIES = ("open", "restricted", "closed")
"""Codes of `Snapshot.policy`: the position in this tuple."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that a simulation may know of one day; arrays follow the order of the Geography's tuples."""

    holder: NDArray[np.int16]
    """Shape (place,): position in `World.parties`; -1 where nobody is known to hold it."""
    besieged: NDArray[np.bool_]
    """Shape (place,)."""
    violence: NDArray[np.float64]
    """Shape (place,): violent events a day, >= 0."""
    passable: NDArray[np.bool_]
    """Shape (road,)."""
    policy: NDArray[np.int8]
    """Shape (crossing,): 0 open, 1 restricted, 2 closed."""


@dataclass(frozen=True, slots=True)
class World:
    """One path over all days: each snapshot holds from its day until the next, but for violence, which moves."""

    parties: tuple[str, ...]
    path: tuple[tuple[dt.date, Snapshot], ...]
    """In order of days; the first holds for all days before the second."""
    memory_days: NDArray[np.float64] | None = None
    """Shape (place,): e-folding time of violence after a snapshot's day; inf where it stays, None: everywhere."""
    until: dt.date | None = None
    """The last day that it tells of: a run beyond it is refused. None: the last snapshot holds on, without an end."""
    tends_to: float = 0.0
    """Times its violence that a snapshot comes near to, without a jump: 0 fades, 1 persists, more escalates."""

    def on(self, day: dt.date) -> Snapshot:
        """Return the snapshot that holds on a day, with what has become of its violence.

        Where no violence moves, the same snapshot is the same object on every day; where it does, all its other arrays
        are.
        """
        start, current = self.path[max(0, bisect_right(self.path, day, key=itemgetter(0)) - 1)]
        age_days = (day - start).days
        if self.memory_days is None or self.tends_to == 1 or age_days <= 0:
            return current
        times = self.tends_to + (1 - self.tends_to) * np.exp(-age_days / self.memory_days)
        return replace(current, violence=current.violence * times)
