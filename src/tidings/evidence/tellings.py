"""Tellings: what a claim says, how surely and of which time, as claims are held against one another."""

from __future__ import annotations

import datetime as dt

from tidings.core.dates import day_known
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.reading import Event, Figure, RelationRecord, When
from tidings.evidence.vocabulary import BELIEVABLE

FIGURE_DAYS = 14
"""The same number told without a period so many days apart, or fewer, is the same count."""
EVENT_DAYS = 3
"""Events of one type told without a day so many days apart, or fewer, are one event."""


def claim_start(claim: Claim) -> int:
    """Return the offset of a claim's words."""
    return claim.source.start if isinstance(claim.source, TextSpan) else 0


def said_by(claim: Claim) -> tuple[object, ...]:
    """Return what a claim says, without who says it, how sure and when: kind, predicate, subjects and numbers."""
    content = claim.content
    number = (content.value, content.low, content.high, content.unit) if isinstance(content, Figure) else ()
    return claim.kind, claim.predicate, frozenset(claim.subjects), number


def sureness(claim: Claim) -> str:
    """Return how sure a claim is as far as it matters to who repeats it: told as so; else feared, denied and so on."""
    return "believable" if claim.certainty in BELIEVABLE else claim.certainty


def day_told(claim: Claim) -> dt.date:
    """Return the first day on which a claim holds; else the day by which it is over, or on which it became known."""
    return claim.valid.from_ or claim.valid.until or day_known(claim.known_at)


def period_told(claim: Claim) -> When | None:
    """Return the days that the words of a claim tell, if they tell any."""
    content = claim.content
    if isinstance(content, Figure):
        when = content.period
    else:
        when = content.when if isinstance(content, Event | RelationRecord) else None
    return when if when and (when.from_ or when.until) else None


def days_between(claim: Claim, earlier: Claim) -> int:
    """Return how many days after one claim another became known, or before."""
    return abs((day_known(claim.known_at) - day_known(earlier.known_at)).days)


def are_of_one_time(claim: Claim, earlier: Claim) -> bool:
    """Whether two tellings are of one time: by the periods that they tell, else by the days between them."""
    a, b = period_told(claim), period_told(earlier)
    if a and b:
        first = max(a.from_ or dt.date.min, b.from_ or dt.date.min)
        return first < min(a.until or dt.date.max, b.until or dt.date.max)
    most = FIGURE_DAYS if isinstance(claim.content, Figure) else EVENT_DAYS
    return abs((day_told(claim) - day_told(earlier)).days) <= most
