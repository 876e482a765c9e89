"""Who holds each place: from opinions to states, and the chance that a front line crosses a road."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from tidings.assess.fading import Floats
from tidings.assess.reconcile import UNKNOWN, Evidence, Opinion
from tidings.assess.sides import Sides
from tidings.assess.standings import NEVER, Faded
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


def is_divided(evidence: Iterable[Evidence], sides: Sides, on: dt.date) -> bool:
    """Whether the newest telling of a place gives parts to sides that face each other, by one voice at once.

    Two speakers who each claim the whole of a place disagree; they do not divide it.

    Parameters
    ----------
    evidence
        On who holds the place.
    """
    told: dict[dt.date, dict[tuple[str, ...], set[str]]] = {}
    for piece in evidence:
        if piece.day <= on and piece.answer != UNKNOWN:
            day = min(piece.fresh_until or piece.day, on)
            told.setdefault(day, {}).setdefault(piece.voices, set()).add(piece.answer)
    return bool(told) and any(_are_facing(part, sides) for part in told[max(told)].values())


def _are_facing(holders: set[str], sides: Sides) -> bool:
    return any(sides.face(a, b) for a, b in combinations(sorted(holders), 2))


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Who holds the two ends of each road, as far as it matters for driving there. Each of shape (road,)."""

    p_front: Floats
    """Sides that are told to fight each other: a front line crosses the road."""
    p_face: Floats
    """Sides that are armed and no allies, whether or not anybody told that they fight."""
    p_same: Floats
    """One side, or sides that do not face each other."""
    front_day: NDArray[np.int64]
    """The last day on which an end came to its likeliest holder by an event that was told, as a number; `NEVER` where
    none was."""

    @classmethod
    def of(cls, geography: Geography, control: Faded, rows: NDArray[np.int64], sides: Sides, on: dt.date) -> Ends:
        """Find it from the opinions on who holds each place on a day.

        Parameters
        ----------
        rows
            Of each place among those opinions. Shape (place,).
        """
        fight = partial(sides.fight, on=on)
        p_front, p_face = (_between(geography, control, rows, are) for are in (fight, sides.face))
        known, (a, b) = 1.0 - control.unknown[rows], geography.ends
        changed = np.append(control.changed, NEVER)[rows]
        p_same = np.asarray(known[a] * known[b] - p_face, np.float64)
        return cls(p_front, p_face, p_same, np.asarray(np.maximum(changed[a], changed[b]), np.int64))


def _between(geography: Geography, control: Faded, rows: NDArray[np.int64], are: Callable[[str, str], bool]) -> Floats:
    """Return the probability that the two ends of a road are held by two sides that are so. Shape (road,)."""
    held = dict(zip(control.answers, control.odds[rows].T, strict=True))
    a, b = geography.ends
    pairs = ((x, y) for x in held for y in held if are(x, y))  # in one order: sums of floats depend on it
    return np.asarray(sum((held[x][a] * held[y][b] for x, y in pairs), np.zeros(len(geography.roads))), np.float64)
