"""Places that a report names: one record under all its spellings; what cannot be resolved stays unresolved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tidings.crisis.crisis import Crisis
from tidings.evidence.extract.borders import find_borders
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.party_names import adjectives
from tidings.evidence.extract.place_candidates import TOLD, Candidate, country_names, find_candidates
from tidings.evidence.extract.place_resolution import (
    Resolver,
    resolve_known,
    resolve_plain,
    unresolved_record,
)
from tidings.evidence.extract.relative_places import described_lists, relative_before, relative_behind
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import PartyRecord, PlaceRecord, RelativeTo
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.names import fold, is_spelling, skeleton

CREDITS = re.compile(
    r"\([^()\n]{0,60}\b(?:reporting|writing|editing|compiled|edited)\s+by\b[^()\n]{0,2000}\)?", re.IGNORECASE
)
TOLD_COUNTRIES_MAX = 3


@dataclass
class _Found:
    """Places resolved so far and the mentions of each."""

    records: dict[str, PlaceRecord] = field(default_factory=dict)
    mentions: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)

    def add(self, record: PlaceRecord, start: int, end: int, name: str | None = None) -> None:
        """Keep the surest record of a place and one more mention of it."""
        known = self.records.get(record.id)
        if known is None or record.p > known.p:
            self.records[record.id] = record if known is None else record.model_copy(update={"name": known.name})
        self.mentions.setdefault(record.id, set()).add((start, end))
        if name:
            self.by_name.setdefault(fold(name), record.id)


def find_places(
    document: Document,
    gazetteer: Gazetteer,
    *,
    countries: tuple[str, ...] = (),
    crisis: Crisis | None = None,
    parties: tuple[PartyRecord, ...] = (),
) -> tuple[PlaceRecord, ...]:
    """Find the places of a report's story.

    Parameters
    ----------
    document
        The report cut into sentences.
    gazetteer
        Where names not known to the crisis are looked up.
    countries
        ISO3 codes of the crisis's countries; where empty, those that the report names most.
    crisis
        Its own places and crossings come before the gazetteer.
    parties
        Parties already read: a place's name inside theirs is none.

    Returns
    -------
    tuple
        One record a place, in order of first mention. Unresolved places have no coordinates and p = 0.
    """
    home = countries or countries_told(document)
    resolver = Resolver.of(gazetteer, home, crisis)
    candidates = _candidates(document, parties)
    found = _Found()
    rest = _resolve_certain(candidates, resolver, found)
    rest = _resolve_by_gazetteer(rest, resolver, found)
    _keep_unresolved(rest, found)
    for words in document.words:
        for start, end, record in find_borders(words, home):
            found.add(record, start, end)
    _tell_relative(document, candidates, found)
    for mention in described_lists(document, _mentions(found)):
        found.mentions[mention.id].add((mention.start, mention.end))
    return _records(found)


def countries_told(document: Document) -> tuple[str, ...]:
    """Return the countries that a report names most, by name or adjective: its setting where nobody gave one."""
    counted: Counter[str] = Counter()
    for words in document.words:
        for at, word in enumerate(words):
            if word.is_capital:
                named = country_names().at(words, at)
                adjective = adjectives().at(words, at)
                counted.update([named[1]] if named else [adjective[1].iso3] if adjective else [])
    most = counted.most_common(TOLD_COUNTRIES_MAX)
    return tuple(iso3 for iso3, number in most if number * 3 >= most[0][1])


def _candidates(document: Document, parties: Iterable[PartyRecord]) -> list[Candidate]:
    """Return the candidates outside names of parties and outside the page's credits."""
    found = find_candidates(document, _taken(document, parties))
    of_page = [match.span() for match in CREDITS.finditer(document.body)]
    return [
        candidate
        for sentence in found
        for candidate in sentence
        if not any(start <= candidate.start < end for start, end in of_page)
    ]


def _taken(document: Document, parties: Iterable[PartyRecord]) -> Mentions:
    """Return the mentions of parties that hide a place: not a country that acts under its own name."""
    return Mentions(
        Mention(start, end, party.id)
        for party in parties
        for start, end in party.mentions
        if country_names().get(document.body[start:end]) is None
    )


def _resolve_certain(candidates: Sequence[Candidate], resolver: Resolver, found: _Found) -> list[Candidate]:
    rest = []
    for candidate in candidates:
        record = resolver.from_crisis(candidate) or resolve_known(candidate)
        if record:
            found.add(record, candidate.start, candidate.end, candidate.name)
        else:
            rest.append(candidate)
    return rest


def _resolve_by_gazetteer(candidates: Sequence[Candidate], resolver: Resolver, found: _Found) -> list[Candidate]:
    """Resolve surer names first: they are what the others are near to."""
    rest: list[Candidate] = []
    order = sorted(candidates, key=lambda c: (not _is_sure(c, resolver), c.start))
    for candidate in order:
        anchors = _points(found, None)
        mates = _points(found, [c for c in candidates if c.row == candidate.row and c.sentence == candidate.sentence])
        record = resolve_plain(candidate, resolver, anchors, mates)
        if record:
            found.add(record, candidate.start, candidate.end, candidate.name)
        else:
            rest.append(candidate)
    return rest


def _is_sure(candidate: Candidate, resolver: Resolver) -> bool:
    entries = resolver.entries(candidate.name)
    inside = [entry for entry in entries if entry.country in resolver.countries and entry.match != "skeleton"]
    return candidate.cue > 0 and len(inside) == 1


def _points(found: _Found, row: Sequence[Candidate] | None) -> list[tuple[float, float]]:
    spans = None if row is None else {(c.start, c.end) for c in row}
    return [
        (record.lat, record.lon)
        for record in found.records.values()
        if record.lat is not None and record.lon is not None
        and (spans is None or spans & found.mentions[record.id])
    ]  # fmt: skip


def _keep_unresolved(candidates: Sequence[Candidate], found: _Found) -> None:
    """Keep what the words call a place as unresolved; other mentions of a kept name are mentions of that place."""
    for candidate in sorted(candidates, key=lambda c: c.start):
        if candidate.cue == TOLD and not candidate.name.isupper():
            record = unresolved_record(candidate)
            same = _spelled_alike(record, found)
            found.add(same or record, candidate.start, candidate.end, None if candidate.noun else candidate.name)
    for candidate in candidates:
        known = found.by_name.get(fold(candidate.name)) if candidate.noun is None else None
        if known:
            found.mentions[known].add((candidate.start, candidate.end))


def _spelled_alike(record: PlaceRecord, found: _Found) -> PlaceRecord | None:
    """Return the unresolved place that this is another spelling of."""
    key = fold(record.name)
    return next(
        (
            other
            for other in found.records.values()
            if other.id.startswith("unresolved-")
            and skeleton(fold(other.name)) == skeleton(key)
            and is_spelling(key, fold(other.name))
        ),
        None,
    )


def _mentions(found: _Found) -> Mentions:
    return Mentions(Mention(start, end, place) for place, spans in found.mentions.items() for start, end in spans)


def _tell_relative(document: Document, candidates: Sequence[Candidate], found: _Found) -> None:
    """Note where unresolved places lie as told from resolved ones."""
    resolved = Mentions(m for m in _mentions(found).all if not m.id.startswith("unresolved-"))
    for candidate in candidates:
        place = _place_at(candidate, found)
        if place is None or not place.startswith("unresolved-"):
            continue
        relative = _relative(document, candidate, candidates, resolved)
        if relative and found.records[place].relative_to is None:
            found.records[place] = found.records[place].model_copy(update={"relative_to": relative})


def _place_at(candidate: Candidate, found: _Found) -> str | None:
    span = (candidate.start, candidate.end)
    return next((place for place, spans in found.mentions.items() if span in spans), None)


def _relative(
    document: Document, candidate: Candidate, candidates: Sequence[Candidate], resolved: Mentions
) -> RelativeTo | None:
    words = document.words[candidate.sentence]
    row = [c for c in candidates if c.sentence == candidate.sentence and c.row == candidate.row]
    last = max(c.last for c in row) + (1 if candidate.noun else 0)
    return relative_behind(words, last, resolved) or relative_before(words, candidate.first, resolved)


def _records(found: _Found) -> tuple[PlaceRecord, ...]:
    records = (
        record.model_copy(update={"mentions": tuple(sorted(found.mentions[place]))})
        for place, record in found.records.items()
    )
    return tuple(sorted(records, key=lambda record: (record.mentions[0], record.id)))


def places_unresolved(places: Iterable[PlaceRecord]) -> Iterator[PlaceRecord]:
    """Yield the places that nothing resolved."""
    return (place for place in places if place.id.startswith("unresolved-"))
