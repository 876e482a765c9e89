"""The ledger: an append-only store of claims. `Ledger.as_of` is its only reader."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from tidings.core.dates import DateSpan, Day, end_of_day
from tidings.core.errors import EnvironmentError_, InputError
from tidings.core.ids import ClaimId, PartyId, ReportId
from tidings.evidence.claim import Claim, Content, Review, Reviewer, State, TableRow, TextSpan
from tidings.evidence.reading import Event, Figure, Reading, RelationRecord
from tidings.evidence.report import Report

SCHEMA_VERSION = 1
LOCK_WAIT_SECONDS = 60

_metadata = sa.MetaData()
_meta = sa.Table(
    "meta", _metadata, sa.Column("name", sa.String(40), primary_key=True), sa.Column("value", sa.String(40))
)
_reports = sa.Table(
    "reports",
    _metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("known_at", sa.String(32), nullable=False, index=True),
    sa.Column("received_at", sa.String(32), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)
_readings = sa.Table(
    "readings",
    _metadata,
    sa.Column("report", sa.String(64), sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("extractor", sa.String(40), primary_key=True),
    sa.Column("added_at", sa.String(32), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)
_claims = sa.Table(
    "claims",
    _metadata,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("predicate", sa.String(40), nullable=False, index=True),
    sa.Column("certainty", sa.String(12), nullable=False),
    sa.Column("report", sa.String(64)),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("known_at", sa.String(32), nullable=False, index=True),
    sa.Column("valid_from", sa.String(10)),
    sa.Column("valid_until", sa.String(10)),
    sa.Column("extractor", sa.String(40), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("claim", sa.Text, nullable=False),
    sa.Index("claims_by_report", "report", "extractor", "version"),
)
_subjects = sa.Table(
    "subjects",
    _metadata,
    sa.Column("subject", sa.String(120), primary_key=True),
    sa.Column("claim", sa.String(24), sa.ForeignKey("claims.id"), primary_key=True),
)

_SPAN_SOURCE: TypeAdapter[TextSpan | TableRow | Reviewer] = TypeAdapter(TextSpan | TableRow | Reviewer)
_CONTENT: dict[str, type[Content]] = {
    "figure": Figure, "event": Event, "relation": RelationRecord, "state": State, "review": Review
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Added:
    """What an append changed."""

    n_reports: int = 0
    n_claims: int = 0


@dataclass(frozen=True)
class Ledger:
    """Claims in one database. Nothing stored is ever edited or removed."""

    engine: sa.Engine
    where: str

    @classmethod
    def create(cls, path: Path) -> Ledger:
        """Make an empty ledger, or open the one that is there."""
        if path.exists():
            return cls.open(path)
        ledger = cls(_engine(f"sqlite:///{path}"), str(path))
        with ledger._guarded(), ledger._writing() as connection:
            _metadata.create_all(connection)
            if ledger._version(connection) is None:
                connection.execute(_meta.insert().values(name="schema", value=str(SCHEMA_VERSION)))
        return ledger

    @classmethod
    def open(cls, path: Path) -> Ledger:
        """Open a ledger that exists.

        Raises
        ------
        InputError
            If there is none, if it is damaged, or if a newer Tidings wrote it.
        """
        if not path.exists():
            raise InputError(where=str(path), met="there is no ledger", fix="Add a report first: tidings add DIR FILE.")
        ledger = cls(_engine(f"sqlite:///{path}"), str(path))
        with ledger._guarded(), ledger.engine.connect() as connection:
            version = ledger._version(connection) if sa.inspect(connection).has_table("meta") else None
        if version is None:
            raise ledger._damaged("it holds no Tidings tables (empty or cut short)")
        if version > SCHEMA_VERSION:
            raise InputError(
                where=str(path),
                met=f"the ledger has schema {version}, this Tidings knows {SCHEMA_VERSION}",
                fix="Update Tidings.",
            )
        return ledger

    def append(self, report: Report, reading: Reading, claims: Sequence[Claim], *, received_at: dt.datetime) -> Added:
        """Add a report, what was read in it, and its claims, in one transaction; what is there stays as it is."""
        if report.published is None:
            raise InputError(
                where=report.name, met="the report has no date of publication", fix="Give it: --published YYYY-MM-DD."
            )
        row = {
            "id": report.id, "known_at": end_of_day(report.published).isoformat(),
            "received_at": received_at.isoformat(), "content": json.dumps(_report_record(report), ensure_ascii=False),
        }  # fmt: skip
        read = {
            "report": report.id, "extractor": claims[0].extractor if claims else "none",
            "added_at": received_at.isoformat(), "content": reading.model_dump_json(by_alias=True),
        }  # fmt: skip
        with self._guarded(), self._writing() as connection:
            n_reports = _insert_new(connection, _reports, row)
            _insert_new(connection, _readings, read)
            return Added(n_reports, _insert_claims(connection, claims))

    def append_claims(self, claims: Sequence[Claim]) -> Added:
        """Add claims that come from no report: a reviewer's acts, the rows of a table."""
        with self._guarded(), self._writing() as connection:
            return Added(0, _insert_claims(connection, claims))

    def as_of(self, day: Day | None = None) -> View:
        """Return all that was public by the end of a day (None: all that is there)."""
        return View(self, end_of_day(day).isoformat() if day else "9999")

    def check(self) -> None:
        """Read every page of the database.

        Raises
        ------
        InputError
            If a page is damaged.
        """
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
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # take the write lock first: two writers queue, none is lost
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def _version(self, connection: sa.Connection) -> int | None:
        value = connection.execute(sa.select(_meta.c.value).where(_meta.c.name == "schema")).scalar()
        return None if value is None else int(value)

    def _environment(self, error: OperationalError) -> EnvironmentError_ | InputError:
        met = str(error.orig)
        fixes = {
            "readonly": "Make the folder writable, or copy the crisis to a folder that is.",
            "full": "Free some space on the disk; the ledger is as it was before.",
            "locked": "Another process is writing; try again when it has finished.",
            "unable to open": "Check that the folder exists and that you may write to it.",
        }
        fix = next((fix for sign, fix in fixes.items() if sign in met), None)
        if fix is None and any(sign in met for sign in ("malformed", "no such", "not a database")):
            return self._damaged(met)
        return EnvironmentError_(where=self.where, met=met, fix=fix or "Check the disk and the folder's permissions.")

    def _damaged(self, met: str) -> InputError:
        return InputError(
            where=self.where,
            met=f"the ledger is damaged: {met}",
            fix="Put back a copy of ledger.db; or move it aside and add the files of reports/ again (tidings add).",
        )


@dataclass(frozen=True)
class View:
    """What was public by one instant; asked by subject and kind."""

    ledger: Ledger
    until: str

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

        With `reviewed` the rejected ones are left out and the corrected ones read as corrected.
        """
        query = sa.select(_claims.c.claim).where(_claims.c.known_at <= self.until, ~_superseded(self.until))
        for column, wanted in ((_claims.c.kind, kind), (_claims.c.predicate, predicate)):
            if wanted is not None:
                query = query.where(column == wanted)
        if subject is not None:
            query = query.where(_claims.c.id.in_(sa.select(_subjects.c.claim).where(_subjects.c.subject == subject)))
        if on is not None:
            query = query.where(_holds_on(on))
        query = query.order_by(_claims.c.known_at, _claims.c.report, _claims.c.position, _claims.c.id)
        with self.ledger._guarded(), self.ledger.engine.connect() as connection:
            found = tuple(load_claim(text) for text in connection.execute(query).scalars())
        return self._reviewed(found) if reviewed and kind != "review" else found

    def claim(self, claim_id: str) -> Claim | None:
        """Return one claim by its id, as it was made."""
        query = sa.select(_claims.c.claim).where(_claims.c.id == claim_id, _claims.c.known_at <= self.until)
        with self.ledger._guarded(), self.ledger.engine.connect() as connection:
            text = connection.execute(query).scalar()
        return None if text is None else load_claim(text)

    def reports(self) -> tuple[Report, ...]:
        """Return the reports by day published."""
        query = sa.select(_reports.c.content).where(_reports.c.known_at <= self.until)
        with self.ledger._guarded(), self.ledger.engine.connect() as connection:
            rows = connection.execute(query.order_by(_reports.c.known_at, _reports.c.id)).scalars()
            return tuple(_load_report(json.loads(row)) for row in rows)

    def readings(self) -> tuple[Reading, ...]:
        """Return the newest reading of each report, in the order of `reports`."""
        query = (
            sa.select(_readings.c.report, _readings.c.content)
            .join(_reports, _reports.c.id == _readings.c.report)
            .where(_reports.c.known_at <= self.until)
            .order_by(_reports.c.known_at, _reports.c.id, _readings.c.added_at)
        )
        with self.ledger._guarded(), self.ledger.engine.connect() as connection:
            newest = {row.report: row.content for row in connection.execute(query)}
        return tuple(Reading.model_validate_json(content) for content in newest.values())

    def _reviewed(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        verdicts = {
            claim.content.about: claim.content
            for claim in self.claims(kind="review", reviewed=False)
            if isinstance(claim.content, Review)
        }
        return tuple(_apply(claim, verdicts.get(claim.id)) for claim in claims if not _is_rejected(claim, verdicts))


def dump_claim(claim: Claim) -> str:
    """Return a claim as canonical JSON."""
    record = claim_record(claim)
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def claim_record(claim: Claim) -> dict[str, Any]:
    """Return a claim as plain JSON values."""
    return {
        "id": claim.id,
        "kind": claim.kind,
        "predicate": claim.predicate,
        "content": claim.content.model_dump(mode="json", by_alias=True),
        "certainty": claim.certainty,
        "speakers": list(claim.speakers),
        "relayed_by": claim.relayed_by,
        "source": claim.source.model_dump(mode="json"),
        "valid": claim.valid.model_dump(mode="json", by_alias=True),
        "known_at": claim.known_at.isoformat(),
        "extractor": claim.extractor,
    }


def load_claim(text: str) -> Claim:
    """Read a claim from its JSON."""
    record = json.loads(text)
    return Claim(
        id=ClaimId(record["id"]),
        content=_CONTENT[record["kind"]].model_validate(record["content"]),
        certainty=record["certainty"],
        speakers=tuple(PartyId(speaker) for speaker in record["speakers"]),
        relayed_by=record["relayed_by"],
        source=_SPAN_SOURCE.validate_python(record["source"]),
        valid=DateSpan.model_validate(record["valid"]),
        known_at=dt.datetime.fromisoformat(record["known_at"]),
        extractor=record["extractor"],
    )


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": LOCK_WAIT_SECONDS}, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    return engine


def _insert_new(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> int:
    keys = [column == row[column.name] for column in table.primary_key.columns]
    if connection.execute(sa.select(sa.literal(1)).select_from(table).where(*keys)).first():
        return 0
    connection.execute(table.insert().values(row))
    return 1


def _insert_claims(connection: sa.Connection, claims: Sequence[Claim]) -> int:
    added = 0
    for claim in claims:
        if _insert_new(connection, _claims, _claim_row(claim)):
            added += 1
            subjects = [{"subject": subject, "claim": claim.id} for subject in claim.subjects]
            if subjects:
                connection.execute(_subjects.insert(), subjects)
    return added


def _claim_row(claim: Claim) -> dict[str, Any]:
    extractor, _, version = claim.extractor.partition("@")
    source = claim.source
    position = source.start if isinstance(source, TextSpan) else source.row if isinstance(source, TableRow) else 0
    return {
        "id": claim.id,
        "kind": claim.kind,
        "predicate": claim.predicate,
        "certainty": claim.certainty,
        "report": None if isinstance(source, Reviewer) else source.report,
        "position": position,
        "known_at": claim.known_at.isoformat(),
        "valid_from": claim.valid.from_.isoformat() if claim.valid.from_ else None,
        "valid_until": claim.valid.until.isoformat() if claim.valid.until else None,
        "extractor": extractor,
        "version": int(version or 1),
        "claim": dump_claim(claim),
    }


def _superseded(until: str) -> sa.ColumnElement[bool]:
    newer = _claims.alias("newer")
    return (
        sa.select(sa.literal(1))
        .where(
            newer.c.report == _claims.c.report,
            newer.c.extractor == _claims.c.extractor,
            newer.c.version > _claims.c.version,
            newer.c.known_at <= until,
        )
        .exists()
    )


def _holds_on(day: Day) -> sa.ColumnElement[bool]:
    iso = day.isoformat()
    return sa.and_(
        sa.or_(_claims.c.valid_from.is_(None), _claims.c.valid_from <= iso),
        sa.or_(_claims.c.valid_until.is_(None), _claims.c.valid_until > iso),
    )


def _is_rejected(claim: Claim, verdicts: dict[ClaimId, Review]) -> bool:
    return claim.id in verdicts and verdicts[claim.id].verdict == "reject"


def _apply(claim: Claim, review: Review | None) -> Claim:
    if review is None or review.verdict != "correct" or review.correction is None:
        return claim
    content = type(claim.content).model_validate_json(review.correction)
    certainty = getattr(content, "certainty", claim.certainty)
    return replace(claim, content=content, certainty=certainty)


def _report_record(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "name": report.name,
        "text": report.text,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "furniture": report.furniture,
        "warnings": report.warnings,
    }


def _load_report(record: dict[str, Any]) -> Report:
    return Report(
        id=ReportId(record["id"]),
        name=record["name"],
        text=record["text"],
        title=record["title"],
        publisher=record["publisher"],
        published=dt.date.fromisoformat(record["published"]) if record["published"] else None,
        language=record["language"],
        furniture=tuple((start, end) for start, end in record["furniture"]),
        warnings=tuple(record["warnings"]),
    )
