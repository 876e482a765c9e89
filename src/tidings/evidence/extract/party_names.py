"""The names and common nouns by which English reports call parties, those of the crisis first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis, Party, PartyKind
from tidings.evidence.extract.inflection import forms_of
from tidings.evidence.extract.phrasebook import PhraseBook, keys_of, load_lexicon
from tidings.evidence.extract.words import Word, tokens_of, words_of
from tidings.geography.countries import Country, countries
from tidings.geography.countries import country as country_of
from tidings.geography.names import fold

RANKED = frozenset(["deputy", "vice", "acting", "former", "assistant", "interim", "senior"])
"""Words before an office that make another office of it."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A party as a lexicon or the crisis knows it."""

    id: str
    name: str
    kind: PartyKind
    parent: str | None = None
    """The side it belongs to, by party id."""


@dataclass(frozen=True)
class PartyNames:
    """All names of parties that a reading can start from."""

    crisis_parties: tuple[Party, ...] = ()

    @cached_property
    def _book(self) -> PhraseBook[tuple[Sense, tuple[str, ...]]]:
        """Names of the crisis's parties, then of parties known to the press, then common nouns, with their case."""
        every = (*self._crisis_phrases(), *self._lexicon_phrases())
        # A country or capital is a party only where it acts: metonyms.py tells.
        names = [(phrase, sense) for phrase, sense in every if not self._is_country(phrase)]
        written: dict[tuple[str, ...], tuple[str, ...]] = {}
        own = {name for name, sense in self._crisis_phrases() if sense.kind != "person"}
        for phrase, _ in names:
            words = _in_any_case(written_words(phrase)) if phrase in own else written_words(phrase)
            known = written.get(keys_of(phrase), words)
            written[keys_of(phrase)] = tuple(map(_with_fewer_capitals, known, words))
        return PhraseBook((phrase, (sense, written[keys_of(phrase)])) for phrase, sense in names)

    def _is_country(self, phrase: str) -> bool:
        return phrase in countries_and_capitals() or phrase in self.own_countries

    @cached_property
    def own_countries(self) -> PhraseBook[Sense]:
        """Return the bare names of the crisis's governments ('Ruritania'): parties only where they act."""
        ruling = [party for party in self.crisis_parties if party.kind == "government"]
        names = [(name, self._sense_of(party)) for party in ruling for name in (party.name, *party.other_names)]
        return PhraseBook((name, sense) for name, sense in names if not _rules(name))

    def _sense_of(self, party: Party) -> Sense:
        return Sense(party.id, party.name, party.kind, party.parent)

    def at(self, words: Sequence[Word], start: int) -> tuple[int, Sense] | None:
        """Return the end and sense of the longest name at a word; 'WHO' is not 'who'."""
        found = self._book.at(words, start)
        if found is None:
            return None
        end, (sense, written) = found
        return (end, sense) if all(map(_is_cased_like, written, words[start:end])) else None

    @cached_property
    def openers(self) -> frozenset[str]:
        """The words in small letters with which a party can begin."""
        return frozenset({*self._book.first_keys, *RANKED, *ruling_words(), *phrases("titles").first_keys})

    @cached_property
    def _by_fold(self) -> dict[str, Sense]:
        return {fold(name): sense for name, sense in self._crisis_phrases()}

    def _crisis_phrases(self) -> Iterator[tuple[str, Sense]]:
        for party in self.crisis_parties:
            sense = self._sense_of(party)
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
        """Return the party that a country's government is; of a country without words, the crisis's own."""
        return self._governments.get(iso3) or self._governments.setdefault(iso3, self._government(iso3))

    @cached_property
    def _governments(self) -> dict[str, Sense]:
        """Governments asked for so far, by country."""
        return {}

    def _government(self, iso3: str) -> Sense:
        country = country_of(iso3)
        if not country.iso2:
            return self._home("government") or Sense("government", "government", "government")
        named = [f"{adjective} {noun}" for adjective in country.adjectives for noun in ("government", "regime")]
        own = self.own((*named, f"Government of {country.name}", *country.names, *country.capitals))
        return own or Sense(slug(country.name), _government_name(country), "government")

    def _home(self, kind: PartyKind) -> Sense | None:
        """Return the crisis's first party of a kind, before others one whose name begins as that of its army does."""
        own = [party for party in self.crisis_parties if party.kind == kind]
        of_armies = {word for p in self.crisis_parties if p.kind == "state_military" for word in _first_words(p)}
        home = next((party for party in own if _first_words(party) & of_armies), own[0] if own else None)
        return self._sense_of(home) if home else None

    def army(self, iso3: str) -> Sense:
        """Return a country's army; where the crisis knows only its government, that."""
        country = country_of(iso3)
        if not country.iso2:
            return self._home("state_military") or Sense("army", "army", "state_military")
        nouns = load_lexicon("parties")["forces"]
        own = self.own(f"{adjective} {noun}" for adjective in country.adjectives for noun in nouns)
        if own:
            return own
        government = self.government(iso3)
        if any(party.id == government.id for party in self.crisis_parties):
            return government
        name = f"{country.adjectives[0] if country.adjectives else country.name} army"
        return Sense(slug(name), name, "state_military", government.id)

    def named_by_id(self, party: str) -> Sense | None:
        """Return the government that has an id, whether or not a report names it."""
        return next((sense for iso3 in countries() if (sense := self.government(iso3)).id == party), None)


def _government_name(country: Country) -> str:
    """
    Examples
    --------
    >>> _government_name(country_of("SYR")), _government_name(country_of("GUM"))
    ('Syrian government', 'Government of Guam')
    """
    return f"{country.adjectives[0]} government" if country.adjectives else f"Government of {country.name}"


def _rules(name: str) -> bool:
    return any(key in word_list("ruling") for key in keys_of(name))


def _first_words(party: Party) -> set[str]:
    return {name.split()[0] for name in (party.name, *party.other_names)}


def written_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase as they are written, cut as reports are."""
    return tuple(word.text for word in words_of(tokens_of(phrase)))


def _in_any_case(written: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name of several words in small letters, its acronyms kept: 'the joint force' is the Joint Force."""
    if len(written) < 2:
        return written
    return tuple(word if word.isupper() else word.lower() for word in written)


def _with_fewer_capitals(one: str, other: str) -> str:
    """Return the spelling that asks less of a report: a name may be listed as 'Regional' and as 'regional'."""
    return other if one[0].isupper() and not other[0].isupper() else one


def _is_cased_like(written: str, word: Word) -> bool:
    if len(written) > 1 and written.isupper():
        return word.text[0].isupper() and (word.text.isupper() or word.is_possessive)
    return not written[0].isupper() or word.is_capital


def _sense(entry: dict[str, Any]) -> Sense:
    if "country" in entry:
        country = country_of(entry["country"])
        return Sense(slug(country.name), _government_name(country), "government")
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


@cache
def phrases(section: str) -> PhraseBook[str]:
    """Return one list of the parties' lexicon as phrases."""
    return PhraseBook((phrase, phrase) for phrase in load_lexicon("parties")[section])


@lru_cache(maxsize=1)
def services() -> PhraseBook[PartyKind]:
    """Return the kinds of a state's forces and services by their nouns."""
    kinds: dict[str, PartyKind] = load_lexicon("parties")["services"]
    return PhraseBook(kinds.items())


@lru_cache(maxsize=1)
def ruling_words() -> frozenset[str]:
    """Return the words with which 'the army' or 'the government' alone can begin."""
    return frozenset({*phrases("forces_alone").first_keys, *phrases("governments_alone").first_keys})


@cache
def word_list(*sections: str) -> frozenset[str]:
    """Return one list of the parties' lexicon, or several together, as single words in lower case."""
    return frozenset(str(word).lower() for section in sections for word in load_lexicon("parties")[section])


@lru_cache(maxsize=1)
def acting_verbs() -> dict[str, frozenset[str]]:
    """Return the forms of the verbs of which a government is the subject, with what each form can be."""
    found: dict[str, set[str]] = {}
    for verb in load_lexicon("parties")["verbs"]:
        for form, kind in forms_of(verb):
            found.setdefault(form, set()).add(kind)
    return {form: frozenset(kinds) for form, kinds in found.items()}
