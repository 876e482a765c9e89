"""Until when a place was held, told by what ended it: 'rebels held X until it was captured by the army'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidings.evidence.extract.clause_parts import Line, acting, agent, clause_end, is_passive
from tidings.evidence.extract.event_lexicon import triggers
from tidings.evidence.extract.holdings import Tie

UNTIL = frozenset(["until", "till", "before"])
ENDS = frozenset(["capture", "loss", "retreat", "territory_transferred"])
"""Types of what ends that a place is held."""
REACH = 12
"""Words between "until" and the verb of what ended it."""
RULE = "held_until: who took what others held until then"


def with_ends(line: Line, ties: Sequence[Tie]) -> Iterator[Tie]:
    """Yield the relations of a sentence, with the words that tell until when a place was held and who then took it.

    Parameters
    ----------
    line
        The sentence.
    ties
        The relations that it tells.
    """
    is_asked = not UNTIL.isdisjoint(line.keys)
    for tie in ties:
        end = _end(line, tie) if is_asked and tie.relation == "controls" else None
        if end is None:
            yield tie
            continue
        opening, verb, last = end
        yield replace(tie, until=(line.words[opening].start, line.words[last - 1].end))
        for taker in agent(line, last, clause_end(line.words, last)) if is_passive(line.words, verb) else ():
            if taker.id != tie.subject and not any(each.subject == taker.id for each in ties):
                yield Tie(taker.id, "controls", tie.object, line.words[verb].start, taker.end, RULE)


def _end(line: Line, tie: Tie) -> tuple[int, int, int] | None:
    """Return 'until', the verb behind it that tells the end of what a tie tells, and the word behind that verb."""
    opening = line.word_at(tie.end)
    if opening >= len(line.words) or line.words[opening].key not in UNTIL:
        return None
    stop = min(clause_end(line.words, opening + 1), opening + 1 + REACH)
    if any(place.id != tie.object for place in line.place_in(opening, stop)):
        return None
    for verb in range(opening + 1, stop):
        found = triggers().at(line.words, verb)
        if found and any(sense.type in ENDS and sense.form in ("past", "participle") for sense in found[1]):
            is_end = _is_end(line, tie, opening + 1, verb, {sense.type for sense in found[1]})
            return (opening, verb, found[0]) if is_end else None
    return None


def _is_end(line: Line, tie: Tie, first: int, verb: int, types: set[str]) -> bool:
    """Whether it is the place that is taken, or its holder that leaves: never what he takes himself."""
    if is_passive(line.words, verb) or "capture" not in types:
        return verb > first
    takers = acting(line, first, verb)
    return bool(takers) and all(taker.id != tie.subject for taker in takers)
