"""Verbs that tell of a road or a crossing itself, and notes of one that leave out their 'was': 'the road reopened'."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import Line, clause_end, clause_start
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_places import where
from tidings.evidence.extract.event_told import DENYING, WAY_TYPES, Reading, Told
from tidings.evidence.extract.headings import JOINTS, note_start
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.ways import closed_behind, has_no_object, last_object
from tidings.evidence.extract.ways_aside import is_aside
from tidings.evidence.extract.ways_traffic import TRAFFIC, of_traffic
from tidings.evidence.extract.words import Word

ABILITIES = frozenset(["can", "could", "cannot", "can't", "couldn't", "able"])
ABLE_REACH = 4
"""Words before 'be used' among which 'can' or 'able to' stands: 'can at last again be used'."""
HARDLY = frozenset(["hardly", "barely", "scarcely", "rarely", "seldom", "only", "solely", "exclusively"])

MAKING = frozenset(["make", "makes", "made", "making", "render", "renders", "rendered", "rendering", "left", "leaving"])


def of_itself(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """'The road reopened on Monday', 'the crossing remains closed': what happens to it stands before the verb."""
    line = reading.line
    if sense.subject == TRAFFIC:
        return of_traffic(reading, first, last, sense)
    start = clause_start(line.words, first)
    found = last_object(line, reading.kind_of, sense.subject or "", start, first)
    if found is None and opens_clause(line.words, start, first):  # "the crossing was closed but reopened at 6 am"
        found = last_object(line, reading.kind_of, sense.subject or "", 0, first)
    closed = closed_behind(line.words, last) if sense.closed else None
    fits = closed is not None if sense.closed else has_no_object(line.words, last)
    if found is None and fits and (word := reading.way_before(sense, first)) is not None:
        return Told(sense, first, closed or last, (), (), (), word)
    if found is None or not fits or is_aside(line, found[0], start) or line.party_in(found[1], first):
        return None
    last = closed or last
    end = clause_end(line.words, last)
    return Told(sense, first, last, (), (), tuple(where(reading, sense, last, end, first, found)))


def is_able(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a way 'can be used' by all: not 'can hardly be used', 'can only be used at night', 'by the army only'."""
    near = {word.key for word in words[max(0, first - ABLE_REACH) : first]}
    behind = (word.key for word in words[last : clause_end(words, last)])
    return not ABILITIES.isdisjoint(near) and HARDLY.isdisjoint(near) and HARDLY.isdisjoint(behind)


def is_made_so(reading: Reading, first: int, sense: TriggerSense) -> bool:
    """Whether somebody or something made a road what a word says: 'rains have made the road from X to Y impassable'."""
    words = reading.line.words
    if sense.object != "roads":
        return False
    start = clause_start(words, first)
    verb = next((n for n in range(first - 1, start - 1, -1) if words[n].key in MAKING), None)
    return verb is not None and reading.object_in(sense.object, verb + 1, first) is not None


def opens_clause(words: Sequence[Word], start: int, at: int) -> bool:
    """Whether a verb has no subject of its own, behind "but", "and" or "then"."""
    before = at - 1
    while before >= start and words[before].key in event_words("verb_openers") | DENYING:
        before -= 1
    return at > 0 and (before < start or words[before].key in JOINTS)


def is_telegraphic(reading: Reading, first: int, last: int, sense: TriggerSense) -> bool:
    """Whether a note leaves out 'was' behind a way: 'M5 highway cut at X', 'Siege lifted.'."""
    line = reading.line
    start = clause_start(line.words, first)
    if sense.type not in WAY_TYPES | {"siege_lifted"} or not sense.object or line.party_in(start, first):
        return False
    found = last_object(line, reading.kind_of, sense.object, start, first)
    behind = line.words[last].key if last < len(line.words) else "."
    ends = not behind[0].isalpha() or behind in word_set("grammar", "prepositions")
    return found is not None and ends and (found[1] == first or _is_siege_note(line, sense, found, first))


def _is_siege_note(line: Line, sense: TriggerSense, siege: tuple[int, int], verb: int) -> bool:
    """Whether only its place stands between a siege that opens a note and what became of it: 'Siege of X lifted.'."""
    places = line.place_in(siege[1], verb)
    is_beside = bool(places) and places[-1].end == line.words[verb - 1].end
    return sense.type == "siege_lifted" and siege[0] == note_start(line.words) and is_beside
