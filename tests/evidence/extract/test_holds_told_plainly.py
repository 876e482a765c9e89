"""Contract: common statements of who holds a place are read, whichever words tell them."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN = "gn172082", "gn174186"


@pytest.mark.parametrize(
    "text",
    ["The YPG is in control of Azaz.", "YPG fighters are now in full control of Azaz.",
     "The YPG said that it was in complete control of Azaz.", "The YPG says it remains in firm control of Azaz.",
     "Monday's fighting left the YPG in control of Azaz.", "Clashes shook Azaz. It is now under YPG control.",
     "Azaz was shelled. The town itself remains in YPG hands.", "Azaz returned to YPG control.",
     "Azaz has reverted to YPG control.", "Azaz passed into YPG hands on Monday.",
     "Control of Azaz went to the YPG."],
)  # fmt: skip
def test_who_is_in_control_holds_the_place(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).ties("controls") == {("ypg", AZAZ)}


@pytest.mark.parametrize(("side", "party"), [("government", "syria"), ("army", "syrian-army"), ("Turkish", "turkey")])
def test_a_place_can_go_back_to_a_state(side: str, party: str, gazetteer: Gazetteer) -> None:
    assert read(f"Azaz was returned to {side} control.", gazetteer).ties("controls") == {(party, AZAZ)}


@pytest.mark.parametrize(
    "text",
    ["The YPG is in control of the roads to Azaz.", "Refugees from Azaz returned to government control.",
     "The hospital in Azaz was hit. It is now under YPG control.", "The YPG is no longer in control of Azaz."],
)  # fmt: skip
def test_what_else_is_controlled_or_returns_is_not_the_place(text: str, gazetteer: Gazetteer) -> None:
    assert not read(text, gazetteer).ties("controls")


def test_control_of_several_places_goes_to_whom_each_is_told(gazetteer: Gazetteer) -> None:
    told = read("Control of Azaz went to rebels, and control of Afrin to the YPG.", gazetteer)
    assert told.ties("controls") == {("rebels", AZAZ), ("ypg", AFRIN)}


@pytest.mark.parametrize("words", ["disputed between", "contested between", "contested by"])
def test_a_disputed_place_is_claimed_by_each(words: str, gazetteer: Gazetteer) -> None:
    told = read(f"Azaz is {words} the army and the YPG.", gazetteer)
    assert told.ties("controls") == {("syrian-army", AZAZ), ("ypg", AZAZ)}
    assert {tie.certainty for tie in told.reading.relations} == {"claimed"}


@pytest.mark.parametrize("words", ["regained control over", "took full control over", "regained full control of"])
def test_control_over_a_place_is_taken(words: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"The YPG {words} Azaz and the surrounding villages.", gazetteer).events("capture")
    assert (event.actors, event.places) == (("ypg",), (AZAZ,))


@pytest.mark.parametrize("words", ["handed to the YPG by rebels", "handed back to the YPG", "handed over to the YPG"])
def test_a_place_is_handed_to_a_party(words: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"Azaz was {words}.", gazetteer).events("territory_transferred")
    assert (event.actors, event.places) == (("ypg",), (AZAZ,))


def test_what_is_handed_to_people_who_do_not_fight_is_no_place(gazetteer: Gazetteer) -> None:
    told = read("Azaz was handed to residents. Food was handed to rebels in Azaz.", gazetteer)
    assert not told.events("territory_transferred")
