"""The closed vocabularies of what can be read in a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tidings.core.errors import Problem

Certainty = Literal["stated", "claimed", "projected", "conditional", "demanded", "denied"]
BELIEVABLE: frozenset[str] = frozenset({"stated", "claimed"})
"""Certainties of what is told as so; a fear, a plan, a condition, a demand or a denial is none."""
Quantifier = Literal["exact", "more_than", "less_than", "approximately", "between"]
Unit = Literal["person", "household"]
Group = Literal["idp", "refugee", "returnee", "resident", "combatant", "civilian", "unknown"]
Status = Literal[
    "displaced", "fled", "evacuated", "relocated", "sheltered", "in_camp", "registered", "stranded", "arrived",
    "returned", "homeless", "housing_destroyed", "housing_damaged", "trapped", "besieged", "killed", "injured",
    "missing", "detained", "in_need", "affected", "population",
]  # fmt: skip
Measure = Literal["stock", "flow"]
EventType = Literal[
    "advance", "capture", "loss", "retreat", "hold", "clash", "air_strike", "shelling", "bombing", "suicide_bombing",
    "explosive_device", "grenade", "chemical_attack", "attack_on_civilians", "attack_on_aid", "sexual_violence",
    "abduction", "arrest", "looting", "protest", "riot", "mob_violence", "siege", "siege_lifted", "road_cut",
    "road_opened", "crossing_closed", "crossing_opened", "flight", "return", "evacuation", "aid_delivery",
    "aid_blocked", "famine", "ceasefire", "agreement", "talks", "talks_collapsed", "territory_transferred",
    "headquarters", "deployment", "position", "accusation", "appeal", "sanction", "natural_disaster", "other",
]  # fmt: skip
RelationType = Literal["supports", "ally_of", "fights", "hostile_to", "member_of", "part_of", "official_of", "controls"]
AttributionKind = Literal["direct", "indirect", "mixed"]

FLOW_STATUSES: frozenset[str] = frozenset(
    {"fled", "killed", "injured", "evacuated", "relocated", "returned", "arrived"}
)
"""Statuses that count people who move or are hurt in a period; all others count people there on a day."""

STATE_ANSWERS = {"besieged": ("yes", "no"), "passable": ("yes", "no"), "policy": ("open", "restricted", "closed")}
"""What a state told outright can say, where that is a closed list."""


def state_problem(predicate: str, value: str, where: str) -> Iterator[Problem]:
    """Tell what is wrong with the value of a state.

    Examples
    --------
    >>> print(next(state_problem("besieged", "perhaps", "states.csv:3")))
    states.csv:3: besieged 'perhaps' is not known. Use one of: yes, no.
    """
    allowed = STATE_ANSWERS.get(predicate)
    if allowed and value not in allowed:
        yield Problem(where, f"{predicate} '{value}' is not known", f"Use one of: {', '.join(allowed)}.")
    if predicate == "population" and not value.isdecimal():
        yield Problem(where, f"population '{value}' is not a whole number", "Write persons in digits.")
