"""Violence by place: what was told of, fading as the news ages (VIOLENCE-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from tidings.assess.evidence import day_of
from tidings.assess.reconcile import Evidence
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import BELIEVABLE
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


@dataclass(frozen=True, slots=True)
class Violence:
    """What is told of violence at a place, and felt there."""

    felt_from: dict[str, float]
    """Events a day by the place that is struck."""
    p: float = 0.0
    """Probability that what is told of the place itself is so; 0 where nothing is told of it."""
    claims: tuple[str, ...] = ()
    own_claims: tuple[str, ...] = ()
    """Those of `claims` that tell of the place itself."""

    @property
    def events_per_day(self) -> float:
        """All that is felt, if all that is told is so."""
        return sum(self.felt_from.values())


QUIET = Violence({})


def violence_by_place(strikes: Iterable[Evidence], on: dt.date, geography: Geography) -> dict[str, Violence]:
    """Return what is told of violence by place, where anything is.

    Each kind of violence counts by its newest telling, as one event a day that fades: much news of the same shelling is
    no more shelling. What strikes a place is felt around it, less with distance. That a place was struck at all is as
    likely as that not all who say so are wrong.
    """
    struck = _struck(strikes, on)
    felt = dict(struck)
    for place in geography.places:
        near = [(other, km) for other, km in _near(geography, place, struck) if other in struck]
        own = struck.get(place.id, QUIET)
        if near:
            reached = {other: struck[other].events_per_day * math.exp(-km / REACH_KM) for other, km in near}
            told = (*own.claims, *(claim for other, _ in near for claim in struck[other].claims))
            felt[place.id] = Violence(own.felt_from | reached, own.p, tuple(dict.fromkeys(told)), own.claims)
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


def _struck(strikes: Iterable[Evidence], on: dt.date) -> dict[str, Violence]:
    told: dict[str, list[Evidence]] = defaultdict(list)
    for strike in strikes:
        if strike.day <= on:
            told[strike.subject].append(strike)
    return {place: _told_of(place, pieces, on) for place, pieces in told.items()}


def _told_of(place: str, pieces: list[Evidence], on: dt.date) -> Violence:
    newest: dict[str, dt.date] = {}
    doubt: dict[tuple[str, ...], float] = {}
    for piece in pieces:
        newest[piece.answer] = max(newest.get(piece.answer, piece.day), piece.day)
        doubt[piece.voices] = min(doubt.get(piece.voices, 1.0), 1.0 - piece.reliability)
    events = sum(math.exp(-(on - day).days / MEMORY_DAYS) for day in newest.values())
    claims = tuple(piece.claim for piece in pieces)
    return Violence({place: events}, 1.0 - math.prod(doubt.values()), claims, claims)


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
