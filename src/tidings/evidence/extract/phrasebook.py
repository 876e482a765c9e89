"""Phrases of a lexicon found in the words of a sentence, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from tidings.evidence.extract.lexicons import lexicon
from tidings.evidence.extract.words import HEALTH_BODY, Document, Word, tokens_of, words_of

Meaning = TypeVar("Meaning")


load_lexicon = lexicon
"""The one loader under the name by which extractors of places, parties and events ask for it."""


@lru_cache(maxsize=1 << 16)
def keys_of(phrase: str) -> tuple[str, ...]:
    """Cut a phrase of a lexicon exactly as reports are cut.

    Examples
    --------
    >>> keys_of("U.S.-led coalition"), keys_of("rebel-held")
    (('u', '.', 's', '.', '-', 'led', 'coalition'), ('rebel', '-', 'held'))
    """
    parts = phrase.split()
    if all(map(str.isalpha, parts)):  # plain words: nothing to cut
        return tuple(part if part == HEALTH_BODY else part.lower() for part in parts)
    tokens = tokens_of(phrase)
    return tuple(word.key for word in words_of(tokens))


class PhraseBook(Generic[Meaning]):
    """Phrases and their meanings; looking one up costs no more than its length.

    Examples
    --------
    >>> book = PhraseBook([("air strike", 1), ("air strike on", 2)])
    >>> words = words_of(tokens_of("air strike"))
    >>> book.at(words, 0)
    (2, 1)
    """

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        self._longest: dict[str, int] = {}
        for phrase, meaning in phrases:
            keys = keys_of(phrase)
            if keys and self._meanings.setdefault(keys, meaning) is meaning:
                self._longest[keys[0]] = max(len(keys), self._longest.get(keys[0], 0))

    @property
    def first_keys(self) -> KeysView[str]:
        """The words with which a phrase can begin."""
        return self._longest.keys()

    def __contains__(self, phrase: str) -> bool:
        return keys_of(phrase) in self._meanings

    def get(self, phrase: str) -> Meaning | None:
        """Return the meaning of a whole phrase."""
        return self._meanings.get(keys_of(phrase))

    def at(self, words: Sequence[Word], start: int) -> tuple[int, Meaning] | None:
        """Return the end and meaning of the longest phrase that starts at a word."""
        longest = self._longest.get(words[start].key)
        if longest is None:
            return None
        keys = (words[start].key,) if longest == 1 else tuple([word.key for word in words[start : start + longest]])
        while keys:
            meaning = self._meanings.get(keys)
            if meaning is not None:
                return start + len(keys), meaning
            keys = keys[:-1]
        return None

    def all_of(self, document: Document) -> Iterator[tuple[int, int, int, Meaning]]:
        """Yield sentence, start, end and meaning at each word of a report where a phrase starts, in order."""
        for number, start in document.where(self._longest.keys()):
            if found := self.at(document.words[number], start):
                yield number, start, found[0], found[1]

    def all_in(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Meaning]]:
        """Yield start, end and meaning at each word where a phrase starts, the longest of each."""
        firsts = self._longest
        for start, word in enumerate(words):
            if word.key in firsts and (found := self.at(words, start)):
                yield start, found[0], found[1]
