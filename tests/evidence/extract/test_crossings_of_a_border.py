"""Contract: all crossings between two countries are those of their border, whichever of them is named first."""

from __future__ import annotations

import pytest

from tests.evidence.extract.readings import read
from tidings.geography.gazetteer import Gazetteer


@pytest.mark.parametrize(
    "sentence",
    ["All crossings between Turkey and Syria are closed.", "The crossings between Syria and Turkey were closed.",
     "All border crossings with Turkey are closed.", "Turkey closed all crossings into Syria.",
     "Every crossing from Syria to Turkey is shut."],
)  # fmt: skip
def test_all_crossings_of_two_countries_are_those_of_their_border(sentence: str, gazetteer: Gazetteer) -> None:
    (closed,) = read(sentence, gazetteer).events("crossing_closed")
    assert closed.places == ("border-syr-tur",)


def test_one_crossing_among_several_is_not_the_border(gazetteer: Gazetteer) -> None:
    told = read("A crossing between Turkey and Syria was closed.", gazetteer)
    assert "border-syr-tur" not in told.places()
