r"""Claims that disagree → a probability for each answer. The maths is in docs/assess.md.

Evidence on one question is taken in order of the day from which it holds. A voice counts once: its newest answer, as
strong as the strongest of its tellings since it last said otherwise. All voices of a day are pooled: with reliability
:math:`r_i` they move a share :math:`R = 1 - \prod_i (1 - r_i)` of the mass to the answers, shared in proportion to
:math:`-\log(1 - r_i)`; what remains keeps its earlier opinion. Between days opinions fade towards unknown with a
half-life.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from tidings.assess.fading import faded

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim's answer to one question."""

    subject: str
    predicate: str
    answer: str
    """`unknown` tells that the earlier answer no longer holds without telling what does."""
    day: dt.date
    reliability: float
    claim: str
    voices: tuple[str, ...] = ()
    """Who says it; the same voices with the same answer on one day count once."""
    fresh_until: dt.date | None = None
    """The last day for which it vouches that its answer still holds; until then it does not fade."""
    ends: dt.date | None = None
    """The first day on which, by its own words, the answer holds no more."""
    is_partial: bool = False
    """Whether its words may mean another subject: one of several stretches of a way, one place of an area."""
    left_by: str | None = None
    """The side that is told to hold the subject no more."""
    is_former: bool = False
    """Whether it is what a change says of the days before it."""
    terms: str | None = None
    """For whom the answer holds, in the claim's words."""
    per_day: float | None = None
    """Persons a day that a crossing lets through, in the claim's words."""
    changed_by: dt.date | None = None
    """Of an event by which a place changes hands: the last day on which it may have happened."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities by answer (unknown included, summing to one), since when the likeliest holds, and the claims."""

    odds: dict[str, float]
    since: dt.date | None
    claims: tuple[str, ...]

    @property
    def likeliest(self) -> str:
        """The answer with the highest probability."""
        return max(sorted(self.odds), key=lambda answer: self.odds[answer])


NOTHING = Opinion({UNKNOWN: 1.0}, None, ())


def shown(answers: Iterable[str], odds: Iterable[float], unknown: float) -> dict[str, float]:
    """Return the odds of an opinion; answers that have no probability left are not in it."""
    return {**{answer: p for answer, p in zip(answers, odds, strict=True) if p}, UNKNOWN: unknown}


def reconcile(evidence: Iterable[Evidence], on: dt.date, half_life_days: float) -> Opinion:
    """Return the opinion on a day from evidence on one question; the order in which it is given is irrelevant.

    Examples
    --------
    >>> said = Evidence("azaz", "held_by", "rebels", dt.date(2016, 2, 8), 0.9, "c1")
    >>> reconcile([said], dt.date(2016, 2, 8), half_life_days=240).odds
    {'rebels': 0.9, 'unknown': 0.1}
    >>> reconcile([said], dt.date(2016, 2, 7), half_life_days=240).odds
    {'unknown': 1.0}
    """
    return standing(evidence, on, half_life_days).faded(on, half_life_days)


@dataclass(frozen=True, slots=True)
class Standing:
    """An opinion as it stood on the last day on which anything was told; from then on it only fades."""

    odds: dict[str, float]
    last: dt.date
    since: dt.date | None
    claims: tuple[str, ...]
    shown: dt.date | None = None
    """The last day of which anybody told that its likeliest answer but *unknown* holds, or came to hold."""
    changed: dt.date | None = None
    """The day on which a place came into the hands of that answer; None where nobody told of it."""

    def faded(self, on: dt.date, half_life_days: float) -> Opinion:
        """Return the opinion on a day, nothing told since."""
        if not self.claims:
            return NOTHING
        answers = sorted(self.odds.keys() - {UNKNOWN})
        odds, unknown = faded(
            np.array([[self.odds[answer] for answer in answers]]), np.array([(on - self.last).days]), half_life_days
        )
        return Opinion(shown(answers, odds[0].tolist(), float(unknown[0])), self.since, self.claims)


def standing(evidence: Iterable[Evidence], on: dt.date, half_life_days: float) -> Standing:
    """Return what evidence on one question, told by a day, stands for until more is told or ends."""
    by_day: dict[dt.date, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        for day in _days_told(piece, on):
            by_day[day].append(piece)
    heard = _Heard(half_life_days)
    since, top = None, UNKNOWN
    for day in sorted(by_day):
        newest = _top(heard.hear(by_day[day], day))
        since, top = (since, top) if newest == top else (day, newest)
    claims = dict.fromkeys(claim for day in sorted(by_day) for claim in sorted(piece.claim for piece in by_day[day]))
    last = max(by_day, default=on)
    return Standing(heard.odds, last, since, tuple(claims), *_shown_and_changed(by_day, heard.odds, since))


def _shown_and_changed(
    by_day: Mapping[dt.date, Iterable[Evidence]], odds: Mapping[str, float], since: dt.date | None
) -> tuple[dt.date | None, dt.date | None]:
    """Return what `Standing` has of the likeliest answer that is not *unknown*.

    A place is taken once until it is lost: who tells of it again, without a day or with another, tells of the same.
    """
    likeliest = _top({answer: p for answer, p in odds.items() if answer != UNKNOWN} or odds)
    told = [(day, piece) for day, pieces in by_day.items() for piece in pieces if piece.answer == likeliest]
    taken = [piece for _, piece in told if piece.changed_by and (since is None or piece.day >= since)]
    shown = [day for day, piece in told if not piece.changed_by]
    shown += [min(piece.changed_by for piece in taken if piece.changed_by)] if taken else []
    return max(shown, default=since), min((piece.day for piece in taken), default=None)


def stands_until(evidence: Iterable[Evidence], on: dt.date) -> dt.date:
    """Return the first day after one on which evidence on one question may stand for something else.

    Examples
    --------
    >>> said = Evidence("azaz", "held_by", "rebels", dt.date(2016, 2, 8), 0.9, "c1", ends=dt.date(2016, 3, 1))
    >>> stands_until([said], dt.date(2016, 2, 8)), stands_until([said], dt.date(2016, 3, 1))
    (datetime.date(2016, 3, 1), datetime.date(9999, 12, 31))
    """
    days = [dt.date.max]
    for piece in evidence:
        if piece.day > on:
            days.append(piece.day)
        elif piece.fresh_until and piece.fresh_until > on:
            days.append(on + dt.timedelta(days=1))  # it vouches for each day anew
        if piece.ends and piece.ends > on:
            days.append(piece.ends)
    return min(days)


@dataclass(frozen=True, slots=True)
class _Voice:
    """The newest answers of one voice: the day, and how reliable each is."""

    day: dt.date
    answers: dict[str, float]


def _days_told(piece: Evidence, on: dt.date) -> tuple[dt.date, ...]:
    if piece.day > on or (piece.ends is not None and piece.ends <= on):
        return ()
    vouched = min(piece.fresh_until, on) if piece.fresh_until else piece.day
    return (piece.day, vouched) if vouched > piece.day else (piece.day,)


@dataclass(slots=True)
class _Heard:
    """What was heard day by day, and the odds after each: who speaks again takes back what he said before."""

    half_life_days: float
    voices: dict[tuple[str, ...], _Voice] = field(default_factory=dict)
    days: list[dt.date] = field(default_factory=list)
    """On which the newest answer of a voice was heard, in order."""
    after: list[dict[str, float]] = field(default_factory=list)
    """The odds on each of them."""
    told: dict[dt.date, dict[tuple[str, ...], dict[str, float]]] = field(default_factory=dict)
    """By day: the voices whose newest answers are of it."""
    weighed: dict[dt.date, _Weighed] = field(default_factory=dict)
    """By day: what these answers move, until one of its voices speaks again."""

    @property
    def odds(self) -> dict[str, float]:
        """The odds on the last day on which a voice was heard."""
        return self.after[-1] if self.after else {UNKNOWN: 1.0}

    def hear(self, pieces: Iterable[Evidence], day: dt.date) -> dict[str, float]:
        """Hear what is told of a day, later than all before; return the odds of it."""
        first_changed = len(self.days)
        for voice, answers in _answers(pieces).items():
            before = self.voices.get(voice)
            known = before.answers if before else {}
            if before:
                first_changed = min(first_changed, bisect_left(self.days, before.day))
                del self.told[before.day][voice]
                self.weighed.pop(before.day, None)
            answered = {a: max(r, known.get(a, 0.0)) for a, r in answers.items()}
            self.voices[voice] = _Voice(day, answered)
            self.told.setdefault(day, {})[voice] = answered
        self._fold([*(each for each in self.days[first_changed:] if self.told[each]), day], first_changed)
        return self.odds

    def _fold(self, days: Iterable[dt.date], start: int) -> None:
        """Form the odds anew for days from a position on."""
        del self.days[start:], self.after[start:]
        for day in days:
            odds = _fade(self.odds, (day - self.days[-1]).days, self.half_life_days) if self.days else self.odds
            if day not in self.weighed:
                told = sorted(self.told[day].items())
                self.weighed[day] = _weigh(pair for _, answers in told for pair in sorted(answers.items()))
            self.after.append(_pool(odds, self.weighed[day]))
            self.days.append(day)


def _answers(pieces: Iterable[Evidence]) -> dict[tuple[str, ...], dict[str, float]]:
    """Return the answers of each voice, each as reliable as the most reliable telling of it."""
    told: dict[tuple[str, ...], dict[str, float]] = {}
    for piece in pieces:
        answers = told.setdefault(tuple(sorted(piece.voices)), {})
        answers[piece.answer] = max(answers.get(piece.answer, 0.0), piece.reliability)
    return told


def _top(odds: Mapping[str, float]) -> str:
    return max(sorted(odds), key=lambda answer: odds[answer])


def _fade(odds: Mapping[str, float], days: int, half_life_days: float) -> dict[str, float]:
    kept = 0.5 ** (days / half_life_days)
    faded = {answer: p * kept for answer, p in odds.items() if answer != UNKNOWN}
    return {**faded, UNKNOWN: 1.0 - sum(faded.values())}


_Weighed = tuple[float, tuple[tuple[str, float], ...]]
"""The share of the earlier opinion that stays, and what each answer gets of the rest."""


def _weigh(told: Iterable[tuple[str, float]]) -> _Weighed:
    weight: dict[str, float] = defaultdict(float)
    for answer, reliability in told:
        weight[answer] += -math.log1p(-reliability)
    total = sum(weight.values())
    moved = -math.expm1(-total)
    return 1 - moved, tuple((answer, moved * share / total) for answer, share in weight.items())


def _pool(odds: Mapping[str, float], weighed: _Weighed) -> dict[str, float]:
    stays, moved = weighed
    pooled = {answer: p * stays for answer, p in odds.items()}
    for answer, p in moved:
        pooled[answer] = pooled.get(answer, 0.0) + p
    return pooled
