"""Who is driven out of what he took: 'seized X before being driven out', 'stormed X but were pushed back by Y'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidings.evidence.extract.clause_parts import Line, agent, clause_end, clause_start
from tidings.evidence.extract.event_lexicon import TriggerSense, event_words
from tidings.evidence.extract.event_told import Reading, Told
from tidings.evidence.extract.headings import ends_or_dates
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.words import Word

BE = frozenset(["be", "been", "being", "is", "are", "was", "were", "get", "gets", "got", "getting"])
AWAY = frozenset(["back", "out", "off", "away"])
FROM = frozenset(["from", "of"])
IN = frozenset(["in", "at", "near", "from", "around", "outside", "inside", "of", "over"])
"""Before a place these tell where somebody is turned back: there, and not at what he took."""
TURNS = frozenset(["but", "before", "until", "and", "then", "only", "yet", "though", "although", ","])
"""Between a capture and its end: never 'after', which tells what came first."""


def turned_back(reading: Reading, first: int, last: int, senses: Sequence[TriggerSense], capture: Told) -> list[Told]:
    """Return the end of a capture that a passive tells of who made it; nothing for other words.

    Parameters
    ----------
    reading
        The sentence.
    first, last
        The words of the verb: 'driven', 'pushed back'.
    senses
        What it can tell.
    capture
        The last one told before it.

    Returns
    -------
    list
        What who took it loses and, where one is named, who drives him out: he has taken it, or held it.
    """
    line = reading.line
    sense = next((each for each in senses if _turns(each)), None)
    if sense is None or not _is_passive(line.words, first) or _is_unfinished(line.words, first):
        return []
    if not _is_of_taker(line, first, capture):
        return []
    behind = _behind_away(line.words, last)
    end = clause_end(line.words, behind)
    if behind == last and sense.word in event_words("turned_with_away"):
        return []
    if not _is_over(line.words, behind) or _is_elsewhere(reading, behind, end, capture):
        return []
    return list(_ends(line, first, behind, end, sense, capture))


def _turns(sense: TriggerSense) -> bool:
    return sense.form in ("past", "participle") and (sense.ousting or sense.type == "hold")


def _ends(line: Line, first: int, last: int, end: int, sense: TriggerSense, capture: Told) -> Iterator[Told]:
    lost = Told(
        replace(sense, type="loss"), first, last, capture.actors, (), capture.places, how="ended",
        lent=(("actors", "turned_back: who took it"), ("places", "turned_back: what was taken")),
    )  # fmt: skip
    yield lost
    by = tuple(party for party in agent(line, last, end) if party not in capture.actors)
    if by:
        kind = replace(sense, type="capture" if sense.ousting else "hold")
        yield replace(lost, sense=kind, actors=by, targets=capture.actors, lent=lost.lent[1:])


def _behind_away(words: Sequence[Word], at: int) -> int:
    """Step over 'out', 'back again' and over 'of it', 'from the town'."""
    while at < len(words) and words[at].key in AWAY | {"again"}:
        at += 1
    if at + 1 >= len(words) or words[at].key not in FROM:
        return at
    town = at + 1 + (words[at + 1].key in ("the", "this"))
    if words[at + 1].key in ("it", "there", "both", "them"):
        return at + 2
    is_town = town > at + 1 and town < len(words) and words[town].key in event_words("left_towns")
    return town + 1 if is_town else at


def _is_over(words: Sequence[Word], at: int) -> bool:
    """Whether what is told ends here: a mark, a day, who did it or how; never 'out of' another place."""
    if at < len(words) and words[at].key in FROM | {"of"}:
        return False
    is_adverb = at < len(words) and (words[at].key.endswith("ly") or words[at].key in word_set("grammar", "adverbs"))
    return ends_or_dates(words, at + is_adverb) or words[at].key in ("a", "an", "two", "three", "hours", "the", "under")


def _is_elsewhere(reading: Reading, first: int, end: int, capture: Told) -> bool:
    """Whether it is told to be at another place: 'seized X but were pushed back in Y'."""
    words, taken = reading.line.words, {place.id for place in capture.places}
    others = [place for place in reading.line.place_in(first, end) if place.id not in taken and reading.is_area(place)]
    return any(words[n - 1].key in IN for n in (reading.line.word_at(place.start) for place in others[:1]) if n)


def _is_of_taker(line: Line, first: int, capture: Told) -> bool:
    """Whether who took it is the subject of the verb: left out, or 'they', or 'who' right behind his name."""
    words, start, at = line.words, clause_start(line.words, first), first
    while at > start and _is_passable(words[at - 1]):
        at -= 1
    if at > start and words[at - 1].key in ("they", "it", "it's", "all", "themselves"):
        return at - 1 > capture.last and _turns_at(words, at - 1) and not _is_of_others(line, at - 1, capture)
    if at == start and at and words[at - 1].key == "who":
        who = at - 1 - (at > 1 and words[at - 2].text == ",")
        return any(actor.end == words[who - 1].end for actor in capture.actors)
    if _has_own_subject(line, at, capture):
        return False
    return at > capture.last and _turns_at(words, at)


def _is_of_others(line: Line, pronoun: int, capture: Told) -> bool:
    """Whether others are named between a capture and a pronoun, for whom it may stand: 'residents fled before they'."""
    between = range(capture.last, pronoun)
    people = place_words("people_of")
    taken = {place.id for place in capture.places}
    named = [party for party in line.party_in(capture.last, pronoun) if party.id not in taken]
    others = [party for party in named if party.id not in {actor.id for actor in capture.actors}]
    return bool(others) or any(line.words[n].key in people for n in between)


def _has_own_subject(line: Line, at: int, capture: Told) -> bool:
    """Whether a comma before a verb closes an aside about others: 'where rebels, who held it, were driven out'."""
    if at < 1 or line.words[at - 1].text != ",":
        return False
    return any(word.key in ("who", "which", "where", "whose") for word in line.words[capture.last : at - 1])


def _is_unfinished(words: Sequence[Word], at: int) -> bool:
    """Whether helpers tell that it did not come to that, or not yet: 'almost driven out', 'are being driven out'."""
    helpers = []
    while at and _is_passable(words[at - 1]):
        at -= 1
        helpers.append(words[at].key)
    goes_on = "being" in helpers and not {"is", "are", "'re"}.isdisjoint(helpers)
    return goes_on or not event_words("unfinished").isdisjoint(helpers)


def _is_passive(words: Sequence[Word], at: int) -> bool:
    """Whether a form of 'be' stands before a participle, with adverbs between: 'were soon driven'."""
    verb = next((n for n in range(at - 1, -1, -1) if not _is_passable(words[n]) or words[n].key in BE), None)
    return verb is not None and words[verb].key in BE


def _is_passable(word: Word) -> bool:
    passable = event_words("verb_openers", "forced", "between", "be") | word_set("grammar", "adverbs")
    return word.key in passable or (word.key.endswith("ly") and not word.is_capital)


def _turns_at(words: Sequence[Word], at: int) -> bool:
    """Whether a joint that leads on from a capture to its end stands right before a word."""
    return at > 0 and words[at - 1].key in TURNS
