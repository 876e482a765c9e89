"""Peoples as parties: 'the Turks' stand for their government, 'Syrians' and 'the people of Jordan' for civilians."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tidings.core.ids import slug
from tidings.evidence.extract.noun_phrases import ends_before
from tidings.evidence.extract.party_names import (
    PartyNames,
    Sense,
    countries_and_capitals,
    phrases,
    word_list,
)
from tidings.evidence.extract.phrasebook import PhraseBook
from tidings.evidence.extract.words import Word
from tidings.geography.countries import Country, countries

COLLECTIVE = ("sh", "ch", "ese", "ss")
"""Ends of the adjectives that name a people by themselves: the French, the Sudanese, the Swiss."""


@lru_cache(maxsize=1)
def _peoples() -> PhraseBook[Country]:
    return PhraseBook((name, country) for country in countries().values() for name in country.people)


def people_of(country: Country) -> Sense:
    """Return the people of a country as a party."""
    return Sense(slug(f"people of {country.name}"), f"people of {country.name}", "civilians")


def people_at(
    words: Sequence[Word], at: int, names: PartyNames, found: tuple[int, Country] | None
) -> tuple[int, Sense] | None:
    """Return the end and party of the people named at a word in capitals; `found` is the adjective there, if any."""
    is_definite = at > 0 and words[at - 1].key == "the"
    if people := _peoples().at(words, at):
        return people[0], _stands_for(words, people, names) if is_definite else people_of(people[1])
    if found is None or words[found[0] - 1].is_possessive:
        return None
    if found[0] < len(words) and (noun := phrases("people").at(words, found[0])):
        return noun[0], people_of(found[1])
    is_people = is_definite and words[found[0] - 1].key.endswith(COLLECTIVE) and ends_before(words, found[0])
    return (found[0], _stands_for(words, found, names)) if is_people else None


def _stands_for(words: Sequence[Word], found: tuple[int, Country], names: PartyNames) -> Sense:
    """'the Turks agreed' is the government; 'the Turks who fled' are people."""
    end, country = found
    is_crowd = end < len(words) and words[end].key in word_list("crowd_behind")
    return people_of(country) if is_crowd else names.government(country.iso3)


def people_of_at(words: Sequence[Word], at: int) -> tuple[int, Sense] | None:
    """Return the end and party of 'people of X' with a country's name."""
    noun = phrases("people").at(words, at)
    first = noun[0] + 1 if noun else len(words)
    if noun is None or first >= len(words) or words[noun[0]].key != "of":
        return None
    first += words[first].key == "the"
    found = countries_and_capitals().at(words, first) if first < len(words) else None
    is_country = found is not None and found[0] > first and words[first].is_capital
    return (found[0], people_of(found[1])) if found and is_country else None
