"""The day of each telling of a way where a sentence tells two: 'cut on 3 August, has reopened'."""

from __future__ import annotations

from collections.abc import Iterable

from tidings.evidence.extract.event_told import WAY_TYPES
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import Event, Span

APART = frozenset([",", ";", "but"])
"""Behind one of these, a day belongs to what is told there."""


def with_own_days(document: Document, made: Iterable[Made]) -> list[Made]:
    """Return the events with no day that stands beside another telling of a way, apart from their own."""
    told = list(made)
    ways = [each.event for each in told if each.event.type in WAY_TYPES]
    return [_without_day(each) if _is_of_another(document, each.event, ways) else each for each in told]


def _is_of_another(document: Document, event: Event, ways: Iterable[Event]) -> bool:
    if event.type not in WAY_TYPES or event.when is None or event.when.span is None:
        return False
    day = event.when.span
    number = document.sentence_at(event.start).number
    others = [o for o in ways if o.type != event.type and document.sentence_at(o.start).number == number]
    return _apart(document, event, day) and any(not _apart(document, other, day) for other in others)


def _apart(document: Document, event: Event, day: Span) -> bool:
    first, last = sorted([(event.start, event.end), (day[0], day[1])])
    words = document.words[document.sentence_at(event.start).number]
    return any(word.key in APART for word in words if first[1] <= word.start < last[0])


def _without_day(made: Made) -> Made:
    kept = tuple(why for why in made.why if why[0] != "when")
    return Made(made.event.model_copy(update={"when": None}), kept)
