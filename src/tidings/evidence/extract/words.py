"""Tokens, sentences and quotations of a report, all by offset into its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.report import Report

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*|[^\w\s]|_")
WRAP_WIDTH = 120
"""Characters; a text with longer lines is not wrapped."""
LABEL = re.compile(r"[ \t]*[A-Z][A-Za-z ]{1,20}:[ \t]")
"""A line such as 'Published: 2016-02-08', which stands by itself."""


class WordList:
    """A list of the lexicon "words", loaded when it is first asked: reports are cut in modules that start cheaply."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __contains__(self, word: str) -> bool:
        return word in word_set("words", self._key)


ABBREVIATIONS = WordList("abbreviations")
COMPOUND_ENDS = WordList("compound_ends")
"""Last parts of compounds that are read apart from the first: a party, then what it does."""
COMPOUND_HEADS = WordList("compound_heads")
SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9À-Þ])")
SPACE = re.compile(r"\s+")


class Token(NamedTuple):
    """A word, number or mark at text[start:end]."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The token in lower case."""
        return self.text.lower()


class Word(NamedTuple):
    """A word or mark as lexicons know it: `key` is in lower case, without possessive ending or curly marks."""

    text: str
    key: str
    start: int
    end: int
    is_capital: bool
    is_possessive: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at text[start:end] and its tokens."""

    number: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int


@dataclass(frozen=True, eq=False)
class Document:
    """A report cut into sentences; furniture is blank in `body`, so nothing is read there.

    Documents are told apart by identity: what is kept for one is found again without comparing its text.
    """

    report: Report

    @cached_property
    def body(self) -> str:
        """The text with furniture blanked; same offsets as the report's text."""
        return self.report.body if self.report.furniture else self.report.text

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        found: list[Sentence] = []
        new = tuple.__new__  # a long report has many tokens: the named tuple's own constructor costs twice as much
        for paragraph, (start, end) in enumerate(_paragraphs(self.body)):
            for first, last in _cut(self.body, start, end):
                tokens = tuple([new(Token, (m[0], *m.span())) for m in TOKEN.finditer(self.body, first, last)])
                if tokens:
                    found.append(Sentence(len(found), first, last, tokens, paragraph))
        return tuple(found)

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds an offset (or the last one before it)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    @cached_property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each sentence, compounds such as 'rebel-held' cut at their hyphens."""
        return tuple(words_of(sentence.tokens) for sentence in self.sentences)

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Spans between double quotation marks, marks left out, within one paragraph."""
        return tuple((m.start(1), m.end(1)) for m in re.finditer(r"[\"“”«]([^\"“”«»\n]{2,2000})[\"“”»]", self.body))


def words_of(tokens: tuple[Token, ...]) -> tuple[Word, ...]:
    """Turn tokens into words, cutting compounds whose last part says what is done to the first.

    Examples
    --------
    >>> [word.key for word in words_of((Token("Rebel-held", 0, 10), Token("Turkey's", 11, 19)))]
    ['rebel', '-', 'held', 'turkey']
    """
    found: list[Word] = []
    new = tuple.__new__
    for token in tokens:
        text, start, end = token
        if text.isalnum():  # most words: no mark in them to look behind
            found.append(new(Word, (text, text.lower(), start, end, text[0].isupper(), False)))
        elif "-" in text:
            found += _cut_compound(token)
        else:
            found.append(_word(text, start))
    return tuple(found)


def _cut_compound(token: Token) -> list[Word]:
    head, dash, last = token.text.rpartition("-")
    if not dash or (last.lower() not in COMPOUND_ENDS and head.lower() not in COMPOUND_HEADS):
        return [_word(token.text, token.start)]
    middle = token.start + len(head)
    return [_word(head, token.start), _word("-", middle), _word(last, middle + 1)]


def _word(text: str, start: int) -> Word:
    plain = text.replace("’", "'")
    key = plain.removesuffix("'s").removesuffix("'S").removesuffix("'")
    capital = text[0].isupper() or any(part[:1].isupper() for part in text.split("-")[1:])
    return Word(text, key.lower(), start, start + len(text), capital, key != plain)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of paragraphs: lines, joined again where a line was only wrapped."""
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]*\S[^\n]*", text):
        if found and line.start() == found[-1][1] + 1 and _is_wrapped(text, found[-1][1], line.start()):
            found[-1] = (found[-1][0], line.end())
        else:
            found.append((line.start(), line.end()))
    return found


def _is_wrapped(text: str, end: int, start: int) -> bool:
    """Whether a sentence runs on over the end of a line: no mark ends it, and small letters follow."""
    before, after = text[max(0, end - 40) : end].rstrip(), text[start : start + 40].lstrip()
    return before[-1:].isalnum() or before[-1:] == "," if after[:1].islower() else False


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, first = [], start
    for mark in SENTENCE_END.finditer(text, start, end):
        word = re.search(r"(\S+)$", text[max(first, mark.start() - 20) : mark.start()])
        before = word.group(1).lower().strip("\"“'(") if word else ""
        if mark.group().startswith(".") and (before in ABBREVIATIONS or (len(before) == 1 and before.isalpha())):
            continue
        spans.append((first, mark.end()))
        first = mark.end() + (len(m.group()) if (m := SPACE.match(text, mark.end())) else 0)
    if text[first:end].strip():
        spans.append((first, end))
    return spans
