"""What changed hands near a place makes an older opinion on who holds it doubtful (NEARBY-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

import numpy as np
from numpy.typing import NDArray

from tidings.assess.fading import DIGITS, Floats, rounded
from tidings.assess.reconcile import Evidence
from tidings.assess.settings import AssessSettings
from tidings.assess.sides import Sides
from tidings.assess.standings import Faded, Kept, Rows
from tidings.geography.graph import Geography

REACHES = 4
"""Times the e-folding distance within which a change tells anything at all."""
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Trace:
    """What a place was given that others near it moved."""

    others: tuple[int, ...]
    """Their rows."""
    since: dt.date | None
    """None where its likeliest answer is the same without them."""
    version: int


@dataclass(frozen=True, eq=False)
class _Claims(Sequence[tuple[str, ...]]):
    """By row the claims that an opinion rests on; those of places that others moved are put together when asked for."""

    before: Sequence[tuple[str, ...]]
    changes: Sequence[Evidence | None]
    """By row what tells when the place was taken."""
    traces: Mapping[int, _Trace]
    made: dict[int, tuple[int, tuple[str, ...]]]
    """By row: of which version, and what was put together."""

    def __len__(self) -> int:
        return len(self.before)

    @overload
    def __getitem__(self, row: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, row: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(row, slice):
            return tuple(self[each] for each in range(*row.indices(len(self))))
        trace = self.traces.get(row)
        if trace is None:
            return self.before[row]
        if row not in self.made or self.made[row][0] != trace.version:
            self.made[row] = (trace.version, self._of(row, trace))
        return self.made[row][1]

    def _of(self, row: int, trace: _Trace) -> tuple[str, ...]:
        """What tells of each fall that moved it, before its own claims where that makes another the likeliest."""
        fallen = (self.changes[each] for each in trace.others)
        added = tuple(dict.fromkeys(piece.claim for piece in fallen if piece))
        own = self.before[row]
        if any(claim in own for claim in added):
            own = tuple(claim for claim in own if claim not in added)
        return (*added, *own) if trace.since is None else (*own, *added)


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
    _versions: dict[tuple[int, ...], int] = field(default_factory=dict)
    _traces: dict[int, _Trace] = field(default_factory=dict)
    """By row: what the places that were moved on the day before were given."""
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
        is_held = p_top > control.unknown[:-1]
        facing = np.array([[sides.face(a, b) for b in control.answers] for a in control.answers], bool)
        at, other = self.at, self.other
        is_newer = control.changed[other] > control.shown[at]
        is_between = is_newer & (p_top[at] > 0) & is_held[other] & ~is_besieged[at]
        return np.flatnonzero(is_between & facing[top[at], top[other]])

    def _once_told(self, pairs: Rows, reliability: Floats, tellings: Rows) -> Rows:
        """Return, of what one report tells of the places around a place, the pair that tells most of it."""
        telling = tellings[self.other[pairs]]
        order = np.lexsort((self.other[pairs], -reliability[pairs], telling, self.at[pairs]))
        at, telling = self.at[pairs][order], telling[order]
        is_first = np.ones(len(order), bool)
        is_first[1:] = (at[1:] != at[:-1]) | (telling[1:] != telling[:-1])
        return np.sort(pairs[order[is_first]])

    def _traced(self, before: Faded, after: Faded, pairs: Rows) -> Faded:
        """Give the opinions that were moved the claims that moved them; and since when, where they say otherwise.

        A place of which the same is told as on the day before, and near which the same fell, keeps what it was given.
        """
        at, other = self.at[pairs], self.other[pairs]
        was, now = _likeliest(before)[0], _likeliest(after)[0]
        is_stale, is_moved = self._stale(before, pairs, was != now), np.zeros(len(was), bool)
        is_moved[at] = True
        for row in np.flatnonzero(is_stale & ~is_moved).tolist():
            self._traces.pop(row, None)
        fresh = is_stale[at]
        neighbours: dict[int, list[int]] = defaultdict(list)
        for place, near in zip(at[fresh].tolist(), other[fresh].tolist(), strict=True):
            neighbours[place].append(near)
        versions, changed = before.versions.tolist(), before.changed.tolist()
        for place, nearby in neighbours.items():
            is_other = bool(was[place] != now[place])
            version = self._version((is_other, versions[place], *(versions[each] for each in nearby)))
            since = dt.date.fromordinal(max(changed[each] for each in nearby)) if is_other else None
            self._traces[place] = _Trace(tuple(nearby), since, version)
        given, moved = dict(self._traces), list(before.since)
        for row, trace in given.items():
            versions[row] = trace.version
            if trace.since is not None:
                moved[row], changed[row] = trace.since, trace.since.toordinal()
        claims = _Claims(before.claims, before.change, given, self._made)
        return replace(
            after, since=tuple(moved), claims=claims, versions=np.array(versions, np.int64),
            changed=np.array(changed, np.int64),
        )  # fmt: skip

    def _version(self, key: tuple[int, ...]) -> int:
        return self._versions.setdefault(key, -2 - len(self._versions))

    def _stale(self, before: Faded, pairs: Rows, is_other: Bools) -> Bools:
        """Return which places may have other claims than on the day before. Shape (question,)."""
        near = np.full((len(self.at), 2), -1, np.int64)
        near[pairs, 0], near[pairs, 1] = before.versions[self.other[pairs]], before.changed[self.other[pairs]]
        is_stale = np.zeros(len(is_other), bool)
        is_stale[self._rows_kept.changed(np.stack([before.versions[:-1], is_other], axis=1))] = True
        is_stale[self.at[self._pairs_kept.changed(near)]] = True
        return is_stale


def _likeliest(opinions: Faded) -> tuple[Rows, Floats]:
    """Return which answer is the likeliest, *unknown* left out, and how likely it is. Shapes (question,)."""
    odds = opinions.odds[:-1]
    top = odds.argmax(axis=1)
    return top, np.asarray(odds[np.arange(len(odds)), top], np.float64)
