"""Contract: who is told to stand in a town, or to hold a site or a part of it, holds it as far as one part tells."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"


@pytest.mark.parametrize(
    "text",
    ["The army said its soldiers were still holding out in Azaz.",
     "The army said on Monday that its troops still held on in the town of Azaz.",
     "The army continued to hold out in Azaz.", "The army clung on in the town of Azaz.",
     "Fighting went on in Azaz. The army said its forces were still holding on in the town.",
     "Army troops still control positions in Azaz.",
     "The army said its troops still controlled the airport in Azaz.",
     "Rebels attacked Azaz. The army said its troops still controlled the airport.",
     "The army held the military base near the centre of Azaz, while shells fell."],
)  # fmt: skip
def test_who_holds_out_in_a_town_or_in_a_site_of_it_has_a_foothold(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).ties("controls") == {("syrian-army", AZAZ)}


@pytest.mark.parametrize(
    "text",
    ["The YPG holds parts of Azaz.", "The YPG still holds parts of the town of Azaz.",
     "The YPG still controls the west of Azaz.", "The YPG holds the northern part of Azaz.",
     "The YPG controls half of Azaz.", "The YPG holds a third of Azaz.", "The YPG captured about half of Azaz.",
     "The YPG seized several districts of the city of Azaz.", "The YPG has retaken parts of Azaz.",
     "The YPG held several districts of Azaz.",
     "The YPG holds the eastern part of Azaz and the army controls the south of Afrin."],
)  # fmt: skip
def test_who_holds_a_part_of_a_town_has_a_foothold(text: str, gazetteer: Gazetteer) -> None:
    assert ("ypg", AZAZ) in read(text, gazetteer).ties("controls")


@pytest.mark.parametrize("share", ["most if not all of", "most, if not all, of"])
def test_most_if_not_all_of_a_town_is_most_of_it(share: str, gazetteer: Gazetteer) -> None:
    found = read(f"The YPG controls {share} Azaz.", gazetteer)
    assert found.ties("controls") == {("ypg", AZAZ)}
    assert [tie.certainty for tie in found.reading.relations] == ["stated"]


def test_an_if_not_that_tells_of_no_degree_is_a_condition(gazetteer: Gazetteer) -> None:
    (event,) = read("If not stopped, the army will have captured Azaz.", gazetteer).events("capture")
    assert event.certainty in ("conditional", "projected")


@pytest.mark.parametrize(
    "text",
    ["The army said its soldiers were holding talks in Azaz.", "The army held on to its plans in Azaz.",
     "The army held out the prospect of a truce in Azaz.", "The army held prisoners in Azaz.",
     "The army controls the airport.", "The army controlled the airport road to Azaz.",
     "The army fought for control of the west of Azaz.", "The YPG controls the north of Syria.",
     "The YPG controls 20 percent of Azaz.", "The YPG captured 20 percent of Azaz.",
     "The YPG captured parts of the north of Syria.", "The YPG captured half of the villages in Azaz.",
     "The army controls areas around Azaz.",
     "The army controls the north of the country. Rebels left Azaz.",
     "Rebels attacked Azaz and Afrin. The army said its troops still controlled the airport."],
)  # fmt: skip
def test_what_is_held_beside_a_town_or_is_no_ground_gives_no_foothold(text: str, gazetteer: Gazetteer) -> None:
    assert not read(text, gazetteer).ties("controls")


@pytest.mark.parametrize(
    ("text", "certainty"),
    [("The army no longer holds parts of Azaz.", "denied"), ("The army will hold out in Azaz.", "projected"),
     ("Rebels denied that the army still held positions in Azaz.", "denied"),
     ("The army said its soldiers were still holding out in Azaz.", "claimed")],
)  # fmt: skip
def test_a_foothold_is_as_certain_as_its_sentence(text: str, certainty: str, gazetteer: Gazetteer) -> None:
    assert {tie.certainty for tie in read(text, gazetteer).reading.relations if tie.relation == "controls"} == {
        certainty
    }
