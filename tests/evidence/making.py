"""Reports, readings and claims made by hand for tests; the places and parties are invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tidings.core.dates import DateSpan, end_of_day
from tidings.core.ids import ClaimId, PartyId, ReportId, content_id, sha256_of
from tidings.evidence.claim import Claim, Content, State, TextSpan
from tidings.evidence.reading import Event, Figure, Reading, RelationRecord, ReportRecord
from tidings.evidence.report import Report

DAY = dt.date(2031, 3, 1)


def report_of(text: str, published: dt.date | None = DAY, **fields: Any) -> Report:
    return Report(id=ReportId(sha256_of(text.encode())), name="report.txt", text=text, published=published, **fields)


def reading_of(report: Report, **records: Any) -> Reading:
    record = ReportRecord(id=report.id, published=report.published, characters=len(report.text))
    return Reading(report=record, **records)


def state(subject: str, predicate: str, value: str) -> State:
    return State.model_validate({"subject": subject, "predicate": predicate, "value": value})


def event(type_: str, places: tuple[str, ...] = (), actors: tuple[str, ...] = (), **fields: Any) -> Event:
    return Event.model_validate(
        {"id": "e1", "type": type_, "start": 0, "end": 3, "text": "one", "places": places, "actors": actors, **fields}
    )


def controls(party: str, place: str) -> RelationRecord:
    return RelationRecord(subject=party, relation="controls", object=place, start=0, end=3)


def relation(subject: str, kind: str, object_: str) -> RelationRecord:
    return RelationRecord.model_validate(
        {"subject": subject, "relation": kind, "object": object_, "start": 0, "end": 3}
    )


def figure(status: str, value: float | None, at: tuple[str, ...] = (), **fields: Any) -> Figure:
    return Figure.model_validate(
        {
            "id": "f1", "start": 0, "end": 3, "text": "one", "value": value, "status": status, "measure": "stock",
            "at": at, **fields,
        }
    )  # fmt: skip


def claim_of(
    report: Report,
    content: Content,
    *,
    certainty: str = "stated",
    speakers: tuple[str, ...] = (),
    valid_from: dt.date | None = None,
    extractor: str = "test@1",
    start: int = 0,
) -> Claim:
    published = report.published or DAY
    identity = [content.model_dump(mode="json"), certainty, speakers, str(valid_from), report.id, extractor, start]
    return Claim(
        id=ClaimId(content_id("c", identity)),
        content=content,
        certainty=certainty,  # type: ignore[arg-type]
        speakers=tuple(PartyId(speaker) for speaker in speakers),
        relayed_by=None,
        source=TextSpan(report=report.id, start=start, end=start + 3),
        valid=DateSpan.of(valid_from or published),
        known_at=end_of_day(published),
        extractor=extractor,
    )
