"""A situation on the terminal says who holds a place, with the odds, and says it in words where nobody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidings.core.counting import counted
from tidings.crisis.crisis import Crisis
from tidings.crisis.settings import Settings
from tidings.present.terminal_situation import render_situation
from tidings.release.released import Released
from tidings.situation.situation import CrossingState, PlaceState, PolicyOdds, Unknown, YesNo


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


def test_a_crossing_comes_with_the_odds_of_what_it_may_be(released: Released, crisis: Crisis) -> None:
    crossing = CrossingState(
        id="gate", name="The Gate", sides=("a", "b"), policy=PolicyOdds(closed=0.7, restricted=0.29, unknown=0.01)
    )
    situation = released.situation.model_copy(update={"crossings": (crossing,)})
    line = next(row for row in render_situation(situation, crisis=crisis).splitlines() if "The Gate" in row)
    assert line.split("The Gate")[1].strip() == "closed 0.70, restricted 0.29, unknown 0.01"


def test_what_nobody_answered_is_counted_and_named_by_what_is_asked(released: Released, crisis: Crisis) -> None:
    asked = [Unknown(subject=f"t{n}", predicate="held_by", why="nobody told") for n in range(7)]
    asked.append(Unknown(subject="r", predicate="passable", why="nobody told"))
    situation = released.situation.model_copy(update={"unknown": tuple(asked)})
    rows = render_situation(situation, crisis=crisis).splitlines()
    assert "Not known: 8 questions (--json lists all)" in rows
    assert "  who holds: t0, t1, t2, t3, t4 and 2 more" in rows
    assert "  whether passable: r" in rows


def test_one_thing_is_counted_in_the_singular() -> None:
    assert [counted(number, "claim") for number in (0, 1, 2)] == ["0 claims", "1 claim", "2 claims"]
