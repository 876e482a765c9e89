"""Readings of own sentences for the tests of parties, places, events and relations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from tidings.core.ids import ReportId
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.reading import Event, PartyRecord, PlaceRecord, Reading
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

PUBLISHED = dt.date(2031, 3, 6)
"""A Thursday."""


@dataclass(frozen=True)
class Read:
    """A reading and the text that it was made of."""

    text: str
    reading: Reading

    def words(self, record: PartyRecord | PlaceRecord) -> list[str]:
        return [self.text[start:end] for start, end in record.mentions]

    def place(self, place: str) -> PlaceRecord:
        return next(record for record in self.reading.places if record.id == place)

    def party(self, party: str) -> PartyRecord:
        return next(record for record in self.reading.parties if record.id == party)

    def names(self, ids: tuple[str, ...]) -> list[str]:
        known = {record.id: record.name for record in (*self.reading.places, *self.reading.parties)}
        return [known[each] for each in ids]

    def places(self) -> set[str]:
        return {record.id for record in self.reading.places}

    def parties(self) -> set[str]:
        return {record.id for record in self.reading.parties}

    def events(self, kind: str) -> list[Event]:
        return [event for event in self.reading.events if event.type == kind]

    def ties(self, relation: str) -> set[tuple[str, str]]:
        return {(tie.subject, tie.object) for tie in self.reading.relations if tie.relation == relation}


def read(
    text: str, gazetteer: Gazetteer, countries: tuple[str, ...] = ("SYR", "TUR"), crisis: Crisis | None = None
) -> Read:
    """Read a text as a report of the day `PUBLISHED`."""
    report = Report(id=ReportId("r"), name="-", text=text, published=PUBLISHED, language="en")
    return Read(text, read_report(report, gazetteer, countries=countries, crisis=crisis))


def crisis_of(
    places: tuple[Place, ...] = (),
    crossings: tuple[Crossing, ...] = (),
    parties: tuple[Party, ...] = (),
    roads: tuple[Road, ...] = (),
    countries: tuple[str, ...] = ("SYR", "TUR"),
) -> Crisis:
    """Return a crisis with these rows."""
    settings = Settings(title="Test", countries=countries)
    return Crisis(Path("."), settings, Geography(places=places, crossings=crossings, roads=roads), parties)
