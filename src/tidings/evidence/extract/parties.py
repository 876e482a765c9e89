"""Parties: governments, armies, armed groups, organisations, and people by their office or role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis, PartyKind
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.metonyms import find_metonyms
from tidings.evidence.extract.organisations import acronym_after, apposed_organisation, headed_organisation
from tidings.evidence.extract.party_names import (
    PartyNames,
    Sense,
    adjectives,
    party_names,
    phrases,
    ruling_words,
    services,
    word_list,
)
from tidings.evidence.extract.persons import PersonHit, person_at, short_names, title_end
from tidings.evidence.extract.proper_names import end_offset, is_name_word, run_end, text_of
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import PartyRecord, RelationRecord

MILITARY_NOUNS = frozenset(
    ["operation", "operations", "base", "bases", "aid", "action", "campaign", "equipment", "source", "sources",
     "commander", "commanders", "spokesman", "official", "officials", "advance", "assault", "offensive", "chief",
     "intervention", "support", "airport", "personnel", "training", "hospital", "council", "police", "helicopter",
     "helicopters", "intelligence", "leaders", "leadership", "service", "outpost", "positions", "vehicles"]
)  # fmt: skip
BELONGS = frozenset(["member_of", "part_of", "official_of"])
HELD = frozenset(["held", "controlled", "backed", "led", "allied", "aligned", "run"])
OWN_MILITARY_NOUNS = frozenset(["advance", "assault", "offensive", "operation", "operations", "campaign"])


@dataclass(frozen=True, slots=True)
class Hit:
    """A party named by text[start:end]; words up to `next_word` are used up."""

    start: int
    end: int
    next_word: int
    sense: Sense


@dataclass
class _Reader:
    """What one pass over a report carries along: whose army was told of last, and short names met so far."""

    names: PartyNames
    countries: tuple[str, ...]
    report_id: str
    army_of: str | None = None
    hits: list[Hit] = field(default_factory=list)
    aliases: dict[str, Sense] = field(default_factory=dict)


def find_parties(
    document: Document, *, countries: tuple[str, ...] = (), crisis: Crisis | None = None
) -> tuple[PartyRecord, ...]:
    """Find the parties that a report names.

    Parameters
    ----------
    document
        The report cut into sentences.
    countries
        ISO3 codes, the country of the crisis first: whose "the army" and "the government" are.
    crisis
        Its parties are known by their own names and ids, before any general name.

    Returns
    -------
    tuple
        One record a party, in order of first mention.
    """
    reader = _Reader(party_names(crisis), countries, document.report.id)
    for words in document.words:
        _read_sentence(reader, words)
    taken = Mentions(Mention(hit.start, hit.end, hit.sense.id) for hit in reader.hits)
    for words in document.words:
        _read_short_names(reader, words, taken)
    acting = list(find_metonyms(document, {hit.start for hit in reader.hits}, reader.names))
    reader.hits += [Hit(start, end, 0, sense) for start, end, sense in acting]
    return _records(reader.hits)


def _read_sentence(reader: _Reader, words: Sequence[Word]) -> None:
    at = 0
    openers = reader.names.openers
    while at < len(words):
        may_start = words[at].is_capital or words[at].key in openers or is_name_word(words[at])
        found = list(_candidates(reader, words, at)) if may_start else []
        if not found:
            at += 1
            continue
        best = max(found, key=lambda hit: (hit.next_word, hit.end))
        reader.hits.append(best)
        at = max(best.next_word, at + 1)


def _candidates(reader: _Reader, words: Sequence[Word], at: int) -> Iterator[Hit]:
    if not words[at].text[0].isalpha():
        return
    phrase = reader.names.at(words, at)
    if phrase and not (phrase[1].kind == "person" and _runs_on(words, phrase[0])):
        yield _named(words, at, phrase[0], phrase[1])
    if words[at].is_capital and (adjective := adjectives().at(words, at)):
        yield from _after_adjective(reader, words, at, adjective[0], adjective[1].iso3)
    yield from _forces_alone(reader, words, at)
    if is_name_word(words[at]):
        yield from _proper(reader, words, at)
    elif person := _lower_titled(words, at, reader):
        yield person


def _runs_on(words: Sequence[Word], end: int) -> bool:
    """Whether a name follows at once: an office known as a person's other name stands before the name itself."""
    return end < len(words) and is_name_word(words[end]) and not words[end - 1].is_possessive


def _named(words: Sequence[Word], at: int, end: int, sense: Sense) -> Hit:
    """Take a phrase of the book; a resident is told by the place that stands behind."""
    placed = sense
    if sense.id in ("residents", "witnesses"):
        placed = _placed_residents(words, end, sense)
    return Hit(words[at].start, end_offset(words[end - 1]), end, placed)


def _placed_residents(words: Sequence[Word], at: int, sense: Sense) -> Sense:
    if at >= len(words) or words[at].key not in ("in", "of", "from", "near"):
        return sense
    first = at + 1
    while first < len(words) and first < at + 5 and not is_name_word(words[first]) and words[first].text.isalpha():
        first += 1
    last = run_end(words, first) if first < len(words) else first
    if last == first:
        return sense
    place, role = text_of(words, first, last), sense.id[:-1] if sense.id == "residents" else "witness"
    return Sense(slug(f"{role} {place}"), f"{role} of {place}", sense.kind)


def _after_adjective(reader: _Reader, words: Sequence[Word], at: int, noun: int, iso3: str) -> Iterator[Hit]:
    """Read what follows a country's adjective: its army, its government, what its forces do, who it backs."""
    if noun >= len(words):
        return
    if forces := phrases("forces").at(words, noun):
        reader.army_of = iso3
        yield Hit(words[at].start, end_offset(words[forces[0] - 1]), forces[0], reader.names.army(iso3))
    if government := phrases("governments").at(words, noun):
        yield from _government(reader, words, at, government[0], iso3)
    if phrases("acts").at(words, noun) or _is_stance(words, noun):
        yield Hit(words[at].start, end_offset(words[noun - 1]), noun, reader.names.government(iso3))
    yield from _national(reader, words, at, noun, iso3)
    if title_end(words, noun):
        yield Hit(words[at].start, end_offset(words[noun - 1]), noun, reader.names.government(iso3))


def _service(reader: _Reader, name: str, kind: PartyKind, iso3: str) -> Sense:
    return reader.names.own((name,)) or Sense(slug(name), name, kind, reader.names.government(iso3).id)


def _national(reader: _Reader, words: Sequence[Word], at: int, noun: int, iso3: str) -> Iterator[Hit]:
    """Read 'Turkish Red Crescent', 'Iranian fighters', 'Syrian rebels'."""
    own = phrases("red_crescents").at(words, noun) or phrases("fighters").at(words, noun)
    general = reader.names.at(words, noun)
    if service := services().at(words, noun):
        name = text_of(words, at, service[0])
        yield Hit(
            words[at].start, end_offset(words[service[0] - 1]), service[0], _service(reader, name, service[1], iso3)
        )
    elif general and not (own and own[1].startswith("Red")):
        yield Hit(words[at].start, end_offset(words[general[0] - 1]), general[0], general[1])
    elif own:
        name = text_of(words, at, own[0])
        yield Hit(words[at].start, end_offset(words[own[0] - 1]), own[0], _national_sense(reader, name, own[1]))


def _national_sense(reader: _Reader, name: str, noun: str) -> Sense:
    kind: PartyKind = "armed_group"
    if noun.startswith("Red"):
        kind = "humanitarian"
    elif noun.startswith("milit"):
        kind = "militia"
    return reader.names.own((name,)) or Sense(slug(name), name, kind)


def _government(reader: _Reader, words: Sequence[Word], at: int, end: int, iso3: str) -> Iterator[Hit]:
    """A title followed by a name is a person of that government, not the government itself."""
    if end < len(words) and is_name_word(words[end]) and not words[end - 1].is_possessive:
        return
    yield Hit(words[at].start, end_offset(words[end - 1]), end, reader.names.government(iso3))


def _is_stance(words: Sequence[Word], at: int) -> bool:
    after = at + 1 if words[at].text == "-" else at
    return after < len(words) and words[after].key in word_list("stances")


def _forces_alone(reader: _Reader, words: Sequence[Word], at: int) -> Iterator[Hit]:
    """Read 'the army' and 'the government' as those of the country told of last, else of the crisis's own."""
    iso3 = reader.army_of or (reader.countries[0] if reader.countries else None)
    if words[at].key not in ruling_words():
        return
    forces = phrases("forces_alone").at(words, at)
    if forces and _stands_for_forces(words, at, forces[0]):
        sense = reader.names.army(iso3) if iso3 else Sense("army", "army", "state_military")
        yield Hit(words[at].start, end_offset(words[forces[0] - 1]), forces[0], sense)
    ruling = phrases("governments_alone").at(words, at)
    if ruling and _stands_for_government(words, at):
        home = reader.countries[0] if reader.countries else iso3
        sense = reader.names.government(home) if home else Sense("government", "government", "government")
        yield Hit(words[at].start, end_offset(words[ruling[0] - 1]), ruling[0], sense)


def _stands_for_forces(words: Sequence[Word], at: int, end: int) -> bool:
    after = words[end].key if end < len(words) else ""
    if after in OWN_MILITARY_NOUNS:
        return True
    if after in MILITARY_NOUNS:
        return False
    is_headline = at == 0 and words[at].is_capital and len(after) > 3 and after.endswith("s")
    return is_headline or end - at > 1 or (at > 0 and words[at - 1].key in ("the", "their", "its"))


def _stands_for_government(words: Sequence[Word], at: int) -> bool:
    return _is_stance_held(words, at + 1) or (at > 0 and words[at - 1].key == "the")


def _is_stance_held(words: Sequence[Word], at: int) -> bool:
    after = at + 1 if at < len(words) and words[at].text == "-" else at
    return after < len(words) and words[after].key in HELD


def _proper(reader: _Reader, words: Sequence[Word], at: int) -> Iterator[Hit]:
    """Read a run of capitalised words as an organisation or a person."""
    run = run_end(words, at)
    for found in (headed_organisation(words, at, run), apposed_organisation(words, at, run)):
        if found:
            end, sense = found
            own = reader.names.own((sense.name,)) or sense
            if acronym := acronym_after(words, end):
                reader.aliases.setdefault(acronym, own)
            yield Hit(words[at].start, end_offset(words[end - 1]), end, own)
    if person := person_at(words, at, reader.report_id):
        yield _person_hit(reader, words, person)


def _lower_titled(words: Sequence[Word], at: int, reader: _Reader) -> Hit | None:
    person = person_at(words, at, reader.report_id) if title_end(words, at) else None
    return _person_hit(reader, words, person) if person else None


def _person_hit(reader: _Reader, words: Sequence[Word], person: PersonHit) -> Hit:
    name = text_of(words, person.name_start, person.end)
    known = reader.aliases.get(name) or reader.names.own((name,)) or person.sense
    for short in short_names(name, words[person.end - 1]):
        reader.aliases.setdefault(short, known)
    return Hit(words[person.start].start, end_offset(words[person.end - 1]), person.end, known)


def _read_short_names(reader: _Reader, words: Sequence[Word], taken: Mentions) -> None:
    """Find the later, shorter mentions of people and of organisations with an acronym."""
    for number, word in enumerate(words):
        sense = reader.aliases.get(text_of(words, number, number + 1)) if is_name_word(word) else None
        if sense and not taken.covers(word.start, word.end):
            reader.hits.append(Hit(word.start, end_offset(word), 0, sense))


def with_parents(parties: tuple[PartyRecord, ...], relations: Iterable[RelationRecord]) -> tuple[PartyRecord, ...]:
    """Return parties with the side that each is said to belong to: an official's body, a group's coalition.

    A parent that is known already stays; none is ever, through others, its own parent.
    """
    parents = {party.id: party.parent for party in parties if party.parent}
    for tie in relations:
        belongs = tie.relation in BELONGS and tie.certainty == "stated" and tie.subject not in parents
        if belongs and tie.subject not in _above(tie.object, parents):
            parents[tie.subject] = tie.object
    return tuple(
        party if party.parent == parents.get(party.id) else party.model_copy(update={"parent": parents[party.id]})
        for party in parties
    )


def _above(party: str, parents: Mapping[str, str]) -> list[str]:
    """Return a party and all that it belongs to."""
    found = [party]
    while (parent := parents.get(found[-1])) and parent not in found:
        found.append(parent)
    return found


def _records(hits: Sequence[Hit]) -> tuple[PartyRecord, ...]:
    grouped: dict[str, list[Hit]] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        grouped.setdefault(hit.sense.id, []).append(hit)
    return tuple(
        PartyRecord(
            id=party, name=found[0].sense.name, kind=found[0].sense.kind, parent=found[0].sense.parent,
            mentions=tuple(dict.fromkeys((hit.start, hit.end) for hit in found)),
        )
        for party, found in grouped.items()
    )  # fmt: skip
