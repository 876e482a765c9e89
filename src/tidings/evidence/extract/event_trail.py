"""What is noted of an event for `read --explain`: the trigger that told it, and how its arguments stand to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tidings.evidence.extract.event_lexicon import TriggerSense
from tidings.evidence.extract.event_told import Argument, Told
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.trail import Because, Why
from tidings.evidence.extract.words import Word
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import EventType

STANDS = {
    ("active", "actors"): "subject of the verb", ("active", "targets"): "the party that the verb acts on",
    ("passive", "actors"): "behind 'by'", ("passive", "targets"): "subject of the passive",
    ("noun", "targets"): "behind the noun and a preposition",
}  # fmt: skip
BEHIND_NOUN = "behind the noun and 'by', 'with' or 'between'"
REFINED: dict[EventType, str] = {
    "air_strike": "events: air_strike, for who strikes is told elsewhere to strike from the air",
    "siege_lifted": "events: siege_lifted, a way opened to a besieged place by others than its besiegers",
    "riot": "events.yaml protesters and protest_force: riot, for its sentence tells of force",
}
MEANT = {
    "actors": "events: the last armed party of the sentence before, for 'they' or 'it'",
    "places": "events: the place, road or crossing that is meant, named elsewhere in the text",
}


class ArgumentWhy(NamedTuple):
    """What gave an event its type or one of its arguments."""

    field: str
    id: str
    why: Because


class Made(NamedTuple):
    """An event without its id, and what gave its fields."""

    event: Event
    why: tuple[Why, ...] = ()


def whys_of(
    told: Told, words: Sequence[Word], type_: EventType, arguments: tuple[tuple[str, ...], ...]
) -> Iterator[ArgumentWhy]:
    """Yield what gave an event its type and each of its actors, targets and places.

    Parameters
    ----------
    told
        The event as its sentence tells it.
    words
        The sentence.
    type_, arguments
        Its type and the ids of its arguments, as settled.
    """
    span = words[told.first].start, words[told.last - 1].end
    yield ArgumentWhy("type", "", Because(_trigger(told), *span))
    if type_ != told.sense.type:
        yield ArgumentWhy("type", "", Because(REFINED.get(type_, "events: refined by its sentence"), *span))
    lent = dict(told.lent)
    named: dict[Argument, tuple[Mention, ...]] = {
        "actors": told.actors, "targets": told.targets, "places": told.places
    }  # fmt: skip
    for (name, mentions), ids in zip(named.items(), arguments, strict=True):
        spans = {mention.id: (mention.start, mention.end) for mention in reversed(mentions)}
        for one in ids:
            if one in spans:
                rule = lent.get(name) or _stands(told, name, spans[one][0] < span[0])
                yield ArgumentWhy(name, one, Because(rule, *spans[one]))
            else:
                yield ArgumentWhy(name, one, Because(MEANT.get(name, "events"), *_pointer(told, words, name)))


def _pointer(told: Told, words: Sequence[Word], name: Argument) -> tuple[int, int]:
    """Return the words that point at what is named elsewhere: a pronoun, else the trigger itself."""
    if name == "actors":
        return words[0].start, words[0].end
    at = told.place_word
    return (words[at].start, words[at].end) if at is not None else (words[told.first].start, words[told.last - 1].end)


def _trigger(told: Told) -> str:
    """Return the entry of the lexicon, and what had to stand with it."""
    sense, kind = told.sense, "noun"
    if sense.is_predicate:
        kind = "predicate"
    elif sense.form is not None:
        kind = "verb" if told.how != "adjective" else "verb as an adjective"
    form = f" ({sense.form}{', passive' if told.how == 'passive' else ''})" if kind == "verb" else ""
    return f"events.yaml {sense.type}: {kind} '{sense.word}'{form}{''.join(_needs(sense))}"


def _needs(sense: TriggerSense) -> Iterator[str]:
    if sense.object:
        yield ", acting on a place" if sense.object == "place" else f", with a word of its list '{sense.object}'"
    if sense.of:
        yield ", of a place" if sense.of == "place" else f", of a word of its list '{sense.of}'"
    if sense.subject:
        yield f", told of a word of its list '{sense.subject}'"
    if sense.armed:
        yield ", by a party that fights"


def _stands(told: Told, name: Argument, is_before: bool) -> str:
    side = "before" if is_before else "behind"
    if name == "places":
        near = "the road's ends or name" if told.sense.type in ("road_cut", "road_opened") else "the place"
        return f"event_arguments: {near} {side} the words that tell it"
    if told.sense.subject_place and name == "actors":
        return "event_arguments: the party behind the verb, whose subject is the place"
    if told.how == "noun" and name == "actors":
        return f"event_arguments: {'right before the noun' if is_before else BEHIND_NOUN}"
    known = STANDS.get((told.how, name))
    return f"event_arguments: {known or f'the party {side} the words that tell it'}"
