"""Contract: a forecast starts from the last stock and who came since; a flow alone starts nothing."""

import datetime as dt

import numpy as np
import pytest

from tests.forecast.test_reported import SERIES, bulletin, reported
from tests.forecast.test_start import DAY, NEXT, codes, crisis, situation
from tidings.crisis.crisis import Bulletin
from tidings.forecast.inflows_told import came_to, flows_used, inflow_warnings
from tidings.forecast.start import scenario_of


def told(measure, people, before, place="camp", **fields):
    return Bulletin(place=place, day=DAY - dt.timedelta(days=before), measure=measure, people=people, **fields)


def start_of(*bulletins):
    scenario, used, warnings = scenario_of(crisis(), situation(9), bulletins, from_=NEXT, days=2)
    return int(scenario.displaced.sum()), used, codes(warnings)


def test_a_forecast_starts_from_the_last_stock_and_who_came_since():
    stock, early, late = told("stock", 200, 8), told("flow", 70, 9), told("flow", 40, 1)
    people, used, warnings = start_of(late, stock, early)
    assert people == 200 + 40 * 7 / 8
    assert used == (stock, late)
    assert "Camp (35 since 2031-03-02): nobody tells who left since" in warnings["flow_brings_on"]
    assert "flow_not_used" not in warnings


def test_a_household_counts_by_its_size_and_one_without_is_told_of():
    sized, bare = (told("flow", 10, 1, unit="household", household_size=size) for size in (5, None))
    assert start_of(told("stock", 200, 8), sized)[0] == 250
    people, _, warnings = start_of(told("stock", 200, 8), bare)
    assert people == 200
    assert "Camp" in warnings["household_size_unknown"]


def test_a_flow_that_the_stock_holds_is_no_news_and_needs_no_warning():
    people, used, warnings = start_of(told("stock", 200, 3), told("flow", 70, 3))
    assert (people, len(used)) == (200, 1)
    assert not warnings.keys() & {"flow_brings_on", "flow_not_used"}


def test_a_flow_after_the_eve_is_not_yet_known():
    assert start_of(told("stock", 200, 8), told("flow", 40, -1))[0] == 200


def test_where_nobody_counted_who_is_there_a_flow_starts_nothing_for_unknown_is_not_zero():
    people, used, warnings = start_of(told("flow", 70, 3))
    assert (people, used) == (0, ())
    assert "Camp (70 a day in the 1 day up to 2031-03-07), where nobody has counted" in warnings["flow_not_used"]
    assert came_to({}, [told("flow", 70, 3)], NEXT) == {}
    assert flows_used({}, [told("flow", 70, 3)], NEXT) == ()
    assert list(inflow_warnings({}, [], {}, NEXT)) == []


def test_where_flows_are_all_that_is_told_a_warning_says_how_many_came_a_day_of_late():
    _, _, warnings = start_of(*(told("flow", 70, before) for before in (3, 10, 17)))
    assert "(10 a day in the 14 days up to 2031-03-07)" in warnings["flow_not_used"]
    _, _, warnings = start_of(told("flow", 9000, 80), *(told("flow", 600, before) for before in (0, 60)))
    assert "(10 a day in the 30 days up to 2031-03-10)" in warnings["flow_not_used"]


def test_who_came_moves_how_many_are_present_and_widens_it():
    without, with_flow = reported(*SERIES), reported(*SERIES, bulletin(400, 3, measure="flow"))
    few, more = (each.levels["camp"] for each in (without, with_flow))
    assert few[0, 4] + 200 < more[0, 4] < few[0, 4] + 600
    assert np.log(more[0, 7] / more[0, 1]) > np.log(few[0, 7] / few[0, 1])
    assert [each.people for each in with_flow.last] == [1300]
    assert with_flow.bulletins == (*SERIES, bulletin(400, 3, measure="flow"))


@pytest.mark.parametrize("flow", [bulletin(400, 10, measure="flow"), bulletin(400, 3, "town", measure="flow")])
def test_a_flow_of_another_place_or_of_the_stocks_own_day_changes_nothing(flow):
    assert np.array_equal(reported(*SERIES).levels["camp"], reported(*SERIES, flow).levels["camp"])
