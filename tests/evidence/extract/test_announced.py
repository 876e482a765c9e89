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
