"""The lexicon of events as a book of triggers: which verb or noun can tell which event, and what must stand with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from tidings.evidence.extract.inflection import Form, forms_of
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerSense:
    """One meaning of a trigger."""

    type: EventType
    form: Form | None
    """The verb's form; None for a noun."""
    word: str = ""
    """As the lexicon lists it, in its base form."""
    object: str | None = None
    """`place` or the name of a list: what the verb acts on (in the passive, its subject)."""
    object_reach: int = 7
    of: str | None = None
    """`place` or the name of a list: what stands behind a noun and 'of'."""
    subject: str | None = None
    """Name of a list: one of its words stands before the verb."""
    subject_words: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    subject_place: bool = False
    """The verb's subject is the place: 'X fell to …'."""
    into: tuple[str, ...] = ()
    """One of these must stand right behind who takes it: 'fell into rebel hands'."""
    alone: bool = False
    """Nothing follows that it acts on, and the place stands right before it: 'X fell on Sunday'."""
    ousting: bool = False
    """Somebody armed is driven 'out of' or 'from' a place: 'drove X out of Y', 'X was driven out of Y by Z'."""
    is_predicate: bool = False
    """It counts only behind a form of 'be': 'the road is open'."""
    able: bool = False
    """It counts only behind 'can' or 'able to': 'the road can be used again'."""
    bare: bool = False
    """Nothing is named that it acts on: what the sentence before is about is meant."""
    armed: bool = False
    """Its subject must be a party that fights: 'the army reached X'."""
    closed: bool = False
    """A word for closed must follow: 'kept the crossing closed'."""
    intransitive: bool = False
    """Nothing that it acts on follows: 'the road reopened'; what it is about stands before it."""
    reach: bool = False
    """The verb counts where a place is then reached: 'broke through to reach X'."""
    noted: bool = False
    """It counts only in a short note below the name of a town, whose place it tells of: 'The army left on Monday.'."""
    particle: tuple[str, ...] = ()
    """One of these must stand right behind the place: 'handed X over'."""
    without: tuple[str, ...] = ()
    without_after: tuple[str, ...] = ()
    """Words that must not follow the object at once."""


@lru_cache(maxsize=1)
def triggers() -> PhraseBook[tuple[TriggerSense, ...]]:
    """Return all triggers with their meanings in the order of the lexicon."""
    found: dict[str, list[TriggerSense]] = {}
    for entry in load_lexicon("events")["events"]:
        for verb in entry.get("verbs", ()):
            for phrase, form in forms_of(verb):
                found.setdefault(phrase, []).append(_sense(entry, form, verb))
        for noun in entry.get("nouns", ()):
            found.setdefault(noun, []).append(_sense(entry, None, noun))
        for predicate in entry.get("predicates", ()):
            found.setdefault(predicate, []).append(replace(_sense(entry, "participle", predicate), is_predicate=True))
    return PhraseBook((phrase, tuple(senses)) for phrase, senses in found.items())


def _sense(entry: dict[str, Any], form: Form | None, word: str) -> TriggerSense:
    more = {key: value for key, value in entry.items() if key not in ("verbs", "nouns", "predicates", "type")}
    as_tuples: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in more.items()}
    return TriggerSense(type=entry["type"], form=form, word=word, **as_tuples)


@cache
def listed(name: str) -> PhraseBook[str]:
    """Return a list of the lexicon as phrases."""
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("events")["lists"][name])


@cache
def event_words(*sections: str) -> frozenset[str]:
    """Return a set of single words of the lexicon, of several of its lists where more are asked for."""
    return frozenset(str(word).lower() for section in sections for word in load_lexicon("events")[section])
