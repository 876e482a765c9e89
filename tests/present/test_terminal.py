"""A situation on the terminal says who holds a place, with the odds, and says it in words where nobody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.crisis.crisis import Crisis
from tidings.crisis.settings import Settings
from tidings.present.terminal import render_situation
from tidings.release.released import Released
from tidings.situation.situation import PlaceState, YesNo


@pytest.fixture
def crisis(released: Released) -> Crisis:
    settings = Settings.model_validate({"title": released.title, "countries": released.countries})
    return Crisis(
        folder=Path("."), settings=settings, geography=released.geography, parties=released.parties, bulletins=()
    )


def test_a_besieged_place_of_unknown_holder_is_told_in_words(released: Released, crisis: Crisis) -> None:
    place = PlaceState(id="tamsin", name="Lower Tamsin", besieged=YesNo(yes=0.75, unknown=0.25))
    situation = released.situation.model_copy(update={"places": (place,)})
    line = next(row for row in render_situation(situation, crisis=crisis).splitlines() if "Lower Tamsin" in row)
    assert line.split("Lower Tamsin")[1].strip() == "holder unknown, besieged 0.75"


def test_who_holds_a_place_comes_with_the_odds(released: Released, crisis: Crisis) -> None:
    text = render_situation(released.situation, crisis=crisis)
    assert "held (Northern army 0.90, unknown 0.10)" in text
    assert "who holds what" in text.lower()


def test_where_sources_agree_the_page_says_so(released: Released, crisis: Crisis) -> None:
    agreed = released.situation.model_copy(update={"disagreements": ()})
    assert "No disagreement of sources on a place was found." in render_situation(agreed, crisis=crisis)
