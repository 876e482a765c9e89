"""Roads and crossings that are told not to be as they were: 'no longer passable' is cut, 'no longer closed' is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tidings.evidence.extract.event_lexicon import triggers
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.phrases import line_at
from tidings.evidence.extract.sieges_over import is_no_more, is_put_otherwise, is_told_no_more
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.untruths import untruth
from tidings.evidence.extract.ways_denied import is_denied_itself, is_in_part, is_left_open
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import Certainty, EventType

OPPOSITES: dict[EventType, EventType] = {
    "road_cut": "road_opened", "road_opened": "road_cut",
    "crossing_closed": "crossing_opened", "crossing_opened": "crossing_closed",
}  # fmt: skip
CAUSED = ("type", "certainty")
"""Fields of which it is kept what changed them."""
BE_WORDS = 2
"""Words that may stand between 'no longer' and a state: 'no longer be fully passable'."""


def with_opposites(document: Document, made: Iterable[Made]) -> list[Made]:
    """Return the events with each way that is denied to be so any more told as the opposite.

    A state that is denied of the way itself is the other: what is not passable is cut. A deed that is denied is none: a
    road that "was not reopened" was not cut for that. What is not so in part, or at times, is neither; a crossing that
    is "not open at night" is open to some. Of what is "not clear" nothing is told.
    """
    told = (_opposite(document, each) for each in made)
    return [each for each in told if each is not None]


def _opposite(document: Document, made: Made) -> Made | None:
    event = made.event
    if event.type not in OPPOSITES:
        return made
    words = document.words[document.sentence_at(event.start).number]
    at = next((n for n, word in enumerate(words) if word.start >= event.start), 0)
    if is_left_open(words[:at]):
        return None
    is_so_no_more = any(is_no_more(words, n) for n in range(at - BE_WORDS, at + 1))
    is_state = _is_state(words, at, event) and is_denied_itself(words, at)
    is_denied = event.certainty == "denied" and (is_told_no_more(words, at) or is_state)
    if is_denied and not _is_put_otherwise(document, words[: at + 1], event):
        certainty: Certainty = "claimed" if event.attribution else "stated"
        if is_in_part(words, at, event):
            return _as_told(made, {"certainty": certainty}) if event.type == "crossing_opened" else None
        return _turned(made, certainty)
    return _turned(made, event.certainty) if is_so_no_more else made


def _is_put_otherwise(document: Document, before: Sequence[Word], event: Event) -> bool:
    line = line_at(document, event.start)
    told = [word for word in before if word.key != "could"]  # "could no longer be used": that is so
    return is_put_otherwise(told) or untruth(line, *line.cover(event.start, event.end)) is not None


def _turned(made: Made, certainty: Certainty) -> Made:
    """Return an event as its opposite; who could no longer use a road is not who cut it."""
    event = made.event
    return _as_told(made, {"type": OPPOSITES[event.type], "certainty": certainty, "actors": (), "targets": ()})


def _as_told(made: Made, changes: Mapping[str, Any]) -> Made:
    event = made.event
    because = Because("ways_over: it is told not to be so", event.start, event.end)
    kept = (why for why in made.why if why[0] not in changes)
    caused = ((name, because) for name in CAUSED if name in changes)
    return Made(event.model_copy(update=dict(changes)), (*caused, *kept))


def _is_state(words: Sequence[Word], at: int, event: Event) -> bool:
    """Whether an event's words tell how a way is, and not what was done to it: 'passable', never 'reopened'."""
    found = triggers().at(words, at)
    senses = found[1] if found else ()
    return any(sense.is_predicate and sense.type == event.type for sense in senses)
