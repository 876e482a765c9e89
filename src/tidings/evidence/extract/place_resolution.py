"""From a name in a report to a place: the crisis's own tables first, then the gazetteer, then nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis
from tidings.evidence.extract.party_names import written_words
from tidings.evidence.extract.phrasebook import PhraseBook, keys_of
from tidings.evidence.extract.place_candidates import (
    INSIDE,
    PREPOSITION,
    Candidate,
    country_names,
    region_names,
)
from tidings.evidence.reading import PlaceRecord
from tidings.geography.countries import countries as all_countries
from tidings.geography.countries import country as country_of
from tidings.geography.gazetteer import Gazetteer, GazetteerEntry
from tidings.geography.names import MIN_SKELETON, fold, is_spelling, skeleton
from tidings.geography.places import Crossing, Place, PlaceKind, Road, great_circle_km

Points = Sequence[tuple[float, float]]
"""Latitudes and longitudes."""
P_BY_MATCH = {"name": 0.95, "alternate": 0.9, "skeleton": 0.75}
"""Confidence in a gazetteer hit inside the crisis's countries."""
P_FAR = 0.6
P_CAPITAL = 0.85
AMBIGUOUS = 0.8
"""Factor on the confidence when a country has several places of one name."""
LARGE_TOWN = 100_000
"""People from which a place outside the crisis's countries is taken to be the one meant."""
NEAR_KM = 150.0
"""A loosely spelled place, or one of several of an alternate name, farther than this from all others is not taken."""
FAR_LIST_KM = 500.0
"""How far a large town abroad may lie from the places of its list."""
MATCHES = {"name": "by its name", "alternate": "by another of its names", "skeleton": "by a looser spelling"}
"""How a name was found in the gazetteer."""
OWN = "places.csv, crossings.csv: a place or crossing of the crisis"
LIST_KM = 80.0
"""The same for places named in one list ('the towns of A and B')."""


@dataclass(frozen=True)
class Resolver:
    """What names are resolved against."""

    gazetteer: Gazetteer
    countries: tuple[str, ...]
    own: dict[str, Place | Crossing] = field(default_factory=dict)
    own_by_skeleton: dict[str, list[tuple[str, Place | Crossing]]] = field(default_factory=dict)
    located: dict[str, tuple[float, float]] = field(default_factory=dict)
    roads: tuple[Road, ...] = ()

    @classmethod
    def of(cls, gazetteer: Gazetteer, countries: tuple[str, ...], crisis: Crisis | None) -> Resolver:
        """Index the names of a crisis's places and crossings; a crossing wins over a place of its name."""
        geography = crisis.geography if crisis else None
        rows: tuple[Place | Crossing, ...] = (*geography.crossings, *geography.places) if geography else ()
        own: dict[str, Place | Crossing] = {}
        loose: dict[str, list[tuple[str, Place | Crossing]]] = {}
        for row in rows:
            for name in (row.name, *row.other_names):
                own.setdefault(fold(name), row)
                loose.setdefault(skeleton(fold(name)), []).append((fold(name), row))
        located = {place.id: (place.lat, place.lon) for place in (geography.places if geography else ())
                   if place.lat is not None and place.lon is not None}  # fmt: skip
        return cls(gazetteer, countries, own, loose, located, geography.roads if geography else ())

    def from_crisis(self, candidate: Candidate) -> Resolved | None:
        """Resolve against the crisis's own places and crossings."""
        key = fold(candidate.name)
        for name, exact in ((f"{key} {candidate.noun}", True), (key, candidate.noun in (None, "crossing", "camp"))):
            if exact and (row := self.own.get(name)):
                return Resolved(_own_record(row, 1.0, self.located), OWN)
        if candidate.noun not in (None, "crossing") or len(skeleton(key)) < MIN_SKELETON:
            return None
        loose = {row.id: row for other, row in self.own_by_skeleton.get(skeleton(key), ()) if is_spelling(key, other)}
        if len(loose) != 1:
            return None
        return Resolved(_own_record(next(iter(loose.values())), 0.9, self.located), f"{OWN}, in a looser spelling")

    @cached_property
    def own_phrases(self) -> PhraseBook[tuple[PlaceRecord, tuple[str, ...]]]:
        """Return the crisis's names of several words, and those of its roads, with their records and as written.

        The longest wins: 'eastern X' before X, 'X bridge' before X.
        """
        rows: Iterable[Place | Crossing] = dict.fromkeys(self.own.values())
        names = [(name, _own_record(row, 1.0, self.located)) for row in rows for name in (row.name, *row.other_names)]
        several = [(name, record) for name, record in names if len(keys_of(name)) > 1]
        return PhraseBook((name, (record, written_words(name))) for name, record in (*several, *self._road_names()))

    def _road_names(self) -> Iterator[tuple[str, PlaceRecord]]:
        """Yield the roads that have a name for an id: 'castello-road' is 'Castello road'; 'a--b' is no name."""
        for road in self.roads:
            if "--" not in road.id and fold(road.id) not in self.own:
                name = road.id.replace("-", " ")
                record = PlaceRecord(id=road.id, name=name[0].upper() + name[1:], kind="road", p=1.0)
                yield from ((written, record) for written in dict.fromkeys((name, road.id)))

    def entries(self, name: str) -> tuple[GazetteerEntry, ...]:
        """Look a name up in the gazetteer, with looser spellings inside the crisis's countries."""
        return self.gazetteer.lookup(name, self.countries)


def _own_record(row: Place | Crossing, p: float, located: dict[str, tuple[float, float]]) -> PlaceRecord:
    if isinstance(row, Crossing):
        lat, lon = located.get(row.side_a) or located.get(row.side_b) or (None, None)
        return PlaceRecord(id=row.id, name=row.name, kind="crossing", lat=lat, lon=lon, p=p)
    return PlaceRecord(
        id=row.id, name=row.name, kind=row.kind, country=row.country, lat=row.lat, lon=row.lon, pcode=row.pcode, p=p
    )


def country_record(iso3: str) -> PlaceRecord:
    """Return the record of a country."""
    name = country_of(iso3).name
    return PlaceRecord(id=f"country-{iso3.lower()}", name=name, kind="country", country=iso3, p=1.0)


class Resolved(NamedTuple):
    """A place and how its name was resolved."""

    record: PlaceRecord
    rule: str


def resolve_known(candidate: Candidate) -> Resolved | None:
    """Resolve countries and regions of the world, which need no gazetteer."""
    if candidate.noun:
        return None
    iso3 = country_names().get(candidate.name)
    if iso3:
        return Resolved(country_record(iso3), "countries: a country's name")
    region = region_names().get(candidate.name)
    if region is None:
        return None
    name = region.removeprefix("the ")
    record = PlaceRecord(id=f"region-{slug(name)}", name=name, kind="region", p=0.9)
    return Resolved(record, f"places.yaml regions: '{name}'")


def resolve_plain(candidate: Candidate, resolver: Resolver, anchors: Points, mates: Points) -> Resolved | None:
    """Resolve a name in the gazetteer, or not at all.

    Parameters
    ----------
    candidate
        The name and its cues.
    resolver
        The gazetteer and the crisis's countries.
    anchors
        Coordinates of the report's places that are certain.
    mates
        Coordinates of certain places in the same list of names.
    """
    if candidate.noun is not None:
        return None
    entries = resolver.entries(candidate.name)
    inside = [entry for entry in entries if entry.country in resolver.countries]
    if inside:
        best = _nearest(inside, mates or anchors)
        others = len(_distinct(inside)) - 1
        if not _fits(best, candidate, anchors, mates, is_only=not others):
            return None
        return Resolved(_record(best, candidate, others > 0), _choice(best, others, anchors, mates))
    return _far(
        [entry for entry in entries if not mates or _distance(entry, mates) <= FAR_LIST_KM], candidate, resolver
    )


def _choice(entry: GazetteerEntry, others: int, anchors: Points, mates: Points) -> str:
    """Say how one of several places of a name was chosen, as `_nearest` chooses."""
    told = f"gazetteer: {MATCHES[entry.match]}"
    if not others:
        return f"{told}, the only one in the crisis's countries"
    told = f"{told}, of {others + 1} in the crisis's countries"
    if (entry.population or 0) >= LARGE_TOWN or not (mates or anchors):
        return f"{told} the first: the one with most people"
    return f"{told} the nearest to {'the places of its list' if mates else 'other places of the report'}"


def _fits(entry: GazetteerEntry, candidate: Candidate, anchors: Points, mates: Points, *, is_only: bool) -> bool:
    """Whether a hit inside the crisis's countries is likely enough: better unresolved than wrong.

    The only place there of an exact name, its main one or another, may lie far from all others of the report.
    """
    if candidate.cue == 0 and (entry.match == "skeleton" or (entry.population or 0) < LARGE_TOWN // 5):
        return False
    is_exact = entry.match == "name" or (is_only and entry.match == "alternate")
    is_sure = is_exact or (entry.population or 0) >= LARGE_TOWN
    if mates and not is_sure and _distance(entry, mates) > LIST_KM:
        return False
    return is_sure or not anchors or _distance(entry, anchors) <= NEAR_KM


def _distance(entry: GazetteerEntry, points: Points) -> float:
    return min((great_circle_km(entry.lat, entry.lon, lat, lon) for lat, lon in points), default=0.0)


def _nearest(entries: Sequence[GazetteerEntry], points: Points) -> GazetteerEntry:
    """Choose among homonyms: the best kind of match, then a large town, then the nearest to the other places."""
    first = [entry for entry in entries if entry.match == entries[0].match]
    if not points or (first[0].population or 0) >= LARGE_TOWN:
        return first[0]
    return min(first, key=lambda entry: _distance(entry, points))


def _distinct(entries: Sequence[GazetteerEntry]) -> list[GazetteerEntry]:
    """Return the entries that are not the same town listed twice."""
    kept: list[GazetteerEntry] = []
    for entry in entries:
        if entry.match == entries[0].match and (not kept or _distance(entry, [(k.lat, k.lon) for k in kept]) > 10):
            kept.append(entry)
    return kept


def _far(entries: Sequence[GazetteerEntry], candidate: Candidate, resolver: Resolver) -> Resolved | None:
    """Take a place outside the crisis's countries only where it is a capital or a large town by its own name."""
    capital = _capital(entries, candidate)
    large = next((e for e in entries if e.match == "name" and (e.population or 0) >= LARGE_TOWN), None)
    if candidate.cue < PREPOSITION:
        large = None
    found = capital or large or (entries[0] if entries and not resolver.countries and candidate.cue >= INSIDE else None)
    if found is None or found.match == "skeleton":
        return None
    record = _record(found, candidate, False)
    told = "a capital" if capital else "a large town" if large else "the first of its name"
    record = record.model_copy(update={"p": P_CAPITAL if capital else P_FAR})
    outside = "outside the crisis's countries" if resolver.countries else "no country being given"
    return Resolved(record, f"gazetteer: {outside}, {told}")


def _capital(entries: Sequence[GazetteerEntry], candidate: Candidate) -> GazetteerEntry | None:
    key = fold(candidate.name)
    capitals = (e for e in entries if e.country in all_countries()
                and key in {fold(name) for name in all_countries()[e.country].capitals})  # fmt: skip
    return max(capitals, key=lambda entry: entry.population or 0, default=None)


def _record(entry: GazetteerEntry, candidate: Candidate, is_ambiguous: bool) -> PlaceRecord:
    p = P_BY_MATCH[entry.match] * (AMBIGUOUS if is_ambiguous else 1.0)
    return PlaceRecord(
        id=f"gn{entry.geonames_id}", name=candidate.name, kind=_kind(entry, candidate), country=entry.country,
        lat=entry.lat, lon=entry.lon, geonames_id=entry.geonames_id, p=round(p, 2),
    )  # fmt: skip


def _kind(entry: GazetteerEntry, candidate: Candidate) -> PlaceKind:
    if candidate.kind in ("city", "town", "village"):
        return candidate.kind
    if entry.population is None:
        return "town"
    return "city" if entry.population >= LARGE_TOWN else "town" if entry.population >= 5_000 else "village"


def unresolved_record(candidate: Candidate) -> PlaceRecord:
    """Return the record of a place that nothing resolves: no coordinates, confidence 0."""
    noun = candidate.noun if candidate.noun not in (None, "crossing") else ""
    name = f"{candidate.name} {noun}".strip()
    return PlaceRecord(id=f"unresolved-{slug(name)}", name=name, kind=candidate.kind)
