"""Questions that stay open: nobody told of them, or what was told is too old, too weak, or of later days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from tidings.assess.opinions import Opinions
from tidings.assess.reconcile import UNKNOWN, Evidence
from tidings.core.counting import counted
from tidings.core.schema import unchecked
from tidings.situation.situation import CrossingState, PlaceState, RoadState, Unknown

ENOUGH = 0.5
"""Probability above which an answer is given."""


def unknown_places(places: Iterable[PlaceState], opinions: Opinions) -> Iterator[Unknown]:
    """Yield what is not known of places; a siege is asked only where one was told of last."""
    for place in places:
        if place.state == "unknown":
            yield _open(opinions, place.id, "held_by", "no report tells who holds it")
        if place.besieged.unknown >= ENOUGH and _is_siege_told(opinions, place.id):
            yield _open(opinions, place.id, "besieged", "")
        if place.population.value is None and place.population.low is None:
            yield _unknown(place.id, "population", "no report and no table tells it")
        if place.lat is None:
            yield _unknown(place.id, "coordinates", "not found in the gazetteer")


def unknown_roads(roads: Iterable[RoadState], opinions: Opinions) -> Iterator[Unknown]:
    """Yield the roads of which it is not known whether one can drive there."""
    for road in roads:
        if road.passable.unknown > ENOUGH:
            why = road.why or "an end's holder is unknown"
            yield _open(opinions, road.id, "passable", f"no report tells, and {why}")


def unknown_crossings(crossings: Iterable[CrossingState], opinions: Opinions) -> Iterator[Unknown]:
    """Yield what is not known of crossings."""
    for crossing in crossings:
        if crossing.policy.likeliest == UNKNOWN:
            yield _open(opinions, crossing.id, "policy", "no report tells whether it is open")
        if crossing.per_day is None:
            yield _unknown(crossing.id, "per_day", "no report and no table tells it")


def _is_siege_told(opinions: Opinions, place: str) -> bool:
    """Whether the last that was told is a siege, and not its end."""
    told = [p for p in opinions.told(place, "besieged") if p.day <= opinions.on and not p.is_former]
    last = max((piece.day for piece in told), default=None)
    return any(piece.answer == "yes" for piece in told if piece.day == last)


def _open(opinions: Opinions, subject: str, predicate: str, untold: str) -> Unknown:
    """Return why a question stays open, with what was told on it all the same."""
    pieces, on = opinions.told(subject, predicate), opinions.on
    by_now = [piece for piece in pieces if piece.day <= on]
    if by_now:
        return _too_little(opinions, subject, predicate, by_now)
    if not pieces:
        return _unknown(subject, predicate, untold)
    first = min(piece.day for piece in pieces)
    of_first = tuple(dict.fromkeys(piece.claim for piece in pieces if piece.day == first))
    return _unknown(subject, predicate, f"told only of later days, from {first} on", of_first)


def _too_little(opinions: Opinions, subject: str, predicate: str, pieces: list[Evidence]) -> Unknown:
    opinion, on = opinions(subject, predicate), opinions.on
    last = max(min(piece.fresh_until or piece.day, on) for piece in pieces)
    days = (on - last).days
    p, answer = max(((p, answer) for answer, p in opinion.odds.items() if answer != UNKNOWN), default=(0.0, None))
    kept = 0.5 ** (days / opinions.settings.half_life_days[predicate])
    is_old = days > 0 and (1 - opinion.odds[UNKNOWN] > ENOUGH * kept or answer is None)
    if all(piece.ends and piece.ends <= on for piece in pieces):
        why = "what was told has ended"
    elif is_old:
        why = f"told last on {last}, {counted(days, 'day')} before: too old to say"
    elif answer is None:
        why = f"what was told on {last} leaves it open"
    else:
        why = f"told last on {last}, too weakly to say"
    claims = opinion.claims or tuple(dict.fromkeys(piece.claim for piece in pieces))
    return _unknown(subject, predicate, why, claims, told=last, answer=answer, p=p or None)


def _unknown(
    subject: str,
    predicate: str,
    why: str,
    claims: tuple[str, ...] = (),
    *,
    told: dt.date | None = None,
    answer: str | None = None,
    p: float | None = None,
) -> Unknown:
    return unchecked(
        Unknown, subject=subject, predicate=predicate, why=why, claims=claims, told=told, answer=answer, p=p
    )
