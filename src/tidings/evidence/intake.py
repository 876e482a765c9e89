"""Taking a report in: the file kept as received, its places and parties tabled, its claims in the ledger."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from pydantic import Field

from tidings.core.dates import end_of_day
from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import locked, write_aside
from tidings.core.ids import sha256_of
from tidings.core.schema import Schema
from tidings.crisis.crisis import Crisis
from tidings.crisis.load import load_crisis
from tidings.crisis.save import add_parties, add_places, change_kinds
from tidings.evidence import tables
from tidings.evidence.claim import Claim
from tidings.evidence.claims import claims_of
from tidings.evidence.extract import pipeline
from tidings.evidence.extractors import OUR_LANGUAGES, extractor_of, languages_read, versioned_name
from tidings.evidence.readers.received import Received, file_of
from tidings.evidence.readers.registry import read_received
from tidings.evidence.reading import Reading, ReportRecord
from tidings.evidence.report import Report
from tidings.evidence.tabling import TABLED_KINDS, new_parties, new_places, own_tables, retold_places
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.places import Place

if TYPE_CHECKING:  # reading without a ledger need not wait for the database
    from tidings.evidence.ledger import Added, Ledger, View

logger = logging.getLogger(__name__)

LEDGER_FILE = "ledger.db"
REPORTS_FOLDER = "reports"


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
    warnings: tuple[str, ...] = ()
    """What the reader of the file left out or doubts; empty for a report that was in the ledger."""


class Intakes(Schema):
    """What taking reports in has changed (`tidings/added@1`)."""

    schema_: Literal["tidings/added@1"] = Field(default="tidings/added@1", alias="schema")
    reports: tuple[Intake, ...]


def take_in(
    crisis: Crisis, ledger: Ledger, gazetteer: Gazetteer, report: Report, content: bytes, *, received_at: dt.datetime
) -> Intake:
    """Take one report in. The same report twice changes nothing; what fails midway is completed by taking it in again.

    A report that an older version of Tidings has read is read again; its older claims stay, behind the newer ones.

    Parameters
    ----------
    content
        The bytes as received; a copy goes to reports/.

    Raises
    ------
    InputError
        If the report has no date or another one than in the ledger, or is not in a language that can be read.
    """
    raise_all(_problems(report, ledger.as_of()))
    extractor = _extractor(report)
    if stored := ledger.as_of().reading_by(report.id, extractor):
        return _intake(report, stored)
    reading, claims = _read(report, crisis, gazetteer)
    _keep(crisis.folder / REPORTS_FOLDER, report, content)
    places = new_places(crisis, reading)
    if places:
        add_places(crisis.folder, places)
    if retold := retold_places(crisis, reading):
        change_kinds(crisis.folder, retold)
    parties = new_parties(crisis, reading)
    if parties:
        add_parties(crisis.folder, parties)
    added = ledger.append(report, reading, claims, received_at=received_at, extractor=extractor)
    return _intake(report, reading, added, places)


def _extractor(report: Report) -> str:
    if tables.is_table(report.name):
        return tables.EXTRACTOR
    other = extractor_of(report.language)
    return versioned_name(other) if other else pipeline.EXTRACTOR


def _read(report: Report, crisis: Crisis, gazetteer: Gazetteer) -> tuple[Reading, tuple[Claim, ...]]:
    published = cast("dt.date", report.published)
    if tables.is_table(report.name):
        reading = Reading(report=ReportRecord(id=report.id, published=published, characters=len(report.text)))
        return reading, tables.claims_of_table(report, crisis, known_at=end_of_day(published))
    own = own_tables(crisis)
    reading = pipeline.read_report(report, gazetteer, countries=crisis.settings.countries, crisis=own)
    return reading, claims_of(reading, report, known_at=end_of_day(published))


def _intake(report: Report, reading: Reading, added: Added | None = None, places: tuple[Place, ...] = ()) -> Intake:
    return Intake(
        file=report.name,
        report=report.id,
        is_new=bool(added and added.n_reports),
        n_claims=added.n_claims if added else 0,
        n_figures=len(reading.figures),
        n_events=len(reading.events),
        n_relations=len(reading.relations),
        places_added=tuple(place.name for place in places),
        unresolved=tuple(place.name for place in reading.places if place.lat is None and place.kind in TABLED_KINDS),
        warnings=report.warnings if added and added.n_reports else (),
    )


def _problems(report: Report, stored: View | None) -> Iterator[Problem]:
    """Tell everything for which a report is refused before it is read."""
    if not _is_readable(report):
        others = sorted(languages_read() - OUR_LANGUAGES)
        known = f"only English and {', '.join(others)}" if others else "only English"
        yield Problem(
            report.name,
            f"the report is written in '{report.language}', and {known} can be read",
            "Add an English translation of it; the ledger is as it was.",
        )
    held = stored.report(report.id) if stored else None
    if report.published is None:
        yield Problem(report.name, "the report has no date of publication", "Give it: --published YYYY-MM-DD.")
    elif held and held.published != report.published:  # what was known when hangs on it
        met = f"the ledger holds this report as published on {held.published}, not on {report.published}"
        yield Problem(report.name, met, f"Leave the day out or give --published {held.published}.")


def _is_readable(report: Report) -> bool:
    return report.language is None or report.language in languages_read() or tables.is_table(report.name)


def _readable(read: list[tuple[Report, bytes]]) -> list[tuple[Report, bytes]]:
    """Leave out, and tell, entries of a feed or messages of a mailbox in languages that nobody reads.

    Where none of a file is left they stay, to be refused: a file in another language is no success.
    """
    files = {file_of(report) for report, _ in read if _is_readable(report)}
    kept = []
    for report, content in read:
        is_part = file_of(report) != report.name and file_of(report) in files
        if is_part and not _is_readable(report):
            logger.warning("%s was left out: it is in '%s', which cannot be read", report.name, report.language)
        else:
            kept.append((report, content))
    return kept


def _of_table(report: Report, crisis: Crisis, stored: View | None) -> tuple[Problem, ...]:
    """Return what is wrong with the rows of a table that is not in the ledger yet."""
    if not tables.is_table(report.name) or (stored and stored.reading_by(report.id, tables.EXTRACTOR)):
        return ()
    try:
        tables.claims_of_table(report, crisis, known_at=end_of_day(report.published or dt.date.min))
    except InputError as error:
        return error.problems
    return ()


def read_prose(
    received: Iterable[Received],
    gazetteer: Gazetteer,
    *,
    countries: tuple[str, ...] = (),
    crisis: Crisis | None = None,
    published: dt.date | None = None,
    publisher: str | None = None,
    explain: bool = False,
) -> tuple[tuple[tuple[Report, Reading], ...], tuple[Problem, ...]]:
    """Read reports in prose as `take_in` reads them, and store nothing; with `explain`, tell what fired on which words.

    Returns
    -------
    tuple
        The reports that can be read with their readings, in order, and every problem of every other file. A table is
        one, since its rows are read only into a crisis.
    """
    opened, problems = _read_each(received, published, publisher)
    problems += (problem for report, _ in opened for problem in _no_prose(report))
    own = own_tables(crisis) if crisis else None
    read = tuple(
        (report, pipeline.read_report(report, gazetteer, countries=countries, crisis=own, explain=explain))
        for report, _ in opened
        if not tables.is_table(report.name)
    )
    return read, tuple(problems)


def _no_prose(report: Report) -> Iterator[Problem]:
    if tables.is_table(report.name):
        yield Problem(report.name, "this is a table, not a report in prose", "Take it in: tidings add DIR FILE.")


def _read_each(
    received: Iterable[Received], published: dt.date | None, publisher: str | None
) -> tuple[list[tuple[Report, bytes]], list[Problem]]:
    read: list[tuple[Report, bytes]] = []
    problems: list[Problem] = []
    for entry in received:
        try:
            reports = read_received(entry, published=published, publisher=publisher)
        except InputError as error:
            problems += error.problems
        else:
            read += [(report, entry.content) for report in reports]
    return read, problems


def take_in_files(
    folder: Path,
    received: Iterable[Received],
    gazetteer: Gazetteer,
    *,
    published: dt.date | None,
    publisher: str | None,
    now: dt.datetime,
    progress: Callable[[int, int], None],
    unopened: Iterable[Problem] = (),
) -> Intakes:
    """Take files into a crisis folder, one process at a time; none of them if any is refused.

    Parameters
    ----------
    progress
        Called with (reports done, reports in all).
    unopened
        What is wrong with files that could not even be opened: they refuse the others as well.

    Raises
    ------
    InputError
        With every problem of every file.
    """
    from tidings.evidence.ledger import Ledger

    done = []
    with locked(folder):
        read, problems = _read_each(received, published, publisher)
        problems = [*unopened, *problems]
        read = _readable(read)
        crisis, path = load_crisis(folder), folder / LEDGER_FILE
        stored = Ledger.open(path).as_of() if path.exists() else None
        problems += (problem for report, _ in read for problem in _problems(report, stored))
        problems += (problem for report, _ in read for problem in _of_table(report, crisis, stored))
        raise_all(_with_the_others(problems, read))
        ledger = Ledger.create(path)
        for number, (report, content) in enumerate(read):
            crisis = load_crisis(folder)  # again: the report before may have added places
            done.append(take_in(crisis, ledger, gazetteer, report, content, received_at=now))
            progress(number + 1, len(read))
    return Intakes(reports=tuple(done))


def _with_the_others(problems: Sequence[Problem], read: Sequence[object]) -> Iterator[Problem]:
    """Yield problems, and last that nothing of the other files was added either."""
    yield from problems
    if problems and read:
        fix = "Leave out or mend what is named above, and add the files again."
        yield Problem("add", "nothing was added, of no file: files are added together or not at all", fix)


def _keep(folder: Path, report: Report, content: bytes) -> None:
    """Keep the file as received, once; of two files with one name the later carries a part of its hash."""
    name = re.sub(r"[^\w.() -]+", "_", Path(file_of(report)).name).strip("._ ") or "pasted.txt"
    target = folder / name
    if target.exists() and target.read_bytes() != content:
        target = folder / f"{target.stem}-{sha256_of(content)[:8]}{target.suffix}"
    if not target.exists():
        folder.mkdir(exist_ok=True)
        write_aside(target, content)
