"""The situation in tables: who holds what, roads, crossings, access, disagreements, what is not known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tidings.evidence.vocabulary import Status
from tidings.present.brief_parts import Desk, Line, Linked, Rows, dated, input_address, report_anchor
from tidings.present.map_extent import home_countries
from tidings.present.words import (
    POLICY_WORDS,
    PREDICATE_WORDS,
    STATUS_WORDS,
    count_words,
    listed,
    percent_words,
    quantity_words,
)
from tidings.situation.situation import (
    Access,
    CrossingState,
    Disagreement,
    PlaceState,
    RoadState,
    SituationPosition,
    YesNo,
)

MOST_ROWS = 150
MOST_NAMES = 40
NOT_TOLD = "not\u00a0told"
STATE_WORDS = {"contested": "Contested between", "divided": "Divided between"}


@dataclass(frozen=True)
class TableRow:
    """A row of lines under fixed headings."""

    head: str
    cells: tuple[Line, ...]


@dataclass(frozen=True)
class Dispute:
    """One question and the answers that sources give to it."""

    question: str
    answers: tuple[Line, ...]


def holders(desk: Desk) -> Rows[TableRow]:
    """Return who holds what: split places first, then by holder and name."""
    known = (state for state in desk.released.situation.places if state.state != "unknown" or state.besieged.yes > 0)
    ranked = sorted(known, key=lambda state: (state.state == "held", desk.names[state.held_by or ""], state.name))
    return Rows.of((_place(desk, state) for state in ranked), MOST_ROWS)


def roads(desk: Desk) -> Rows[TableRow]:
    """Return what is known of roads, cut ones first; roads of which nothing is known are counted elsewhere."""
    told = (road for road in desk.released.situation.roads if road.passable.unknown < 1)
    ranked = sorted(told, key=lambda road: (-road.passable.no, desk.names[road.id]))
    return Rows.of((_road(desk, road) for road in ranked), MOST_ROWS)


def crossings(desk: Desk) -> Rows[TableRow]:
    """Return what is known of crossings."""
    return Rows.of((_crossing(desk, crossing) for crossing in desk.released.situation.crossings), MOST_ROWS)


def access(desk: Desk) -> Rows[TableRow]:
    """Return which places of the crisis's own countries are cut off from the crossings, likeliest first."""
    home = home_countries(desk.released)
    abroad = {place.id for place in desk.released.geography.places if place.country and place.country not in home}
    told = (
        entry for entry in desk.released.situation.access if entry.cut_off.unknown < 1 and entry.place not in abroad
    )
    ranked = sorted(told, key=lambda entry: (-entry.cut_off.yes, desk.names[entry.place]))
    return Rows.of((_access(desk, entry) for entry in ranked), MOST_ROWS)


def disputes(desk: Desk) -> tuple[Dispute, ...]:
    """Return what sources disagree on: states and figures, then what a report itself sets side by side."""
    between_sources = [_dispute(desk, entry) for entry in desk.released.situation.disagreements]
    return (*between_sources, *_disputes_told(desk))


def unknowns(desk: Desk) -> tuple[str, ...]:
    """Return the open questions, those of one kind in one sentence."""
    groups: dict[tuple[str, str], list[str]] = {}
    for entry in desk.released.situation.unknown:
        groups.setdefault((entry.predicate, entry.why), []).append(desk.names[entry.subject])
    return tuple(
        f"{listed(_few(names))}: {PREDICATE_WORDS.get(predicate, predicate.replace('_', ' '))} ({why})"
        for (predicate, why), names in groups.items()
    )


def unplaced(desk: Desk) -> tuple[str, ...]:
    """Return the names of places that no gazetteer could place, and that are on no map therefore."""
    records = (place for reading in desk.released.readings for place in reading.places)
    names = {place.name for place in records if place.lat is None and place.p == 0 and place.relative_to is None}
    own = {place.name for place in desk.released.geography.places}
    return tuple(_few(sorted(names - own)))


def cautions(desk: Desk) -> tuple[str, ...]:
    """Return what the reader of the reports skipped or doubts, each once."""
    told = [warning.message for reading in desk.released.readings for warning in reading.warnings]
    told += [f"{report.name}: {warning}" for report in desk.released.reports for warning in report.warnings]
    return tuple(dict.fromkeys(told))[:MOST_NAMES]


def road_words(road: RoadState) -> str:
    """Say whether a road can be used."""
    if road.passable.yes > 0.5:
        return "open"
    return "cut" if road.passable.no > 0.5 else "uncertain"


def _place(desk: Desk, state: PlaceState) -> TableRow:
    place = desk.released.geography.place_by_id.get(state.id)
    people = state.population
    told = quantity_words(people.value, people.low, people.high)
    number: Line = ("not known",)
    if told != "not known":
        from_table = place is not None and place.population == people.value
        number = (desk.number(told, () if from_table else state.claims, input_address(state.id)),)
    since: Line = (dated(state.since),) if state.since else (NOT_TOLD,)
    cells = (_holding(desk, state), since, _siege(desk, state), number, desk.references(state.claims))
    return TableRow(state.name, cells)


def _holding(desk: Desk, state: PlaceState) -> Line:
    ranked = sorted(((-p, party) for party, p in state.control.items() if p > 0))
    if state.state == "held" and state.held_by:
        p = state.control.get(state.held_by)
        return (desk.names[state.held_by], *(_odds(desk, p, state.claims) if p else ()))
    if state.state in STATE_WORDS:
        return (f"{STATE_WORDS[state.state]} {listed([desk.names[party] for _, party in ranked]) or 'several'}",)
    return ("not known",)


def _siege(desk: Desk, state: PlaceState) -> Line:
    if state.besieged.yes > 0.5:
        return "yes", *_odds(desk, state.besieged.yes, state.claims)
    return ("no",) if state.besieged.no > 0.5 else (NOT_TOLD,)


def _odds(desk: Desk, p: float, claims: Iterable[str]) -> Line:
    return " (", desk.number(percent_words(p), claims, "#methods"), ")"


def _road(desk: Desk, road: RoadState) -> TableRow:
    words = road_words(road)
    p = max(road.passable.yes, road.passable.no)
    state: Line = (words, *(_odds(desk, p, road.claims) if words != "uncertain" else ()))
    length: Line = (Linked(f"{count_words(road.length_km)} km", input_address(road.id)), ", assumed" * road.assumed)
    return TableRow(desk.names[road.id], (state, (road.why or "",), length, desk.references(road.claims)))


def _crossing(desk: Desk, crossing: CrossingState) -> TableRow:
    policy = crossing.policy.likeliest
    p = getattr(crossing.policy, policy)
    state: Line = (POLICY_WORDS[policy], *(_odds(desk, p, crossing.claims) if policy != "unknown" else ()))
    sides = f"{desk.names[crossing.sides[0]]} – {desk.names[crossing.sides[1]]}"
    per_day: Line = ("not known",)
    if crossing.per_day is not None:
        per_day = (Linked(f"{count_words(crossing.per_day)} a day", input_address(crossing.id)),)
    return TableRow(crossing.name, ((sides,), state, per_day, desk.references(crossing.claims)))


def _access(desk: Desk, entry: Access) -> TableRow:
    claims = _access_claims(desk, entry)
    words = _likeliest(entry.cut_off)
    p = max(entry.cut_off.yes, entry.cut_off.no)
    cut: Line = (words, *(_odds(desk, p, claims) if words != "uncertain" else ()))
    people = quantity_words(entry.people.value, entry.people.low, entry.people.high)
    number: Line = ("not known",) if people == "not known" else (Linked(people, input_address(entry.place)),)
    reach = desk.names.listed(entry.reachable_from) or "none that is known to be open"
    return TableRow(desk.names[entry.place], (cut, (reach,), number))


def _access_claims(desk: Desk, entry: Access) -> tuple[str, ...]:
    """Return the claims about the place's own roads: what the answer rests on nearest by."""
    own = (road for road in desk.released.situation.roads if entry.place in (road.from_, road.to))
    return tuple(claim for road in own for claim in road.claims)


def _likeliest(odds: YesNo) -> str:
    if odds.yes > 0.5:
        return "yes"
    return "no" if odds.no > 0.5 else "uncertain"


def _dispute(desk: Desk, entry: Disagreement) -> Dispute:
    what = PREDICATE_WORDS.get(entry.predicate) or f"how many people are {_status_words(entry.predicate)}"
    return Dispute(
        f"{desk.names[entry.subject]}: {what}", tuple(_position(desk, position) for position in entry.positions)
    )


def _status_words(predicate: str | Status) -> str:
    return STATUS_WORDS.get(predicate, predicate.replace("_", " "))


def _position(desk: Desk, position: SituationPosition) -> Line:
    value = desk.names.answer(position.value)
    is_number = any(character.isdigit() for character in value)
    said: Line = (desk.number(_grouped(value), position.claims, "#claims"),) if is_number else (value,)
    speakers = desk.speakers(position.claims) or desk.names.listed(position.speakers)
    return (*said, f" — {speakers}\u00a0", *desk.references(position.claims))


def _grouped(value: str) -> str:
    return count_words(float(value)) if value.replace(".", "", 1).isdigit() else value


def _disputes_told(desk: Desk) -> Iterable[Dispute]:
    said = _claims_by_attribution(desk)
    for reading in desk.released.readings:
        report = reading.report.id
        for entry in reading.disagreements:
            claims = [[c for key in position.attributions for c in said[report, key]] for position in entry.positions]
            told = zip(entry.positions, claims, strict=True)
            yield Dispute(entry.topic, tuple(_told(desk, position.says, report, ids) for position, ids in told))


def _told(desk: Desk, says: str, report: str, claims: list[str]) -> Line:
    return desk.number(says, claims, f"#{report_anchor(report)}"), f" — {desk.speakers(claims) or 'the report'}"


def _claims_by_attribution(desk: Desk) -> dict[tuple[str, str], list[str]]:
    said: dict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in desk.released.claims:
        attribution = getattr(claim.content, "attribution", None)
        if attribution:
            said[getattr(claim.source, "report", ""), attribution].append(claim.id)
    return said


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= MOST_NAMES else [*names[:MOST_NAMES], "others"]
