"""Contract: what a headline tells is told once more in its story: one figure and one event, not two."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

STORY = "Some 77,000 people are stuck near Azaz, aid workers said on Sunday."


def test_the_figure_of_a_headline_is_that_of_its_story(gazetteer: Gazetteer) -> None:
    headline, story = read(f"77,000 stuck at border\n\n{STORY}", gazetteer).reading.figures
    assert (headline.same_as, story.same_as) == (story.id, None)
    assert story.at


def test_a_hedge_is_no_other_people(gazetteer: Gazetteer) -> None:
    text = "More than 900 stuck at border\n\nMore than 900 people are stuck near Azaz, aid workers said."
    headline, story = read(text, gazetteer).reading.figures
    assert (headline.same_as, story.same_as) == (story.id, None)


def test_a_small_number_of_a_headline_is_that_of_its_story_and_of_no_other_place(gazetteer: Gazetteer) -> None:
    text = "Shells kill 12 people in Azaz\n\nShells killed 12 people in Azaz. In Kilis, 12 people were killed."
    headline, story, other = read(text, gazetteer).reading.figures
    assert (headline.same_as, story.same_as, other.same_as) in [(None, headline.id, None), (story.id, None, None)]


def test_a_large_number_told_again_is_one_figure(gazetteer: Gazetteer) -> None:
    first, again = read(f"{STORY} Food for the 77,000 people stuck there ran out.", gazetteer).reading.figures
    assert (first.same_as, again.same_as) == (None, first.id)


@pytest.mark.parametrize(
    "again",
    [
        "Another 77,000 people are stuck there.",
        "As many as 77,000 people are stuck in Kilis.",
        "Some 77,000 people were stuck near Azaz, rebels said.",
        "Some 77,000 families are stuck there.",
        "Some 77,000 people fled Azaz.",
        "Some 77,000 people might be stuck near Azaz.",
        "Some 78,000 people are stuck near Azaz.",
    ],
)
def test_other_people_another_time_or_another_voice_make_another_figure(again: str, gazetteer: Gazetteer) -> None:
    figures = read(f"{STORY} {again}", gazetteer).reading.figures
    assert [figure.same_as for figure in figures] == [None, None]


def test_small_numbers_that_recur_stay_apart(gazetteer: Gazetteer) -> None:
    figures = read("Shells killed 2 people in Azaz. A bomb killed 2 people in Azaz.", gazetteer).reading.figures
    assert [figure.same_as for figure in figures] == [None, None]


def test_the_event_of_a_headline_is_that_of_its_story_and_a_second_one_is_a_second(gazetteer: Gazetteer) -> None:
    text = "Air strikes hit Azaz\n\nAir strikes hit Azaz on Sunday. On Monday, air strikes hit Azaz again."
    headline, story, second = (e for e in read(text, gazetteer).reading.events if e.type == "air_strike")
    assert (headline.same_as, story.same_as, second.same_as) == (story.id, None, None)


def test_without_a_headline_two_air_strikes_are_two(gazetteer: Gazetteer) -> None:
    events = read("Air strikes hit Azaz on Sunday.\n\nAir strikes hit Azaz.", gazetteer).reading.events
    assert [event.same_as for event in events if event.type == "air_strike"] == [None, None]


def test_another_so_many_is_no_figure_that_a_later_one_repeats(gazetteer: Gazetteer) -> None:
    text = "Some 3,000 people fled Azaz. Another 3,000 people fled to Turkey. In all, 3,000 people fled Azaz, he said."
    first, another, again = read(text, gazetteer).reading.figures
    assert another.same_as is None
    assert {first.same_as, again.same_as} == {None, again.id}


def test_a_number_told_of_many_peoples_is_looked_through_no_more(gazetteer: Gazetteer) -> None:
    text = " ".join(["Some 3,000 people fled Azaz."] * 200)
    figures = read(text, gazetteer).reading.figures
    assert {figure.same_as for figure in figures} == {None, figures[0].id}
