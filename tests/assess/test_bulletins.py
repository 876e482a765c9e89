"""Contract: only counted people at one known place become bulletins; a fear, a flow or a country does not."""

import datetime as dt

import pytest

from tests.evidence.making import claim_of, figure, report_of
from tidings.assess.bulletins import bulletins_of
from tidings.geography.graph import Geography
from tidings.geography.places import Place

DAY = dt.date(2031, 3, 1)
GEOGRAPHY = Geography((Place(id="camp", name="Camp", kind="camp"), Place(id="xaa", name="Xaa", kind="country")))
REPORT = report_of("Some text.", DAY)


def bulletins(content, **fields):
    return bulletins_of([claim_of(REPORT, content, **fields)], GEOGRAPHY)


def test_people_in_a_camp_are_a_stock_that_leads_back_to_its_claim():
    (bulletin,) = bulletins(figure("in_camp", 4200, ("camp",)), speakers=("committee",), certainty="claimed")
    assert (bulletin.place, bulletin.people, bulletin.measure, bulletin.day) == ("camp", 4200, "stock", DAY)
    assert bulletin.source.startswith("c")


def test_a_bare_range_and_households_are_stocks_too_and_say_so():
    (range_,) = bulletins(figure("in_camp", None, ("camp",), low=2000, high=4000))
    assert (range_.people, range_.low, range_.high) == (None, 2000, 4000)
    (households,) = bulletins(figure("registered", 50, ("camp",), unit="household"))
    assert (households.people, households.unit, households.household_size) == (50, "household", None)
    (sized,) = bulletins(figure("registered", 50, ("camp",), unit="household", household_size=5.5))
    assert sized.household_size == 5.5
    assert bulletins(figure("in_camp", None, ("camp",), low=2000)) == ()


@pytest.mark.parametrize("certainty", ["projected", "conditional", "demanded", "denied"])
def test_what_is_not_observed_is_no_bulletin(certainty):
    assert bulletins(figure("in_camp", 4200, ("camp",)), certainty=certainty) == ()


@pytest.mark.parametrize(
    "content",
    [
        figure("arrived", 500, ("camp",), measure="flow"),
        figure("killed", 5, ("camp",), measure="flow"),
        figure("population", 5000, ("camp",)),
        figure("in_camp", 4200, ("xaa",)),
        figure("in_camp", 4200, ("camp", "xaa")),
        figure("in_camp", 4200, ()),
    ],
    ids=["flow", "killed", "residents", "country", "two places", "nowhere"],
)
def test_other_figures_are_no_stock_of_displaced_people_at_a_place(content):
    assert bulletins(content) == ()


def test_a_number_that_cannot_be_one_of_people_is_no_bulletin():
    assert bulletins(figure("in_camp", 5e18, ("camp",))) == ()
    assert bulletins(figure("registered", 50, ("camp",), unit="household", household_size=40_000)) == ()
