"""Contract: whose hands a place is in holds it; whose ally one is; who is backed does not back."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


@pytest.mark.parametrize(
    "sentence",
    ["Azaz is still in rebel hands.", "Azaz is in the rebels' hands.", "Azaz is under rebel control.",
     "Azaz remains in the hands of rebels.",
     "The town of Azaz is in rebel hands."],
)  # fmt: skip
def test_a_place_in_somebodys_hands_is_theirs(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).ties("controls") == {("rebels", AZAZ)}


@pytest.mark.parametrize(
    "sentence", ["Azaz was still in their hands, the rebels said.", "“Azaz is still in our hands,” the rebels said."]
)
def test_a_place_in_a_speakers_hands_is_theirs_by_their_word(sentence: str, gazetteer: Gazetteer) -> None:
    (tie,) = read(sentence, gazetteer).reading.relations
    assert (tie.subject, tie.relation, tie.object, tie.certainty) == ("rebels", "controls", AZAZ, "claimed")


def test_two_who_each_say_that_they_hold_a_place_disagree(gazetteer: Gazetteer) -> None:
    text = "The army said it controlled Azaz. Azaz was still in their hands, the rebels said."
    (quarrel,) = read(text, gazetteer).reading.disagreements
    assert len(quarrel.positions) == 2


@pytest.mark.parametrize(
    "sentence",
    ["The hostages from Azaz are in rebel hands.", "Parts of Azaz are in rebel hands.",
     "Villages near Azaz are under rebel control."],
)  # fmt: skip
def test_what_is_held_beside_a_town_is_not_the_town(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).ties("controls") == set()


def test_our_hands_without_a_speaker_are_nobodys(gazetteer: Gazetteer) -> None:
    assert read("Azaz is in our hands.", gazetteer).ties("controls") == set()


@pytest.mark.parametrize(
    "sentence",
    ["Hezbollah is Iran's ally.", "Hezbollah, Iran's closest ally, captured Azaz.",
     "Iran's ally Hezbollah captured Azaz."],
)  # fmt: skip
def test_whose_ally_one_is(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert told.ties("ally_of") == {("hezbollah", "iran")}


def test_an_ally_acts_and_not_whose_ally_it_is(gazetteer: Gazetteer) -> None:
    (event,) = read("Iran's ally Hezbollah captured Azaz.", gazetteer).events("capture")
    assert event.actors == ("hezbollah",)


@pytest.mark.parametrize(
    "sentence", ["M23 rebels backed by Turkey attacked Azaz.", "Turkey backed the M23 rebels in Azaz."]
)
def test_who_is_backed_does_not_back(sentence: str, gazetteer: Gazetteer) -> None:
    assert read(sentence, gazetteer).ties("supports") == {("turkey", "m23")}


@pytest.mark.parametrize(
    "sentence",
    ["Rebels held the army responsible for the deaths in Azaz.", "Rebels held talks in Azaz.",
     "The rebel stronghold of Azaz was captured on Monday."],
)  # fmt: skip
def test_holding_something_else_or_having_lost_it_is_not_holding(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert not {tie for tie in told.ties("controls") if tie[0] == "rebels"}


@pytest.mark.parametrize("sentence", ["Rebel held Azaz was calm.", "The rebel stronghold of Azaz was calm."])
def test_a_compound_without_its_hyphen_and_a_stronghold_are_held(sentence: str, gazetteer: Gazetteer) -> None:
    assert {tie[0] for tie in read(sentence, gazetteer).ties("controls")} == {"rebels"}


@pytest.mark.parametrize(
    "text",
    ["The Russian-occupied city of Azaz was hit.", "Shells fell near the market of the Russian-occupied town of Azaz.",
     "Drones struck the Russian-occupied city on Monday."],
)  # fmt: skip
def test_a_town_called_occupied_is_not_told_to_be_taken(text: str, gazetteer: Gazetteer) -> None:
    assert not read(text, gazetteer).events("capture")


def test_who_occupies_a_town_by_its_epithet_holds_it(gazetteer: Gazetteer) -> None:
    told = read("The Russian-occupied city of Azaz was hit.", gazetteer)
    assert told.ties("controls") == {("russia", "gn172082")}
