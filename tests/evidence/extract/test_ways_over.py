"""Contract: a way that is told not to be open, usable or passable is cut; one that is no longer cut is open."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.geography.gazetteer import Gazetteer

ROAD = "The Aleppo-Azaz road"


def told(text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    events = read(text, gazetteer).reading.events
    return [(e.type, e.certainty) for e in events if e.type.startswith(("road_", "crossing_"))]


@pytest.mark.parametrize(
    "words",
    ["is no longer usable", "was no longer passable on Monday", "can no longer be used", "cannot be used",
     "could no longer be used by civilians", "can not be used any more", "is not passable", "is not yet passable",
     "is no longer open", "has become unusable", "has become completely impassable", "can no longer be travelled"],
)  # fmt: skip
def test_a_road_that_can_not_be_used_is_cut_by_nobody_who_is_named(words: str, gazetteer: Gazetteer) -> None:
    for road in (ROAD, "The road between Aleppo and Azaz", "The Aleppo–Azaz highway"):
        reading = read(f"{road} {words}.", gazetteer)
        (cut,) = reading.reading.events
        assert (cut.type, cut.certainty, cut.actors, cut.targets) == ("road_cut", "stated", (), ())
        assert reading.names(cut.places) == ["Aleppo", "Azaz"]


@pytest.mark.parametrize(
    "words",
    ["is usable again", "is usable", "is again passable", "can be used again", "is back in use", "is in use again",
     "is no longer cut", "is no longer closed", "is still usable"],
)  # fmt: skip
def test_a_road_that_can_be_used_is_open(words: str, gazetteer: Gazetteer) -> None:
    assert told(f"{ROAD} {words}.", gazetteer) == [("road_opened", "stated")]


def test_a_crossing_that_is_no_longer_open_is_closed_and_the_other_way_round(gazetteer: Gazetteer) -> None:
    assert told("The Bab al-Salama crossing is no longer open.", gazetteer) == [("crossing_closed", "stated")]
    assert told("The Bab al-Salama crossing is not open.", gazetteer) == [("crossing_closed", "stated")]
    assert told("The Bab al-Salama crossing is no longer closed.", gazetteer) == [("crossing_opened", "stated")]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        (f"The UN said {ROAD} was no longer usable.", "claimed"),
        (f"If {ROAD} is no longer usable, people will starve.", "conditional"),
        (f"The UN fears {ROAD} may soon no longer be usable.", "projected"),
        (f"Rebels denied that {ROAD} is no longer passable.", "denied"),
        (f"The claim that {ROAD} is no longer open is false.", "denied"),
    ],
)
def test_that_a_road_is_no_longer_usable_is_as_certain_as_it_is_told(
    text: str, certainty: str, gazetteer: Gazetteer
) -> None:
    assert told(text, gazetteer) == [("road_cut", certainty)]


def test_a_deed_that_was_not_done_is_none(gazetteer: Gazetteer) -> None:
    assert told(f"{ROAD} was not reopened on Monday.", gazetteer) == [("road_opened", "denied")]
    assert told(f"{ROAD} is no longer safe.", gazetteer) == []


@pytest.mark.parametrize(
    "text",
    [f"{ROAD} is to be reopened on Saturday.", "The Bab al-Salama crossing is to be closed on Saturday.",
     "The siege of Azaz was to be lifted on Saturday.", "Azaz\n\nSiege to be lifted on Saturday."],
)  # fmt: skip
def test_what_is_to_be_has_not_been(text: str, gazetteer: Gazetteer) -> None:
    events = [event for event in read(text, gazetteer).reading.events if event.type != "siege"]
    assert [event for event in events if event.certainty in BELIEVABLE] == []


def every_way(text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    return [each for each in told(text, gazetteer) if each[1] in BELIEVABLE]


@pytest.mark.parametrize(
    "text",
    [
        f"There is no evidence that {ROAD} is open.",
        f"There was no sign that {ROAD} was passable.",
        f"It is not clear that {ROAD} is open.",
        f"It was not certain whether {ROAD} was usable.",
        f"It is unclear if {ROAD} is open.",
        "No shop on the road between Aleppo and Azaz was open.",
        "No road was open except the one between Aleppo and Azaz.",
        f"{ROAD} is not open at night.",
        f"{ROAD} is not yet fully open.",
        f"{ROAD} was not always passable.",
    ],
)
def test_a_negation_of_something_else_than_a_road_s_state_neither_cuts_nor_opens_it(
    text: str, gazetteer: Gazetteer
) -> None:
    assert every_way(text, gazetteer) == []


@pytest.mark.parametrize(
    "words", ["is not open at night", "is not yet fully open", "is not open on Fridays", "was not completely open"]
)
def test_a_crossing_that_is_not_wholly_or_not_always_open_is_not_closed(words: str, gazetteer: Gazetteer) -> None:
    assert every_way(f"The Bab al-Salama crossing {words}.", gazetteer) == [("crossing_opened", "stated")]


@pytest.mark.parametrize(
    "text",
    ["No road between Aleppo and Azaz is open.", "None of the roads between Aleppo and Azaz was passable.",
     f"{ROAD} was still not open on Friday."],
)  # fmt: skip
def test_a_negation_of_the_way_or_beside_its_state_cuts_it(text: str, gazetteer: Gazetteer) -> None:
    assert every_way(text, gazetteer) == [("road_cut", "stated")]
