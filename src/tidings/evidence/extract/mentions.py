"""Mentions of places and parties, found by where they stand in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from tidings.evidence.reading import PartyRecord, PlaceRecord


class Mention(NamedTuple):
    """The words text[start:end] name what has this id."""

    start: int
    end: int
    id: str


class Mentions:
    """All mentions of one sort in order of the text.

    Examples
    --------
    >>> found = Mentions([Mention(10, 14, "b"), Mention(2, 5, "a")])
    >>> [mention.id for mention in found.within(0, 12)], found.before(9).id
    (['a'], 'a')
    """

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.all = tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.id)))
        self._starts = [mention.start for mention in self.all]

    @classmethod
    def of(cls, records: Iterable[PartyRecord | PlaceRecord]) -> Mentions:
        """Collect the mentions of records."""
        return _of(_Same(records)) if isinstance(records, tuple) else cls(_mentions(records))

    def within(self, start: int, end: int) -> tuple[Mention, ...]:
        """Return the mentions that lie wholly in text[start:end]."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return tuple([mention for mention in self.all[first:last] if mention.end <= end]) if first < last else ()

    def before(self, offset: int) -> Mention | None:
        """Return the last mention that starts before an offset."""
        first = bisect_left(self._starts, offset)
        return self.all[first - 1] if first else None

    def covers(self, start: int, end: int) -> bool:
        """Whether any mention overlaps text[start:end]."""
        first = bisect_left(self._starts, end)
        return any(mention.end > start for mention in self.all[max(0, first - 8) : first])


class _Same:
    """Records told apart by identity, so that what is kept for them is found again without comparing them."""

    def __init__(self, records: tuple[PartyRecord | PlaceRecord, ...]) -> None:
        self.records = records

    def __hash__(self) -> int:
        return id(self.records)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.records is self.records


@lru_cache(maxsize=4)
def _of(same: _Same) -> Mentions:
    return Mentions(_mentions(same.records))


def _mentions(records: Iterable[PartyRecord | PlaceRecord]) -> Iterator[Mention]:
    new = tuple.__new__
    return (new(Mention, (start, end, record.id)) for record in records for start, end in record.mentions)
