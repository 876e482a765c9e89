"""What changed hands near a place makes an older opinion on who holds it doubtful (NEARBY-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tidings.assess.fading import DIGITS, Floats, rounded
from tidings.assess.reconcile import Evidence
from tidings.assess.settings import AssessSettings
from tidings.assess.sides import Sides
from tidings.assess.standings import NEVER, ClaimsByRow, Faded, Kept, Rows
from tidings.geography.graph import Geography

REACHES = 4
"""Times the e-folding distance within which a change tells anything at all."""
Bools = NDArray[np.bool_]
_NOT_YET = dt.date.max.toordinal() + 1
"""Later than any day."""


@dataclass(frozen=True, slots=True, eq=False)
class _Moved:
    """The places that others near them moved, and by which: their rows one place after the other."""

    others: Rows
    """The rows of the others. Shape (pair,)."""
    first: Rows
    """Where those of a place begin in `others`; -1 of a place that nothing moved. Shape (question,)."""
    end: Rows
    is_other: Bools
    """Whether another answer is the likeliest by that. Shape (question,)."""
    versions: Rows
    """Shape (question,)."""

    last: Rows
    """The last day on which one of the others fell; `NEVER` of a place that nothing moved. Shape (question,)."""

    @classmethod
    def of(cls, at: Rows, others: Rows, is_other: Bools, versions: Rows, fell: Rows) -> _Moved:
        """Lay them out by the pairs that count, all of a place one after the other, and the day each place fell."""
        starts = np.flatnonzero(np.append(True, at[1:] != at[:-1]))
        rows, n = at[starts], len(is_other)
        first, end, last = np.full(n, -1, np.int64), np.zeros(n, np.int64), np.full(n, NEVER, np.int64)
        first[rows], end[rows] = starts, np.append(starts[1:], len(at))
        last[rows] = np.maximum.reduceat(fell[others], starts)
        return cls(others, first, end, is_other, versions, last)


@dataclass(frozen=True, eq=False)
class _Claims(ClaimsByRow):
    """Those of places that others moved are put together."""

    before: Sequence[tuple[str, ...]]
    changes: Sequence[Evidence | None]
    """By row what tells when the place was taken."""
    moved: _Moved
    made: dict[int, tuple[int, tuple[str, ...]]]
    """By row: of which version, and what was put together."""

    def __len__(self) -> int:
        return len(self.before)

    def of(self, row: int) -> tuple[str, ...]:
        if self.moved.first[row] < 0:
            return self.before[row]
        version, made = int(self.moved.versions[row]), self.made.get(row)
        if made is None or made[0] != version:
            made = self.made[row] = (version, self._put_together(row))
        return made[1]

    def _put_together(self, row: int) -> tuple[str, ...]:
        """What tells of each fall that moved it, before its own claims unless that makes another the likeliest."""
        others = self.moved.others[self.moved.first[row] : self.moved.end[row]].tolist()
        added = dict.fromkeys(piece.claim for each in others if (piece := self.changes[each]))
        own = self.before[row]
        if not added.keys().isdisjoint(own):
            own = tuple(claim for claim in own if claim not in added)
        return (*own, *added) if self.moved.is_other[row] else (*added, *own)


@dataclass(frozen=True)
class Nearby:
    """Pairs of places near each other of which somebody told who holds them, as rows of these opinions."""

    at: Rows
    """The place that is judged. Shape (pair,)."""
    other: Rows
    """The place near it. Shape (pair,)."""
    told: Floats
    """Chance that a change at the other one, if it is so, tells of this one too. Shape (pair,)."""
    ceiling: float
    """Highest share that all of them move."""
    _versions: _Versions = field(default_factory=lambda: _Versions())
    _made: dict[int, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    _rows_kept: Kept = field(default_factory=Kept)
    _pairs_kept: Kept = field(default_factory=Kept)

    @classmethod
    def of(cls, geography: Geography, opinions: Faded, rule: AssessSettings) -> Nearby:
        """Pair the places that opinions are of."""
        nearby, nearby_km = rule.nearby, rule.nearby_km
        row_of = opinions.row_of if nearby else {}
        found = [
            (row_of[place], row_of[other], nearby * math.exp(-km / nearby_km))
            for place, near in geography.within_km(REACHES * nearby_km).items() if place in row_of
            for other, km in near if other in row_of
        ]  # fmt: skip
        at, other, told = zip(*found, strict=True) if found else ((), (), ())
        return cls(np.array(at, np.int64), np.array(other, np.int64), np.array(told, np.float64), rule.ceiling)

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
        top, p_top = _likeliest(control)
        pairs = self._once_told(pairs, p_top[self.other] * self.told, control.tellings)
        at, other = self.at[pairs], self.other[pairs]
        reliability = p_top[other] * self.told[pairs]
        stays, answers = np.ones(len(top)), np.zeros_like(control.odds[:-1])
        np.multiply.at(stays, at, 1.0 - reliability)
        np.add.at(answers, (at, top[other]), reliability)
        rows = np.unique(at)
        stay, shares = (
            np.maximum(stays[rows, None], 1.0 - self.ceiling),
            answers[rows] / answers[rows].sum(axis=1, keepdims=True),
        )
        odds, unknown = control.odds.copy(), control.unknown.copy()
        odds[rows] = rounded(odds[rows] * stay + shares * (1.0 - stay), DIGITS)
        unknown[rows] = rounded(1.0 - odds[rows].sum(axis=1), DIGITS)
        moved = replace(control, odds=odds, unknown=unknown)
        return self._traced(control, moved, pairs)

    def _moving(self, control: Faded, sides: Sides, is_besieged: Bools) -> Rows:
        """Return the pairs of which the other place fell, since anybody told of this one, to a side that faces it."""
        if not len(self.at) or not control.answers:
            return self.at[:0]
        top, p_top = _likeliest(control)
        may_fall, has_fallen = (p_top > 0) & ~is_besieged, p_top > control.unknown[:-1]
        facing = np.array([[sides.face(a, b) for b in control.answers] for a in control.answers], bool)
        shown = np.where(may_fall, control.shown, _NOT_YET)  # of most pairs the days alone tell that nothing moves
        changed = np.where(has_fallen, control.changed, NEVER - 1)
        pairs = np.flatnonzero(changed[self.other] > shown[self.at])
        return np.asarray(pairs[facing[top[self.at[pairs]], top[self.other[pairs]]]], np.int64)

    def _once_told(self, pairs: Rows, reliability: Floats, tellings: Rows) -> Rows:
        """Return, of what one report tells of the places around a place, the pair that tells most of it."""
        telling = tellings[self.other[pairs]]
        question = self.at[pairs] * (telling.max(initial=0) + 2) + telling
        order = np.argsort(question)
        is_first = np.append(True, question[order][1:] != question[order][:-1])
        is_alone = is_first & np.append(is_first[1:], True)
        alone, several = pairs[order[is_alone]], pairs[order[~is_alone]]
        question = question[order[~is_alone]]
        order = np.lexsort((self.other[several], -reliability[several], question))
        is_first = np.append(True, question[order][1:] != question[order][:-1])[: len(order)]
        return np.sort(np.concatenate([alone, several[order[is_first]]]))

    def _traced(self, before: Faded, after: Faded, pairs: Rows) -> Faded:
        """Give the opinions that were moved the claims that moved them; and since when, where they say otherwise.

        A place of which the same is told as on the day before, and near which the same fell, keeps what it was given.
        """
        is_other = _likeliest(before)[0] != _likeliest(after)[0]
        versions = self._versions.of(self._stale(before, pairs, is_other))
        moved = _Moved.of(self.at[pairs], self.other[pairs], is_other, versions, before.changed)
        since, rows = list(before.since), np.flatnonzero(is_other)
        for row, day in zip(rows.tolist(), moved.last[rows].tolist(), strict=True):
            since[row] = dt.date.fromordinal(day)
        told = before.versions.copy()
        told[:-1] = np.where(moved.first >= 0, versions, told[:-1])
        changed = np.where(is_other, moved.last, before.changed)
        claims = _Claims(before.claims, before.change, moved, self._made)
        return replace(after, since=tuple(since), claims=claims, versions=told, changed=changed)

    def _stale(self, before: Faded, pairs: Rows, is_other: Bools) -> Bools:
        """Return which places may have other claims than on the day before. Shape (question,)."""
        near = np.full(len(self.at), -1, np.int64)
        near[pairs] = before.versions[self.other[pairs]]
        is_stale = np.zeros(len(is_other), bool)
        is_stale[self._rows_kept.changed(before.versions[:-1] * 2 + is_other)] = True
        is_stale[self.at[self._pairs_kept.changed(near)]] = True
        return is_stale


@dataclass(eq=False)
class _Versions:
    """A number for each row, a new one whenever it may stand otherwise than on the day before; all are below zero."""

    _of_rows: Rows | None = None
    _last: int = -1

    def of(self, is_stale: Bools) -> Rows:
        """Return the numbers. Shape (row,)."""
        versions = np.zeros(len(is_stale), np.int64) if self._of_rows is None else self._of_rows.copy()
        n = int(is_stale.sum())
        versions[is_stale] = self._last - 1 - np.arange(n)
        self._last -= n
        self._of_rows = versions
        return versions


def _likeliest(opinions: Faded) -> tuple[Rows, Floats]:
    """Return which answer is the likeliest, *unknown* left out, and how likely it is. Shapes (question,)."""
    odds = opinions.odds[:-1]
    top = odds.argmax(axis=1)
    return top, np.asarray(odds[np.arange(len(odds)), top], np.float64)
