"""Tokens, sentences and quotations of a report, all by offset into its text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from sys import intern
from typing import NamedTuple

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.misspellings import misspellings
from tidings.evidence.report import Report

TOKEN = re.compile(
    r"\d+(?:[.,]\d+|['’]\d{3}(?!\d))*|[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*(?:['’]s(?![^\W_]))?|[^\w\s]|_"
)
APOSTROPHES = frozenset("'’")
NAME_BEFORE = re.compile(r"(?:[a-z]{2,3}-)?[A-ZÀ-Þ][^\W\d_]*(?:-[^\W\d_]+)*(?<![sSxXzZ])")
"""A name that may end in the apostrophe behind it; behind an s that is a possessive."""
OPENED = re.compile(r"(?<!\w)['‘](?=\w)")
"""A single mark of quotation that opens: a later one may close it."""
LONGEST_SENTENCE = 1_500
"""Characters; what goes on without a full stop is cut there, so that no text takes more than its length in time."""
NARROWEST_WRAP = 45
"""Characters; narrower lines are those of lists."""
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
NOTE_OPENINGS = WordList("note_openings")
"""Words with which a note of what was done to a town begins."""
SENTENCE_END = re.compile(
    r"[.!?…](?:(?<![.!?…][.!?…])[.!?…]*+[\"”’')\]]*+(?=\s+[\"“‘'(\[]?[A-Z0-9À-Þ])"
    r"|(?:(?<=[a-zà-ÿ]{3}[.!?])|(?<=\d{4}\.))(?=[A-ZÀ-Þ][a-zà-ÿ]))"
)
"""A full stop before a blank and a capital; or between words that were joined: "on Monday.Rebels".

It begins with the mark: a search then skips to the next one."""
LAST_WORD = re.compile(r"(\S+)$")
BY = re.compile(r" by\b")
LONGEST_NOTE, LONGEST_REFERENCE = 40, 200
NOTE = re.compile(r"[A-Z][a-z]+(?:ly [a-z]+)?(?:ed|en)\Z")
"""How a note begins that has no subject: 'Recaptured' by X, 'Partially taken' by Y."""
LOST = re.compile(r"(?:[a-zà-ÿ]{3}|[\da-zà-ÿ]\)|\d{4}\s?)\Z")
"""What stands right before a note whose line was joined to the one before: "Battle of QuintCaptured by rebels"."""
JOINED = re.compile(r"(?<=[a-zà-ÿ]{3})(?:See(?= (?:also )?[A-Z(])|([A-Z][a-z]{2,})(?![\w'’]))")
"""A small letter and a capital with no blank between them: "no changes of statusSee also Battle of Quint"."""
REFERENCE = re.compile(r"(?<!\S)See (?:also )?[A-Z(][^.\n]*\Z")
""""See Battle of Quint Captured by rebels": a reference, then a note."""
SPACE = re.compile(r"\s+")
ROAD_OF_TWO = re.compile(r"[^\W\d_]{3,}-[^\W\d_a-z][^\W\d_]{2,}")
"""Two names of three letters and more, the second with a capital: no "al-Bab"."""
WAYS = frozenset(["road", "highway", "motorway", "route", "railway", "corridor", "axis", "line", "roads"])
ARTICLE_NAME = re.compile(r"(?:al|el|ad|as|az|at|ar|an|ash|ez|ed|es|er|en|et|esh|ul|il)-\S*[^\W\d_]", re.IGNORECASE)
"""A name that begins with an Arabic article: al-Bab."""


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
    is_name: bool
    """Whether it can be part of a proper name by its looks: Aleppo, al-Bab, d'Ivoire."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at text[start:end], with its tokens as written and where they start: a tenth of what tokens take."""

    number: int
    start: int
    end: int
    paragraph: int
    texts: tuple[str, ...] = field(repr=False, compare=False)
    starts: array[int] = field(repr=False, compare=False)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its words, numbers and marks, made anew each time."""
        new = tuple.__new__  # the named tuple's own constructor costs twice as much
        pairs = zip(self.texts, self.starts, strict=True)
        return tuple([new(Token, (text, start, start + len(text))) for text, start in pairs])


@dataclass(frozen=True, eq=False)
class Document:
    """A report cut into sentences; furniture is blank in `body`, so nothing is read there.

    Documents are told apart by identity: what is kept for one is found again without comparing its text.
    """

    report: Report

    @cached_property
    def body(self) -> str:
        """The text with furniture blanked; same offsets as the report's text."""
        return self.report.body

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(
            Sentence(number, first, last, paragraph, *_cut_tokens(self.body, first, last))
            for number, (first, last, paragraph) in enumerate(self._spans)
        )

    @cached_property
    def _spans(self) -> tuple[tuple[int, int, int], ...]:
        """Of each sentence: where it starts and ends, and the number of its paragraph; cut without its words."""
        parts = (
            (first, last, paragraph)
            for paragraph, (start, end) in enumerate(_paragraphs(self.body))
            for span in _cut(self.body, start, end)
            for first, last in _shortened(self.body, *span)
        )
        return tuple(part for part in parts if TOKEN.search(self.body, part[0], part[1]))

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds an offset (or the last one before it)."""
        return self.sentences[self._number_at(offset)]

    def span_at(self, offset: int) -> tuple[int, int]:
        """Return where the sentence that holds an offset (or the last one before it) starts and ends."""
        first, last, _ = self._spans[self._number_at(offset)]
        return first, last

    def _number_at(self, offset: int) -> int:
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def _sentence_starts(self) -> tuple[int, ...]:
        return tuple(start for start, _, _ in self._spans)

    @cached_property
    def words(self) -> tuple[tuple[Word, ...], ...]:
        """The words of each sentence, compounds such as 'rebel-held' cut at their hyphens."""
        return tuple([_words(sentence.texts, sentence.starts) for sentence in self.sentences])

    @cached_property
    def _index(self) -> dict[str, list[tuple[int, int]]]:
        """Where the words of each key stand."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, words in enumerate(self.words):
            for at, word in enumerate(words):
                found[word.key].append((number, at))
        return found

    def where(self, keys: Set[str]) -> list[tuple[int, int]]:
        """Return the sentence and the word at which each word with one of these keys stands, in order.

        Who looks for some words only need not go through all of a report.
        """
        index = self._index
        return sorted([place for key in index.keys() & keys for place in index[key]])

    @cached_property
    def quotations(self) -> tuple[tuple[int, int], ...]:
        """Spans between double quotation marks, marks left out, within one paragraph."""
        return tuple((m.start(1), m.end(1)) for m in re.finditer(r"[\"“”«]([^\"“”«»\n]{2,2000})[\"“”»]", self.body))

    def is_quoted(self, offset: int) -> bool:
        """Whether a quotation holds an offset."""
        last = bisect_right(self.quotations, (offset, len(self.body))) - 1
        return last >= 0 and offset < self.quotations[last][1]


def _cut_tokens(text: str, start: int, end: int) -> tuple[tuple[str, ...], array[int]]:
    """Return the tokens of text[start:end] and where they start; only blanks stand between them."""
    texts = tuple(map(intern, TOKEN.findall(text, start, end)))
    starts, at = array("L"), start
    for token in texts:
        at = text.index(token, at)
        starts.append(at)
        at += len(token)
    if APOSTROPHES.isdisjoint(texts) or OPENED.search(text, start, end):
        return texts, starts
    return _with_last_letters(texts, starts)


def _with_last_letters(texts: tuple[str, ...], starts: array[int]) -> tuple[tuple[str, ...], array[int]]:
    """Join an apostrophe that is the last letter of a name to it: the "Mare'" of "Mare' and Azaz", no "rebels'"."""
    joined: list[str] = []
    kept = array("L")
    for token, at in zip(texts, starts, strict=True):
        is_next = bool(joined) and kept[-1] + len(joined[-1]) == at
        if token in APOSTROPHES and is_next and NAME_BEFORE.fullmatch(joined[-1]):
            joined[-1] = intern(joined[-1] + token)
        else:
            joined.append(token)
            kept.append(at)
    return tuple(joined), kept


def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a phrase as sentences are cut.

    Examples
    --------
    >>> [token.text for token in tokens_of("Mare' and Azaz")]
    ["Mare'", 'and', 'Azaz']
    """
    texts, starts = _cut_tokens(text, 0, len(text))
    return tuple(Token(token, at, at + len(token)) for token, at in zip(texts, starts, strict=True))


def words_of(tokens: tuple[Token, ...]) -> tuple[Word, ...]:
    """Turn tokens into words, cutting compounds whose last part says what is done to the first.

    Examples
    --------
    >>> [word.key for word in words_of((Token("Rebel-held", 0, 10), Token("Turkey's", 11, 19)))]
    ['rebel', '-', 'held', 'turkey']
    """
    return _words([token.text for token in tokens], [token.start for token in tokens])


def _words(texts: Sequence[str], starts: Sequence[int]) -> tuple[Word, ...]:
    found: list[Word] = []
    add, new = found.append, tuple.__new__
    for number, (token, at) in enumerate(zip(texts, starts, strict=True)):
        parts = _parts(token)
        if len(parts) == 1 and "-" in token and _is_road_of_two(texts, number):
            parts = _halves(token)
        for text, key, start, end, is_capital, is_possessive, is_name in parts:
            add(new(Word, (text, key, at + start, at + end, is_capital, is_possessive, is_name)))
    return tuple(found)


def _is_road_of_two(texts: Sequence[str], at: int) -> bool:
    """Whether a token tells the two ends of a road: the "Azaz-Aleppo" of "the Azaz-Aleppo highway"."""
    is_way = at + 1 < len(texts) and texts[at + 1].lower() in WAYS
    return is_way and ROAD_OF_TWO.fullmatch(texts[at]) is not None


@lru_cache(maxsize=1_000)
def _halves(token: str) -> tuple[Word, ...]:
    head, _, last = token.partition("-")
    return (_word(head, 0), _word("-", len(head)), _word(last, len(head) + 1))


@lru_cache(maxsize=50_000)
def _parts(token: str) -> tuple[Word, ...]:
    """Return the words of a token, by offset into it."""
    head, dash, last = token.rpartition("-")
    if not dash or (last.lower() not in COMPOUND_ENDS and head.lower() not in COMPOUND_HEADS):
        return (_word(token, 0),)
    return (_word(head, 0), _word("-", len(head)), _word(last, len(head) + 1))


HEALTH_BODY = "WHO"
"""The World Health Organization: alone of all words in capitals it would be read as a pronoun, "who"."""


def _word(text: str, start: int) -> Word:
    plain = text.replace("’", "'")
    key = plain.removesuffix("'s").removesuffix("'S").removesuffix("'")
    capital = text[0].isupper() or any(part[:1].isupper() for part in text.split("-")[1:])
    is_name = (capital and text[0].isalpha()) or ("-" in text and ARTICLE_NAME.fullmatch(text) is not None)
    is_possessive = key != plain and (plain[-1] != "'" or key[-1:].lower() in ("s", "x", "z"))  # Mare' is a name
    folded = key if key == HEALTH_BODY else misspellings().get(key.lower(), key.lower())
    return Word(text, folded, start, start + len(text), capital, is_possessive, is_name)


def owning_marks(behind: Sequence[Word], end: int) -> int:
    """Return how many words right behind a name are but its ending: those of 'fighters\' capture', 'X23\'s capture'."""
    if not behind or behind[0].text not in ("'", "’") or behind[0].start != end:
        return 0
    return 2 if len(behind) > 1 and behind[1].text == "s" and behind[1].start == behind[0].end else 1


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of paragraphs: lines, joined again where a line was only wrapped."""
    found: list[tuple[int, int]] = []
    for block in _blocks(text):
        width = max(end - start for start, end in block)
        for number, (start, end) in enumerate(block):
            if number and _is_wrapped(text, block[number - 1], start, width):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return found


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the lines between blank lines."""
    block: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and not line.isspace():
            block.append((start, end))
        elif block:
            yield block
            block = []
        start = end + 1
    if block:
        yield block


def _is_wrapped(text: str, line: tuple[int, int], start: int, width: int) -> bool:
    """Whether a sentence runs on over the end of a line: no mark ends it, and small letters follow.

    Where lines have the width of wrapped prose, anything may follow whose first word had no room in the line.
    """
    before, after = text[max(line[0], line[1] - 40) : line[1]].rstrip(), text[start : start + 40].lstrip()
    if not (before[-1:].isalnum() or before[-1:] in (",", ";", "”", '"', "’", ")")):
        return False
    if after[:1].islower():
        return before[-1:].isalnum() or before[-1:] == ","
    word = after.split(None, 1)[0] if after else ""
    is_prose = NARROWEST_WRAP <= width <= WRAP_WIDTH and word[:1].isalnum()
    return is_prose and line[1] - line[0] + 1 + len(word) > width


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence in parts of readable length, cut behind a semicolon, else a comma, else at a blank."""
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        ends = (text.rfind(mark, start + LONGEST_SENTENCE // 2, limit) for mark in ("; ", ", ", " "))
        cut = next((found + 1 for found in ends if found > 0), limit)
        yield start, cut
        start = cut
    yield start, end


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, first = [], start
    for at, stop in _ends(text, start, end):
        word = LAST_WORD.search(text[max(first, at - 20) : at])
        before = word.group(1).lower().strip("\"“'(") if word else ""
        if text.startswith(".", at) and (before in ABBREVIATIONS or (len(before) == 1 and before.isalpha())):
            continue
        spans.append((first, stop))
        first = stop + (len(m.group()) if (m := SPACE.match(text, stop)) else 0)
    if text[first:end].strip():
        spans.append((first, end))
    return spans


def _ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the marks that end sentences begin and end, and where a line was lost before a note."""
    marks = [mark.span() for mark in SENTENCE_END.finditer(text, start, end)]
    lost = {at for by in BY.finditer(text, start, end) for at in _lost_end(text, start, by.start())}
    lost.update(
        joint.start()
        for joint in JOINED.finditer(text, start, end)
        if joint[1] is None or joint[1].lower() in NOTE_OPENINGS
    )
    return sorted([*marks, *((at, at) for at in lost)]) if lost else marks


def _lost_end(text: str, start: int, by: int) -> Iterator[int]:
    note = NOTE.search(text, max(start, by - LONGEST_NOTE), by)
    before = text[max(start, note.start() - LONGEST_REFERENCE) : note.start()] if note else ""
    if note and (LOST.search(before) or (before.endswith(" ") and REFERENCE.search(before))):
        yield note.start()
