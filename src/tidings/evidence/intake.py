"""Taking a report in: the file kept as received, its places and parties tabled, its claims in the ledger."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Literal, cast

from pydantic import Field

from tidings.core.dates import end_of_day
from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import locked, write_aside
from tidings.core.schema import Schema
from tidings.crisis.crisis import Crisis, Party
from tidings.crisis.load import load_crisis
from tidings.crisis.save import add_parties, add_places
from tidings.evidence.claims import claims_of
from tidings.evidence.extract.party_names import party_names
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.ledger import Ledger
from tidings.evidence.readers.received import Received
from tidings.evidence.readers.registry import read_received
from tidings.evidence.reading import PartyRecord, PlaceRecord, Reading, ReportRecord
from tidings.evidence.report import Report
from tidings.evidence.tables import claims_of_table, is_table
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.places import Place

LEDGER_FILE = "ledger.db"
REPORTS_FOLDER = "reports"
TABLED_KINDS = frozenset({"city", "town", "village", "camp", "crossing", "area"})
"""Kinds of places that a report adds to places.csv; nobody flees to or holds a country, a border or a province."""


class Intake(Schema):
    """What taking one report in has changed."""

    file: str
    report: str
    is_new: bool
    n_claims: int
    """Claims that were not in the ledger before."""
    n_figures: int
    n_events: int
    n_relations: int
    places_added: tuple[str, ...]
    """Names added to places.csv."""
    unresolved: tuple[str, ...]
    """Names of places for which no coordinates are known: fill them in places.csv."""


class Intakes(Schema):
    """What taking reports in has changed (`tidings/added@1`)."""

    schema_: Literal["tidings/added@1"] = Field(default="tidings/added@1", alias="schema")
    reports: tuple[Intake, ...]


def take_in(
    crisis: Crisis, ledger: Ledger, gazetteer: Gazetteer, report: Report, content: bytes, *, received_at: dt.datetime
) -> Intake:
    """Take one report in. The same report twice changes nothing; what fails midway is completed by taking it in again.

    Parameters
    ----------
    content
        The bytes as received; a copy goes to reports/.

    Raises
    ------
    InputError
        If the report has no date, or is not in a language that can be read.
    """
    raise_all(_problems(report))
    published = cast("dt.date", report.published)
    if is_table(report.name):
        reading = Reading(report=ReportRecord(id=report.id, published=published, characters=len(report.text)))
        claims = claims_of_table(report, crisis, known_at=end_of_day(published))
    else:
        reading = read_report(report, gazetteer, countries=crisis.settings.countries, crisis=crisis)
        claims = claims_of(reading, report, known_at=end_of_day(published))
    _keep(crisis.folder / REPORTS_FOLDER, report, content)
    places = _new_places(crisis, reading)
    if places:
        add_places(crisis.folder, places)
    parties = _new_parties(crisis, reading)
    if parties:
        add_parties(crisis.folder, parties)
    added = ledger.append(report, reading, claims, received_at=received_at)
    return Intake(
        file=report.name,
        report=report.id,
        is_new=bool(added.n_reports),
        n_claims=added.n_claims,
        n_figures=len(reading.figures),
        n_events=len(reading.events),
        n_relations=len(reading.relations),
        places_added=tuple(place.name for place in places),
        unresolved=tuple(place.name for place in reading.places if place.lat is None and place.kind in TABLED_KINDS),
    )


def _problems(report: Report) -> Iterator[Problem]:
    if report.language not in (None, "en") and not is_table(report.name):
        yield Problem(
            report.name,
            f"the report is written in '{report.language}', and only English can be read",
            "Add an English translation of it; the ledger is as it was.",
        )
    if report.published is None:
        yield Problem(report.name, "the report has no date of publication", "Give it: --published YYYY-MM-DD.")


def read_all(
    received: Iterable[Received], *, published: dt.date | None, publisher: str | None
) -> list[tuple[Report, bytes]]:
    """Read every file, or refuse them all with every problem at once."""
    read: list[tuple[Report, bytes]] = []
    problems: list[Problem] = []
    for entry in received:
        try:
            reports = read_received(entry, published=published, publisher=publisher)
        except InputError as error:
            problems += error.problems
        else:
            read += [(report, entry.content) for report in reports]
    raise_all(problems)
    return read


def take_in_files(
    folder: Path,
    received: Iterable[Received],
    gazetteer: Gazetteer,
    *,
    published: dt.date | None,
    publisher: str | None,
    now: dt.datetime,
    progress: Callable[[int, int], None],
) -> Intakes:
    """Take files into a crisis folder, one process at a time; none of them if any cannot be read.

    Parameters
    ----------
    progress
        Called with (reports done, reports in all).
    """
    load_crisis(folder)
    read = read_all(received, published=published, publisher=publisher)
    raise_all(problem for report, _ in read for problem in _problems(report))
    done = []
    with locked(folder):
        ledger = Ledger.create(folder / LEDGER_FILE)
        for number, (report, content) in enumerate(read):
            crisis = load_crisis(folder)  # again: the report before may have added places
            done.append(take_in(crisis, ledger, gazetteer, report, content, received_at=now))
            progress(number + 1, len(read))
    return Intakes(reports=tuple(done))


def _keep(folder: Path, report: Report, content: bytes) -> None:
    """Keep the file as received; of two files with one name the later carries a part of its hash."""
    name = re.sub(r"[^\w.() -]+", "_", Path(report.name).name).strip("._ ") or "pasted.txt"
    target = folder / name
    if target.exists() and target.read_bytes() != content:
        target = folder / f"{target.stem}-{report.id[:8]}{target.suffix}"
    if not target.exists():
        folder.mkdir(exist_ok=True)
        write_aside(target, content)


def _new_places(crisis: Crisis, reading: Reading) -> tuple[Place, ...]:
    known = set(crisis.geography.place_by_id) | {crossing.id for crossing in crisis.geography.crossings}
    return tuple(_place(record) for record in reading.places if record.id not in known and record.kind in TABLED_KINDS)


def _place(record: PlaceRecord) -> Place:
    source = f"GeoNames {record.geonames_id}" if record.geonames_id else "named in a report; coordinates unknown"
    return Place(
        id=record.id,
        name=record.name,
        kind=record.kind or "town",
        country=record.country,
        lat=record.lat,
        lon=record.lon,
        pcode=record.pcode,
        note=source,
    )


def _new_parties(crisis: Crisis, reading: Reading) -> tuple[Party, ...]:
    """Return the parties to be tabled, each parent among them or in the table already."""
    known = {party.id for party in crisis.parties}
    new = {record.id: record for record in reading.parties if record.id not in known and record.kind}
    parents = {record.parent for record in new.values() if record.parent} - known - new.keys()
    sides = [sense for parent in sorted(parents) if (sense := party_names(crisis).named_by_id(parent))]
    tabled = known | new.keys() | {side.id for side in sides}
    above = (Party(id=side.id, name=side.name, kind=side.kind) for side in sides)
    return (*above, *(_party(record, tabled) for record in new.values()))


def _party(record: PartyRecord, tabled: Collection[str]) -> Party:
    parent = record.parent if record.parent in tabled else None
    return Party(id=record.id, name=record.name, kind=record.kind or "armed_group", parent=parent)
