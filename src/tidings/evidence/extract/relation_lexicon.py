"""The lexicon of relations: sets of words, phrases, and verbs in all their forms."""

from __future__ import annotations

from functools import cache

from tidings.evidence.extract.inflection import forms_of
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon


@cache
def relation_words(section: str) -> frozenset[str]:
    """Return a set of single words."""
    return frozenset(load_lexicon("relations")[section])


@cache
def relation_phrases(section: str) -> PhraseBook[str]:
    """Return a list of phrases as they stand."""
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("relations")[section])


@cache
def relation_verbs(section: str) -> PhraseBook[str]:
    """Return a list of verbs by all their forms, each with its base form."""
    verbs = load_lexicon("relations")[section]
    return PhraseBook((form, verb) for verb in verbs for form, _ in forms_of(verb))
