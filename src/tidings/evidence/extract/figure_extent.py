"""Whether a figure is told of a whole place, of a part of it, or of it and what lies around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrases import Line
from tidings.evidence.extract.trail import Because

Extent = Literal["whole", "part", "around"]
REACH = 7
"""Words before a name in which its parts are told: 'the two southern neighbourhoods of the town of'."""
BEHIND = 4
"""Words behind a name in which its surroundings are told: 'and some nearby villages'."""


def extent_of(line: Line, mentions: Sequence[Mention], at: Sequence[str], first: int) -> tuple[Extent, Because | None]:
    """Tell the extent of the place of a figure, and the words around its name that say so.

    Parameters
    ----------
    line
        The sentence.
    mentions
        Places named in it.
    at
        Ids of the figure's places; of several the nearest to the figure decides.
    first
        Token of the number.
    """
    named = [mention for mention in mentions if mention.id in at]
    if not named:
        return "whole", None
    nearest = min(named, key=lambda mention: abs(line.index(mention.start) - first))
    start, end = line.index(nearest.start), line.index(max(nearest.start, nearest.end - 1)) + 1
    before, behind = _before(line, start), _behind(line, end)
    words = line.span(start - len(before), end + len(behind))
    if _is_around(before, behind):
        return "around", Because("figure_extent: words that tell its surroundings beside its name", *words)
    is_part = _is_part(line, start, end, before, behind)
    return (
        ("part", Because("figure_extent: words that tell a part of it beside its name", *words))
        if is_part
        else ("whole", None)
    )


def _before(line: Line, start: int) -> tuple[str, ...]:
    """Return the words of the phrase that ends in a name: back to a mark or a verb."""
    edges = word_set("grammar", "auxiliaries", "relatives") | word_set("figures", "extent_edges")
    reach = range(start - 1, max(-1, start - REACH), -1)
    edge = next((i for i in reach if line.words[i] in edges or line.words[i][0].isdecimal()), max(-1, start - REACH))
    return line.words[edge + 1 : start]


def _behind(line: Line, end: int) -> tuple[str, ...]:
    words = line.words[end : end + BEHIND]
    edges = word_set("grammar", "auxiliaries") | word_set("figures", "extent_edges")
    return words[: next((i for i, word in enumerate(words) if word in edges), len(words))]


def _is_around(before: Sequence[str], behind: Sequence[str]) -> bool:
    surroundings, adjectives = word_set("figures", "surroundings"), word_set("figures", "surrounding")
    governing = before[-1:] if before[-1:] != ("the",) else before[-2:-1]
    is_beside = tuple(before[-1:]) == ("of",) and any(word in word_set("figures", "bearings") for word in before[-2:-1])
    if is_beside or any(word in word_set("figures", "around") for word in governing):
        return True
    if any(word in surroundings or word in adjectives for word in before):
        return True
    if behind[:1] == ("and",) and any(word in surroundings or word in adjectives for word in behind[1:]):
        return True
    return any(word in surroundings or word in ("area", "region") for word in behind[:1])


def _is_part(line: Line, start: int, end: int, before: Sequence[str], behind: Sequence[str]) -> bool:
    if before[-1:] and before[-1] in word_set("figures", "directional"):
        return True
    is_owner = line.words[end - 1].endswith(("'s", "s'"))
    always, modified = word_set("figures", "part_nouns"), word_set("figures", "part_nouns_modified")
    if is_owner:
        return any(word in always or word in modified for word in behind)
    for index, word in enumerate(before):
        joint = next((other for other in before[index + 1 : index + 2]), "")
        if joint not in ("of", "in", "within", "inside"):
            continue
        is_bare = index == 0 or before[index - 1] in ("the", "in", "a", "of")
        if word in always or (word in modified and not is_bare):
            return True
    return False
