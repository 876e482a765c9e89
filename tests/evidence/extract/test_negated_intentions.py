"""Contract: who has no intention of taking a town has not taken it, and who rules that out does not rule it."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

AZAZ = "gn172082"


@pytest.mark.parametrize(
    "sentence",
    ['"We have no intention of taking control of Azaz or other areas," Hezbollah said.',
     "Hezbollah has no plans to capture Azaz.", "Hezbollah said it had no intention to seize Azaz.",
     "Hezbollah has no desire to take Azaz.", "Hezbollah has no interest in capturing Azaz.",
     "Hezbollah ruled out taking Azaz.", "Hezbollah denied any plans to capture Azaz.",
     "Hezbollah is not seeking to capture Azaz.", "Hezbollah does not intend to take Azaz.",
     "There are no plans to retake Azaz.", "Hezbollah is not planning to storm Azaz."],
)  # fmt: skip
def test_what_nobody_intends_to_take_is_not_taken(sentence: str, gazetteer: Gazetteer) -> None:
    told = read(sentence, gazetteer)
    assert {event.certainty for event in told.events("capture")} <= {"denied"}
    assert told.ties("controls") == set()


@pytest.mark.parametrize(
    "sentence",
    ["Hezbollah did not intend to take Azaz.", "Hezbollah had not planned to take Azaz.",
     "Hezbollah did not want to capture Azaz.", "Hezbollah plans to take Azaz."],
)  # fmt: skip
def test_what_was_intended_or_not_leaves_open_what_came(sentence: str, gazetteer: Gazetteer) -> None:
    assert [event.certainty for event in read(sentence, gazetteer).events("capture")] == ["projected"]


@pytest.mark.parametrize(
    "sentence",
    ["Hezbollah, which has no plans to leave, captured Azaz.", "Hezbollah had no intention of stopping and took Azaz.",
     "Hezbollah had no plan and took Azaz.", "Hezbollah ruled out talks after it captured Azaz.",
     "The army had no plans for Azaz, which Hezbollah captured.",
     "Hezbollah has no intention of leaving after it captured Azaz."],
)  # fmt: skip
def test_an_intention_of_something_else_hides_no_capture(sentence: str, gazetteer: Gazetteer) -> None:
    (capture,) = read(sentence, gazetteer).events("capture")
    assert (capture.actors, capture.places, capture.certainty) == (("hezbollah",), (AZAZ,), "stated")


def test_who_rules_a_town_still_holds_it(gazetteer: Gazetteer) -> None:
    assert read("Hezbollah rules Azaz.", gazetteer).ties("controls") == {("hezbollah", AZAZ)}
