"""Take an event table in: looked through once for all that is wrong with it, then added as a stream."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tidings.core.counting import agreed, counted
from tidings.core.dates import day_known, end_of_day
from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import locked, written_aside
from tidings.core.ids import ReportId
from tidings.core.written import EventCount, Imported
from tidings.crisis.crisis import Crisis
from tidings.crisis.load import load_crisis
from tidings.crisis.save import add_parties, add_places
from tidings.evidence.claim import Claim
from tidings.evidence.intake import LEDGER_FILE, REPORTS_FOLDER
from tidings.evidence.ledger import Ledger
from tidings.evidence.reading import Reading, ReportRecord
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer
from tidings.interchange.events import parties as party_rows
from tidings.interchange.events import places as place_rows
from tidings.interchange.events.claims import claims_of_row
from tidings.interchange.events.parties import EventParties
from tidings.interchange.events.places import EventPlaces
from tidings.interchange.events.rows import ActorTold, EventFile, EventRow, Foreign, PlaceTold

HEADER = (
    "event", "type", "from", "until", "place", "precision", "country", "actors", "targets", "killed", "low", "high",
    "source",
)  # fmt: skip
"""Columns of the text that the ledger keeps of an event table, one line an event."""


@dataclass
class _Seen:
    """What one look through a table gives."""

    lines: list[str] = field(default_factory=lambda: [_line(HEADER)])
    problems: list[Problem] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)
    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    killed: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    places: dict[PlaceTold, None] = field(default_factory=dict)
    actors: dict[ActorTold, None] = field(default_factory=dict)
    """In the order in which they stand."""
    n_placed: int = 0
    doubts: list[str] = field(default_factory=list)
    last: dt.date | None = None
    """Day of the latest row that tells when it was published."""
    undated: str | None = None
    """Where the first row stands that does not."""


def import_events(
    table: Foreign,
    path: Path,
    folder: Path,
    gazetteer: Gazetteer,
    *,
    published: dt.date | None,
    now: dt.datetime,
    progress: Callable[[int, int], None],
) -> Imported:
    """Import a table of events into a crisis folder; the same file twice changes nothing.

    Parameters
    ----------
    published
        When the table became public; needed where its rows do not tell.
    progress
        Called with (events added, events in all).

    Raises
    ------
    InputError
        With every problem of the file; then nothing is changed.
    """
    file = EventFile.at(path)
    with locked(folder):
        crisis = load_crisis(folder)
        seen = _look_through(table, file, published)
        raise_all(seen.problems)
        day = published or seen.last
        assert day is not None
        report = Report(
            id=ReportId(file.sha256), name=path.name, text="".join(seen.lines), title=path.name,
            publisher=table.publisher, published=day, warnings=(*file.warnings, *_doubts(seen)),
        )  # fmt: skip
        if (folder / LEDGER_FILE).exists() and _is_there(folder, report, table):
            return _imported(table, report, seen, is_new=False)
        return _take_in(table, file, report, seen, crisis, gazetteer, now=now, progress=progress)


def _look_through(table: Foreign, file: EventFile, published: dt.date | None) -> _Seen:
    seen = _Seen()
    for told in table.read(file):
        if not isinstance(told, EventRow):
            seen.problems += told
            continue
        seen.problems += _amiss(told, seen, published)
        seen.events[told.event] = told.where
        seen.places[told.place] = None
        seen.actors.update(dict.fromkeys((*told.actors, *told.targets)))
        seen.lines.append(_line(_cells(told)))
        key = (told.type, told.words, told.first.year)
        seen.counts[key] += 1
        seen.killed[key] += told.deaths.best if told.deaths else 0
        seen.doubts += [f"{told.where}: {told.doubt}"] if told.doubt else []
        seen.n_placed += told.place.precision == "point"
        if told.known_at:
            seen.last = max(seen.last or dt.date.min, day_known(told.known_at))
        else:
            seen.undated = seen.undated or told.where
    name = file.path.name
    if not seen.events and not seen.problems:
        seen.problems.append(Problem(name, "the table has no rows", "Check that it is the right file."))
    if published is None and seen.undated:
        met = f"the table does not tell when it was published ({seen.undated} is the first such row)"
        seen.problems.append(Problem(name, met, "Give the day of the release: --published YYYY-MM-DD."))
    return seen


def _doubts(seen: _Seen) -> tuple[str, ...]:
    if not seen.doubts:
        return ()
    rows = f"{counted(len(seen.doubts), 'row')} {agreed(len(seen.doubts), 'has', 'have')}"
    told = f"{rows} estimates that cross; their range was widened to hold all of them"
    return (f"{told} (the first is {seen.doubts[0]})",)


def _amiss(row: EventRow, seen: _Seen, published: dt.date | None) -> Iterator[Problem]:
    """Yield what is wrong with a row beside its table."""
    if row.event in seen.events:
        met = f"event {row.event} stands twice, first at {seen.events[row.event]}"
        yield Problem(row.where, met, "Take one of the rows out.")
    if published and row.known_at and day_known(row.known_at) > published:
        met = f"the row was published on {day_known(row.known_at)}, after its table ({published})"
        yield Problem(row.where, met, "Give the table's own day, --published YYYY-MM-DD, or leave it out.")
    known = day_known(row.known_at) if row.known_at else published
    if known and row.first > known:
        met = f"the event of {row.first} was published before it happened ({known})"
        yield Problem(row.where, met, "Correct the day of the event, or give the day of the release: --published.")


def _is_there(folder: Path, report: Report, table: Foreign) -> bool:
    view = Ledger.open(folder / LEDGER_FILE).as_of()
    if view.reading_by(report.id, table.extractor) is None:
        return False
    held = view.report(report.id)
    if held and held.published != report.published:
        met = f"the ledger holds this table as published on {held.published}, not on {report.published}"
        raise InputError(where=report.name, met=met, fix=f"Give --published {held.published}.")
    return True


def _take_in(
    table: Foreign,
    file: EventFile,
    report: Report,
    seen: _Seen,
    crisis: Crisis,
    gazetteer: Gazetteer,
    *,
    now: dt.datetime,
    progress: Callable[[int, int], None],
) -> Imported:
    places, parties = EventPlaces(crisis, gazetteer), EventParties(crisis)
    for place in seen.places:
        places.of(place)
    for actor in seen.actors:
        parties.of(actor)
    _keep_copy(crisis.folder / REPORTS_FOLDER, file)
    placed = add_places(crisis.folder, place_rows.rows_to_add(places.records, crisis))
    joined = add_parties(crisis.folder, party_rows.rows_to_add(parties, crisis))
    reading = Reading(
        report=ReportRecord(
            id=report.id, title=report.title, publisher=report.publisher, published=report.published,
            characters=len(report.text),
        ),
        places=places.records,
        parties=parties.records,
    )  # fmt: skip

    def claims() -> Iterator[Claim]:
        known = end_of_day(report.published or dt.date.max)
        for number, row in enumerate(_rows(table, file), start=1):
            yield from claims_of_row(row, number, report, table, places, parties, known_at=row.known_at or known)
            progress(number, len(seen.events))

    ledger = Ledger.create(crisis.folder / LEDGER_FILE)
    added = ledger.append_table(report, reading, claims(), received_at=now, extractor=table.extractor)
    return _imported(
        table, report, seen, is_new=True, n_claims=added.n_claims, places_added=len(placed), parties_added=len(joined)
    )


def _rows(table: Foreign, file: EventFile) -> Iterator[EventRow]:
    return (row for row in table.read(file) if isinstance(row, EventRow))


def _imported(
    table: Foreign,
    report: Report,
    seen: _Seen,
    *,
    is_new: bool,
    n_claims: int = 0,
    places_added: int = 0,
    parties_added: int = 0,
) -> Imported:
    assert report.published is not None
    return Imported(
        kind=table.kind,
        file=report.name,
        report=report.id,
        is_new=is_new,
        published=report.published,
        n_events=len(seen.events),
        n_claims=n_claims,
        n_placed=seen.n_placed,
        counts=tuple(
            EventCount(type=kind, words=words, year=year, events=number, killed=seen.killed[kind, words, year])
            for (kind, words, year), number in sorted(seen.counts.items())
        ),
        places_added=places_added,
        parties_added=parties_added,
        warnings=report.warnings if is_new else (),
    )


def _cells(row: EventRow) -> tuple[object, ...]:
    deaths = row.deaths
    last = row.until - dt.timedelta(days=1)
    killed = (deaths.best, deaths.low, deaths.high) if deaths else ("", "", "")
    actors, targets = (" | ".join(actor.name for actor in side) for side in (row.actors, row.targets))
    place = row.place
    return (
        row.event, row.words, row.first, last, place.name, place.precision, place.country, actors, targets,
        *("" if value is None else value for value in killed), row.source,
    )  # fmt: skip


def _line(cells: tuple[object, ...]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _keep_copy(folder: Path, file: EventFile) -> None:
    """Keep the file as received, once; of two files with one name the later carries a part of its hash."""
    target = folder / file.path.name
    if target.exists() and EventFile.at(target).sha256 != file.sha256:
        target = folder / f"{target.stem}-{file.sha256[:8]}{target.suffix}"
    if target.exists():
        return
    folder.mkdir(exist_ok=True)
    with file.path.open("rb") as source, written_aside(target) as copy:
        shutil.copyfileobj(source, copy)
