"""Later mentions of a place by its kind: 'the city', 'this camp', where one of that kind was named before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.noun_phrases import DEFINITE, ends_before
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.proper_names import end_offset
from tidings.evidence.extract.words import Document, Word
from tidings.geography.places import PlaceKind

LABEL_WORDS = 6
"""Words of a name that opens a line, its mark of a list and its colon counted."""
SENTENCES_BACK = 2
"""How far before a 'the city' the city meant may be named; of an only one of its kind, any number of sentences."""


@lru_cache(maxsize=1)
def _kinds_of() -> dict[str, tuple[PlaceKind, ...]]:
    """Return the kinds of place that a noun can stand for, its own first."""
    found: dict[str, list[PlaceKind]] = load_lexicon("places")["later_kinds"]
    return {noun: tuple(kinds) for noun, kinds in found.items()}


@dataclass
class _Told:
    """The places named up to a word: where each was named last, by kind; a long report is gone through once."""

    named: Sequence[Mention]
    kinds: Mapping[str, PlaceKind | None]
    next_number: int = 0
    last: dict[PlaceKind | None, dict[str, int]] = field(default_factory=dict)
    """Offset of the last mention of each place of a kind, the latest place last."""

    def up_to(self, offset: int) -> None:
        """Take in the places named before an offset."""
        while self.next_number < len(self.named) and self.named[self.next_number].start < offset:
            mention = self.named[self.next_number]
            self.note(mention.id, mention.start)
            self.next_number += 1

    def note(self, place: str, offset: int) -> None:
        """Note that a place is told of at an offset."""
        of_kind = self.last.setdefault(self.kinds.get(place), {})
        of_kind.pop(place, None)
        of_kind[place] = offset

    def only(self, wanted: Sequence[PlaceKind], since: int) -> str | None:
        """Return the only place of the noun's own kind near by, else of a like kind, else of the report so far."""
        for kinds, first in ((wanted[:1], since), (wanted, since), (wanted, 0)):
            found = [place for kind in kinds for place in self._since(kind, first)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def _since(self, kind: PlaceKind, first: int) -> Iterator[str]:
        """Yield at most the last two places of a kind that are named from an offset on: more tell nothing more."""
        latest = reversed(self.last.get(kind, {}).items())
        for (place, offset), _ in zip(latest, range(2), strict=False):
            if offset >= first:
                yield place


def _label(words: Sequence[Word]) -> int:
    """Return the colon behind a name that opens a line: "Sele: the town fell"; 0 where none does."""
    colon = next((number for number in range(min(LABEL_WORDS, len(words))) if words[number].text == ":"), 0)
    return colon if any(word.is_capital for word in words[:colon]) else 0


def find_later_places(document: Document, named: Mentions, kinds: Mapping[str, PlaceKind | None]) -> Iterator[Mention]:
    """Yield later mentions of places by their kind.

    Parameters
    ----------
    document
        The report.
    named
        The places named in it.
    kinds
        Kind of each place by its id.
    """
    starts = [sentence.start for sentence in document.sentences]
    told, kinds_of = _Told(named.all, kinds), _kinds_of()
    for number, at in document.where(kinds_of.keys()):
        words = document.words[number]
        word, wanted = words[at], kinds_of[words[at].key]
        if not at or words[at - 1].key not in DEFINITE or not ends_before(words, at + 1):
            continue
        told.up_to(word.start)
        label = _label(words)
        if 0 < label < at:  # "Sele: the town fell": of what the line is about, and of nothing above it
            own = {mention.id for mention in named.within(words[0].start, words[label].start)}
            place = own.pop() if len(own) == 1 else None
        else:
            place = told.only(wanted, starts[max(0, number - SENTENCES_BACK)])
        if place and not named.covers(word.start, word.end):
            told.note(place, word.start)
            yield Mention(words[at - 1].start, end_offset(word), place)
