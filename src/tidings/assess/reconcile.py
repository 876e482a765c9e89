"""Claims that disagree → a probability for each answer. The maths is in docs/assess.md, the rule in `folding`.

Evidence on one question is taken in order of the day from which it holds. A voice counts once: its newest answer, as
strong as the strongest of its tellings since it last said otherwise. All voices of a day are pooled, and between days
opinions fade towards unknown with a half-life.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tidings.assess import folding
from tidings.assess.columns import spans

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
    is_denial: bool = False
    """Whether it tells that `left_by` did not come to hold the subject, not that it left it."""
    is_dated: bool = False
    """Whether its words tell on which day."""
    is_turn: bool = False
    """Whether it tells a happening after which a siege, a road or a crossing is another than before."""
    told_in: str = ""
    """The report, or the row of a table, that tells it."""


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


def stands_until(evidence: Iterable[Evidence], on: dt.date) -> dt.date:
    """Return the first day after one on which evidence on one question may stand for something else.

    Examples
    --------
    >>> said = Evidence("azaz", "held_by", "rebels", dt.date(2016, 2, 8), 0.9, "c1", ends=dt.date(2016, 3, 1))
    >>> stands_until([said], dt.date(2016, 2, 8)), stands_until([said], dt.date(2016, 3, 1))
    (datetime.date(2016, 3, 1), datetime.date(9999, 12, 31))
    """
    laid = spans(tuple(evidence))
    return dt.date.fromordinal(folding.stands_until(*laid, 0, len(laid[0]), on.toordinal()))
