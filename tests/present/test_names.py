"""A reader meets names, never ids, where a name exists."""

from __future__ import annotations

from dataclasses import replace

from tidings.present.names import Names, shows_geonames
from tidings.release.released import Released


def test_places_crossings_parties_and_roads_have_names(released: Released) -> None:
    names = Names.of(released)
    assert names["pellan"] == "Pellan"
    assert names["sorrel"] == "Sorrel Bridge"
    assert names["relief"] == "the relief office"
    assert names["r1"] == "Pellan–Kelmar road"


def test_an_unresolved_place_is_called_as_the_report_calls_it(released: Released) -> None:
    assert Names.of(released)["unresolved-nowhereton"] == "Nowhereton"


def test_an_id_that_nothing_names_is_made_readable(released: Released) -> None:
    assert Names.of(released)["free-river-guard"] == "free river guard"


def test_an_answer_is_a_partys_name_or_a_plain_word(released: Released) -> None:
    names = Names.of(released)
    assert [names.answer(value) for value in ("army", "yes", "closed")] == [
        "Northern army",
        "yes",
        "closed to most or all",
    ]


def test_geonames_is_credited_where_a_place_is_noted_to_come_from_it(released: Released) -> None:
    noted = released.geography.places[0].model_copy(update={"note": "GeoNames 172082"})
    geography = replace(released.geography, places=(noted, *released.geography.places[1:]))
    bare = replace(released, readings=())
    assert not shows_geonames(bare)
    assert shows_geonames(replace(bare, geography=geography))
