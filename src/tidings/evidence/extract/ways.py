"""Roads and crossings in a clause: the words that name one, and the places that a road joins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tidings.evidence.extract.clause_parts import GAP_WORDS, Line, place_before
from tidings.evidence.extract.event_lexicon import event_words, listed
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.phrasebook import PhraseBook
from tidings.evidence.extract.words import Word

ROAD_TYPES = frozenset(["road_cut", "road_opened"])
CROSSING_TYPES = frozenset(["crossing_closed", "crossing_opened"])
NOT_ON_A_ROAD = frozenset(["country", "region", "border"])
END_REACH = 24
"""Words behind a road within which its first end may begin."""
ENDS_GAP = 6
"""Words that may stand between a road's two ends."""
ROAD_GAP = GAP_WORDS | {
    "to",
    "from",
    "with",
    "into",
    "towards",
    "toward",
    "through",
    "via",
    "border",
    "crossing",
    "camp",
}
ASIDE_REACH = 16
KindOf = Callable[[str], str | None]


def told_object(line: Line, kind_of: KindOf, name: str, first: int, last: int) -> tuple[int, int] | None:
    """Return where the first thing of a list stands in words[first:last].

    A road or a crossing may also be told by its name; a bridge that is a crossing is no road.
    """
    named = _named(line, kind_of, {"roads": "road", "crossings": "crossing"}.get(name))
    for at in range(first, min(last, len(line.words))):
        found = named.get(at) or _listed_at(line.words, listed(name), at, last)
        if found and not (name == "roads" and _is_crossing(line, kind_of, at, found)):
            return at, found
    return None


def _named(line: Line, kind_of: KindOf, kind: str | None) -> dict[int, int]:
    """Return first and end word of each place of a kind."""
    places = [place for place in line.places if kind and kind_of(place.id) == kind]
    return {line.word_at(place.start): line.word_at(place.end) for place in places}


def _listed_at(words: Sequence[Word], book: PhraseBook[str], at: int, last: int) -> int | None:
    found = book.at(words, at)
    return found[0] if found and found[0] <= max(last, at + 1) + 2 else None


def _is_crossing(line: Line, kind_of: KindOf, at: int, end: int) -> bool:
    """Whether the words of a road are part of a crossing's name: 'the Iron Bridge crossing'."""
    start, stop = line.words[at].start, line.words[end - 1].end
    named = any(p.start <= start and stop <= p.end and kind_of(p.id) == "crossing" for p in line.places)
    return named or (end < len(line.words) and listed("crossings").at(line.words, end) is not None)


def last_object(line: Line, kind_of: KindOf, name: str, first: int, last: int) -> tuple[int, int] | None:
    """Return where the last thing of a list stands in words[first:last]: the subject of the verb at `last`."""
    found, at = None, first
    while (step := told_object(line, kind_of, name, at, last)) and step[0] < last:
        found, at = step, max(step[1], step[0] + 1)
    return found


def road_ends(line: Line, kind_of: KindOf, first: int, last: int, end: int) -> list[Mention]:
    """Return the road at words[first:last] if it has a name, else the places that it joins.

    Parameters
    ----------
    first, last
        The words of the road.
    end
        Where its clause ends.
    """
    inside = [place for place in line.place_in(first, last) if kind_of(place.id) == "road"]
    if inside:
        return inside
    if ends := _joined_by_hyphen(line, kind_of, first):
        return ends
    behind = [p for p in line.place_in(last, min(end, last + END_REACH)) if kind_of(p.id) not in NOT_ON_A_ROAD]
    if behind:
        return _chain(line, behind)
    return [p for p in line.places if first and p.end == line.words[first - 1].end and kind_of(p.id) == "town"]


def _joined_by_hyphen(line: Line, kind_of: KindOf, at: int) -> list[Mention]:
    """Return the two ends of 'the X-Y road' whose noun stands at a word."""
    last = [p for p in line.places if at and p.end == line.words[at - 1].end and kind_of(p.id) not in NOT_ON_A_ROAD]
    first = [p for p in line.places if last and p.end == last[0].start - 1 and kind_of(p.id) not in NOT_ON_A_ROAD]
    return [*first[:1], *last[:1]] if first else []


def _chain(line: Line, places: Sequence[Mention]) -> list[Mention]:
    """Return the first place and those joined to it: 'from A to B', 'between A and B'."""
    found = [places[0]]
    for place in places[1:]:
        between = [word for word in line.words if found[-1].end <= word.start and word.end <= place.start]
        is_joined = 0 < len(between) <= ENDS_GAP and all(word.key in ROAD_GAP for word in between)
        if place.start != found[-1].start and not is_joined:
            break
        found.append(place)
    return found


def place_of_road(line: Line, kind_of: KindOf, at: int) -> list[Mention]:
    """Return the nearest place before a word that is not where somebody comes from."""
    found = place_before(line, at, lambda place: kind_of(place.id) not in NOT_ON_A_ROAD)
    return [place for place in found if line.words[max(0, line.word_at(place.start) - 1)].key != "from"]


def closed_behind(words: Sequence[Word], at: int) -> int | None:
    """Return the end of a word for closed that follows within a few words, an aside between commas left out."""
    if at < len(words) and words[at].text == ",":
        close = next((n for n in range(at + 1, min(at + ASIDE_REACH, len(words))) if words[n].text == ","), at)
        at = close + 1
    near = range(at, min(at + 5, len(words)))
    return next((number + 1 for number in near if words[number].key in event_words("closed")), None)


def has_no_object(words: Sequence[Word], at: int) -> bool:
    """Whether nothing that a verb could act on follows it: 'the road reopened on Monday'."""
    return at >= len(words) or not words[at].text[0].isalpha() or words[at].key in event_words("no_object")
