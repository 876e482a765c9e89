"""Contract: two parties that hold parts of one town both hold it in part; one part alone is a foothold."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"


@pytest.mark.parametrize(
    "text",
    ["The YPG hold the northern part of Azaz while army troops control the south.",
     "Azaz is divided: the YPG holds the eastern part of the city, while the army controls the west.",
     "The YPG controls the north of Azaz. The army controls the south.",
     "The YPG controls the north-eastern districts of the town of Azaz, and the army controls the rest.",
     "The YPG controls 70 percent of Azaz and the army the rest.",
     "The YPG controls about 30 per cent of Azaz, while the army holds the rest of the city.",
     "The north of Azaz is held by the YPG and the south by the army.",
     "The YPG holds eastern Azaz, while the western part is controlled by the army.",
     "The YPG controlled the western half of Azaz and the army controlled its eastern half.",
     "Azaz is divided. The YPG holds the east and the army holds the west.",
     "Azaz is split between the YPG and the army."],
)  # fmt: skip
def test_each_of_two_parties_holds_a_divided_town_in_part(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert told.ties("controls") == {("ypg", AZAZ), ("syrian-army", AZAZ)}
    assert not told.ties("part_of")


@pytest.mark.parametrize(
    "text",
    ["The YPG holds the northern part of Azaz.",
     "The YPG holds the northern part of Azaz. The army controls the south of the country.",
     "The YPG holds the northern part of Azaz and the western outskirts of Damascus are calm."],
)  # fmt: skip
def test_one_part_of_a_town_is_a_foothold_of_who_holds_it_and_no_more(text: str, gazetteer: Gazetteer) -> None:
    """It was read as nothing while it would have weighed as the whole town: now its words tell that it is a part."""
    told = read(text, gazetteer)
    assert told.ties("controls") == {("ypg", AZAZ)}
    (tie,) = (tie for tie in told.reading.relations if tie.relation == "controls")
    assert "northern part of Azaz" in text[tie.start : tie.end]


@pytest.mark.parametrize(
    "text", ["The YPG controls 20 percent of Azaz.", "The YPG holds the north of Syria. The army holds the south."]
)
def test_a_small_share_of_a_town_or_a_part_of_a_country_does_not_tell_who_holds_it(
    text: str, gazetteer: Gazetteer
) -> None:
    assert not read(text, gazetteer).ties("controls")


@pytest.mark.parametrize("share", ["about 70 percent", "at least 60 per cent", "80%", "most"])
def test_who_holds_or_takes_most_of_a_town_holds_or_takes_it(share: str, gazetteer: Gazetteer) -> None:
    assert read(f"The YPG controls {share} of Azaz.", gazetteer).ties("controls") == {("ypg", AZAZ)}
    (event,) = read(f"The YPG captured {share} of Azaz.", gazetteer).events("capture")
    assert (event.actors, event.places) == (("ypg",), (AZAZ,))


@pytest.mark.parametrize("taken", ["20 percent of Azaz", "most of the weapons in Azaz", "most of the villages of Azaz"])
def test_a_small_share_or_something_else_is_not_the_town(taken: str, gazetteer: Gazetteer) -> None:
    assert not any(event.places for event in read(f"The YPG seized {taken}.", gazetteer).events("capture"))


def test_a_group_is_part_of_what_stands_right_behind_and_of_nobody_who_holds_another_part(gazetteer: Gazetteer) -> None:
    told = read("The YPG, part of the Syrian Democratic Forces, left Azaz.", gazetteer)
    assert told.ties("part_of") == {("ypg", "syrian-democratic-forces")}
    assert not read("Rebels overran part of the army's lines.", gazetteer).ties("part_of")


@pytest.mark.parametrize("share", ["a third of", "half of", "about a quarter of the city of", "only a fraction of"])
def test_who_captures_a_fraction_of_a_town_does_not_capture_the_town(share: str, gazetteer: Gazetteer) -> None:
    assert not any(event.places for event in read(f"The YPG captured {share} Azaz.", gazetteer).events("capture"))


def test_a_fraction_of_a_town_of_which_nobody_knows_how_small_does_not_tell_who_holds_it(gazetteer: Gazetteer) -> None:
    assert not read("The YPG controls only a fraction of Azaz.", gazetteer).ties("controls")


@pytest.mark.parametrize("share", ["two thirds of", "two-thirds of", "three quarters of"])
def test_fractions_that_are_most_of_a_town_are_most_of_it(share: str, gazetteer: Gazetteer) -> None:
    assert read(f"The YPG controls {share} Azaz.", gazetteer).ties("controls") == {("ypg", AZAZ)}
