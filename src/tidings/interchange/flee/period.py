"""sim_period.csv: the first day of the run, and its length."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.rows import Row, day, read_sheet, whole

FILE = "sim_period.csv"
START, LENGTH = "StartDate", "Length"


@dataclass(frozen=True, slots=True)
class Period:
    """The days of the run."""

    start: dt.date
    days: int
    where: str
    """Where the length stands."""


def read_period(path: Path, found: Findings) -> Period | None:
    """Read the period; None, with problems, where it cannot be told.

    Raises
    ------
    InputError
        If there is no such file.
    """
    written = _written(read_sheet(path, found).rows, found)
    for key, example in ((START, "StartDate,2016-02-08"), (LENGTH, "Length,300")):
        if key not in written:
            found.refuse(path.name, f"{key} is missing", f"Add a row, as in {example}.")
    if written.keys() < {START, LENGTH}:
        return None
    start = _start(written[START], found)
    days = whole(written[LENGTH].cell(1), written[LENGTH].where, LENGTH, found, least=1)
    if start is None or days is None:
        return None
    if days > (dt.date.max - start).days:
        found.refuse(written[LENGTH].where, "the calendar ends before the last day", "Correct StartDate or Length.")
        return None
    return Period(start, days, written[LENGTH].where)


def _written(rows: tuple[Row, ...], found: Findings) -> dict[str, Row]:
    written: dict[str, Row] = {}
    for row in rows:
        key = row.cell(0)
        if key not in (START, LENGTH):
            found.survive(row.where, f"'{key}' is not known", f"The row is passed over: {START} and {LENGTH} are read.")
        elif key in written:
            found.refuse(row.where, f"{key} is there twice", f"Keep this row or {written[key].where}.")
        else:
            written[key] = row
    return written


def _start(row: Row, found: Findings) -> dt.date | None:
    start = day(row.cell(1))
    if start is None:
        fix = "Write it as YYYY-MM-DD, for example 2016-02-08."
        found.refuse(row.where, f"{START} '{row.cell(1)}' is not a day", fix)
    return start
