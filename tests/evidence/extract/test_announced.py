"""Contract: who announces the capture of a place took it, unless another is named or the announcer does not fight."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "takers"),
    [
        ("The army announced the capture of Azaz on Tuesday.", ["Syrian army"]),
        ("Rebels claimed the liberation of Azaz.", ["rebels"]),
        ("The army announced its capture of Azaz.", ["Syrian army"]),
        ("Rebels announced the capture of Azaz by the army.", ["Syrian army"]),
        ("The BBC announced the capture of Azaz.", []),
        ("Residents celebrated the liberation of Azaz.", []),
    ],
)
def test_who_announces_a_capture_without_a_taker_took_the_place(
    text: str, takers: list[str], gazetteer: Gazetteer
) -> None:
    told = read(text, gazetteer)
    (capture,) = [event for event in told.reading.events if event.type == "capture"]
    assert told.names(capture.actors) == takers
    assert told.names(capture.places) == ["Azaz"]


@pytest.mark.parametrize(
    "announced",
    ["Moscow had earlier announced the capture of the town.", "Moscow on Tuesday announced the capture of the town.",
     "Moscow boasted of the capture of the town.", "On Tuesday, Moscow proudly announced the capture of the town."],
)  # fmt: skip
@pytest.mark.parametrize("town", ["Azaz", "Zarkovka"])
def test_the_town_that_a_capital_announces_to_be_taken_is_never_the_capital(
    town: str, announced: str, gazetteer: Gazetteer
) -> None:
    found = read(f"Fighting went on in {town}. {announced}", gazetteer)
    told = {place for event in found.events("capture") for place in event.places}
    assert told == ({"gn172082"} if town == "Azaz" else set())
    assert "russia" in found.parties()
