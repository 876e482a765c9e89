"""Traffic that is stopped or goes on: what it tells of the road or the crossing on which it moves."""

from __future__ import annotations

from tidings.evidence.extract.clause_parts import clause_end, clause_start
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_places import where
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.ways import ROAD_TYPES, has_no_object, last_object, told_object

TRAFFIC = "traffic"
"""The list of the lexicon with words for it."""
OVER = frozenset(["through", "at", "across", "over", "via", "on", "along", "between", "from"])
"""What leads from traffic to its way: 'traffic through the crossing'."""
PLAIN = frozenset(["traffic"])
"""Words that tell of a way even where it is only told before: 'but traffic has resumed'."""


def of_traffic(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """'Traffic has resumed on the road from X to Y', 'traffic on it has come to a halt', 'but traffic has resumed'."""
    line = reading.line
    start = clause_start(line.words, first)
    found = last_object(line, reading.kind_of, TRAFFIC, start, first)
    if found is None or not has_no_object(line.words, last) or line.party_in(found[0], found[1]):
        return None
    end = clause_end(line.words, last)
    if told := _on_way(reading, found[1], end, first, last, sense):
        return told
    helpers = event_words("verb_openers", "be", "between")
    is_alone = all(word.key in helpers for word in line.words[found[1] : first])
    is_plain = line.words[found[1] - 1].key in PLAIN and not line.place_in(found[1], end)
    return _before(reading, found[0], first, last, sense) if is_alone and is_plain else None


def stopped(
    reading: Reading, first: int, last: int, sense: TriggerSense, actors: tuple[Mention, ...], *, is_passive: bool
) -> Told | None:
    """'Suspended movement through the X crossing', 'traffic on the road was halted by the army'."""
    line = reading.line
    if is_passive:
        start = clause_start(line.words, first)
        found, end = last_object(line, reading.kind_of, TRAFFIC, start, first), clause_end(line.words, last)
    else:
        end = clause_end(line.words, last)
        found = told_object(line, reading.kind_of, TRAFFIC, last, min(end, last + sense.object_reach))
    if found is None or line.party_in(found[0], found[1]):
        return None
    return _on_way(reading, found[1], end, first, last, sense, actors)


def _on_way(
    reading: Reading, at: int, end: int, first: int, last: int, sense: TriggerSense, actors: tuple[Mention, ...] = ()
) -> Told | None:
    """Read the way that stands behind traffic: the nearest, where it is of the sort that the event tells of."""
    found = {name: told_object(reading.line, reading.kind_of, name, at, end) for name in ("roads", "crossings")}
    own, other = _name(sense), "crossings" if _name(sense) == "roads" else "roads"
    way, rival = found[own], found[other]
    if way is None or (rival is not None and rival < way):
        return None
    if OVER.isdisjoint(word.key for word in reading.line.words[at : way[0]]):
        return None
    return Told(sense, first, last, actors, (), tuple(where(reading, sense, way[1], end, first, way)))


def _before(reading: Reading, at: int, first: int, last: int, sense: TriggerSense) -> Told | None:
    """Read traffic on the way told before, in its sentence or the one before: of two sorts, the nearer is meant."""
    own, other = _name(sense), "crossings" if _name(sense) == "roads" else "roads"
    for line in (reading.line, reading.before):
        stop = at if line is reading.line else len(line.words) if line else 0
        if line is None or stop == 0:
            continue
        way = last_object(line, reading.kind_of, own, 0, stop)
        rival = last_object(line, reading.kind_of, other, 0, stop)
        if way or rival:
            is_own = way is not None and (rival is None or rival < way)
            return Told(sense, first, last, (), (), (), at) if is_own else None
    return None


def _name(sense: TriggerSense) -> str:
    return "roads" if sense.type in ROAD_TYPES else "crossings"
