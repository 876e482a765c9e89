"""Contract: where troops or a road come from is never where a siege ends; what is held is what "which" stands for."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"


@pytest.mark.parametrize(
    "sentence",
    [
        "Army troops reached Azaz from Afrin on Sunday, breaking a siege that began in 2023.",
        "Army troops reached Azaz from the town of Afrin on Sunday, breaking a siege that began in 2023.",
        "The army broke the rebel siege of Azaz, ending two years of encirclement, and reopened the road from Afrin.",
        "The army entered Azaz on Sunday, ending a two-year siege, and opened the road from Afrin.",
    ],
)
def test_a_siege_never_ends_where_troops_or_a_road_come_from(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert {place for event in told.events("siege_lifted") for place in event.places} == {AZAZ}
    assert AFRIN not in {place for event in told.events("capture") for place in event.places}
    assert ("syrian-army", AFRIN) not in told.ties("controls")


def test_the_road_from_a_town_that_is_opened_is_no_siege_that_ends(gazetteer: Gazetteer) -> None:
    told = read("The army entered Azaz on Sunday, ending a two-year siege, and opened the road from Afrin.", gazetteer)
    assert [event.text for event in told.events("siege_lifted")] == ["ending a two-year siege"]


def test_what_is_held_is_what_which_stands_for(gazetteer: Gazetteer) -> None:
    text = "Rebels are trying to encircle Azaz, which the army still holds, cutting Afrin off from the south."
    assert read(text, gazetteer).ties("controls") == {("syrian-army", AZAZ)}
