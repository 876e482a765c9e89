"""Roads and crossings that are told not to be as they were: 'no longer passable' is cut, 'no longer closed' is open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidings.evidence.extract.event_lexicon import triggers
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.phrases import line_at
from tidings.evidence.extract.sieges_over import is_no_more, is_put_otherwise, is_told_no_more
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.untruths import untruth
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import Certainty, EventType

OPPOSITES: dict[EventType, EventType] = {
    "road_cut": "road_opened", "road_opened": "road_cut",
    "crossing_closed": "crossing_opened", "crossing_opened": "crossing_closed",
}  # fmt: skip
BE_WORDS = 2
"""Words that may stand between 'no longer' and a state: 'no longer be fully passable'."""


def with_opposites(document: Document, made: Iterable[Made]) -> list[Made]:
    """Return the events with each way that is denied to be so any more told as the opposite.

    A state that is denied at all is the other: what is not passable is cut. A deed that is denied is none: a road
    that "was not reopened" was not cut for that.
    """
    return [_opposite(document, each) or each for each in made]


def _opposite(document: Document, made: Made) -> Made | None:
    event = made.event
    if event.type not in OPPOSITES:
        return None
    words = document.words[document.sentence_at(event.start).number]
    at = next((n for n, word in enumerate(words) if word.start >= event.start), 0)
    is_so_no_more = any(is_no_more(words, n) for n in range(at - BE_WORDS, at + 1))
    is_denied = event.certainty == "denied" and (is_told_no_more(words, at) or _is_state(words, at, event))
    if is_denied and not _is_put_otherwise(document, words[: at + 1], event):
        return _turned(made, "claimed" if event.attribution else "stated")
    return _turned(made, event.certainty) if is_so_no_more else None


def _is_put_otherwise(document: Document, before: Sequence[Word], event: Event) -> bool:
    line = line_at(document, event.start)
    told = [word for word in before if word.key != "could"]  # "could no longer be used": that is so
    return is_put_otherwise(told) or untruth(line, *line.cover(event.start, event.end)) is not None


def _turned(made: Made, certainty: Certainty) -> Made:
    """Return an event as its opposite; who could no longer use a road is not who cut it."""
    event = made.event
    changes = {"type": OPPOSITES[event.type], "certainty": certainty, "actors": (), "targets": ()}
    because = Because("ways_over: it is told not to be so", event.start, event.end)
    kept = (why for why in made.why if why[0] not in changes)
    return Made(event.model_copy(update=changes), (("type", because), *kept))


def _is_state(words: Sequence[Word], at: int, event: Event) -> bool:
    """Whether an event's words tell how a way is, and not what was done to it: 'passable', never 'reopened'."""
    found = triggers().at(words, at)
    senses = found[1] if found else ()
    return any(sense.is_predicate and sense.type == event.type for sense in senses)
