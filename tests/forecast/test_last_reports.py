"""Contract: the last report that is shown of a place is the number that the forecast uses, with who tells it."""

import datetime as dt

import pytest

from tests.forecast.test_reported import DAY, FITTED, SERIES, bulletin, codes
from tidings.forecast.reported import reported_of
from tidings.situation.situation import PlaceState, Situation


def told_of(*bulletins, odds=None, **named):
    state = Situation(on=DAY, as_of=DAY, places=(PlaceState(id="camp", name="Camp"),))
    return reported_of(state, bulletins, FITTED, from_=DAY, days=30, odds=odds, **named)


def last_of(*bulletins, **named):
    (last,) = told_of(*bulletins, **named).last
    return last


def line(source, times=1, before=range(10, 94, 7)):
    return tuple(bulletin(times * (8300 - 43 * (day - 10)), day, source=source) for day in before)


def test_of_two_numbers_that_a_source_publishes_at_once_it_is_their_mean():
    last = last_of(*SERIES, bulletin(1500, 5, source="UNHCR"), bulletin(1900, 5, source="UNHCR"))
    assert (last.people, last.source, last.apart) == (1700, "UNHCR", ())


def test_of_two_sources_of_one_day_it_is_the_mean_that_counts_with_both_names_and_claims():
    both = (bulletin(1300, 5, source="UNHCR"), bulletin(1340, 5, source="Governor"))
    last = last_of(*SERIES, *both)
    assert last.people == 1320
    assert last.source == "Governor, UNHCR"
    assert (last.low, last.high) == (None, None)


def test_a_number_alone_keeps_its_range():
    last = last_of(*SERIES, bulletin(1400, 5, low=1200, high=1700, source="UNHCR"))
    assert (last.people, last.low, last.high, last.source) == (1400, 1200, 1700, "UNHCR")


def test_of_two_numbers_of_one_source_and_day_the_mean_is_shown_as_it_is_used():
    last = last_of(bulletin(1500, 5, source="UNHCR"), bulletin(1900, 5, source="UNHCR"))
    assert (last.people, last.present_rests_on) == (1700, "reports")


def test_of_sources_that_are_apart_each_last_number_is_shown_with_its_chance_the_likeliest_first():
    told = told_of(*line("UNHCR"), *line("Governor", 2), odds={"UNHCR": 2.0})
    (last,) = told.last
    assert (last.people, last.source) == (8300, "UNHCR")
    assert [(one.people, one.source, one.chance) for one in last.apart] == [
        (8300, "UNHCR", pytest.approx(0.6667)), (16_600, "Governor", pytest.approx(0.3333)),
    ]  # fmt: skip
    assert "Sources disagree on how many are at Camp" in codes(told)["sources_apart"]
    week = told.levels["camp"][6]
    assert week[2] < 9000
    assert week[6] > 16_600


def test_of_sources_that_are_apart_the_number_is_of_the_day_that_it_was_told_of():
    last = last_of(*line("UNHCR", before=range(17, 94, 7)), bulletin(16_600, 10, source="Governor"))
    assert [(one.source, (DAY - one.day).days) for one in last.apart] == [("Governor", 10), ("UNHCR", 17)]
    assert (last.day, last.source) == (DAY - dt.timedelta(days=10), "Governor")


def test_where_a_third_source_told_last_it_is_that_number_where_it_agrees_with_the_likeliest():
    last = last_of(*line("UNHCR"), *line("Governor", 2), bulletin(8350, 5, source="Census"), odds={"UNHCR": 3.0})
    assert (last.people, last.source) == (8350, "Census")
    assert [one.source for one in last.apart] == ["UNHCR", "Census", "Governor"]
    assert last.apart[2].chance < 0.02


def test_a_change_of_source_with_a_leap_is_an_implausible_jump():
    told = told_of(*line("UNHCR", before=range(17, 94, 7)), bulletin(16_600, 10, source="Governor"))
    assert "7,999 by UNHCR to 16,600 by Governor" in codes(told)["implausible_jump"]
