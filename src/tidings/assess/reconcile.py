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
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import Field

from tidings.core.schema import Schema

UNKNOWN = "unknown"


class Reliability(Schema):
    """How far one piece of evidence moves opinion. Assumed values: to be calibrated against a record of control."""

    stated: float = 0.9
    """The writer's own words."""
    claimed: float = 0.75
    """Somebody says it."""
    own_success: float = 0.7
    """Factor for a party that tells of its own side's success."""
    grades: dict[str, float] = Field(
        default_factory=lambda: {"A": 1.05, "B": 1.0, "C": 0.85, "D": 0.6, "E": 0.3, "F": 0.8}
    )
    """Factor by the source's Admiralty grade; F (cannot be judged) and no grade at all count the same."""
    ungraded: float = 0.9
    """Factor where crisis.yaml does not grade the source."""
    ceiling: float = 0.97
    """No single piece of evidence is surer than this."""


HALF_LIFE_DAYS: Mapping[str, float] = {"held_by": 240.0, "besieged": 365.0, "passable": 60.0, "policy": 45.0}
"""Days after which half of an opinion that nobody renewed has faded to unknown (assumed)."""


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
    """Whether its words may mean another subject: one of several stretches of a way."""


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
    by_day: dict[dt.date, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        for day in _days_told(piece, on):
            by_day[day].append(piece)
    if not by_day:
        return NOTHING
    voices: dict[tuple[str, ...], _Voice] = {}
    since, top = None, UNKNOWN
    for day in sorted(by_day):
        _hear(voices, by_day[day], day)
        newest = _top(_fold(voices, day, half_life_days))
        since, top = (since, top) if newest == top else (day, newest)
    odds = _fold(voices, on, half_life_days)
    rounded = {answer: round(p, 6) for answer, p in sorted(odds.items()) if p >= 5e-4 and answer != UNKNOWN}
    claims = dict.fromkeys(claim for day in sorted(by_day) for claim in sorted(piece.claim for piece in by_day[day]))
    return Opinion({**rounded, UNKNOWN: round(1.0 - sum(rounded.values()), 6)}, since, tuple(claims))


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


def _hear(voices: dict[tuple[str, ...], _Voice], pieces: Iterable[Evidence], day: dt.date) -> None:
    told: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for piece in pieces:
        answers = told[tuple(sorted(piece.voices))]
        answers[piece.answer] = max(answers.get(piece.answer, 0.0), piece.reliability)
    for voice, answers in told.items():
        before = voices[voice].answers if voice in voices else {}
        voices[voice] = _Voice(day, {a: max(r, before.get(a, 0.0)) for a, r in answers.items()})


def _fold(voices: Mapping[tuple[str, ...], _Voice], on: dt.date, half_life_days: float) -> dict[str, float]:
    by_day: dict[dt.date, list[tuple[str, float]]] = defaultdict(list)
    for _, voice in sorted(voices.items()):
        by_day[voice.day] += sorted(voice.answers.items())
    odds: dict[str, float] = {UNKNOWN: 1.0}
    last = on
    for day in sorted(by_day):
        odds = _pool(_fade(odds, (day - last).days, half_life_days) if last < day else odds, by_day[day])
        last = day
    return _fade(odds, (on - last).days, half_life_days)


def _top(odds: Mapping[str, float]) -> str:
    return max(sorted(odds), key=lambda answer: odds[answer])


def _fade(odds: Mapping[str, float], days: int, half_life_days: float) -> dict[str, float]:
    kept = 0.5 ** (days / half_life_days)
    faded = {answer: p * kept for answer, p in odds.items() if answer != UNKNOWN}
    return {**faded, UNKNOWN: 1.0 - sum(faded.values())}


def _pool(odds: Mapping[str, float], told: Iterable[tuple[str, float]]) -> dict[str, float]:
    weight: dict[str, float] = defaultdict(float)
    for answer, reliability in told:
        weight[answer] += -math.log1p(-reliability)
    total = sum(weight.values())
    moved = -math.expm1(-total)
    pooled = {answer: p * (1 - moved) for answer, p in odds.items()}
    for answer, share in weight.items():
        pooled[answer] = pooled.get(answer, 0.0) + moved * share / total
    return pooled
