"""What the sampled worlds say of one day, stacked over members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

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
    def of(cls, snapshots: Sequence[Snapshot], world_of: NDArray[np.int64]) -> Conditions:
        """Stack the snapshot of each member's world. `world_of`, shape (member,): number of a snapshot."""
        return cls(*(stacked(snapshots, world_of, name) for name in cls.__slots__))

    def with_violence_of(self, snapshots: Sequence[Snapshot], world_of: NDArray[np.int64]) -> Conditions:
        """Return the same conditions but for violence."""
        return replace(self, violence=stacked(snapshots, world_of, "violence"))


def stacked(snapshots: Sequence[Snapshot], world_of: NDArray[np.int64], name: str) -> NDArray[Any]:
    """Return one array of a snapshot a member, one below the other."""
    return np.array([getattr(each, name) for each in snapshots])[world_of]


def differ_in_violence_alone(one: Snapshot, other: Snapshot) -> bool:
    """Whether two snapshots share all arrays but that of violence, as the days of a world without an event do."""
    return (
        one.holder is other.holder
        and one.besieged is other.besieged
        and one.passable is other.passable
        and one.policy is other.policy
    )
