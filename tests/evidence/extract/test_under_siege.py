"""Contract: towns that are told to be under a siege, and roads that are made impassable, in whatever order of words."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "actors"),
    [("Azaz is under a Syrian army blockade.", ["Syrian army"]), ("Azaz has been under a tight siege since May.", []),
     ("The Syrian army has Azaz under siege.", ["Syrian army"]),
     ("The Syrian army keeps the town of Azaz under siege.", ["Syrian army"])],
)  # fmt: skip
def test_a_town_under_somebody_s_siege_is_besieged_by_him(text: str, actors: list[str], gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    (siege,) = told.reading.events
    assert (siege.type, told.names(siege.places), told.names(siege.actors)) == ("siege", ["Azaz"], actors)


@pytest.mark.parametrize(
    "text",
    ["Rain has made the last road from Aleppo to Azaz impassable.", "The road between Aleppo and Azaz is mined.",
     "Mud left the road from Aleppo to Azaz unusable."],
)  # fmt: skip
def test_a_road_that_is_mined_or_made_impassable_is_cut(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert [(e.type, told.names(e.places)) for e in told.reading.events] == [("road_cut", ["Aleppo", "Azaz"])]


def test_a_town_that_is_cut_off_from_the_world_has_its_roads_cut_and_no_siege(gazetteer: Gazetteer) -> None:
    told = read("Azaz is cut off from the outside world, residents said.", gazetteer)
    assert [(e.type, told.names(e.places)) for e in told.reading.events] == [("road_cut", ["Azaz"])]


@pytest.mark.parametrize("text", ["Azaz is under rebel control.", "The blockade is a burden.", "Azaz is under fire."])
def test_other_things_under_which_a_town_is_are_no_siege(text: str, gazetteer: Gazetteer) -> None:
    assert not [e for e in read(text, gazetteer).reading.events if e.type == "siege"]
