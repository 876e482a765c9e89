"""Contract: what one loses another takes; what is refused is no denial; a siege whose end is asked for stands."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.geography.gazetteer import Gazetteer

AZAZ, AFRIN, SYRIAN_ARMY = "gn172082", "gn174186", "syrian-army"


@pytest.mark.parametrize(
    "sentence",
    ["The rebels lost Azaz to Islamic State.", "The rebels have lost control of Azaz to Islamic State.",
     "Azaz was lost by the rebels to Islamic State."],
)  # fmt: skip
def test_what_one_loses_to_another_is_a_loss_and_a_capture(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    (loss,), (capture,) = told.events("loss"), told.events("capture")
    assert (told.names(loss.actors), loss.targets, loss.places) == (["rebels"], (), (AZAZ,))
    assert (told.names(capture.actors), told.names(capture.targets)) == (["Islamic State"], ["rebels"])
    assert capture.places == (AZAZ,)


def test_a_loss_that_is_only_feared_is_no_capture_either(gazetteer: Gazetteer) -> None:
    told = read("The rebels could lose Azaz to Islamic State.", gazetteer)
    assert [event.certainty for event in told.reading.events] == ["projected", "projected"]


def test_a_place_that_is_lost_to_nobody_is_taken_by_nobody(gazetteer: Gazetteer) -> None:
    told = read("The rebels lost Azaz on Monday.", gazetteer)
    assert [event.type for event in told.reading.events] == ["loss"]


@pytest.mark.parametrize(
    "sentence",
    ["The army denied 5 of 22 planned aid movements to besieged Azaz.", "The army denied the UN access to Azaz.",
     "The army denied aid convoys entry to Azaz.", "Access to Azaz was denied."],
)  # fmt: skip
def test_denying_access_is_blocking_it(sentence: str, gazetteer: Gazetteer) -> None:
    (event,) = read(sentence, gazetteer).events("aid_blocked")
    assert (event.certainty, event.places, event.attribution) == ("stated", (AZAZ,), None)


@pytest.mark.parametrize(
    "sentence",
    ["The army denied blocking aid to Azaz.", "The army denied that it had blocked aid to Azaz.",
     "The army denied reports that aid was blocked in Azaz."],
)  # fmt: skip
def test_denying_that_access_was_blocked_stays_a_denial(sentence: str, gazetteer: Gazetteer) -> None:
    (event,) = read(sentence, gazetteer).events("aid_blocked")
    assert event.certainty == "denied"


@pytest.mark.parametrize(
    "sentence",
    ["The army denied 5 of 22 planned aid movements to besieged Azaz.",
     "The army denied bombing besieged Azaz.", "Aid may reach people in besieged Azaz."],
)  # fmt: skip
def test_a_town_called_besieged_in_passing_is_besieged(sentence: str, gazetteer: Gazetteer) -> None:
    (event,) = read(sentence, gazetteer).events("siege")
    assert (event.certainty, event.places, event.actors) == ("stated", (AZAZ,), ())


@pytest.mark.parametrize(
    "sentence", ["Rebels said people in besieged Azaz were starving.", "The UN called for aid to besieged Azaz."]
)
def test_a_town_that_a_speaker_calls_besieged_is_besieged_by_their_word(sentence: str, gazetteer: Gazetteer) -> None:
    (event,) = read(sentence, gazetteer).events("siege")
    assert event.certainty == "claimed"


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The UN called for the siege of Azaz to be lifted.", "demanded"),
        ("The UN called on the army to lift the siege of Azaz.", "demanded"),
        ("The rebels vowed to break the siege of Azaz.", "projected"),
        ("The siege of Azaz has not been lifted.", "denied"),
    ],
)
def test_a_siege_whose_end_is_no_fact_stands(sentence: str, certainty: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    (lifted,), (siege,) = told.events("siege_lifted"), told.events("siege")
    assert (lifted.certainty, siege.places) == (certainty, (AZAZ,))
    assert siege.certainty in BELIEVABLE
    assert told.text[siege.start : siege.end] == "siege" == siege.text


def test_a_siege_that_is_broken_does_not_stand(gazetteer: Gazetteer) -> None:
    assert read("Rebels broke the siege of Azaz on Monday.", gazetteer).events("siege") == []


@pytest.mark.parametrize("sentence", ["The rebels besieged Azaz.", "The rebels captured Afrin and besieged Azaz."])
def test_besieged_behind_a_party_is_what_it_does(sentence: str, gazetteer: Gazetteer) -> None:
    (event,) = read(sentence, gazetteer).events("siege")
    assert (event.actors, event.places) == (("rebels",), (AZAZ,))


@pytest.mark.parametrize(
    "sentence", ["Rebels lost Azaz to the army's surprise.", "Rebels lost Azaz to the army's joy."]
)
def test_whose_surprise_it_is_takes_nothing(sentence: str, gazetteer: Gazetteer) -> None:
    assert [event.type for event in read(sentence, gazetteer).reading.events] == ["loss"]


def test_denying_that_a_siege_was_lifted_does_not_deny_the_siege(gazetteer: Gazetteer) -> None:
    told = read("The army denied that the siege of Azaz had been lifted.", gazetteer)
    (siege,), (lifted,) = told.events("siege"), told.events("siege_lifted")
    assert (siege.certainty, siege.places, lifted.certainty) == ("claimed", (AZAZ,), "denied")


def test_denying_the_siege_denies_it(gazetteer: Gazetteer) -> None:
    (siege,) = read("The army denied the siege of Azaz.", gazetteer).events("siege")
    assert siege.certainty == "denied"


@pytest.mark.parametrize("sentence", ["Azaz fell into rebel hands.", "Azaz fell under rebel control on Sunday."])
def test_falling_into_hands_is_a_capture(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    (capture,) = told.events("capture")
    assert (told.names(capture.actors), capture.places) == (["rebels"], (AZAZ,))


def test_falling_into_anything_else_is_none(gazetteer: Gazetteer) -> None:
    assert read("Azaz fell into despair as rebels left.", gazetteer).events("capture") == []


def test_reaching_a_town_that_another_sentence_calls_besieged_is_no_relief_told(gazetteer: Gazetteer) -> None:
    told = read("Azaz has been besieged by rebels for months. The army reached Azaz on Friday.", gazetteer)
    assert told.events("siege_lifted") == []
    (advance,) = told.events("advance")
    assert advance.places == (AZAZ,)
