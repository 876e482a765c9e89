"""The events that one sentence tells, in its order: what a later one takes over from an earlier one, or ends of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tidings.evidence.extract.elliptical import elliptical
from tidings.evidence.extract.event_arguments import told_by
from tidings.evidence.extract.event_lexicon import event_words, triggers
from tidings.evidence.extract.event_told import AREA_TYPES, WAY_TYPES, Argument, Reading, Told
from tidings.evidence.extract.event_trail import Made
from tidings.evidence.extract.left_places import lacks_subject, left_again
from tidings.evidence.extract.losses import with_taker
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.surrenders import surrendered
from tidings.evidence.extract.trail import Because
from tidings.evidence.extract.turned_back import turned_back
from tidings.evidence.extract.words import Word
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import BELIEVABLE

KEEPS_SUBJECT = frozenset(["loss", "retreat"]) | WAY_TYPES
"""Types of which a verb without a subject has that of the verb before: 'closed the crossing, but reopened it'."""


@dataclass(frozen=True, slots=True)
class _Before:
    """What the words before tell, as far as later ones lean on it."""

    actors: tuple[Mention, ...] = ()
    taken: tuple[Mention, ...] = ()
    capture: Told | None = None
    """The last capture that is told as done."""
    ousted: tuple[Mention, ...] = ()
    """Who was driven out, the subject of that passive: 'X was driven out of Y by Z'."""

    def with_(self, told: Told) -> _Before:
        is_capture = told.sense.type == "capture" and bool(told.places) and told.sense.form in ("past", "participle")
        return _Before(
            told.actors if told.sense.form else self.actors,
            told.places if told.sense.type in AREA_TYPES else self.taken,
            told if is_capture else self.capture,
            (told.targets or told.actors) if told.how == "passive" and told.sense.ousting else (),
        )


def told_in(reading: Reading, starts: Sequence[int]) -> Iterator[Told]:
    """Yield what a sentence tells at the words with which a trigger can start."""
    words, free, before = reading.line.words, 0, _Before()
    for at in starts:
        found = triggers().at(words, at) if at >= free else None
        if found is None or _is_month(words, at) or _is_of_name(reading, at, found[0]):
            continue
        if before.capture and (ends := turned_back(reading, at, found[0], found[1], before.capture)):
            yield from ends
            free = max(each.last for each in ends)
            continue
        told = told_by(reading, at, found[0], found[1])
        if told is None:
            continue
        told = surrendered(reading, told)
        told = _by_ousted(_with_actors_of(_with_place_of(told, words, before), words, before.actors), words, before)
        before = before.with_(told)
        yield from with_taker(reading, told)
        yield from elliptical(reading, told)
        free = max(found[0], told.last)


def _is_month(words: Sequence[Word], at: int) -> bool:
    """Whether 'March' or 'May' is a month: with a capital that no sentence begins with, or beside a number."""
    if words[at].key not in event_words("months") or not words[at].is_capital:
        return False
    beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
    return at > 0 or any(word.text[0].isdecimal() for word in beside)


def _is_of_name(reading: Reading, first: int, last: int) -> bool:
    """Whether words are the last of a party's name: the 'Force' of 'the Joint Force drove them out'."""
    start, end = reading.line.words[first].start, reading.line.words[last - 1].end
    return any(party.start < start and end == party.end for party in reading.line.parties)


def _with_place_of(told: Told, words: Sequence[Word], before: _Before) -> Told:
    """Give what is told of 'it', or a withdrawal from what was just taken, the places of the words before."""
    if told.place_word == told.last and words[told.last].key == "it" and before.taken:
        return replace(told, places=before.taken, place_word=None)
    if before.capture and left_again(words, told):
        rule = "left_places: the place that its subject took just before"
        return replace(told, places=before.capture.places, lent=(("places", rule),))
    return told


def _with_actors_of(told: Told, words: Sequence[Word], last_actors: tuple[Mention, ...]) -> Told:
    """Give a participle behind a comma the actors of the verb before it: '…, choking supply lines'."""
    follows = told.sense.form == "ing" and told.first > 0 and words[told.first - 1].text == ","
    is_same = told.how == "active" and told.sense.type in KEEPS_SUBJECT and lacks_subject(words, told.first)
    if is_same and last_actors and not told.actors:
        same: tuple[Argument, str] = ("actors", "events: those of the verb before, its subject")
        return replace(told, actors=last_actors, lent=(*told.lent, same))
    lent: tuple[tuple[Argument, str], ...] = (("actors", "events: those of the verb before this participle"),)
    return replace(told, actors=last_actors, lent=lent) if follows and last_actors else told


def _by_ousted(told: Told, words: Sequence[Word], before: _Before) -> Told:
    """Give a capture without a subject to who was driven out: 'X was driven out of Y by Z, but retook the town'."""
    is_theirs = told.sense.type == "capture" and told.how == "active" and not told.sense.subject_place
    is_open = set(told.actors) <= set(before.actors) and lacks_subject(words, told.first)
    if not (before.ousted and is_theirs and is_open and told.sense.form == "past"):
        return told
    return replace(told, actors=before.ousted, lent=(*told.lent, ("actors", "events: who was driven out just before")))


def upheld(events: Sequence[tuple[int, bool, Made]]) -> list[Made]:
    """Leave out the end of a capture that was never made: 'tried to take X but were pushed back'.

    Who took the place is who loses it, also where words further off tell who that was.

    Parameters
    ----------
    events
        In order: the number of the sentence of each, whether it ends a capture told before it, and the event.
    """
    captures = {
        (sentence, place): made.event for sentence, is_end, made in events
        if not is_end and made.event.type == "capture" and made.event.certainty in BELIEVABLE
        for place in made.event.places
    }  # fmt: skip
    kept = []
    for sentence, is_end, made in events:
        ended = [captures.get((sentence, place)) for place in made.event.places] if is_end else []
        if all(ended):
            kept.append(_lost_by_taker(made, ended[0]) if ended and ended[0] else made)
    return kept


def _lost_by_taker(made: Made, capture: Event) -> Made:
    if made.event.actors or made.event.type != "loss" or not capture.actors:
        return made
    because = Because("turned_back: who took it", capture.start, capture.end)
    return Made(made.event.model_copy(update={"actors": capture.actors}), (*made.why, ("actors", because)))
