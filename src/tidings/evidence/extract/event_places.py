"""Where an event is told to happen: behind its words in their clause, else before them."""

from __future__ import annotations

from collections.abc import Container

from tidings.evidence.extract.along_ways import is_along_way
from tidings.evidence.extract.asides import subject_behind_aside
from tidings.evidence.extract.clause_parts import (
    TOWN_WORDS,
    Line,
    clause_start,
    is_town_of,
    listed_places,
    place_before,
    places_after,
)
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words, triggers
from tidings.evidence.extract.event_told import AREA_TYPES, Reading, Told
from tidings.evidence.extract.headings import is_subjectless
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.ways import ROAD_TYPES, place_of_road, road_ends

TAKINGS = frozenset(["capture", "loss"])
PLACELESS = frozenset(["accusation", "appeal", "sanction", "talks_collapsed"])


def where(
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
        too = _taken_too(reading, at, end)
        return _own_road(reading, at) or _named_villages(reading, at, end) or _part_of(reading, at, end) or too
    if sense.type == "retreat":
        return _left(line, at, end)
    if sense.type == "siege_lifted" and (of := _taking_before(line, first)) is not None:
        return listed_places(line, taken[0], first) if (taken := line.place_in(of, first)) else []
    if sense.type in AREA_TYPES:
        finer = [place for place in line.place_in(at, end) if reading.is_area(place)]
        places = listed_places(line, finer[0], end) if finer else []
    else:
        places = places_after(line, at, end)
    if sense.type == "siege_lifted" and places and is_along_way(line, places[0]):
        places = []  # "ending a siege, and opened the road from X"
    return places or subject_behind_aside(line, first, reading.is_area) or _before(reading, first, sense.type)


def _taking_before(line: Line, first: int) -> int | None:
    """Return the word behind the 'of' of a capture that is the subject: 'the fall of X ends a siege', 'of the city'."""
    for at in range(clause_start(line.words, first), first - 2):
        found = triggers().at(line.words, at)
        is_taking = found is not None and any(s.type in TAKINGS and s.form is None for s in found[1])
        if found and is_taking and line.words[found[0]].key == "of":
            return found[0] + 1
    return None


def _before(reading: Reading, first: int, type_: str) -> list[Mention]:
    def can_be_meant(place: Mention) -> bool:
        is_origin = type_ in ("siege", "siege_lifted") and is_behind_from(reading.line, place)
        return reading.kind_of(place.id) != "country" and not is_origin

    return place_before(reading.line, first, can_be_meant)


def is_behind_from(line: Line, place: Mention) -> bool:
    """Whether a place tells where one came from or a road begins: the Y of 'reached X from Y', 'from the town of Y'."""
    at = line.word_at(place.start) - 1
    while at > 0 and (line.words[at].key in TOWN_WORDS or is_town_of(line.words, at)):
        at -= 1
    return at >= 0 and line.words[at].key == "from"


def is_of_site(line: Line, place: Mention) -> bool:
    """Whether a place tells where a site is: the X of 'the bridge in X', 'an airport in the city of X'."""
    at = line.word_at(place.start) - 1
    while at > 1 and (line.words[at].key in TOWN_WORDS or is_town_of(line.words, at)):
        at -= 1
    is_linked = at > 0 and line.words[at].key in ("in", "of", "at", "near")
    return is_linked and line.words[at - 1].key in event_words("sites_taken")


def told_inside(reading: Reading, opening: int, last: int, sense: TriggerSense) -> list[Mention]:
    """Return the places beside what a passive acts on, in words[opening:last]; a town whose bridge is taken is none."""
    line = reading.line
    is_site = any(word.key in event_words("sites_taken") for word in line.words[opening : opening + 2])
    if sense.type in AREA_TYPES and is_site:
        return []
    return [place for place in line.place_in(opening, last) if reading.is_area(place) and not is_along_way(line, place)]


def _own_road(reading: Reading, at: int) -> list[Mention]:
    """Return the road with a name of its own whose words end before a word: the road of 'took the Zeta road'."""
    line = reading.line
    return [
        place for place in line.places if place.end == line.words[at - 1].end and reading.kind_of(place.id) == "road"
    ]


def _named_villages(reading: Reading, at: int, end: int) -> list[Mention]:
    """Return the X and Y of 'the villages of X and Y'; one name alone is what the villages belong to."""
    words = reading.line.words
    if at >= end or words[at].key not in ("of", "including", ",") or words[at - 1].key in event_words("sites_taken"):
        return []  # "the airport of X" is no X
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


def fallen(reading: Reading, first: int, last: int, sense: TriggerSense, end: int) -> Told | None:
    """'X fell to the army': the place is the subject, the actor stands behind."""
    words = reading.line.words
    if sense.alone:
        return _fallen_alone(reading, first, last, sense)
    if last < len(words) and words[last].text[0].isdecimal():
        return None  # "arrivals in X fell to 300"
    aside = subject_behind_aside(reading.line, first, reading.is_area)
    places = aside or place_before(reading.line, first, reading.is_area)
    if places and not (aside or _is_subject(reading, places[0])):
        places = []
    if not places and any(word.key in ("they", "it") for word in words[clause_start(words, first) : first]):
        places = [place for place in reading.line.place_in(0, first) if reading.is_area(place)][:1]
    actors = reading.line.party_in(last, min(end, last + 7))[:1]
    if sense.into and not (actors and _is_behind(reading, actors[0], sense.into)):
        return None
    is_headed = not places and bool(actors) and is_subjectless(words, first)  # "Fell to X.", below the name of a town
    return Told(sense, first, last, tuple(actors), (), tuple(places), headed=is_headed) if actors or places else None


def _is_behind(reading: Reading, party: Mention, wanted: Container[str]) -> bool:
    behind = reading.line.word_at(party.end)
    return behind < len(reading.line.words) and reading.line.words[behind].key in wanted


def _fallen_alone(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """'X fell on Sunday', 'X and Y have fallen': the place is all that stands before, and no noun follows."""
    words = reading.line.words
    if (aside := subject_behind_aside(reading.line, first, reading.is_area)) and _is_over(
        words[last].key if last < len(words) else "."
    ):
        return Told(sense, first, last, (), (), tuple(aside))
    verb = first
    while verb and words[verb - 1].key in event_words("verb_openers"):
        verb -= 1
    last_place = [place for place in reading.line.place_in(0, verb) if verb and place.end == words[verb - 1].end]
    follows = words[last].key if last < len(words) else "."
    if not last_place or not reading.is_area(last_place[-1]) or not _is_over(follows):
        return None
    places = place_before(reading.line, verb, reading.is_area)
    return Told(sense, first, last, (), (), tuple(places)) if _is_subject(reading, places[0]) else None


def _is_subject(reading: Reading, place: Mention) -> bool:
    """Whether a place opens what a verb is about: never the X of "arrivals in X fell"."""
    words, opening = reading.line.words, reading.line.word_at(place.start) - 1
    return opening < 0 or not words[opening].text[0].isalpha() or words[opening].key in event_words("before_fallen")


def _is_over(word: str) -> bool:
    """Whether a word begins a time, another clause or nothing: never the "silent" of 'fell silent'."""
    return not word[0].isalpha() or word in event_words("behind_fallen")


def antecedents(reading: Reading, at: int) -> list[Mention]:
    """Return the places that a relative clause is about: 'X and Y, which the army had besieged'."""
    line = reading.line
    start = clause_start(line.words, at)
    if start < 2 or line.words[start - 1].key not in ("which", "that"):
        return []
    end = start - 1 - (line.words[start - 2].text == ",")
    last = [place for place in line.place_in(0, end) if place.end == line.words[end - 1].end]
    return place_before(line, end, reading.is_area) if last and reading.is_area(last[-1]) else []
