"""Parties: governments, armies, armed groups, organisations, and people by their office or role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis, PartyKind
from tidings.evidence.extract.datelines import agencies_of
from tidings.evidence.extract.later_names import Shorter, find_later, is_general
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.metonyms import find_metonyms
from tidings.evidence.extract.organisations import (
    apposed_organisation,
    defined_organisation,
    headed_organisation,
    numbered_unit,
)
from tidings.evidence.extract.own_places import OwnPlaces, own_places, region_over
from tidings.evidence.extract.partisans import partisans_at
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
from tidings.evidence.extract.party_trail import (
    ACTS,
    ETHNIC,
    FAVOURING,
    LATER,
    METONYM,
    OF_COUNTRY,
    PEOPLE,
    PERSONS,
    TITLED,
    UNIT,
    note_parties,
)
from tidings.evidence.extract.peoples import people_at, people_of_at
from tidings.evidence.extract.persons import PersonHit, Persons, persons_of, short_names, title_end
from tidings.evidence.extract.proper_names import end_offset, is_name_word, run_end, text_of
from tidings.evidence.extract.relation_lexicon import relation_words
from tidings.evidence.extract.trail import Trail
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import PartyRecord

ACT_REACH = 8
"""Words between a country's adjective and what its forces do."""


ORGANISATIONS = (
    (headed_organisation, "organisations: a name whose noun in parties.yaml heads is one of organisations"),
    (apposed_organisation, "organisations: a name, and behind a comma what sort of group it is"),
    (defined_organisation, "organisations: a name and its first letters in brackets"),
)


class Hit(NamedTuple):
    """A party named by text[start:end]; words up to `next_word` are used up."""

    start: int
    end: int
    next_word: int
    sense: Sense
    rule: str = "parties: a name of a party"
    """How it was recognised."""


@dataclass
class _Reader:
    """What one pass over a report carries along: whose army was told of last, and short names met so far."""

    names: PartyNames
    countries: tuple[str, ...]
    persons: Persons
    places: OwnPlaces
    army_of: str | None = None
    hits: list[Hit] = field(default_factory=list)
    shorter: Shorter = field(default_factory=Shorter)


def find_parties(
    document: Document,
    *,
    countries: tuple[str, ...] = (),
    crisis: Crisis | None = None,
    trail: Trail | None = None,
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
    trail
        Where the rules that fired and their words are noted, by the ids of the parties.

    Returns
    -------
    tuple
        One record a party, in order of first mention.
    """
    reader = _Reader(party_names(crisis), countries, persons_of(document), own_places(crisis))
    for words in document.words:
        _read_sentence(reader, words)
    reader.hits = _of_own_coalition(document, reader.hits)
    reader.hits = _with_later(document, reader)
    acting = list(find_metonyms(document, {hit.start for hit in reader.hits}, reader.names))
    reader.hits += [Hit(start, end, 0, sense, METONYM) for start, end, sense in acting]
    agencies = agencies_of(document)
    reader.hits = [hit for hit in reader.hits if not agencies.hold(hit.start, hit.end, hit.sense.kind)]
    if trail is not None:
        named = [(hit.start, hit.end, hit.sense, hit.rule) for hit in reader.hits]
        note_parties(trail, named, {party.id for party in reader.names.crisis_parties})
    return _records(reader.hits)


def _read_sentence(reader: _Reader, words: Sequence[Word]) -> None:
    free, openers = 0, reader.names.openers
    starts = [
        at
        for at, word in enumerate(words)
        if word.is_name or word.key in openers or word.is_capital or word.text.isdigit()
    ]
    for at in starts:
        found = list(_candidates(reader, words, at)) if at >= free else []
        if not found:
            continue
        best = max(found, key=lambda hit: (hit.next_word, hit.end))
        if region := region_over(words, at, best.next_word) or _own_place_over(reader, words, at, best):
            free = region
            continue
        reader.hits.append(best)
        is_named = words[at].is_capital or is_name_word(words[best.next_word - 1])
        reader.shorter.note_kind(words, at, best.next_word, best.sense)
        if is_named and best.sense.kind not in ("person", "civilians"):
            reader.shorter.note_body(words, at, best.next_word, best.sense)
        free = max(best.next_word, at + 1)


def _own_place_over(reader: _Reader, words: Sequence[Word], at: int, hit: Hit) -> int | None:
    """Return the end of a place of the crisis over what looks like a party that the crisis does not know."""
    end = reader.places.end_at(words, at)
    is_known = any(party.id == hit.sense.id for party in reader.names.crisis_parties)
    return end if end is not None and end >= hit.next_word and not is_known else None


def _candidates(reader: _Reader, words: Sequence[Word], at: int) -> Iterator[Hit]:
    if unit := numbered_unit(words, at):
        yield Hit(words[at].start, end_offset(words[unit[0] - 1]), unit[0], unit[1], UNIT)
    if not words[at].text[0].isalpha():
        return
    phrase = reader.names.at(words, at)
    if phrase and not _is_of_another(reader, words, phrase[0], phrase[1]):
        yield _named(words, at, _with_members(words, *phrase), phrase[1])
    adjective = adjectives().at(words, at) if words[at].is_capital else None
    if adjective:
        yield from _after_adjective(reader, words, at, adjective[0], adjective[1].iso3)
    if words[at].is_capital and (group := _of_ethnic_group(words, at, adjective[0] if adjective else at)):
        yield group
    if favouring := partisans_at(words, at, reader.names):
        yield Hit(words[at].start, end_offset(words[favouring[0] - 1]), favouring[0], favouring[1], FAVOURING)
    if people := people_at(words, at, reader.names, adjective) if words[at].is_capital else people_of_at(words, at):
        yield Hit(words[at].start, end_offset(words[people[0] - 1]), people[0], people[1], PEOPLE)
    yield from _forces_alone(reader, words, at)
    if is_name_word(words[at]):
        yield from _proper(reader, words, at)
    elif person := _lower_titled(words, at, reader):
        yield person


def _is_of_another(reader: _Reader, words: Sequence[Word], end: int, sense: Sense) -> bool:
    """Whether the name itself follows: of a person known by office, of 'the terrorist group Abc'."""
    if sense.kind == "person":
        return _runs_on(words, end)
    if not is_general(sense) or end >= len(words) or words[end - 1].key not in ("group", "organisation"):
        return False
    named = reader.names.at(words, end)
    return named is not None and named[1].kind == "armed_group" and not is_general(named[1])


def _with_members(words: Sequence[Word], end: int, sense: Sense) -> int:
    """Take in the word for its members behind a group's name: 'Abc militants', 'the Abc terrorist group'."""
    if sense.kind not in ("armed_group", "militia") or is_general(sense) or end >= len(words):
        return end
    members = phrases("members_of_groups").at(words, end) if not words[end - 1].is_possessive else None
    return members[0] if members else end


def _runs_on(words: Sequence[Word], end: int) -> bool:
    """Whether a name follows at once: an office known as a person's other name stands before the name itself."""
    return end < len(words) and is_name_word(words[end]) and not words[end - 1].is_possessive


def _named(words: Sequence[Word], at: int, end: int, sense: Sense) -> Hit:
    """Take a phrase of the book; a resident is told by the place that stands behind."""
    placed = sense
    if sense.id in ("residents", "witnesses"):
        placed = _placed_residents(words, end, sense)
    rule = f"parties.yaml {'general' if is_general(sense) else 'named, or parties.csv'}: a name of '{sense.name}'"
    return Hit(words[at].start, end_offset(words[end - 1]), end, placed, rule)


def _placed_residents(words: Sequence[Word], at: int, sense: Sense) -> Sense:
    if at >= len(words) or words[at].key not in ("in", "of", "from", "near"):
        return sense
    first = at + 1
    while first < len(words) and first < at + 5 and not is_name_word(words[first]) and words[first].text.isalpha():
        first += 1
    last = run_end(words, first) if first < len(words) else first
    if last + 1 < len(words) and words[last].text == "-":  # "residents of Russian-occupied X"
        first, last = last + 2, run_end(words, last + 2) if last + 2 < len(words) else last + 2
    if last <= first:
        return sense
    place, role = text_of(words, first, last), sense.id[:-1] if sense.id == "residents" else "witness"
    return Sense(slug(f"{role} {place}"), f"{role} of {place}", sense.kind)


def _after_adjective(reader: _Reader, words: Sequence[Word], at: int, noun: int, iso3: str) -> Iterator[Hit]:
    """Read what follows a country's adjective: its army, its government, what its forces do, who it backs."""
    if noun >= len(words):
        return
    if unit := numbered_unit(words, noun):
        yield Hit(words[at].start, end_offset(words[unit[0] - 1]), unit[0], unit[1], UNIT)
    if forces := phrases("forces").at(words, noun):
        reader.army_of = iso3
        rule = f"parties.yaml forces: '{forces[1]}' behind a country's adjective"
        yield Hit(words[at].start, end_offset(words[forces[0] - 1]), forces[0], reader.names.army(iso3), rule)
    if government := phrases("governments").at(words, noun):
        yield from _government(reader, words, at, government[0], iso3)
    if _acts_at(words, noun) or _is_stance(words, noun) or _is_held_under(words, at, noun):
        yield Hit(words[at].start, end_offset(words[noun - 1]), noun, reader.names.government(iso3), ACTS)
    yield from _national(reader, words, at, noun, iso3)
    if title_end(words, noun):
        yield Hit(words[at].start, end_offset(words[noun - 1]), noun, reader.names.government(iso3), TITLED)


def _acts_at(words: Sequence[Word], at: int) -> bool:
    """Whether what a country's forces do or use stands here, behind other adjectives: 'and French naval operations'."""
    first, last = at, min(at + ACT_REACH, len(words))
    while first < last:
        if phrases("acts").at(words, first):
            return True
        other = adjectives().at(words, first) if words[first].is_capital else None
        if other is None and words[first].key not in word_list("act_modifiers"):
            return False
        first = other[0] if other else first + 1
    return False


def _service(reader: _Reader, name: str, kind: PartyKind, iso3: str) -> Sense:
    return reader.names.own((name,)) or Sense(slug(name), name, kind, reader.names.government(iso3).id)


def _national(reader: _Reader, words: Sequence[Word], at: int, noun: int, iso3: str) -> Iterator[Hit]:
    """Read 'Turkish Red Crescent', 'Iranian fighters', 'Syrian rebels'."""
    own = phrases("red_crescents").at(words, noun) or phrases("fighters").at(words, noun)
    general = reader.names.at(words, noun)
    if service := services().at(words, noun):
        name = text_of(words, at, service[0])
        yield Hit(
            words[at].start, end_offset(words[service[0] - 1]), service[0], _service(reader, name, service[1], iso3),
            "parties.yaml services: a service of a state behind a country's adjective",
        )  # fmt: skip
    elif general and not (own and own[1].startswith("Red")):
        yield Hit(words[at].start, end_offset(words[general[0] - 1]), general[0], general[1], OF_COUNTRY)
    elif own:
        name = text_of(words, at, own[0])
        rule = f"parties.yaml red_crescents and fighters: '{own[1]}' behind a country's adjective"
        yield Hit(words[at].start, end_offset(words[own[0] - 1]), own[0], _national_sense(reader, name, own[1]), rule)


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
    rule = "parties.yaml governments: a word for a government behind a country's adjective"
    yield Hit(words[at].start, end_offset(words[end - 1]), end, reader.names.government(iso3), rule)


def _of_ethnic_group(words: Sequence[Word], at: int, first: int) -> Hit | None:
    """Read 'Syrian Arab forces', 'Tuareg rebels': armed people of one of the world's peoples without a country."""
    if first + 1 >= len(words) or words[first].key not in word_list("ethnic"):
        return None
    group = phrases("ethnic_groups").at(words, first + 1)
    if group is None:
        return None
    name = text_of(words, at, group[0])
    sense = Sense(slug(name), name, "armed_group")
    return Hit(words[at].start, end_offset(words[group[0] - 1]), group[0], sense, ETHNIC)


def _is_stance(words: Sequence[Word], at: int) -> bool:
    is_joined = words[at].text == "-"
    after = at + 1 if is_joined else at
    keys = word_list("stances", "joined_stances") if is_joined else word_list("stances")
    return after < len(words) and words[after].key in keys


def _is_held_under(words: Sequence[Word], at: int, noun: int) -> bool:
    """Whether a country holds something, or it goes to it: 'under Russian control', 'returned to Ukrainian hands'."""
    before, held = words[at - 1].key if at else "", words[noun].key
    if before in ("to", "into") and at > 1:
        return held in ("hands", "control") and words[at - 2].key in relation_words("returning")
    return (before, held) in (("in", "hands"), ("under", "control"), ("under", "occupation"))


def _forces_alone(reader: _Reader, words: Sequence[Word], at: int) -> Iterator[Hit]:
    """Read 'the army' and 'the government' as those of the country told of last, else of the crisis's own."""
    iso3 = reader.army_of or (reader.countries[0] if reader.countries else None)
    if words[at].key not in ruling_words():
        return
    forces = phrases("forces_alone").at(words, at)
    if forces and _stands_for_forces(words, at, forces[0]):
        sense = reader.names.army(iso3) if iso3 else Sense("army", "army", "state_military")
        rule = f"parties.yaml forces_alone: '{forces[1]}', of the country told of last or the crisis's first"
        yield Hit(words[at].start, end_offset(words[forces[0] - 1]), forces[0], sense, rule)
    ruling = phrases("governments_alone").at(words, at)
    if ruling and _stands_for_government(words, at):
        home = reader.countries[0] if reader.countries else iso3
        sense = reader.names.government(home) if home else Sense("government", "government", "government")
        rule = f"parties.yaml governments_alone: '{ruling[1]}', of the crisis's first country"
        yield Hit(words[at].start, end_offset(words[ruling[0] - 1]), ruling[0], sense, rule)


def _stands_for_forces(words: Sequence[Word], at: int, end: int) -> bool:
    after = words[end].key if end < len(words) else ""
    if after in word_list("own_military_nouns"):
        return True
    office = title_end(words, end) if end < len(words) else None
    if office is not None and office < len(words) and is_name_word(words[office]):
        return True  # "Army chief Abc Defg" is the army's
    if after in word_list("military_nouns"):
        return False
    if _is_stance_held(words, end) or (end < len(words) and _is_held_under(words, at, end)):
        return True
    is_headline = at == 0 and words[at].is_capital and len(after) > 3 and after.endswith("s")
    return is_headline or end - at > 1 or (at > 0 and words[at - 1].key in ("the", "their", "its"))


def _stands_for_government(words: Sequence[Word], at: int) -> bool:
    is_of_leader = at > 1 and words[at].key == "regime" and is_name_word(words[at - 1]) and words[at - 2].key == "the"
    is_holder = _is_stance_held(words, at + 1) or (at + 1 < len(words) and _is_held_under(words, at, at + 1))
    return is_of_leader or is_holder or (at > 0 and words[at - 1].key == "the")


def _is_stance_held(words: Sequence[Word], at: int) -> bool:
    after = at + 1 if at < len(words) and words[at].text == "-" else at
    return after < len(words) and words[after].key in word_list("held")


def _proper(reader: _Reader, words: Sequence[Word], at: int) -> Iterator[Hit]:
    """Read a run of capitalised words as an organisation or a person."""
    run = run_end(words, at)
    for read, rule in ORGANISATIONS:
        if found := read(words, at, run):
            end, sense = found
            own = reader.names.own((sense.name,)) or sense
            yield Hit(words[at].start, end_offset(words[end - 1]), end, own, rule)
    if person := reader.persons.at(words, at):
        yield _person_hit(reader, words, person)


def _lower_titled(words: Sequence[Word], at: int, reader: _Reader) -> Hit | None:
    person = reader.persons.at(words, at) if title_end(words, at) else None
    return _person_hit(reader, words, person) if person else None


def _person_hit(reader: _Reader, words: Sequence[Word], person: PersonHit) -> Hit:
    name = text_of(words, person.name_start, person.end)
    known = reader.shorter.aliases.get(name) or reader.names.own((name,)) or person.sense
    for short in short_names(name, words[person.end - 1]):
        reader.shorter.aliases.setdefault(short, known)
    if person.tie == "office":
        reader.shorter.note_holder(words, person.start, person.name_start, known)
    rule = PERSONS[person.tie]
    return Hit(words[person.start].start, end_offset(words[person.end - 1]), person.end, known, rule)


SOME_COALITION = Sense("coalition", "coalition", "coalition")
"""'The coalition' of a report that names none: many wars have one."""


def _of_own_coalition(document: Document, hits: Sequence[Hit]) -> list[Hit]:
    """Give 'the coalition' the party of the coalition named last; a bare 'Coalition' counts only beside another."""
    bare = phrases("bare_coalition")
    told = sum(hit.sense.kind == "coalition" and "coalition" in _text(document, hit) for hit in hits)
    last: Sense | None = None
    found: list[Hit] = []
    for hit in hits:
        text = _text(document, hit) if hit.sense.kind == "coalition" else ""
        if text not in bare:
            last = hit.sense if text.endswith("coalition") else last
            found.append(hit)
        elif text != "coalition" or told > 1:
            found.append(hit._replace(sense=last or SOME_COALITION))
    return found


def _text(document: Document, hit: Hit) -> str:
    return document.body[hit.start : hit.end].lower()


def _with_later(document: Document, reader: _Reader) -> list[Hit]:
    """Add later, shorter mentions; of 'the armed group' it is known then which."""
    told = [(hit.start, hit.sense) for hit in reader.hits]
    later = [Hit(start, end, 0, sense, LATER) for start, end, sense in find_later(document, told, reader.shorter)]
    known = {(hit.start, hit.end) for hit in later}
    hits = [hit for hit in reader.hits if (hit.start, hit.end) not in known or not is_general(hit.sense)]
    taken = Mentions(Mention(hit.start, hit.end, hit.sense.id) for hit in hits)
    return hits + [hit for hit in later if not taken.covers(hit.start, hit.end)]


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
