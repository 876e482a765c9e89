"""Whether a trigger tells an event, and who and where its arguments are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tidings.evidence.extract.clause_parts import (
    Line,
    agent,
    clause_end,
    clause_start,
    is_apart,
    is_passive,
    listed_parties,
    listed_places,
    owner,
    place_before,
    places_after,
)
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words, listed
from tidings.evidence.extract.event_parties import accused_before, agreeing, direct_object, own_start, subject_of
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.ways import (
    CROSSING_TYPES,
    ROAD_TYPES,
    closed_behind,
    has_no_object,
    last_object,
    place_of_road,
    road_ends,
    told_object,
)
from tidings.evidence.extract.words import Word

VERB_CUES = frozenset(
    ["to", "will", "would", "could", "can", "may", "might", "must", "should", "not", "didn't", "did", "do", "don't",
     "they", "we", "you", "i", "he", "she", "who", "cannot", "doesn't"]
)  # fmt: skip
WAY_TYPES = ROAD_TYPES | CROSSING_TYPES
PLACELESS = frozenset(["accusation", "appeal", "sanction", "talks_collapsed"])
OFF_OBJECT = frozenset(["in", "at", "near", "from", "with", "to", "into", "for", "on", "outside", "towards", "toward"])
REACH_WORDS = 12
"""Words behind 'broke through' within which a place is reached."""
MUTUAL = frozenset(["talks", "talks_collapsed", "ceasefire", "agreement"])
"""What two sides do together: both are actors."""
AGAINST = frozenset(["on", "against", "with", "between", "at", "targeting", "of", "by", "over"])

AREA_TYPES = frozenset(["capture", "loss", "siege", "territory_transferred"])
"""Types whose place is what is taken: a whole country or border is not."""


How = Literal["noun", "adjective", "active", "passive", "itself"]
Argument = Literal["actors", "targets", "places"]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a sentence tells it: words[first:last], mentions of its arguments."""

    sense: TriggerSense
    first: int
    last: int
    actors: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    place_word: int | None = None
    """A word that stands for a place or a way told before, or asks for it: 'the capture of that'."""
    how: How = "noun"
    """How its words stand to their arguments."""
    lent: tuple[tuple[Argument, str], ...] = ()
    """Arguments that another telling lent, each with why."""


@dataclass(frozen=True)
class Reading:
    """A sentence and what is known of its places."""

    line: Line
    kind_of: Callable[[str], str | None]
    """Kind of a place by its id."""
    armed: frozenset[str] = frozenset()
    """Parties that fight."""
    before: Line | None = None
    """The sentence before, for what a pronoun stands for."""

    def is_area(self, mention: Mention) -> bool:
        """Whether a place can be captured or held, and is not only where another is told from."""
        can_be_held = self.kind_of(mention.id) not in ("country", "region", "border", "crossing", "road")
        return can_be_held and not is_apart(self.line, mention)

    def object_in(self, name: str, first: int, last: int) -> tuple[int, int] | None:
        """Return where the first thing of a list stands in words[first:last]."""
        return told_object(self.line, self.kind_of, name, first, last)

    def way_before(self, sense: TriggerSense, first: int) -> int | None:
        """Return the pronoun before a passive that stands for a way of the sentence before: 'unless it is reopened'."""
        if sense.type not in WAY_TYPES or sense.object is None or self.before is None:
            return None
        words, passable = self.line.words, event_words("be") | event_words("between")
        at = next((n for n in range(first - 1, -1, -1) if words[n].key not in passable), None)
        if at is None or words[at].key not in event_words("generic_places"):
            return None
        told = told_object(self.before, self.kind_of, sense.object, 0, len(self.before.words))
        return at if told else None


def told_by(reading: Reading, first: int, last: int, senses: Sequence[TriggerSense]) -> Told | None:
    """Return the event that a trigger tells, by the first meaning that fits its neighbours."""
    words = reading.line.words
    for sense in _in_likely_order(words, first, last, senses):
        if last < len(words) and words[last].key in sense.without:
            continue
        if sense.not_subject and _has_word(words, sense.not_subject, max(0, first - 20), first):
            continue
        told = _noun(reading, first, last, sense) if sense.form is None else _verb(reading, first, last, sense)
        if told:
            return told
    return None


def _in_likely_order(
    words: Sequence[Word], first: int, last: int, senses: Sequence[TriggerSense]
) -> Sequence[TriggerSense]:
    """Put the nouns first where a word can be both and nothing shows that it is a verb."""
    if not any(sense.form is None for sense in senses) or _looks_like_verb(words, first, last, senses):
        return senses
    return sorted(senses, key=lambda sense: sense.form is not None)


def _looks_like_verb(words: Sequence[Word], first: int, last: int, senses: Sequence[TriggerSense]) -> bool:
    forms = {sense.form for sense in senses}
    before = words[first - 1].key if first else ""
    if before in VERB_CUES or (before in event_words("be") and "ing" in forms):
        return True
    after = words[last] if last < len(words) else None
    return "ing" in forms and after is not None and after.text[0].isalpha() and (after.is_capital or after.key == "the")


def _verb(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    line = reading.line
    if sense.form in ("base", "s", "past", "ing") and _is_noun_use(line.words, first, sense):
        told = _adjectival(reading, first, last, sense) if sense.type == "siege" else None
        return replace(told, how="adjective") if told else None
    passive = sense.form in ("past", "participle") and _is_passive_here(line.words, first, last)
    if sense.is_predicate and not passive:
        return None
    how: How = "itself" if sense.intransitive else "passive" if passive else "active"
    found = TELLING[how](reading, first, last, sense)
    if found is None or (sense.armed and not any(actor.id in reading.armed for actor in found.actors)):
        return None
    if sense.subject and reading.object_in(sense.subject, max(0, first - 14), first) is None:
        return None
    if sense.subject_words and not _has_word(line.words, sense.subject_words, clause_start(line.words, first), first):
        return None
    return replace(found, how=how)


def _adjectival(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """'X, a besieged suburb', 'the besieged town of X': the adjective tells that the siege goes on."""
    line = reading.line
    apposed = first > 1 and line.words[first - 2].text == ","
    before = [place for place in line.places if apposed and place.end == line.words[first - 3].end]
    places = before or line.place_in(last, min(last + 5, len(line.words)))[:1]
    held = [place for place in places if reading.is_area(place)]
    return Told(sense, first, last, (), (), tuple(listed_places(line, held[0], len(line.words)))) if held else None


def _is_noun_use(words: Sequence[Word], at: int, sense: TriggerSense) -> bool:
    """Whether a word that could be a verb stands as a noun or adjective: 'the captured town'."""
    before = words[at - 1].key if at else ""
    if words[at].key == "close" and before not in VERB_CUES and at + 1 < len(words) and words[at + 1].key == "to":
        return sense.type in WAY_TYPES
    if sense.form in ("past", "participle") and at and words[at - 1].text[0].isdecimal() and _is_of_people(words, at):
        return True
    if sense.form == "base" and before in ("the", "a", "an", "of", "this", "their", "its", "his", "in", "on", "by"):
        return True
    return sense.form == "past" and before in ("the", "a", "an", "newly", "recently") and sense.object is not None


def _is_of_people(words: Sequence[Word], at: int) -> bool:
    """Whether a noun of people follows: '13 wounded people' tells who they are, and no event."""
    return at + 1 < len(words) and words[at + 1].key in listed("civilians").first_keys


def _of_itself(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """'The road reopened on Monday', 'the crossing remains closed': what happens to it stands before the verb."""
    line = reading.line
    start = clause_start(line.words, first)
    found = last_object(line, reading.kind_of, sense.subject or "", start, first)
    closed = closed_behind(line.words, last) if sense.closed else None
    fits = closed is not None if sense.closed else has_no_object(line.words, last)
    if found is None or not fits or line.party_in(found[1], first):
        return None
    last = closed or last
    end = clause_end(line.words, last)
    return Told(sense, first, last, (), (), tuple(_where(reading, sense, last, end, first, found)))


def _is_passive_here(words: Sequence[Word], first: int, last: int) -> bool:
    return is_passive(words, first) or (last < len(words) and words[last].key == "by")


def _active(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    line = reading.line
    end = clause_end(line.words, last, keep_relative=sense.object == "roads")
    actors = subject_of(line, first, sense)
    if sense.bare:
        return Told(sense, first, last, actors, (), (), first)
    if sense.subject_place:
        return _fallen(reading, first, last, sense, end)
    if sense.reach:
        return _reached(reading, first, last, sense, end, actors)
    if sense.object == "place":
        return _on_place(reading, first, last, sense, end, actors)
    stop = last
    if sense.object:
        found = reading.object_in(sense.object, last, min(end, last + sense.object_reach))
        if found is None or _is_spoilt(line.words, found, sense) or _is_beside(line.words, last, found[0], sense):
            return None
        stop = (closed_behind(line.words, found[1]) if sense.closed else None) or found[1]
    targets = () if sense.type in MUTUAL else direct_object(line, last, min(end, last + 8), actors)
    places = _where(reading, sense, stop, end, first, found if sense.object else None)
    return Told(sense, first, stop, actors, targets, tuple(places))


def _is_spoilt(words: Sequence[Word], found: tuple[int, int], sense: TriggerSense) -> bool:
    after = words[found[1]].key if found[1] < len(words) else ""
    return after in sense.without_after or (sense.closed and closed_behind(words, found[1]) is None)


def _is_beside(words: Sequence[Word], first: int, at: int, sense: TriggerSense) -> bool:
    """Whether something else is taken: 'took the wounded to villages', 'seized weapons in a town'."""
    is_taken = sense.type in AREA_TYPES and sense.object in ("quarters", "settlements")
    return is_taken and any(word.key in OFF_OBJECT - {"on"} for word in words[first:at])


def _fallen(reading: Reading, first: int, last: int, sense: TriggerSense, end: int) -> Told | None:
    """'X fell to the army': the place is the subject, the actor stands behind."""
    words = reading.line.words
    places = place_before(reading.line, first, reading.is_area)
    if not places and any(word.key in ("they", "it") for word in words[clause_start(words, first) : first]):
        places = [place for place in reading.line.place_in(0, first) if reading.is_area(place)][:1]
    actors = reading.line.party_in(last, min(end, last + 7))[:1]
    return Told(sense, first, last, tuple(actors), (), tuple(places)) if actors or places else None


def _reached(
    reading: Reading, first: int, last: int, sense: TriggerSense, end: int, actors: tuple[Mention, ...]
) -> Told | None:
    """'broke through … to reach X': the way to X is open; where enemy lines were broken, X is relieved."""
    words = reading.line.words
    near = range(last, min(end, last + REACH_WORDS))
    reach = next((n for n in near if words[n].key in event_words("reaching")), None)
    if reach is None or (sense.object and reading.object_in(sense.object, last, reach) is None):
        return None
    places = places_after(reading.line, reach + 1, end)
    targets = tuple(party for party in reading.line.party_in(last, reach) if party not in actors)[:1]
    return Told(sense, first, last, actors, targets, tuple(places)) if places else None


def _on_place(
    reading: Reading, first: int, last: int, sense: TriggerSense, end: int, actors: tuple[Mention, ...]
) -> Told | None:
    line = reading.line
    found = [place for place in line.place_in(last, min(end, last + 12)) if reading.is_area(place)]
    if found and _blocked(line.words, last, found[0].start):
        return None
    places = [place for place in listed_places(line, found[0], end) if reading.is_area(place)] if found else []
    places = places or _antecedents(reading, first)
    if not places and last < len(line.words) and line.words[last].key == "it":
        return Told(sense, first, last, actors, (), (), last)
    if not places:
        return None
    targets = [party for party in line.party_in(last, end) if party not in actors][:1]
    return Told(sense, first, last, actors, tuple(targets), tuple(places))


def _antecedents(reading: Reading, at: int) -> list[Mention]:
    """Return the places that a relative clause is about: 'X and Y, which the army had besieged'."""
    line = reading.line
    start = clause_start(line.words, at)
    if start < 2 or line.words[start - 1].key not in ("which", "that"):
        return []
    end = start - 1 - (line.words[start - 2].text == ",")
    last = [place for place in line.place_in(0, end) if place.end == line.words[end - 1].end]
    return place_before(line, end, reading.is_area) if last and reading.is_area(last[-1]) else []


def _blocked(words: Sequence[Word], at: int, offset: int) -> bool:
    """Whether another preposition than 'of' stands between the verb and the place: 'seized weapons in X'."""
    between = [word.key for word in words[at:] if word.end <= offset]
    aside = any(key == "of" and at and between[at - 1] in place_words("beside") for at, key in enumerate(between))
    return aside or any(key in OFF_OBJECT for key in between)


def _passive(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    line = reading.line
    end = clause_end(line.words, last)
    start = own_start(line.words, clause_start(line.words, first), first)
    actors = tuple(agent(line, last, end))
    targets = tuple(party for party in line.party_in(start, first) if party not in actors)[:1]
    if sense.subject_place or sense.reach or sense.closed or sense.bare:
        return None
    if sense.object == "place":
        places = place_before(line, first, reading.is_area) or _antecedents(reading, first)
        return Told(sense, first, last, actors, targets, tuple(places)) if places else None
    opening = first
    if sense.object:
        found = reading.object_in(sense.object, start, first)
        if found is None:
            word = reading.way_before(sense, first)
            return None if word is None else Told(sense, first, last, actors, targets, (), word)
        if sense.type in ROAD_TYPES:
            places = road_ends(line, reading.kind_of, *found, first) or _where(reading, sense, last, end, first)
            return Told(sense, first, last, actors, targets, tuple(places))
        opening = found[0]
    inside = [place for place in line.place_in(opening, first) if reading.is_area(place)] if sense.object else []
    return Told(sense, first, last, actors, targets, tuple(inside or _where(reading, sense, last, end, first)))


def _noun(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    line = reading.line
    start, stop = line.words[first].start, line.words[last - 1].end
    if any(
        party.start <= start and stop <= party.end and party.end - party.start > stop - start for party in line.parties
    ):
        return None
    end = clause_end(line.words, last, keep_relative=sense.of == "roads")
    of = last < len(line.words) and line.words[last].key == "of"
    actors = tuple(owner(line, first) or agent(line, last, min(end, last + 16)) or accused_before(line, first))
    if sense.type in MUTUAL and not actors:
        actors = agreeing(line, first)
    if sense.of == "place":
        return _taken(reading, first, last, sense, end, actors) if of else None
    if sense.of:
        found = reading.object_in(sense.of, last, min(end, last + 6)) if of else None
        if found is None:
            return None
        if sense.type in MUTUAL:
            actors = (*actors, *_both_sides(line, found[1], end, actors))
        return Told(sense, first, found[1], actors, (), tuple(_where(reading, sense, found[1], end, first, found)))
    if sense.type in MUTUAL:
        actors = (*actors, *_both_sides(line, last, end, actors))
        return Told(sense, first, last, actors, (), tuple(_where(reading, sense, last, end, first)))
    targets = _against(line, last, min(end, last + 7), actors)
    return Told(sense, first, last, actors, targets, tuple(_where(reading, sense, last, end, first)))


def _both_sides(line: Line, first: int, end: int, actors: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the parties of 'between X and Y' or 'with Y' right behind a noun."""
    if first >= end or line.words[first].key not in ("between", "with"):
        return ()
    return tuple(party for party in listed_parties(line, first + 1, end) if party not in actors)


def _against(line: Line, first: int, last: int, actors: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the party that a noun's 'on', 'against' or 'with' names."""
    if first >= len(line.words) or line.words[first].key not in AGAINST:
        return ()
    return direct_object(line, first, last, actors)


def _taken(
    reading: Reading, first: int, last: int, sense: TriggerSense, end: int, actors: tuple[Mention, ...]
) -> Told | None:
    """'the capture of X and then Y', 'the capture of that'."""
    line = reading.line
    found = [place for place in line.place_in(last, min(end, last + 12)) if reading.is_area(place)]
    if found and not _blocked(line.words, last + 1, found[0].start):
        places = [place for place in listed_places(line, found[0], end) if reading.is_area(place)]
        return Told(sense, first, last, actors, (), tuple(places))
    word = last + 1
    stands_in = word < len(line.words) and line.words[word].key in event_words("generic_places")
    return Told(sense, first, word + 1, actors, (), (), word) if stands_in else None


def _where(
    reading: Reading, sense: TriggerSense, at: int, end: int, first: int, found: tuple[int, int] | None = None
) -> list[Mention]:
    """Return where an event is told to happen: behind it in its clause, else before it.

    `found` are the words of what it is about: the road that is cut.
    """
    line = reading.line
    if sense.type in PLACELESS:
        return []
    if sense.type in ROAD_TYPES:
        ends = road_ends(line, reading.kind_of, *(found or (at, at)), end)
        return ends or place_of_road(line, reading.kind_of, first)
    if sense.type == "capture":
        return _named_villages(reading, at, end) or _part_of(reading, at, end) or _taken_too(reading, at, end)
    if sense.type == "retreat":
        return _left(line, at, end)
    if sense.type in AREA_TYPES:
        finer = [place for place in line.place_in(at, end) if reading.is_area(place)]
        places = listed_places(line, finer[0], end) if finer else []
    else:
        places = places_after(line, at, end)
    return places or place_before(line, first, lambda mention: reading.kind_of(mention.id) != "country")


def _named_villages(reading: Reading, at: int, end: int) -> list[Mention]:
    """Return the X and Y of 'the villages of X and Y'; one name alone is what the villages belong to."""
    words = reading.line.words
    if at >= end or words[at].key not in ("of", "including", ","):
        return []
    found = [place for place in reading.line.place_in(at + 1, min(end, at + 4)) if reading.is_area(place)]
    if not found or words[at + 1].start != found[0].start:
        return []
    listed = listed_places(reading.line, found[0], end)
    is_one = words[at].key == "of" and not words[at - 1].key.endswith("s")
    return listed if len(listed) > 1 or is_one or words[at].key == "including" else []


def _part_of(reading: Reading, at: int, end: int) -> list[Mention]:
    """Return the province or area of which villages or parts are taken; a town near them is not taken with them."""
    found = [place for place in reading.line.place_in(at, min(end, at + 6)) if reading.is_area(place)]
    return [place for place in found[:1] if reading.kind_of(place.id) in ("admin1", "admin2", "admin3", "area")]


def _taken_too(reading: Reading, at: int, end: int) -> list[Mention]:
    """Return the towns that are taken beside something else: 'seized the air base and the villages of X and Y'."""
    words = reading.line.words
    if at >= end or words[at].key not in ("and", ","):
        return []
    found = [place for place in reading.line.place_in(at, min(end, at + 8)) if reading.is_area(place)][:1]
    is_told = bool(found) and reading.object_in("quarters", at, reading.line.word_at(found[0].start)) is not None
    return listed_places(reading.line, found[0], end) if is_told else []


def _left(line: Line, at: int, end: int) -> list[Mention]:
    """Return what is left in a retreat: 'from X to Y' leaves X, 'to Y' leaves nothing that is told."""
    found = places_after(line, at, end)
    before = [word.key for word in line.words if found and word.end <= found[0].start][-4:]
    goes = [key for key in before if key in ("to", "towards", "toward", "into", "from", "of")]
    return [] if goes and goes[-1] in ("to", "towards", "toward", "into") else found[:1] if "from" in goes else found


def _has_word(words: Sequence[Word], wanted: Sequence[str], first: int, last: int) -> bool:
    return any(word.key in wanted for word in words[first:last])


TELLING: Mapping[How, Callable[[Reading, int, int, TriggerSense], Told | None]] = {
    "itself": _of_itself, "passive": _passive, "active": _active,
}  # fmt: skip
"""How a verb tells an event."""
