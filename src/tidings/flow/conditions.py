"""What the sampled worlds say of one day, stacked over members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.situation.world import Snapshot


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


def differ_in_violence_alone(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots share all arrays but that of violence, as the days of a world without an event do."""
    names = (name for name in Conditions.__slots__ if name != "violence")
    return all(getattr(one, name) is getattr(other, name) for name in names)
