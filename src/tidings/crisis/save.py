"""Write crisis folders: a new one, added rows, a whole crisis; what the user wrote stays byte for byte."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml

from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import locked, read_bytes, write_aside, write_folder
from tidings.core.schema import Schema
from tidings.crisis.countries import country_problem
from tidings.crisis.crisis import Crisis, Party
from tidings.crisis.tables import (
    BULLETINS,
    CROSSINGS,
    PARTIES,
    PLACES,
    ROADS,
    Table,
    delimiter_of,
    format_rows,
    read_sheet,
)
from tidings.geography.places import Place

TABLES: tuple[Table[Any], ...] = (PLACES, ROADS, CROSSINGS, PARTIES, BULLETINS)
Row = TypeVar("Row", Place, Party)

NEW_SETTINGS = """\
# The crisis: what it is called, where it is, how its sources are graded.
# The tables beside this file are written and read in a text editor or a spreadsheet.
{written}
# First day that matters, as in 2016-02-01. Without it: the day of the first report.
# start:

# Who is trusted how far: Admiralty grade (A-F for the source, 1-6 for what it says) and whose success it wants.
# sources:
#   Name of the source:
#     kind: monitor
#     grade: B2
#     interest: id-of-a-party

# Overrides of the model's parameters by name, and named what-ifs.
# parameters:
# scenarios:

# notes: |
#   Where the facts in the tables come from.
"""


def new_crisis(folder: Path, countries: Iterable[str], title: str | None = None) -> None:
    """Make a crisis folder: crisis.yaml with comments, tables of header rows, an empty reports/.

    Parameters
    ----------
    folder
        New or empty.
    countries
        ISO 3166-1 alpha-3 codes.
    title
        The folder's name where none is given.

    Raises
    ------
    InputError
        If the folder holds something already, or a country is not known.
    EnvironmentError_
        If the disk is full or read-only; the folder is then as it was before.
    """
    listed = list(countries)
    if not listed:
        raise InputError(where="--countries", met="no country is named", fix="Name at least one, as in SYR,TUR.")
    raise_all(problem for code in listed if (problem := country_problem(code, "--countries")))
    written = _yaml({"title": title or folder.resolve().name, "countries": listed})
    files = {table.file: format_header(table) for table in TABLES}
    write_folder(folder, {**files, "crisis.yaml": NEW_SETTINGS.format(written=written)}, subfolders=("reports",))


def save_crisis(crisis: Crisis, folder: Path) -> None:
    """Write a whole crisis into a new or empty folder; loading it again gives the same crisis.

    Raises
    ------
    InputError
        If the folder holds something already.
    EnvironmentError_
        If the disk is full or read-only; the folder is then as it was before.
    """
    geography = crisis.geography
    rows: tuple[tuple[Table[Any], tuple[Schema, ...]], ...] = (
        (PLACES, geography.places),
        (ROADS, geography.roads),
        (CROSSINGS, geography.crossings),
        (PARTIES, crisis.parties),
        (BULLETINS, crisis.bulletins),
    )
    files = {table.file: format_header(table) + format_rows(values, table.columns) for table, values in rows}
    settings = crisis.settings.model_dump(exclude_defaults=True)
    written = {**files, **crisis.rule_files, "crisis.yaml": _yaml(settings)}
    write_folder(folder, written, subfolders=("reports",))


def add_places(folder: Path, places: Iterable[Place]) -> tuple[Place, ...]:
    """Append places to places.csv; those whose id is there already are left out.

    Returns
    -------
    tuple of Place
        The places that were added.

    Raises
    ------
    InputError
        If places.csv cannot be read as a table.
    EnvironmentError_
        If the disk is full or read-only; the file is then as it was before.
    """
    return _append(folder, PLACES, places)


def change_kinds(folder: Path, places: Iterable[Place]) -> None:
    """Write the kinds of places into the rows that places.csv holds under their ids; every other byte stays.

    A table without a column of kinds stays as it is.

    Raises
    ------
    InputError
        If places.csv cannot be read as a table.
    EnvironmentError_
        If the disk is full or read-only; the file is then as it was before.
    """
    path, kinds = folder / PLACES.file, {place.id: place.kind for place in places}
    with locked(folder):
        content = read_bytes(path)
        sheet = read_sheet(content, PLACES.file, PLACES.columns, ("id",))
        raise_all(_unreadable(sheet.problems))
        text = content.decode("utf-8-sig")
        header = _around_header(text)[1]
        delimiter = delimiter_of(header)
        columns = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
        if "kind" not in columns:
            return
        lines = list(io.StringIO(text, newline=""))  # as the reader of CSV counts them
        for row in reversed(sheet.rows):
            if kind := kinds.get(row.cells.get("id") or ""):
                rest = "".join(lines[row.line - 1 :])
                lines[row.line - 1 :] = [_with_cell(rest, columns.index("kind"), delimiter, kind)]
        byte_order_mark = content[: len(content) - len(text.encode())]
        write_aside(path, byte_order_mark + "".join(lines).encode())


def _with_cell(rows: str, column: int, delimiter: str, value: str) -> str:
    """Return rows of CSV with another value in a column of the first; a row that ends before it is made longer."""
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{delimiter}\r\n]*')
    start = 0
    for before in range(column):
        found = cell.match(rows, start)
        start = found.end() if found else start
        if rows[start : start + 1] != delimiter:
            return rows[:start] + delimiter * (column - before) + value + rows[start:]
        start += 1
    found = cell.match(rows, start)
    return rows[:start] + value + rows[found.end() if found else start :]


def add_parties(folder: Path, parties: Iterable[Party]) -> tuple[Party, ...]:
    """Append parties to parties.csv; as `add_places`."""
    return _append(folder, PARTIES, parties)


def format_header(table: Table[Any]) -> str:
    """Return the header row of a table.

    Examples
    --------
    >>> format_header(ROADS)
    'id,from,to,length_km,mode,speed_km_per_day,source,note\\n'
    """
    return ",".join(table.columns) + "\n"


def _append(folder: Path, table: Table[Row], rows: Iterable[Row]) -> tuple[Row, ...]:
    path = folder / table.file
    with locked(folder):
        content = read_bytes(path) if path.exists() else b""
        sheet = read_sheet(content, table.file, table.columns, ("id",))
        raise_all(_unreadable(sheet.problems))
        there = {row.cells.get("id") for row in sheet.rows}
        new = {row.id: row for row in rows if row.id not in there}
        if new:
            write_aside(path, _with_rows(content, table, tuple(new.values())))
    return tuple(new.values())


def _unreadable(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Leave out what does not hinder adding a row: an unknown column is the user's to mend, and said by `check`."""
    return (problem for problem in problems if not problem.met.startswith("unknown column"))


def _with_rows(content: bytes, table: Table[Row], rows: tuple[Row, ...]) -> bytes:
    """Return the content with rows after it, in the file's own columns, delimiter and line ends."""
    text = content.decode("utf-8-sig")
    byte_order_mark = content[: len(content) - len(text.encode())]
    before, header, after = _around_header(text)
    if not header:
        return byte_order_mark + (format_header(table) + format_rows(rows, table.columns)).encode()
    line_end = "\r\n" if after.startswith("\r\n") else "\n"
    delimiter = delimiter_of(header)
    columns: list[str] = [name.strip().strip('"') for name in header.split(delimiter)]
    # columns that the rows need and the header lacks go to its end; the loader takes shorter rows as they are
    absent = [name for name in table.columns if name not in columns]
    lacking: list[str] = [name for name in absent if any(_is_filled(row, name) for row in rows)]
    added = format_rows(rows, (*columns, *lacking), delimiter, line_end)
    gap = "" if after.endswith("\n") else line_end
    whole = before + delimiter.join([header, *lacking]) + after + gap + added
    return byte_order_mark + whole.encode()


def _around_header(text: str) -> tuple[str, str, str]:
    """Cut a CSV text before and after its first line that is not blank."""
    found = re.search(r"^(?=[^\r\n]*[^\s,;])[^\r\n]*", text, re.MULTILINE)
    return (text[: found.start()], found.group(), text[found.end() :]) if found else ("", "", "")


def _is_filled(row: Place | Party, column: str) -> bool:
    return row.model_dump(by_alias=True)[column] not in (None, ())


def _yaml(values: dict[str, object]) -> str:
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=110)
