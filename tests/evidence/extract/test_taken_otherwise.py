"""Contract: a country that others left takes nothing; taking a town into account, or its people, takes no town."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


@pytest.mark.parametrize(
    "sentence",
    ["Fighters who left Iraq took Azaz.", "Men who have since fled Iraq seized Azaz on Monday.",
     "Troops that entered Iraq captured Azaz.", "Men fleeing Iraq took Azaz.",
     "Fighters who left Iraq and Turkey took Azaz."],
)  # fmt: skip
def test_a_country_that_others_left_takes_nothing(sentence: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(sentence, gazetteer).events("capture")
    assert (capture.actors, capture.places) == ((), (AZAZ,))


@pytest.mark.parametrize(
    "sentence",
    ["Turkey took Azaz.", "People who fled say that Turkey took Azaz.", "Turkey, which left Iraq, took Azaz.",
     "Refugees who spoke said Turkey took Azaz."],
)  # fmt: skip
def test_a_country_that_is_itself_the_subject_takes_it(sentence: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(sentence, gazetteer).events("capture")
    assert (capture.actors, capture.places) == (("turkey",), (AZAZ,))


@pytest.mark.parametrize(
    "sentence", ["Northern Iraq lost Azaz.", "Southern Turkey lost power in Azaz.", "Eastern Turkey gained ground."]
)
def test_a_part_of_a_country_is_no_government(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert [event.actors for event in told.reading.events if event.actors] == []
    assert "turkey" not in told.parties()


@pytest.mark.parametrize(
    "sentence",
    ["Turkey took Azaz refugees.", "Turkey seized Azaz grain.", "Turkey took Azaz children to Ankara.",
     "Turkey has captured Azaz fighters.", "Azaz refugees were taken by Turkey.", "Turkey takes Azaz into account.",
     "The army takes Azaz very seriously.", "Azaz was taken into account by Turkey.",
     "Turkey took Azaz for granted."],
)  # fmt: skip
def test_what_is_taken_of_a_town_or_for_something_is_no_capture(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).events("capture") == []


@pytest.mark.parametrize(
    "sentence",
    ["Turkey took Azaz unopposed.", "Turkey captured Azaz town.", "Turkey took Azaz as the rebels fled.",
     "Turkey captured Azaz by surprise."],
)  # fmt: skip
def test_what_else_stands_behind_a_town_that_is_taken_hides_nothing(sentence: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(sentence, gazetteer).events("capture")
    assert (capture.actors, capture.places) == (("turkey",), (AZAZ,))


@pytest.mark.parametrize(
    "sentence",
    ["Turkey holds Azaz dear.", "Turkey still holds Azaz responsible.", "Turkey holds Azaz in high esteem."],
)
def test_who_holds_a_town_dear_or_responsible_does_not_hold_it(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).ties("controls") == set()


@pytest.mark.parametrize(
    "text",
    ["Rebels took Azaz for a second time.", "Azaz was taken for a third time by the army.",
     "Rebels took Azaz along with three villages.", "Rebels took Azaz as a first step.",
     "The army took Azaz for an hour on Monday.", "The army took Azaz by surprise."],
)  # fmt: skip
def test_how_or_how_often_a_town_was_taken_leaves_that_it_was(text: str, gazetteer: Gazetteer) -> None:
    assert [event.places for event in read(text, gazetteer).events("capture")] == [(AZAZ,)]


@pytest.mark.parametrize(
    "text",
    ["The army cleared Azaz of mines.", "The road from Azaz to Mare was cleared of landmines by the army.",
     "The road between Azaz and Mare was reopened on Tuesday after the army cleared it of mines."],
)  # fmt: skip
def test_who_clears_mines_takes_no_town(text: str, gazetteer: Gazetteer) -> None:
    assert read(text, gazetteer).events("capture") == []


def test_who_clears_a_town_of_fighters_takes_it(gazetteer: Gazetteer) -> None:
    (event,) = read("The army cleared Azaz of militants.", gazetteer).events("capture")
    assert event.places == (AZAZ,)
