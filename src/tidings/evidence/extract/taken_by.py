"""Who holds a place that 'was captured by' him: told by the event, as surely as it, and of no place beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.headings import row_start
from tidings.evidence.extract.holdings import Tie
from tidings.evidence.extract.relation_lexicon import relation_phrases
from tidings.evidence.reading import Event

RULE = "relations.yaml taken_by: who captured a place, by the event that tells it"


def taken_by(line: Line, events: Iterable[Event]) -> Iterator[Tie]:
    """Yield who holds what a passive tells him to have taken.

    Parameters
    ----------
    line
        The sentence.
    events
        The events of the report.
    """
    if row_start(line.words):
        return  # a cell tells of the first of its row, by the event alone
    for at, last, _ in line.all_of(relation_phrases("taken_by")):
        told = [each for each in events if each.start == line.words[at].start and each.type == "capture"]
        for event in told:
            yield from _ties(line, at, last, event)


def _ties(line: Line, at: int, last: int, event: Event) -> Iterator[Tie]:
    for holder in (party for party in line.party_in(last, len(line.words)) if party.id in event.actors):
        for place in event.places:
            named = [each.start for each in line.place_in(0, at) if each.id == place]
            if named:  # a note below a heading tells it by its event alone
                yield Tie(holder.id, "controls", place, named[-1], holder.end, RULE, certainty=event.certainty)
