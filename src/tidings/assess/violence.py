"""Violence by place: what was told of, fading as the news ages (VIOLENCE-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import cast

from tidings.assess.evidence import BELIEVABLE, day_of
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event
from tidings.geography.graph import Geography
from tidings.geography.places import Place, great_circle_km

MEMORY_DAYS = 7.0
"""E-folding time of violence after the day on which it was told of (assumed)."""
REACH_KM = 5.0
"""E-folding distance at which violence is felt (assumed)."""
FIGHTING_DAYS = 7
"""A clash that was told within so many days leaves a place contested."""
VIOLENT = frozenset(
    {
        "clash", "air_strike", "shelling", "bombing", "suicide_bombing", "explosive_device", "grenade",
        "chemical_attack", "attack_on_civilians", "attack_on_aid", "mob_violence", "capture",
    }
)  # fmt: skip


def violence_by_place(
    claims: Iterable[Claim], on: dt.date, geography: Geography
) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Return events a day and their claims by place.

    Each kind of violence counts by its newest telling, as one event a day that fades: much news of the same shelling is
    no more shelling. What strikes a place is felt around it, less with distance.
    """
    struck = _struck(claims, on)
    felt: dict[str, tuple[float, tuple[str, ...]]] = dict(struck)
    for place in geography.places:
        near = [(near_km, struck[other]) for other, near_km in _near(geography, place, struck)]
        own, told = struck.get(place.id, (0.0, ()))
        reached = sum(violence * math.exp(-km / REACH_KM) for km, (violence, _) in near)
        if near:
            felt[place.id] = (own + reached, tuple(dict.fromkeys((*told, *(c for _, (_, cs) in near for c in cs)))))
    return felt


def _near(geography: Geography, place: Place, struck: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Yield the other struck places within three times the reach, with the distance in km."""
    for other in map(geography.place_by_id.get, struck):
        if other is None or other.id == place.id or not (other.is_located and place.is_located):
            continue
        km = great_circle_km(*_point(place), *_point(other))
        if km <= 3 * REACH_KM:
            yield other.id, km


def _point(place: Place) -> tuple[float, float]:
    return cast("tuple[float, float]", (place.lat, place.lon))


def _struck(claims: Iterable[Claim], on: dt.date) -> dict[str, tuple[float, tuple[str, ...]]]:
    newest: dict[str, dict[str, dt.date]] = defaultdict(dict)
    told: dict[str, list[str]] = defaultdict(list)
    for claim, event in _events(claims, VIOLENT):
        for place in event.places if day_of(claim) <= on else ():
            newest[place][event.type] = max(newest[place].get(event.type, day_of(claim)), day_of(claim))
            told[place].append(claim.id)
    return {
        place: (sum(math.exp(-(on - day).days / MEMORY_DAYS) for day in kinds.values()), tuple(told[place]))
        for place, kinds in newest.items()
    }


def places_fought_over(claims: Iterable[Claim], on: dt.date) -> frozenset[str]:
    """Return the places of a recent clash."""
    since = on - dt.timedelta(days=FIGHTING_DAYS)
    clashes = ((day_of(claim), event) for claim, event in _events(claims, frozenset({"clash"})))
    return frozenset(place for day, event in clashes if since < day <= on for place in event.places)


def _events(claims: Iterable[Claim], types: frozenset[str]) -> Iterator[tuple[Claim, Event]]:
    for claim in claims:
        content = claim.content
        if isinstance(content, Event) and content.type in types and claim.certainty in BELIEVABLE:
            yield claim, content
