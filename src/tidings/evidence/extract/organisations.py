"""Organisations told by a word of their name or by what is said of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from tidings.core.ids import slug
from tidings.crisis.crisis import PartyKind
from tidings.evidence.extract.lexicons import word_set
from tidings.evidence.extract.party_names import Sense, adjectives, countries_and_capitals, word_list
from tidings.evidence.extract.phrasebook import load_lexicon
from tidings.evidence.extract.proper_names import is_name_word, run_end, text_of
from tidings.evidence.extract.words import Word

NAME_OPENERS = frozenset(
    ["northern", "southern", "eastern", "western", "central", "kurdish", "arab", "islamic", "turkmen"]
)
"""Words that open the name of an organisation though they are no names."""
ORDINAL_ENDS = frozenset(["st", "nd", "rd", "th"])
DEFINED_MAX = 9
"""Words of the longest name that an acronym in brackets defines."""
MIN_LETTERS = 3
ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]\w*")


def head_words() -> Collection[str]:
    """Return the nouns that tell an organisation by its name, as written."""
    return _heads().keys()


@lru_cache(maxsize=1)
def _heads() -> dict[str, PartyKind]:
    heads: dict[PartyKind, list[str]] = load_lexicon("parties")["heads"]
    return {word: kind for kind, words in heads.items() for word in words}


def headed_organisation(words: Sequence[Word], at: int, end: int) -> tuple[int, Sense] | None:
    """Recognise a name whose head noun is that of an organisation: '… Brigade', 'Ministry of …', '… for Human Rights'.

    `end` is where the run of name words from `at` ends.

    Returns
    -------
    tuple or None
        The end of its words and what it is.
    """
    is_no_name = words[at].key in word_list("not_names") and words[at].key not in NAME_OPENERS
    if is_no_name or (at > 0 and (_continues(words, at) or _is_a_countrys(words, at, end))):
        return None
    opener = load_lexicon("parties")["openers"].get(words[at].text)
    head = next((number for number in range(end - 1, at - 1, -1) if words[number].text in _heads()), None)
    if head is None and not (opener and end - at > 1):
        return None
    last = end if head is None else _with_complement(words, head + 1)
    if head == at and not opener and last == at + 1:
        return None
    kind = opener or _heads()[words[head if head is not None else at].text]
    name = text_of(words, at, last)
    return last, Sense(slug(name), name, kind)


def numbered_unit(words: Sequence[Word], at: int) -> tuple[int, Sense] | None:
    """Recognise '17th Division', '5th Fleet', '101st Airborne Division': a unit of an army by its number."""
    if at + 2 >= len(words) or not words[at].text.isdigit() or words[at + 1].text not in ORDINAL_ENDS:
        return None
    if words[at + 1].start != words[at].end or not is_name_word(words[at + 2]):
        return None
    end = run_end(words, at + 2)
    last = next((n + 1 for n in range(at + 2, end) if words[n].text in load_lexicon("parties")["unit_heads"]), None)
    if last is None:
        return None
    name = text_of(words, at, last)
    return last, Sense(slug(name), name, "state_military")


def defined_organisation(words: Sequence[Word], at: int, end: int) -> tuple[int, Sense] | None:
    """Recognise 'Name of Something (NOS)' by the letters in brackets, which are those of its words."""
    last = end
    while last < len(words) and last - at < DEFINED_MAX and words[last].text != "(":
        if not is_name_word(words[last]) and words[last].key not in ("of", "for", "and", "the", "in"):
            return None
        last += 1
    acronym = acronym_after(words, last)
    if acronym is None or (at > 0 and _continues(words, at)):
        return None
    letters = "".join(word.text[0] for word in words[at:last] if is_name_word(word))
    if letters.upper() != acronym.upper() or len(letters) < MIN_LETTERS:
        return None
    head = next((words[n].text for n in range(last - 1, at - 1, -1) if words[n].text in _heads()), None)
    if head is None and words[last - 1].key in load_lexicon("parties")["not_bodies"]:
        return None
    name = text_of(words, at, last)
    return last, Sense(slug(name), name, _heads()[head] if head else "international_organisation")


def _is_a_countrys(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether a ministry is told as a country's: that of "Turkey's Foreign Ministry" is its government."""
    if not words[at - 1].is_possessive or words[end - 1].key not in word_list("ministries"):
        return False
    starts = range(at - 1, max(-1, at - 5), -1)
    found = (countries_and_capitals().at(words, start) for start in starts)
    return any(country is not None and country[0] == at for country in found)


def _continues(words: Sequence[Word], at: int) -> bool:
    before = words[at - 1]
    return is_name_word(before) and not before.is_possessive and before.key not in word_list("not_names")


def _with_complement(words: Sequence[Word], end: int) -> int:
    """Include '… for Human Rights', '… of the Interior' behind the head noun."""
    link = end
    while link < len(words) and link - end < 2 and words[link].key in ("for", "of", "the", "on"):
        link += 1
    if link == end or link >= len(words) or not is_name_word(words[link]):
        return end
    if words[link].key in word_set("times", "weekdays") or words[link].key in load_lexicon("times")["months"]:
        return end
    last = run_end(words, link)
    is_body = words[end].key == "of" and any(word.text in _heads() for word in words[link:last])
    return end if is_body or adjectives().at(words, link) is not None else last


def apposed_organisation(words: Sequence[Word], at: int, end: int) -> tuple[int, Sense] | None:
    """Recognise 'Name, an insurgent group' in words[at:end]: the noun behind the comma tells what it is."""
    if end + 2 >= len(words) or words[end].text != "," or words[end + 1].key not in ("a", "an"):
        return None
    if at > 0 and _continues(words, at):
        return None
    if any(word.key in word_list("not_names") for word in words[at:end]):
        return None
    nouns: dict[str, PartyKind] = load_lexicon("parties")["group_nouns"]
    for number in range(end + 2, min(end + 7, len(words))):
        if not words[number].text[0].isalpha() and words[number].text != "-":
            return None
        if words[number].key in nouns:
            name = text_of(words, at, end)
            described = [word.key for word in words[end + 2 : number]]
            return end, Sense(slug(name), name, _kind(nouns[words[number].key], described))
    return None


def _kind(kind: PartyKind, described: Sequence[str]) -> PartyKind:
    if any(word in word_list("monitor_words") for word in described):
        return "monitor"
    return "humanitarian" if any(word in word_list("aid_words") for word in described) else kind


def acronym_after(words: Sequence[Word], end: int) -> str | None:
    """Return the acronym that stands in brackets behind a name."""
    if end + 2 < len(words) and words[end].text == "(" and words[end + 2].text == ")":
        acronym = words[end + 1].text
        return acronym if ACRONYM.fullmatch(acronym) else None
    return None
