"""Contract: of captures and recaptures in one note each has its own day, its own taker and its own doubt."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize("note", ["Recaptured reportedly by rebels.", "Recaptured, reportedly, by rebels."])
def test_an_adverb_before_by_makes_a_claim_of_a_capture(note: str, gazetteer: Gazetteer) -> None:
    (event,) = read(f"Azaz\n\n{note}", gazetteer).events("capture")
    assert (event.actors, event.certainty) == (("rebels",), "claimed")


@pytest.mark.parametrize(
    "text",
    ["Azaz\n\nCaptured by rebels in February, before recaptured by the army.",
     "Azaz\n\nCaptured by rebels in February before being retaken by the army.",
     "Azaz\n\nCaptured by rebels in February, later recaptured by the army.",
     "Azaz was captured by rebels in February, only to be recaptured by the army."],
)  # fmt: skip
def test_the_day_of_a_capture_is_not_that_of_the_recapture_behind_it(text: str, gazetteer: Gazetteer) -> None:
    first, second = read(text, gazetteer).events("capture")
    assert first.when is not None
    assert (first.when.from_, second.when) == (dt.date(2031, 2, 1), None)
    assert (first.actors, second.actors) == (("rebels",), ("syrian-army",))


def test_who_took_a_place_back_did_not_take_it_first(gazetteer: Gazetteer) -> None:
    text = "Azaz\n\nCaptured in February, before recaptured by the army."
    first, second = read(text, gazetteer).events("capture")
    assert (first.actors, second.actors, second.when) == ((), ("syrian-army",), None)


def test_a_day_that_opens_a_sentence_holds_for_all_of_it(gazetteer: Gazetteer) -> None:
    text = "In February the army captured Azaz, later it took Tell Rifaat."
    assert {event.when.from_ for event in read(text, gazetteer).events("capture") if event.when} == {
        dt.date(2031, 2, 1)
    }
