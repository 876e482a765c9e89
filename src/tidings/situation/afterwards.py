"""What becomes of violence after the day of a situation: nobody knows it, so members differ (WORLD-5 in docs/model.md).

Nothing here predicts an attack: each member is given one of three courses of what was told of, by chance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tidings.core.streams import uniform

Course = Literal["dies_down", "persists", "escalates"]

GOLDEN = (5**0.5 - 1) / 2

COURSES: Mapping[Course, Mapping[str, float]] = MappingProxyType(
    {
        "dies_down": {"violence_lasts": 0.0},
        "persists": {"violence_lasts": 1.0, "violence_escalates": 0.0},
        "escalates": {"violence_lasts": 1.0, "violence_escalates": 1.0},
    }
)
"""The courses, each with the parameters that give it to all members."""
ASSUMED_AFTERWARDS: Mapping[str, float] = MappingProxyType(
    {"violence_lasts": 0.667, "violence_escalates": 0.5, "violence_escalation": 2.0, "violence_fade_days": 7.0}
)
"""The parameters of the courses, with their defaults in parameters.yaml."""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """The course that violence takes in one member."""

    course: Course
    tends_to: float
    """Times the violence of the situation's day that it comes near to: 0, 1 or more."""
    fade_days: float
    """E-folding time with which it comes near to that."""


def shares_of(parameters: Mapping[str, float]) -> dict[Course, float]:
    """Return how likely each course is.

    Examples
    --------
    >>> shares_of({"violence_lasts": 0.5, "violence_escalates": 0.2})
    {'dies_down': 0.5, 'persists': 0.4, 'escalates': 0.1}
    """
    lasts, escalates = parameters["violence_lasts"], parameters["violence_escalates"]
    return {"dies_down": 1 - lasts, "persists": lasts * (1 - escalates), "escalates": lasts * escalates}


def draw_afterwards(seed: int, member: int, parameters: Mapping[str, float]) -> Afterwards:
    """Draw the course of a member, the same at all places: a war dies down or escalates as one.

    Parameters
    ----------
    parameters
        Those of the member. They change no luck: a member whose violence escalates does so, too, where more do.

    Notes
    -----
    Luck goes round by the golden ratio from a start of the seed's, so that of any members in a row nearly the right
    share has each course; drawn apart, 6 of the first 50 escalated with one seed where 17 were meant to.
    """
    luck = (uniform(seed, 0, 0, "violence_afterwards", "crisis") + member * GOLDEN) % 1.0
    fade_days = parameters["violence_fade_days"]
    if luck < shares_of(parameters)["escalates"]:
        return Afterwards("escalates", parameters["violence_escalation"], fade_days)
    if luck < parameters["violence_lasts"]:
        return Afterwards("persists", 1.0, fade_days)
    return Afterwards("dies_down", 0.0, fade_days)
