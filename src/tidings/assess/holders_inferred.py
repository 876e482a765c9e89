"""Which sides nobody said to hold a place: it follows from what is told of another side (CONTROL-1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from tidings.assess.reconcile import UNKNOWN, Evidence
from tidings.assess.roads_told import INFERRED


def inferred_holders(
    evidence: Iterable[Evidence], odds: Mapping[str, float], on: dt.date, names: Mapping[str, str]
) -> dict[str, str]:
    """Say of each side from what it follows that it may hold a place, if nobody told that it does.

    Parameters
    ----------
    evidence
        On who holds the place.
    odds
        Probability by side on the day.
    names
        Of parties, by id.

    Examples
    --------
    >>> claimed = Evidence("azaz", "held_by", "rebels", dt.date(2016, 2, 8), 0.3, "c1")
    >>> before = claimed._replace(answer="army", left_by="rebels", is_former=True)
    >>> inferred_holders([claimed, before], {"army": 0.4, "rebels": 0.3}, dt.date(2016, 2, 8), {"rebels": "Rebels"})
    {'army': 'inferred: Rebels claims to have taken it'}
    """
    told = [piece for piece in evidence if piece.day <= on and piece.answer != UNKNOWN]
    if not any(piece.is_former or piece.left_by for piece in told):
        return {}
    said = {piece.answer for piece in told if not (piece.is_former or piece.left_by)}
    found: dict[str, str] = {}
    for piece in sorted(told, key=lambda each: (each.day, each.claim)):
        if piece.answer not in said and odds.get(piece.answer, 0.0) > 0.0:
            found[piece.answer] = INFERRED + _from(piece, names)
    return found


def _from(piece: Evidence, names: Mapping[str, str]) -> str:
    other = names.get(piece.left_by or "", piece.left_by)
    if other is None:
        return "told to have left it"
    if piece.is_former:
        return f"{other} claims to have taken it"
    return f"{other} is told not to have taken it" if piece.is_denial else f"{other} is told to have left it"
