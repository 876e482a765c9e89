"""What evidence stands for, as columns: all questions of one predicate, of which a day finds anew only what changed."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

import numpy as np
from numpy.typing import NDArray

from tidings.assess.columns import Columns, Resting
from tidings.assess.fading import Floats, faded
from tidings.assess.reconcile import NOTHING, UNKNOWN, Evidence, Opinion, shown

Pieces = tuple[Evidence, ...]
Rows = NDArray[np.int64]
NEVER = dt.date.min.toordinal()


@dataclass(frozen=True, slots=True, eq=False)
class Faded:
    """The opinions on all questions of one predicate on a day, as columns."""

    row_of: Mapping[str, int]
    """By subject."""
    answers: tuple[str, ...]
    """In their order, without *unknown*."""
    odds: Floats
    """Shape (question + 1, answer); the last row is of a subject of which nobody told anything."""
    unknown: Floats
    """Shape (question + 1,)."""
    since: Sequence[dt.date | None]
    claims: Sequence[tuple[str, ...]]
    versions: Rows
    """Of `claims`: another number wherever they are others than before. Shape (question + 1,); 0 where
    there are none, as in the last."""
    shown: Rows
    """The last day of which the likeliest answer was told, as a number; `NEVER` where it was not. Shape (question,)."""
    changed: Rows
    """The last day on which a place came to the likeliest answer. Shape (question,)."""
    change: Sequence[Evidence | None]
    """What tells of that day."""
    tellings: Rows
    """The number of the report that tells of it; -1 where nobody does. Shape (question,)."""

    def __call__(self, subject: str) -> Opinion:
        """Return the opinion on a subject."""
        row = self.row_of.get(subject)
        if row is None:
            return NOTHING
        odds = shown(self.answers, self.odds[row].tolist(), float(self.unknown[row]))
        return Opinion(odds, self.since[row], self.claims[row])

    def column(self, answer: str) -> Floats:
        """Return the odds of one answer. Shape (question + 1,)."""
        if answer in self.answers:
            return np.asarray(self.odds[:, self.answers.index(answer)], np.float64)
        return np.zeros(len(self.unknown))

    def rows(self, subjects: Iterable[str]) -> Rows:
        """Return the rows of subjects; of one that nobody told of the last."""
        none = len(self.row_of)
        return np.array([self.row_of.get(subject, none) for subject in subjects], np.int64)


class ClaimsByRow(Sequence[tuple[str, ...]]):
    """By row the claims that an opinion rests on, found when they are asked for."""

    __slots__ = ()

    @abstractmethod
    def of(self, row: int) -> tuple[str, ...]:
        """Return the claims of a row."""

    @overload
    def __getitem__(self, row: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, row: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(row, slice):
            return tuple(self.of(each) for each in range(*row.indices(len(self))))
        return self.of(row)


@dataclass(frozen=True, slots=True, eq=False)
class _Claims(ClaimsByRow):
    resting: tuple[Resting, ...]
    days: tuple[dt.date, ...]

    def __len__(self) -> int:
        return len(self.resting)

    def of(self, row: int) -> tuple[str, ...]:
        return self.resting[row].on(self.days[row])


@dataclass(eq=False)
class Standings:
    """What the evidence on each question of one predicate stands for, from a day to a day.

    Between those days it only fades, and all of it at once.
    """

    half_life_days: float
    row_of: dict[str, int]
    pieces: list[Pieces]
    _columns: Columns
    _is_laid: NDArray[np.bool_]
    """Whether the evidence on a question is the one that `_columns` has."""
    _from: Rows
    _until: Rows
    _last: Rows
    _versions: Rows
    _odds: Floats
    _shown: Rows
    _changed: Rows
    _answers: tuple[str, ...] = ()
    _since: list[dt.date | None] = field(default_factory=list)
    _resting: list[Resting] = field(default_factory=list)
    _asked: list[dt.date] = field(default_factory=list)
    """By row: the day for which `_resting` was counted."""
    _counts: list[tuple[int, int]] = field(default_factory=list)
    _change: list[Evidence | None] = field(default_factory=list)
    _tellings: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    _number_of: dict[str, int] = field(default_factory=dict)
    """By report: its number in `_tellings`, the lower the more changes it tells of."""
    _told_in: Rows = field(default_factory=lambda: np.zeros(0, np.int64))
    """Which report tells of each change, as a row of `_columns`."""
    _n_versions: int = 0
    _last_day: tuple[dt.date, Faded] | None = None
    """What was asked last, where no evidence was another."""

    @classmethod
    def of(cls, evidence: Mapping[str, Pieces], half_life_days: float) -> Standings:
        """Lay out the evidence by subject."""
        n = len(evidence)
        days, columns = np.full(n, NEVER, np.int64), Columns.of(tuple(evidence.values()), half_life_days, UNKNOWN)
        changes = Counter(piece.told_in for piece in columns.in_rows if piece.changed_by)
        most_first = sorted(changes, key=lambda report: (-changes[report], report))
        number_of = {report: number for number, report in enumerate(most_first)}
        return cls(
            half_life_days, {subject: row for row, subject in enumerate(evidence)}, list(evidence.values()),
            columns, np.ones(n, np.bool_),
            days.copy(), days.copy(), days.copy(), np.zeros(n, np.int64), np.zeros((n, 0)), days.copy(), days.copy(),
            _since=[None] * n, _resting=[Resting()] * n, _asked=[dt.date.min] * n, _counts=[(0, 0)] * n,
            _change=[None] * n, _tellings=np.full(n, -1, np.int64),
            _number_of=number_of, _told_in=_told_in(columns, number_of),
        )  # fmt: skip

    def on(self, day: dt.date, others: Mapping[str, Pieces] | None = None) -> Faded:
        """Return the opinions on a day.

        Parameters
        ----------
        others
            By subject, where the evidence is another than when it was laid out, or than on the day before.
        """
        if not others and self._last_day and self._last_day[0] == day:
            return self._last_day[1]
        now = day.toordinal()
        for subject, pieces in (others or {}).items():
            row = self.row_of[subject]
            if self.pieces[row] is not pieces:
                self.pieces[row] = pieces
                self._until[row], self._is_laid[row] = NEVER, False
        due = np.flatnonzero((now < self._from) | (now >= self._until))
        is_laid = self._is_laid[due]
        self._stand(self._columns, self._told_in, due[is_laid], due[is_laid], day)
        if not is_laid.all():
            rest = due[~is_laid]
            columns = Columns.of([self.pieces[row] for row in rest.tolist()], self.half_life_days, UNKNOWN)
            self._stand(columns, _told_in(columns, self._number_of), np.arange(len(rest)), rest, day)
        odds, unknown = faded(self._odds, now - self._last, self.half_life_days)
        claims = _Claims(tuple(self._resting), tuple(self._asked))
        stood = Faded(
            self.row_of, self._answers, np.vstack([odds, np.zeros((1, odds.shape[1]))]), np.append(unknown, 1.0),
            tuple(self._since), claims, np.append(self._versions, 0), self._shown.copy(),
            self._changed.copy(), tuple(self._change), self._tellings.copy(),
        )  # fmt: skip
        self._last_day = None if others else (day, stood)
        return stood

    def stands_until(self, subject: str, on: dt.date) -> dt.date | None:
        """Return the first day on which a question may stand otherwise than on a day; None if that is not at hand."""
        row, now = self.row_of[subject], on.toordinal()
        is_at_hand = self._from[row] <= now < self._until[row]
        return dt.date.fromordinal(int(self._until[row])) if is_at_hand else None

    def _stand(self, columns: Columns, told_in: Rows, questions: Rows, rows: Rows, day: dt.date) -> None:
        """Write down what the evidence on questions stands for, each in its row."""
        stands = columns.found(questions, day)
        self._from[rows], self._until[rows] = day.toordinal(), stands.until
        self._last[rows] = np.where(stands.last > 0, stands.last, day.toordinal())
        self._shown[rows], self._changed[rows] = np.maximum(stands.shown, NEVER), np.maximum(stands.changed, NEVER)
        for row, question, since in zip(rows.tolist(), questions.tolist(), stands.since.tolist(), strict=True):
            self._since[row] = dt.date.fromordinal(since) if since else None
            resting, before = columns.resting[question], self._counts[row]
            self._asked[row], counts = day, resting.count(day)
            if counts != before or resting is not self._resting[row]:
                self._n_versions += 1
                self._resting[row], self._counts[row] = resting, counts
                self._versions[row] = self._n_versions if counts[0] > counts[1] else 0
        for row, change in zip(rows.tolist(), stands.change.tolist(), strict=True):
            self._change[row] = columns.in_rows[change] if change >= 0 else None
        self._tellings[rows] = np.append(told_in, -1)[stands.change]
        self._write_odds(columns, rows, stands.odds)

    def _write_odds(self, columns: Columns, rows: Rows, odds: Floats) -> None:
        told = tuple(answer for answer in columns.answers if answer != UNKNOWN)
        if new := set(told) - set(self._answers):
            self._widen(tuple(sorted({*self._answers, *new})))
        self._odds[rows] = 0.0
        for answer in told:
            self._odds[rows, self._answers.index(answer)] = odds[:, columns.answers.index(answer)]

    def _widen(self, answers: tuple[str, ...]) -> None:
        wider = np.zeros((len(self._odds), len(answers)))
        for column, answer in enumerate(self._answers):
            wider[:, answers.index(answer)] = self._odds[:, column]
        self._answers, self._odds = answers, wider


def _told_in(columns: Columns, number_of: dict[str, int]) -> Rows:
    """Return which report tells of each change, as a row: of several the one that tells of most, whoever wrote it."""
    told = np.array(
        [number_of.setdefault(piece.told_in, len(number_of)) if piece.changed_by else -1 for piece in columns.in_rows],
        np.int64,
    )
    rows = np.flatnonzero(told >= 0)
    pieces = columns.pieces
    first, day, answer = (np.asarray(column, np.int64) for column in (pieces.first, pieces.day, pieces.answer))
    question = np.searchsorted(first, rows, side="right")
    order = np.lexsort((told[rows], answer[rows], day[rows], question))
    same = np.stack([question, day[rows], answer[rows]])[:, order]
    is_first = np.append(True, (same[:, 1:] != same[:, :-1]).any(axis=0))[: len(rows)]
    told[rows[order]] = told[rows[order]][is_first][np.cumsum(is_first) - 1]
    return told


@dataclass(eq=False)
class Kept:
    """Rows kept from day to day, of which only those with another key are made anew."""

    _keys: NDArray[np.int64] | None = None

    def changed(self, keys: NDArray[np.int64]) -> Rows:
        """Return the rows whose keys are others than on the day before. Shape of keys (row,) or (row, key)."""
        before, self._keys = self._keys, keys
        if before is None or before.shape != keys.shape:
            return np.arange(len(keys))
        is_other = before != keys
        return np.flatnonzero(is_other if keys.ndim == 1 else is_other.any(axis=1))
