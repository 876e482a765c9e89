"""Who holds which part of a divided town: 'X holds the northern part of T, while Y controls the south'.

One part alone does not tell who holds the town (`footholds`). Where two parties are told to hold parts of it in
the same sentence, or in two that follow one another, each holds it in part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, acting, subject
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.headings import ends_or_dates
from tidings.evidence.extract.holdings import NOT_HELD, POINTS, Tie
from tidings.evidence.extract.hostilities import ARMED
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.mostly import percent_end, share_end
from tidings.evidence.extract.place_candidates import place_words
from tidings.evidence.extract.relation_lexicon import relation_phrases, relation_verbs, relation_words
from tidings.evidence.extract.words import Word

SENTENCES_APART = 1
"""How many sentences behind one part of a town the other may be told."""
OF_REACH = 4
"""Words between 'of' and the town: 'the northern part of the city of X'."""
HOLDER_REACH = 6
"""Words behind 'held by' in which its party begins."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a town in words[first:last]; without its town, that of the part told before is meant."""

    first: int
    last: int
    town: str | None


@dataclass(frozen=True, slots=True)
class _Hold:
    """A party that is told to hold a part, in text[start:end]."""

    party: str
    part: _Part
    sentence: int
    start: int
    end: int


def held_in_parts(lines: Sequence[Line], kinds: Mapping[str, str | None]) -> Iterator[Tie]:
    """Yield who holds a town in part, where parts of it are told of two parties that are armed.

    Parameters
    ----------
    lines
        The sentences of a report.
    kinds
        Kind of each place and party by its id.
    """
    holds: list[_Hold] = []
    divided: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        divided = _divided(number, line, kinds) or divided
        for hold in sorted(_holds(number, line, kinds), key=lambda each: each.start):
            town = hold.part.town or _town_before(number, holds, divided)
            if town and kinds.get(town) in POINTS:
                holds.append(replace(hold, part=replace(hold.part, town=town)))
    for hold in holds:
        if any(_is_other_part(hold, other) for other in holds):
            yield Tie(hold.party, "controls", hold.part.town or "", hold.start, hold.end)


def part_of_town(line: Line, at: int, kinds: Mapping[str, str | None]) -> tuple[str, int] | None:
    """Return the town named behind a part of it that begins at a word, and the word behind; None without one."""
    part = _part_at(line, at, kinds)
    return (part.town, part.last) if part is not None and part.town is not None else None


def _is_other_part(one: _Hold, other: _Hold) -> bool:
    is_near = abs(one.sentence - other.sentence) <= SENTENCES_APART
    return is_near and one.party != other.party and one.part.town == other.part.town


def _town_before(number: int, holds: Sequence[_Hold], divided: tuple[int, str] | None) -> str | None:
    """Return the town of the part told last, else the one that is called divided, in this sentence or the last."""
    if holds and number - holds[-1].sentence <= SENTENCES_APART:
        return holds[-1].part.town
    return divided[1] if divided and number - divided[0] <= SENTENCES_APART else None


def _divided(number: int, line: Line, kinds: Mapping[str, str | None]) -> tuple[int, str] | None:
    for at in line.where(relation_words("divided")):
        towns = [place.id for place in line.place_in(0, at) if kinds.get(place.id) not in NOT_HELD]
        if towns:
            return number, towns[-1]
    return None


def _holds(number: int, line: Line, kinds: Mapping[str, str | None]) -> Iterator[_Hold]:
    if not line.parties:
        return
    verbs = [(at, last) for at, last, _ in line.all_of(relation_verbs("control_verbs"))]
    told = [(at, part) for at, last in verbs if (part := _part_at(line, last, kinds))]
    for at, part in told:
        yield from (_hold(number, line, each, part, line.words[at].start) for each in _armed(subject(line, at), kinds))
    yield from _held_by(number, line, kinds)
    if told:
        yield from _without_verb(number, line, kinds, told[0][1].last)


def _without_verb(number: int, line: Line, kinds: Mapping[str, str | None], since: int) -> Iterator[_Hold]:
    """'…, and Y the south': a party with a part right behind it, its verb told before."""
    for party in _armed(acting(line, since, len(line.words)), kinds):
        part = _part_at(line, line.word_at(party.end), kinds)
        if part:
            yield _hold(number, line, party, part, party.start)


def _held_by(number: int, line: Line, kinds: Mapping[str, str | None]) -> Iterator[_Hold]:
    """'The north of T is held by X, the south by Y'."""
    by_verbs = {at: last for at, last, _ in line.all_of(relation_phrases("held_by"))}
    passable = event_words("verb_openers", "between", "be")
    for first in range(len(line.words)) if by_verbs else ():
        part = _part_at(line, first, kinds, behind="by")
        if part is None or (first and line.words[first - 1].key in event_words("verb_openers")):
            continue
        at = part.last
        while at < len(line.words) and line.words[at].key in passable and at not in by_verbs:
            at += 1
        holder = by_verbs.get(at, at + 1 if line.words[min(at, len(line.words) - 1)].key == "by" else None)
        named = acting(line, holder, holder + HOLDER_REACH) if holder is not None else []
        for party in _armed(named[:1], kinds):
            yield replace(_hold(number, line, party, part, line.words[first].start), end=party.end)


def _armed(named: Sequence[Mention], kinds: Mapping[str, str | None]) -> list[Mention]:
    return [party for party in named if kinds.get(party.id) in ARMED]


def _hold(number: int, line: Line, party: Mention, part: _Part, start: int) -> _Hold:
    return _Hold(party.id, part, number, start, line.words[part.last - 1].end)


def _part_at(line: Line, at: int, kinds: Mapping[str, str | None], behind: str = "") -> _Part | None:
    """Return the part of a town that begins at a word, or behind 'only' and the like.

    `behind` may follow a part without its town, as the 'by' of 'the south by Y' does.
    """
    words = line.words
    while at < len(words) and words[at].key in relation_words("part_openers"):
        at += 1
    end = _part_end(line, at)
    if end is None:
        return None
    if town := next((each for each in line.place_in(end, end + 1) if each.start == words[end].start), None):
        is_named = words[end - 1].key in place_words("direction_adjectives") and kinds.get(town.id) not in NOT_HELD
        return _Part(at, line.word_at(town.end), town.id) if is_named else None
    if end < len(words) and words[end].key == "of":
        return _of_town(line, at, end, kinds)
    if words[end - 1].key in place_words("direction_adjectives") - place_words("directions"):
        return None  # "northern", without its noun
    is_over = ends_or_dates(words, end) or (behind and words[end].key in {behind, *event_words("verb_openers")})
    return _Part(at, end, None) if is_over and words[at].key in ("the", "its") else None


def _of_town(line: Line, at: int, of: int, kinds: Mapping[str, str | None]) -> _Part | None:
    """Return a part with the town behind its 'of': 'the north of the city of X', 'the south of the city'."""
    near = [town for town in line.place_in(of + 1, of + 1 + OF_REACH) if kinds.get(town.id) not in NOT_HELD]
    between = [word.key for word in line.words[of + 1 :] if near and word.end <= near[0].start]
    if near and all(key in TOWN_WORDS or key == "of" for key in between):
        return _Part(at, line.word_at(near[0].end), near[0].id)
    town = of + 1 + (of + 1 < len(line.words) and line.words[of + 1].key == "the")
    is_town = town < len(line.words) and line.words[town].key in relation_words("held_towns") | {"it"}
    return _Part(at, town + 1, None) if is_town else None


def _part_end(line: Line, at: int) -> int | None:
    """Return the word behind the noun of a part: 'the northern part', 'the south', 'about 30 percent', 'the rest'."""
    words = line.words
    counted = percent_end(words, at) or (share_end(words, at) - 1 if share_end(words, at) > at else None)
    if counted:
        return counted
    opened = at + (at < len(words) and words[at].key in ("the", "its", "a", "an"))
    noun, sides = opened, place_words("direction_adjectives", "directions") | {"other"}
    while noun < len(words) and (words[noun].key in sides or _joins(words, noun, sides)):
        noun += 1
    if noun < len(words) and words[noun].key in relation_words("partial") | relation_words("whole_parts"):
        is_some = noun == opened and words[noun].key not in relation_words("whole_parts")
        is_of = noun + 1 < len(words) and words[noun + 1].key == "of"
        return noun + 1 if is_of or not is_some else None
    return noun if noun > opened and words[noun - 1].key != "other" else None


def _joins(words: Sequence[Word], at: int, sides: frozenset[str]) -> bool:
    """Whether an 'and' joins two sides: 'the northern and eastern parts', never 'the east and the army'."""
    return words[at].key == "and" and at + 1 < len(words) and words[at + 1].key in sides
