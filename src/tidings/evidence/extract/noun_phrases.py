"""Where a noun phrase ends: 'the camp has …' is about a camp, 'the camp residents' is not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.party_names import acting_verbs
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.words import Word

DEFINITE = frozenset(["the", "this", "that"])
"""Words before a noun that stands for what was named before."""
NAMES_ANOTHER = frozenset(["of", "for", "-", "called", "named", "known"])
"""Behind these stands which one is meant: not the one named before."""


@lru_cache(maxsize=1)
def _pasts() -> frozenset[str]:
    irregular: dict[str, list[str]] = load_lexicon("verbs")["irregular"]
    return frozenset(form for forms in irregular.values() for form in forms) | word_set("grammar", "irregular_pasts")


@lru_cache(maxsize=1)
def _closing() -> frozenset[str]:
    sections = ("prepositions", "auxiliaries", "conjunctions", "relatives", "adverbs", "determiners", "pronouns")
    return frozenset[str]().union(*(word_set("grammar", section) for section in sections)) - NAMES_ANOTHER


def ends_before(words: Sequence[Word], at: int) -> bool:
    """Whether the noun before words[at] is the last word of its phrase, and nothing behind names another.

    Examples
    --------
    >>> from tidings.evidence.extract.words import Token, words_of
    >>> cut = lambda text: words_of(tuple(Token(part, 0, 1) for part in text.split()))
    >>> ends_before(cut("the camp was shelled"), 2), ends_before(cut("the camp residents"), 2)
    (True, False)
    >>> ends_before(cut("the city of Zeta"), 2)
    False
    """
    if words[at - 1].is_possessive or at >= len(words):
        return True
    word = words[at]
    if word.key in NAMES_ANOTHER:
        return False
    if not word.text[0].isalnum() or word.key in _closing() or word.key in ("itself", "proper"):
        return True
    is_verb = word.key in _pasts() or bool(acting_verbs().get(word.key)) or word.key.endswith(("ed", "ly"))
    return is_verb and not word.is_capital
