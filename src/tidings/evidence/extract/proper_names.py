"""Runs of capitalised words: the raw material of names of people, parties and places."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.evidence.extract.words import Word

PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "ben", "abu", "de", "del", "da", "der", "van", "von", "ez", "az", "ad", "as", "ash",
     "at", "ar", "an", "es", "ed", "er", "umm", "um", "ould", "ag", "la", "le", "du", "des", "ul"]
)  # fmt: skip
MAX_NAME_WORDS = 6


def is_name_word(word: Word) -> bool:
    """Whether a word can be part of a proper name by its looks: Aleppo, al-Bab, d'Ivoire."""
    return word.is_name


def run_end(words: Sequence[Word], start: int, limit: int = MAX_NAME_WORDS) -> int:
    """Return the end of the run of name words from `start`; particles count only between name words.

    A possessive ends the run: what follows it is another name.
    """
    end, count, stop = start, len(words), start + limit
    while end < count and end < stop:
        word = words[end]
        if word.is_capital and len(word.text) == 1 and _is_initial(words, end):
            end += 2
        elif word.is_name:
            end += 1
            if word.is_possessive:
                break
        elif end > start and word.key in PARTICLES and end + 1 < count and words[end + 1].is_name:
            end += 1
        else:
            break
    return end


def _is_initial(words: Sequence[Word], at: int) -> bool:
    """Whether a single letter and its full stop stand inside a name: 'Stephen J. Townsend'."""
    if at + 2 >= len(words) or not words[at].text.isupper():
        return False
    return words[at + 1].text == "." and words[at + 2].is_name and words[at + 1].start == words[at].end


def text_of(words: Sequence[Word], start: int, end: int) -> str:
    """Return the words as one name: as written, single spaces, no possessive ending.

    Examples
    --------
    >>> from tidings.evidence.extract.words import Token, words_of
    >>> text_of(words_of((Token("Tal", 0, 3), Token("Rif'at's", 4, 12))), 0, 2)
    "Tal Rif'at"
    """
    parts: list[str] = []
    for number in range(start, end):
        glued = number > start and words[number].start == words[number - 1].end
        parts.append(("" if glued or not parts else " ") + bare(words[number]))
    return "".join(parts)


def bare(word: Word) -> str:
    """Return a word as written without its possessive ending."""
    return word.text[: -2 if word.text[-1] in "sS" else -1] if word.is_possessive else word.text


def end_offset(word: Word) -> int:
    """Return where a word ends in the text, its possessive ending left out."""
    return word.start + len(bare(word))
