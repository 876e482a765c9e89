"""Contract: traffic that goes on or is stopped tells of its way; each telling of a way keeps its own day."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.geography.gazetteer import Gazetteer

ROAD = "the road between Aleppo and Azaz"
CROSSING = "the Bab al-Salama crossing"


def ways(told: Read) -> list[tuple[str, list[str]]]:
    return [(e.type, told.names(e.places)) for e in told.reading.events if e.type.startswith(("road_", "crossing_"))]


@pytest.mark.parametrize(
    ("text", "type_"),
    [(f"Traffic has resumed on {ROAD}.", "road_opened"), (f"Traffic on {ROAD} resumed on Monday.", "road_opened"),
     (f"Commercial traffic on {ROAD} has come to a halt.", "road_cut"),
     (f"The army suspended traffic on {ROAD}.", "road_cut"),
     (f"Traffic along {ROAD} was halted by the army.", "road_cut")],
)  # fmt: skip
def test_traffic_on_a_road_tells_of_the_road(text: str, type_: str, gazetteer: Gazetteer) -> None:
    assert ways(read(text, gazetteer)) == [(type_, ["Aleppo", "Azaz"])]


@pytest.mark.parametrize(
    ("text", "type_"),
    [(f"Turkey suspended movement through {CROSSING} until further notice.", "crossing_closed"),
     (f"Movement through {CROSSING} was suspended.", "crossing_closed"),
     (f"Traffic through {CROSSING} has resumed.", "crossing_opened"),
     (f"Passage at {CROSSING} has come to a standstill.", "crossing_closed"),
     ("The Bab al-Salama crossing has resumed operations.", "crossing_opened")],
)  # fmt: skip
def test_traffic_through_a_crossing_tells_of_the_crossing(text: str, type_: str, gazetteer: Gazetteer) -> None:
    assert ways(read(text, gazetteer)) == [(type_, ["Bab al-Salama"])]


@pytest.mark.parametrize(
    "text",
    ["The Sudan Liberation Movement has resumed attacks.", "Turkey suspended movement of its troops.",
     "Traffic resumed in Aleppo.", f"The army resumed attacks on {ROAD}."],
)  # fmt: skip
def test_other_traffic_and_movements_tell_of_no_way(text: str, gazetteer: Gazetteer) -> None:
    assert ways(read(text, gazetteer)) == []


@pytest.mark.parametrize(
    "words",
    [" was closed for three days last week but has since reopened.", " was closed last week, but traffic has resumed.",
     ", closed for a week, has reopened.", ", which was cut on 3 February, has reopened.",
     " was cut last week. Traffic has resumed."],
)  # fmt: skip
def test_a_road_that_has_reopened_is_open_now_and_not_on_the_day_of_its_cut(words: str, gazetteer: Gazetteer) -> None:
    events = read(f"The road between Aleppo and Azaz{words}", gazetteer).reading.events
    assert [e.type for e in events] == ["road_cut", "road_opened"]
    assert (events[0].when is not None, events[1].when) == (True, None)


def test_two_tellings_of_one_day_both_have_it(gazetteer: Gazetteer) -> None:
    events = read("The road between Aleppo and Azaz was cut and reopened on Tuesday.", gazetteer).reading.events
    assert [e.when.from_ for e in events if e.when] == [dt.date(2031, 3, 4)] * 2


@pytest.mark.parametrize("words", ["can hardly be used", "can only be used at night", "can be used by the army only"])
def test_a_road_that_is_hardly_or_not_by_all_used_is_not_told_to_be_open(words: str, gazetteer: Gazetteer) -> None:
    assert ways(read(f"The road between Aleppo and Azaz {words}.", gazetteer)) == []
