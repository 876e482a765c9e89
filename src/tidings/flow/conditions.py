"""What the sampled worlds say of one day, stacked over members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.situation.world import Snapshot, World


@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """The snapshots of all members on one day."""

    holder: NDArray[np.int16]
    """Shape (member, place): a party's number in the member's world; -1 where nobody is known to hold it."""
    besieged: NDArray[np.bool_]
    """Shape (member, place)."""
    violence: NDArray[np.float64]
    """Shape (member, place): violent events a day."""
    passable: NDArray[np.bool_]
    """Shape (member, road)."""
    policy: NDArray[np.int8]
    """Shape (member, crossing): position in `situation.world.POLICIES`."""

    @classmethod
    def of(cls, snapshots: Sequence[Snapshot]) -> Conditions:
        """Stack one snapshot a member."""
        return cls(*(np.stack([getattr(snapshot, name) for snapshot in snapshots]) for name in cls.__slots__))


def path_of(world: World, first: dt.date, n_days: int) -> list[Snapshot]:
    """Return a world's snapshot of each day from the first on."""
    snapshots, at = [], 0
    for number in range(n_days):
        day = first + dt.timedelta(days=number)
        while at + 1 < len(world.path) and world.path[at + 1][0] <= day:
            at += 1
        snapshots.append(world.path[at][1])
    return snapshots
