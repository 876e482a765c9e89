"""The pieces that the brief is written with: text, numbers that lead to their source, days, shortened tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tidings.present.names import Names
from tidings.present.quotes import Citations, Cited
from tidings.present.words import day_words, listed
from tidings.release.released import Released

MOST_REFERENCES = 5
FORECAST_ANCHOR = "how-forecast"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Linked:
    """Words that lead to where they come from."""

    text: str
    href: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A day."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a report, leading to their claim."""

    words: str
    href: str


Part = str | Linked | Dated | Quoted
Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """The rows of a table that are shown, and how many are left to the table of claims."""

    shown: tuple[T, ...] = ()
    n_left: int = 0

    @classmethod
    def of(cls, rows: Iterable[T], most: int) -> Rows[T]:
        """Keep the first rows."""
        every = tuple(rows)
        return cls(every[:most], max(0, len(every) - most))

    def __bool__(self) -> bool:
        return bool(self.shown)


@dataclass(frozen=True)
class Desk:
    """What every section is written from."""

    released: Released
    names: Names
    citations: Citations
    kinds: dict[str, str] = field(default_factory=dict)
    """Kind of place by id."""

    @classmethod
    def of(cls, released: Released) -> Desk:
        """Lay out names, citations and kinds."""
        names = Names.of(released)
        kinds: dict[str, str] = {crossing.id: "crossing" for crossing in released.geography.crossings}
        kinds |= {road.id: "road" for road in released.geography.roads}
        kinds |= {place.id: place.kind for place in released.geography.places}
        for reading in released.readings:
            for record in reading.places:
                kinds.setdefault(record.id, record.kind or "town")
        return cls(released, names, Citations.of(released, names), kinds)

    def references(self, claim_ids: Iterable[str], most: int = MOST_REFERENCES) -> Line:
        """Write [3] [7], each leading to its claim; the newest where there are many."""
        cited = self.citations.known(tuple(claim_ids))
        more = len(cited) - most
        tail: Line = (" and ", Linked(f"{more} more", "#claims")) if more > 0 else ()
        return (*between([reference(entry) for entry in cited[-most:]], " "), *tail)

    def number(self, text: str, claim_ids: Iterable[str], otherwise: str) -> Linked:
        """Write a number that leads to the newest of its claims or, where none is released, to `otherwise`."""
        cited = self.citations.known(tuple(claim_ids))
        return Linked(text, f"#{cited[-1].anchor}", hint(cited[-1])) if cited else Linked(text, otherwise)

    def speakers(self, claim_ids: Iterable[str]) -> str:
        """Name all who say it."""
        return listed(list(dict.fromkeys(cited.speaker for cited in self.citations.known(tuple(claim_ids)))))

    def located(self, places: Sequence[str]) -> str:
        """Say where: in a town, at a crossing; empty without places. A country beside a place in it says nothing."""
        narrow = [place for place in places if self.kinds.get(place) != "country"] or places
        if not narrow:
            return ""
        before = "at" if self.kinds.get(narrow[0]) in ("camp", "crossing", "border", "road") else "in"
        names = self.names.listed(narrow)
        article = "the " if re.search(r"\b(camps?|border|area|province|countryside)$", names) else ""
        return f"{before} {article}{names}"


def reference(cited: Cited) -> Linked:
    """Write the running number of a claim as a reference to it."""
    return Linked(f"[{cited.number}]", f"#{cited.anchor}", hint(cited))


def hint(cited: Cited) -> str:
    """Say in one line what a claim is, for whoever points at it."""
    return f"{cited.speaker}: {str(cited.quote).strip()}"


def input_address(key: str) -> str:
    """Return the address of the row that tells where a number of the crisis's own tables comes from."""
    return f"#{input_anchor(key)}"


def input_anchor(key: str) -> str:
    """Return the anchor of that row; an id of a table may hold anything, an anchor no blanks."""
    return "input-" + re.sub(r"[^\w.-]", "-", key)


def report_anchor(report_id: str) -> str:
    """Return the anchor of a report in the list of sources."""
    return f"report-{report_id[:12]}"


def dated(day: dt.date) -> Dated:
    """Write a day."""
    return Dated(day_words(day), day.isoformat())


def span(from_: dt.date | None, until: dt.date | None) -> Line:
    """Write a half-open span of days by its first and its last day; nothing where both ends are open.

    Examples
    --------
    >>> [getattr(part, "text", part) for part in span(dt.date(2016, 2, 1), dt.date(2016, 2, 8))]
    ['1 February 2016', ' to ', '7 February 2016']
    """
    last = until - dt.timedelta(days=1) if until else None
    if from_ and last:
        return (dated(from_),) if from_ >= last else (dated(from_), " to ", dated(last))
    if from_:
        return "since ", dated(from_)
    return ("until ", dated(last)) if last else ()


def between(parts: Sequence[Part], glue: str) -> Line:
    """Put the same text between parts."""
    glued = [piece for part in parts for piece in (glue, part)]
    return tuple(glued[1:])
