"""Names folded to keys: one place under all its spellings."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

ARTICLES = frozenset(
    ["al", "el", "ad", "ed", "as", "es", "az", "ez", "at", "et", "ar", "er", "an", "en", "ash", "esh", "il", "ul"]
)
"""The Arabic article, as assimilated and as transliterated."""
MIN_SKELETON = 3
"""Shorter skeletons fit too many names."""
MIN_SIMILARITY = 65.0
"""Two spellings of one skeleton must also be this alike (0–100): vowels may differ, not all of them."""

LATIN = re.compile(r"[\u0000-\u02ff\u1e00-\u1eff\u2010-\u201f]+")

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʿʾʻʼ′"))
_WORD = re.compile(r"[a-z0-9]+")
_CONSONANT_VARIANTS = (("dj", "j"), ("tch", "ch"), ("ph", "f"), ("ck", "k"), ("q", "k"))
_REPEATED = re.compile(r"(.)\1+")
_GLIDE = re.compile(r"(?<=[aeiou])w(?=[^aeiouw]|$)|(?<!^)y")
_VOWELS = re.compile(r"(?<!^)[aeiou]+")


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Return the exact key of a name: no case, accents, apostrophes, hyphens or Arabic article.

    Examples
    --------
    >>> fold("Tall Rif‘at"), fold("al-Bāb"), fold("Deir ez-Zor"), fold("Öncüpınar")
    ('tall rifat', 'bab', 'deir zor', 'oncupinar')
    """
    plain = name.translate(_APOSTROPHES)
    if not plain.isascii():
        plain = anyascii(plain).translate(_APOSTROPHES)
    words = _WORD.findall(plain.lower())
    if len(words) < 2:
        return "".join(words)
    return " ".join((*(word for word in words[:-1] if word not in ARTICLES), words[-1]))


def skeleton(key: str) -> str:
    """Return the looser key of a folded name: its consonants, each word's first vowel sound, no doubled letters.

    Two names with one skeleton may be two spellings of one place; it is evidence, not proof.

    Examples
    --------
    >>> skeleton(fold("Tal Rifaat")) == skeleton(fold("Tall Rif'at")) == skeleton(fold("Tell Refaat"))
    True
    >>> skeleton(fold("Nubul")), skeleton(fold("Noubbol")), skeleton(fold("Huraytan")), skeleton(fold("Haritan"))
    ('nbl', 'nbl', 'hrtn', 'hrtn')
    """
    return "".join(_bones(word) for word in key.split())


@lru_cache(maxsize=100_000)
def _bones(word: str) -> str:
    for variant, letter in _CONSONANT_VARIANTS:
        word = word.replace(variant, letter)
    word = _GLIDE.sub("", _REPEATED.sub(r"\1", word))
    bones = _VOWELS.sub("", word[:-1] if len(word) > 1 and word[-1] == "h" else word)
    return _REPEATED.sub(r"\1", "a" + bones[1:] if bones[:1] in tuple("aeiou") else bones)


def is_latin(name: str) -> bool:
    """Whether a name is written in Latin letters.

    Examples
    --------
    >>> is_latin("Ḩamāh"), is_latin("حماة")
    (True, False)
    """
    return LATIN.fullmatch(name) is not None


def is_spelling(key: str, other: str) -> bool:
    """Whether two folded names of one skeleton are near enough to be spellings of one name.

    Examples
    --------
    >>> is_spelling("nubul", "nubl"), is_spelling("tal rafaat", "tall rifat"), is_spelling("nubul", "nobilioe")
    (True, True, False)
    """
    from rapidfuzz import fuzz

    return fuzz.ratio(key, other) >= MIN_SIMILARITY
