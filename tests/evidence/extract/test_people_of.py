"""Contract: who takes or holds the people of a place does not take or hold the place."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    "text",
    ["The army did not capture the governor of Azaz.", "The army captured the police chief of Azaz.",
     "The army captured the mayor of the town of Azaz and two officers.",
     "The army captured the mayors of Azaz and Tell Rifaat.", "The governor of Azaz was captured by the army.",
     "Fighters from Azaz were captured by the army.", "Azaz residents were seized by the army.",
     "The capture of the governor of Azaz by the army shocked many.", "The rebels took Azaz hostages.",
     "The rebels took Azaz residents hostage.", "The rebels took two Azaz women prisoner.",
     "The army lost the commander of Azaz.", "The army holds the governor of Azaz.", "The army holds Azaz residents."],
)  # fmt: skip
def test_people_are_taken_and_not_their_town(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert told.events("capture") == []
    assert told.events("loss") == []
    assert told.ties("controls") == set()


@pytest.mark.parametrize(
    "text",
    ["The army captured the town of Azaz.", "The army captured Azaz, residents said.",
     "The army captured Azaz, killing 20 people.", "The army captured the governor of Idlib and took Azaz."],
)  # fmt: skip
def test_a_town_beside_people_is_taken(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert [told.names(event.places) for event in told.events("capture")] == [["Azaz"]]


def test_who_besieges_the_people_of_a_town_besieges_it(gazetteer: Gazetteer) -> None:
    told = read("The army besieged the people of Azaz.", gazetteer)
    assert [told.names(event.places) for event in told.events("siege")] == [["Azaz"]]
