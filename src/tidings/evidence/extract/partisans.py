"""Armed people told by the country they stand for: 'pro-Russian forces' are on its side, and not its army."""

from __future__ import annotations

from collections.abc import Sequence

from tidings.core.ids import slug
from tidings.evidence.extract.party_names import PartyNames, Sense, adjectives, countries_and_capitals, phrases
from tidings.evidence.extract.words import Word
from tidings.geography.countries import Country

FOR = "pro-"
NOUNS = ("forces", "fighters", "ethnic_groups")
"""Lists of words for armed people."""
OWN_SIDE = frozenset(["rebels"])
"""General parties that stay who they are whomever they favour."""


def partisans_at(words: Sequence[Word], at: int, names: PartyNames) -> tuple[int, Sense] | None:
    """Return the end and party of 'pro-Russian separatists' at a word; all of one country are one party.

    Parameters
    ----------
    words, at
        A sentence, and the word at which the name may begin.
    names
        What governments are called; the crisis's own parties come first.
    """
    country = _favoured(words[at].text)
    if country is None or at + 1 >= len(words):
        return None
    general = names.at(words, at + 1)
    if general and general[1].id in OWN_SIDE:
        return None
    found = [noun[0] for section in NOUNS if (noun := phrases(section).at(words, at + 1))]
    ends = [*found, *([general[0]] if general and general[1].kind in ("armed_group", "militia") else [])]
    if not ends:
        return None
    name = f"{FOR}{country.adjectives[0]} forces"
    own = names.own((name, " ".join(word.text for word in words[at : max(ends)])))
    return max(ends), own or Sense(slug(name), name, "armed_group", names.government(country.iso3).id)


def _favoured(text: str) -> Country | None:
    if not text.lower().startswith(FOR) or not text[len(FOR) :][:1].isupper():
        return None
    named = text[len(FOR) :]
    country = adjectives().get(named) or countries_and_capitals().get(named)
    return country if country and country.adjectives else None
