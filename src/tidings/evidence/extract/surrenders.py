"""A town whose garrison surrenders: 'the garrison of X surrendered to Y' tells that Y takes X."""

from __future__ import annotations

from dataclasses import replace

from tidings.evidence.extract.clause_parts import Line, acting, clause_start
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.mentions import Mention

TAKER_REACH = 5
"""Words behind 'surrendered to' in which who takes the town is named."""
GARRISON_REACH = 6
"""Words between a garrison and its town: 'the garrison in the city of X'."""
TAKER = "surrenders: to whom its garrison surrenders takes a town"


def surrendered(reading: Reading, told: Told) -> Told:
    """Return the capture that the surrender of a town or its garrison is; other events as they are."""
    if told.sense.word != "surrender to" or told.how != "active":
        return told
    takers = [party for party in acting(reading.line, told.last, told.last + TAKER_REACH) if party.id in reading.armed]
    town = _town(reading, told.first)
    if not takers or town is None:
        return told
    losers = tuple(party for party in told.actors if party.id != takers[0].id)
    sense = replace(told.sense, type="capture")
    return replace(told, sense=sense, actors=(takers[0],), targets=losers, places=(town,), lent=(("actors", TAKER),))


def _town(reading: Reading, verb: int) -> Mention | None:
    """Return the town that is the subject of a verb, or that of the garrison which is."""
    words = reading.line.words
    start = clause_start(words, verb)
    while verb > start and words[verb - 1].key in event_words("verb_openers", "between"):
        verb -= 1
    towns = [place for place in reading.line.place_in(start, verb) if reading.is_held(place)]
    if not towns:
        return None
    garrison = next((n for n in range(verb - 1, start - 1, -1) if words[n].key in event_words("garrisons")), None)
    is_near = garrison is not None and _is_of(reading.line, garrison, towns[-1])
    is_subject = towns[-1].end == words[verb - 1].end and towns[-1].start == words[start].start
    return towns[-1] if is_near or is_subject else None


def _is_of(line: Line, garrison: int, town: Mention) -> bool:
    """Whether a garrison is that of a town: 'the garrison in X', 'the X garrison', 'the town's defenders'."""
    at = line.word_at(town.start)
    if at > garrison:
        return line.words[garrison + 1].key in ("in", "of", "at") and at - garrison <= GARRISON_REACH
    return line.word_at(town.end) == garrison
