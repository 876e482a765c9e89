"""Contract: a bulletin is a report in persons, of its own day; its low and high are what its source doubts itself."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from tests.forecast.test_reported import SERIES, bulletin, reported
from tidings.forecast.record import Report, series_of
from tidings.forecast.reports_told import WIDTH_OF_80, report_of
from tidings.forecast.revisions import as_expected
from tidings.forecast.sources import source_errors

REPORT = Report(place="camp", day=0, people=9000.0, published=0, source="desk")
START = dt.date(2031, 1, 1)


def doubt(people=9000, **fields):
    return report_of(bulletin(people, 0, **fields), START, {}).doubt


def test_a_low_and_a_high_are_taken_for_an_80_percent_interval_on_the_scale_of_the_reports():
    assert doubt(low=3000, high=30_000) == pytest.approx((np.log(30_100 / 3100) / WIDTH_OF_80) ** 2)
    assert pytest.approx(2 * 1.2816, abs=1e-4) == WIDTH_OF_80


def test_a_range_without_a_best_value_is_a_doubt_too():
    assert doubt(None, low=3000, high=30_000) == doubt(low=3000, high=30_000)


@pytest.mark.parametrize("ends", [{}, {"low": 3000}, {"high": 30_000}, {"low": 9000, "high": 9000}])
def test_one_end_alone_and_ends_that_meet_tell_of_no_doubt(ends):
    assert doubt(**ends) == 0.0


def test_nobody_may_be_the_low():
    assert doubt(50, low=0, high=100) == pytest.approx((np.log(2) / WIDTH_OF_80) ** 2)


def test_households_are_persons_before_their_range_is_taken():
    of_five = {"unit": "household", "household_size": 5}
    assert doubt(1800, low=600, high=6000, **of_five) == doubt(9000, low=3000, high=30_000)


RANGES = [{"low": 3000, "high": 30_000}, {"low": 8000, "high": 10_000}]


@pytest.mark.parametrize("people", [1400, 9000])
@pytest.mark.parametrize("ends", RANGES)
def test_a_last_report_that_its_source_doubts_leaves_a_forecast_wider_and_its_median_where_it_was(people, ends):
    sure, doubted = (reported(*SERIES, bulletin(people, 2, **told)).levels["camp"] for told in ({}, ends))
    assert np.array_equal(doubted[:, 4], sure[:, 4])
    assert (doubted[:, 5:] > sure[:, 5:]).all()
    assert (doubted[:, :4] <= sure[:, :4]).all()


def test_the_doubt_of_an_earlier_report_is_over_once_a_later_one_is_told_without():
    sure, doubted = (reported(bulletin(1000, 40), bulletin(1200, 25, **told), bulletin(1300, 10)).levels["camp"]
                     for told in ({}, RANGES[0]))  # fmt: skip
    assert sure.tobytes() == doubted.tobytes()


def test_two_sources_of_one_day_leave_less_doubt_than_either():
    of_two = [replace(REPORT, source=name, doubt=0.2) for name in ("desk", "registry")]
    assert series_of("camp", of_two, source_errors(of_two)).doubt.tolist() == [pytest.approx(0.1)]


def test_a_range_is_kept_where_a_source_corrects_its_numbers():
    numbers = [replace(REPORT, day=10 * k, published=10 * k) for k in range(8)]
    corrected = [replace(one, people=9900.0, published=one.published + 20) for one in numbers]
    young = replace(REPORT, day=195, published=195, doubt=0.25)
    assert as_expected([*numbers, *corrected, young], 200)[-1].doubt == 0.25


def test_one_end_alone_changes_no_forecast_by_a_byte():
    sure, ended = (reported(*SERIES, bulletin(1400, 2, **ends)).levels["camp"] for ends in ({}, {"low": 1300}))
    assert sure.tobytes() == ended.tobytes()
