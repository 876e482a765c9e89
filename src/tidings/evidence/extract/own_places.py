"""The crisis's own places of several words: what looks like an organisation is one of them first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tidings.crisis.crisis import Crisis
from tidings.evidence.extract.party_names import written_words
from tidings.evidence.extract.phrasebook import PhraseBook, keys_of
from tidings.evidence.extract.place_candidates import region_names
from tidings.evidence.extract.words import Word
from tidings.geography.places import Crossing, Place


class OwnPlaces:
    """The names of several words of a crisis's places and crossings."""

    def __init__(self, names: tuple[str, ...]) -> None:
        several = [name for name in names if len(keys_of(name)) > 1]
        self._book = PhraseBook((name, written_words(name)) for name in several)

    def end_at(self, words: Sequence[Word], at: int) -> int | None:
        """Return the end of the longest name that begins at a word and is written as the crisis writes it."""
        found = self._book.at(words, at) if at < len(words) else None
        if found is None:
            return None
        end, written = found
        is_cased = all(
            word.is_capital or not name[0].isupper() for word, name in zip(words[at:end], written, strict=True)
        )
        return end if is_cased else None


@lru_cache(maxsize=8)
def _named(names: tuple[str, ...]) -> OwnPlaces:
    return OwnPlaces(names)


def own_places(crisis: Crisis | None) -> OwnPlaces:
    """Return the names of a crisis's places and crossings, built once.

    Examples
    --------
    >>> own_places(None).end_at((), 0) is None
    True
    """
    rows: tuple[Place | Crossing, ...] = (*crisis.geography.crossings, *crisis.geography.places) if crisis else ()
    return _named(tuple(name for row in rows for name in (row.name, *row.other_names)))


def region_over(words: Sequence[Word], at: int, end: int) -> int | None:
    """Return the end of a region over what looks like a party: the West Bank is neither a bank nor the West."""
    first = at + (words[at].key == "the")
    region = region_names().at(words, first) if first < len(words) and words[first].is_capital else None
    return region[0] if region and region[0] >= end and region[0] - first > 1 else None
