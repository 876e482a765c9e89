"""Who is 'in control of' a place: 'X is in full control of T', 'T, with the army still in control of the town'."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.evidence.extract.clause_parts import (
    Line,
    clause_end,
    clause_start,
    listed_places,
    only_party_before,
    subject,
)
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.holdings import PLACE_REACH, Sentence, Tie
from tidings.evidence.extract.hostilities import ARMED
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.relation_lexicon import relation_words


def in_control_of(sentence: Sentence) -> Iterator[Tie]:
    """Yield who is told to be in control of which places.

    Parameters
    ----------
    sentence
        The sentence with its places and parties.
    """
    line = sentence.line
    for at in line.where(frozenset(["control"])):
        opening = at - 1 - (at > 1 and line.words[at - 1].key in relation_words("control_degrees"))
        end = clause_end(line.words, at)
        is_of = at + 1 < end and line.words[at + 1].key in ("of", "over")
        if opening < 1 or line.words[opening].key != "in" or not is_of:
            continue
        areas = sentence.areas(at + 2, min(end, at + 2 + PLACE_REACH))
        for holder in _holders(sentence, opening) if areas and not _is_of_a_thing(sentence, at + 2, areas[0]) else ():
            for place in listed_places(line, areas[0], end):
                yield Tie(holder.id, "controls", place.id, line.words[opening].start, place.end)


def _holders(sentence: Sentence, opening: int) -> list[Mention]:
    """Return the subject of 'is in control', and the Y of 'left Y in control'."""
    line = sentence.line
    beside = [party for party in line.parties if party.end == line.words[opening - 1].end]
    passable = event_words("verb_openers", "between", "be") | relation_words("note_openers")
    is_told = line.words[opening - 1].key in passable
    found = beside or (is_told and (subject(line, opening) or _meant(line, opening))) or []
    return [party for party in found if sentence.kinds.get(party.id) in ARMED]


def _meant(line: Line, opening: int) -> list[Mention]:
    """Return whom the 'it' before 'is in control' stands for, where its sentence names one party before."""
    words = line.words[clause_start(line.words, opening) : opening]
    return only_party_before(line, opening) if any(word.key in ("it", "they") for word in words) else []


def _is_of_a_thing(sentence: Sentence, first: int, place: Mention) -> bool:
    """Whether something in or on the way to a place is controlled: 'in control of the roads to X'."""
    between = [word.key for word in sentence.line.words[first:] if word.end <= place.start]
    return any(key in relation_words("held_links") for key in between)
