"""What one row of an event table tells, whatever the table, and the file that it stands in."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from tidings.core.errors import EnvironmentError_, InputError, Problem
from tidings.core.files import read_bytes
from tidings.core.packaged import packaged_yaml
from tidings.evidence.readers.encoding import binary_kind
from tidings.evidence.vocabulary import EventType

Precision = Literal["point", "around", "admin2", "admin1", "area", "country"]
CHUNK_BYTES = 1 << 20
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What a spreadsheet's 'Unicode text' begins with."""
NAMES = {"acled": "ACLED", "ucdp": "UCDP GED"}
MARKS = {
    "acled": frozenset({"event_id_cnty", "sub_event_type"}),
    "ucdp": frozenset({"type_of_violence", "where_prec", "date_start"}),
}
"""Columns by which a kind of table is known."""
MOST_CELL = 1 << 24
"""Characters of one cell: notes are long, and csv's own bound is 131,072."""


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """Where a row says that something happened, no finer than it knows."""

    name: str
    precision: Precision
    country: str
    """As written."""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class ActorTold:
    """Who a row says took part."""

    name: str
    code: str = ""
    """The table's code of the kind of actor, where it has one."""


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many were killed: the best estimate and its bounds, in persons."""

    best: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event as a table tells it."""

    where: str
    """Address of the row, as in `events.csv:118`."""
    event: str
    """The table's own id of the event."""
    type: EventType
    words: str
    """The type in the table's words."""
    first: dt.date
    until: dt.date
    """The day after the last on which it may have been."""
    place: PlaceTold
    actors: tuple[ActorTold, ...] = ()
    targets: tuple[ActorTold, ...] = ()
    deaths: Deaths | None = None
    """None where the table does not tell."""
    source: str = ""
    """Whom the table names as its source: publishers, never persons."""
    doubt: str = ""
    """What the row says that cannot be, where it is survived; empty where all is well."""
    known_at: dt.datetime | None = None
    """When the row was published; None where the table does not tell."""


Told = EventRow | tuple[Problem, ...]
"""A row, or all that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of event table."""

    kind: Literal["acled", "ucdp"]
    publisher: str
    extractor: str
    read: Callable[[EventFile], Iterator[Told]]


@dataclass(frozen=True, slots=True)
class EventFile:
    """A file that was handed in, looked at once: its hash and its encoding."""

    path: Path
    sha256: str
    encoding: str

    @classmethod
    def at(cls, path: Path) -> EventFile:
        """Look at a file, a piece at a time.

        Raises
        ------
        InputError
            If there is none, or it is no text.
        EnvironmentError_
            If it cannot be read.
        """
        digest, encoding = hashlib.sha256(), "utf-8-sig"
        decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8")()
        for number, chunk in enumerate(_chunks(path)):
            if number == 0 and chunk.startswith(UTF_16):
                encoding, decoder = "utf-16", codecs.getincrementaldecoder("utf-16")(errors="replace")
            elif number == 0:
                _refuse_binary(chunk, path.name)
            digest.update(chunk)
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                encoding, decoder = "cp1252", codecs.getincrementaldecoder("latin-1")()
        return cls(path, digest.hexdigest(), encoding)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is told of how the file was decoded."""
        return () if self.encoding == "utf-8-sig" else (f"the file is not UTF-8: it was read as {self.encoding}",)

    def opened(self) -> io.TextIOWrapper:
        """Open the text; bytes that the encoding lacks are shown as �."""
        return self.path.open(encoding=self.encoding, errors="replace", newline="")

    @property
    def is_json(self) -> bool:
        """Whether it begins as an object of JSON does."""
        with self.opened() as text:
            return text.read(4096).lstrip().startswith("{")

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of a CSV file that are not blank, each with the line on which it begins.

        Raises
        ------
        InputError
            If a row cannot be cut into cells.
        """
        bound = csv.field_size_limit(MOST_CELL)  # of the whole process: put back when the rows are read
        try:
            yield from self._cut()
        finally:
            csv.field_size_limit(bound)

    def _cut(self) -> Iterator[tuple[int, list[str]]]:
        with self.opened() as text:
            reader = csv.reader(text, delimiter=self._delimiter(), strict=True)
            line = 1
            try:
                for record in reader:
                    if any(cell.strip() for cell in record):
                        yield line, record
                    line = reader.line_num + 1
            except csv.Error as error:
                fix = "Close the quotation mark, or save the table again as 'CSV UTF-8'."
                raise InputError(where=f"{self.path.name}:{line}", met=f"no row of CSV ({error})", fix=fix) from None

    def _delimiter(self) -> str:
        with self.opened() as text:
            first = next((line for line in text if line.strip()), "")
        return max(",;\t", key=lambda mark: (first.count(mark), mark == ","))


def _refuse_binary(content: bytes, name: str) -> None:
    """Raise where a file is no text, with what makes a table of it."""
    kind = binary_kind(content)
    if kind is None:
        return
    fix = "Give the table as CSV: open it in a spreadsheet and save it as 'CSV UTF-8'."
    if kind in ("a PDF file", "an RTF file"):
        fix = "Give the table as CSV; a report is taken in by: tidings add DIR FILE."
    elif content.startswith((b"PK", b"\x1f\x8b")):
        fix = "Unpack it and give the CSV file in it; of a spreadsheet, save the sheet as 'CSV UTF-8'."
    elif _is_utf_16(content[:1000]):
        kind, fix = "text in UTF-16 without its mark", "Save the table again as 'CSV UTF-8'."
    raise InputError(where=name, met=f"this is {kind}, not a table of events", fix=fix)


def _is_utf_16(sample: bytes) -> bool:
    """Whether every second byte is null and most of the others are printed."""
    halves = (sample[0::2], sample[1::2])
    blank, told = sorted(halves, key=lambda half: -half.count(0))
    n_printed = sum(chr(byte).isprintable() for byte in told)
    return bool(told) and blank.count(0) > 0.9 * len(blank) and n_printed > 0.9 * len(told)


def refuse_other(columns: Collection[str], kind: str, where: str) -> None:
    """Raise where the columns are those of another kind of event table, with the command that takes it in.

    Raises
    ------
    InputError
        If they are.
    """
    other = next((name for name, marks in MARKS.items() if name != kind and marks <= set(columns)), None)
    if other:
        met = f"these are the columns of {NAMES[other]}, not of {NAMES[kind]}"
        raise InputError(where=where, met=met, fix=f"Take it in with: tidings import {other} FILE DIR.")


def _chunks(path: Path) -> Iterator[bytes]:
    if not path.is_file():
        read_bytes(path)  # says what is wrong with it
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except OSError as error:
        met = f"the file cannot be read ({error.strerror})"
        raise EnvironmentError_(where=str(path), met=met, fix="Check its permissions.") from error


@lru_cache(maxsize=1)
def codes() -> dict[str, dict[str, Any]]:
    """Return what the codes of event tables mean."""
    loaded: dict[str, dict[str, Any]] = packaged_yaml("tidings.interchange.events", "codes.yaml")
    return loaded


class Cells:
    """The cells of one row by column; what is wrong with them is collected."""

    def __init__(self, where: str, values: dict[str, str]) -> None:
        self.where = where
        self.values = values
        self.problems: list[Problem] = []

    def text(self, column: str) -> str:
        """Return a cell without line ends; empty where it is empty."""
        cell = self.values.get(column, "")
        is_plain = cell.isprintable() and "  " not in cell  # most cells are, and to cut them up takes longer
        return cell.strip() if is_plain else " ".join(cell.split())

    def needed(self, column: str) -> str:
        """Return a cell that must not be empty."""
        cell = self.text(column)
        if not cell:
            self.wrong(f"{column} is empty", f"Fill in {column}, or take the row out.")
        return cell

    def code(self, column: str, section: str) -> Any:
        """Return what a code means."""
        known, cell = codes()[section], self.needed(column)
        if cell and cell not in known:
            self.wrong(f"{column} '{cell}' is not known", f"Use one of: {', '.join(known)}.")
        return known.get(cell)

    def count(self, column: str) -> int | None:
        """Return a number of people; None where the cell is empty."""
        cell = self.text(column)
        if cell and not re.fullmatch(r"\d{1,12}(\.0+)?", cell):
            self.wrong(f"{column} '{cell}' is not a number of people", "Write digits, or leave it empty if unknown.")
            return None
        return int(float(cell)) if cell else None

    def degrees(self, column: str, limit: float) -> float | None:
        """Return a latitude or longitude; None where the cell is empty."""
        cell = self.text(column)
        if not cell:
            return None
        try:
            value = float(cell)
        except ValueError:
            value = float("nan")
        if not abs(value) <= limit:
            self.wrong(f"{column} '{cell}' is no number from -{limit:g} to {limit:g}", "Write degrees, as in 36.58.")
            return None
        return value

    def wrong(self, met: str, fix: str) -> None:
        """Note what is wrong with the row."""
        self.problems.append(Problem(self.where, met, fix))
