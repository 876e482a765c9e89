"""Which rule fired on which words, as aligned lines of text: what `tidings read --explain` shows under a record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # the terminal renders without waiting for the models of readings
    from tidings.core.schema import Schema
    from tidings.evidence.reading import Fired, Reading, RecordKind

VALUE_WIDTH, WORDS_WIDTH = 28, 44
"""Columns within which values and words are aligned; longer words are cut in their middle."""


@dataclass(frozen=True)
class Explanations:
    """What fired for the records of a reading, with the words of a text from which withheld names are crossed out."""

    text: str
    names: Mapping[str, str]
    """Names of places and parties by their ids."""
    by_record: Mapping[tuple[RecordKind, str], Sequence[Fired]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading, text: str, names: Mapping[str, str]) -> Explanations:
        """Sort what fired by record.

        Parameters
        ----------
        reading
            Read with `explain`; of one that was not, nothing is told.
        text
            The report's text as it may be quoted.
        names
            Names of places and parties by their ids.
        """
        by_record: dict[tuple[RecordKind, str], list[Fired]] = {}
        for fired in reading.explained:
            by_record.setdefault((fired.kind, fired.record), []).append(fired)
        return cls(text, names, by_record)

    def rows(self, kind: RecordKind, record: str, values: Schema) -> Iterator[str]:
        """Yield a line for each rule: the field, its value, the words and where they stand, and the rule."""
        cells = list(self._cells(self.by_record.get((kind, record), ()), values))
        widths = [max((len(row[n]) for row in cells), default=0) for n in range(4)]
        for row in cells:
            yield (
                "    "
                + "  ".join(f"{cell:<{width}}" for cell, width in zip(row[:4], widths, strict=True))
                + f"  {row[4]}"
            )

    def _cells(self, fired: Sequence[Fired], values: Schema) -> Iterator[tuple[str, str, str, str, str]]:
        last = ""
        for first, n_more in _grouped(fired):
            is_new = first.field != last
            last = first.field
            told = _shortened(self._field(values, first.field), VALUE_WIDTH) if is_new else ""
            words = f"«{_shortened(self.text[first.start : first.end], WORDS_WIDTH)}»"
            more = f" ({n_more} more)" if n_more else ""
            yield last if is_new else "", told, words, f"{first.start}–{first.end}", f"{first.rule}{more}"

    def _field(self, values: Any, name: str) -> str:
        value = getattr(values, name, None)
        if name == "id":
            return str(value)
        if name == "value" and value is None and values.low is not None and values.high is not None:
            return f"{values.low:,.0f} – {values.high:,.0f}"
        return self._value(value)

    def _value(self, value: Any) -> str:
        """Return a field's value in words: ids as names, times as days, spans as nothing."""
        if isinstance(value, tuple):
            return ", ".join(self._value(part) for part in value if isinstance(part, str))
        if hasattr(value, "from_"):
            return f"{value.from_ or '…'} – {value.until or '…'}"
        if hasattr(value, "km"):
            parts = (
                f"{value.km:g} km" if value.km is not None else None,
                value.bearing,
                f"of {self._value(value.place)}",
            )
            return " ".join(part for part in parts if part)
        if isinstance(value, float):
            return f"{value:,.0f}"
        return self.names.get(value, value) if isinstance(value, str) else ""


def _grouped(fired: Sequence[Fired]) -> list[tuple[Fired, int]]:
    """Return the first of each field and rule, and on how many other words the same rule fired."""
    counted: dict[tuple[str, str], tuple[Fired, int]] = {}
    for one in fired:
        first, n_more = counted.get((one.field, one.rule), (one, -1))
        counted[one.field, one.rule] = first, n_more + 1
    fields = dict.fromkeys(one.field for one in fired)
    return [entry for name in fields for entry in counted.values() if entry[0].field == name]


def _shortened(words: str, width: int) -> str:
    """Return words on one line, cut in their middle where they are longer than a column.

    Examples
    --------
    >>> _shortened("one two  three four", 11)
    'one t…four'
    """
    told = " ".join(words.split())
    half = (width - 1) // 2
    return told if len(told) <= width else f"{told[:half].rstrip()}…{told[-half:].lstrip()}"
