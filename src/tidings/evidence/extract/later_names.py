"""Later, shorter mentions of a party: an acronym, a surname, 'the secretary', 'the department', 'the enemy'."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tidings.evidence.extract.noun_phrases import DEFINITE, ends_before
from tidings.evidence.extract.organisations import ORDINAL_ENDS, acronym_after, head_words
from tidings.evidence.extract.party_names import RANKED, Sense, adjectives, word_list
from tidings.evidence.extract.phrasebook import keys_of, load_lexicon
from tidings.evidence.extract.proper_names import bare, end_offset
from tidings.evidence.extract.which_group import Told, group_meant
from tidings.evidence.extract.words import Document, Word

MIN_ACRONYM = 3
UNLETTERED = frozenset(["of", "the", "and", "for", "in", "on", "to", "-", "–"])
"""Words that give an acronym no letter."""
Later = tuple[int, int, Sense]
"""Start, end and party of a later mention."""


@dataclass
class Shorter:
    """By what other names the parties of a report may be called later."""

    aliases: dict[str, Sense] = field(default_factory=dict)
    nouns: dict[str, list[Told]] = field(default_factory=dict)
    """Holders of an office by their title, and bodies by the head of their name, in small letters, in order."""

    def note_body(self, words: Sequence[Word], first: int, end: int, sense: Sense) -> None:
        """Note the acronym behind a name or made of its first letters, and the nouns that it is called by."""
        if acronym := acronym_after(words, end):
            self.aliases.setdefault(acronym, sense)
        named = [word for word in words[first:end] if word.key not in UNLETTERED and word.text[0].isalpha()]
        named = named[named[0].key in ORDINAL_ENDS :] if named else named
        if len(named) >= MIN_ACRONYM and named[0].is_capital:
            self.aliases.setdefault("".join(word.text[0] for word in named).upper(), sense)
        for at in range(first, end):
            if words[at].text in head_words():
                self._note(words[at].key, words[first].start, sense)
                if at > first:
                    self._note(f"{words[at - 1].key} {words[at].key}", words[first].start, sense)

    def note_kind(self, words: Sequence[Word], first: int, end: int, sense: Sense) -> None:
        """Note a group by the kind that ends its name: 'the rebels' are the Tuareg rebels named before.

        So are, later, others who are told by that noun alone and with no article.
        """
        noun = words[end - 1].key
        is_definite = words[first].key in DEFINITE or (first > 0 and words[first - 1].key in DEFINITE)
        if noun in _kind_nouns() and (end - first > 1 if not is_general(sense) else not is_definite):
            self._note(noun, words[first].start, sense)

    def note_holder(self, words: Sequence[Word], first: int, name: int, sense: Sense) -> None:
        """Note the title in words[first:name], as a whole and by its noun: 'foreign minister', 'minister'."""
        while first < name and (words[first].key in RANKED or adjectives().at(words, first)):
            found = adjectives().at(words, first)
            first = found[0] if found else first + 1
        keys = [word.key for word in words[first:name] if word.text[0].isalpha()]
        for title in {" ".join(keys), *keys} if keys else ():
            self._note(title, words[first].start, sense)

    def _note(self, noun: str, offset: int, sense: Sense) -> None:
        self.nouns.setdefault(noun, []).append((offset, sense))


@lru_cache(maxsize=1)
def _group_ids() -> frozenset[str]:
    return frozenset(entry["id"] for entry in load_lexicon("parties")["general"])


def is_general(sense: Sense) -> bool:
    """Whether a party is told by a common noun only: militants, rebels, residents."""
    return sense.id in _group_ids()


@lru_cache(maxsize=1)
def _kind_nouns() -> frozenset[str]:
    """Return the nouns by which armed groups are told without a name: rebels, militants, militia."""
    general = [each for each in load_lexicon("parties")["general"] if each["kind"] in ("armed_group", "militia")]
    return frozenset(noun for each in general for noun in each["words"] if " " not in noun and noun.islower())


@lru_cache(maxsize=1)
def _kinds_of_group() -> dict[tuple[str, ...], frozenset[str]]:
    """Return for 'the terrorist group', 'the coalition' and the like which kinds of party they can stand for."""
    return {
        keys_of(noun): frozenset(kinds)
        for nouns, kinds in load_lexicon("parties")["later_groups"].items() for noun in nouns.split(" | ")
    }  # fmt: skip


def find_later(document: Document, named: Sequence[Told], shorter: Shorter) -> Iterator[Later]:
    """Yield the later mentions of parties, those that stand inside other names too.

    Parameters
    ----------
    document
        The report.
    named
        The parties named in it and where, in order.
    shorter
        What they may be called later.
    """
    proper = [told for told in named if not is_general(told[1]) and told[1].kind != "person"]
    armed = {told[1].id: told for told in proper if told[1].kind == "armed_group"}
    enemy = next(iter(armed.values())) if len(armed) == 1 else None
    of_kinds = {
        kinds: [each for each in proper if each[1].kind in kinds] for kinds in set(_kinds_of_group().values())
    }  # fmt: skip
    aliases = shorter.aliases
    openers = {noun.partition(" ")[0] for noun in shorter.nouns} | {keys[0] for keys in _kinds_of_group()}
    for number, words in enumerate(document.words):
        for at, word in enumerate(words):
            if word.is_name and (sense := aliases.get(bare(word) if word.is_possessive else word.text)):
                yield word.start, end_offset(word), sense
            elif word.key == "enemy" and enemy:
                yield from _enemy(words, at, enemy[1])
            elif word.key in DEFINITE and at + 1 < len(words) and words[at + 1].key in openers:
                yield from _definite(document, number, at + 1, of_kinds, shorter)


def _enemy(words: Sequence[Word], at: int, sense: Sense) -> Iterator[Later]:
    """'the enemy', 'enemy fighters': the one armed group that the report tells of."""
    if at + 1 < len(words) and words[at + 1].key in word_list("members_of_groups"):
        yield words[at].start, end_offset(words[at + 1]), sense
    elif at > 0 and words[at - 1].key == "the" and ends_before(words, at + 1):
        yield words[at].start, end_offset(words[at]), sense


def _definite(
    document: Document, number: int, at: int, of_kinds: Mapping[frozenset[str], Sequence[Told]], shorter: Shorter
) -> Iterator[Later]:
    """'the minister' is the last of that office, 'the board' the last of that name, 'the group' the one told of."""
    words = document.words[number]
    for length in (3, 2, 1):
        if at + length > len(words):
            continue
        keys = tuple(word.key for word in words[at : at + length])
        told = _last(shorter.nouns.get(" ".join(keys), ()), words[at].start)
        if told and keys[0] in word_list("ambiguous_heads") and not words[at].is_capital:
            told = None
        kinds = _kinds_of_group().get(keys)
        if told is None and kinds:
            told = group_meant(document, number, at, at + length, of_kinds[kinds])
        if told and ends_before(words, at + length):
            yield words[at].start, end_offset(words[at + length - 1]), told
            return


def _last(told: Sequence[Told], offset: int) -> Sense | None:
    before = bisect_left(told, offset, key=lambda each: each[0])
    return told[before - 1][1] if before else None
