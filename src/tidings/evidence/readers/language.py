"""Which language a text is in, told from its letters; nothing is said of short texts."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

MIN_LETTERS = 40
"""Fewer letters than this do not tell a language: a list of town names is in none."""
SAMPLE_CHARACTERS = 4000
MIN_CONFIDENCE = 0.75
COMMON_WORDS = frozenset({
    "the", "of", "and", "to", "a", "that", "for", "on", "with", "by", "from", "was", "were", "said", "have", "has",
    "had", "its", "it", "are", "be", "been", "which", "they", "their", "not", "who", "he", "she", "but", "this",
})  # fmt: skip
"""Words of English that few other languages have; 'in' and 'is' are left out, as half of Europe has them."""


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where it cannot be told.

    Examples
    --------
    >>> language_of("The army has closed the road to the town, and nobody can leave it any more.")
    'en'
    >>> language_of("Azaz, 77") is None
    True
    """
    sample = text.strip()[:SAMPLE_CHARACTERS]
    if is_plainly_english(sample):
        return "en"
    if sum(character.isalpha() for character in sample) < MIN_LETTERS:
        return None
    code, confidence = _identifier().classify(sample)
    return str(code) if confidence >= MIN_CONFIDENCE else None


def is_plainly_english(sample: str) -> bool:
    """Tell running English by its commonest words, which spares most reports the loading of a model.

    Examples
    --------
    >>> is_plainly_english("The bridge to the north of the town has been closed for two days, said the mayor.")
    True
    """
    words = re.findall(r"[a-z]+", sample.lower())
    common = sum(word in COMMON_WORDS for word in words)
    return len(words) >= 12 and "the" in words and common >= 0.25 * len(words)


@cache
def _identifier() -> Any:
    """Load the model of py3langid once, restricted to languages that have a code of two letters."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
