"""Contract: a bulletin is a report in persons, of its own day; its low and high are what its source doubts itself."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from tests.forecast.test_reported import SERIES, bulletin, reported
from tidings.forecast.record import Report
from tidings.forecast.reports_told import WIDTH_OF_80, report_of
from tidings.forecast.revisions import as_expected

REPORT = Report(place="camp", day=0, people=9000.0, published=0, source="desk")
START = dt.date(2031, 1, 1)


def variance(people=9000, **fields):
    return report_of(bulletin(people, 0, **fields), START, {}).variance


def test_a_low_and_a_high_are_taken_for_an_80_percent_interval_on_the_scale_of_the_reports():
    assert variance(low=3000, high=30_000) == pytest.approx((np.log(30_100 / 3100) / WIDTH_OF_80) ** 2)
    assert pytest.approx(2 * 1.2816, abs=1e-4) == WIDTH_OF_80


def test_a_range_without_a_best_value_is_a_doubt_too():
    assert variance(None, low=3000, high=30_000) == variance(low=3000, high=30_000)


@pytest.mark.parametrize("ends", [{}, {"low": 3000}, {"high": 30_000}, {"low": 9000, "high": 9000}])
def test_one_end_alone_and_ends_that_meet_tell_of_no_doubt(ends):
    assert variance(**ends) == 0.0


def test_nobody_may_be_the_low():
    assert variance(50, low=0, high=100) == pytest.approx((np.log(2) / WIDTH_OF_80) ** 2)


def test_households_are_persons_before_their_range_is_taken():
    of_five = {"unit": "household", "household_size": 5}
    assert variance(1800, low=600, high=6000, **of_five) == variance(9000, low=3000, high=30_000)


def test_a_last_report_that_its_source_doubts_moves_a_forecast_less_and_leaves_it_wider():
    sure, doubted = (
        reported(*SERIES, bulletin(9000, 2, **ends)).levels["camp"][0] for ends in ({}, {"low": 3000, "high": 30_000})
    )
    assert doubted[4] < sure[4]
    assert np.log(doubted[7] / doubted[1]) > np.log(sure[7] / sure[1])


def test_the_doubt_of_a_range_is_added_to_that_of_a_source_that_corrects_its_numbers():
    numbers = [replace(REPORT, day=10 * k, published=10 * k) for k in range(8)]
    corrected = [replace(one, people=9900.0, published=one.published + 20) for one in numbers]
    young = [replace(REPORT, day=195, published=195, variance=variance) for variance in (0.0, 0.25)]
    plain, doubted = (as_expected([*numbers, *corrected, one], 200)[-1] for one in young)
    assert plain.variance > 0
    assert doubted == replace(plain, variance=plain.variance + 0.25)


def test_one_end_alone_changes_no_forecast_by_a_byte():
    sure, ended = (reported(*SERIES, bulletin(1400, 2, **ends)).levels["camp"] for ends in ({}, {"low": 1300}))
    assert sure.tobytes() == ended.tobytes()
