"""Phrases of a lexicon matched against the folded words of a sentence, the longest first."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from tidings.evidence.extract.words import HEALTH_BODY, Document, Sentence, Token

T = TypeVar("T")
EDGES = frozenset([",", ";", ":", "—", "–", "(", ")", "that", "which", "who", "where", "while", "but", "when", "and"])
"""Words and marks at which a clause may begin or end."""


@dataclass(frozen=True)
class Phrases(Generic[T]):
    """Phrases of one or more words, each with a meaning; the longest match wins.

    Examples
    --------
    >>> table = Phrases.of([("more than", "more_than"), ("more", "comparative")])
    >>> table.at(("more", "than", "nine"), 0)
    (2, 'more_than')
    """

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], T], ...]]
    by_last: Mapping[str, tuple[int, ...]]
    """Lengths of the phrases that end in a word, the longest first."""

    @classmethod
    def of(cls, entries: Iterable[tuple[str, T]]) -> Phrases[T]:
        """Build the table from (phrase, meaning) pairs."""
        table: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, meaning in entries:
            words = tuple(phrase.lower().split())
            table.setdefault(words[0], []).append((words, meaning))
            lengths.setdefault(words[-1], set()).add(len(words))
        ordered = {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in table.items()}
        return cls(ordered, {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()})

    def at(self, words: Sequence[str], index: int) -> tuple[int, T] | None:
        """Return the end and meaning of the longest phrase that starts at an index."""
        for phrase, meaning in self.by_first.get(words[index], ()):
            end = index + len(phrase)
            if tuple(words[index:end]) == phrase:
                return end, meaning
        return None

    def before(self, words: Sequence[str], index: int) -> tuple[int, T] | None:
        """Return the start and meaning of the longest phrase that ends just before an index."""
        for length in self.by_last.get(words[index - 1], ()) if index else ():
            found = self.at(words, index - length) if length <= index else None
            if found and found[0] == index:
                return index - length, found[1]
        return None


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence with its words in lower case and straight apostrophes."""

    sentence: Sentence
    words: tuple[str, ...]

    @property
    def starts(self) -> Sequence[int]:
        """Where its words start in the text."""
        return self.sentence.starts

    @property
    def texts(self) -> Sequence[str]:
        """Its tokens as written."""
        return self.sentence.texts

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens; `words[i]` is the folded form of `tokens[i]`."""
        return self.sentence.tokens

    @cached_property
    def bag(self) -> frozenset[str]:
        """Its words without their order: who looks for some words asks first whether any of them is there."""
        return frozenset(self.words)

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """Indices of the words and marks at which a clause may begin or end."""
        return tuple([index for index, word in enumerate(self.words) if word in EDGES])

    def is_glued(self, index: int) -> bool:
        """Whether a word stands right behind the one before it, with no blank between them."""
        return self.starts[index] == self.starts[index - 1] + len(self.texts[index - 1])

    def index(self, offset: int) -> int:
        """Return the index of the token that holds an offset, or of the last one before it."""
        return max(0, bisect_right(self.sentence.starts, offset) - 1)

    def cover(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of token indices that text[start:end] touches."""
        return self.index(start), min(len(self.words), self.index(max(start, end - 1)) + 1)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the tokens first..last (last exclusive)."""
        return self.starts[first], self.starts[last - 1] + len(self.texts[last - 1])


@lru_cache(maxsize=2)
def lines(document: Document) -> tuple[Line, ...]:
    """Return the sentences of a document, folded for matching."""
    return tuple([_line(sentence) for sentence in document.sentences])


def _line(sentence: Sentence) -> Line:
    folded = "\n".join(sentence.texts).lower().replace("’", "'")  # at once: no token holds a line's end
    words = tuple(folded.split("\n"))
    if HEALTH_BODY in sentence.texts:
        words = tuple(
            HEALTH_BODY if text == HEALTH_BODY else word for word, text in zip(words, sentence.texts, strict=True)
        )
    return Line(sentence, words)


def line_at(document: Document, offset: int) -> Line:
    """Return the line that holds an offset (or the last one before it)."""
    return lines(document)[document.sentence_at(offset).number]
