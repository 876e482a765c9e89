"""The reading of one report, from its words to the document `tidings/reading@1`."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.crisis.crisis import Crisis
from tidings.evidence.extract.attributions import find_speakers
from tidings.evidence.extract.disagreements import find_disagreements
from tidings.evidence.extract.events import find_events
from tidings.evidence.extract.figures import figures_without_status, find_figures
from tidings.evidence.extract.parties import find_parties, with_parents
from tidings.evidence.extract.places import countries_told, find_places, places_unresolved
from tidings.evidence.extract.relations import find_relations
from tidings.evidence.extract.status_lines import find_status_lines, unread_lines
from tidings.evidence.extract.withheld import find_withheld, withhold
from tidings.evidence.extract.words import Document
from tidings.evidence.readers.received import OTHER_LANGUAGE
from tidings.evidence.reading import PlaceRecord, Reading, ReadingWarning, ReportRecord
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
    report: Report, gazetteer: Gazetteer, *, countries: tuple[str, ...] = (), crisis: Crisis | None = None
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

    Returns
    -------
    Reading
        What was skipped or is in doubt stands in its warnings; in another language than English nothing is read.
    """
    if report.language is not None and report.language not in LANGUAGES:
        return Reading(report=_record(report), warnings=(*_from_reader(report), _other_language(report)))
    document = Document(report)
    home = countries or (crisis.settings.countries if crisis else ()) or countries_told(document)
    parties = find_parties(document, countries=home, crisis=crisis)
    places = find_places(document, gazetteer, countries=home, crisis=crisis, parties=parties)
    attributions, names = find_speakers(document, parties)
    figures = find_figures(document, places, parties, attributions, report.published)
    events = find_events(document, places, parties, attributions, report.published)
    events += find_status_lines(document, places, events, report.published)
    relations = find_relations(document, places, parties, attributions, events)
    parties = with_parents(parties, relations)
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
    return withhold(reading, report.text, find_withheld(document, parties, places, names))


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
    return f"{told}{offer}. Add it to places.csv or crossings.csv to place it"
