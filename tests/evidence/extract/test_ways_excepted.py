"""Contract: a road that is excepted from all those cut is open, and the cut is of the place whose roads are meant."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import Read, read
from tidings.geography.gazetteer import Gazetteer


def told(read_: Read, kind: str) -> list[list[str]]:
    return [read_.names(event.places) for event in read_.events(kind)]


@pytest.mark.parametrize(
    "text",
    ["All roads out of Aleppo are now cut except the road to Azaz.",
     "All roads out of Aleppo but the road to Azaz are cut.",
     "Apart from the road to Azaz, all roads into Aleppo have been cut.",
     "All roads except those to Azaz are cut around Aleppo.",
     "Every road to Aleppo is closed apart from the one from Azaz.",
     "The army has cut all roads into Aleppo save for the Aleppo-Azaz road.",
     "Aleppo is cut off from the rest of the country except for the road to Azaz.",
     "No road into Aleppo is open except the road from Azaz."],
)  # fmt: skip
def test_a_road_that_is_excepted_from_all_those_cut_is_open(text: str, gazetteer: Gazetteer) -> None:
    reading = read(text, gazetteer)
    assert told(reading, "road_cut") == [["Aleppo"]]
    assert told(reading, "road_opened") == [["Aleppo", "Azaz"]]
    (opened,) = reading.events("road_opened")
    assert (opened.certainty, opened.actors) == ("stated", ())
    assert "Azaz" in opened.text


def test_several_may_be_excepted_and_from_all_that_are_open_too(gazetteer: Gazetteer) -> None:
    reading = read("All roads out of Aleppo except those to Azaz and Marea are cut.", gazetteer)
    assert told(reading, "road_opened") == [["Aleppo", "Azaz"], ["Aleppo", "Marea"]]
    reading = read("All roads to Aleppo are open except the road to Azaz.", gazetteer)
    assert told(reading, "road_opened") == [["Aleppo"]]
    assert told(reading, "road_cut") == [["Aleppo", "Azaz"]]


@pytest.mark.parametrize(
    "text",
    ["All roads to Aleppo were cut, but the road to Azaz was reopened on Friday.", "All but one of the roads are cut.",
     "The road to Aleppo is cut but the road to Azaz is open.", "All roads to Aleppo except two are cut."],
)  # fmt: skip
def test_a_clause_of_its_own_and_roads_without_a_name_are_no_exception(text: str, gazetteer: Gazetteer) -> None:
    assert not any(len(event.places) > 1 for event in read(text, gazetteer).reading.events)
