"""Clauses that keep their day to themselves: 'X, which lost Y in 2023, has …', '… after losing Y in March', 'now'."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.lexicons import lexicon, word_set
from tidings.evidence.extract.phrases import Line

RELATIVES = frozenset(["which", "who", "whom", "whose", "where"])
JOINTS = frozenset(["and", "but", ","])
PRONOUNS = frozenset(["it", "them", "control"])


def is_of_another_clause(line: Line, time: tuple[int, int], told: tuple[int, int]) -> bool:
    """Whether a time is told in a clause of its own, in which the words told do not stand.

    Parameters
    ----------
    line
        The sentence.
    time, told
        First word of each, and the one behind its last.
    """
    aside = _relative(line.words, *time)
    if aside and (told[1] < aside[0] or told[0] > aside[1]):
        return True
    return _is_after_doing(line, min(time[0], told[0]), max(time[0], told[0]))


def is_now(between: Sequence[str]) -> bool:
    """Whether words behind a time tell what is so on the day of the report: 'twice this month and is now held by'."""
    at = next((n for n, word in enumerate(between) if word in lexicon("times")["now_words"]), None)
    return at is not None and not JOINTS.isdisjoint(between[:at])


def _relative(words: Sequence[str], first: int, last: int) -> tuple[int, int] | None:
    """Return the commas around a relative clause that holds a time: those of 'X, which lost Y in 2023, has taken Z'."""
    opened = next((n for n in range(first - 1, -1, -1) if words[n] == ","), None)
    closed = next((n for n in range(last, len(words)) if words[n] == ","), None)
    is_aside = opened is not None and closed is not None and words[opened + 1] in RELATIVES
    return (opened, closed) if is_aside and opened is not None and closed is not None else None


def _is_after_doing(line: Line, first: int, last: int) -> bool:
    """Whether words[first:last] open with "after" what came before: 'after losing Y', no 'after fighting'."""
    return any(
        line.words[at] == "after" and "," not in line.words[at:last] and _is_doing(line, at + 1)
        for at in range(first, min(last, len(line.words) - 2))
    )


def _is_doing(line: Line, at: int) -> bool:
    """Whether a word in -ing acts on what follows: 'losing Y', 'taking the town', 'besieging it'."""
    follows = line.words[at + 1]
    is_object = line.texts[at + 1][0].isupper() or follows in word_set("grammar", "determiners") | PRONOUNS
    return line.words[at].endswith("ing") and is_object
