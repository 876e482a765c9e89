"""Evidence on many questions laid out as columns, once, for the rule in `folding` to weigh on any day."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from tidings.assess.folding import NEVER, Fold, Found, Heard, Scales, Tellings, fold_of

if TYPE_CHECKING:
    from tidings.assess.reconcile import Evidence

Ints = NDArray[np.int64]
Row = TypeVar("Row", Tellings, Scales, Heard, Found)
MOST_UNCOMPILED = 5_000
"""Tellings that are weighed without a compiler."""


@dataclass(frozen=True, slots=True, eq=False)
class Stood:
    """What the evidence on each question stands for on a day; days are ordinals, as in `folding.Found`."""

    odds: NDArray[np.float64]
    """Shape (question, answer)."""
    last: Ints
    since: Ints
    until: Ints
    shown: Ints
    changed: Ints
    change: Ints
    """Positions in `Columns.in_rows`."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The evidence on questions, in their order."""

    answers: tuple[str, ...]
    """In their order, *unknown* among them."""
    told: Tellings
    pieces: Tellings
    scales: Scales
    heard: Heard
    fold: Fold
    unknown: int
    resting: tuple[Resting, ...]
    """By question: the claims on which it rests."""
    in_rows: tuple[Evidence, ...]
    """In the order of `pieces`."""

    @classmethod
    def of(
        cls,
        questions: Sequence[Iterable[Evidence]],
        half_life_days: float,
        unknown: str,
        *,
        is_compiled: bool | None = None,
    ) -> Columns:
        """Lay out the evidence on questions; the order in which it is given is irrelevant.

        Parameters
        ----------
        unknown
            The answer that tells nothing.
        is_compiled
            Whether it is weighed by compiled code; by default where there is much of it.
        """
        by_claim = tuple(tuple(sorted(pieces, key=_day_and_claim)) for pieces in questions)
        flat = [piece for pieces in by_claim for piece in pieces]
        question = np.repeat(np.arange(len(by_claim)), [len(pieces) for pieces in by_claim])
        answers = tuple(sorted({unknown, *(piece.answer for piece in flat)}))
        reliabilities, strength = np.unique(np.array([piece.reliability for piece in flat]), return_inverse=True)
        day, until, ends = (np.array(days, np.int64) for days in spans(flat))
        laid = _Laid(
            question, day, until, ends, _voices(question, flat), _numbers((piece.answer for piece in flat), answers),
            strength.astype(np.int64), _changed_by(flat), np.array([piece.is_dated for piece in flat], np.int64),
        )  # fmt: skip
        order = laid.order()
        told, pieces = laid.told(len(by_claim)), laid.by_voice(order, len(by_claim))
        if is_compiled is None:
            is_compiled = len(told.day) > MOST_UNCOMPILED
        span = int(max(told.day) - min(told.day)) + 1 if flat else 1
        scales = _scales(reliabilities, span, half_life_days)
        heard = _heard(told, pieces, len(answers))
        if not is_compiled:
            told, pieces, scales, heard = _listed(told), _listed(pieces), _listed(scales), _listed(heard)
        return cls(
            answers, told, pieces, scales, heard, fold_of(is_compiled=is_compiled), answers.index(unknown),
            tuple(map(Resting.of, by_claim)), tuple([flat[row] for row in order.tolist()]),
        )  # fmt: skip

    def found(self, questions: Sequence[int] | Ints, on: dt.date) -> Stood:
        """Return what the evidence on questions stands for on a day."""
        n, asked = len(questions), np.asarray(questions, np.int64)
        columns = np.zeros(n * len(self.answers)), *(np.zeros(n, np.int64) for _ in range(6))
        found = Found(*(cast("list[Any]", column) for column in columns))
        numbers = cast("list[int]", asked)
        if isinstance(self.told.day, list):
            found, numbers = _listed(found), asked.tolist()
        self.fold(self.told, self.pieces, self.scales, self.heard, self.unknown, numbers, on.toordinal(), found)
        days = (np.asarray(column, np.int64) for column in found[1:])
        return Stood(np.asarray(found.odds).reshape(n, len(self.answers)), *days)

    def claims(self, question: int, on: dt.date) -> tuple[str, ...]:
        """Return the claims that tell anything of a question by a day, in the order of their days."""
        return self.resting[question].on(on)


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """The claims on which one question rests, by the days from which they hold."""

    days: tuple[dt.date, ...] = ()
    claims: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    """Of each claim the day on which it holds no more, as an ordinal; empty where none ends."""
    is_each_once: bool = True
    in_order: tuple[int, ...] = ()
    """The days on which claims end: not before they begin."""

    @classmethod
    def of(cls, pieces: Sequence[Evidence]) -> Resting:
        claims, days = tuple([piece.claim for piece in pieces]), tuple([piece.day for piece in pieces])
        ends = tuple([piece.ends.toordinal() if piece.ends else NEVER for piece in pieces])
        in_order = tuple(sorted(max(e, p.day.toordinal()) for e, p in zip(ends, pieces, strict=True) if e < NEVER))
        return cls(days, claims, ends if in_order else (), len(set(claims)) == len(claims), in_order)

    def count(self, on: dt.date) -> tuple[int, int]:
        """Return how many have begun by a day and how many of those have ended: they are the same while that is so."""
        return bisect_right(self.days, on), bisect_right(self.in_order, on.toordinal()) if self.ends else 0

    def on(self, on: dt.date) -> tuple[str, ...]:
        begun = self.claims[: bisect_right(self.days, on)]
        if self.ends:
            now = on.toordinal()
            begun = tuple([claim for claim, end in zip(begun, self.ends) if end > now])  # noqa: B905
        return begun if self.is_each_once else tuple(dict.fromkeys(begun))


def _day_and_claim(piece: Evidence) -> tuple[dt.date, str]:
    return piece.day, piece.claim


def _listed(columns: Row) -> Row:
    """Return columns as lists, which Python reads faster than arrays."""
    made: Any = type(columns)
    return cast("Row", made(*(cast("Ints", column).tolist() for column in columns)))


@dataclass(frozen=True, slots=True, eq=False)
class _Laid:
    """All pieces, a row each, in any order."""

    question: Ints
    day: Ints
    until: Ints
    ends: Ints
    voice: Ints
    answer: Ints
    strength: Ints
    changed_by: Ints
    is_dated: Ints

    def order(self) -> Ints:
        """Return the rows by question, voice and answer."""
        return np.asarray(np.lexsort((self.answer, self.voice, self.question)), np.int64)

    def by_voice(self, order: Ints, n_questions: int) -> Tellings:
        return self._columns(order, self.day, self.until, n_questions)

    def told(self, n_questions: int) -> Tellings:
        lasting = np.flatnonzero(self.until > self.day)
        rows = np.concatenate([np.arange(len(self.day)), lasting])
        days = np.concatenate([self.day, self.until[lasting]])
        order = np.lexsort((self.answer[rows], self.voice[rows], days, self.question[rows]))
        return self._columns(rows[order], days[order], days[order], n_questions)

    def _columns(self, rows: Ints, days: Ints, until: Ints, n_questions: int) -> Tellings:
        """Return some rows; days are given by row, or for all pieces."""
        first = np.searchsorted(self.question[rows], np.arange(n_questions + 1))
        day, last = (days[rows], until[rows]) if days is self.day else (days, until)
        of_all = self.ends, self.voice, self.answer, self.strength, self.changed_by, self.is_dated
        columns = first, day, last, *(column[rows] for column in of_all)
        return Tellings(*(cast("list[int]", np.ascontiguousarray(column, np.int64)) for column in columns))


def spans(pieces: Iterable[Evidence]) -> tuple[list[int], list[int], list[int]]:
    """Return of each piece the day from which it holds, the last for which it vouches, and that on which it ends."""
    days = [
        (
            piece.day.toordinal(),
            max(piece.fresh_until, piece.day).toordinal() if piece.fresh_until else piece.day.toordinal(),
            piece.ends.toordinal() if piece.ends else NEVER,
        )
        for piece in pieces
    ]
    first, until, ends = ([of_piece[column] for of_piece in days] for column in range(3))
    return first, until, ends


def _changed_by(flat: Sequence[Evidence]) -> Ints:
    return np.array([piece.changed_by.toordinal() if piece.changed_by else 0 for piece in flat], np.int64)


def _voices(question: Ints, flat: Sequence[Evidence]) -> Ints:
    """Return the number of the voice of each piece among those of its question, in their order."""
    voices = {told: tuple(sorted(told)) for told in {piece.voices for piece in flat}}
    number = {voice: number for number, voice in enumerate(sorted(set(voices.values())))}
    by_told = {told: number[voice] for told, voice in voices.items()}
    of_all = np.array([by_told[piece.voices] for piece in flat], np.int64)
    pairs, which = np.unique(question * max(len(number), 1) + of_all, return_inverse=True)
    of_pairs = pairs // max(len(number), 1)
    return np.asarray((np.arange(len(pairs)) - np.searchsorted(of_pairs, of_pairs))[which], np.int64)


def _numbers(values: Iterable[str], ordered: Sequence[str]) -> Ints:
    number = {value: number for number, value in enumerate(ordered)}
    return np.array([number[value] for value in values], np.int64)


def _scales(reliabilities: NDArray[np.float64], span: int, half_life_days: float) -> Scales:
    """Return what is looked up, each worked out by Python: numpy's own differ in the last bit between machines."""
    weight = [-math.log1p(-reliability) for reliability in reliabilities.tolist()]
    kept = _kept(1 << max(span - 1, 1).bit_length(), half_life_days)
    return Scales(*(cast("list[float]", np.array(each, np.float64)) for each in (1.0 - reliabilities, weight, kept)))


@lru_cache(maxsize=16)
def _kept(n_days: int, half_life_days: float) -> tuple[float, ...]:
    return tuple(0.5 ** (days / half_life_days) for days in range(n_days))


def _heard(told: Tellings, pieces: Tellings, n_answers: int) -> Heard:
    """Return columns to write in, as long as the largest question needs."""
    n_voices = int(np.max(pieces.voice, initial=-1)) + 1
    n_told = int(np.max(np.diff(told.first), initial=0)) + int(np.max(np.diff(pieces.first), initial=0))
    n_groups = int(np.max(np.diff(told.first), initial=0)) + 2
    ints = (3, n_voices, n_voices, n_voices * n_answers, n_voices * n_answers, n_told, n_groups + 1, n_groups, n_groups)
    floats = (n_groups, n_groups * n_answers)
    columns = [*(np.zeros(n, np.int64) for n in ints), *(np.zeros(n) for n in floats)]
    columns += [np.zeros(n_groups, np.int64), np.zeros(n_groups, np.int64), np.zeros(n_groups * n_answers)]
    return Heard(*columns)  # type: ignore[arg-type]
