"""Contract: the fall of a town ends the siege of that town, whatever else it opens or gives."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, ALEPPO = "gn172082", "gn170063"


@pytest.mark.parametrize(
    "text",
    ["The army withdrew from Azaz. The fall of the city ends an 18-month siege and gives rebels the road to Aleppo.",
     "Rebels entered Azaz on Monday. The capture of the town ended a long siege and left Aleppo cut off.",
     "The fall of Azaz ended a two-year siege and pleased officials in Aleppo.",
     "The loss of Azaz ended the siege and worried officials in Aleppo."],
)  # fmt: skip
def test_the_siege_of_the_town_that_fell_is_over(text: str, gazetteer: Gazetteer) -> None:
    assert {event.places for event in read(text, gazetteer).events("siege_lifted")} == {(AZAZ,)}


def test_of_a_city_that_nobody_named_nothing_is_told(gazetteer: Gazetteer) -> None:
    text = "The fall of the city ends an 18-month siege and gives rebels all towns in Aleppo province."
    assert [event.places for event in read(text, gazetteer).events("siege_lifted")] == [()]


@pytest.mark.parametrize(
    ("text", "places"),
    [("The army lifted the siege and entered Azaz.", (AZAZ,)),
     ("The army broke the siege of Azaz and Aleppo.", (AZAZ, ALEPPO)),
     ("The army ended the siege in Azaz after the fall of Aleppo.", (AZAZ,))],
)  # fmt: skip
def test_a_siege_with_its_own_place_is_of_that(text: str, places: tuple[str, ...], gazetteer: Gazetteer) -> None:
    (lifted,) = read(text, gazetteer).events("siege_lifted")
    assert lifted.places == places
