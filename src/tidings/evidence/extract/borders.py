"""Borders between two countries, told by name, adjective or both."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tidings.evidence.extract.party_names import adjectives
from tidings.evidence.extract.place_candidates import country_names, place_words
from tidings.evidence.extract.proper_names import end_offset
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import PlaceRecord
from tidings.geography.countries import border_between, country

CROSSINGS = frozenset(["crossings", "crossing"])
TOWARDS = ("with", "between", "into", "to", "from")
"""What stands between 'all crossings' and the countries that they join."""


def find_borders(document: Document, home: tuple[str, ...]) -> Iterator[tuple[int, int, PlaceRecord]]:
    """Yield start, end and record of each border that a report names.

    Parameters
    ----------
    document
        The report cut into sentences.
    home
        ISO3 codes of the crisis's countries: 'the Turkish border' is the one that they share with Turkey.
    """
    for number, at in document.where(place_words("borders")):
        words = document.words[number]
        if at + 1 < len(words) and words[at + 1].key in place_words("not_a_line"):
            continue
        found = _before(words, at) or _behind(words, at)
        if found:
            first, last, sides = found
            record = _border(sides, home)
            if record:
                yield words[first].start, end_offset(words[last]), record
    for number, at in document.where(CROSSINGS):
        words = document.words[number]
        found = _all_of_them(words, at)
        record = _border(found[2], home) if found else None
        if found and record:
            yield words[found[0]].start, end_offset(words[found[1]]), record


def _all_of_them(words: Sequence[Word], at: int) -> tuple[int, int, list[str]] | None:
    """Read the border whose crossings are told: 'all crossings between Syria and Turkey', 'every crossing to Turkey'.

    One crossing among several is not the border's.
    """
    if words[at].key == "crossing" and not any(word.key in ("every", "each") for word in words[max(0, at - 3) : at]):
        return None
    adjective = at - (at > 0 and words[at - 1].key in place_words("borders"))
    return _before(words, adjective) or _behind(words, at, TOWARDS)


def _before(words: Sequence[Word], at: int) -> tuple[int, int, list[str]] | None:
    """Read 'Turkish border', 'Turkey's border', 'Syrian-Turkish border', 'Syria-Turkey border'."""
    sides: list[str] = []
    first = at
    while first > 0 and len(sides) < 2:
        step = _side(words, first)
        if step is None:
            break
        sides, first = step[1] + sides, step[0]
        if first > 0 and words[first - 1].text in "-–—/":
            first -= 1
    while first < at and words[first].text in "-–—/":
        first += 1
    return (first, at, sides) if sides else None


def _side(words: Sequence[Word], at: int) -> tuple[int, list[str]] | None:
    for length in (3, 2, 1):
        first = at - length
        if first < 0:
            continue
        for book in (adjectives(), country_names()):
            found = book.at(words, first)
            if found and found[0] == at and words[first].is_capital:
                return first, [found[1] if isinstance(found[1], str) else found[1].iso3]
    halves = words[at - 1].text.split("-")
    codes = [code for half in halves if (code := _code(half))]
    return (at - 1, codes) if len(halves) == 2 and len(codes) == 2 else None


def _code(name: str) -> str | None:
    country = adjectives().get(name)
    return country.iso3 if country else country_names().get(name)


def _behind(
    words: Sequence[Word], at: int, joints: Collection[str] = ("with", "between")
) -> tuple[int, int, list[str]] | None:
    """Read 'border with Turkey', 'border between Syria and Turkey', 'crossings from Syria into Turkey'."""
    if at + 2 >= len(words) or words[at + 1].key not in joints:
        return None
    first = at + 2 + (words[at + 2].key == "the")
    one = country_names().at(words, first) if first < len(words) else None
    if one is None:
        return None
    joint = {"between": ("and",), "from": ("to", "into")}.get(words[at + 1].key, ())
    if one[0] + 1 < len(words) and words[one[0]].key in joint:
        other = country_names().at(words, one[0] + 1 + (words[one[0] + 1].key == "the"))
        return (at, other[0] - 1, [one[1], other[1]]) if other else None
    return at, one[0] - 1, [one[1]]


def _border(sides: Sequence[str], home: tuple[str, ...]) -> PlaceRecord | None:
    """Make the border of two sides; a single side is joined by the crisis's first country that touches it."""
    one = sides[0]
    others = [sides[1]] if len(sides) > 1 else [iso3 for iso3 in home if one in country(iso3).neighbours]
    if not others or others[0] == one:
        return None
    pair = sorted((one, others[0]))
    name = "–".join(country(iso3).name for iso3 in pair) + " border"
    return PlaceRecord(id=border_between(*pair), name=name, kind="border", p=1.0)
