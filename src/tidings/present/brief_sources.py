"""Where everything comes from: claims with their quotes, reports, the crisis's own tables, credits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from tidings.core.counting import agreed
from tidings.evidence.claim import Claim, Review, State
from tidings.evidence.reading import Event, Figure, RelationRecord
from tidings.geography.basemap import load_basemap
from tidings.geography.places import MAPPED_CREDIT
from tidings.present.brief_parts import Dated, Desk, Line, dated, input_anchor, report_anchor
from tidings.present.names import Names, shows_geonames, shows_openstreetmap
from tidings.present.quotes import Cited, Quote, report_name
from tidings.present.words import EVENT_WORDS, count_words, figure_words, quantity_words, status_words

RELATION_WORDS = {
    "supports": "supports", "ally_of": "is an ally of", "fights": "fights", "hostile_to": "is hostile to",
    "member_of": "is a member of", "part_of": "is part of", "official_of": "is an official of", "controls": "controls",
}  # fmt: skip


@dataclass(frozen=True)
class ClaimRow:
    """One claim with its sentence."""

    anchor: str
    number: int
    id: str
    says: str
    quote: Quote
    speaker: str
    certainty: str


@dataclass(frozen=True)
class ClaimGroup:
    """The claims of one report."""

    report: str
    href: str
    known: Dated
    rows: tuple[ClaimRow, ...]


@dataclass(frozen=True)
class SourceRow:
    """One report as it was received."""

    anchor: str
    name: str
    publisher: str
    published: Line
    hash: str
    n_claims: int


@dataclass(frozen=True)
class InputRow:
    """A number of the crisis's own tables and who gives it."""

    anchor: str
    subject: str
    value: str
    source: str


def claim_groups(desk: Desk, kept: frozenset[str] | None = None) -> tuple[ClaimGroup, ...]:
    """Return the claims in the order of their numbers, report by report; with `kept`, those of these anchors alone."""
    cited = (desk.citations[claim.id] for claim in desk.released.claims)
    shown = (entry for entry in cited if kept is None or entry.anchor in kept)
    groups = groupby(shown, key=lambda entry: (entry.report, entry.report_title, entry.known))
    return tuple(
        ClaimGroup(
            report=title,
            href=f"#{report_anchor(report)}" if report else "#methods",
            known=dated(known),
            rows=tuple(_claim_row(desk, entry) for entry in entries),
        )
        for (report, title, known), entries in groups
    )


def source_rows(desk: Desk) -> tuple[SourceRow, ...]:
    """Return all reports, in the order in which they became known."""
    return tuple(
        SourceRow(
            anchor=report_anchor(report.id),
            name=report_name(report),
            publisher=report.publisher or "not told",
            published=(dated(report.published),) if report.published else ("not told",),
            hash=report.id[:16],
            n_claims=sum(cited.report == report.id for cited in desk.citations.by_id.values()),
        )
        for report in desk.released.reports
    )


def input_rows(desk: Desk) -> tuple[InputRow, ...]:
    """Return populations, road lengths and throughputs with their sources."""
    return (*_populations(desk), *_lengths(desk), *_throughputs(desk))


def credit_lines(desk: Desk) -> tuple[str, ...]:
    """Return whose geography the brief shows."""
    base = load_basemap().credit
    lines = [f"Base map: {base}. Borders as drawn there express no opinion on the status of any territory."]
    if shows_geonames(desk.released):
        lines.append("Place names and coordinates: GeoNames (geonames.org), CC BY 4.0, where no other source is noted.")
    if shows_openstreetmap(desk.released):
        lines.append(f"{MAPPED_CREDIT}, where roads.csv names it as the source.")
    return tuple(lines)


def claim_words(content: object, names: Names) -> str:
    """Say in a few words what a claim says."""
    if isinstance(content, Figure):
        households = " households" if content.unit == "household" else ""
        return f"{figure_words(content)}{households} {status_words(content)}"
    if isinstance(content, Event):
        return ": ".join(part for part in (EVENT_WORDS[content.type], names.listed(content.places)) if part)
    if isinstance(content, RelationRecord):
        return f"{names[content.subject]} {RELATION_WORDS[content.relation]} {names[content.object]}"
    if isinstance(content, State):
        return f"{names[content.subject]}: {content.predicate.replace('_', ' ')} {names.answer(content.value)}"
    return f"Review of claim {content.about}: {content.verdict}" if isinstance(content, Review) else ""


def _claim_row(desk: Desk, cited: Cited) -> ClaimRow:
    claim: Claim = cited.claim
    return ClaimRow(
        anchor=cited.anchor,
        number=cited.number,
        id=claim.id,
        says=claim_words(claim.content, desk.names),
        quote=cited.quote,
        speaker=cited.speaker,
        certainty=cited.certainty,
    )


def _populations(desk: Desk) -> Iterator[InputRow]:
    asked = {entry.place for entry in desk.released.situation.access}
    for state in desk.released.situation.places:
        people = quantity_words(state.population.value, state.population.low, state.population.high)
        if people != "not known" or state.id in asked:
            source = _source_words(desk, state.population.source)
            yield InputRow(input_anchor(state.id), f"{state.name}, people living there", people, source)


def _source_words(desk: Desk, source: str | None) -> str:
    """Say whence a population is: a claim by who says it, where and in which number of the table, never by its id."""
    cited = desk.citations.by_id.get(source or "")
    if cited:
        return f"{cited.speaker}, in: {cited.report_title} (claim {cited.number})"
    return source or "places.csv, no source given"


def _lengths(desk: Desk) -> Iterator[InputRow]:
    sources = {road.id: road.source for road in desk.released.geography.roads}
    for road in desk.released.situation.roads:
        source = sources.get(road.id) or "roads.csv, no source given"
        told = "assumed: straight line × 1.3" if road.assumed else source
        yield InputRow(input_anchor(road.id), desk.names[road.id], f"{count_words(road.length_km)} km", told)


def _throughputs(desk: Desk) -> Iterator[InputRow]:
    notes = {crossing.id: crossing.note for crossing in desk.released.geography.crossings}
    for crossing in desk.released.situation.crossings:
        if crossing.per_day is not None and not crossing.per_day_claims:
            source = notes.get(crossing.id) or "crossings.csv"
            noun = agreed(crossing.per_day, "person", "people")
            people = f"{count_words(crossing.per_day)} {noun} a day when open"
            yield InputRow(input_anchor(crossing.id), crossing.name, people, source)


def instant_words(instant: dt.datetime) -> str:
    """Write an instant to the minute, in UTC."""
    return f"{instant.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"
