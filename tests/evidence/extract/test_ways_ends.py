"""Contract: what strikes a road tells of both its ends; a road below the heading of a place leads from there."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN, ALEPPO = "gn172082", "gn174186", "gn170063"


@pytest.mark.parametrize(
    "text",
    ["The Azaz–Afrin road was shelled.", "The Azaz-Afrin road came under shelling on Monday.",
     "The road from Azaz to Afrin was shelled.", "The army shelled the Azaz–Afrin road."],
)  # fmt: skip
def test_a_road_that_is_shelled_is_told_by_both_its_ends(text: str, gazetteer: Gazetteer) -> None:
    (event,) = read(text, gazetteer).events("shelling")
    assert set(event.places) == {AZAZ, AFRIN}


@pytest.mark.parametrize(
    ("text", "place"),
    [("Shelling in Afrin cut the road between Azaz and Aleppo.", AFRIN), ("Afrin was shelled.", AFRIN),
     ("The Aleppo road near Azaz was quiet, but Afrin was shelled.", AFRIN)],
)  # fmt: skip
def test_what_strikes_a_place_beside_a_road_tells_of_it_alone(text: str, place: str, gazetteer: Gazetteer) -> None:
    (event,) = read(text, gazetteer).events("shelling")
    assert event.places == (place,)


@pytest.mark.parametrize(
    "text",
    ["Azaz\nRoad to Afrin: closed\nRoad to Aleppo: open",
     "Azaz\n\n- Road to Afrin: closed\n- Main road to Aleppo: open"],
)  # fmt: skip
def test_a_road_below_a_heading_leads_from_the_place_that_it_names(text: str, gazetteer: Gazetteer) -> None:
    found = read(text, gazetteer)
    assert [event.places for event in found.events("road_cut")] == [(AZAZ, AFRIN)]
    assert [event.places for event in found.events("road_opened")] == [(AZAZ, ALEPPO)]


@pytest.mark.parametrize("text", ["Road to Afrin: closed", "Azaz\n\nThe army closed the road to Afrin."])
def test_a_road_without_a_heading_or_in_a_sentence_has_the_ends_that_it_names(text: str, gazetteer: Gazetteer) -> None:
    assert [event.places for event in read(text, gazetteer).events("road_cut")] == [(AFRIN,)]


@pytest.mark.parametrize(
    "text", ["Fighting took place along the Azaz–Afrin road.", "The army captured hills along the Azaz–Afrin road."]
)
def test_what_is_taken_or_takes_place_along_a_road_takes_no_end_of_it(text: str, gazetteer: Gazetteer) -> None:
    assert not any(event.places for event in read(text, gazetteer).events("capture"))
