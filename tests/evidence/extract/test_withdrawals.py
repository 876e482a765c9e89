"""Contract: a withdrawal that is a noun is of whose it is told to be, and is no gain of theirs."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


@pytest.mark.parametrize(
    "text",
    ["After Russia completed its withdrawal from Azaz, shops opened again.",
     "Following Russia's withdrawal from Azaz, residents came home.",
     "A bakery opened after the Russian withdrawal from Azaz.",
     "Russia began its pull-out from Azaz on Monday.",
     "Moscow finished its withdrawal from the town of Azaz last week.",
     "Russia completed the withdrawal of its forces from Azaz.",
     "Following Russia's withdrawal of troops from Azaz, the market opened."],
)  # fmt: skip
def test_a_country_leaves_what_it_completes_its_withdrawal_from(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    (left,) = told.events("retreat")
    assert (left.actors, left.places, left.certainty) == (("russia",), (AZAZ,), "stated")
    assert not told.events("capture")
    assert not told.ties("controls")


@pytest.mark.parametrize(
    ("text", "leaver"),
    [("After the withdrawal of the rebels from Azaz, schools opened.", "rebels"),
     ("The withdrawal of Russian troops from Azaz was over by noon.", "russian-army"),
     ("The retreat of the army from Azaz began at dawn.", "syrian-army"),
     ("Following the army's withdrawal from Azaz, rebels entered the town.", "syrian-army"),
     ("The army announced the withdrawal of its troops from Azaz.", "syrian-army")],
)  # fmt: skip
def test_a_withdrawal_is_of_those_behind_its_of(text: str, leaver: str, gazetteer: Gazetteer) -> None:
    (left,) = read(text, gazetteer).events("retreat")
    assert (left.actors, left.places) == ((leaver,), (AZAZ,))


@pytest.mark.parametrize(
    ("text", "taker", "leaver"),
    [("Syrian forces recaptured Azaz after Russia completed its withdrawal from the town.", "syrian-army", "russia"),
     ("Rebels took Azaz following Russia's withdrawal from it.", "rebels", "russia"),
     ("Azaz was retaken by rebels following the withdrawal of the army from the town.", "rebels", "syrian-army")],
)  # fmt: skip
def test_who_takes_what_another_left_is_not_who_left_it(
    text: str, taker: str, leaver: str, gazetteer: Gazetteer
) -> None:
    told = read(text, gazetteer)
    assert [(event.actors, event.places) for event in told.events("capture")] == [((taker,), (AZAZ,))]
    assert [(event.actors, event.places) for event in told.events("retreat")] == [((leaver,), (AZAZ,))]


@pytest.mark.parametrize(
    "text",
    ["The withdrawal of observers from Azaz was over by noon.",
     "The withdrawal of the right to trade from merchants in Azaz angered the rebels.",
     "Rebels welcomed the withdrawal of support from Azaz."],
)  # fmt: skip
def test_the_withdrawal_of_others_is_of_no_army(text: str, gazetteer: Gazetteer) -> None:
    assert not any(event.actors for event in read(text, gazetteer).events("retreat"))
