r"""Claims that disagree → a probability for each answer. The maths is in docs/assess.md.

Evidence on one question is taken in order of the day from which it holds. All evidence of a day is pooled: with
reliabilities :math:`r_i` it moves a share :math:`R = 1 - \prod_i (1 - r_i)` of the mass to the answers given, shared
in proportion to :math:`-\log(1 - r_i)`; what remains keeps its earlier opinion. Between days opinions fade towards
unknown with a half-life.
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
        if piece.day <= on:
            by_day[piece.day].append(piece)
            if piece.fresh_until and piece.day < (again := min(piece.fresh_until, on)):
                by_day[again].append(piece)
    odds: dict[str, float] = {UNKNOWN: 1.0}
    since: dt.date | None = None
    claims: list[str] = []
    last = on
    for day in sorted(by_day):
        odds = _fade(odds, (day - last).days, half_life_days) if claims else odds
        before = _top(odds)
        odds = _pool(odds, by_day[day])
        since = day if _top(odds) != before else since
        claims += sorted(piece.claim for piece in by_day[day])
        last = day
    if not claims:
        return NOTHING
    odds = _fade(odds, (on - last).days, half_life_days)
    rounded = {answer: round(p, 6) for answer, p in sorted(odds.items()) if p >= 5e-4 and answer != UNKNOWN}
    return Opinion({**rounded, UNKNOWN: round(1.0 - sum(rounded.values()), 6)}, since, tuple(dict.fromkeys(claims)))


def _top(odds: Mapping[str, float]) -> str:
    return max(sorted(odds), key=lambda answer: odds[answer])


def _fade(odds: Mapping[str, float], days: int, half_life_days: float) -> dict[str, float]:
    kept = 0.5 ** (days / half_life_days)
    faded = {answer: p * kept for answer, p in odds.items() if answer != UNKNOWN}
    return {**faded, UNKNOWN: 1.0 - sum(faded.values())}


def _pool(odds: Mapping[str, float], pieces: Iterable[Evidence]) -> dict[str, float]:
    strongest: dict[tuple[str, tuple[str, ...]], float] = {}
    for piece in pieces:
        voice = (piece.answer, tuple(sorted(piece.voices)))
        strongest[voice] = max(strongest.get(voice, 0.0), piece.reliability)
    weight: dict[str, float] = defaultdict(float)
    for (answer, _), reliability in sorted(strongest.items()):
        weight[answer] += -math.log1p(-reliability)
    total = sum(weight.values())
    moved = -math.expm1(-total)
    pooled = {answer: p * (1 - moved) for answer, p in odds.items()}
    for answer, share in weight.items():
        pooled[answer] = pooled.get(answer, 0.0) + moved * share / total
    return pooled
