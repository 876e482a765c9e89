"""From a reading to claims: one claim for each figure, event and relation, with its words as the source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tidings.core.dates import DateSpan
from tidings.core.ids import ClaimId, PartyId, ReportId, content_id
from tidings.evidence.claim import Claim, Content, TextSpan
from tidings.evidence.reading import Attribution, Event, Figure, Reading, RelationRecord, When
from tidings.evidence.report import Report

LOCAL_FIELDS = frozenset(["id", "attribution", "same_as"])
"""Numbering inside one reading: it must not change a claim's id."""
LASTING_EVENTS = frozenset(["position", "siege", "headquarters"])
"""Events that tell a state: it holds from its day on, with an open end."""
VERSIONS: Mapping[str, int] = {"figures": 1, "events": 1, "relations": 1}


def claims_of(reading: Reading, report: Report, *, known_at: dt.datetime) -> tuple[Claim, ...]:
    """Return the claims of a reading.

    Parameters
    ----------
    reading
        What was read in the report.
    report
        The report.
    known_at
        When it became public (UTC); what `as_of` compares.

    Returns
    -------
    tuple
        One claim for each figure, event and relation. The id depends on the report, the words and the content alone:
        the same report read twice gives the same ids.
    """
    voices = {attribution.id: attribution for attribution in reading.attributions}
    made = [
        *(_claim(figure, "figures", report, voices, known_at) for figure in reading.figures),
        *(_claim(event, "events", report, voices, known_at) for event in reading.events),
        *(_claim(relation, "relations", report, voices, known_at) for relation in reading.relations),
    ]
    return tuple({claim.id: claim for claim in made}.values())


def _claim(
    content: Figure | Event | RelationRecord,
    extractor: str,
    report: Report,
    voices: Mapping[str, Attribution],
    known_at: dt.datetime,
) -> Claim:
    voice = voices.get(content.attribution or "")
    return Claim(
        id=claim_id(content, report.id),
        content=content,
        certainty=content.certainty,
        speakers=tuple(PartyId(speaker) for speaker in voice.speakers) if voice else (),
        relayed_by=PartyId(voice.relayed_by) if voice and voice.relayed_by else None,
        source=TextSpan(report=report.id, start=content.start, end=content.end),
        valid=valid_span(content, report.published, known_at),
        known_at=known_at,
        extractor=f"{extractor}@{VERSIONS[extractor]}",
    )


def claim_id(content: Content, report: ReportId) -> ClaimId:
    """Return the id of what a report says: it does not depend on the numbering inside a reading."""
    fields: dict[str, Any] = content.model_dump(mode="json", by_alias=True, exclude=set(LOCAL_FIELDS))
    if fields.get("household_size") is None:
        fields.pop("household_size", None)  # told by tables only: the ids of what reports say do not hang on it
    if fields.get("condition"):
        fields["condition"].pop("event", None)
    return ClaimId(content_id("c", {"report": report, "kind": type(content).__name__, "content": fields}))


def valid_span(content: Figure | Event | RelationRecord, published: dt.date | None, known_at: dt.datetime) -> DateSpan:
    """Return the days on which a claim holds.

    A stock, a relation and a lasting event hold from their day on; other events and flows on the days told. What has
    no day of its own is taken for the day of publication, or the day on which it became known. A stock told for a time
    that is over ("before the war") ends with it: it does not hold today.
    """
    when: When | None = content.period if isinstance(content, Figure) else content.when
    day = published or (known_at - dt.timedelta(microseconds=1)).date()
    start = when.from_ if when else None
    if isinstance(content, Figure) and when and when.from_ is None and when.until:
        return DateSpan.of(None, when.until)
    if _lasts(content):
        return DateSpan.of(start or day, None)
    if when is None or (when.from_ is None and when.until is None):
        return DateSpan.on(day)
    return DateSpan.of(when.from_, when.until)


def _lasts(content: Figure | Event | RelationRecord) -> bool:
    if isinstance(content, Figure):
        return content.measure == "stock"
    return isinstance(content, RelationRecord) or content.type in LASTING_EVENTS
