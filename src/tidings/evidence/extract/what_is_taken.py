"""What stands between a verb of taking and a place's name, and behind it: people, whom it is taken from, a particle."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, next_party
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_told import Reading
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.mostly import is_mostly, is_percentage
from tidings.evidence.extract.people_of import are_people, is_of_people
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.words import Word

OFF_OBJECT = frozenset(
    ["in", "along", "at", "near", "from", "with", "to", "into", "for", "on", "outside", "towards", "toward"]
)

GIVEN_REACH = 5
"""Words behind 'to' in which who gets a place begins: 'handed X over to the Iraqi army'."""


TAKER_REACH = 4
"""Words between 'handed to' and the end of who takes it."""


def robbed(
    line: Line, first: int, end: int, actors: Sequence[Mention], places: Sequence[Mention], sense: TriggerSense
) -> tuple[Mention, ...]:
    """Return from whom a place is taken by a verb before words[first:end]; nobody of whom it is only taken over.

    Who takes a place over "from" another may relieve him: that is no fight.
    """
    named = [party for party in line.party_in(first, end) if party not in actors and _is_robbed(line, party, places)]
    return tuple(named[:1]) if named and not _is_handed_on(line, first, named[0], places, sense) else ()


def _is_handed_on(line: Line, first: int, party: Mention, places: Sequence[Mention], sense: TriggerSense) -> bool:
    """Whether a place is taken over 'from' a party: 'took over X from Y', 'took X over from Y'."""
    at = _opening(line, party)
    if sense.type != "capture" or line.words[at].key != "from" or party.start < places[-1].end:
        return False
    return sense.word == "take over" or "over" in (line.words[at - 1].key, line.words[first - 1].key)


def _is_robbed(line: Line, party: Mention, places: Sequence[Mention]) -> bool:
    """Whether a party behind a verb of taking is whom the place is taken from, and no ally or bystander.

    'took rebel-held X', 'took X from the rebels', 'took X, the rebels' last stronghold'.
    """
    if party.start < places[-1].start or line.words[line.word_at(party.end) - 1].is_possessive:
        return True
    return line.words[_opening(line, party)].key in ("from", "against", "to")


def _opening(line: Line, party: Mention) -> int:
    """Return the word before a party, its article and 'last' or 'remaining'."""
    at = line.word_at(party.start) - 1
    while at > 0 and line.words[at].key in ("the", "last", "remaining", "its", "islamic"):
        at -= 1
    return at


def is_blocked(words: Sequence[Word], at: int, offset: int) -> bool:
    """Whether something else than the place is taken: 'seized weapons in X', 'the road between X and Y'."""
    between = [word.key for word in words[at:] if word.end <= offset]
    named = [key for key in between if key not in TOWN_WORDS and key != "of"]
    if named and named[-1] in ("around", "surrounding", *place_words("above")):
        return True
    beside = place_words("beside") | event_words("sites_taken")
    aside = any(key == "of" and at and between[at - 1] in beside for at, key in enumerate(between))
    return aside or any(key in OFF_OBJECT | event_words("joining") for key in between)


def is_aside(line: Line, at: int, place: Mention) -> bool:
    """Whether something beside a place is taken: 'seized weapons in X', 'the hills of X', but not 'most of X'."""
    return is_blocked(line.words, at, place.start) and not is_mostly(line, place)


def can_be_taken(reading: Reading, place: Mention, sense: TriggerSense) -> bool:
    """Whether a place, or most of it, is what a verb acts on: never '20 percent of X'."""
    if sense.type in ("capture", "loss") and is_percentage(reading.line, place):
        return is_mostly(reading.line, place)
    is_most = sense.type == "capture" and reading.is_held(place) and is_mostly(reading.line, place)
    return is_most or reading.is_area(place)


def are_people_taken(line: Line, at: int, place: Mention, sense: TriggerSense) -> bool:
    """Whether people are taken and not the place: 'the governor of X', 'X hostages'; who besieges them besieges it.

    What is taken beside something that has a head is taken itself: 'seized the head of the valley and X'.
    """
    stop = line.word_at(place.start)
    joint = next((n + 1 for n in range(stop - 1, at, -1) if line.words[n].key == "and"), at)
    of_people = any(is_of_people(line.words, n) for n in range(joint, stop))
    return sense.type != "siege" and (of_people or are_people(line, place))


def is_handed_to(reading: Reading, at: int, sense: TriggerSense) -> bool:
    """Whether a place is told to be handed to a party that fights: 'X was handed (back) to Y'."""
    words = reading.line.words
    to = at + (at < len(words) and words[at].key in sense.particle)
    if sense.type != "territory_transferred" or to >= len(words) or words[to].key != "to":
        return False
    takers = reading.line.party_in(to + 1, to + 1 + TAKER_REACH)
    return bool(takers) and takers[0].id in reading.armed


def particle_end(line: Line, place: Mention, sense: TriggerSense) -> int:
    """Return the word behind the particle that closes a verb behind its place: 'handed X over'; 0 without one."""
    behind = line.word_at(place.end)
    while behind < len(line.words) and line.words[behind].key in ("town", "city", "village", "back"):
        if line.words[behind].key in sense.particle:
            break
        behind += 1
    if behind >= len(line.words) or line.words[behind].key not in sense.particle:
        return 0
    return behind + 1 if _closes(line, behind + 1) else 0


def _closes(line: Line, at: int) -> bool:
    """Whether a particle closes its verb: nothing follows, a day, how, or to whom; never 'gave X over a week'."""
    words = line.words
    at += at < len(words) and words[at].key == "again"
    if at >= len(words) or not words[at].text[0].isalnum():
        return True
    if words[at].key == "to":
        return bool(next_party(line, at + 1, GIVEN_REACH))
    is_adverb = words[at].key.endswith("ly") and not words[at].is_capital
    return is_adverb or words[at].key in event_words("behind_particle", "no_object") - {"for", "at", "along"}
