"""Places without a name that are told from a named one: 'a village 3 km east of X', 'a hill overlooking X'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidings.core.ids import slug
from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.place_candidates import kinds, place_words
from tidings.evidence.extract.relative_places import relative_behind
from tidings.evidence.extract.trail import Because, Trail
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import PlaceRecord, RelativeTo
from tidings.geography.places import PlaceKind

KINDS = frozenset(["village", "town", "camp", "area"])
"""Kinds that a place without a name can have; of a province or a crossing the name is told."""
ONE = frozenset(["a", "an", "one", "another"])
BEFORE = 3
"""Words between the article and the noun: 'a small tented camp'."""
REACH = 12
"""Words behind the noun within which the named place ends."""
RULE = "places_apart: a place without a name, told from one that has one"


def find_places_apart(
    document: Document, places: tuple[PlaceRecord, ...], trail: Trail | None = None
) -> tuple[PlaceRecord, ...]:
    """Find the places without a name that a report tells from a named place.

    Parameters
    ----------
    document
        The report cut into sentences.
    places
        The places that it names.
    trail
        Where it is noted what gave each, by its id.

    Returns
    -------
    tuple
        Their records; `name` is the report's own words, `relative_to` tells how they lie, and they are unresolved.
    """
    known, found = Mentions.of(places), dict[str, PlaceRecord]()
    for start, end, kind, relative in _told(document, known):
        name = " ".join(document.body[start:end].split())
        identity = f"unresolved-{slug(name)}"
        before = found[identity].mentions if identity in found else ()
        found[identity] = PlaceRecord(
            id=identity, name=name, kind=kind, relative_to=relative, mentions=(*before, (start, end))
        )
        if trail is not None and not before:
            for field in ("name", "kind", "relative_to"):
                trail.note(identity, field, Because(RULE, start, end))
    return tuple(found.values())


def _told(document: Document, known: Mentions) -> Iterator[tuple[int, int, PlaceKind, RelativeTo]]:
    for number, at in document.where(kinds().keys()):
        words = document.words[number]
        word, kind = words[at], kinds()[words[at].key]
        if kind not in KINDS or not any(w.key in ONE for w in words[max(0, at - BEFORE) : at]) or at + 2 >= len(words):
            continue
        named = known.within(word.end, words[min(at + REACH, len(words) - 1)].end)
        told = _told_from(words, at + 1, named[0], known) if named else None
        if told:
            yield word.start, named[0].end, kind, told


def _told_from(words: Sequence[Word], at: int, named: Mention, known: Mentions) -> RelativeTo | None:
    """Read how a place lies to the first one that is named behind it."""
    if words[at].key in place_words("above"):
        return RelativeTo(place=named.id) if words[at].end + 1 == named.start else None
    relative = relative_behind(words, at, known)
    between = [word.key for word in words[at:] if word.end <= named.start]
    return relative if relative and relative.place == named.id and "," not in between else None
