"""The reading of one report, from its words to the document `tidings/reading@1`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tidings.crisis.crisis import Crisis
from tidings.evidence.extract.attributions import find_speakers
from tidings.evidence.extract.cleaning import clean
from tidings.evidence.extract.disagreements import find_disagreements
from tidings.evidence.extract.events import find_events
from tidings.evidence.extract.figures import figures_without_status, find_figures
from tidings.evidence.extract.long_reports import joined, parts_of, read_with_names
from tidings.evidence.extract.mentions import Mentions
from tidings.evidence.extract.parties import find_parties
from tidings.evidence.extract.party_sides import with_parents
from tidings.evidence.extract.places import countries_told, find_places, most_told, places_unresolved
from tidings.evidence.extract.places_apart import find_places_apart
from tidings.evidence.extract.relations import find_relations
from tidings.evidence.extract.status_lines import find_status_lines, unread_lines
from tidings.evidence.extract.trail import Trail, Trails
from tidings.evidence.extract.withheld import find_withheld, withhold
from tidings.evidence.extract.words import Document
from tidings.evidence.extractors import extractor_of, read_by
from tidings.evidence.readers.received import OTHER_LANGUAGE
from tidings.evidence.reading import PartyRecord, PlaceRecord, Reading, ReadingWarning, ReportRecord
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

EXTRACTORS = (
    ("parties", 1), ("places", 1), ("attributions", 1), ("figures", 1), ("events", 1), ("status_lines", 1),
    ("relations", 1), ("disagreements", 1),
)  # fmt: skip
"""Extractors in the order in which they run, with their versions."""
EXTRACTOR = "tidings@3"
LANGUAGES = frozenset(["en"])


def read_report(
    report: Report,
    gazetteer: Gazetteer,
    *,
    countries: tuple[str, ...] = (),
    crisis: Crisis | None = None,
    explain: bool = False,
) -> Reading:
    """Read a report: figures, events, places, parties, relations, and who says so.

    Parameters
    ----------
    report
        The report as received.
    gazetteer
        Where places that the crisis does not know are looked up.
    countries
        ISO3 codes of the crisis's countries; by default those of the crisis, else those that the report names most.
    crisis
        Its own places, crossings and parties come first.
    explain
        Whether the reading tells in `explained` which rule fired on which words; it is the same otherwise.

    Returns
    -------
    Reading
        What was skipped or is in doubt stands in its warnings; in another language than English nothing is read.
    """
    if other := extractor_of(report.language):
        return read_by(other, report, gazetteer, countries=countries, crisis=crisis)
    if report.language is not None and report.language not in LANGUAGES:
        return Reading(report=_record(report), warnings=(*_from_reader(report), _other_language(report)))
    cleaned = clean(report)
    reading = _read(cleaned.report, gazetteer, countries, crisis, explain)
    return reading if cleaned.report is report else cleaned.restored(reading)


def _read(
    report: Report, gazetteer: Gazetteer, countries: tuple[str, ...], crisis: Crisis | None, explain: bool
) -> Reading:
    parts = parts_of(report)
    told = countries or (crisis.settings.countries if crisis else ())
    if len(parts) == 1:
        document = Document(report)
        return _read_part(document, gazetteer, told or countries_told(document), crisis, Trails.wanted(explain))
    home = told or most_told(Document(part.report) for part in parts)

    def read(part: Report, elsewhere: frozenset[str]) -> Reading:
        return _read_part(Document(part), gazetteer, home, crisis, Trails.wanted(explain), elsewhere)

    whole = joined(report, read_with_names(parts, read))
    warnings = (*_from_reader(report), *whole.warnings)
    whole = whole.model_copy(update={"report": _record(report), "warnings": warnings})
    return withhold(whole, report.text, whole.withheld)


def _read_part(
    document: Document, gazetteer: Gazetteer, home: tuple[str, ...], crisis: Crisis | None, trails: Trails,
    elsewhere: frozenset[str] = frozenset(),
) -> Reading:  # fmt: skip
    report = document.report
    parties = find_parties(document, countries=home, crisis=crisis, trail=trails.parties)
    places = find_places(document, gazetteer, countries=home, crisis=crisis, parties=parties, trail=trails.places)
    attributions, names = find_speakers(document, parties, trails.attributions)
    withheld = find_withheld(document, parties, places, names, elsewhere)
    if any(Mentions.of(places).covers(*span) for span in withheld):
        trails = replace(trails, places=trails.places and Trail("place"))
        taken = (*parties, PartyRecord(id="private", name="private", mentions=withheld))
        places = find_places(document, gazetteer, countries=home, crisis=crisis, parties=taken, trail=trails.places)
    figures = find_figures(document, places, parties, attributions, report.published, trails.figures)
    places += find_places_apart(document, places, trails.places)
    events = find_events(document, places, parties, attributions, report.published, trails.events)
    events += find_status_lines(document, places, events, report.published, trails.events)
    relations = find_relations(document, places, parties, attributions, events, trails.relations)
    parties = with_parents(parties, relations, trails.parties)
    reading = Reading(
        report=_record(report), figures=figures, events=events, places=places, parties=parties, relations=relations,
        attributions=attributions,
        disagreements=find_disagreements(document, attributions, figures, events, relations),
        warnings=(
            *_warnings(report, places, gazetteer, home),
            *figures_without_status(document, report.published),
            *unread_lines(document, places, figures, events),
        ),
    )  # fmt: skip
    return withhold(trails.explained(reading), report.text, withheld)


def _record(report: Report) -> ReportRecord:
    return ReportRecord(
        id=report.id, title=report.title, publisher=report.publisher, published=report.published,
        language=report.language, characters=len(report.text), furniture=report.furniture,
    )  # fmt: skip


def _other_language(report: Report) -> ReadingWarning:
    message = f"the report is in '{report.language}'; only English is read, so nothing was read in it"
    return ReadingWarning(code="language", message=message)


def _from_reader(report: Report) -> tuple[ReadingWarning, ...]:
    """Pass on what the reader of the file met; that it is in another language is told once, with its own code."""
    met = (message for message in report.warnings if not message.startswith(OTHER_LANGUAGE))
    return tuple(ReadingWarning(code="reader", message=message) for message in met)


def _warnings(
    report: Report, places: tuple[PlaceRecord, ...], gazetteer: Gazetteer, countries: tuple[str, ...]
) -> Iterator[ReadingWarning]:
    yield from _from_reader(report)
    if report.published is None:
        yield ReadingWarning(code="no_date", message="the report has no date of publication: relative times stay open")
    if not report.body.strip():
        yield ReadingWarning(code="no_text", message="the report has no text to read")
    for place in places_unresolved(places):
        start, end = place.mentions[0]
        message = _unresolved(place, gazetteer.suggest(place.name, countries) if countries else None)
        yield ReadingWarning(code="unresolved_place", message=message, start=start, end=end)


def _unresolved(place: PlaceRecord, suggestion: str | None) -> str:
    told = f"'{place.name}' is not in the gazetteer near the other places of the report"
    if place.kind in ("admin1", "admin2", "admin3", "area", "camp", "crossing"):
        told = f"'{place.name}' is of kind {place.kind}, and the gazetteer has towns only"
    offer = f"; the nearest spelling known is '{suggestion}'" if suggestion else ""
    if place.kind == "crossing":
        return f"{told}{offer}. To place it, give {place.id} a row in crossings.csv, and none in places.csv"
    return f"{told}{offer}. To place it, give {place.id} coordinates in places.csv"
