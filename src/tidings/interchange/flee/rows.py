"""Flee's files as rows of cells: comments and blank rows passed over, every row with its line; numbers in cells."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tidings.core.files import read_bytes
from tidings.crisis.tables import to_number
from tidings.interchange.flee.findings import Findings

MOST = 10**12
"""The largest number in a cell: what is larger is a slip, and would overflow a run."""
UTF8 = "Save it again as 'CSV UTF-8'."
_EMPTY_QUOTATION = re.compile(r'(?:^|,)\s*""[^",\s]')
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells without blanks at their edges, and its line."""

    file: str
    line: int
    cells: tuple[str, ...]

    @property
    def where(self) -> str:
        """The row's address, as in `routes.csv:12`."""
        return f"{self.file}:{self.line}"

    def cell(self, number: int) -> str:
        """Return a cell; empty where the row is too short."""
        return self.cells[number] if number < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file: the row of column names, where its first row that is not blank begins with '#', and the rows after it."""

    file: str
    header: Row | None
    rows: tuple[Row, ...]

    def names(self, first: int) -> tuple[str, ...]:
        """Return the names of the columns from a position on."""
        return tuple(column_name(cell) for cell in self.header.cells[first:]) if self.header else ()


def read_sheet(path: Path, found: Findings, *, names: frozenset[str] = frozenset()) -> Sheet:
    """Cut a CSV file into rows.

    A row whose first cell starts with '#' is a comment; the first one before all rows that has several cells is the
    header.

    Parameters
    ----------
    names
        First cells, in lower case, that make the first row a header though no '#' stands before it.

    Raises
    ------
    InputError
        If there is no such file.
    EnvironmentError_
        If the machine does not let us read it.
    """
    header: Row | None = None
    rows: list[Row] = []
    for row, is_comment in _records(_text(read_bytes(path), path.name, found), path.name, found):
        if header is None and not rows and is_comment and row.cell(1):
            header = row
        elif header is None and not rows and row.cell(0).casefold() in names:
            header = row
            done = "It is taken as the header; Flee reads it as a row."
            found.survive(row.where, "the row of column names does not start with '#'", done)
        elif not is_comment:
            rows.append(row)
    return Sheet(path.name, header, tuple(rows))


def column_name(cell: str) -> str:
    """Return the name in a cell of a header.

    Examples
    --------
    >>> column_name('#"name"'), column_name(" Day")
    ('name', 'Day')
    """
    return cell.strip('#" \t\ufeff')


def _text(content: bytes, file: str, found: Findings) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        done = "It is passed over; Flee takes it as a part of the first cell."
        found.survive(f"{file}:1", "the file starts with a byte order mark", done)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found.refuse(f"{file}:{line}", "the file is not UTF-8 text", UTF8)
        return ""


def _records(text: str, file: str, found: Findings) -> Iterator[tuple[Row, bool]]:
    """Yield the rows that are not blank, and whether each is a comment; an open quotation ends the reading."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines)
    line = 0
    try:
        for record in reader:
            start, line = line + 1, reader.line_num
            if any("\n" in cell or "\r" in cell for cell in record):
                found.refuse(f"{file}:{start}", "a quotation mark is not closed on its line", "Close or remove it.")
                return
            cells = tuple(cell.strip() for cell in record)
            if any(cells):
                row = Row(file, line, cells)
                _blanks(record, row, found)
                is_comment = cells[0].startswith("#")
                yield row if is_comment else _unquoted(row, lines[line - 1], found), is_comment
    except csv.Error as error:
        found.refuse(f"{file}:{reader.line_num}", f"the row cannot be read as CSV ({error})", "Correct the row.")


def _unquoted(row: Row, line: str, found: Findings) -> Row:
    """Refuse a row with an empty quotation before a name, and return it without: the name is known all the same."""
    if not _EMPTY_QUOTATION.search(line) or _is_strict(line):
        return row
    met = 'a quotation mark stands before a quoted name, as in \'""Name"\''
    found.refuse(row.where, met, "Remove it.")
    return replace(row, cells=tuple(cell.strip('"') for cell in row.cells))


def _is_strict(line: str) -> bool:
    try:
        return bool(list(csv.reader([line], strict=True)))
    except csv.Error:
        return False


def _blanks(record: list[str], row: Row, found: Findings) -> None:
    """Tell of names with blanks after them, which Flee keeps."""
    padded = [cell for cell in record if cell.rstrip() != cell and re.search(r"[^\W\d]", cell)]
    if padded and not row.cells[0].startswith("#"):
        found.survive(row.where, f"'{padded[0]}' ends in blanks", "Blanks at the edges of cells are cut off.")


def refuse_twin_columns(sheet: Sheet, first: int, found: Findings) -> None:
    """Refuse a sheet whose columns from a position on share a name."""
    for name, times in Counter(sheet.names(first)).items():
        if name and times > 1 and sheet.header is not None:
            found.refuse(sheet.header.where, f"column '{name}' is there {times} times", "Keep one of them.")


def whole(text: str, where: str, what: str, found: Findings, *, least: int | None = 0) -> int | None:
    """Read a whole number; None, with a problem, where it is none.

    Thousands separators and a zero after the point are survived, since what is meant is sure.
    """
    number = to_number(text)
    if number is None or not abs(number) <= MOST or number != int(number) or (least is not None and number < least):
        wanted = "a whole number up to 10^12" if least is None else f"a whole number from {least} to 10^12"
        found.refuse(where, f"{what} '{text}' is not {wanted}", f"Write {what} in digits alone.")
        return None
    if not re.fullmatch(r"[-+]?\d+", text):
        done = "What is meant is sure; Flee stops at it."
        found.survive(where, f"{what} '{text}' is read as {int(number)}", done)
    return int(number)


def real(text: str, where: str, what: str, found: Findings, *, most: float = MOST) -> float | None:
    """Read a number from 0 to `most`; None, with a problem, where it is none."""
    number = to_number(text)
    if number is None or not 0 <= number <= most:
        fix = "Write it in digits, with a point before decimals."
        found.refuse(where, f"{what} '{text}' is not a number from 0 to {most:g}", fix)
        return None
    return float(number)


def day(text: str) -> dt.date | None:
    """Return the day in a cell; None where it is none.

    Examples
    --------
    >>> day("2016-2-8"), day("08.02.2016")
    (datetime.date(2016, 2, 8), None)
    """
    written = _DAY.fullmatch(text)
    try:
        return dt.date(*map(int, written.groups())) if written else None
    except ValueError:
        return None
