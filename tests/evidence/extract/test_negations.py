"""Contract: a negation denies an event only where it falls on the event, and not on when, how or whether it might."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import read
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.geography.gazetteer import Gazetteer

FRIDAY = (dt.date(2031, 2, 28), dt.date(2031, 3, 1))


def only(text: str, kind: str, gazetteer: Gazetteer) -> Event:
    (event,) = read(text, gazetteer).events(kind)
    return event


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The rebels did not retreat from Azaz until Friday.", "retreat"),
        ("The rebels didn't withdraw from Azaz until Friday.", "retreat"),
        ("The army did not capture Azaz until Friday.", "capture"),
        ("Azaz was not captured until Friday by the army.", "capture"),
        ("Not until Friday did the army capture Azaz.", "capture"),
        ("It was not until Friday that the army captured Azaz.", "capture"),
        ("The army failed to capture Azaz until Friday.", "capture"),
        ("No army captured Azaz until Friday.", "capture"),
        ("12 people were not evacuated from Azaz until Friday.", "evacuation"),
    ],
)
def test_what_was_not_until_a_day_was_on_that_day(text: str, kind: str, gazetteer: Gazetteer) -> None:
    event = only(text, kind, gazetteer)
    assert event.when is not None
    assert (event.certainty, event.when.from_, event.when.until) == ("stated", *FRIDAY)


def test_what_has_not_been_until_now_is_still_denied(gazetteer: Gazetteer) -> None:
    assert only("The rebels have not withdrawn from Azaz until now.", "retreat", gazetteer).certainty == "denied"


@pytest.mark.parametrize(
    "text",
    ["The army did not capture Azaz alone.", "The army did not capture Azaz on its own.",
     "The army hadn't taken Azaz by itself.", "Azaz was not captured by the army alone.",
     "The army did not take Azaz without Russian help.",
     "The army did not capture Azaz because of Russia but because of Iran."],
)  # fmt: skip
def test_a_negation_of_how_a_place_was_taken_leaves_that_it_was(text: str, gazetteer: Gazetteer) -> None:
    assert only(text, "capture", gazetteer).certainty == "stated"


@pytest.mark.parametrize(
    "text",
    ["The army did not capture Azaz.", "The army has yet to capture Azaz.", "The army never took Azaz.",
     "The army could not capture Azaz without Russian help.",
     "The army did not capture Azaz and the rebels fought alone.",
     "The army did not capture Azaz from the rebels but Tell Rifaat."],
)  # fmt: skip
def test_a_negation_of_the_taking_itself_denies_it(text: str, gazetteer: Gazetteer) -> None:
    assert only(text, "capture", gazetteer).certainty == "denied"


def test_of_two_days_the_one_behind_but_is_the_day(gazetteer: Gazetteer) -> None:
    event = only("The army did not capture Azaz on Monday but on Tuesday.", "capture", gazetteer)
    assert event.when is not None
    assert (event.certainty, event.when.from_) == ("stated", dt.date(2031, 3, 4))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Had they not captured Azaz, the road would be closed.", "capture"),
        ("Had the rebels not captured Azaz, the road would be closed.", "capture"),
        ("If they had not captured Azaz, the army would have fled.", "capture"),
        ("The army would be there if the rebels had not captured Azaz.", "capture"),
        ("If Azaz had not been captured by the army, the road would be open.", "capture"),
        ("The army would have been cut off had it not withdrawn from Azaz.", "retreat"),
        ("The rebels, had they not lost Azaz, would have won.", "loss"),
    ],
)
def test_what_is_supposed_not_to_have_been_was(text: str, kind: str, gazetteer: Gazetteer) -> None:
    assert only(text, kind, gazetteer).certainty == "stated"


@pytest.mark.parametrize(
    "text",
    ["If the army does not capture Azaz, rebels will return.",
     "The general said the army would retreat if it had not captured Azaz by Friday.",
     "The army would not have captured Azaz without Russian help."],
)  # fmt: skip
def test_an_open_condition_with_not_denies_nothing(text: str, gazetteer: Gazetteer) -> None:
    assert only(text, "capture", gazetteer).certainty == "conditional"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The army is not withdrawing from Azaz until the UN arrives.", "retreat"),
        ("The army does not withdraw from Azaz until the UN arrives.", "retreat"),
        ("The army cannot withdraw from Azaz until Friday.", "retreat"),
        ("The army is not withdrawing from Azaz without guarantees.", "retreat"),
        ("The army is not lifting the siege of Azaz until rebels surrender.", "siege_lifted"),
        ("The Bab al-Salama crossing was not reopened until further notice.", "crossing_opened"),
        ("Rebels did not capture Azaz overnight.", "capture"),
        ("The army did not surrender Azaz without conditions.", "territory_transferred"),
    ],
)
def test_what_does_not_happen_yet_or_only_so_is_still_denied(text: str, kind: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer).events(kind)
    assert [event for event in told if event.certainty in BELIEVABLE] == []


@pytest.mark.parametrize(
    "text",
    ["Rebels did not manage to retake Azaz.", "Rebels did not succeed in taking Azaz.",
     "The army came within three kilometres of taking Azaz.", "The army came close to taking Azaz.",
     "The army is on the verge of capturing Azaz."],
)  # fmt: skip
def test_what_fell_short_is_denied(text: str, gazetteer: Gazetteer) -> None:
    assert [event.certainty for event in read(text, gazetteer).events("capture")] == ["denied"]
