"""Long words that notes written in haste misspell: "recaptued", "beseiged" are read as what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tidings.evidence.extract.lexicons import lexicon


@cache
def misspellings() -> dict[str, str]:
    """Return how the words of `often_misspelt` are misspelt, each with the word itself.

    One letter is left out, doubled, or has changed places with the next; the first and the last letter are right. What
    is misspelt in two ways, or is one of the words, is left alone.

    Examples
    --------
    >>> [misspellings().get(word) for word in ("recaptued", "beseiged", "capture", "captured")]
    ['recaptured', 'besieged', None, None]
    """
    found: dict[str, str | None] = {}
    words = frozenset(lexicon("words")["often_misspelt"])
    for word in sorted(words):
        for wrong in set(_slips(word)) - words:
            found[wrong] = word if wrong not in found else None
    return {wrong: word for wrong, word in found.items() if word}


def _slips(word: str) -> Iterator[str]:
    for n in range(1, len(word) - 1):
        yield word[:n] + word[n + 1 :]
        yield word[:n] + word[n] + word[n:]
        if n < len(word) - 2:
            yield word[:n] + word[n + 1] + word[n] + word[n + 2 :]
