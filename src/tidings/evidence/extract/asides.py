"""A place whose verb stands behind an aside: the X of 'X, held by rebels since May, was retaken'."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, is_town_of, place_before
from tidings.evidence.extract.event_lexicon import event_words
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.people_of import are_people
from tidings.evidence.extract.relation_lexicon import relation_words
from tidings.evidence.extract.words import Word

REACH = 24
"""Words of an aside."""


def subject_behind_aside(line: Line, verb: int, accept: Callable[[Mention], bool]) -> list[Mention] | None:
    """Return the places that are the subject of a verb right behind an aside about them; None without such an aside.

    None at all, an empty list, are told where the subject is something else: 'the mayor of X, a border town, was …'.

    Parameters
    ----------
    line
        The sentence.
    verb
        The first word of the verb, behind its helpers: 'retaken' of 'has since been retaken'.
    accept
        Whether a place can be what the verb tells of.
    """
    close = _before_helpers(line.words, verb)
    if close < 2 or line.words[close].text != ",":
        return None
    found: list[Mention] | None = None
    for comma in _commas_before(line.words, close):
        place = next((each for each in line.place_in(0, comma) if each.end == line.words[comma - 1].end), None)
        if place is None or not _opens_aside(line.words, comma + 1):
            continue
        places = place_before(line, comma, accept)
        if place in places and _is_subject(line, places[0]):
            return places
        found = []
    return found


def _before_helpers(words: Sequence[Word], verb: int) -> int:
    """Return the word before a verb and what helps it: the comma of ', has since been retaken'."""
    passable = event_words("verb_openers", "between", "be") | {"since", "just"}
    at = verb - 1
    while at > 0 and (words[at].key in passable or _is_adverb(words[at])):
        at -= 1
    return at


def _is_adverb(word: Word) -> bool:
    return word.key in word_set("grammar", "adverbs") or (word.key.endswith("ly") and not word.is_capital)


def _commas_before(words: Sequence[Word], close: int) -> Iterator[int]:
    """Yield the commas before one, nearest first, in its part of the sentence."""
    for at in range(close - 2, max(0, close - REACH), -1):
        if words[at].text in ';:"“”|':
            return
        if words[at].text == ",":
            yield at


def _opens_aside(words: Sequence[Word], at: int) -> bool:
    """Whether a word opens what is told of a name by the way: 'which', 'a', 'held', 'in', 'where'."""
    if words[at].key.endswith("ing") and words[at].key != "including":
        return False
    openers = event_words("aside_openers") | relation_words("held") | word_set("grammar", "prepositions")
    return words[at].key in openers or words[at].key in ("home", "one", "under", "another", "its", "their")


def _is_subject(line: Line, place: Mention) -> bool:
    """Whether a clause opens with a place: never the X of 'a bridge in X', 'residents of X' or 'shelled X'."""
    at = line.word_at(place.start) - 1
    if at >= 0 and are_people(line, place):
        return False
    if at > 0 and is_town_of(line.words, at):
        return True
    while at >= 0 and (line.words[at].key in TOWN_WORDS or _is_holder(line, at)):
        at -= 1
    word = line.words[at] if at >= 0 else None
    is_open = event_words("before_fallen", "bounds") - {"of", "city", "town", "village", "who", "which"}
    return word is None or not word.text[0].isalpha() or word.key in is_open


def _is_holder(line: Line, at: int) -> bool:
    """Whether a word belongs to 'rebel-held' before a place."""
    return (
        line.words[at].key in relation_words("held")
        or any(party.start <= line.words[at].start < party.end for party in line.parties)
        or line.words[at].text == "-"
    )
