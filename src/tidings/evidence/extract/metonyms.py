"""Countries and capitals as actors: 'Ankara has closed …' is a government, 'in Ankara' is a place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tidings.evidence.extract.party_names import (
    PartyNames,
    Sense,
    acting_verbs,
    countries_and_capitals,
    word_list,
)
from tidings.evidence.extract.proper_names import end_offset, is_name_word
from tidings.evidence.extract.words import Document, Word

LISTED_MAX = 14
"""Words that a list of subjects may take before its verb."""


def find_metonyms(document: Document, taken: Collection[int], names: PartyNames) -> Iterator[tuple[int, int, Sense]]:
    """Yield start, end and party of each country or capital that stands for its government.

    Parameters
    ----------
    document
        The report.
    taken
        Offsets at which a party is already read.
    names
        What governments are called; the crisis's own countries too.
    """
    for words in document.words:
        for number in range(len(words)):
            found = _named(names, words, number) if words[number].is_capital else None
            if found and words[number].start not in taken and _acts(words, number, found[0]):
                yield words[number].start, end_offset(words[found[0] - 1]), found[1]


def _named(names: PartyNames, words: Sequence[Word], at: int) -> tuple[int, Sense] | None:
    country = countries_and_capitals().at(words, at)
    return (country[0], names.government(country[1].iso3)) if country else names.own_countries.at(words, at)


def _acts(words: Sequence[Word], start: int, end: int) -> bool:
    if start > 0 and words[start - 1].key in ("by", "with"):
        return _is_agent(words, start, end)
    if start > 0 and words[start - 1].key in word_list("spatial"):
        return False
    if words[end - 1].is_possessive:
        return end < len(words) and _helps(words, end)
    return _has_verb(words, _after_list(words, end)) or _is_addressed(words, start)


def _is_agent(words: Sequence[Word], start: int, end: int) -> bool:
    """'backed by Russia', 'with Moscow's help'."""
    if words[end - 1].is_possessive:
        return end < len(words) and _helps(words, end)
    before = words[start - 2].key if start > 1 else ""
    return words[start - 1].key == "by" and (before.endswith(("ed", "en")) or before in ("held", "led", "made", "run"))


def _helps(words: Sequence[Word], at: int) -> bool:
    return any(word.key in word_list("help") for word in words[at : at + 3])


def _after_list(words: Sequence[Word], end: int) -> int:
    """Skip the other subjects of a list: 'Turkey, Arab states and the West' leads to its verb."""
    at = end
    while at < len(words) and at - end < LISTED_MAX:
        step = words[at].key
        listed = step in (",", "and") and at + 1 < len(words) and _is_listed(words, at + 1)
        if not listed and not (at > end and (is_name_word(words[at]) or step in ("the", "states", "countries"))):
            break
        at += 1
    return at


def _is_listed(words: Sequence[Word], at: int) -> bool:
    return is_name_word(words[at]) or words[at].key in ("the", "and")


def _has_verb(words: Sequence[Word], at: int) -> bool:
    """Whether the words from `at` begin with an active verb of a government, auxiliaries and adverbs aside."""
    helped = False
    for word in words[at : at + 5]:
        kinds = acting_verbs().get(word.key, frozenset())
        if kinds and (helped or kinds & {"s", "past", "base"}):
            return True
        if helped and word.key in word_list("attitudes"):
            return True
        if word.key in word_list("auxiliaries"):
            helped = True
        elif word.key not in word_list("adverbs"):
            return False
    return False


def _is_addressed(words: Sequence[Word], start: int) -> bool:
    """'urged Ankara to act', 'accused Russia of bombing'; a list 'by Russia and Iran' hands the role on."""
    if start > 1 and words[start - 1].key == "and" and _follows_agent(words, start):
        return True
    called = (
        start > 1 and words[start - 2].key in ("called", "calls", "calling") and words[start - 1].key in ("on", "for")
    )
    return called or (start > 0 and words[start - 1].key in word_list("addressed"))


def _follows_agent(words: Sequence[Word], start: int) -> bool:
    first = next((n for n in range(start - 2, max(-1, start - 8), -1) if words[n].key == "by"), None)
    if first is None or first == 0:
        return False
    between = words[first + 1 : start - 1]
    return words[first - 1].key.endswith("ed") and all(is_name_word(word) or word.text == "," for word in between)
