"""The two sides of a clash that is a noun: 'between X and Y', or 'with X and Y', who fight another together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tidings.evidence.extract.clause_parts import Line, clause_start, listed_parties, main_subject, only_party_before
from tidings.evidence.extract.event_told import Reading
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.opening_phrases import opening_words

PRONOUNS = frozenset(["it", "they"])
Sides = tuple[tuple[Mention, ...], tuple[Mention, ...]]
"""Who acts, and against whom."""


def sides_of_clash(reading: Reading, first: int, last: int, end: int) -> Sides | None:
    """Return the sides of a clash in words[first:last], or None where nobody is named behind it.

    Parameters
    ----------
    reading
        The sentence.
    first, last
        The words of the noun.
    end
        Where its clause ends.
    """
    line = reading.line
    if last >= end or line.words[last].key not in ("between", "with"):
        return None
    listed = listed_parties(line, last + 1, end)
    if not listed:
        return None
    if line.words[last].key == "between":
        return tuple(listed[:1]), tuple(listed[1:])
    side = tuple(_one_side(line, clause_start(line.words, first), listed))
    others = [party for party in _others(reading, first, side) if party.id not in {each.id for each in side}]
    return (tuple(others), side) if others else (side, ())


def _one_side(line: Line, start: int, listed: Sequence[Mention]) -> Sequence[Mention]:
    """Return who is listed behind 'with': in an opening phrase up to its comma, else up to the list's 'and'."""
    joints = [_joint(line, one, other) for one, other in pairwise(listed)]
    commas = [number for number, keys in enumerate(joints, 1) if "," in keys]
    if line.words[start - 1 if start else 0].key in opening_words():
        return listed[: commas[-1]] if commas else listed
    lasts = [number for number, keys in enumerate(joints, 1) if "and" in keys]
    behind = [number for number in commas if lasts and number > lasts[0]]
    return listed[: behind[0]] if behind else listed


def _joint(line: Line, one: Mention, other: Mention) -> list[str]:
    return [word.key for word in line.words[line.word_at(one.end) : line.word_at(other.start)]]


def _others(reading: Reading, first: int, side: Sequence[Mention]) -> list[Mention]:
    """Return who fought those of one side: the subject of the clause that tells of the clash, or that it opens."""
    line = reading.line
    start = clause_start(line.words, first)
    told = main_subject(line, first) or (main_subject(line, start - 1) if start > 1 else [])
    told = told or _behind_comma(line, side[-1])
    if not told and any(
        word.key in PRONOUNS for word in line.words[clause_start(line.words, max(0, start - 1)) : first]
    ):
        told = only_party_before(line, first)
    return [party for party in told if party.id in reading.armed]


def _behind_comma(line: Line, last: Mention) -> list[Mention]:
    comma = line.word_at(last.end)
    if comma + 1 >= len(line.words) or line.words[comma].text != ",":
        return []
    return listed_parties(line, comma + 1, len(line.words))
