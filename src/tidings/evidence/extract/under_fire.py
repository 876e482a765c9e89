"""A road under fire: 'the road from X to Y is under Russian fire' tells of shelling along it, and of no end of it."""

from __future__ import annotations

from tidings.evidence.extract.clause_parts import Line, clause_start, owner
from tidings.evidence.extract.event_lexicon import TriggerSense
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.ways import road_ends

FIRE = "fire"
UNDER_REACH = 4
"""Words between 'under' and its 'fire': 'under constant Russian artillery fire'."""


def road_under_fire(reading: Reading, first: int, last: int, sense: TriggerSense) -> Told | None:
    """Return the shelling that 'fire' in words[first:last] tells of, where a road is the subject; else None.

    'Under fire' are also towns that are criticised, and people: of these nothing is told.
    """
    line = reading.line
    under = _under(line, first)
    road = reading.object_in("roads", clause_start(line.words, first), under) if under is not None else None
    if under is None or road is None:
        return None
    ends = road_ends(line, reading.kind_of, *road, under)
    return Told(sense, under, last, tuple(_whose(line, under, first)), (), tuple(ends)) if ends else None


def _under(line: Line, fire: int) -> int | None:
    """Return the 'under' that governs a 'fire': only what describes it stands between."""
    for at in range(fire - 1, max(-1, fire - 2 - UNDER_REACH), -1):
        word = line.words[at]
        if word.key == "under":
            return at
        if not word.text[0].isalpha() or word.key in word_set("grammar", "prepositions"):
            return None
    return None


def _whose(line: Line, under: int, fire: int) -> list[Mention]:
    """Return whose fire it is: a party between, or one right before."""
    return line.party_in(under, fire)[:1] or owner(line, fire)
