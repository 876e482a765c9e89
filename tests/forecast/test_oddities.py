"""Contract: what is odd in reports is told by place and day, and left in."""

import datetime as dt

import pytest

from tests.forecast.records import reports
from tidings.crisis.crisis import Bulletin
from tidings.forecast.oddities import odd_households, oddities_of
from tidings.forecast.record import Report

START = dt.date(2031, 3, 1)


def codes(numbers):
    return [warning.code for warning in oddities_of(("near",), reports("near", numbers), start=START)]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({0: 1000, 30: 1400, 60: 1900}, []),
        ({0: 10, 30: 900}, []),
        ({0: 4000, 30: 9000}, ["implausible_jump"]),
        ({0: 9000, 30: 4000}, ["implausible_jump", "stock_falls"]),
        ({0: 9000, 30: 7900}, ["stock_falls"]),
        ({0: 9000, 30: 8200}, []),
        ({0: 200, 30: 120}, []),
        ({0: 0, 30: 5000}, ["first_report_of_nobody"]),
        ({0: 0, 30: 50, 60: 120}, []),
    ],
    ids=["steady", "small", "leap", "halved", "a fall", "a small fall", "few people", "nobody first", "a small ramp"],
)
def test_only_what_is_odd_is_told(numbers, told):
    assert codes(numbers) == told


def test_many_oddities_are_counted_and_not_all_named():
    told = next(oddities_of(("near",), reports("near", {day: 1000 * 2**day for day in range(20)}), start=START))
    assert told.message.endswith(
        "and 13 more. None is left out; a slip is put right by the right number, in a row published later."
    )


def of_source(source, numbers):
    return [Report(place="near", day=day, people=n, published=day, source=source) for day, n in numbers.items()]


def test_a_jump_is_told_with_its_date_the_name_of_the_place_and_its_source_where_there_are_several():
    told = next(oddities_of(("near",), of_source("A", {0: 1000, 9: 4000}), start=START, names={"near": "Near camp"}))
    assert "Near camp (2031-03-10: 1,000 to 4,000)" in told.message
    both = [*of_source("A", {0: 1000, 9: 4000}), *of_source("B", {5: 2000.0})]
    assert "near (2031-03-10, A: 1,000 to 4,000)" in next(oddities_of(("near",), both, start=START)).message


def test_sources_that_count_differently_neither_jump_nor_fall():
    days = range(0, 84, 14)
    both = [*of_source("A", dict.fromkeys(days, 10_000)), *of_source("B", {day + 7: 16_000 for day in days})]
    assert list(oddities_of(("near",), both, start=START)) == []
    codes_told = [told.code for told in oddities_of(("near",), [*both, *of_source("B", {90: 9_000})], start=START)]
    assert codes_told == ["implausible_jump", "stock_falls"]


def test_households_of_an_unlikely_size_are_told_and_count_as_told():
    camp = Bulletin(place="camp", day=START, measure="stock", people=100, unit="household", household_size=5)
    wild = camp.model_copy(update={"household_size": 50})
    (told,) = odd_households((camp, wild, wild), {"camp": "Camp"})
    assert told.code == "household_size_odd"
    assert "not between 2 and 10 are told of Camp (50): they count as told" in told.message
    assert list(odd_households((camp,), {})) == []
