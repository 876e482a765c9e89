"""Who held a place until a sentence tells that it is taken: the rebels of 'rebel-held X was captured by the army'."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tidings.evidence.extract.clause_parts import Line, clause_start
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.holdings import Tie
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.relation_lexicon import relation_words
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import BELIEVABLE

TAKING = frozenset(["capture", "territory_transferred", "loss"])
LONG_AGO_DAYS = 60
"""What a relative clause tells of so many days ago came before what holds now: 'rebel-held X, which the army took'."""


def without_former(
    line: Line, ties: Sequence[Tie], events: Iterable[Event], published: dt.date | None
) -> Iterable[Tie]:
    """Leave out who is only told to hold a place before somebody else takes it in the same sentence.

    Parameters
    ----------
    line
        The sentence.
    ties
        The relations that it tells.
    events
        The events of the report.
    published
        The day of the report.
    """
    if not any(tie.relation == "controls" for tie in ties):
        return ties
    first, last = line.words[0].start, line.words[-1].end
    taken = [event for event in events if first <= event.start < last and _takes(event)]
    return [tie for tie in ties if not _is_former(line, tie, taken, ties, published)]


def _takes(event: Event) -> bool:
    return event.type in TAKING and event.certainty in BELIEVABLE


def _is_former(line: Line, tie: Tie, taken: Sequence[Event], ties: Sequence[Tie], published: dt.date | None) -> bool:
    if tie.relation != "controls" or not _is_given(line, tie):
        return False
    by_others = [event for event in taken if tie.object in event.places and _is_by_others(event, tie)]
    return any(not _came_before(line, tie, event, published) for event in by_others) or _is_others_now(line, tie, ties)


def _is_by_others(event: Event, tie: Tie) -> bool:
    return event.type == "loss" or tie.subject not in event.actors


def _is_given(line: Line, tie: Tie) -> bool:
    """Whether it is told by the way that a place is held: 'rebel-held X', 'X, held by Y', 'X, which Y had held'."""
    first, last = line.word_at(tie.start), line.word_at(tie.end)
    if (party := next((each for each in line.parties if each.start == tie.start), None)) is not None:
        return _is_compound(line, line.word_at(party.end))
    place = next((each for each in line.places if each.start == tie.start and each.id == tie.object), None)
    if place is None:
        return False
    told = [word.key for word in line.words[max(first, line.word_at(place.end)) : last]]
    if not _today().isdisjoint(told):
        return False
    return told[:1] == ["which"] or told[:2] == [",", "which"] or event_words("be").isdisjoint(told)


def _is_compound(line: Line, behind: int) -> bool:
    """Whether a hyphen or 'stronghold' follows a party: 'rebel-held', 'rebel stronghold', never 'rebels held'."""
    word = line.words[behind] if behind < len(line.words) else None
    return word is not None and (word.text == "-" or word.key in relation_words("strongholds"))


def _today() -> frozenset[str]:
    return word_set("times", "turns_to_now") | {"still", "again"}


def _came_before(line: Line, tie: Tie, event: Event, published: dt.date | None) -> bool:
    """Whether a relative clause behind a place tells of old that it was taken: 'rebel-held X, which Y took in 2013'."""
    opening = clause_start(line.words, line.word_at(event.start)) - 1
    is_relative = opening >= line.word_at(tie.end) and line.words[opening].key in word_set("grammar", "relatives")
    until = event.when.until if event.when else None
    return is_relative and bool(until and published and (published - until).days > LONG_AGO_DAYS)


def _is_others_now(line: Line, tie: Tie, ties: Sequence[Tie]) -> bool:
    """Whether the sentence goes on to tell who holds the place now: 'X, held by Y, is now under Z control'."""
    others = [each for each in ties if each.relation == "controls" and each.object == tie.object]
    others = [each for each in others if each.subject != tie.subject and not _is_given(line, each)]
    turns = _today() | {"back"}
    return any(word.key in turns and tie.end < word.end <= each.end for each in others for word in line.words)
