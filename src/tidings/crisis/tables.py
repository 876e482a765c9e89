"""Tables as people write them in spreadsheets: from the bytes of a CSV file to checked rows, all problems at once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tidings.core.dates import parse_day
from tidings.core.errors import InputError, Problem
from tidings.core.schema import NOT_A_NUMBER, Schema
from tidings.crisis.countries import country_problem
from tidings.crisis.crisis import Bulletin, Party
from tidings.crisis.suggest import near
from tidings.geography.places import Crossing, Place, Road

Model = TypeVar("Model", bound=Schema)

NUMBERS = frozenset(
    {"lat", "lon", "population", "capacity", "length_km", "speed_km_per_day", "per_day", "people", "low", "high",
     "household_size"}
)  # fmt: skip
DAYS = frozenset({"day", "published"})
LISTS = frozenset({"other_names"})
LIST_MARK = "|"
"""Between the entries of a cell that holds several."""

_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[ ,'’\u00a0\u202f]\d{3})+(?:\.\d+)?")
_BOUNDS = {"ge": "{} or more", "gt": "more than {}", "le": "{} or less", "lt": "less than {}"}
_PLAIN = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class Table(Generic[Model]):
    """One CSV file of the crisis folder; its columns are the fields of its model."""

    file: str
    model: type[Model]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in the order in which they are written."""
        return tuple(field.alias or name for name, field in self.model.model_fields.items())

    @property
    def required(self) -> tuple[str, ...]:
        """Columns that must be there (a road gets an id where it has none)."""
        fields = self.model.model_fields.items()
        needed = tuple(field.alias or name for name, field in fields if field.is_required())
        return tuple(name for name in needed if (self.file, name) != ("roads.csv", "id"))


PLACES = Table("places.csv", Place)
ROADS = Table("roads.csv", Road)
CROSSINGS = Table("crossings.csv", Crossing)
PARTIES = Table("parties.csv", Party)
BULLETINS = Table("bulletins.csv", Bulletin)


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of one row and the line on which it starts."""

    file: str
    line: int
    cells: dict[str, str]

    @property
    def where(self) -> str:
        """The row's address, as in `roads.csv:118`."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file cut into rows, and what is wrong with its form."""

    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_sheet(content: bytes, file: str, columns: tuple[str, ...], required: tuple[str, ...]) -> Sheet:
    """Cut the bytes of a CSV file into rows; blank rows are passed over, empty cells are left out.

    Examples
    --------
    >>> sheet = read_sheet(b"id,name\\r\\n\\r\\na,Alpha\\r\\n", "places.csv", ("id", "name"), ("id",))
    >>> sheet.rows[0].where, sheet.rows[0].cells
    ('places.csv:3', {'id': 'a', 'name': 'Alpha'})
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        fix = "Save it again as 'CSV UTF-8'."
        return Sheet(problems=(Problem(f"{file}:{line}", "the file is not UTF-8 text", fix),))
    records, problems = _records(text, file)
    if not records:
        return Sheet(problems=problems)
    header = [name.strip() for name in records[0][1]]
    problems += _header_problems(header, f"{file}:{records[0][0]}", columns, required)
    rows = []
    for line, record in records[1:]:
        rows.append(Row(file, line, _cells(header, record)))
        problems += tuple(_overflow(header, record, f"{file}:{line}"))
    return Sheet(tuple(row for row in rows if row.cells), problems)


def delimiter_of(first_line: str) -> str:
    """Return the mark between cells: spreadsheets of many countries write ';' or tabs.

    Examples
    --------
    >>> delimiter_of("id;name;note"), delimiter_of("id,name"), delimiter_of("id")
    (';', ',', ',')
    """
    return max(",;\t", key=lambda mark: (first_line.count(mark), mark == ","))


def to_number(text: str) -> float | int | None:
    """Read a number, with or without thousands separators; None where it is not a number.

    Examples
    --------
    >>> to_number("1,250,000"), to_number("47 570"), to_number("36.5"), to_number("36,5")
    (1250000, 47570, 36.5, None)
    """
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[ ,'’\u00a0\u202f]", "", text)
    if not _PLAIN.fullmatch(text):
        return None
    return int(text) if re.fullmatch(r"[-+]?\d{1,18}", text) else float(text)


def to_model(row: Row, table: Table[Model]) -> tuple[Model | None, tuple[Problem, ...]]:
    """Turn a row into a value of its table, or into all that is wrong with it."""
    values, problems = _values(row)
    reported = {name for name in row.cells if name not in values}
    try:
        model = table.model.model_validate({name: v for name, v in values.items() if name in table.columns})
    except ValidationError as error:
        found = (e for e in error.errors() if not (e["type"] == "missing" and e["loc"][0] in reported))
        return None, (*problems, *(problem_of(e, row.where) for e in found))
    return (None if problems else model), problems


def problem_of(error: ErrorDetails, where: str) -> Problem:
    """Say one of pydantic's errors in the words of a spreadsheet's user."""
    name, met = ".".join(str(part) for part in error["loc"]), shown(error["input"])
    context, kind = error.get("ctx", {}), error["type"]
    if kind in ("missing", "string_too_short"):
        return Problem(where, f"{name} is empty", f"Fill in {name}.")
    if kind == "literal_error":
        options = re.findall(r"'([^']+)'", str(context["expected"]))
        fix = f"{near(str(met), options)}Use one of: {', '.join(options)}."
        return Problem(where, f"{name} '{met}' is not known", fix)
    if name == "country" and (found := country_problem(str(met), where)):
        return found
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        bound, limit = next(iter(context.items()))
        return Problem(where, f"{name} {met} is out of range", f"It must be {_BOUNDS[bound].format(f'{limit:,.15g}')}.")
    if kind == NOT_A_NUMBER:
        fix = f"Write a number for {name}; YAML reads yes, no, on and off as true and false."
        return Problem(where, f"{name} {str(met).lower()} is not a number", fix)
    if kind == "int_from_float":
        fix = "Write a whole number, or leave it empty if unknown."
        return Problem(where, f"{name} {met} is not a whole number", fix)
    return Problem(where, f"{name} '{met}' is not right ({error['msg'].lower()})", f"Correct {name}.")


def shown(met: object) -> object:
    """Return a value as a message may show it: what is nested is only named, for YAML aliases make it endless."""
    return met if isinstance(met, str | int | float | dt.date | None) else f"a {type(met).__name__}"


def format_rows(rows: Iterable[Schema], columns: tuple[str, ...], delimiter: str = ",", line_end: str = "\n") -> str:
    """Write values as lines of CSV in the order of the columns; unknown is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    for row in rows:
        values = row.model_dump(by_alias=True)
        writer.writerow([_cell(values.get(name)) for name in columns])
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return LIST_MARK.join(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _records(text: str, file: str) -> tuple[list[tuple[int, list[str]]], tuple[Problem, ...]]:
    """Return the records with the line on which each starts; a broken quote ends the reading."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter_of(text.lstrip().partition("\n")[0]), strict=True
    )
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                records.append((line, record))
            line = reader.line_num + 1
    except csv.Error as error:
        fix = 'Look for a quotation mark (") that is not closed, or write it twice.'
        return records, (Problem(f"{file}:{line}", f"the row cannot be read as CSV ({error})", fix),)
    return records, ()


def _header_problems(
    header: list[str], where: str, columns: tuple[str, ...], required: tuple[str, ...]
) -> tuple[Problem, ...]:
    known = ", ".join(columns)
    unknown = [name for name in dict.fromkeys(header) if name and name not in columns]
    twice = [name for name in dict.fromkeys(header) if name and header.count(name) > 1]
    absent = [name for name in required if name not in header]
    return (
        *(Problem(where, f"unknown column '{n}'", f"{near(n, columns)}The columns are: {known}.") for n in unknown),
        *(Problem(where, f"column '{n}' is there twice", "Keep one of them.") for n in twice),
        *(Problem(where, f"column '{n}' is missing", f"Add it. The columns are: {known}.") for n in absent),
    )


def _cells(header: list[str], record: list[str]) -> dict[str, str]:
    filled = zip(header, (cell.strip() for cell in record), strict=False)
    return {name: cell for name, cell in filled if name and cell}


def _overflow(header: list[str], record: list[str], where: str) -> Iterator[Problem]:
    names = [*header, *[""] * (len(record) - len(header))]
    extra = [cell.strip() for name, cell in zip(names, record, strict=False) if not name and cell.strip()]
    if extra:
        fix = "Give the column a name, or put quotation marks around a cell that holds a comma."
        yield Problem(where, f"'{extra[0]}' stands in no column", fix)


def _values(row: Row) -> tuple[dict[str, object], tuple[Problem, ...]]:
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, cell in row.cells.items():
        try:
            values[name] = _value(name, cell, row.where)
        except InputError as error:
            problems.extend(error.problems)
    return values, tuple(problems)


def _value(name: str, cell: str, where: str) -> object:
    if name in LISTS:
        return tuple(part.strip() for part in cell.split(LIST_MARK) if part.strip())
    if name in DAYS:
        return parse_day(cell, where)
    if name not in NUMBERS:
        return cell
    number = to_number(cell)
    if number is None:
        fix = "Write digits with a point before decimals, as in 36.58; leave the cell empty if it is unknown."
        raise InputError(where=where, met=f"{name} '{cell}' is not a number", fix=fix)
    return number
