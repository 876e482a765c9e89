"""The names and common nouns by which English reports call parties, those of the crisis first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis, Party, PartyKind
from tidings.evidence.extract.inflection import forms_of
from tidings.evidence.extract.phrasebook import PhraseBook, load_lexicon
from tidings.evidence.extract.words import TOKEN, Token, Word, words_of
from tidings.geography.countries import Country, countries
from tidings.geography.countries import country as country_of
from tidings.geography.names import fold


@dataclass(frozen=True, slots=True)
class Sense:
    """A party as a lexicon or the crisis knows it."""

    id: str
    name: str
    kind: PartyKind


@dataclass(frozen=True)
class PartyNames:
    """All names of parties that a reading can start from."""

    crisis_parties: tuple[Party, ...] = ()

    @cached_property
    def _book(self) -> PhraseBook[tuple[Sense, tuple[str, ...]]]:
        """Names of the crisis's parties, then of parties known to the press, then common nouns, with their case."""
        every = (*self._crisis_phrases(), *self._lexicon_phrases())
        # A country or capital is a party only where it acts: metonyms.py tells.
        names = ((phrase, sense) for phrase, sense in every if phrase not in countries_and_capitals())
        return PhraseBook((phrase, (sense, written_words(phrase))) for phrase, sense in names)

    def at(self, words: Sequence[Word], start: int) -> tuple[int, Sense] | None:
        """Return the end and sense of the longest name at a word; 'WHO' is not 'who'."""
        found = self._book.at(words, start)
        if found is None:
            return None
        end, (sense, written) = found
        return (end, sense) if all(map(_is_cased_like, written, words[start:end])) else None

    @cached_property
    def _by_fold(self) -> dict[str, Sense]:
        return {fold(name): sense for name, sense in self._crisis_phrases()}

    def _crisis_phrases(self) -> Iterator[tuple[str, Sense]]:
        for party in self.crisis_parties:
            sense = Sense(party.id, party.name, party.kind)
            yield from ((name, sense) for name in (party.name, *party.other_names))

    def _lexicon_phrases(self) -> Iterator[tuple[str, Sense]]:
        for entry in (*load_lexicon("parties")["named"], *load_lexicon("parties")["general"]):
            words = (entry["name"], *entry["words"])
            sense = self.own(words) or _sense(entry)
            yield from ((word, sense) for word in words)

    def own(self, names: Iterable[str]) -> Sense | None:
        """Return the crisis's own party that goes by one of these names."""
        return next((sense for name in names if (sense := self._by_fold.get(fold(name)))), None)

    def government(self, iso3: str) -> Sense:
        """Return the party that a country's government is, as an actor: the country by its own name."""
        country = country_of(iso3)
        named = [f"{adjective} {noun}" for adjective in country.adjectives for noun in ("government", "regime")]
        own = self.own((*named, f"Government of {country.name}", *country.names, *country.capitals))
        return own or Sense(slug(country.name), country.name, "government")

    def army(self, iso3: str) -> Sense:
        """Return a country's army; where the crisis knows only its government, that."""
        country = country_of(iso3)
        nouns = load_lexicon("parties")["forces"]
        own = self.own(f"{adjective} {noun}" for adjective in country.adjectives for noun in nouns)
        if own:
            return own
        government = self.government(iso3)
        if any(party.id == government.id for party in self.crisis_parties):
            return government
        name = f"{country.adjectives[0] if country.adjectives else country.name} army"
        return Sense(slug(name), name, "state_military")


def written_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are written, cut as reports are."""
    return tuple(word.text for word in words_of(tuple(Token(m[0], m.start(), m.end()) for m in TOKEN.finditer(phrase))))


def _is_cased_like(written: str, word: Word) -> bool:
    if len(written) > 1 and written.isupper():
        return word.text[0].isupper() and (word.text.isupper() or word.is_possessive)
    return not written[0].isupper() or word.is_capital


def _sense(entry: dict[str, Any]) -> Sense:
    if "country" in entry:
        country = country_of(entry["country"])
        return Sense(slug(country.name), country.name, "government")
    return Sense(entry.get("id") or slug(entry["name"]), entry["name"], entry["kind"])


@lru_cache(maxsize=8)
def names_for(parties: tuple[Party, ...]) -> PartyNames:
    """Return the names for a crisis's parties, built once."""
    return PartyNames(parties)


def party_names(crisis: Crisis | None) -> PartyNames:
    """Return the names of a crisis's parties before the general ones."""
    return names_for(crisis.parties if crisis else ())


@lru_cache(maxsize=1)
def adjectives() -> PhraseBook[Country]:
    """Return the countries by adjective: Syrian, U.S., South Sudanese."""
    return PhraseBook((word, country) for country in countries().values() for word in country.adjectives)


@lru_cache(maxsize=1)
def countries_and_capitals() -> PhraseBook[Country]:
    """Return the countries by name and by capital: what may stand for a government."""
    return PhraseBook(
        (word, country) for country in countries().values() for word in (*country.names, *country.capitals)
    )


@lru_cache(maxsize=16)
def phrases(section: str) -> PhraseBook[str]:
    """Return one list of the parties' lexicon as phrases."""
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("parties")[section])


@lru_cache(maxsize=16)
def word_list(section: str) -> frozenset[str]:
    """Return one list of the parties' lexicon as single words in lower case."""
    return frozenset(str(word).lower() for word in load_lexicon("parties")[section])


@lru_cache(maxsize=1)
def acting_verbs() -> dict[str, frozenset[str]]:
    """Return the forms of the verbs of which a government is the subject, with what each form can be."""
    found: dict[str, set[str]] = {}
    for verb in load_lexicon("parties")["verbs"]:
        for form, kind in forms_of(verb):
            found.setdefault(form, set()).add(kind)
    return {form: frozenset(kinds) for form, kinds in found.items()}
