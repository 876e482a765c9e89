"""Which rule fired on which words: noted while a report is read, and only where somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from tidings.evidence.reading import Fired, Reading, RecordKind, When


class Because(NamedTuple):
    """A rule and the words text[start:end] on which it fired.

    `rule` names a lexicon's file and entry, or a module and what its rule says. It quotes words of a lexicon only:
    names of private persons stand in reports.
    """

    rule: str
    start: int
    end: int


Why = tuple[str, Because]
"""A field of a record and what gave it."""


class Trail:
    """Collects what fired for records of one kind; extractors note it where the rule fires, never afterwards.

    Examples
    --------
    >>> trail = Trail("figure")
    >>> trail.note("f1", "status", Because("figures.yaml status killed: 'killed'", 7, 13))
    >>> [(fired.record, fired.field, fired.start) for fired in trail.fired(["f1"])]
    [('f1', 'status', 7)]
    """

    def __init__(self, kind: RecordKind) -> None:
        self.kind = kind
        self._fired: dict[str, dict[tuple[str, Because], None]] = {}

    def note(self, record: str, field: str, *reasons: Because | None) -> None:
        """Note what gave a field of a record; the same once."""
        for reason in reasons:
            if reason is not None:
                self._fired.setdefault(record, {})[field, reason] = None

    def note_rule(self, record: str, field: str, reason: Because) -> None:
        """Note what gave a field of a record where the same rule has not given it before, on other words."""
        if not any(name == field and known.rule == reason.rule for name, known in self._fired.get(record, ())):
            self.note(record, field, reason)

    def note_all(self, record: str, whys: Iterable[Why]) -> None:
        """Note what gave several fields of a record."""
        for field, reason in whys:
            self.note(record, field, reason)

    def take_over(self, record: str, field: str, other: str, why: str) -> None:
        """Note that a field was taken over from another record of the same kind, with the words that gave it there."""
        theirs = [reason for name, reason in self._fired.get(other, {}) if name == field]
        self.note(record, field, *(Because(f"taken over from {other}: {why}", *reason[1:]) for reason in theirs))

    def fired(self, records: Iterable[str]) -> tuple[Fired, ...]:
        """Return what fired for these records, in their order."""
        return tuple(
            Fired(kind=self.kind, record=record, field=field, rule=reason.rule, start=reason.start, end=reason.end)
            for record in records
            for field, reason in self._by_field(record)
        )

    def _by_field(self, record: str) -> list[Why]:
        """Return what gave each field, in the order in which the fields were noted first, and of the words."""
        fired = list(self._fired.get(record, {}))
        order = {field: number for number, field in enumerate(dict.fromkeys(field for field, _ in fired))}
        return sorted(fired, key=lambda why: (order[why[0]], why[1].start))


def quoted(words: Iterable[str]) -> str:
    """Return words of a lexicon as rules quote them.

    Examples
    --------
    >>> quoted(("at", "least"))
    "'at least'"
    """
    return f"'{' '.join(words)}'"


def timed(field: str, when: When | None, *, is_turn: bool = False) -> Iterator[Why]:
    """Yield the words of a time; one that a turn ended is told by that turn."""
    if when is not None and when.span is not None:
        rule = "bygone: the turn that ended it" if is_turn else "times: the time that governs its clause or sentence"
        yield field, Because(rule, *when.span)


@dataclass(frozen=True)
class Trails:
    """A trail for each kind of record, where somebody asks for them; else none."""

    figures: Trail | None = None
    events: Trail | None = None
    places: Trail | None = None
    parties: Trail | None = None
    relations: Trail | None = None
    attributions: Trail | None = None

    @classmethod
    def wanted(cls, explain: bool) -> Trails:
        """Return trails that collect where `explain` is true."""
        if not explain:
            return cls()
        return cls(
            Trail("figure"), Trail("event"), Trail("place"), Trail("party"), Trail("relation"), Trail("attribution")
        )

    def explained(self, reading: Reading) -> Reading:
        """Return a reading with what fired for its records, in their order."""
        numbers = [f"r{number}" for number in range(1, len(reading.relations) + 1)]
        by_kind = (
            (self.figures, [each.id for each in reading.figures]),
            (self.events, [each.id for each in reading.events]),
            (self.places, [each.id for each in reading.places]),
            (self.parties, [each.id for each in reading.parties]),
            (self.relations, numbers),
            (self.attributions, [each.id for each in reading.attributions]),
        )
        fired = [entry for trail, ids in by_kind if trail is not None for entry in trail.fired(ids)]
        return reading.model_copy(update={"explained": tuple(fired)}) if fired else reading
