"""Both ends of a way where one is left out: 'the X–Y road was shelled', and 'Road to Y: closed' below a heading X."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import Line, clause_end
from tidings.evidence.extract.event_lexicon import listed
from tidings.evidence.extract.event_told import Told
from tidings.evidence.extract.headings import LABEL_WORDS, road_note
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.ways import END_REACH, ENDS_GAP, ROAD_TYPES, KindOf, road_ends

STRUCK = frozenset(["clash", "air_strike", "shelling", "bombing", "explosive_device"])
"""Types of violence that is told of a road."""


def both_ends(line: Line, kind_of: KindOf, told: Told) -> tuple[Mention, ...]:
    """Return the places of an event; of violence at an end of 'the X–Y road', or 'from X to Y', both.

    Parameters
    ----------
    line
        The sentence.
    kind_of
        The kind of a place by its id.
    told
        What it tells.
    """
    if told.sense.type not in STRUCK or len(told.places) != 1 or len(line.places) < 2:
        return told.places
    named = line.word_at(told.places[0].start)
    for at in range(max(0, named - END_REACH), min(len(line.words), named + ENDS_GAP)):
        if found := listed("roads").at(line.words, at):
            ends = road_ends(line, kind_of, at, found[0], clause_end(line.words, found[0], keep_relative=True))
            if len(ends) == 2 and told.places[0] in ends:
                return tuple(ends)
    return told.places


def with_heading(line: Line, told: Told, places: tuple[str, ...], headed: Sequence[str]) -> tuple[str, ...]:
    """Return the places of a road's event; of 'Road to Y: closed' the heading above and Y.

    Parameters
    ----------
    line
        The sentence.
    told
        What it tells.
    places
        The places of the road, by their ids.
    headed
        The place that the heading above names, if any.
    """
    if told.sense.type not in ROAD_TYPES or len(places) != 1 or not headed or headed[0] in places:
        return places
    text = " ".join(word.text for word in line.words[:LABEL_WORDS])
    return (headed[0], *places) if road_note(text) else places
