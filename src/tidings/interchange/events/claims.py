"""From a row of an event table to claims: that it happened, and how many were killed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tidings.core.dates import DateSpan
from tidings.core.ids import ClaimId, content_id
from tidings.evidence.claim import Claim, TableRow
from tidings.evidence.reading import Event, Figure, PlaceRecord, When
from tidings.evidence.report import Report
from tidings.interchange.events.parties import EventParties
from tidings.interchange.events.places import EventPlaces
from tidings.interchange.events.rows import EventRow, Foreign


def claims_of_row(
    row: EventRow,
    number: int,
    report: Report,
    table: Foreign,
    places: EventPlaces,
    parties: EventParties,
    *,
    known_at: dt.datetime,
) -> Iterator[Claim]:
    """Yield the claims of one row.

    Their ids hang on the table's kind, its own id of the event and what the row says, not on the file: an event that a
    later file tells in the same way is the same claim.

    Parameters
    ----------
    number
        The row of the report's text; 0 is the header.
    known_at
        When the row became public (UTC).
    """
    place = places.of(row.place)
    source = TableRow(report=report.id, row=number)
    contents: tuple[Event | Figure, ...] = (_event(row, place, parties), *_killed(row, place))
    for content in contents:
        yield Claim(
            id=_claim_id(content, row, table),
            content=content,
            certainty="claimed",
            source=source,
            valid=DateSpan.of(row.first, row.until),
            known_at=known_at,
            extractor=table.extractor,
        )


def _claim_id(content: Event | Figure, row: EventRow, table: Foreign) -> ClaimId:
    """Return the id of what a row says, in the table's own words: how our tables name its place may change."""
    place, deaths = row.place, row.deaths
    told: list[object] = [place.name, place.precision, place.country, place.lat, place.lon, row.first, row.until]
    if isinstance(content, Event):
        told += [row.words, [actor.name for actor in row.actors], [target.name for target in row.targets]]
    elif deaths:
        told += [deaths.best, deaths.low, deaths.high]
    return ClaimId(content_id("c", [table.kind, row.event, type(content).__name__, told]))


def _event(row: EventRow, place: PlaceRecord, parties: EventParties) -> Event:
    return Event(
        id="",
        type=row.type,
        start=0,
        end=0,
        text=row.words,
        actors=_ids(parties, row, "actors"),
        targets=_ids(parties, row, "targets"),
        places=(place.id,),
        when=_when(row),
        certainty="claimed",
    )


def _ids(parties: EventParties, row: EventRow, role: str) -> tuple[str, ...]:
    told = row.actors if role == "actors" else row.targets
    return tuple(dict.fromkeys(parties.of(actor).id for actor in told))


def _killed(row: EventRow, place: PlaceRecord) -> Iterator[Figure]:
    """Yield the number killed where the row tells one: a flow of the days of the event, in persons."""
    if row.deaths is None:
        return
    deaths = row.deaths
    is_range = deaths.low is not None and deaths.high is not None and deaths.low != deaths.high
    yield Figure(
        id="",
        start=0,
        end=0,
        text=str(deaths.best),
        value=deaths.best,
        low=deaths.low,
        high=deaths.high,
        quantifier="between" if is_range else "exact",
        unit="person",
        status="killed",
        measure="flow",
        certainty="claimed",
        at=(place.id,),
        extent="around" if row.place.precision == "around" else "whole",
        period=_when(row),
    )


def _when(row: EventRow) -> When:
    return When.model_validate({"from": row.first, "until": row.until})
