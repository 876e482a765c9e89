"""A second event that leaves out its verb: 'X was captured on Monday and so was Y', 'on Thursday X; on Friday, Y'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from tidings.evidence.extract.clause_parts import listed_places
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.event_told import AREA_TYPES, Reading, Told
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention

MOST_CLAUSES = 4
"""Clauses behind semicolons that may go on from one event."""
SO_REACH = 30
"""Words between an event and the 'so was Y' that goes on from it."""
LEAD = 6
"""Words that may stand before the place of an elliptical clause: 'on Friday morning, the town of'."""


def elliptical(reading: Reading, told: Told) -> Iterator[Told]:
    """Yield the events that go on from one that is told, each on the words that stand for it."""
    if told.sense.type not in AREA_TYPES or not told.places or told.how not in ("active", "passive"):
        return
    for first, places in (*_so_was(reading, told), *_gapped(reading, told)):
        last = reading.line.word_at(places[-1].end)
        yield replace(told, first=first, last=last, places=tuple(places), place_word=None)


def _so_was(reading: Reading, told: Told) -> Iterator[tuple[int, list[Mention]]]:
    words = reading.line.words
    for at in range(told.last, min(told.last + SO_REACH, len(words) - 2)):
        if words[at].key != "so" or words[at + 1].key not in event_words("verb_openers"):
            continue
        places = _areas(reading, at + 2, min(at + 2 + LEAD, len(words)))
        if places:
            yield at, listed_places(reading.line, places[0], len(words))
            return


def _gapped(reading: Reading, told: Told) -> Iterator[tuple[int, list[Mention]]]:
    """Yield the places of a clause behind a semicolon that has no verb and no actor of its own."""
    words = reading.line.words
    bounds = [n for n in range(told.last, len(words)) if words[n].text == ";"]
    for first, last in islice(pairwise([*bounds, len(words)]), MOST_CLAUSES):
        places = _areas(reading, first + 1, min(first + 2 + LEAD, last))
        has_verb = any(is_verb_like(word.key) for word in words[first + 1 : last])
        has_actor = bool(reading.line.party_in(first + 1, last))
        if places and not has_verb and not has_actor and _leads(reading, first + 1, places[0]):
            listed = listed_places(reading.line, places[0], last)
            behind = reading.line.word_at(listed[-1].end)
            if behind >= last or not words[behind].text[0].isalnum():
                yield first + 1, listed


def _leads(reading: Reading, first: int, place: Mention) -> bool:
    """Whether only a day, an article or a noun of places stands before the place: never "little news from X"."""
    days = word_set("times", "weekdays") | word_set("times", "months") | event_words("gapped_openers")
    before = [word for word in reading.line.words[first:] if word.end <= place.start]
    return all(word.key in days or not word.text[0].isalpha() for word in before)


def _areas(reading: Reading, first: int, last: int) -> list[Mention]:
    return [place for place in reading.line.place_in(first, last) if reading.is_area(place)]
