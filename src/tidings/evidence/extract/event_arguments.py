"""Whether a trigger tells an event, and who and where its arguments are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tidings.evidence.extract.along_ways import is_along_way
from tidings.evidence.extract.asides import subject_behind_aside
from tidings.evidence.extract.clash_sides import sides_of_clash
from tidings.evidence.extract.clause_parts import (
    Line,
    agent,
    clause_end,
    clause_start,
    is_passive,
    listed_parties,
    listed_places,
    owner,
    place_before,
    places_after,
)
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words, listed
from tidings.evidence.extract.event_parties import accused_before, agreeing, direct_object, own_start, subject_of
from tidings.evidence.extract.event_places import antecedents, fallen, is_of_site, told_inside, where
from tidings.evidence.extract.event_told import AREA_TYPES, WAY_TYPES, How, Reading, Told
from tidings.evidence.extract.headings import (
    LABEL_WORDS,
    is_note,
    is_subjectless,
    note_start,
    own_subject,
    row_start,
    unquoted,
)
from tidings.evidence.extract.left_places import behind_adverb, left_it, left_named, lost_again
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.ousting import ousted
from tidings.evidence.extract.people_of import are_people_subject, is_of_people
from tidings.evidence.extract.siege_nouns import LAID_ON, OBJECT, is_of_siege, siege_alone
from tidings.evidence.extract.sieges_over import is_no_more
from tidings.evidence.extract.taken_otherwise import is_cleared_of_things, is_taken_so
from tidings.evidence.extract.under_fire import FIRE, road_under_fire
from tidings.evidence.extract.under_siege import under_siege
from tidings.evidence.extract.way_verbs import is_able, is_made_so, is_telegraphic, of_itself, opens_clause
from tidings.evidence.extract.ways import ROAD_TYPES, closed_behind, last_object, road_ends, told_object
from tidings.evidence.extract.ways_before import stands_for_way
from tidings.evidence.extract.ways_traffic import TRAFFIC, stopped
from tidings.evidence.extract.what_is_taken import (
    OFF_OBJECT,
    are_people_taken,
    can_be_taken,
    is_aside,
    is_blocked,
    is_handed_to,
    particle_end,
    robbed,
)
from tidings.evidence.extract.withdrawals import withdrawn
from tidings.evidence.extract.words import Word

VERB_CUES = frozenset(
    ["to", "will", "would", "could", "can", "may", "might", "must", "should", "not", "didn't", "did", "do", "don't",
     "they", "we", "you", "i", "he", "she", "who", "cannot", "doesn't"]
)  # fmt: skip
COUNTED = frozenset(["the", "of", "several", "many", "military", "these", "those", "some", "all", "hundreds", "dozens"])
"""Behind these '-s' is a plural and no verb: '875 targets', 'military targets'."""
SUBJECT_REACH = 14
"""Words before a verb within which what it is about stands."""
REACH_WORDS = 12
"""Words behind 'broke through' within which a place is reached."""
MUTUAL = frozenset(["talks", "talks_collapsed", "ceasefire", "agreement"])
"""What two sides do together: both are actors."""
AGAINST = frozenset(["on", "against", "with", "between", "at", "targeting", "of", "by", "over"])


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
    is_participle = sense.form in ("past", "participle")
    passive = is_participle and (
        _is_passive_here(line.words, first, last, sense) or is_telegraphic(reading, first, last, sense)
    )
    if sense.able:
        passive = is_able(line.words, first, last)
    if sense.is_predicate and not passive:
        passive = is_made_so(reading, first, sense)
        if not passive:
            return None
    if not passive and (again := lost_again(line.words, first, last, sense)):
        return again
    how: How = "itself" if sense.intransitive else "passive" if passive else "active"
    found = TELLING[how](reading, first, last, sense)
    if found and sense.form == "s" and first and line.words[first - 1].key in word_set("grammar", "prepositions"):
        found = replace(found, actors=())  # "a halt to attacks on civilians": a noun after all
    if found is None or (sense.armed and not any(actor.id in reading.armed for actor in found.actors)):
        return None
    is_subject_apart = bool(sense.subject) and not sense.intransitive  # "guards at the crossing let people through"
    near = max(0, first - SUBJECT_REACH)
    if is_subject_apart and told_object(line, reading.kind_of, sense.subject or "", near, first) is None:
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
    is_compound = before == "-" and at > 1 and words[at - 1].end == words[at].start
    if is_compound and sense.form == "past" and sense.object in ("place", "quarters", "settlements"):
        return True  # "Russian-occupied X", "the Russian-occupied city of X"
    if words[at].key == "close" and before not in VERB_CUES and at + 1 < len(words) and words[at + 1].key == "to":
        return sense.type in WAY_TYPES
    if sense.form in ("past", "participle") and at and words[at - 1].text[0].isdecimal() and _is_of_people(words, at):
        return True
    if sense.type == "siege" and sense.form == "past" and _describes(words, at):
        return True
    is_counted = at > 0 and (words[at - 1].text[0].isdecimal() or before in COUNTED)
    if sense.form == "s" and is_counted:
        return True
    if sense.form == "base" and _is_adjective(words, at):
        return True
    if sense.form == "base" and before in ("the", "a", "an", "of", "this", "their", "its", "his", "in", "on", "by"):
        return True
    return sense.form == "past" and before in ("the", "a", "an", "newly", "recently") and sense.object is not None


def _describes(words: Sequence[Word], at: int) -> bool:
    """Whether a participle tells what a place is: 'aid to besieged X', 'bombing besieged X'."""
    before = words[at - 1].key if at else ""
    is_named = at + 1 < len(words) and words[at + 1].is_name
    return before in word_set("grammar", "prepositions") or (before.endswith("ing") and is_named)


def _is_adjective(words: Sequence[Word], at: int) -> bool:
    """Whether a base form only tells how something is: "it was not clear whether", "made clear that"."""
    before = at - 1
    while before > 0 and words[before].key in ("not", "now", "yet", "still", "so", "very", "quite", "immediately"):
        before -= 1
    return before >= 0 and words[before].key in (*event_words("be"), "made", "make", "makes", "became")


def _is_of_people(words: Sequence[Word], at: int) -> bool:
    """Whether a noun of people follows: '13 wounded people' tells who they are, and no event."""
    return at + 1 < len(words) and words[at + 1].key in listed("civilians").first_keys


def _is_passive_here(words: Sequence[Word], first: int, last: int, sense: TriggerSense) -> bool:
    behind = unquoted(words, behind_adverb(words, last))
    first -= 2 * (sense.type in WAY_TYPES | {"siege"} and is_no_more(words, first))
    if is_passive(words, first) or (behind < len(words) and words[behind].key == "by"):
        return True
    return sense.object == "place" and is_note(words, first, last)


def _active(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    line = reading.line
    end = clause_end(line.words, last, keep_relative=sense.object == "roads")
    if sense.bare:
        return Told(sense, first, last, _actors(line, first, sense), (), (), first)
    if sense.noted:
        return left_named(reading, first, last, sense, _actors(line, first, sense))
    if sense.ousting:
        return ousted(reading, first, last, sense, end, is_passive=False)
    if sense.object == TRAFFIC:
        return stopped(reading, first, last, sense, _actors(line, first, sense), is_passive=False)
    if sense.subject_place:
        return fallen(reading, first, last, sense, end)
    if sense.reach:
        return _reached(reading, first, last, sense, end, _actors(line, first, sense))
    if sense.object == "place":
        return _on_place(reading, first, last, sense, end, _actors(line, first, sense))
    stop = last
    if sense.object:
        found = reading.object_in(sense.object, last, min(end, last + sense.object_reach))
        if found is None and stands_for_way(reading, last, sense.object):
            return Told(sense, first, last + 1, _actors(line, first, sense), (), (), last)
        if found is None or _is_spoilt(line.words, found, sense) or _is_beside(line.words, last, found[0], sense):
            return None
        if sense.word == "deny" and line.words[last].key.endswith("ing"):  # "denied blocking aid"
            return None
        stop = (closed_behind(line.words, found[1]) if sense.closed else None) or found[1]
    actors = _actors(line, first, sense)
    targets = () if sense.type in MUTUAL else direct_object(line, last, min(end, last + 8), actors)
    places = where(reading, sense, stop, end, first, found if sense.object else None)
    it = left_it(line.words, first, last, sense) if not places else None
    return Told(sense, first, stop if it is None else it, actors, targets, tuple(places), it)


def _actors(line: Line, first: int, sense: TriggerSense) -> tuple[Mention, ...]:
    return subject_of(line, first, sense) or _whose_craft(line, first, sense)


def _whose_craft(line: Line, first: int, sense: TriggerSense) -> tuple[Mention, ...]:
    """Return whose jets strike: 'Russian jets struck X'."""
    start = clause_start(line.words, first)
    craft = next((n for n in range(first - 1, start - 1, -1) if line.words[n].key in sense.subject_words), None)
    return tuple(owner(line, craft)) if craft is not None else ()


def _is_spoilt(words: Sequence[Word], found: tuple[int, int], sense: TriggerSense) -> bool:
    after = words[found[1]].key if found[1] < len(words) else ""
    return after in sense.without_after or (sense.closed and closed_behind(words, found[1]) is None)


def _is_beside(words: Sequence[Word], first: int, at: int, sense: TriggerSense) -> bool:
    """Whether something else is taken: 'took the wounded to villages', 'seized weapons in a town'."""
    is_taken = sense.type in AREA_TYPES and sense.object in ("quarters", "settlements")
    return is_taken and any(words[n].key in OFF_OBJECT - {"on"} or is_of_people(words, n) for n in range(first, at))


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
    found = [place for place in line.place_in(last, min(end, last + 12)) if can_be_taken(reading, place, sense)]
    if found and (is_aside(line, last, found[0]) or are_people_taken(line, last, found[0], sense)):
        return None
    places = (
        [place for place in listed_places(line, found[0], end) if can_be_taken(reading, place, sense)] if found else []
    )
    places = places or antecedents(reading, first)
    if not places and last < len(line.words) and line.words[last].key == "it":
        if is_cleared_of_things(line.words, last, last) or _is_way_cleared(reading, last, sense):
            return None
        return Told(sense, first, last, actors, (), (), last)
    if not places or is_taken_so(line, first, last, places[-1]):
        return None
    if sense.particle and (last := particle_end(line, places[-1], sense)) <= first:
        return None
    return Told(sense, first, last, actors, robbed(line, last, end, actors, places, sense), tuple(places))


def _is_way_cleared(reading: Reading, at: int, sense: TriggerSense) -> bool:
    """Whether it is a road that is cleared: 'The road was blocked. Soldiers cleared it', but not 'cleared it of'."""
    behind = [word.key for word in reading.line.words[at + 1 : at + 2]]
    return sense.word == "clear" and behind != ["of"] and stands_for_way(reading, at, "roads")


def _passive(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    line = reading.line
    last = behind_adverb(line.words, last) if sense.object == "place" else last
    behind = unquoted(line.words, last)
    end = clause_end(line.words, behind)
    start = own_start(line.words, clause_start(line.words, first), first)
    actors = tuple(agent(line, behind, end))
    targets = tuple(party for party in line.party_in(start, first) if party not in actors)[:1]
    if sense.ousting:
        return ousted(reading, first, last, sense, end, is_passive=True)
    if sense.object == TRAFFIC:
        return stopped(reading, first, last, sense, actors, is_passive=True)
    if sense.subject_place or sense.reach or sense.closed or sense.bare or sense.noted:
        return None
    if sense.particle and not is_handed_to(reading, last, sense):
        return None
    if sense.object == "place":
        together = _along_with(reading, last, end)
        is_cell = bool(row_start(line.words))
        places = [] if is_cell else _acted_upon(reading, first, sense)
        if places and sense.type != "siege" and are_people_subject(line, places[-1], first):
            return None
        if places and is_taken_so(line, first, last, places[-1]):
            return None
        opening = first - 2 * (sense.type == "siege" and is_no_more(line.words, first))
        if not places and is_subjectless(line.words, opening) and not line.place_in(note_start(line.words), first):
            if own := own_subject(line, first):
                return Told(sense, first, last, actors, targets, (own, *together))
            return Told(sense, first, last, actors, targets, together, headed=True)
        return Told(sense, first, last, actors, targets, (*places, *together)) if places else None
    opening = first
    if sense.object:
        found = reading.object_in(sense.object, start, first)
        if found is None and sense.type in WAY_TYPES and opens_clause(line.words, start, first):
            found = last_object(line, reading.kind_of, sense.object, 0, first)
        if found is not None and sense.object == OBJECT and not is_of_siege(line.words, found, first):
            return None
        if found is None:
            word = reading.way_before(sense, first)
            return None if word is None else Told(sense, first, last, actors, targets, (), word)
        if sense.type in ROAD_TYPES:
            places = road_ends(line, reading.kind_of, *found, first) or where(reading, sense, last, end, first)
            return Told(sense, first, last, actors, targets, tuple(places))
        opening = found[0]
    inside = told_inside(reading, opening, first, sense) if sense.object else []
    return Told(sense, first, last, actors, targets, tuple(inside or where(reading, sense, last, end, first)))


def _acted_upon(reading: Reading, first: int, sense: TriggerSense) -> list[Mention]:
    """Return the places that are the subject of a passive."""

    def can_be(place: Mention) -> bool:
        is_beside = is_along_way(reading.line, place) or is_of_site(reading.line, place)
        return can_be_taken(reading, place, sense) and not is_beside

    aside = subject_behind_aside(reading.line, first, can_be)
    if aside is not None:
        return aside
    return place_before(reading.line, first, can_be) or antecedents(reading, first)


def _along_with(reading: Reading, last: int, end: int) -> tuple[Mention, ...]:
    """Return what was taken with a place: the X of 'captured along with X by …'."""
    line = reading.line
    if [word.key for word in line.words[last : last + 2]] != ["along", "with"]:
        return ()
    found = [place for place in line.place_in(last, end) if reading.is_area(place)]
    is_next = bool(found) and line.word_at(found[0].start) - last < LABEL_WORDS
    return tuple(place for place in listed_places(line, found[0], end) if reading.is_area(place)) if is_next else ()


def _noun(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    line = reading.line
    start, stop = line.words[first].start, line.words[last - 1].end
    if any(
        party.start <= start and stop <= party.end and party.end - party.start > stop - start for party in line.parties
    ):
        return None
    end = clause_end(line.words, last, keep_relative=sense.of == "roads")
    joints = LAID_ON if sense.type == "siege" else {"of"}
    of = last < len(line.words) and line.words[last].key in joints
    actors = tuple(owner(line, first) or withdrawn(line, last, end, sense) or agent(line, last, min(end, last + 16)))
    actors = actors or accused_before(line, first)
    if sense.type in MUTUAL and not actors:
        actors = agreeing(line, first)
    if sense.word == FIRE:
        return road_under_fire(reading, first, last, sense)
    if sense.type == "siege" and ((told := under_siege(reading, first, last, sense)) or sense.of is None):
        return told
    if sense.of == "place":
        told = _taken(reading, first, last, sense, end, actors) if of else None
        return told or (siege_alone(reading, first, last, sense) if sense.type == "siege" else None)
    if sense.of:
        found = reading.object_in(sense.of, last, min(end, last + 6)) if of else None
        if found is None:
            return None
        if sense.type in MUTUAL:
            actors = (*actors, *_both_sides(line, found[1], end, actors))
        return Told(sense, first, found[1], actors, (), tuple(where(reading, sense, found[1], end, first, found)))
    if sense.type in MUTUAL:
        actors = (*actors, *_both_sides(line, last, end, actors))
        return Told(sense, first, last, actors, (), tuple(where(reading, sense, last, end, first)))
    if sense.type == "clash" and not actors and (sides := sides_of_clash(reading, first, last, end)):
        return Told(sense, first, last, *sides, tuple(where(reading, sense, last, end, first)))
    targets = _against(line, last, min(end, last + 7), actors)
    places = tuple(where(reading, sense, last, end, first))
    it = left_it(line.words, first, last, sense) if not places else None
    return Told(sense, first, last if it is None else it, actors, targets, places, it)


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
    is_aside = bool(found) and is_blocked(line.words, last + 1, found[0].start)
    if found and not is_aside and not are_people_taken(line, last + 1, found[0], sense):
        places = [place for place in listed_places(line, found[0], end) if reading.is_area(place)]
        return Told(sense, first, last, actors, (), tuple(places))
    word = last + 1
    stands_in = word < len(line.words) and line.words[word].key in event_words("generic_places")
    return Told(sense, first, word + 1, actors, (), (), word) if stands_in else None


def _has_word(words: Sequence[Word], wanted: Sequence[str], first: int, last: int) -> bool:
    return any(word.key in wanted for word in words[first:last])


TELLING: Mapping[How, Callable[[Reading, int, int, TriggerSense], Told | None]] = {
    "itself": of_itself, "passive": _passive, "active": _active,
}  # fmt: skip
"""How a verb tells an event."""
