"""Contract: a way that is told to stay as it is is so by then; one that is yet to open, or might, is not."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer

CROSSING = "The Bab al-Salama crossing"


def told(text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    events = read(text, gazetteer).reading.events
    return [(e.type, e.certainty) for e in events if e.type.startswith(("road_", "crossing_"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [(f"{CROSSING} will remain open for another three months.", ("crossing_opened", "stated")),
     (f"{CROSSING} will stay closed until Sunday.", ("crossing_closed", "stated")),
     (f"{CROSSING} will remain open for another three months, the UN said.", ("crossing_opened", "claimed")),
     ("The road between Aleppo and Azaz will remain closed.", ("road_cut", "stated"))],
)  # fmt: skip
def test_what_will_stay_so_is_so(text: str, expected: tuple[str, str], gazetteer: Gazetteer) -> None:
    assert told(text, gazetteer) == [expected]


@pytest.mark.parametrize(
    "text",
    [f"{CROSSING} will open on Sunday.", f"Once repaired, {CROSSING.lower()} will remain open.",
     f"If the truce holds, {CROSSING} will remain open."],
)  # fmt: skip
def test_what_is_yet_to_come_or_might_is_not_so(text: str, gazetteer: Gazetteer) -> None:
    assert not {certainty for _, certainty in told(text, gazetteer)} & {"stated", "claimed"}
