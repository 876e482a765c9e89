"""Tables as evidence: each row of a table of states or of bulletins becomes a claim that points at its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import Field

from tidings.core.dates import DateSpan, end_of_day
from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.ids import ClaimId, PartyId, content_id
from tidings.core.schema import Schema
from tidings.crisis.crisis import Bulletin, Crisis
from tidings.crisis.names import Names
from tidings.crisis.tables import BULLETINS, Row, Table, read_sheet, to_model
from tidings.evidence.claim import Claim, Content, State, StatePredicate, TableRow
from tidings.evidence.reading import Figure
from tidings.evidence.report import Report
from tidings.evidence.vocabulary import Certainty, state_problem
from tidings.geography.places import Crossing, Place

Model = TypeVar("Model", bound=Schema)

EXTRACTOR = "tables@1"
SUFFIXES = (".csv", ".tsv")
EVENT_TABLES = {"event_id_cnty": "acled", "type_of_violence": "ucdp"}
"""By a column that only it has, a table of events and the import that takes it."""


class StateRow(Schema):
    """One row of a table of states."""

    subject: str = Field(min_length=1)
    """A place, road or crossing, by id or by a name that only one has."""
    predicate: StatePredicate
    value: str = Field(min_length=1)
    """held_by: a party; besieged, passable: yes or no; policy: open, restricted or closed; population: persons."""
    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    certainty: Certainty = "claimed"
    speaker: str | None = None
    note: str | None = None


STATES = Table("states", StateRow)


def is_table(name: str) -> bool:
    """Whether a file's name says that it is a table.

    Examples
    --------
    >>> is_table("states.csv"), is_table("report.txt")
    (True, False)
    """
    return Path(name).suffix.lower() in SUFFIXES


def claims_of_table(report: Report, crisis: Crisis, *, known_at: dt.datetime) -> tuple[Claim, ...]:
    """Return a claim for each row of a table of states or of bulletins.

    Parameters
    ----------
    known_at
        When the table became public (UTC); a bulletin with a day of publication of its own was known by then.

    Raises
    ------
    InputError
        If its columns are those of neither, or with every problem of its rows.
    """
    header = report.text.lstrip("\ufeff").split("\n", 1)[0]
    raise_all(_of_events(header, report.name))
    names = _Names(crisis)
    if "predicate" in header:
        rows = _rows(report, STATES, lambda value, row: _of_state(value, row, report, names, known_at))
    else:
        rows = _rows(report, BULLETINS, lambda value, row: _of_bulletin(value, row, report, names, known_at))
    return tuple(rows)


def _of_events(header: str, name: str) -> Iterator[Problem]:
    """Tell a table of events, which has an import of its own."""
    for column, kind in EVENT_TABLES.items():
        if column in header.casefold():
            yield Problem(name, f"this is a table of events ({kind})", f"Import it: tidings import {kind} FILE DIR.")


def _rows(report: Report, table: Table[Model], claim_of: Callable[[Model, Row], Claim]) -> list[Claim]:
    """Turn every row into a claim, or refuse them all with every problem at once."""
    sheet = read_sheet(report.text.encode(), report.name, table.columns, table.required)
    raise_all(sheet.problems)
    claims: list[Claim] = []
    problems: list[Problem] = []
    for row in sheet.rows:
        value, found = to_model(row, table)
        problems += found
        try:
            claims += [claim_of(value, row)] if value is not None else []
        except InputError as error:
            problems += error.problems
    raise_all(problems)
    return claims


class _Names:
    """Ids of what a row names."""

    def __init__(self, crisis: Crisis) -> None:
        geography = crisis.geography
        named: tuple[Place | Crossing, ...] = (*geography.places, *geography.crossings)
        rows = [{"id": n.id, "name": n.name, "other_names": "|".join(n.other_names)} for n in named]
        roads = [{"id": road.id} for road in geography.roads]
        parties = [{"id": p.id, "name": p.name, "other_names": "|".join(p.other_names)} for p in crisis.parties]
        self.places = Names.of("place", "places.csv", (Row("places.csv", 0, r) for r in (*rows, *roads)))
        self.parties = Names.of("party", "parties.csv", (Row("parties.csv", 0, r) for r in parties))

    def place(self, written: str, row: Row, role: str) -> str:
        return _sure(self.places.resolve(written, row.where, role))

    def party(self, written: str, row: Row, role: str) -> str:
        return _sure(self.parties.resolve(written, row.where, role))


def _sure(found: str | Problem) -> str:
    if isinstance(found, Problem):
        raise InputError(problems=(found,))
    return found


def _of_state(value: StateRow, row: Row, report: Report, names: _Names, known_at: dt.datetime) -> Claim:
    raise_all(state_problem(value.predicate, value.value, row.where))
    answer = names.party(value.value, row, "value") if value.predicate == "held_by" else value.value
    content = State(subject=names.place(value.subject, row, "subject"), predicate=value.predicate, value=answer)
    speakers = (names.party(value.speaker, row, "speaker"),) if value.speaker else ()
    valid = DateSpan.of(value.from_ or report.published, value.until)
    return _claim(content, value.certainty, speakers, valid, row, report, known_at)


def _of_bulletin(value: Bulletin, row: Row, report: Report, names: _Names, known_at: dt.datetime) -> Claim:
    raise_all(_wrong_days(value, row, report))
    written = row.cells.get("people", "")
    content = Figure(
        id="",
        start=0,
        end=0,
        text=written,
        value=value.people,
        low=value.low,
        high=value.high,
        unit=value.unit,
        household_size=value.household_size if value.unit == "household" else None,
        status="sheltered" if value.measure == "stock" else "arrived",
        measure=value.measure,
        certainty="claimed",
        at=(names.place(value.place, row, "place"),),
    )
    speakers = (names.party(value.source, row, "source"),) if value.source else ()
    known_at = end_of_day(value.published) if value.published else known_at
    return _claim(content, "claimed", speakers, DateSpan.on(value.day), row, report, known_at)


def _wrong_days(value: Bulletin, row: Row, report: Report) -> Iterator[Problem]:
    """Tell a row that was public only after the table that holds it: one of the two days is wrong."""
    if value.published and report.published and value.published > report.published:
        met = f"the row was published on {value.published}, after its table ({report.published})"
        yield Problem(row.where, met, "Correct the row, or give the table's own day: --published YYYY-MM-DD.")


def _claim(
    content: Content,
    certainty: Certainty,
    speakers: tuple[str, ...],
    valid: DateSpan,
    row: Row,
    report: Report,
    known_at: dt.datetime,
) -> Claim:
    source = TableRow(report=report.id, row=row.line - 1)
    identity = [content.model_dump(mode="json"), source.model_dump(mode="json"), valid.model_dump(mode="json")]
    return Claim(
        id=ClaimId(content_id("c", identity)),
        content=content,
        certainty=certainty,
        speakers=tuple(PartyId(speaker) for speaker in speakers),
        relayed_by=None,
        source=source,
        valid=valid,
        known_at=known_at,
        extractor=EXTRACTOR,
    )
