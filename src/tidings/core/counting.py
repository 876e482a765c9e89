"""Numbers of things in words: one thing, many things, and the verbs that go with them."""

from __future__ import annotations


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Write a number of things.

    Parameters
    ----------
    nouns
        The plural, where it is not the noun with an s.

    Examples
    --------
    >>> counted(1, "figure"), counted(0, "figure"), counted(1200, "new claim"), counted(1, "person", "people")
    ('1 figure', '0 figures', '1,200 new claims', '1 person')
    """
    return f"{number:,} {agreed(number, noun, nouns or f'{noun}s')}"


def agreed(number: float, one: str, many: str) -> str:
    """Return the word that goes with a number.

    Examples
    --------
    >>> agreed(1, "is", "are"), agreed(0, "is", "are"), agreed(1.5, "day", "days")
    ('is', 'are', 'days')
    """
    return one if number == 1 else many
