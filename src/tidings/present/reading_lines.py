"""A reading as plain text for a terminal, and with `explain` which rule fired on which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidings.evidence.extract.withheld import shown_report
from tidings.evidence.extract.words import Document
from tidings.present.explanations import Explanations
from tidings.present.words import speaker_words

if TYPE_CHECKING:  # the terminal renders without waiting for the models of readings
    from tidings.core.schema import Schema
    from tidings.evidence.reading import (
        Attribution,
        Event,
        Figure,
        PlaceRecord,
        Reading,
        RecordKind,
        RelationRecord,
        Span,
    )
    from tidings.evidence.report import Report


QUANTIFIERS = {"more_than": "at least", "less_than": "up to"}


def render_reading(reading: Reading, report: Report, *, explain: bool = False) -> str:
    """Return what was read in one report.

    Parameters
    ----------
    reading, report
        The reading, and the report that it was made of; names of private persons are crossed out in all that is quoted.
    explain
        Whether each record is shown with its sentence and, of a reading made with `explain`, with the rules that fired.
    """
    shown = _Shown.of(reading, report, explain)
    told = f"{report.name}: {reading.report.title or 'no title'} ({reading.report.published or 'no date'})"
    sections = (shown.figures(), shown.events(), shown.relations(), shown.places())
    more = (shown.parties(), shown.speeches()) if explain else ()
    warnings = (f"warning: {warning.message}" for warning in reading.warnings)
    return "\n".join((told, *(row for section in (*sections, *more) for row in section), *warnings))


@dataclass(frozen=True)
class _Shown:
    """A reading with the names of what it tells and the text as it may be quoted."""

    reading: Reading
    document: Document
    explanations: Explanations
    is_explained: bool

    @classmethod
    def of(cls, reading: Reading, report: Report, is_explained: bool) -> _Shown:
        quotable = shown_report(report, reading.withheld)
        names = {party.id: party.name for party in reading.parties} | {place.id: place.name for place in reading.places}
        explanations = Explanations.of(reading, quotable.text, names)
        return cls(reading, Document(quotable), explanations, is_explained)

    def figures(self) -> Iterator[str]:
        yield "Figures"
        for figure in self.reading.figures:
            told = f"{_amount(figure)} {_people(figure)}{self._whereabouts(figure)}"
            yield f"  {figure.status:<20} {told} {self._certainty(figure)}"
            yield from self._explained("figure", figure.id, figure, (figure.start, figure.end))

    def _whereabouts(self, figure: Figure) -> str:
        ways = (("at", figure.at), ("from", figure.origin), ("to", figure.destination))
        return "".join(f" {word} {self._names(places)}" for word, places in ways if places)

    def events(self) -> Iterator[str]:
        yield "Events"
        for event in self.reading.events:
            told = f"{self._names(event.actors) or '–'} → {self._names((*event.targets, *event.places)) or '–'}"
            yield f"  {event.type:<20} {told} {self._certainty(event)}"
            yield from self._explained("event", event.id, event, (event.start, event.end))

    def relations(self) -> Iterator[str]:
        yield "Relations"
        for number, tie in enumerate(self.reading.relations, 1):
            yield f"  {self._names((tie.subject,))} {tie.relation} {self._names((tie.object,))} {self._certainty(tie)}"
            yield from self._explained("relation", f"r{number}", tie, (tie.start, tie.end))

    def places(self) -> Iterator[str]:
        yield "Places"
        for place in self.reading.places:
            yield f"  {place.name} ({place.kind or 'kind unknown'}): {_where(place)}"
            yield from self._explained("place", place.id, place)
        if any(place.geonames_id for place in self.reading.places):
            yield "  Coordinates: GeoNames, CC BY 4.0"

    def parties(self) -> Iterator[str]:
        yield "Parties"
        for party in self.reading.parties:
            yield f"  {party.name} ({party.kind or 'kind unknown'})"
            yield from self._explained("party", party.id, party)

    def speeches(self) -> Iterator[str]:
        yield "Who says so"
        for said in self.reading.attributions:
            yield f"  {self._speaker(said)} ({said.kind})"
            yield from self._explained("attribution", said.id, said, said.cue_span or said.content[0])

    def _explained(self, kind: RecordKind, record: str, values: Schema, span: Span | None = None) -> Iterator[str]:
        if not self.is_explained:
            return
        if span is not None:
            around = self.document.sentence_at(span[0])
            sentence = " ".join(self.document.report.text[around.start : around.end].split())
            yield f"    {record}, {span[0]}–{span[1]} in: {sentence}"
        yield from self.explanations.rows(kind, record, values)

    def _certainty(self, record: Figure | Event | RelationRecord) -> str:
        said = next((said for said in self.reading.attributions if said.id == record.attribution), None)
        return f"[{record.certainty}{f', says {self._speaker(said)}' if said else ''}]"

    def _speaker(self, said: Attribution) -> str:
        return self._names(said.speakers) or speaker_words(said.speaker_text or "?")

    def _names(self, ids: Iterable[str]) -> str:
        names: Mapping[str, str] = self.explanations.names
        return ", ".join(names.get(one, one) for one in ids)


def _where(place: PlaceRecord) -> str:
    is_placed = place.lat is not None and place.lon is not None
    return f"{place.lat:.3f}, {place.lon:.3f}" if is_placed else "unresolved"


def _people(figure: Figure) -> str:
    unit = "households" if figure.unit == "household" else "people"
    return unit if figure.group == "unknown" else f"{unit} ({figure.group})"


def _amount(figure: Figure) -> str:
    if figure.value is not None:
        return f"{QUANTIFIERS.get(figure.quantifier, figure.quantifier)} {figure.value:,.0f}"
    return f"{figure.low or 0:,.0f}–{figure.high or 0:,.0f}"
