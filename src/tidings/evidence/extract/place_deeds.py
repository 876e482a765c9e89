"""What is done to a name, or said of it, that shows a place: 'captured X', 'air strikes on X', 'X is besieged'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.extract.words import Word


def is_in_state(words: Sequence[Word], at: int) -> str | None:
    """Return what is said of a name that can only be said of a place: 'is besieged', 'has been under siege'."""
    verb = at
    while verb < min(at + 4, len(words)) and (words[verb].key in _auxiliaries() or words[verb].key in ("now", "still")):
        verb += 1
    found = _states().at(words, verb) if at < verb < len(words) else None
    return found[1] if found else None


@cache
def _auxiliaries() -> frozenset[str]:
    return word_set("grammar", "auxiliaries") | {"remains", "remained", "remain"}


@cache
def _states() -> PhraseBook[str]:
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("places")["states"])


def falls(words: Sequence[Word], at: int) -> bool:
    """Whether what stands before a word falls to somebody: 'fell to Abc', 'had fallen to rebels'."""
    verb = at + (words[at].key in ("has", "had", "have"))
    if verb + 2 >= len(words) or words[verb].key not in _words("falls") or words[verb + 1].key != "to":
        return False
    taker = words[verb + 2]
    return taker.is_capital or taker.key in _words("takers")


def is_taken_or_left(words: Sequence[Word], before: int, first: int, last: int) -> bool:
    """Whether a name right behind 'captured' or 'withdrew from' stands alone; 'seized X trucks' tells no place."""
    is_taken = words[before].key in _words("takings")
    is_left = words[before].key == "from" and before > 0 and words[before - 1].key in _words("leavings")
    is_deed = before > 0 and words[before - 1].key in _deeds().get(words[before].key, ())
    if not (is_taken or is_left or is_deed) or before != first - 1:
        return False
    after = words[last] if last < len(words) else None
    return after is None or not after.text[0].isalpha() or after.key in _linking()


@cache
def _deeds() -> dict[str, frozenset[str]]:
    """Return the nouns of what is done to a place, by the preposition between them: "of", "on" …"""
    return {link: frozenset(nouns) for link, nouns in load_lexicon("places")["deeds"].items()}


@cache
def _linking() -> frozenset[str]:
    """Return the words that may follow a name that stands alone."""
    lists = ("prepositions", "conjunctions", "relatives", "adverbs", "discourse", "auxiliaries")
    days = (word_set("times", "weekdays"), word_set("times", "months"), word_set("times", "single_days"))
    return frozenset().union(*(word_set("grammar", name) for name in lists), *days, ["last", "early", "late"])


def _words(section: str) -> frozenset[str]:
    return word_set("places", section)
