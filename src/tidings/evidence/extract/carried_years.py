"""Years that a sentence names once: 'captured in April 2016, before rebels recaptured it in May' is of May 2016."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from tidings.evidence.extract.calendar_words import month_at, year_at
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrases import Line


class Span(Protocol):
    """A time told by the tokens first..last of a sentence."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def from_(self) -> dt.date | None: ...
    @property
    def until(self) -> dt.date | None: ...


T = TypeVar("T", bound=Span)


def has_year(line: Line, time: Span) -> bool:
    """Whether the words of a time name its year."""
    return any(year_at(line, n) for n in range(time.first, time.last))


def carried(
    line: Line, time: T, before: Span, published: dt.date | None, read: Callable[[dt.date, bool], T | None]
) -> T | None:
    """Return a time without a year in the year that the sentence goes on from; None where it does not.

    Parameters
    ----------
    line, time
        The sentence and the time as it is read alone.
    before
        The last time before it whose year the sentence tells.
    published
        Day of publication: what would lie after it is not carried.
    read
        Reads the time again from a day: the first such time from that day on, or, with False, the last one up to it.
    """
    is_of_month = any(month_at(line, n) for n in range(time.first, time.last)) and not has_year(line, time)
    if not is_of_month or before.from_ is None or before.until is None:
        return None
    between = line.words[before.last : time.first]
    if not _goes_on(line, before, between):
        return None
    came_first = not word_set("times", "befores").isdisjoint(between)
    again = read(before.until if came_first else before.from_, not came_first)
    if again is None or again.last != time.last or (published and again.from_ and again.from_ > published):
        return None
    return again


def _goes_on(line: Line, before: Span, between: Sequence[str]) -> bool:
    """Whether a joint leads on from one time to the other, and no aside that held the first has closed."""
    joints = word_set("times", "year_joints")
    opening = line.words[: before.first]
    is_aside = any(
        word in word_set("grammar", "relatives") and at and opening[at - 1] == "," for at, word in enumerate(opening)
    )
    return not joints.isdisjoint(between) and not (is_aside and "," in between)
