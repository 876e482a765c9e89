"""Most of a place: 'controls most of X', 'two thirds of the town is held by': who holds it, though not all of it."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.clause_parts import TOWN_WORDS, Line, is_town_of
from tidings.evidence.extract.mentions import Mention
from tidings.evidence.extract.relation_lexicon import relation_phrases, relation_words
from tidings.evidence.extract.words import Word

LONGEST = 6
"""Words of a share: 'more than half of', 'the majority of', 'at least 70 per cent of'."""
HALF = 50
SEVERAL = frozenset(["towns", "villages", "cities"])


def share_end(words: Sequence[Word], at: int) -> int:
    """Return the word behind a share of a place that stands at a word: that behind 'most of'; else the word itself."""
    found = relation_phrases("shares").at(words, at) if at < len(words) else None
    if found:
        return found[0]
    of = percent_end(words, at)
    is_most = of is not None and of < len(words) and words[of].key == "of" and _percent(words, at) >= HALF
    return of + 1 if is_most and of is not None else at


def percent_end(words: Sequence[Word], at: int) -> int | None:
    """Return the word behind a percentage at a word, with what rounds it: 'about 70 percent'; None for none."""
    number = _number(words, at)
    if number + 1 >= len(words) or not words[number].text[0].isdecimal():
        return None
    if words[number + 1].key in relation_words("percent"):
        return number + 2
    is_per_cent = [word.key for word in words[number + 1 : number + 3]] == ["per", "cent"]
    return number + 3 if is_per_cent else None


def _number(words: Sequence[Word], at: int) -> int:
    """Return the word behind those that round a number: that of 'about', 'more than' or 'at least'."""
    while at < len(words) and words[at].key in relation_words("rounding"):
        at += 1
    return at


def _percent(words: Sequence[Word], at: int) -> float:
    told = words[_number(words, at)].text.partition("-")[0].partition("–")[0].rstrip("%")
    return float(told) if told.replace(".", "", 1).isdecimal() else 0.0


def is_mostly(line: Line, place: Mention) -> bool:
    """Whether most of a place is told of: 'most of X', 'nearly all of the city of X', '70 percent of X'."""
    of = _before_town(line, place)
    return any(share_end(line.words, at) == of + 1 for at in range(max(0, of - LONGEST), of))


def is_percentage(line: Line, place: Mention) -> bool:
    """Whether a percentage of a place is told of, however small: '20 percent of the city of X'."""
    of = _before_town(line, place)
    is_of = of > 0 and line.words[of].key == "of"
    return is_of and any(percent_end(line.words, at) == of for at in range(max(0, of - LONGEST), of))


def _before_town(line: Line, place: Mention) -> int:
    """Return the word before a place and the words for its kind: the last 'of' of 'most of the city of X'."""
    words, of = line.words, line.word_at(place.start) - 1
    while of > 0 and (words[of].key in TOWN_WORDS - SEVERAL or _names_one(words, of)):
        of -= 1
    return of


def _names_one(words: Sequence[Word], of: int) -> bool:
    """Whether an 'of' names one town: 'the town of X', never the X of 'the villages of X'."""
    return is_town_of(words, of) and words[of - 1].key not in SEVERAL
