"""Who holds each place: from opinions to states, and the chance that a front line crosses a road."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tidings.assess.reconcile import UNKNOWN, Evidence, Opinion
from tidings.assess.sides import Sides
from tidings.geography.graph import Geography
from tidings.situation.situation import ControlState

CONTESTED_SHARE = 0.25
"""Two sides that each hold at least this probability leave a place contested."""
FIGHTING_DAYS = 7
"""A clash that was told within so many days leaves a place contested."""


def control_state(opinion: Opinion, *, is_divided: bool, is_fought_over: bool) -> tuple[ControlState, str | None]:
    """Return the state of a place and who holds it.

    Examples
    --------
    >>> control_state(Opinion({"rebels": 0.8, "unknown": 0.2}, None, ("c",)), is_divided=False, is_fought_over=False)
    ('held', 'rebels')
    """
    sides = sorted((p, side) for side, p in opinion.odds.items() if side != UNKNOWN)
    if not sides:
        return "unknown", None
    if is_divided:
        return "divided", None
    if is_fought_over or (len(sides) > 1 and sides[-2][0] >= CONTESTED_SHARE):
        return "contested", None
    p, holder = sides[-1]
    return ("held", holder) if p > opinion.odds[UNKNOWN] else ("unknown", None)


def divided_places(evidence: tuple[Evidence, ...], report_of: Mapping[str, str], on: dt.date) -> frozenset[str]:
    """Return the places of which the newest report that tells of their control gives parts to different sides."""
    newest: dict[str, tuple[dt.date, str]] = {}
    for piece in evidence:
        if piece.predicate == "held_by" and piece.day <= on and piece.claim in report_of:
            key = (piece.day, report_of[piece.claim])
            newest[piece.subject] = max(newest.get(piece.subject, key), key)
    holders: dict[str, set[str]] = {}
    for piece in evidence:
        if piece.predicate == "held_by" and newest.get(piece.subject) == (piece.day, report_of.get(piece.claim, "")):
            holders.setdefault(piece.subject, set()).add(piece.answer)
    return frozenset(place for place, sides in holders.items() if len(sides - {UNKNOWN}) > 1)


def front_probabilities(geography: Geography, control: Mapping[str, Opinion], sides: Sides) -> dict[str, float]:
    """Return for each road the probability that its two ends are held by sides that face each other."""
    return {road.id: _p_front(control.get(road.from_), control.get(road.to), sides) for road in geography.roads}


def same_side_probabilities(geography: Geography, control: Mapping[str, Opinion], sides: Sides) -> dict[str, float]:
    """Return for each road the probability that both ends are held, by sides that do not face each other."""
    known = {road.id: _known(control.get(road.from_)) * _known(control.get(road.to)) for road in geography.roads}
    front = front_probabilities(geography, control, sides)
    return {road: known[road] - front[road] for road in known}


def _p_front(a: Opinion | None, b: Opinion | None, sides: Sides) -> float:
    if a is None or b is None:
        return 0.0
    return sum(
        p * q for x, p in a.odds.items() for y, q in b.odds.items() if UNKNOWN not in (x, y) and sides.face(x, y)
    )


def _known(opinion: Opinion | None) -> float:
    return 0.0 if opinion is None else 1.0 - opinion.odds.get(UNKNOWN, 0.0)
