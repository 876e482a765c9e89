"""The rules of a day: rates, probabilities and weights over arrays of members; a rule never draws.

Numbers and equations are those of docs/model.md. Every method works on arrays whose first axis is the member and on
plain numbers alike: the fast engine asks for all members at once, the reference engine for one person at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from tidings.flow.parameters import Parameters
from tidings.situation.world import POLICIES

DAY = ("arrive", "leave", "choose", "travel", "queue", "settle", "return_home")
"""What happens on a day, in this order; both engines run through this very tuple."""

OPEN, RESTRICTED, CLOSED = (POLICIES.index(policy) for policy in ("open", "restricted", "closed"))
WEIGHT_BY_KIND = {"camp": "weight_camp", "city": "weight_city", "town": "weight_town", "village": "weight_village"}
"""Parameter that holds the attraction of a kind of place; `weight_other` for all other kinds."""

Numbers = Any
"""A number, or an array of numbers whose first axis is the member; float unless the name says `is_`."""


class Rule(Protocol):
    """What a rule has to be: a frozen value made from parameters."""

    @classmethod
    def of(cls, parameters: Columns) -> Rule:
        """Take what the rule needs from the parameters."""


class Columns:
    """Parameters by name: numbers for one member, columns of shape (member, 1) for many.

    Examples
    --------
    >>> from tidings.flow.parameters import load_parameters
    >>> Columns(load_parameters())["speed_foot"]
    35.0
    >>> Columns([load_parameters(), load_parameters()])["speed_foot"].shape
    (2, 1)
    """

    def __init__(self, parameters: Parameters | Sequence[Parameters]) -> None:
        self._of_one = parameters if isinstance(parameters, Parameters) else None
        self._of_many = () if isinstance(parameters, Parameters) else tuple(parameters)

    def __getitem__(self, name: str) -> Numbers:
        if self._of_one is not None:
            return self._of_one[name]
        return np.array([[each[name]] for each in self._of_many])


def p_within_a_day(rate_per_day: Numbers) -> Numbers:
    """Return the probability that something with a rate happens within a day.

    Examples
    --------
    >>> float(p_within_a_day(0.0)), round(float(p_within_a_day(1.0)), 3)
    (0.0, 0.632)
    """
    return -np.expm1(-rate_per_day)  # exact for small rates


@dataclass(frozen=True, slots=True)
class LeaveByViolence:
    """LEAVE-1 and LEAVE-2: residents leave at a rate that grows with violence; from a siege only a few get out."""

    base_rate: Numbers
    rate_per_event: Numbers
    escape_probability: Numbers

    @classmethod
    def of(cls, parameters: Columns) -> LeaveByViolence:
        """Take what the rule needs from the parameters."""
        names = ("base_leaving_rate", "leaving_rate_per_event", "besieged_escape_probability")
        return cls(*(parameters[name] for name in names))

    def p_leave(self, violence: Numbers, is_besieged: Numbers) -> Numbers:
        """Return the probability that a resident leaves on the day.

        Examples
        --------
        >>> rule = LeaveByViolence(0.0, 0.1, 0.01)
        >>> [round(float(p), 5) for p in (rule.p_leave(2.0, False), rule.p_leave(2.0, True), rule.p_leave(0.0, False))]
        [0.18127, 0.00181, 0.0]
        """
        p = p_within_a_day(self.base_rate + self.rate_per_event * violence)
        return np.where(is_besieged, p * self.escape_probability, p)


@dataclass(frozen=True, slots=True)
class MoveOn:
    """LEAVE-3 and LEAVE-4: displaced people move on from violence, from crowding, and slowly from where they are."""

    settlement_rate: Numbers
    camp_rate: Numbers
    rate_per_event: Numbers
    crowding_rate: Numbers
    escape_probability: Numbers

    @classmethod
    def of(cls, parameters: Columns) -> MoveOn:
        """Take what the rule needs from the parameters."""
        names = ("onward_rate_settlement", "onward_rate_camp", "leaving_rate_per_event", "crowding_rate",
                 "besieged_escape_probability")  # fmt: skip
        return cls(*(parameters[name] for name in names))

    def p_leave(
        self, violence: Numbers, is_besieged: Numbers, is_camp: Numbers, people: Numbers, capacity: Numbers
    ) -> Numbers:
        """Return the probability that a displaced person moves on on the day.

        Examples
        --------
        >>> rule = MoveOn(0.3, 0.0, 0.1, 1.0, 0.0)
        >>> [round(float(rule.p_leave(0.0, False, True, people, 100.0)), 3) for people in (100, 200)]
        [0.0, 0.393]
        """
        beyond = np.maximum(0.0, 1.0 - capacity / np.maximum(people, 1))
        quiet = np.where(is_camp, self.camp_rate, self.settlement_rate)
        p = p_within_a_day(quiet + self.rate_per_event * violence + self.crowding_rate * beyond)
        return np.where(is_besieged, p * self.escape_probability, p)


@dataclass(frozen=True, slots=True)
class ChooseByDistance:
    """CHOOSE-2 to CHOOSE-4: near, attractive and quiet places weigh more, those behind a front line less."""

    distance_scale_km: Numbers
    distance_exponent: Numbers
    violence_avoidance: Numbers
    other_side_weight: Numbers
    restricted_weight: Numbers

    @classmethod
    def of(cls, parameters: Columns) -> ChooseByDistance:
        """Take what the rule needs from the parameters."""
        names = ("distance_scale", "distance_exponent", "violence_avoidance", "other_side_weight",
                 "restricted_crossing_weight")  # fmt: skip
        return cls(*(parameters[name] for name in names))

    def nearness(self, km: Numbers) -> Numbers:
        """Return the part of the weight that comes from the length of the way: 1 at 0 km.

        Examples
        --------
        >>> float(ChooseByDistance(10.0, 1.0, 1.386, 0.1, 0.5).nearness(30.0))
        0.25
        """
        return (1.0 + km / self.distance_scale_km) ** -self.distance_exponent

    def pull(self, attraction: Numbers, violence: Numbers, is_besieged: Numbers) -> Numbers:
        """Return the part of the weight that comes from the destination; nobody goes into a siege."""
        return np.where(is_besieged, 0.0, attraction * np.exp(-self.violence_avoidance * violence))

    def across(self, is_other_side: Numbers) -> Numbers:
        """Return the part of the weight that comes from who holds the destination."""
        return np.where(is_other_side, self.other_side_weight, 1.0)

    def passage(self, policy: Numbers) -> Numbers:
        """Return the part of the weight that comes from a crossing's policy: 1 open, 0 closed."""
        return np.where(policy == OPEN, 1.0, np.where(policy == RESTRICTED, self.restricted_weight, 0.0))


@dataclass(frozen=True, slots=True)
class RoomLeft:
    """CHOOSE-5: a place that fills up attracts less, a full one nobody."""

    buffer: Numbers

    @classmethod
    def of(cls, parameters: Columns) -> RoomLeft:
        """Take what the rule needs from the parameters."""
        return cls(parameters["capacity_buffer"])

    def share(self, people: Numbers, capacity: Numbers) -> Numbers:
        """Return what is left of the attraction: 1 up to the buffer, 0 from the capacity on, linear between.

        Examples
        --------
        >>> [float(RoomLeft(0.5).share(people, 100.0)) for people in (40, 75, 100, 130)]
        [1.0, 0.5, 0.0, 0.0]
        >>> float(RoomLeft(0.5).share(10, np.inf))
        1.0
        """
        filled = people / np.maximum(capacity, 1.0)
        return np.where(capacity > 0, np.clip((1.0 - filled) / (1.0 - self.buffer), 0.0, 1.0), 0.0)


@dataclass(frozen=True, slots=True)
class PassCrossing:
    """QUEUE-1: how many a crossing lets through on a day."""

    restricted_share: Numbers
    restricted_limit: Numbers

    @classmethod
    def of(cls, parameters: Columns) -> PassCrossing:
        """Take what the rule needs from the parameters."""
        return cls(parameters["restricted_share"], parameters["restricted_limit"])

    def limit(self, policy: Numbers, per_day: Numbers) -> Numbers:
        """Return the most that can pass on the day, persons; inf is no limit.

        Examples
        --------
        >>> rule = PassCrossing(0.1, 300.0)
        >>> [float(rule.limit(policy, 1000.0)) for policy in (OPEN, RESTRICTED, CLOSED)]
        [1000.0, 100.0, 0.0]
        >>> float(rule.limit(RESTRICTED, np.inf)), float(rule.limit(OPEN, np.inf))
        (300.0, inf)
        """
        finite = np.where(np.isinf(per_day), 0.0, per_day)
        restricted = np.where(np.isinf(per_day), self.restricted_limit, self.restricted_share * finite)
        return np.where(policy == OPEN, per_day, np.where(policy == RESTRICTED, restricted, 0.0))


@dataclass(frozen=True, slots=True)
class GiveUp:
    """SETTLE-1: who waits at a crossing settles near it or turns back, at two competing rates."""

    settle_rate: Numbers
    turn_back_rate: Numbers

    @classmethod
    def of(cls, parameters: Columns) -> GiveUp:
        """Take what the rule needs from the parameters."""
        return cls(parameters["settle_near_rate"], parameters["turn_back_rate"])

    def p_give_up(self) -> Numbers:
        """Return the probability that a person who waits gives up on the day."""
        return p_within_a_day(self.settle_rate + self.turn_back_rate)

    def p_settle(self) -> Numbers:
        """Return the probability that a person who gives up settles near the crossing."""
        total = np.asarray(self.settle_rate + self.turn_back_rate)
        return self.settle_rate / np.where(total > 0, total, 1.0)


@dataclass(frozen=True, slots=True)
class ReturnWhenCalm:
    """RETURN-1: displaced people return at a rate once their home has been calm for some days."""

    rate: Numbers
    calm_violence: Numbers
    calm_days: Numbers
    escape_probability: Numbers

    @classmethod
    def of(cls, parameters: Columns) -> ReturnWhenCalm:
        """Take what the rule needs from the parameters."""
        names = ("return_rate", "calm_violence", "calm_days", "besieged_escape_probability")
        return cls(*(parameters[name] for name in names))

    def is_quiet(self, violence: Numbers, is_besieged: Numbers) -> Numbers:
        """Whether a place is quiet on a day."""
        return (violence <= self.calm_violence) & np.logical_not(is_besieged)

    def is_calm(self, quiet_days: Numbers) -> Numbers:
        """Whether a place has been quiet for long enough, the day itself included."""
        return quiet_days >= self.calm_days

    def p_return(self, p_home_calm: Numbers, is_besieged: Numbers) -> Numbers:
        """Return the probability that a displaced person sets out for home on the day.

        Parameters
        ----------
        p_home_calm
            Probability that the person's home is calm and can be reached.
        is_besieged
            Whether the place where the person stays is besieged.
        """
        p = p_within_a_day(self.rate) * p_home_calm
        return np.where(is_besieged, p * self.escape_probability, p)


@dataclass(frozen=True, slots=True)
class Rules:
    """One rule for each decision of a day."""

    leave: LeaveByViolence
    move_on: MoveOn
    choose: ChooseByDistance
    room: RoomLeft
    crossing: PassCrossing
    give_up: GiveUp
    go_home: ReturnWhenCalm

    @classmethod
    def of(cls, parameters: Parameters | Sequence[Parameters]) -> Rules:
        """Make the rules of one member, or those of many at once."""
        columns = Columns(parameters)
        return cls(LeaveByViolence.of(columns), MoveOn.of(columns), ChooseByDistance.of(columns), RoomLeft.of(columns),
                   PassCrossing.of(columns), GiveUp.of(columns), ReturnWhenCalm.of(columns))  # fmt: skip
