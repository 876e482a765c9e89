"""What changed hands near a place makes an older opinion on who holds it doubtful (NEARBY-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tidings.assess.fading import DIGITS, Floats, rounded
from tidings.assess.sides import Sides
from tidings.assess.standings import Faded, Rows
from tidings.geography.graph import Geography

REACHES = 4
"""Times the e-folding distance within which a change tells anything at all."""
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Nearby:
    """Pairs of places near each other of which somebody told who holds them, as rows of these opinions."""

    at: Rows
    """The place that is judged. Shape (pair,)."""
    other: Rows
    """The place near it. Shape (pair,)."""
    told: Floats
    """Chance that a change at the other one, if it is so, tells of this one too. Shape (pair,)."""
    _versions: dict[tuple[int, ...], int] = field(default_factory=dict)

    @classmethod
    def of(cls, geography: Geography, opinions: Faded, nearby: float, nearby_km: float) -> Nearby:
        """Pair the places that opinions are of.

        Parameters
        ----------
        nearby
            The chance at no distance.
        nearby_km
            Its e-folding distance in km.
        """
        row_of = opinions.row_of if nearby else {}
        found = [
            (row_of[place], row_of[other], nearby * math.exp(-km / nearby_km))
            for place, near in geography.within_km(REACHES * nearby_km).items() if place in row_of
            for other, km in near if other in row_of
        ]  # fmt: skip
        at, other, told = zip(*found, strict=True) if found else ((), (), ())
        return cls(np.array(at, np.int64), np.array(other, np.int64), np.array(told, np.float64))

    def weigh(self, control: Faded, sides: Sides, is_besieged: Bools) -> Faded:
        """Return opinions on who holds each place, moved by what changed hands near it since anybody told of it.

        Parameters
        ----------
        control
            The opinions from what is told of each place alone.
        is_besieged
            Whether a place is told to be besieged: who is besieged is not taken. Shape (question,).
        """
        pairs = self._moving(control, sides, is_besieged)
        if not len(pairs):
            return control
        at, other = self.at[pairs], self.other[pairs]
        top, p_top = _likeliest(control)
        reliability = p_top[other] * self.told[pairs]
        stays, answers = np.ones(len(top)), np.zeros_like(control.odds[:-1])
        np.multiply.at(stays, at, 1.0 - reliability)
        np.add.at(answers, (at, top[other]), reliability)
        rows = np.unique(at)
        stay, shares = stays[rows, None], answers[rows] / answers[rows].sum(axis=1, keepdims=True)
        odds, unknown = control.odds.copy(), control.unknown.copy()
        odds[rows] = rounded(odds[rows] * stay + shares * (1.0 - stay), DIGITS)
        unknown[rows] = rounded(1.0 - odds[rows].sum(axis=1), DIGITS)
        moved = replace(control, odds=odds, unknown=unknown)
        return self._traced(control, moved, at.tolist(), other.tolist())

    def _moving(self, control: Faded, sides: Sides, is_besieged: Bools) -> Rows:
        """Return the pairs of which the other place fell, since anybody told of this one, to a side that faces it."""
        if not len(self.at) or not control.answers:
            return self.at[:0]
        top, p_top = _likeliest(control)
        is_held = p_top > control.unknown[:-1]
        facing = np.array([[sides.face(a, b) for b in control.answers] for a in control.answers], bool)
        at, other = self.at, self.other
        is_newer = control.changed[other] > control.shown[at]
        is_between = is_newer & (p_top[at] > 0) & is_held[other] & ~is_besieged[at]
        return np.flatnonzero(is_between & facing[top[at], top[other]])

    def _traced(self, before: Faded, after: Faded, at: Sequence[int], other: Sequence[int]) -> Faded:
        """Give the opinions that were moved the claims that moved them; and since when, where they say otherwise."""
        neighbours: dict[int, list[int]] = defaultdict(list)
        for row, each in zip(at, other, strict=True):
            neighbours[row].append(each)
        since, claims, versions = list(before.since), list(before.claims), before.versions.copy()
        was, _ = _likeliest(before)
        now, _ = _likeliest(after)
        for row, near in neighbours.items():
            added = tuple(dict.fromkeys(before.claims[each][-1] for each in near))
            own = tuple(claim for claim in before.claims[row] if claim not in added)
            if now[row] == was[row]:
                claims[row] = (*added, *own)
            else:
                claims[row] = (*own, *added)
                since[row] = dt.date.fromordinal(max(int(before.changed[each]) for each in near))
            key = (int(before.versions[row]), *(int(before.versions[each]) for each in near))
            versions[row] = self._versions.setdefault(key, -2 - len(self._versions))
        return replace(after, since=tuple(since), claims=tuple(claims), versions=versions)


def _likeliest(opinions: Faded) -> tuple[Rows, Floats]:
    """Return which answer is the likeliest, *unknown* left out, and how likely it is. Shapes (question,)."""
    odds = opinions.odds[:-1]
    top = odds.argmax(axis=1)
    return top, np.asarray(odds[np.arange(len(odds)), top], np.float64)
