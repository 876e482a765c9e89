"""The situation in tables: who holds what, roads, crossings, access, what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tidings.core.schema import Range
from tidings.present.brief_parts import Desk, Line, Linked, Rows, dated, input_address
from tidings.present.map_extent import home_countries
from tidings.present.words import (
    POLICY_WORDS,
    PREDICATE_WORDS,
    count_words,
    listed,
    percent_words,
    quantity_words,
)
from tidings.situation.situation import (
    Access,
    CrossingState,
    PlaceState,
    RoadState,
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
    sources = {state.id: state.population.source for state in desk.released.situation.places}
    return Rows.of((_access(desk, entry, sources.get(entry.place)) for entry in ranked), MOST_ROWS)


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
    told += [
        f"{report.name}: {warning}"
        for report in desk.released.reports
        for warning in report.warnings
        if not any(warning in message for message in told)
    ]
    return tuple(dict.fromkeys(told))[:MOST_NAMES]


def road_words(road: RoadState) -> str:
    """Say whether a road can be used."""
    if road.passable.yes > 0.5:
        return "open"
    return "cut" if road.passable.no > 0.5 else "uncertain"


def _place(desk: Desk, state: PlaceState) -> TableRow:
    since: Line = (dated(state.since),) if state.since else (NOT_TOLD,)
    cells = (
        _holding(desk, state),
        since,
        _siege(desk, state),
        _people(desk, state.id, state.population, state.population.source),
        desk.references(state.claims),
    )
    return TableRow(state.name, cells)


def _people(desk: Desk, place: str, people: Range, source: str | None) -> Line:
    """Write how many live there: the number leads to the claim that tells it or, from a table, to that row."""
    told = quantity_words(people.value, people.low, people.high)
    if told == "not known":
        return (told,)
    return (desk.number(told, (source,) if source else (), input_address(place)),)


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
    if crossing.per_day is not None and crossing.per_day_claims:
        references = desk.references(crossing.per_day_claims)
        per_day = (f"{count_words(crossing.per_day)} a day, as reported ", *references)
    elif crossing.per_day is not None:
        per_day = (Linked(f"{count_words(crossing.per_day)} a day", input_address(crossing.id)),)
    return TableRow(crossing.name, ((sides,), state, per_day, desk.references(crossing.claims)))


def _access(desk: Desk, entry: Access, source: str | None) -> TableRow:
    claims = _access_claims(desk, entry)
    words = _likeliest(entry.cut_off)
    p = max(entry.cut_off.yes, entry.cut_off.no)
    cut: Line = (words, *(_odds(desk, p, claims) if words != "uncertain" else ()))
    reach = desk.names.listed(entry.reachable_from) or "none that is known to be open"
    return TableRow(desk.names[entry.place], (cut, (reach,), _people(desk, entry.place, entry.people, source)))


def _access_claims(desk: Desk, entry: Access) -> tuple[str, ...]:
    """Return the claims about the place's own roads: what the answer rests on nearest by."""
    own = (road for road in desk.released.situation.roads if entry.place in (road.from_, road.to))
    return tuple(claim for road in own for claim in road.claims)


def _likeliest(odds: YesNo) -> str:
    if odds.yes > 0.5:
        return "yes"
    return "no" if odds.no > 0.5 else "uncertain"


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= MOST_NAMES else [*names[:MOST_NAMES], "others"]
