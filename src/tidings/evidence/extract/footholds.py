"""Who stands in a town that others may hold: 'still holding out in X', 'holds the airport in X', 'holds parts of X'.

One part does not tell who holds the town: the tie's own words tell that a part is meant, and its weight is small
(`assess.wording.OF_SOME`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, clause_start, only_party_before, subject
from tidings.evidence.extract.holdings import POINTS, Tie
from tidings.evidence.extract.hostilities import ARMED
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.mostly import is_percentage
from tidings.evidence.extract.own_troops import own_troops
from tidings.evidence.extract.part_holds import part_of_town
from tidings.evidence.extract.relation_lexicon import relation_verbs, relation_words

SITE_REACH = 4
"""Words of a site or a part before the 'in' of its town: 'the city's military airport'."""
TOWN_REACH = 5
"""Words between that 'in' and the name: 'in the centre of the city of'."""

Kinds = Mapping[str, str | None]


def footholds(line: Line, kinds: Kinds, before: Line | None) -> Iterator[Tie]:
    """Yield who is told to stand in a town, to hold a site or a part of it, or to have taken a part.

    Parameters
    ----------
    line
        The sentence.
    kinds
        Kind of each place and party by its id.
    before
        The sentence before, which names 'the town', or that of 'the airport'.
    """
    if not line.parties:
        return
    for at, last, _ in line.all_of(relation_verbs("holding_out")):
        yield from _ties(line, at, _town(line, last, kinds, before), kinds)
    for at, last, _ in line.all_of(relation_verbs("control_verbs")):
        if not (at and line.words[at - 1].key in relation_words("before_control_nouns")):
            held = _part(line, last, kinds) or _site(line, at, last, kinds, before)
            yield from _ties(line, at, held, kinds)
    for at, last, _ in line.all_of(relation_verbs("taking_verbs")):
        yield from _ties(line, at, _part(line, last, kinds), kinds)


def _ties(line: Line, at: int, held: tuple[str, int] | None, kinds: Kinds) -> Iterator[Tie]:
    if held is None:
        return
    armed = frozenset(party.id for party in line.parties if kinds.get(party.id) in ARMED)
    named = own_troops(line, at, armed) or subject(line, at) or _meant(line, at)
    for holder in named:
        if holder.id in armed:
            yield Tie(holder.id, "controls", held[0], line.words[at].start, line.words[held[1] - 1].end)


def _meant(line: Line, at: int) -> list[Mention]:
    """Return the party of 'X said it still held': the only one before the pronoun."""
    words = line.words[clause_start(line.words, at) : at]
    return only_party_before(line, at) if any(word.key in ("it", "they") for word in words) else []


def _part(line: Line, at: int, kinds: Kinds) -> tuple[str, int] | None:
    """Return the town of which a part is held, and the word behind its name; no small percentage of it.

    'Eastern X' may be a place of its own by that name: only a part 'of' X is one.
    """
    part = part_of_town(line, at, kinds)
    if part is None or kinds.get(part[0]) not in POINTS:
        return None
    if all(word.key != "of" for word in line.words[at : part[1]]):
        return None
    place = next((each for each in line.places if line.word_at(each.end) == part[1] and each.id == part[0]), None)
    return None if place is not None and is_percentage(line, place) else part


def _town(line: Line, at: int, kinds: Kinds, before: Line | None) -> tuple[str, int] | None:
    """Return the town behind an 'in': the named one, else the only one of the sentence before that 'the town' means."""
    if at >= len(line.words) or line.words[at].key not in relation_words("inside"):
        return None
    town = at + 1
    passable = TOWN_WORDS | {"of"} | relation_words("whole_parts")
    while town < len(line.words) and town - at <= TOWN_REACH and line.words[town].key in passable:
        town += 1
    named = next((place for place in line.place_in(town, town + 1)), None)
    if named is not None:
        is_held = kinds.get(named.id) in POINTS and named.start == line.words[town].start
        return (named.id, line.word_at(named.end)) if is_held else None
    is_meant = line.words[town - 1].key in relation_words("held_towns")
    only = _only_town(before, kinds) if is_meant else None
    return (only, town) if only else None


def _site(line: Line, at: int, last: int, kinds: Kinds, before: Line | None) -> tuple[str, int] | None:
    """Return the town of a site or of positions that are held: 'positions in X', still 'the airport' of the town told.

    A site that names no town is that of the sentence before only where it is still held.
    """
    words = line.words
    sites = relation_words("held_sites") | relation_words("footholds")
    near = range(last, min(last + SITE_REACH, len(words)))
    site = next((n for n in near if words[n].key in sites), None)
    if site is None or any(line.place_in(n, n + 1) for n in range(last, site)):
        return None
    behind = site + 1
    if town := _town(line, behind, kinds, before):
        return town
    is_over = behind >= len(words) or not words[behind].text[0].isalnum()
    is_still = any(word.key in relation_words("still") for word in words[max(0, at - 2) : last])
    only = _only_town(before, kinds) if is_over and is_still and words[last].key in ("the", "its") else None
    return (only, behind) if only and not line.places else None


def _only_town(before: Line | None, kinds: Kinds) -> str | None:
    """Return the town of a sentence that names but one."""
    towns = {place.id for place in (before.places if before else ()) if kinds.get(place.id) in POINTS}
    return next(iter(towns)) if len(towns) == 1 else None
