"""How people behave: our own rules, one class for each decision of a day.

Each is a frozen dataclass whose fields are parameters of the same names, and gives rates, shares or weights for arrays
of members. Numbers and equations are those of docs/model.md. Powers are written with exp and log: NumPy rounds `**`
otherwise for one member than for several, and a member must not depend on which others run with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tidings.flow.seen import OPEN, RESTRICTED, Seen

Numbers = Any
"""A number, or an array that broadcasts against arrays of members."""
POPULATION_OF_A_TOWN = 10_000.0
"""Residents of a place at which its size plays no part in LEAVE-1."""


@dataclass(frozen=True, slots=True)
class LeaveByViolence:
    """LEAVE-1: residents leave at a rate that grows with violence, most of all in the first months of it.

    Violence too little to begin the count of days drives people away as on the first of them.
    """

    base_leaving_rate: Numbers
    leaving_rate_per_event: Numbers
    leaving_late_share: Numbers
    leaving_fade_days: Numbers
    leaving_population_exponent: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the rate of leaving a place, per day."""
        late, since = self.leaving_late_share, np.where(np.isinf(seen.onset_days), 0.0, seen.onset_days)
        onset = late + (1.0 - late) * np.exp(-since / self.leaving_fade_days)
        towns = np.maximum(seen.population, 1) / POPULATION_OF_A_TOWN
        size = np.exp(self.leaving_population_exponent * np.log(towns))
        return (self.base_leaving_rate + self.leaving_rate_per_event * seen.violence * onset) * size


@dataclass(frozen=True, slots=True)
class EscapeFromSiege:
    """LEAVE-2: of those who would leave a besieged place on a day, a share gets out."""

    besieged_escape_probability: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the share of those who would leave that do: 1 where there is no siege."""
        return np.where(seen.besieged, self.besieged_escape_probability, 1.0)


@dataclass(frozen=True, slots=True)
class MoveOn:
    """LEAVE-3 and LEAVE-4: displaced people move on from violence, from crowding, and slowly from where they are."""

    onward_rate_settlement: Numbers
    onward_rate_camp: Numbers
    leaving_rate_per_event: Numbers
    crowding_rate: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the rate of moving on from a place, per day."""
        beyond = np.maximum(0.0, 1.0 - seen.map.capacity / np.maximum(seen.people, 1))
        quiet = np.where(seen.map.is_camp, self.onward_rate_camp, self.onward_rate_settlement)
        return quiet + self.leaving_rate_per_event * seen.violence + self.crowding_rate * beyond


@dataclass(frozen=True, slots=True)
class NearFirst:
    """CHOOSE-2: the weight of a way falls with its length."""

    distance_scale: Numbers
    distance_exponent: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the part of a way's weight that comes from its length: 1 at 0 km."""
        assert seen.ways is not None
        return np.exp(-self.distance_exponent * np.log1p(seen.ways.km / self.distance_scale))


@dataclass(frozen=True, slots=True)
class OwnSideFirst:
    """CHOOSE-4: a place of the same country that another party holds weighs less."""

    other_side_weight: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the part of a way's weight that comes from who holds its two ends."""
        assert seen.ways is not None
        n_places = len(seen.map.kind)
        here, end = seen.ways.origin, np.minimum(seen.ways.target, n_places - 1)
        held, held_there = seen.holder[:, here], seen.holder[:, end]
        is_inland = (seen.ways.target < n_places) & (seen.map.country[here] == seen.map.country[end])
        is_across = is_inland & (held >= 0) & (held_there >= 0) & (held != held_there)
        return np.where(is_across, self.other_side_weight, 1.0)


@dataclass(frozen=True, slots=True)
class AttractByKind:
    """CHOOSE-2 and CHOOSE-3: camps, towns and open crossings attract, violence deters; nobody goes into a siege."""

    weight_camp: Numbers
    weight_city: Numbers
    weight_town: Numbers
    weight_village: Numbers
    weight_other: Numbers
    weight_crossing: Numbers
    restricted_crossing_weight: Numbers
    violence_avoidance: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the part of a way's weight that comes from its end: of all places, then of all crossings."""
        quiet = np.where(seen.besieged, 0.0, np.exp(-self.violence_avoidance * seen.violence))
        by_kind = (self.weight_camp, self.weight_city, self.weight_town, self.weight_village, self.weight_other)
        attraction = np.concatenate([np.atleast_2d(weight) for weight in by_kind], axis=1)[:, seen.map.kind]
        restricted = np.where(seen.policy == RESTRICTED, self.restricted_crossing_weight, 0.0)
        passage = np.where(seen.policy == OPEN, 1.0, restricted)
        behind = self.weight_crossing * passage * quiet[:, seen.map.side_b]
        return np.concatenate([attraction * quiet, behind], axis=1)


@dataclass(frozen=True, slots=True)
class RoomLeft:
    """CHOOSE-5: a place that fills up attracts less, a full one nobody."""

    capacity_buffer: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return what is left of a place's attraction: 1 up to the buffer, 0 from the capacity on, linear between."""
        filled = seen.people / np.maximum(seen.map.capacity, 1.0)
        left = np.clip((1.0 - filled) / (1.0 - self.capacity_buffer), 0.0, 1.0)
        return np.where(seen.map.capacity > 0, left, 0.0)


@dataclass(frozen=True, slots=True)
class PassCrossing:
    """QUEUE-1: how many a crossing lets through on a day."""

    restricted_share: Numbers
    restricted_limit: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the most that can pass on the day, persons; inf is no limit."""
        per_day = seen.map.per_day
        finite = np.where(np.isinf(per_day), 0.0, per_day)
        restricted = np.where(np.isinf(per_day), self.restricted_limit, self.restricted_share * finite)
        return np.where(seen.policy == OPEN, per_day, np.where(seen.policy == RESTRICTED, restricted, 0.0))


@dataclass(frozen=True, slots=True)
class SettleNear:
    """SETTLE-1: who waits at a crossing settles near it in the end."""

    settle_near_rate: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the rate of settling near a crossing, per day."""
        return self.settle_near_rate


@dataclass(frozen=True, slots=True)
class TurnBack:
    """SETTLE-1: or turns back."""

    turn_back_rate: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the rate of turning back from a crossing, per day."""
        return self.turn_back_rate


@dataclass(frozen=True, slots=True)
class QuietPlace:
    """RETURN-1: what a quiet day is."""

    calm_violence: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return whether a place is quiet today."""
        return (seen.violence <= self.calm_violence) & ~seen.besieged


@dataclass(frozen=True, slots=True)
class CalmForDays:
    """RETURN-1: a home is calm after some quiet days."""

    calm_days: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return whether people return to a place."""
        return seen.quiet_days >= self.calm_days


@dataclass(frozen=True, slots=True)
class ReturnWhenCalm:
    """RETURN-1: displaced people whose home is calm set out for it."""

    return_rate: Numbers

    def values(self, seen: Seen) -> Numbers:
        """Return the rate of setting out for a calm home from a place, per day."""
        return self.return_rate
