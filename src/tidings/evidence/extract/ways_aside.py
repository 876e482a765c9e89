"""Ways that only tell where something else lies: the road of 'a clinic on the road', 'a shop near the crossing'."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import Line
from tidings.evidence.extract.clauses import is_verb_like
from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.ways import KindOf, told_object
from tidings.evidence.extract.words import Word

WAYS = frozenset(["roads", "crossings"])
"""The lists of the lexicon with words for a way."""
ARTICLE_REACH = 6
"""Words before the noun of a way within which its article stands: 'the last open Azaz–Aleppo road'."""
HYPHENS = frozenset("-–—")
DEEDS = frozenset(["at", "on"])
"""Behind a verb of somebody these tell of where he came: 'rebels arrived at the crossing and closed it'."""


def own_object(line: Line, kind_of: KindOf, name: str, first: int, last: int) -> tuple[int, int] | None:
    """Return where the first thing of a list stands in words[first:last]; of ways, one that is told of itself."""
    at = max(0, first)
    while found := told_object(line, kind_of, name, at, last):
        if name not in WAYS or not is_aside(line, found[0], first):
            return found
        at = max(found[1], found[0] + 1)
    return None


def is_aside(line: Line, noun: int, start: int) -> bool:
    """Whether the noun of a way tells in words[start:] only where another thing lies, or where something happens.

    What opens a clause, and what moves 'on' a road, is not meant: 'traffic on the road was stopped'.
    """
    at = _preposition(line.words, noun)
    if at is None or at <= start:
        return False
    head = line.words[at - 1].key
    if head in word_set("ways", "upon_ways") or head in listed("roads").first_keys or not head[0].isalnum():
        return False
    return not (is_verb_like(head) and line.words[at].key in DEEDS and _is_of_people(line, start, at))


def _preposition(words: Sequence[Word], noun: int) -> int | None:
    """Return the word for 'on' or 'near' right before the phrase of a way: that of 'on the last open road'."""
    for at in range(noun - 1, max(-1, noun - ARTICLE_REACH), -1):
        key = words[at].key
        if key in word_set("grammar", "determiners"):
            return _beside(words, at - 1)
        if (found := _beside(words, at)) is not None:
            return found if all(_is_part_of_name(word) for word in words[at + 1 : noun]) else None
        is_joint = key not in HYPHENS and not key[0].isalnum()
        if is_joint or key in word_set("grammar", "prepositions", "conjunctions") or is_verb_like(key):
            return None
    return None


def _beside(words: Sequence[Word], at: int) -> int | None:
    is_one = at >= 0 and words[at].key in word_set("ways", "beside_ways")
    is_next = at > 0 and words[at].key == "to" and words[at - 1].key in ("close", "next", "adjacent")
    return at if is_one else at - 1 if is_next else None


def _is_part_of_name(word: Word) -> bool:
    is_day = word.key in event_words("no_object", "months")
    return (word.is_name or not word.text.isalpha()) and not is_day


def _is_of_people(line: Line, first: int, last: int) -> bool:
    """Whether somebody acts in words[first:last]: a party, fighters, people."""
    people = listed("fighters").first_keys | listed("troops").first_keys | listed("people_going").first_keys
    return bool(line.party_in(first, last)) or any(word.key in people for word in line.words[first:last])
