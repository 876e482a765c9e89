"""The trace: from any claim, state or forecast back to the words, bulletins, parameters and code that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from tidings.assess.subjects import places_within
from tidings.core.counting import counted
from tidings.core.errors import InputError
from tidings.core.schema import Schema
from tidings.evidence.claim import Claim, Review, Reviewer, State
from tidings.evidence.extract.words import Document
from tidings.evidence.quoting import quotation_of, speaker_told, speakers_told
from tidings.evidence.reading import Event, Figure, RelationRecord
from tidings.geography.places import Crossing, Place
from tidings.present.names import Names
from tidings.present.words import counted_words, figure_words
from tidings.release.released import Released
from tidings.situation.situation import PlaceState

SHORTEST_ID = 8
"""Characters of a claim's or a report's id by which it may be asked for."""
MOST_NAMED = 5
"""Ids that are named where several begin alike."""
Bearing = Literal["state", "violence", "mention"]


class TracedClaim(Schema):
    """A claim and the words that it was read in."""

    id: str
    kind: str
    predicate: str
    certainty: str
    speakers: tuple[str, ...]
    """Names; empty where `said_by` tells who speaks, else the writer's own words."""
    said_by: str | None = None
    """Who says it in the report's words, where no party is known."""
    bears_on: Bearing | None = None
    """Of a place: whether its state rests on the claim, its violence, or neither, the claim only naming it."""
    is_nearby: bool = False
    """Of a place: whether the claim tells of another near it, and not of it or of an area that holds it."""
    actors: tuple[str, ...] = ()
    """Names of who acts, or of the subject of a relation."""
    targets: tuple[str, ...] = ()
    """Names of whom it is done to, or of the object of a relation."""
    places: tuple[str, ...] = ()
    """Names of where it happens; of a figure, where people are, came from and went to."""
    amount: str | None = None
    """Of a figure: how many."""
    words: str | None
    """Exactly the report's text from `start` to `end`."""
    sentence: str | None
    report: str | None
    report_name: str | None
    publisher: str | None
    start: int | None
    end: int | None
    known_at: str
    extractor: str
    verdict: str | None = None
    """Of a review: accept, reject or correct."""
    reviewer: str | None = None
    """Of a review: who made it."""
    copy_of: str | None = None
    """The claim in an earlier report of which it is a copy: it counts for nothing."""
    repeats: str | None = None
    """The first claim by the same voice, in another report."""
    superseded_by: str | None = None
    """The later figure by the same voice that stands in its place."""


class Trace(Schema):
    """What one value rests on (`tidings/trace@1`)."""

    schema_: Literal["tidings/trace@1"] = Field(default="tidings/trace@1", alias="schema")
    id: str
    kind: Literal["claim", "report", "place", "road", "crossing", "forecast"]
    value: str
    claims: tuple[TracedClaim, ...]
    bulletins: tuple[str, ...] = ()
    parameters: dict[str, float] = Field(default_factory=dict)
    parameter_ranges: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """Low and high of the parameters that each member drew for itself."""
    assumptions: dict[str, float | str] = Field(default_factory=dict)
    """What was taken where nobody said anything."""
    code: str


def trace(released: Released, wanted: str) -> Trace:
    """Return what an id rests on.

    Parameters
    ----------
    wanted
        The id of a claim or a report, or its first 8 characters or more; the id of a road; the id or name of a place or
        crossing; `forecast` for the whole of it; or `forecast/LOCATION/QUANTITY/DAY` for one of its numbers.

    Raises
    ------
    InputError
        If nothing has that id, or several claims or reports begin so.
    """
    library = _Library.of(released)
    wanted = _id_of(released, wanted)
    found = _claim(library, wanted) or _state(library, wanted) or _report(library, wanted)
    if found is None and (whole := _begins(wanted, (claim.id for claim in _claims_of(released)))):
        found = _claim(library, whole)
    if found is None and wanted.partition("/")[0] == "forecast":
        found = _forecast(library, wanted)
    if found is None:
        raise InputError(
            where=f"trace {wanted}",
            met="nothing has this id",
            fix="Use an id that claims, situation, forecast or the brief shows.",
        )
    return found


@dataclass(frozen=True, slots=True)
class _Library:
    released: Released
    documents: Mapping[str, Document]
    names: Names
    told: Mapping[tuple[str, str], str]
    """Speakers in the words of reports, by report and attribution."""

    @classmethod
    def of(cls, released: Released) -> _Library:
        documents = {str(report.id): Document(report) for report in released.reports}
        return cls(released, documents, Names.of(released), speakers_told(released.readings))


def _traced(library: _Library, claim: Claim, bears_on: Bearing | None = None) -> TracedClaim:
    actors, targets, places = (tuple(library.names[each] for each in ids) for ids in _involved(claim))
    quotation = quotation_of(claim, library.documents)
    report = quotation.document.report if quotation else None
    return TracedClaim(
        id=claim.id,
        kind=claim.kind,
        predicate=claim.predicate,
        certainty=claim.certainty,
        speakers=tuple(library.names[speaker] for speaker in claim.speakers),
        bears_on=bears_on,
        actors=actors,
        targets=targets,
        places=places,
        amount=_amount(claim),
        said_by=speaker_told(claim, library.told),
        words=quotation.words if quotation else None,
        sentence=quotation.around if quotation else None,
        report=report.id if report else None,
        report_name=report.name if report else None,
        publisher=report.publisher if report else None,
        start=quotation.start if quotation else None,
        end=quotation.end if quotation else None,
        known_at=claim.known_at.isoformat(),
        extractor=claim.extractor,
        verdict=claim.content.verdict if isinstance(claim.content, Review) else None,
        reviewer=claim.source.name if isinstance(claim.source, Reviewer) else None,
        copy_of=library.released.lineage.copy_of.get(claim.id),
        repeats=library.released.lineage.repeats.get(claim.id),
        superseded_by=library.released.lineage.superseded_by(claim.id),
    )


def _amount(claim: Claim) -> str | None:
    figure = claim.content
    return f"{figure_words(figure)} {counted_words(figure)}" if isinstance(figure, Figure) else None


def _involved(claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the ids of who acts, of whom it is done to, and of where."""
    content = claim.content
    if isinstance(content, Event):
        return content.actors, content.targets, content.places
    if isinstance(content, RelationRecord):
        return (content.subject,), (content.object,), ()
    return (), (), claim.subjects if isinstance(content, Figure | State) else ()


def _id_of(released: Released, wanted: str) -> str:
    """Return the id of the one place or crossing that goes by a name; else what is wanted itself."""
    entries: tuple[Place | Crossing, ...] = (*released.geography.places, *released.geography.crossings)
    named: dict[str, set[str]] = {}
    for entry in entries:
        for name in (entry.name, *entry.other_names):
            named.setdefault(name.casefold(), set()).add(entry.id)
    found = named.get(wanted.casefold(), set())
    is_id = any(entry.id == wanted for entry in entries)
    if len(found) > 1 and not is_id:
        met, fix = f"{len(found)} places have the name '{wanted}'", f"Use one of their ids: {', '.join(sorted(found))}."
        raise InputError(where=f"trace {wanted}", met=met, fix=fix)
    return next(iter(found)) if len(found) == 1 and not is_id else wanted


def _claims_of(released: Released) -> tuple[Claim, ...]:
    return (*released.claims, *released.rejected)


def _begins(wanted: str, ids: Iterable[str]) -> str | None:
    """Return the one id that begins so; refuse a beginning that several have."""
    found = sorted({each for each in ids if each.startswith(wanted)}) if len(wanted) >= SHORTEST_ID else []
    if len(found) > 1 and wanted not in found:
        shown = ", ".join(found[:MOST_NAMED]) + (f" and {len(found) - MOST_NAMED} more" * (len(found) > MOST_NAMED))
        raise InputError(
            where=f"trace {wanted}", met=f"{len(found)} ids begin so", fix=f"Write more of one of them: {shown}."
        )
    return wanted if wanted in found else next(iter(found), None)


def _claim(library: _Library, wanted: str) -> Trace | None:
    released = library.released
    about = [c for c in released.claims if isinstance(c.content, Review) and c.content.about == wanted]
    own = [claim for claim in _claims_of(released) if claim.id == wanted]
    if not own:
        return None
    first = released.lineage.copy_of.get(wanted) or released.lineage.repeats.get(wanted)
    told_first = [claim for claim in _claims_of(released) if claim.id == first]
    claims = tuple(_traced(library, claim) for claim in (*own, *told_first, *about))
    latest = f", {claims[-1].verdict}ed by {claims[-1].reviewer}" if about else ""
    return Trace(id=wanted, kind="claim", value=f"{own[0].predicate}{latest}", claims=claims, code=released.code)


def _report(library: _Library, wanted: str) -> Trace | None:
    released = library.released
    whole = _begins(wanted, (report.id for report in released.reports))
    report = next((report for report in released.reports if report.id == whole), None)
    if report is None:
        return None
    claims = (c for c in released.claims if not isinstance(c.source, Reviewer) and c.source.report == report.id)
    value = f"{report.title or report.name} ({report.publisher or 'publisher unknown'}, {report.published})"
    return Trace(
        id=report.id, kind="report", value=value, claims=tuple(_traced(library, c) for c in claims), code=released.code
    )


def _state(library: _Library, wanted: str) -> Trace | None:
    released = library.released
    situation = released.situation
    for place in situation.places:
        if place.id == wanted:
            value = f"{place.name}: {place.state}" + (f" by {library.names[place.held_by]}" if place.held_by else "")
            return _trace_place(library, place, value)
    for road in situation.roads:
        if road.id == wanted:
            odds = road.passable
            value = (
                f"passable {odds.yes:.2f}, not {odds.no:.2f}, unknown {odds.unknown:.2f} ({road.why or 'no reason'})"
            )
            return _trace_state(library, wanted, "road", value, road.claims)
    for crossing in situation.crossings:
        if crossing.id == wanted:
            value = f"{crossing.name}: {crossing.policy.likeliest}"
            return _trace_state(library, wanted, "crossing", value, crossing.claims)
    return None


def _trace_place(library: _Library, place: PlaceState, value: str) -> Trace:
    """Trace a place: what its state rests on, then its violence, then what else is told; each in order of time."""
    claims = library.released.claims
    bearing: dict[str, Bearing] = {str(claim.id): "mention" for claim in claims if place.id in claim.subjects}
    bearing.update(dict.fromkeys(place.violence_claims, "violence"))
    bearing.update(dict.fromkeys(place.claims, "state"))
    told = [
        _traced(library, claim, bearing[claim.id]).model_copy(update={"is_nearby": _is_nearby(library, claim, place)})
        for claim in claims
        if claim.id in bearing
    ]
    ranks: tuple[Bearing | None, ...] = ("state", "violence", "mention")
    ordered = sorted(told, key=lambda each: ranks.index(each.bears_on))  # stable: claims come in order of day and text
    return Trace(id=place.id, kind="place", value=value, claims=tuple(ordered), code=library.released.code)


def _is_nearby(library: _Library, claim: Claim, place: PlaceState) -> bool:
    """Whether a claim names places, and none of them is this one or holds it."""
    geography = library.released.geography
    named = [subject for subject in claim.subjects if subject in geography.place_by_id]
    return bool(named) and not any(place.id in (each, *places_within(geography, each)) for each in named)


def _trace_state(
    library: _Library,
    wanted: str,
    kind: Literal["place", "road", "crossing"],
    value: str,
    ids: tuple[str, ...],
) -> Trace:
    return Trace(id=wanted, kind=kind, value=value, claims=_of(library, ids), code=library.released.code)


def _of(library: _Library, ids: tuple[str, ...]) -> tuple[TracedClaim, ...]:
    by_id = {str(claim.id): claim for claim in library.released.claims}
    wanted = set(ids)
    return tuple(_traced(library, claim) for claim_id, claim in by_id.items() if claim_id in wanted)


def _forecast(library: _Library, wanted: str) -> Trace | None:
    released = library.released
    forecast = released.forecast
    if forecast is None:
        return None
    value = f"{counted(len(forecast.targets), 'number')}, {counted(forecast.members, 'member')}, seed {forecast.seed}"
    if wanted != "forecast":
        path = wanted.split("/")[1:]
        found = [t for t in forecast.targets if [t.location, t.quantity, t.day.isoformat()] == path]
        if not found:
            return None
        q = found[0].quantiles
        value = f"median {q['0.5']:,.0f} (90 %: {q['0.05']:,.0f} to {q['0.95']:,.0f}), scenario {found[0].scenario}"
    made = forecast.made_from
    return Trace(
        id=wanted, kind="forecast", value=value, claims=_of(library, made.claims), bulletins=made.bulletins,
        parameters=made.parameters, parameter_ranges=made.parameter_ranges, assumptions=made.assumptions,
        code=made.code,
    )  # fmt: skip
