"""What 'siege' is about where no 'of' tells it: 'X's siege', 'Siege lifted.' below a heading, 'the siege' of before."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, place_before
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words, listed
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.headings import note_start
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.presupposed import LIFTED_REACH
from tidings.evidence.extract.sieges_over import is_ended_behind
from tidings.evidence.extract.words import Word

LAID_ON = frozenset(["of", "on", "around", "against"])
"""Between a siege and the place that is besieged."""
KNOWN = frozenset(["the", "this", "that", "its", "their"])
NEVER_BESIEGED = frozenset(["country", "region", "border", "crossing", "road"])
OWNER_REACH = 3
"""Words between the name of a place that owns a siege and the siege: 'X's long and bitter siege'."""
JOINTS = frozenset([",", ";", "and", "but", "while"])
APOSTROPHES = frozenset(["'", "’"])
OVER = frozenset(["over", "end", "ended"])
OBJECT = "sieges"
"""The list of the lexicon with words for a siege."""


def siege_alone(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """Read 'X's siege', and 'the siege' whose place was told before where it is told to be over."""
    words = reading.line.words
    if is_of_another_thing(words, last) or _is_compound(words, last):
        return None
    near = reading.line.place_in(max(0, first - OWNER_REACH - 2), first)
    owner = next((place for place in near if _owns(reading.line, place)), None)
    if owner is not None and reading.kind_of(owner.id) not in NEVER_BESIEGED:
        between = words[reading.line.word_at(owner.end) : first]
        if not any(is_verb_like(word.key) or word.is_possessive or word.key in JOINTS for word in between):
            return Told(sense, first, last, (), (), (owner,))
    is_known = first == note_start(words) or words[first - 1].key in KNOWN
    if not is_known or not _is_over(words, first) or _is_told_from_afar(reading.line, first):
        return None
    return Told(sense, first, last, (), (), tuple(place_before(reading.line, first, reading.is_area)))


def is_of_another_thing(words: Sequence[Word], last: int) -> bool:
    """Whether 'of' leads from a siege to a thing and to no town: 'the siege of a hotel in X'."""
    if last + 1 >= len(words) or words[last].key not in LAID_ON:
        return False
    near = [word.key for word in words[last + 1 : last + 3]]
    is_told_before = near[0] in event_words("generic_places") or not event_words("left_towns").isdisjoint(near)
    return words[last].key == "of" and not is_told_before


def _is_compound(words: Sequence[Word], last: int) -> bool:
    """Whether 'siege' only says of which sort a thing is: 'X's siege mentality'."""
    return last < len(words) and words[last].key in word_set("ways", "siege_compounds")


def _is_told_from_afar(line: Line, siege: int) -> bool:
    """Whether somebody elsewhere says so: 'police in X said the siege was over' tells of no siege told before."""
    speech = word_set("attributions", "past_speech")
    verb = next((n for n in range(siege - 1, -1, -1) if line.words[n].key in speech), None)
    if verb is None:
        return False
    before = [place for place in line.places if place.end <= line.words[verb].start]
    return any(line.words[max(0, line.word_at(place.start) - 1)].key in ("in", "at") for place in before)


def _owns(line: Line, place: Mention) -> bool:
    """Whether a name is possessive, a bare mark behind an 's' included: "Azaz's", "Azaz'"."""
    end = line.word_at(place.end)
    return line.words[end - 1].is_possessive or line.words[end].text in APOSTROPHES


def _is_over(words: Sequence[Word], siege: int) -> bool:
    """Whether a siege 'is over' or 'has ended': other words for that are verbs, which tell it themselves."""
    near = words[siege : siege + LIFTED_REACH]
    return is_ended_behind(words, siege) and not OVER.isdisjoint(word.key for word in near)


def is_of_siege(words: Sequence[Word], siege: tuple[int, int], verb: int) -> bool:
    """Whether a passive verb tells of the siege before it, and not of what stands between them or is to come."""
    return not (_is_of_another(words, siege[0], verb) or _is_still_to_be(words, siege, verb))


def _is_of_another(words: Sequence[Word], siege: int, verb: int) -> bool:
    """Whether a verb behind a siege has a subject of its own: 'the siege was tightened and the bridge was broken'."""
    joint = next((n for n in range(verb - 1, siege, -1) if words[n].key in JOINTS), None)
    if joint is None:
        return False
    same = event_words("verb_openers", "be", "between") | listed(OBJECT).first_keys | TOWN_WORDS | LAID_ON
    return any(not (word.key in same or word.is_name) for word in words[joint + 1 : verb])


def _is_still_to_be(words: Sequence[Word], siege: tuple[int, int], verb: int) -> bool:
    """Whether a note says what is still to come: 'Siege to be lifted on Saturday.'."""
    return siege[0] == note_start(words) and [word.key for word in words[siege[1] : verb]] == ["to", "be"]
