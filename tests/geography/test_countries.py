"""Contract: every country has its codes, capital and neighbours, and a border has one id from either side."""

from __future__ import annotations

from tidings.geography.countries import border_between, countries, iso3_of


def test_neighbours_are_mutual() -> None:
    table = countries()
    for iso3, country in table.items():
        for neighbour in country.neighbours:
            assert neighbour not in table or iso3 in table[neighbour].neighbours, (iso3, neighbour)


def test_no_two_countries_share_a_name() -> None:
    names = [name for country in countries().values() for name in country.names]
    assert len(names) == len(set(names))


def test_a_country_is_found_by_any_of_its_names() -> None:
    assert iso3_of()["Türkiye"] == iso3_of()["Turkey"] == "TUR"


def test_a_border_is_the_same_from_both_sides() -> None:
    assert border_between("SYR", "TUR") == border_between("TUR", "SYR")
