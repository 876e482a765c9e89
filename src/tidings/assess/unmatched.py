"""What is told of roads, crossings and sieges of which no row of the tables is: it moves nothing, so it is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from typing import Literal

from tidings.assess.evidence import day_of
from tidings.assess.opinions import Opinions
from tidings.assess.subjects import NEVER_BESIEGED
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.situation.situation import SituationWarning

Code = Literal["road_not_in_table", "crossing_not_in_table", "place_not_in_table"]
TOLD: dict[str, tuple[Code, str]] = {
    "road_cut": ("road_not_in_table", "a road is cut"),
    "road_opened": ("road_not_in_table", "a road is open"),
    "crossing_closed": ("crossing_not_in_table", "a crossing is closed"),
    "crossing_opened": ("crossing_not_in_table", "a crossing is open"),
    "siege": ("place_not_in_table", "a place is besieged"),
    "siege_lifted": ("place_not_in_table", "a siege is lifted"),
}
"""By the type of an event: the code of the warning, and what is told."""


def unmatched(opinions: Opinions) -> tuple[SituationWarning, ...]:
    """Return a warning for each thing that claims tell by a day of ways and besieged places that the tables lack."""
    found: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    evidence = opinions.ground.evidence
    matched = opinions.ground.recall(
        "matched", (evidence,), lambda: {p.claim for told in evidence.values() for p in told}
    )
    for claim in opinions.ground.claims:
        event = claim.content
        if (
            isinstance(event, Event)
            and _is_told(claim, event, opinions)
            and not _has_row(claim, event, opinions, matched)
        ):
            found[event.type, event.places].append(claim.id)
    return tuple(_warning(opinions, type_, places, claims) for (type_, places), claims in found.items())


def _is_told(claim: Claim, event: Event, opinions: Opinions) -> bool:
    return event.type in TOLD and claim.certainty in BELIEVABLE and day_of(claim) <= opinions.on


def _has_row(claim: Claim, event: Event, opinions: Opinions, matched: Container[str]) -> bool:
    """Whether what is told is of a row of the tables: evidence of a place without one is never asked."""
    if TOLD[event.type][0] != "place_not_in_table":
        return claim.id in matched
    by_id = opinions.crisis.geography.place_by_id
    return any(place in by_id and by_id[place].kind not in NEVER_BESIEGED for place in event.places)


def _warning(opinions: Opinions, type_: str, places: tuple[str, ...], claims: list[str]) -> SituationWarning:
    code, told = TOLD[type_]
    shown = opinions.crisis.geography.shown_names
    names = [shown.get(place) or place.removeprefix("unresolved-").replace("-", " ") for place in places]
    if not places:
        met, fix = f"told that {told}, and not where", "name its place: tidings claims DIR correct CLAIM"
    elif code == "road_not_in_table":
        met = f"told that {told} ({', '.join(names)}), and no row of roads.csv is it"
        ends = f"between {names[0]} and {names[1]}" if len(names) > 1 else f"that ends at {names[0]}"
        fix = f"add the road {ends}, or name its row: tidings claims DIR correct CLAIM"
    elif code == "place_not_in_table":
        met = f"told that {told} ({', '.join(names)}), and no row of places.csv is it"
        fix = f"add it, or add '{names[0]}' to the other_names of its row"
    else:
        met = f"told that {told} ({', '.join(names)}), and no row of crossings.csv is it"
        fix = f"add it, or add '{names[0]}' to the other_names of its row"
    return SituationWarning(code=code, message=f"{met}: {fix}", claims=tuple(claims))
