"""Places told from other places: '25 km from X', 'just north of X and Y'; and lists told before they are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tidings.evidence.extract.mentions import Mention, Mentions
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.place_candidates import kinds, place_words
from tidings.evidence.extract.words import Document, Word
from tidings.evidence.reading import RelativeTo

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def relative_behind(words: Sequence[Word], at: int, known: Mentions) -> RelativeTo | None:
    """Read how far and which way from a known place, in the words from `at`.

    Parameters
    ----------
    words
        The words of the sentence.
    at
        The first word behind the name.
    known
        Mentions of places that are resolved.
    """
    at = _skip(words, at, {",", "(", "which", "is", "located", "that", "lies", "lying"} | place_words("hedges"))
    km, at = _distance(words, at)
    at = _skip(words, at, place_words("hedges") | {"to", "the", "away"})
    bearing = load_lexicon("places")["bearings"].get(words[at].key) if at < len(words) else None
    at += bearing is not None
    if at >= len(words) or words[at].key not in ("of", "from") or (km is None and bearing is None):
        return None
    found = known.within(words[at].end, words[min(at + 4, len(words) - 1)].end)
    return RelativeTo(place=found[0].id, km=km, bearing=bearing) if found else None


def _skip(words: Sequence[Word], at: int, skipped: set[str] | frozenset[str]) -> int:
    while at < len(words) and words[at].key in skipped:
        at += 1
    return at


def _distance(words: Sequence[Word], at: int) -> tuple[float | None, int]:
    if at + 1 >= len(words) or not NUMBER.fullmatch(words[at].text):
        return None, at
    factor = load_lexicon("places")["lengths_km"].get(words[at + 1].key)
    if factor is None:
        return None, at
    end = _skip_bracket(words, at + 2)
    return round(float(words[at].text.replace(",", "")) * factor, 1), end


def _skip_bracket(words: Sequence[Word], at: int) -> int:
    if at < len(words) and words[at].text == "(":
        close = next((number for number in range(at, min(at + 6, len(words))) if words[number].text == ")"), None)
        return at if close is None else close + 1
    return at


def relative_before(words: Sequence[Word], first: int, known: Mentions) -> RelativeTo | None:
    """Read 'towns northwest of Aleppo, A and B' for A and B: the place before the comma is where they are told from."""
    for at in range(first - 1, max(1, first - 9), -1):
        bearing = load_lexicon("places")["bearings"].get(words[at - 1].key)
        if words[at].key == "of" and bearing and at > 1 and words[at - 2].key in kinds():
            found = known.within(words[at].end, words[first].start)
            return RelativeTo(place=found[0].id, bearing=bearing) if found else None
    return None


def described_lists(document: Document, known: Mentions) -> Iterator[Mention]:
    """Yield mentions of places told as a number of towns before they are named.

    'two coastal towns' are the two of a later 'the coastal towns of A and B', when the words between the number and
    the noun are the same.
    """
    told = list(_numbers_told(document))
    named = list(_named_lists(document, known)) if told else []
    for words, at, end in told:
        of = tuple(word.key for word in words[at + 1 : end + 1])
        for description, places in named:
            if description == of and len(places) == NUMBERS[words[at].key]:
                yield from (Mention(words[at].start, words[end].end, place) for place in places)
                break


def _numbers_told(document: Document) -> Iterator[tuple[Sequence[Word], int, int]]:
    """Yield where numbers of places are told that are not named behind it: the sentence, the number, the noun."""
    for number, at in document.where(NUMBERS.keys()):
        words = document.words[number]
        end = _noun_after(words, at + 1)
        if end is not None and not (end + 1 < len(words) and words[end + 1].key == "of"):
            yield words, at, end


def _named_lists(document: Document, known: Mentions) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for number, at in document.where({"the"}):
        words = document.words[number]
        end = _noun_after(words, at + 1)
        if end is None or end + 1 >= len(words) or words[end + 1].key != "of":
            continue
        places = _listed(words, end + 2, known)
        if len(places) > 1:
            yield tuple(w.key for w in words[at + 1 : end + 1]), places


def _noun_after(words: Sequence[Word], at: int) -> int | None:
    """Return where a plural noun of place ends a short description."""
    for number in range(at, min(at + 4, len(words))):
        if words[number].key in kinds() and words[number].key.endswith("s"):
            return number
        if not words[number].text[0].isalpha():
            return None
    return None


def _listed(words: Sequence[Word], at: int, known: Mentions) -> list[str]:
    places: list[str] = []
    offset = words[at].start if at < len(words) else 0
    for number in range(at, min(at + 24, len(words))):
        if words[number].start < offset:
            continue
        here = [mention for mention in known.within(words[number].start, words[-1].end)
                if mention.start == words[number].start]  # fmt: skip
        if here:
            places.append(here[0].id)
            offset = here[0].end
        elif words[number].key not in (",", "and", "then", "or"):
            break
    return list(dict.fromkeys(places))
