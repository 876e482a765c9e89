"""Contract: at a place that rests on reports, counts, sources and growth are held at their ends, by source and day."""

import datetime as dt
import itertools

import pytest

from tidings.crisis.crisis import Bulletin
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.reports_varied import ALONE, AS_TOLD, GOES_ON, LEFT_OUT, STOPS, TOO_FEW, ReportsOf, report_inputs
from tidings.situation.situation import PlaceState, Situation

START = dt.date(2031, 1, 1)
FROM = dt.date(2031, 3, 27)


def bulletin(week, people, source="UNHCR", **fields):
    day = START + dt.timedelta(days=7 * week)
    return Bulletin(place="camp", day=day, measure="stock", people=people, source=source, published=day, **fields)


def weekly(source="UNHCR", factor=1.0):
    return [bulletin(week, factor * (5000 + 100 * week), source) for week in range(12)]


def inputs(*bulletins, place="camp"):
    situation = Situation(on=FROM - dt.timedelta(days=1), as_of=FROM, places=(PlaceState(id="camp", name="Camp"),))
    told = report_inputs(ReportsOf(
        place=place, situation=situation, bulletins=bulletins, fitted=packaged_parameters().without(None), from_=FROM,
        days=30, outlets={},
    ))  # fmt: skip
    return {(one.kind, one.source): one for one in told}


def test_the_last_count_is_held_at_its_low_and_at_its_high_with_its_source_and_day():
    told = inputs(*weekly()[:-1], bulletin(11, 6100, low=3000, high=30_000))["report", "UNHCR"]
    assert (told.low, told.high, told.day) == (3000, 30_000, START + dt.timedelta(days=77))
    assert told.effect_low < -1000
    assert told.effect_high > 5000


def test_one_end_alone_leaves_the_other_as_told():
    told = inputs(*weekly()[:-1], bulletin(11, 6100, low=3000))["report", "UNHCR"]
    assert (told.low, told.high, told.effect_high) == (3000, 6100, 0)
    assert told.effect_low < -1000


def test_households_are_told_in_persons():
    count = bulletin(11, 1220, low=600, high=2000, unit="household", household_size=5)
    told = inputs(*weekly()[:-1], count)["report", "UNHCR"]
    assert (told.low, told.high) == (3000, 10_000)


def test_a_last_count_without_a_range_is_left_out_instead():
    told = inputs(*weekly()[:-1], bulletin(11, 9000))["report", "UNHCR"]
    assert told.ends == (LEFT_OUT, AS_TOLD)
    assert told.effect_low < -500
    assert told.effect_high == 0


def test_each_of_several_sources_is_left_out_and_taken_alone():
    told = inputs(*weekly(), *weekly("Red Crescent", 0.8))
    ours, theirs = told["source", "UNHCR"], told["source", "Red Crescent"]
    assert ours.ends == theirs.ends == (LEFT_OUT, ALONE)
    assert ours.effect_high == theirs.effect_low > 0
    assert ours.effect_low == theirs.effect_high < 0


def test_a_source_that_tells_of_nobody_alone_and_so_not_how_many_may_come_says_so():
    told = inputs(*weekly(), bulletin(10, 0, "Red Crescent"))["source", "Red Crescent"]
    assert told.ends == (LEFT_OUT, TOO_FEW)
    assert told.effect_high == 0


def test_growth_stops_or_goes_on_undamped_and_what_is_level_has_none():
    told = inputs(*weekly())["growth", None]
    assert told.ends == (STOPS, GOES_ON)
    assert told.effect_low < 0 < told.effect_high
    assert ("growth", None) not in inputs(*(bulletin(week, 5000) for week in range(12)))


def test_a_place_that_does_not_rest_on_reports_has_none():
    assert inputs(*weekly(), place="elsewhere") == inputs(bulletin(0, 0), bulletin(1, 0)) == {}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_rows_is_irrelevant(order):
    told = (*weekly()[:-1], bulletin(11, 6100, low=3000, high=9000))
    parts = told[:4], told[4:8], told[8:]
    assert inputs(*(one for n in order for one in parts[n])) == inputs(*told)
