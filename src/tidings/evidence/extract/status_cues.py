"""The words of the lexicon that give a number its status, as cues in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line, Phrases
from tidings.evidence.extract.trail import quoted
from tidings.evidence.vocabulary import Status


@dataclass(frozen=True, slots=True)
class StatusCue:
    """The tokens first..last give a status."""

    status: Status
    first: int
    last: int
    is_weak: bool = False
    is_finite: bool = False
    is_housing: bool = False
    is_before: bool = False
    """Whether it stands before the number, which is then its object."""
    rule: str = ""
    """Entry of the lexicon and how its words stand to the number."""
    also: StatusCue | None = None
    """What else the status was told by: the camp where people shelter."""


@dataclass(frozen=True)
class _Tables:
    after: Phrases[Status]
    before: Phrases[Status]


@cache
def tables(key: str) -> _Tables:
    """Return the phrases of a table of the lexicon by the side of the number on which they stand."""
    book: Mapping[Status, Mapping[str, list[str]]] = lexicon("figures")[key]
    return _Tables(
        Phrases.of([(phrase, status) for status, sides in book.items() for phrase in sides["after"]]),
        Phrases.of([(phrase, status) for status, sides in book.items() for phrase in sides["before"]]),
    )


def entry(key: str, status: Status, side: str, words: Sequence[str]) -> str:
    """Name an entry of the lexicon and the words that it met."""
    return f"figures.yaml {key} {status} {side}: {quoted(words)}"


@cache
def cue_words() -> frozenset[str]:
    """Return the single words that tell a status behind a number."""
    return frozenset(
        phrase
        for key in ("status", "housing_status")
        for sides in lexicon("figures")[key].values()
        for phrase in sides["after"]
        if " " not in phrase
    )


def cue_of(
    status: Status, first: int, last: int, key: str, rule: str, *, is_finite: bool = False, is_before: bool = False
) -> StatusCue:
    """Return the cue of an entry of the lexicon at the tokens first..last."""
    is_weak, is_housing = status in word_set("figures", "weak"), key == "housing_status"
    return StatusCue(status, first, last, is_weak, is_finite, is_housing, is_before, rule)


def is_light(word: str) -> bool:
    """Whether a word may stand between a verb and its number."""
    is_plain = word in word_set("grammar", "adverbs", "determiners")
    return is_plain or word in (":", "of", "between", "to", "total", "people", "estimated")


def venue(line: Line, index: int) -> StatusCue | None:
    """Return the status that a place of shelter tells: "in 21 camps", "in collective centres"."""
    if line.words[index] not in word_set("figures", "venue_openers"):
        return None
    for end in range(index + 1, min(len(line.words), index + 6)):
        for status, nouns in _venues().items():
            if line.words[end] in nouns and (line.words[index] != "with" or end <= index + 3):
                rule = f"figures.yaml venues {status}: '{line.words[end]}' behind '{line.words[index]}'"
                return StatusCue(status, index, end + 1, is_weak=True, rule=rule)
        if line.words[end] in word_set("grammar", "prepositions") or line.words[end] in word_set(
            "grammar", "auxiliaries"
        ):
            return None
    return None


@cache
def _venues() -> dict[Status, frozenset[str]]:
    table: dict[Status, list[str]] = lexicon("figures")["venues"]
    return {status: frozenset(nouns) for status, nouns in table.items()}
