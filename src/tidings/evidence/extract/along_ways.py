"""Places that only tell where a way leads: the X and Y of 'all roads into X', 'the road between X and Y'."""

from __future__ import annotations

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.relation_lexicon import relation_words


def is_along_way(line: Line, place: Mention) -> bool:
    """Whether a place tells where a road or an approach leads, and is not what is told of.

    Parameters
    ----------
    line
        The sentence.
    place
        The place behind the words for a road: 'leading into X'.
    """
    links = relation_words("way_links")
    at = line.word_at(place.start) - 1
    while at > 0 and (line.words[at].key in links | TOWN_WORDS or _is_joint(line, at)):
        at = _behind_place(line, at - 1)
    is_linked = at + 1 < line.word_at(place.start) and line.words[at + 1].key in links
    return is_linked and line.words[at].key in relation_words("ways")


def _is_joint(line: Line, at: int) -> bool:
    """Whether an 'and' or a comma stands behind another place: 'between X and Y'."""
    return line.words[at].key in ("and", ",") and _behind_place(line, at - 1) < at - 1


def _behind_place(line: Line, at: int) -> int:
    """Return the word before a place that ends at a word; the word itself where none does."""
    ends = next((each for each in line.places if at >= 0 and each.end == line.words[at].end), None)
    return at if ends is None else line.word_at(ends.start) - 1
