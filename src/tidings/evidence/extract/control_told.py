"""Who holds a place, told of 'control of X': 'control of X was claimed by Y', 'control of X passed to Y'."""

from __future__ import annotations

from collections.abc import Iterator

from tidings.evidence.extract.clause_parts import acting, agent, clause_end, listed_places
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.holdings import PLACE_REACH, Sentence, Tie
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.relation_lexicon import relation_words

TAKER_REACH = 6
"""Words behind 'to' in which its party begins."""


def control_of(sentence: Sentence) -> Iterator[Tie]:
    """Yield who holds a place whose control was claimed by him or went to him.

    Parameters
    ----------
    sentence
        The sentence with its places and parties.
    """
    line, has_passed = sentence.line, False
    for at in line.where(frozenset(["control"])):
        end = clause_end(line.words, at)
        is_of = at + 1 < end and line.words[at + 1].key in ("of", "over")
        areas = sentence.areas(at + 2, min(end, at + 2 + PLACE_REACH)) if is_of else []
        if not areas:
            continue
        places = listed_places(line, areas[0], end)
        verb = _verb(sentence, places[-1], end)
        holders = _holders(sentence, verb, end, has_passed=has_passed) if verb is not None else []
        is_claim = verb is not None and line.words[verb].key in relation_words("control_claimed")
        has_passed = has_passed or (bool(holders) and not is_claim)
        for holder in holders:
            start, end_of = line.words[at].start, holder.end
            yield from (Tie(holder.id, "controls", place.id, start, end_of, is_claim=is_claim) for place in places)


def _verb(sentence: Sentence, place: Mention, end: int) -> int | None:
    """Return the verb right behind a place and its adverbs, whose subject is the control of it."""
    words, at = sentence.line.words, sentence.line.word_at(place.end)
    passable = event_words("verb_openers", "between", "be") | word_set("grammar", "adverbs")
    passable = (passable | event_words("left_towns") | {","}) - relation_words("control_claimed")
    while at < end and words[at].key in passable:
        at += 1
    return at if at < end else None


def _holders(sentence: Sentence, verb: int, end: int, *, has_passed: bool) -> list[Mention]:
    """Return who claims control or has it now; after one verb of passing 'and control of X to Y' leaves it out."""
    line, key = sentence.line, sentence.line.words[verb].key
    if key in relation_words("control_claimed"):
        if line.words[verb - 1].key in word_set("modality", "negations"):
            return []  # who claims nothing may hold it all the same
        return [party for party in agent(line, verb + 1, end) if party.start not in line.backers]
    if key == "to" and has_passed:
        return acting(line, verb + 1, min(verb + 1 + TAKER_REACH, end))[:1]
    if key not in relation_words("control_passed"):
        return []
    to = verb + 1 + (verb + 1 < end and line.words[verb + 1].key in ("over", "back"))
    is_to = to < end and line.words[to].key == "to"
    return acting(line, to + 1, min(to + 1 + TAKER_REACH, end))[:1] if is_to else []
