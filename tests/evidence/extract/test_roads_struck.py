"""Contract: a bridge on a road that is destroyed cuts the road; a road under fire is fought along, and not closed."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, ALEPPO = "gn172082", "gn170063"


@pytest.mark.parametrize(
    "sentence",
    ["A bridge on the road between Azaz and Aleppo was destroyed.",
     "Hezbollah blew up the bridge linking Azaz with Aleppo.", "The bridge between Azaz and Aleppo was blown up."],
)  # fmt: skip
def test_a_bridge_destroyed_on_a_road_cuts_it(sentence: str, gazetteer: Gazetteer) -> None:
    assert [event.places for event in read(sentence, gazetteer).events("road_cut")] == [(AZAZ, ALEPPO)]


@pytest.mark.parametrize(
    "sentence",
    ["The road from Azaz to Aleppo is under Russian fire.",
     "The highway between Azaz and Aleppo is under constant fire.",
     "The road from Azaz to Aleppo remains under heavy sniper fire."],
)  # fmt: skip
def test_a_road_under_fire_is_shelled(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert [event.places for event in told.events("shelling")] == [(AZAZ, ALEPPO)]
    assert told.events("road_cut") == []


@pytest.mark.parametrize(
    "sentence",
    ["The government came under fire over the road to Azaz.", "The mayor of Azaz is under fire.",
     "A fire destroyed homes on the road to Azaz.", "The destroyed bridge between Azaz and Aleppo was rebuilt.",
     "A bridge in Azaz was damaged.", "Fire crews took the road to Azaz."],
)  # fmt: skip
def test_criticism_fires_and_old_damage_tell_of_no_such_thing(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert [*told.events("shelling"), *told.events("road_cut")] == []


def test_a_bridge_that_somebody_tried_to_destroy_stands(gazetteer: Gazetteer) -> None:
    (cut,) = read("Hezbollah tried to destroy the bridge between Azaz and Aleppo.", gazetteer).events("road_cut")
    assert cut.certainty == "projected"
