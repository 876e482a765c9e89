"""Who takes what another loses: 'X lost Y to Z' tells that X lost it and that Z took it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tidings.evidence.extract.clause_parts import acting, clause_end
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.mentions import Mention

TAKER_REACH = 4
"""Words between the 'to' and who takes it: 'to the so-called Islamic State'."""
TAKER = "losses: who is told behind 'to' has it then"
GIVER = "losses: who hands it over"


def with_taker(reading: Reading, told: Told) -> Iterator[Told]:
    """Yield an event, and of a loss to somebody the capture too, told by the words from the verb to its 'to'.

    Who takes a place is nobody on whom the loser acts: the loss has no target, the capture has the loser. Of a place
    that is handed over the actor is who has it then, and its giver the target; where nobody is named to whom, its giver
    has lost it.
    """
    if told.sense.type == "territory_transferred" and told.how in ("active", "passive") and told.places:
        yield from _handed_over(reading, told)
        return
    if told.sense.type != "loss" or not told.places:
        yield told
        return
    taker = _taker(reading, told)
    if taker is None:
        yield told
        return
    losers = tuple(party for party in told.actors if party.id != taker[0].id)
    yield replace(told, targets=(), actors=losers)
    taking = replace(told.sense, type="capture")
    yield replace(told, sense=taking, last=taker[1], actors=(taker[0],), targets=losers)


def _handed_over(reading: Reading, told: Told) -> Iterator[Told]:
    taker = _taker(reading, told)
    if taker is not None:
        givers = tuple(party for party in told.actors if party.id != taker[0].id)
        yield replace(told, actors=(taker[0],), targets=givers, lent=(("actors", TAKER), ("targets", GIVER)))
        return
    yield replace(told, actors=(), targets=told.actors, lent=(("targets", GIVER),))
    if told.actors:
        yield replace(told, sense=replace(told.sense, type="loss"), targets=())


def _taker(reading: Reading, told: Told) -> tuple[Mention, int] | None:
    """Return who takes a place, behind 'to', and the word behind that 'to'."""
    words = reading.line.words
    end = clause_end(words, told.last)
    to = next((n for n in range(told.last, end) if words[n].key == "to"), None)
    takers = acting(reading.line, to + 1, min(to + 1 + TAKER_REACH, end)) if to is not None else []
    is_owner = bool(takers) and words[reading.line.word_at(takers[0].end) - 1].is_possessive  # "to the army's surprise"
    if to is None or not takers or is_owner or takers[0].id not in reading.armed:
        return None
    return takers[0], to + 1
