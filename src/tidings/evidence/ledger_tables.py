"""The tables of the ledger, and how reports and claims become their rows."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from tidings.core.dates import Day, end_of_day
from tidings.core.errors import InputError
from tidings.core.ids import ReportId
from tidings.evidence.claim import Claim, Reviewer, TableRow, TextSpan
from tidings.evidence.claim_json import dump_claim
from tidings.evidence.reading import Reading
from tidings.evidence.report import Report

SCHEMA_VERSION = 2
CLAIMS_AT_ONCE = 1000
"""Claims that one statement inserts, where they come as a stream."""
MOST_ASKED = 500
"""Ids in one question to the database, which takes a limited number."""

metadata = sa.MetaData()
meta = sa.Table("meta", metadata, sa.Column("name", sa.String(40), primary_key=True), sa.Column("value", sa.String(40)))
reports = sa.Table(
    "reports",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("known_at", sa.String(32), nullable=False, index=True),
    sa.Column("received_at", sa.String(32), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)
readings = sa.Table(
    "readings",
    metadata,
    sa.Column("report", sa.String(64), sa.ForeignKey("reports.id"), primary_key=True),
    sa.Column("extractor", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("added_at", sa.String(32), nullable=False),
    sa.Column("content", sa.Text, nullable=False),
)
claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.String(24), primary_key=True),
    # What a later version reads again keeps its id, so that its reviews stay, and gets a row of its own.
    sa.Column("extractor", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("predicate", sa.String(40), nullable=False, index=True),
    sa.Column("certainty", sa.String(12), nullable=False),
    sa.Column("report", sa.String(64)),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("known_at", sa.String(32), nullable=False, index=True),
    sa.Column("valid_from", sa.String(10)),
    sa.Column("valid_until", sa.String(10)),
    sa.Column("claim", sa.Text, nullable=False),
    sa.Index("claims_by_report", "report", "extractor", "version"),
)
IS_REVIEW = claims.c.kind == sa.literal_column("'review'")
"""In these very words, for the index of the reviews to be used."""
REVIEWS = sa.select(claims.c.id).where(IS_REVIEW)
_reviews = sa.Index("claims_that_review", claims.c.id, sqlite_where=IS_REVIEW)
subjects = sa.Table(
    "subjects",
    metadata,
    sa.Column("subject", sa.String(120), primary_key=True),
    sa.Column("claim", sa.String(24), primary_key=True),
)
_leaving = {table.name: insert(table).on_conflict_do_nothing() for table in (reports, readings, claims, subjects)}
"""By table: an insertion that leaves what is there."""


def versioned(extractor: str) -> tuple[str, int]:
    """Return the name and version of an extractor.

    Examples
    --------
    >>> versioned("figures@2"), versioned("figures")
    (('figures', 2), ('figures', 1))
    """
    name, _, version = extractor.partition("@")
    return name, int(version or 1)


def insert_new(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    """Insert a row; where its key is there already, leave what is there and return False."""
    return connection.execute(_leaving[table.name], row).rowcount > 0


def insert_claims(connection: sa.Connection, new: Iterable[Claim], extractor: str | None = None) -> int:
    """Insert claims as read by an extractor (by default each by its own); return how many ids were not there before."""
    told = tuple(new)
    if not told:
        return 0
    there = _ids_there(connection, dict.fromkeys(str(claim.id) for claim in told))
    first = {str(claim.id): claim for claim in reversed(told) if claim.id not in there}
    connection.execute(_leaving["claims"], [claim_row(claim, extractor or claim.extractor) for claim in told])
    about = [{"subject": subject, "claim": claim.id} for claim in first.values() for subject in claim.subjects]
    if about:
        connection.execute(_leaving["subjects"], about)
    return len(first)


def _ids_there(connection: sa.Connection, ids: Iterable[str]) -> set[str]:
    """Return which claims are in the ledger already."""
    asked = list(ids)
    parts = (asked[at : at + MOST_ASKED] for at in range(0, len(asked), MOST_ASKED))
    return {row.id for part in parts for row in connection.execute(sa.select(claims.c.id).where(claims.c.id.in_(part)))}


def make_indexes(connection: sa.Connection) -> None:
    """Make the indexes that a ledger written before them lacks: they hold nothing that the tables do not."""
    _reviews.create(connection, checkfirst=True)


def report_row(report: Report, received_at: dt.datetime) -> dict[str, Any]:
    """Return a report as a row.

    Raises
    ------
    InputError
        If it has no date of publication.
    """
    if report.published is None:
        raise InputError(
            where=report.name, met="the report has no date of publication", fix="Give it: --published YYYY-MM-DD."
        )
    return {
        "id": report.id, "known_at": end_of_day(report.published).isoformat(),
        "received_at": received_at.isoformat(), "content": json.dumps(report_record(report), ensure_ascii=False),
    }  # fmt: skip


def reading_row(
    report: Report, reading: Reading, read: Iterable[Claim], received_at: dt.datetime, extractor: str | None
) -> dict[str, Any]:
    """Return what was read in a report as a row; without an extractor as a reading made by hand."""
    by_hand = ("hand", max((versioned(claim.extractor)[1] for claim in read), default=1))
    name, version = versioned(extractor) if extractor else by_hand
    return {
        "report": report.id, "extractor": name, "version": version,
        "added_at": received_at.isoformat(), "content": reading.model_dump_json(by_alias=True),
    }  # fmt: skip


def insert_stream(connection: sa.Connection, new: Iterable[Claim], extractor: str) -> int:
    """Insert claims as they come, those whose ids are there left as they are; return how many were new."""
    add_claims = claims.insert().prefix_with("OR IGNORE", dialect="sqlite")
    add_subjects = subjects.insert().prefix_with("OR IGNORE", dialect="sqlite")
    count = sa.select(sa.func.count()).select_from(claims)
    before = connection.execute(count).scalar_one()
    coming = iter(new)
    while chunk := tuple(itertools.islice(coming, CLAIMS_AT_ONCE)):
        connection.execute(add_claims, [claim_row(claim, extractor) for claim in chunk])
        about = [{"subject": subject, "claim": claim.id} for claim in chunk for subject in claim.subjects]
        if about:
            connection.execute(add_subjects, about)
    added: int = connection.execute(count).scalar_one() - before
    return added


def claim_row(claim: Claim, extractor: str) -> dict[str, Any]:
    """Return a claim as the row that an extractor's reading adds."""
    name, version = versioned(extractor)
    source = claim.source
    position = source.start if isinstance(source, TextSpan) else source.row if isinstance(source, TableRow) else 0
    return {
        "id": claim.id,
        "extractor": name,
        "version": version,
        "kind": claim.kind,
        "predicate": claim.predicate,
        "certainty": claim.certainty,
        "report": None if isinstance(source, Reviewer) else source.report,
        "position": position,
        "known_at": claim.known_at.isoformat(),
        "valid_from": claim.valid.from_.isoformat() if claim.valid.from_ else None,
        "valid_until": claim.valid.until.isoformat() if claim.valid.until else None,
        "claim": dump_claim(claim),
    }


def superseded(until: str) -> sa.ColumnElement[bool]:
    """Whether a later version of the same extractor has read the claim's report, even if it found nothing there."""
    newer = claims.alias("newer")
    by_claims = sa.exists().where(
        newer.c.report == claims.c.report,
        newer.c.extractor == claims.c.extractor,
        newer.c.version > claims.c.version,
        newer.c.known_at <= until,
    )
    by_reading = sa.exists().where(
        readings.c.report == claims.c.report,
        readings.c.extractor == claims.c.extractor,
        readings.c.version > claims.c.version,
    )
    return sa.or_(by_claims, by_reading)


def holds_on(day: Day) -> sa.ColumnElement[bool]:
    """Whether a claim holds on a day."""
    iso = day.isoformat()
    return sa.and_(
        sa.or_(claims.c.valid_from.is_(None), claims.c.valid_from <= iso),
        sa.or_(claims.c.valid_until.is_(None), claims.c.valid_until > iso),
    )


def report_record(report: Report) -> dict[str, Any]:
    """Return a report as plain JSON values."""
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


def load_report(record: dict[str, Any]) -> Report:
    """Return the report of a record."""
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
