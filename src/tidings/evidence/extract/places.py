"""Places that a report names: one record under all its spellings; what cannot be resolved stays unresolved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tidings.crisis.crisis import Crisis
from tidings.evidence.extract.borders import find_borders
from tidings.evidence.extract.later_places import find_later_places
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.phrasebook import PhraseBook
from tidings.evidence.extract.place_candidates import (
    INSIDE,
    TOLD,
    Candidate,
    country_names,
    crossing_end,
    find_candidates,
    is_own_name,
    tells_of_a_place,
)
from tidings.evidence.extract.place_resolution import (
    OWN,
    Resolved,
    Resolver,
    resolve_known,
    resolve_plain,
    unresolved_record,
)
from tidings.evidence.extract.proper_names import end_offset
from tidings.evidence.extract.relative_places import described_lists, relative_before, relative_behind
from tidings.evidence.extract.trail import Because, Trail
from tidings.evidence.extract.words import Document
from tidings.evidence.reading import PartyRecord, PlaceRecord, RelativeTo
from tidings.geography.countries import countries as all_countries
from tidings.geography.countries import iso3_of
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.names import fold, is_spelling, skeleton

CREDITS = re.compile(
    r"\([^()\n]{0,60}\b(?:reporting|writing|editing|compiled|edited)\s+by\b[^()\n]{0,2000}\)?", re.IGNORECASE
)
TOLD_COUNTRIES_MAX = 3
UNRESOLVED = "unresolved-"
UNKNOWN = "places: unresolved, the words tell a place that neither the crisis nor the gazetteer knows near the others"
BORDER = "borders: of the countries named, a single one with the crisis's country that touches it"
LISTED = "relative_places: one of a number of towns whose names are listed elsewhere"
LATER = "later_places: told by its kind alone, of a place named before"


@dataclass
class _Found:
    """Places resolved so far and the mentions of each."""

    records: dict[str, PlaceRecord] = field(default_factory=dict)
    mentions: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    by_name: dict[str, str] = field(default_factory=dict)
    by_span: dict[tuple[int, int], str] = field(default_factory=dict)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)
    unresolved: dict[str, list[PlaceRecord]] = field(default_factory=dict)
    """Unresolved places by the skeleton of their names."""
    trail: Trail | None = None

    def add(self, record: PlaceRecord, start: int, end: int, name: str | None = None) -> None:
        """Keep the surest record of a place and one more mention of it."""
        known = self.records.get(record.id)
        if known is None or record.p > known.p:
            self.records[record.id] = record if known is None else record.model_copy(update={"name": known.name})
        elif known.kind is None and record.kind is not None:
            self.records[record.id] = known.model_copy(update={"kind": record.kind})
        if known is None and record.id.startswith(UNRESOLVED):
            self.unresolved.setdefault(skeleton(fold(record.name)), []).append(record)
        if record.lat is not None and record.lon is not None:
            self.points[record.id] = (record.lat, record.lon)
        self.by_span.setdefault((start, end), record.id)
        self.mentions.setdefault(record.id, set()).add((start, end))
        if name:
            self.by_name.setdefault(fold(name), record.id)

    def note(self, place: str, start: int, end: int, name_rule: str, id_rule: str | None = None) -> None:
        """Note how a name was recognised, and once a rule how it was resolved."""
        if self.trail is not None:
            self.trail.note(place, "name", Because(name_rule, start, end))
        if self.trail is not None and id_rule:
            self.trail.note_rule(place, "id", Because(id_rule, start, end))


def find_places(
    document: Document,
    gazetteer: Gazetteer,
    *,
    countries: tuple[str, ...] = (),
    crisis: Crisis | None = None,
    parties: tuple[PartyRecord, ...] = (),
    trail: Trail | None = None,
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
    trail
        Where the rules that fired and their words are noted, by the ids of the places.

    Returns
    -------
    tuple
        One record a place, in order of first mention. Unresolved places have no coordinates and p = 0.
    """
    home = countries or countries_told(document)
    resolver = Resolver.of(gazetteer, home, crisis)
    found = _Found(trail=trail)
    taken = _taken(document, parties)
    candidates = _candidates(document, [*taken, *_own_names(document, resolver, found, Mentions(taken))])
    rest = _resolve_certain(candidates, resolver, found)
    rest = _resolve_by_gazetteer(rest, resolver, found)
    _keep_unresolved(document, rest, candidates, found)
    for start, end, record in find_borders(document, home):
        found.add(record, start, end)
        found.note(record.id, start, end, "places.yaml borders: a border with one or two countries", BORDER)
    _tell_relative(document, candidates, found)
    named = _mentions(found)
    kinds = {place: record.kind for place, record in found.records.items()}
    later = find_later_places(document, named, kinds)
    for rule, mentions in ((LISTED, described_lists(document, named)), (LATER, later)):
        for mention in mentions:
            found.mentions[mention.id].add((mention.start, mention.end))
            found.note(mention.id, mention.start, mention.end, rule)
    return _records(found)


@lru_cache(maxsize=1)
def _country_words() -> PhraseBook[str]:
    """Return ISO3 codes by country name and by adjective."""
    of_adjectives = ((word, each.iso3) for each in all_countries().values() for word in each.adjectives)
    return PhraseBook((*iso3_of().items(), *of_adjectives))


def countries_told(document: Document) -> tuple[str, ...]:
    """Return the countries that a report names most, by name or adjective: its setting where nobody gave one."""
    return most_told([document])


def most_told(documents: Iterable[Document]) -> tuple[str, ...]:
    """Return the countries that the parts of a report name most."""
    counted: Counter[str] = Counter()
    for document in documents:
        named = _country_words().all_of(document)
        counted.update(iso3 for number, at, _, iso3 in named if document.words[number][at].is_capital)
    most = counted.most_common(TOLD_COUNTRIES_MAX)
    return tuple(iso3 for iso3, number in most if number * 3 >= most[0][1])


def _own_names(document: Document, resolver: Resolver, found: _Found, taken: Mentions) -> list[Mention]:
    """Find the crisis's own names of several words, the longest first, and return their mentions."""
    mentions: list[Mention] = []
    for words in document.words:
        free = 0
        for at, last, (record, written) in resolver.own_phrases.all_in(words):
            if at < free or not is_own_name(words, at, last, written, record.kind):
                continue
            start, end = words[at].start, end_offset(words[last - 1])
            if not any(m.start <= start and end <= m.end for m in taken.within(words[0].start, words[-1].end)):
                free, end = last, crossing_end(words, last, record.kind) or end
                mentions.append(Mention(start, end, record.id))
                found.add(record, start, end)
                found.note(record.id, start, end, "place_candidates: a name of the crisis's own, of several words", OWN)
    return mentions


def _candidates(document: Document, taken: Iterable[Mention]) -> list[Candidate]:
    """Return the candidates outside the words that are taken and outside the page's credits."""
    found = find_candidates(document, Mentions(taken))
    of_page = [match.span() for match in CREDITS.finditer(document.body)]
    return [
        candidate
        for sentence in found
        for candidate in sentence
        if not any(start <= candidate.start < end for start, end in of_page)
    ]


def _taken(document: Document, parties: Iterable[PartyRecord]) -> list[Mention]:
    """Return the mentions of parties that hide a place: not a country that acts under its own name."""
    return [
        Mention(start, end, party.id)
        for party in parties
        for start, end in party.mentions
        if country_names().get(document.body[start:end]) is None
    ]


def _resolve_certain(candidates: Sequence[Candidate], resolver: Resolver, found: _Found) -> list[Candidate]:
    rest = []
    for candidate in candidates:
        resolved = resolver.from_crisis(candidate) or resolve_known(candidate)
        if resolved:
            found.add(resolved.record, candidate.start, candidate.end, candidate.name)
            found.note(resolved.record.id, candidate.start, candidate.end, candidate.rule, resolved.rule)
        else:
            rest.append(candidate)
    return rest


def _resolve_by_gazetteer(candidates: Sequence[Candidate], resolver: Resolver, found: _Found) -> list[Candidate]:
    """Resolve surer names first: they are what the others are near to."""
    rest: list[Candidate] = []
    rows: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        rows.setdefault((candidate.sentence, candidate.row), []).append(candidate)
    for candidate in sorted(candidates, key=lambda c: (not _is_sure(c, resolver), c.start)):
        mates = _points(rows[candidate.sentence, candidate.row], found)
        resolved = resolve_plain(candidate, resolver, tuple(found.points.values()), mates)
        resolved = resolved or _told_already(candidate, resolver, found)
        if resolved:
            found.add(resolved.record, candidate.start, candidate.end, candidate.name)
            found.note(resolved.record.id, candidate.start, candidate.end, candidate.rule, resolved.rule)
        else:
            rest.append(candidate)
    return rest


def _told_already(candidate: Candidate, resolver: Resolver, found: _Found) -> Resolved | None:
    """Return the place already read that a name without any cue is another spelling of."""
    entries = resolver.entries(candidate.name) if candidate.noun is None else ()
    ids = (f"gn{entry.geonames_id}" for entry in entries)
    known = next((found.records[place] for place in ids if place in found.records), None)
    return Resolved(known, "gazetteer: another spelling of a place read before") if known else None


def _is_sure(candidate: Candidate, resolver: Resolver) -> bool:
    entries = resolver.entries(candidate.name)
    inside = [entry for entry in entries if entry.country in resolver.countries and entry.match != "skeleton"]
    return candidate.cue > 0 and len(inside) == 1


def _points(row: Sequence[Candidate], found: _Found) -> list[tuple[float, float]]:
    """Return where the resolved names of a list lie."""
    places = (found.by_span.get((candidate.start, candidate.end)) for candidate in row)
    return [found.points[place] for place in places if place in found.points]


def _is_listed(document: Document, candidate: Candidate, row: Sequence[Candidate], found: _Found) -> bool:
    """Whether a name stands in a list of places of which one is known: 'reached Azaz, X and Y'.

    Behind ', and' of two names another clause may begin.
    """
    words = document.words[candidate.sentence]
    is_clause = len(row) == 2 and any(word.text == "," for word in words[row[0].last : row[1].first])
    is_known = any((mate.start, mate.end) in found.by_span for mate in row)
    return candidate.cue > 0 and len(row) > 1 and is_known and not is_clause


def _keep_unresolved(
    document: Document, candidates: Sequence[Candidate], every: Sequence[Candidate], found: _Found
) -> None:
    """Keep what the words call a place as unresolved; other mentions of a kept name are mentions of that place."""
    mates: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in every:
        mates.setdefault((candidate.sentence, candidate.row), []).append(candidate)
    for candidate in sorted(candidates, key=lambda c: c.start):
        told = (
            candidate.cue == TOLD
            or _is_listed(document, candidate, mates[candidate.sentence, candidate.row], found)
            or (candidate.cue == INSIDE and tells_of_a_place(document.words[candidate.sentence], candidate))
        )
        if told and not candidate.name.isupper():
            record = unresolved_record(candidate)
            same = _spelled_alike(record, found)
            record = record.model_copy(update={"id": same.id, "name": same.name}) if same else record
            found.add(record, candidate.start, candidate.end, None if candidate.noun else candidate.name)
            found.note(record.id, candidate.start, candidate.end, candidate.rule, UNKNOWN)
    for candidate in candidates:
        known = found.by_name.get(fold(candidate.name)) if candidate.noun is None else None
        if known:
            found.mentions[known].add((candidate.start, candidate.end))
            found.note(known, candidate.start, candidate.end, candidate.rule)


def _spelled_alike(record: PlaceRecord, found: _Found) -> PlaceRecord | None:
    """Return the unresolved place that this is another spelling of."""
    key = fold(record.name)
    alike = found.unresolved.get(skeleton(key), ())
    return next((other for other in alike if is_spelling(key, fold(other.name))), None)


def _mentions(found: _Found) -> Mentions:
    return Mentions(Mention(start, end, place) for place, spans in found.mentions.items() for start, end in spans)


def _tell_relative(document: Document, candidates: Sequence[Candidate], found: _Found) -> None:
    """Note where unresolved places lie as told from resolved ones."""
    resolved = Mentions(m for m in _mentions(found).all if not m.id.startswith(UNRESOLVED))
    lasts: dict[tuple[int, int], int] = {}
    for candidate in candidates:
        row = (candidate.sentence, candidate.row)
        lasts[row] = max(lasts.get(row, 0), candidate.last + (candidate.noun is not None))
    for candidate in candidates:
        place = found.by_span.get((candidate.start, candidate.end))
        if place is None or not place.startswith(UNRESOLVED):
            continue
        last = lasts[candidate.sentence, candidate.row]
        relative = _relative(document, candidate, last, resolved)
        if relative and found.records[place].relative_to is None:
            found.records[place] = found.records[place].model_copy(update={"relative_to": relative})
            if found.trail is not None:
                rule = "relative_places: a distance or bearing from another place beside the name"
                found.trail.note(place, "relative_to", Because(rule, candidate.start, candidate.end))


def _relative(document: Document, candidate: Candidate, last: int, resolved: Mentions) -> RelativeTo | None:
    words = document.words[candidate.sentence]
    return relative_behind(words, last, resolved) or relative_before(words, candidate.first, resolved)


def _records(found: _Found) -> tuple[PlaceRecord, ...]:
    records = (
        record.model_copy(update={"mentions": tuple(sorted(found.mentions[place]))})
        for place, record in found.records.items()
    )
    return tuple(sorted(records, key=lambda record: (record.mentions[0], record.id)))


def places_unresolved(places: Iterable[PlaceRecord]) -> Iterator[PlaceRecord]:
    """Yield the places that nothing resolved."""
    return (place for place in places if place.id.startswith(UNRESOLVED))
