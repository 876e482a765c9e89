"""One happening told twice in a sentence: its casualties and their cause, a munition and what it carried.

'Three people were killed when a grenade exploded' tells one event, the grenade; the killed are a figure. So a casualty
verb gives way to the cause that the sentence names, which takes over whom it struck; and a shell that carries gas is a
chemical attack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.event_told import Argument, Told
from tidings.evidence.extract.words import Word
from tidings.evidence.vocabulary import EventType

CASUALTY_TYPES = frozenset(["attack_on_civilians", "clash"])
"""Types that a casualty verb alone can tell."""
CAUSES = frozenset(
    ["grenade", "explosive_device", "air_strike", "shelling", "suicide_bombing", "chemical_attack", "bombing",
     "natural_disaster", "mob_violence"]
)  # fmt: skip
CARRIERS = frozenset(["shelling", "air_strike", "bombing", "explosive_device"])
CAUSE_WORDS, CARRIED_WORDS, RESULT_WORDS = 30, 6, 5
"""Words within which a cause follows its casualties, what is carried its munition, and a result its cause."""


def folded(told: Sequence[Told], words: Sequence[Word]) -> list[Told]:
    """Return the events of a sentence, each told once.

    Parameters
    ----------
    told
        In the order of the sentence.
    words
        The sentence.
    """
    events = list(told)
    for each in told:
        if _is_casualty(each, words):
            cause = _cause_of(each, told, words)
            if cause is not None:
                events = [_with_arguments(one, cause, each) for one in events if one is not each]
        elif each.sense.type in CARRIERS and _carries(each, told, words):
            events = [one for one in events if one is not each]
    return events


def _is_casualty(told: Told, words: Sequence[Word]) -> bool:
    return told.sense.type in CASUALTY_TYPES and words[told.first].key in event_words("casualty")


def _cause_of(casualty: Told, told: Sequence[Told], words: Sequence[Word]) -> Told | None:
    """Return the cause named behind ('killed in …', 'killed when …') or right before ('the blast killed …')."""
    behind = [one for one in told if one.sense.type in CAUSES and 0 <= one.first - casualty.last <= CAUSE_WORDS]
    if behind and any(word.key in event_words("cause") for word in words[casualty.last : behind[0].first]):
        return behind[0]
    near = [one for one in told if one.sense.type in CAUSES and 0 <= casualty.first - one.last <= RESULT_WORDS]
    return near[-1] if near and casualty.sense.form in ("past", "ing", "s") else None


def _carries(munition: Told, told: Sequence[Told], words: Sequence[Word]) -> bool:
    behind = (one for one in told if one.sense.type == "chemical_attack" and one.first >= munition.last)
    gas = next(behind, None)
    if gas is None or gas.first - munition.last > CARRIED_WORDS:
        return False
    return any(word.key in event_words("carrying") for word in words[munition.last : gas.first])


def _with_arguments(one: Told, cause: Told, casualty: Told) -> Told:
    if one is not cause:
        return one
    targets = cause.targets or tuple(party for party in casualty.targets if party not in cause.actors)
    actors, places = cause.actors or casualty.actors, cause.places or casualty.places
    names: tuple[Argument, ...] = ("actors", "targets", "places")
    lent = tuple((name, "event_causes: of the casualties of this cause") for name in names if not getattr(cause, name))
    return replace(cause, targets=targets, actors=actors, places=places, lent=lent)


def rioting(type_: EventType, words: Sequence[Word]) -> EventType:
    """Return the type of a protest by what its sentence tells of force: with petrol bombs or tear gas it is a riot.

    So is a clash with protesters.
    """
    if type_ not in ("clash", "protest"):
        return type_
    keys = [word.key for word in words]
    if type_ == "clash" and not event_words("protesters").isdisjoint(keys):
        return "riot"
    pairs = {f"{one} {two}" for one, two in pairwise(keys)}
    if type_ == "protest" and not event_words("protest_force").isdisjoint({*keys, *pairs}):
        return "riot"
    return type_
