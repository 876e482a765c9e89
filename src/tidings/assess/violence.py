"""Violence by place: what was told of, fading as the news ages (VIOLENCE-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tidings.assess.reconcile import Evidence
from tidings.assess.settings import AssessSettings
from tidings.geography.graph import Geography

VIOLENT = frozenset(
    {
        "clash", "air_strike", "shelling", "bombing", "suicide_bombing", "explosive_device", "grenade",
        "chemical_attack", "attack_on_civilians", "attack_on_aid", "mob_violence", "capture",
    }
)  # fmt: skip
FOUGHT = frozenset({"clash", "air_strike", "shelling", "bombing", "suicide_bombing", "explosive_device"})
"""Violence by which a road is fought over where it is told of the road itself."""

REACHES = 3
"""Times the reach within which violence is felt at all."""


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


def violence_by_place(
    strikes: Mapping[str, Iterable[Evidence]], on: dt.date, geography: Geography, settings: AssessSettings
) -> dict[str, Violence]:
    """Return what is told of violence by place, where anything is.

    Each kind of violence counts by its newest telling, as one event a day that fades: much news of the same shelling is
    no more shelling. What strikes a place is felt around it, less with distance. That a place was struck at all is as
    likely as that not all who say so are wrong.

    Parameters
    ----------
    strikes
        By the place that is struck.
    """
    by_day = {place: [piece for piece in pieces if piece.day <= on] for place, pieces in strikes.items()}
    struck = {place: _told_of(place, told, on, settings.memory_days) for place, told in by_day.items() if told}
    told_first = {place: number for number, place in enumerate(struck)}
    felt = dict(struck)
    for place, neighbours in geography.within_km(REACHES * settings.reach_km).items():
        near = sorted((told_first[other], other, km) for other, km in neighbours if other in struck)
        own = struck.get(place, QUIET)
        if near:
            reached = {other: struck[other].events_per_day * math.exp(-km / settings.reach_km) for _, other, km in near}
            told = (*own.claims, *(claim for _, other, _ in near for claim in struck[other].claims))
            felt[place] = Violence(own.felt_from | reached, own.p, tuple(dict.fromkeys(told)), own.claims)
    return felt


def _told_of(place: str, pieces: list[Evidence], on: dt.date, memory_days: float) -> Violence:
    newest: dict[str, dt.date] = {}
    doubt: dict[tuple[str, ...], float] = {}
    for piece in pieces:
        newest[piece.answer] = max(newest.get(piece.answer, piece.day), piece.day)
        doubt[piece.voices] = min(doubt.get(piece.voices, 1.0), 1.0 - piece.reliability)
    events = sum(math.exp(-(on - day).days / memory_days) for day in newest.values())
    claims = tuple(piece.claim for piece in pieces)
    return Violence({place: events}, 1.0 - math.prod(doubt.values()), claims, claims)


def fought_over(strikes: Mapping[str, Iterable[Evidence]], on: dt.date, settings: AssessSettings) -> dict[str, float]:
    """Return, for each place of a recent clash, the probability that not all who told of one are wrong."""
    since = on - dt.timedelta(days=settings.fighting_days)
    doubt: dict[str, dict[tuple[str, ...], float]] = defaultdict(dict)
    for strike in (strike for pieces in strikes.values() for strike in pieces):
        if strike.answer == "clash" and since < strike.day <= on:
            of_place = doubt[strike.subject]
            of_place[strike.voices] = min(of_place.get(strike.voices, 1.0), 1.0 - strike.reliability)
    return {place: 1.0 - math.prod(of_voice.values()) for place, of_voice in doubt.items()}
