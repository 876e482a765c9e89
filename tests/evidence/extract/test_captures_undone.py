"""Contract: who is driven out of what he took loses it; a place handed over is then its taker's."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


def told(text: str, gazetteer: Gazetteer) -> list[tuple[str, list[str], list[str], list[str]]]:
    reading = read(text, gazetteer)
    types = ("capture", "loss", "hold", "retreat", "territory_transferred")
    return [
        (event.type, *(reading.names(ids) for ids in (event.actors, event.targets, event.places)))
        for event in reading.reading.events if event.type in types
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Rebels stormed Azaz but were pushed back.", "Rebels briefly seized Azaz before being driven out.",
     "Rebels had taken Azaz but were soon beaten off.", "Rebels overran Azaz, only to be thrown out hours later.",
     "The rebels captured Azaz but were forced out a day later.",
     "Azaz was captured by the rebels, who were then expelled.",
     "Azaz was captured by the rebels before they were driven out again.",
     "Rebels seized Azaz, but they were swiftly driven back under heavy fire.",
     "Rebels took Azaz but were later ousted from it.", "Rebels took Azaz and were then chased out of the town.",
     "Rebels captured Azaz on Monday but were dislodged on Tuesday."],
)  # fmt: skip
def test_who_is_driven_out_of_what_he_took_loses_it(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [("capture", ["rebels"], [], ["Azaz"]), ("loss", ["rebels"], [], ["Azaz"])]


@pytest.mark.parametrize(
    ("text", "then"),
    [("Rebels took Azaz but were soon ousted from the town by the YPG.", ("capture", ["YPG"], ["rebels"], ["Azaz"])),
     ("Rebels seized Azaz before being driven out by the army.",
      ("capture", ["Syrian army"], ["rebels"], ["Azaz"])),
     ("Rebels stormed Azaz but were pushed back by the army.", ("hold", ["Syrian army"], ["rebels"], ["Azaz"]))],
)  # fmt: skip
def test_who_drives_out_who_took_a_place_has_it(
    text: str, then: tuple[str, list[str], list[str], list[str]], gazetteer: Gazetteer
) -> None:
    assert told(text, gazetteer) == [
        ("capture", ["rebels"], [], ["Azaz"]), ("loss", ["rebels"], [], ["Azaz"]), then,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["Rebels tried to seize Azaz but were pushed back.", "Rebels nearly captured Azaz before being driven back.",
     "Rebels captured Azaz but were pushed back in Mare.", "Rebels seized Azaz but the army was pushed back.",
     "Rebels seized Azaz and residents were driven out.", "Rebels took Azaz and were forced to pay.",
     "Rebels seized Azaz after being driven out of Mare."],
)  # fmt: skip
def test_who_never_took_a_place_or_is_turned_back_elsewhere_does_not_lose_it(text: str, gazetteer: Gazetteer) -> None:
    assert [event.places for event in read(text, gazetteer).events("loss") if AZAZ in event.places] == []


def test_who_says_himself_that_he_was_driven_out_is_who_lost_it(gazetteer: Gazetteer) -> None:
    reading = read("Rebels said they seized Azaz but were driven out.", gazetteer)
    (loss,) = reading.events("loss")
    assert (reading.names(loss.actors), loss.certainty) == (["rebels"], "claimed")


@pytest.mark.parametrize(
    "text",
    ["The army took Azaz but was forced to withdraw.", "The army took Azaz but later pulled out.",
     "The army took Azaz before withdrawing on Tuesday."],
)  # fmt: skip
def test_a_withdrawal_right_behind_a_capture_leaves_what_was_taken(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer)[-1] == ("retreat", ["Syrian army"], [], ["Azaz"])


def test_a_withdrawal_of_others_leaves_that_open(gazetteer: Gazetteer) -> None:
    assert told("The army captured Azaz, and rebels withdrew.", gazetteer)[-1] == ("retreat", ["rebels"], [], [])


@pytest.mark.parametrize(
    "text",
    ["The SDF handed Azaz over to the YPG.", "The SDF handed over Azaz to the YPG.",
     "The SDF has handed Azaz town over to the YPG.", "The SDF turned Azaz over to the YPG.",
     "The SDF gave Azaz up to the YPG.", "The SDF ceded Azaz to the YPG.",
     "Azaz was handed over to the YPG by the SDF.", "The SDF handed control of Azaz to the YPG."],
)  # fmt: skip
def test_a_place_that_is_handed_over_is_its_takers(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [("territory_transferred", ["YPG"], ["Syrian Democratic Forces"], ["Azaz"])]


@pytest.mark.parametrize("text", ["The rebels surrendered Azaz.", "The rebels gave Azaz up."])
def test_who_hands_a_place_to_nobody_named_has_lost_it(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [
        ("territory_transferred", [], ["rebels"], ["Azaz"]), ("loss", ["rebels"], [], ["Azaz"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["The SDF handed Azaz over to Turkey.", "The SDF ceded the town of Azaz to Turkey.",
     "The SDF surrendered control of Azaz to Turkey."],
)  # fmt: skip
def test_a_country_that_a_place_is_handed_to_has_it(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [
        ("territory_transferred", ["Turkish government"], ["Syrian Democratic Forces"], ["Azaz"])
    ]


def test_a_country_that_people_are_taken_to_is_no_party(gazetteer: Gazetteer) -> None:
    assert read("The army lost its way from Azaz to Turkey.", gazetteer).parties() == {"syrian-army"}


def test_every_place_that_is_handed_over_is(gazetteer: Gazetteer) -> None:
    found = told("The SDF handed Azaz and Mare over to the YPG.", gazetteer)
    assert [(actors, places) for _, actors, _, places in found] == [(["YPG"], ["Azaz"]), (["YPG"], ["Mare"])]


@pytest.mark.parametrize("text", ["The army won Azaz back from rebels.", "The army clawed Azaz back from rebels."])
def test_a_place_won_back_is_taken(text: str, gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [("capture", ["Syrian army"], ["rebels"], ["Azaz"])]


def controllers(reading: Read) -> set[tuple[str, ...]]:
    return {tuple(reading.names(pair)) for pair in reading.ties("controls")}


@pytest.mark.parametrize(
    "text",
    ["Azaz changed hands twice and was under army control by nightfall.", "Azaz is now in army hands.",
     "By evening Azaz was in army hands.", "The army-held town of Azaz is quiet.", "Azaz is under military control.",
     "Azaz changed hands several times; it is now under the army's control.",
     "Control of Azaz passed to the army.", "Control of Azaz was handed back to the army on Monday.",
     "Control of Azaz was reportedly transferred to the army."],
)  # fmt: skip
def test_a_place_under_army_control_is_the_armys(text: str, gazetteer: Gazetteer) -> None:
    assert controllers(read(text, gazetteer)) == {("Syrian army", "Azaz")}


@pytest.mark.parametrize(
    "text",
    ["Control of Azaz was claimed by the army.", "Control over Azaz is claimed by the army.",
     "Control of the town of Azaz has been claimed by the army.", "Control of Azaz was claimed on Monday by the army."],
)  # fmt: skip
def test_control_that_is_claimed_is_the_claimers_own_word(text: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer)
    (tie,) = [tie for tie in reading.reading.relations if tie.relation == "controls"]
    speakers = {said.id: reading.names(said.speakers) for said in reading.reading.attributions}
    assert (reading.names((tie.subject,)), tie.object, tie.certainty) == (["Syrian army"], AZAZ, "claimed")
    assert tie.attribution is not None
    assert speakers[tie.attribution] == ["Syrian army"]


@pytest.mark.parametrize(
    "text",
    ["Control of Azaz was not claimed by the army.", "Control of Azaz is disputed by the army.",
     "Control of Azaz airport was claimed by the army.", "The army handed control of Azaz to somebody.",
     "Control of Azaz was claimed by fighters trained by Turkey."],
)  # fmt: skip
def test_control_that_nobody_claims_or_has_is_no_control(text: str, gazetteer: Gazetteer) -> None:
    assert controllers(read(text, gazetteer)) == set()
