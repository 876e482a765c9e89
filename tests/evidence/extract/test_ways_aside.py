"""Contract: a way that only tells where another thing lies is not what is opened, closed or meant by 'it'."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

ROAD = "the road between Azaz and Tal Rifaat"
CROSSING = "the Bab al-Salama crossing"


def ways(text: str, gazetteer: Gazetteer) -> list[str]:
    return [e.type for e in read(text, gazetteer).reading.events if e.type.startswith(("road_", "crossing_"))]


@pytest.mark.parametrize("way", [ROAD, CROSSING, "the Azaz-Aleppo highway"])
@pytest.mark.parametrize(
    "words",
    ["MSF opened a clinic near {}.", "Police closed a shop beside {}.", "The army shut the schools along {}.",
     "No shop on {} was open.", "A bakery by {} reopened on Monday.", "All markets close to {} were closed."],
)  # fmt: skip
def test_what_lies_beside_a_way_is_opened_and_closed_without_it(words: str, way: str, gazetteer: Gazetteer) -> None:
    assert ways(words.format(way), gazetteer) == []


@pytest.mark.parametrize("way", [ROAD, CROSSING])
@pytest.mark.parametrize(
    "words",
    ["The hospital on {} was bombed. Doctors closed it.", "The field hospital near {} was hit. MSF closed it.",
     "The airport at {} was shelled. It was closed.", "The army attacked a checkpoint on {} and closed it.",
     "A school beside {} was hit. The owner reopened it.", "Shells hit shops near {}. Police closed them."],
)  # fmt: skip
def test_it_is_no_way_beside_which_another_thing_lies(words: str, way: str, gazetteer: Gazetteer) -> None:
    assert ways(words.format(way), gazetteer) == []


@pytest.mark.parametrize(
    ("text", "types"),
    [
        (f"Rebels seized {ROAD}. They closed it.", ["road_cut"]),
        (f"The army bombed {ROAD} and closed it.", ["road_cut"]),
        (f"Rebels arrived at {CROSSING} and closed it.", ["crossing_closed"]),
        (f"The army advanced on {ROAD}. Rebels cut it.", ["road_cut"]),
        (f"The army blocked traffic on {ROAD}.", ["road_cut"]),
        (f"Turkey closed the gates at {CROSSING}.", ["crossing_closed"]),
        (f"The bridge on {ROAD} was closed.", ["road_cut"]),
        (f"On Monday {ROAD} was closed.", ["road_cut"]),
        (f"A clinic on {ROAD} was hit. The road was closed.", ["road_cut"]),
    ],
)
def test_a_way_that_is_acted_on_itself_is_meant(text: str, types: list[str], gazetteer: Gazetteer) -> None:
    assert ways(text, gazetteer) == types
