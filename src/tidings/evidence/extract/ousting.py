"""Who is driven out of a place, and by whom: 'X drove Y out of Z', 'Y was driven out of Z by X'."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tidings.evidence.extract.clause_parts import agent, listed_places, subject
from tidings.evidence.extract.event_lexicon import TriggerSense
from tidings.evidence.extract.event_parties import subject_of
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon

REACH = 9
"""Words between the verb and 'out of': 'drove the last Islamic State fighters out of'."""
PLACE_NEAR = 6
"""Words between 'out of' and the place: 'the town of X'."""


def ousted(reading: Reading, first: int, last: int, sense: TriggerSense, end: int, *, is_passive: bool) -> Told | None:
    """Return the capture that an ousting is; without an agent, what those who are ousted lose."""
    line = reading.line
    near = range(last, min(last + REACH, end))
    joint = next(((n, found[0]) for n in near if (found := _from().at(line.words, n))), None)
    if joint is None:
        return None
    ousted_ones = (subject(line, first) or line.party_in(0, first)) if is_passive else line.party_in(last, joint[0])
    fighters = tuple(party for party in ousted_ones if party.id in reading.armed)[-1:]
    places = [p for p in line.place_in(joint[1], min(end, joint[1] + PLACE_NEAR)) if reading.is_area(p)]
    if not fighters or not places or (is_passive and joint[0] > last + 1):
        return None
    held = tuple(listed_places(line, places[0], end))
    actors = tuple(agent(line, joint[1], end)) if is_passive else subject_of(line, first, sense)
    if is_passive and not actors:
        return Told(replace(sense, type="loss"), first, joint[1], fighters, (), held)
    return Told(sense, first, last, actors, fighters, held)


@cache
def _from() -> PhraseBook[str]:
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("events")["ousted_from"])
