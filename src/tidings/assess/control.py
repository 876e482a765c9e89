"""Who holds each place: from opinions to states, and the chance that a front line crosses a road."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import combinations

from tidings.assess.reconcile import UNKNOWN, Evidence, Opinion
from tidings.assess.sides import Sides
from tidings.geography.graph import Geography
from tidings.situation.situation import ControlState


def control_state(
    opinion: Opinion,
    sides: Sides,
    *,
    contested_share: float,
    is_divided: bool = False,
    is_fought_over: bool = False,
) -> tuple[ControlState, str | None]:
    """Return the state of a place and who holds it; allies together hold it by the likelier of them.

    Parameters
    ----------
    contested_share
        Two sides that each hold at least this probability leave a place contested.

    Examples
    --------
    >>> control_state(Opinion({"rebels": 0.8, "unknown": 0.2}, None, ("c",)), Sides({}, frozenset()),
    ...               contested_share=0.25)
    ('held', 'rebels')
    """
    known = sorted((p, side) for side, p in opinion.odds.items() if side != UNKNOWN)
    if not known:
        return "unknown", None
    if is_divided:
        return "divided", None
    _, holder = known[-1]
    against = sum(p for p, side in known if sides.face(side, holder))
    if is_fought_over or against >= contested_share:
        return "contested", None
    p_holders = sum(p for p, side in known if not sides.face(side, holder))
    return ("held", holder) if p_holders > opinion.odds[UNKNOWN] else ("unknown", None)


def divided_places(evidence: Iterable[Evidence], sides: Sides, on: dt.date) -> frozenset[str]:
    """Return the places of which the newest telling gives parts to sides that face each other, by one voice at once.

    Two speakers who each claim the whole of a place disagree; they do not divide it.
    """
    told: dict[str, dict[dt.date, dict[tuple[str, ...], set[str]]]] = {}
    for piece in evidence:
        if piece.predicate == "held_by" and piece.day <= on and piece.answer != UNKNOWN:
            day = min(piece.fresh_until or piece.day, on)
            told.setdefault(piece.subject, {}).setdefault(day, {}).setdefault(piece.voices, set()).add(piece.answer)
    newest = {place: days[max(days)].values() for place, days in told.items()}
    return frozenset(place for place, parts in newest.items() if any(_are_facing(part, sides) for part in parts))


def _are_facing(holders: set[str], sides: Sides) -> bool:
    return any(sides.face(a, b) for a, b in combinations(sorted(holders), 2))


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
