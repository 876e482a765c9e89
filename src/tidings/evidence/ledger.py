"""The ledger: an append-only store of claims. `Ledger.as_of` is its only reader."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from tidings.core.dates import Day, end_of_day
from tidings.core.errors import EnvironmentError_, InputError
from tidings.core.files import cannot_write, locked
from tidings.evidence import ledger_tables as tables
from tidings.evidence.claim import Claim, Review
from tidings.evidence.claim_json import load_claim
from tidings.evidence.corrections import corrected
from tidings.evidence.ledger_tables import SCHEMA_VERSION, versioned
from tidings.evidence.reading import Reading
from tidings.evidence.report import Report

Value = TypeVar("Value")
LOCK_WAIT_SECONDS = 60
_HEAD_BYTES = 100
_WRITTEN_IN_PLACE = b"\x01\x01"
"""How SQLite notes that changes go into the file itself, not into a log beside it."""
ADD_AGAIN = "move it aside and add the files of reports/ again (tidings add)"


@dataclass(frozen=True, slots=True)
class Added:
    """What an append changed."""

    n_reports: int = 0
    n_claims: int = 0
    """Claims whose ids were not there before."""


@dataclass(frozen=True)
class Ledger:
    """Claims in one database. Nothing stored is ever edited or removed."""

    engine: sa.Engine
    where: str

    @classmethod
    def create(cls, path: Path) -> Ledger:
        """Make an empty ledger, or open the one that is there.

        A new one is made aside and then takes its name: what fails midway, for want of room, leaves no file behind.
        """
        if path.exists():
            return cls.open(path)
        aside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        try:
            cls(_engine(f"sqlite:///{aside}"), str(path))._make_tables()
            with locked(path.parent):  # so that of two who make it the second opens what the first made
                if not path.exists():
                    os.rename(aside, path)
        except OSError as error:
            raise cannot_write(path, error) from error
        finally:
            for left in (aside, Path(f"{aside}-journal")):
                with contextlib.suppress(OSError):
                    left.unlink(missing_ok=True)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """Open a ledger that exists.

        Raises
        ------
        InputError
            If there is none, if it is damaged, or if another version of Tidings with other tables wrote it.
        """
        if not path.exists():
            raise InputError(where=str(path), met="there is no ledger", fix="Add a report first: tidings add DIR FILE.")
        ledger = cls(_engine(f"sqlite:///{path}"), str(path))
        with ledger._guarded(), ledger.engine.connect() as connection:
            version = ledger._version(connection) if sa.inspect(connection).has_table("meta") else None
        if version is None:
            raise ledger._damaged("it holds no Tidings tables (empty or cut short)")
        if version != SCHEMA_VERSION:
            fix = "Update Tidings." if version > SCHEMA_VERSION else f"{ADD_AGAIN.capitalize()}."
            met = f"the ledger has schema {version}, this Tidings knows {SCHEMA_VERSION}"
            raise InputError(where=str(path), met=met, fix=fix)
        return ledger

    def append(
        self,
        report: Report,
        reading: Reading,
        claims: Sequence[Claim],
        *,
        received_at: dt.datetime,
        extractor: str | None = None,
    ) -> Added:
        """Add a report, what was read in it, and its claims, in one transaction; what is there stays as it is.

        Parameters
        ----------
        extractor
            What read the whole report, with its version ("tidings@1"): views prefer all of its newest reading, even one
            that found less; the same version twice changes nothing. Without it each claim counts as read by its own
            extractor, and the reading as made by hand.

        Raises
        ------
        InputError
            If the report has no date of publication.
        """
        return self.append_all([(report, reading, claims)], received_at=received_at, extractor=extractor)

    def append_all(
        self,
        read: Iterable[tuple[Report, Reading, Sequence[Claim]]],
        *,
        received_at: dt.datetime,
        extractor: str | None = None,
    ) -> Added:
        """Add many reports, each with its reading and its claims, as `append` does, all in one transaction.

        Raises
        ------
        InputError
            If a report has no date of publication; then none is added.
        """
        added = Added()
        with self._guarded(), self._writing() as connection:
            for report, reading, claims in read:
                row = tables.report_row(report, received_at)
                reading_row = tables.reading_row(report, reading, claims, received_at, extractor)
                is_new = tables.insert_new(connection, tables.reports, row)
                is_read_anew = tables.insert_new(connection, tables.readings, reading_row)
                is_told = is_read_anew or not extractor
                n_claims = tables.insert_claims(connection, claims, extractor) if is_told else 0
                added = Added(added.n_reports + is_new, added.n_claims + n_claims)
        return added

    def append_claims(self, claims: Sequence[Claim]) -> Added:
        """Add claims that come from no report: a reviewer's acts, the rows of a table."""
        with self._guarded(), self._writing() as connection:
            return Added(0, tables.insert_claims(connection, claims))

    def append_table(
        self, report: Report, reading: Reading, claims: Iterable[Claim], *, received_at: dt.datetime, extractor: str
    ) -> Added:
        """Add a table and the claims of its rows as they come, in one transaction: they may be more than memory holds.

        A claim whose id is there already stays as it is; a table that this version of the extractor has read adds
        nothing, and its claims are not asked for.

        Raises
        ------
        InputError
            If the table has no date of publication.
        """
        if report.published is None:
            fix = "Give it: --published YYYY-MM-DD."
            raise InputError(where=report.name, met="the table has no date of publication", fix=fix)
        row = {
            "id": report.id, "known_at": end_of_day(report.published).isoformat(),
            "received_at": received_at.isoformat(),
            "content": json.dumps(tables.report_record(report), ensure_ascii=False),
        }  # fmt: skip
        name, version = versioned(extractor)
        read = {
            "report": report.id, "extractor": name, "version": version,
            "added_at": received_at.isoformat(), "content": reading.model_dump_json(by_alias=True),
        }  # fmt: skip
        with self._guarded(), self._writing() as connection:
            is_new = tables.insert_new(connection, tables.reports, row)
            if not tables.insert_new(connection, tables.readings, read):
                return Added(int(is_new), 0)
            return Added(int(is_new), tables.insert_stream(connection, claims, extractor))

    def as_of(self, day: Day | None = None) -> View:
        """Return all that was public by the end of a day (None: all that is there)."""
        return View(self, end_of_day(day).isoformat() if day else "9999", self.state())

    def state(self) -> str | None:
        """Return what tells what the ledger holds now from all that it held before or will; None where nothing does.

        Every change, by whatever program, moves SQLite's count of changes in the file's head, and the file's time.
        """
        path = Path(self.engine.url.database or "")
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD_BYTES)
            told = path.stat()
        except OSError:
            return None
        is_plain = head[:16] == b"SQLite format 3\0" and head[18:20] == _WRITTEN_IN_PLACE
        if not is_plain or any(path.with_name(path.name + left).exists() for left in ("-journal", "-wal")):
            return None  # a change may stand outside the file
        return f"{head.hex()}-{told.st_ino}-{told.st_size}-{told.st_mtime_ns}"

    def check(self) -> None:
        """Read every page of the database.

        Raises
        ------
        InputError
            If a page is damaged.
        """
        if self.engine.dialect.name != "sqlite":
            return
        with self._guarded(), self.engine.connect() as connection:
            verdict = connection.execute(sa.text("PRAGMA quick_check")).scalar_one()
        if verdict != "ok":
            raise self._damaged(str(verdict))

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            raise self._environment(error) from error
        except DatabaseError as error:
            if isinstance(error, IntegrityError):
                raise
            raise self._damaged(str(error.orig)) from error

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":  # take the write lock first: two writers queue, none is lost
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                if sa.inspect(connection).has_table("claims"):
                    tables.make_indexes(connection)
                yield connection
            except BaseException:  # an interruption too; raised again
                connection.rollback()
                raise
            connection.commit()

    def _make_tables(self) -> None:
        with self._guarded(), self._writing() as connection:
            tables.metadata.create_all(connection)
            connection.execute(tables.meta.insert().values(name="schema", value=str(SCHEMA_VERSION)))

    def _version(self, connection: sa.Connection) -> int | None:
        value = connection.execute(sa.select(tables.meta.c.value).where(tables.meta.c.name == "schema")).scalar()
        return None if value is None else int(value)

    def _environment(self, error: OperationalError) -> EnvironmentError_ | InputError:
        met = str(error.orig)
        fixes = {
            "readonly": "Make the folder writable, or copy the crisis to a folder that is.",
            "full": "Free some space on the disk; the ledger is as it was before.",
            "disk I/O": "Check that the disk works and has space; the ledger is as it was before.",
            "locked": "Another process is writing; try again when it has finished.",
            "unable to open": "Check that the folder exists and that you may write to it.",
        }
        fix = next((fix for sign, fix in fixes.items() if sign in met), None)
        if fix is None and any(sign in met for sign in ("malformed", "no such", "not a database")):
            return self._damaged(met)
        return EnvironmentError_(where=self.where, met=met, fix=fix or "Check the disk and the folder's permissions.")

    def _damaged(self, met: str) -> InputError:
        fix = f"Put back a copy of ledger.db; or {ADD_AGAIN}."
        return InputError(where=self.where, met=f"the ledger is damaged: {met}", fix=fix)


@dataclass(frozen=True)
class View:
    """What was public by one instant; asked by subject and kind."""

    ledger: Ledger
    until: str
    state: str | None = None
    """`Ledger.state` when it was made."""
    _read: dict[str, tuple[Any, ...]] = field(default_factory=dict, compare=False, repr=False)
    """All claims and all reports, if they were read: not read again while nothing is added."""

    @property
    def is_current(self) -> bool:
        """Whether the ledger surely holds what it held when the view was made, and nothing else."""
        return self.state is not None and self.ledger.state() == self.state

    def claims(
        self,
        *,
        subject: str | None = None,
        kind: str | None = None,
        predicate: str | None = None,
        on: Day | None = None,
        reviewed: bool = True,
    ) -> tuple[Claim, ...]:
        """Return claims by day known, report and position; of two versions of one extractor the newer is preferred.

        With `reviewed` the rejected ones are left out; the corrected ones read, and are asked, as corrected.
        """
        asked = (subject, kind, predicate, on)
        is_all = reviewed and all(each is None for each in asked)
        read = partial(self._claims, *asked, reviewed=reviewed)
        return self._once("claims", read) if is_all else read()

    def _claims(
        self, subject: str | None, kind: str | None, predicate: str | None, on: Day | None, *, reviewed: bool
    ) -> tuple[Claim, ...]:
        reviews = self._reviews() if reviewed and kind != "review" else {}
        asked = _asked(subject, kind, predicate, on)
        changed = [about for about, review in reviews.items() if review.verdict == "correct"]
        found = self._stored(sa.or_(asked, tables.claims.c.id.in_(changed)) if changed else asked)
        read = (corrected(claim, reviews.get(claim.id)) for claim in found if not _is_rejected(claim, reviews))
        return tuple(
            claim for claim in read if claim.id not in changed or _answers(claim, subject, kind, predicate, on)
        )

    def as_read(self) -> tuple[Claim, ...]:
        """Return the claims that a reviewer rejected or corrected, as they were read."""
        about = [claim_id for claim_id, review in self._reviews().items() if review.verdict != "accept"]
        return self._stored(tables.claims.c.id.in_(about)) if about else ()

    def claim(self, claim_id: str) -> Claim | None:
        """Return one claim by its id, as it was made; of several readings the newest."""
        columns = tables.claims.c
        query = sa.select(columns.claim).where(columns.id == claim_id, columns.known_at <= self.until)
        found = self._rows(query.order_by(columns.version.desc()))
        return load_claim(found[0].claim) if found else None

    def last_known(self) -> tuple[str | None, str | None]:
        """Return when the last claim and the last report of the view became known: views with the same are one."""
        columns = (table.c.known_at for table in (tables.claims, tables.reports))
        last = [self._rows(sa.select(sa.func.max(known)).where(known <= self.until))[0][0] for known in columns]
        return last[0], last[1]

    def last_day_of_table(self, report_id: str) -> Day | None:
        """Return the last day that a table's rows tell of, if it is one and all of them tell of days that are over."""
        columns = tables.claims.c
        of_it = (columns.report == report_id, columns.known_at <= self.until)
        rows = self._rows(sa.select(sa.func.json_extract(columns.claim, "$.source.row")).where(*of_it).limit(1))
        lasting = sa.select(columns.id).where(*of_it, columns.valid_until.is_(None)).limit(1)
        if not rows or rows[0][0] is None or self._rows(lasting):
            return None
        until = self._rows(sa.select(sa.func.max(columns.valid_until)).where(*of_it))[0][0]
        return dt.date.fromisoformat(until) - dt.timedelta(days=1)

    def n_claims(self) -> int:
        """Return how many readings of claims became known by then."""
        query = sa.select(sa.func.count()).where(tables.claims.c.known_at <= self.until)
        return int(self._rows(query)[0][0])

    def reports(self) -> tuple[Report, ...]:
        """Return the reports by day published."""
        return self._once("reports", self._reports)

    def _reports(self) -> tuple[Report, ...]:
        columns = tables.reports.c
        query = sa.select(columns.content).where(columns.known_at <= self.until)
        rows = self._rows(query.order_by(columns.known_at, columns.id))
        return tuple(tables.load_report(json.loads(row.content)) for row in rows)

    def report(self, report_id: str) -> Report | None:
        """Return one report by its id."""
        columns = tables.reports.c
        rows = self._rows(sa.select(columns.content).where(columns.id == report_id, columns.known_at <= self.until))
        return tables.load_report(json.loads(rows[0].content)) if rows else None

    def readings(self, report_id: str | None = None) -> tuple[Reading, ...]:
        """Return the newest reading of each report, or of one, in the order of `reports`."""
        columns = tables.readings.c
        query = (
            sa.select(columns.report, columns.content)
            .join(tables.reports, tables.reports.c.id == columns.report)
            .where(tables.reports.c.known_at <= self.until)
            .order_by(tables.reports.c.known_at, tables.reports.c.id, columns.version, columns.added_at)
        )
        query = query if report_id is None else query.where(columns.report == report_id)
        newest = {row.report: row.content for row in self._rows(query)}
        return tuple(Reading.model_validate_json(content) for content in newest.values())

    def reading_by(self, report_id: str, extractor: str) -> Reading | None:
        """Return what one version of an extractor, or a later one, read in a report; None if none has read it."""
        name, version = versioned(extractor)
        columns = tables.readings.c
        query = sa.select(columns.content).where(
            columns.report == report_id, columns.extractor == name, columns.version >= version
        )
        rows = self._rows(query.order_by(columns.version.desc()))
        return Reading.model_validate_json(rows[0].content) if rows else None

    def _once(self, name: str, read: Callable[[], tuple[Value, ...]]) -> tuple[Value, ...]:
        """Return what was read of the view before, if the ledger holds the same; else read it."""
        if name not in self._read or not self.is_current:
            self._read[name] = read()
        return self._read[name]

    def _stored(self, asked: sa.ColumnElement[bool]) -> tuple[Claim, ...]:
        columns = tables.claims.c
        query = sa.select(columns.claim).where(columns.known_at <= self.until, ~tables.superseded(self.until), asked)
        rows = self._rows(query.order_by(columns.known_at, columns.report, columns.position, columns.id))
        return tuple({claim.id: claim for claim in (load_claim(row.claim) for row in rows)}.values())

    def _reviews(self) -> dict[str, Review]:
        """Return the latest review of each claim that was reviewed."""
        acts = (claim.content for claim in self._stored(tables.claims.c.id.in_(tables.REVIEWS)))
        return {content.about: content for content in acts if isinstance(content, Review)}

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self.ledger._guarded(), self.ledger.engine.connect() as connection:
            return connection.execute(query).all()


def _asked(subject: str | None, kind: str | None, predicate: str | None, on: Day | None) -> sa.ColumnElement[bool]:
    columns = tables.claims.c
    wanted = [column == value for column, value in ((columns.kind, kind), (columns.predicate, predicate)) if value]
    if subject is not None:
        about = sa.select(tables.subjects.c.claim).where(tables.subjects.c.subject == subject)
        wanted.append(columns.id.in_(about))
    if on is not None:
        wanted.append(tables.holds_on(on))
    return sa.and_(sa.true(), *wanted)


def _answers(claim: Claim, subject: str | None, kind: str | None, predicate: str | None, on: Day | None) -> bool:
    """Whether a claim, as corrected, is one of those asked for."""
    return (
        (subject is None or subject in claim.subjects)
        and kind in (None, claim.kind)
        and predicate in (None, claim.predicate)
        and (on is None or on in claim.valid)
    )


def _is_rejected(claim: Claim, reviews: dict[str, Review]) -> bool:
    return claim.id in reviews and reviews[claim.id].verdict == "reject"


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": LOCK_WAIT_SECONDS}, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    return engine
