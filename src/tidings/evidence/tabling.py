"""Rows that reports add to places.csv and parties.csv, told apart from those that a person wrote."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tidings.crisis.crisis import Crisis, Party
from tidings.evidence.extract.party_names import PartyNames, adjectives, party_names, phrases, services
from tidings.evidence.extract.places import UNRESOLVED
from tidings.evidence.extract.words import tokens_of, words_of
from tidings.evidence.reading import PartyRecord, PlaceRecord, Reading
from tidings.geography.graph import Geography
from tidings.geography.places import Place, PlaceKind

TABLED_KINDS = frozenset({"city", "town", "village", "camp", "crossing", "area", None})
"""Kinds of places that a report adds to places.csv; nobody flees to or holds a country, a border or a province."""
KIND_RANKS: tuple[PlaceKind, ...] = ("town", "village", "city", "area", "camp", "crossing")
"""Which kind of an unlocated place stands where reports tell several; "town" is also what nobody told."""
UNLOCATED = "named in a report; coordinates unknown"
TOLD = "named in a report"
IN_EVENT_TABLE = "from a table of events"
"""Note of a place that an import of events added, at the point that the table gives."""


def own_tables(crisis: Crisis) -> Crisis:
    """Return a crisis without the rows that reports added and nobody has touched since.

    Reports are read with these: so what one report says never changes how another is read, whichever comes first, and
    nothing published later reaches what was known before. A row becomes the crisis's own when a person fills in one of
    its empty cells, changes its note, or uses it in a road, a crossing or a bulletin.
    """
    geography = crisis.geography
    used = {end for road in geography.roads for end in (road.from_, road.to)}
    used |= {side for crossing in geography.crossings for side in (crossing.side_a, crossing.side_b)}
    used |= {bulletin.place for bulletin in crisis.bulletins}
    places = tuple(place for place in geography.places if place.id in used or not _is_told(place))
    return replace(
        crisis,
        geography=Geography(places, geography.roads, geography.crossings),
        parties=tuple(party for party in crisis.parties if not _is_party_told(party)),
    )


def new_places(crisis: Crisis, reading: Reading) -> tuple[Place, ...]:
    """Return the places of a reading that places.csv lacks."""
    known = set(crisis.geography.place_by_id) | {crossing.id for crossing in crisis.geography.crossings}
    return tuple(_place(record) for record in reading.places if record.id not in known and record.kind in TABLED_KINDS)


def retold_places(crisis: Crisis, reading: Reading) -> tuple[Place, ...]:
    """Return the unlocated rows that nobody touched and of which a reading tells a kind that ranks higher.

    The row is then the same in whatever order reports come: one calls X a village, another only names it. Who corrects
    the kind of such a row by hand keeps it by changing its note, which makes the row their own; a kind that no report
    gives stays.
    """
    told = {record.id: record.kind for record in reading.places if record.kind in KIND_RANKS}
    rows = (place for place in crisis.geography.places if place.note == UNLOCATED and _is_told(place))
    return tuple(
        place.model_copy(update={"kind": kind})
        for place in rows
        if (kind := told.get(place.id))
        and place.kind in KIND_RANKS
        and KIND_RANKS.index(kind) > KIND_RANKS.index(place.kind)
    )


def new_parties(crisis: Crisis, reading: Reading) -> tuple[Party, ...]:
    """Return the parties of a reading that parties.csv lacks, each parent among them or in the table already.

    A parent follows from a name alone (a national army's government). What a report tells of who belongs to whom is a
    claim, with its day and its source, and the table has room for neither.
    """
    names = party_names(own_tables(crisis))
    known = {party.id for party in crisis.parties}
    new = {record.id: record for record in reading.parties if record.id not in known and record.kind}
    parents = {record.id: parent for record in new.values() if (parent := _parent(record, names))}
    missing = sorted(set(parents.values()) - known - new.keys())
    sides = [side for parent in missing if (side := names.named_by_id(parent))]
    tabled: Collection[str] = known | new.keys() | {side.id for side in sides}
    above = (Party(id=side.id, name=side.name, kind=side.kind, note=TOLD) for side in sides)
    rows = ((record, parents.get(record.id)) for record in new.values())
    return (*above, *(_party(record, parent if parent in tabled else None) for record, parent in rows))


def _place(record: PlaceRecord) -> Place:
    return Place(
        id=record.id,
        name=record.name,
        kind=record.kind or "town",
        country=record.country,
        lat=record.lat,
        lon=record.lon,
        pcode=record.pcode,
        note=f"GeoNames {record.geonames_id}" if record.geonames_id else UNLOCATED,
    )


def _party(record: PartyRecord, parent: str | None) -> Party:
    return Party(id=record.id, name=record.name, kind=record.kind or "armed_group", parent=parent, note=TOLD)


def _is_told(place: Place) -> bool:
    touched = (place.other_names, place.population, place.population_source, place.capacity, place.group)
    if any(value not in (None, ()) for value in touched):
        return False
    if place.note == IN_EVENT_TABLE:
        return True
    if place.id.startswith(UNRESOLVED):
        return place.note == UNLOCATED and place.lat is None
    return place.id.startswith("gn") and place.note == f"GeoNames {place.id.removeprefix('gn')}"


def _is_party_told(party: Party) -> bool:
    return party.note == TOLD and not party.other_names and party.interest is None


def _parent(record: PartyRecord, names: PartyNames) -> str | None:
    """Return the government whose adjective begins the name of a state's forces or of its services."""
    words = words_of(tokens_of(record.name))
    adjective = adjectives().at(words, 0) if words else None
    if adjective is None or adjective[0] >= len(words):
        return None
    noun = phrases("forces").at(words, adjective[0]) or services().at(words, adjective[0])
    parent = names.government(adjective[1].iso3).id
    return parent if noun and noun[0] == len(words) and parent != record.id else None
