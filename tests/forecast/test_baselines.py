"""Contract: the baselines that carry a place's own series on are those of docs/hindcast.md, to the number."""

import numpy as np
import pytest

from tests.forecast.records import record, reports
from tidings.forecast.baselines import DAMPED_DRIFT, DRIFT, LAST_REPORT, Zero, damped_days, slope_per_day

MEDIAN = 4


def medians(method, told, origin, horizon=30):
    return method(record(told).seen(origin), (horizon,))["near", horizon][MEDIAN]


RISING = reports("near", {day: 1000 + 10 * day for day in range(0, 101, 10)})


def test_the_last_report_is_carried_on():
    assert medians(LAST_REPORT, RISING, 100) == pytest.approx(2000)


def test_a_place_without_a_report_has_nobody_yet():
    assert medians(LAST_REPORT, RISING[5:], 10) == 0


def test_a_drift_goes_on_for_all_days_and_a_damped_one_for_ever_fewer():
    assert medians(DRIFT, RISING, 100) == pytest.approx(2300)
    assert medians(DAMPED_DRIFT, RISING, 100) == pytest.approx(2000 + 10 * 30 * (1 - np.exp(-1)))
    assert damped_days(10_000) == pytest.approx(30)


def test_the_slope_is_that_of_the_reports_of_the_last_60_days():
    told = (*reports("near", {0: 9000}), *reports("near", {50: 1000, 70: 1200, 90: 1400}))
    assert slope_per_day(record(told).seen(100).series[0], 100) == pytest.approx(10)


def test_one_report_in_60_days_has_no_slope():
    told = reports("near", {0: 0, 10: 900, 90: 5000})
    assert medians(DRIFT, told, 100) == pytest.approx(5000)


def test_drifts_have_the_spread_of_the_last_report():
    seen = record(RISING).seen(100)
    last, damped = (method(seen, (30,))["near", 30] for method in (LAST_REPORT, DAMPED_DRIFT))
    assert damped - damped[MEDIAN] == pytest.approx(last - last[MEDIAN])


def test_zero_foretells_nobody_with_the_spread_of_a_report_of_nobody():
    told = Zero()(record(RISING).seen(100), (30,))["near", 30]
    assert (told[MEDIAN], told[6]) == (0, pytest.approx(30))


@pytest.mark.parametrize("method", [LAST_REPORT, DRIFT, DAMPED_DRIFT, Zero()])
def test_quantiles_rise_and_none_is_below_zero(method):
    falling = reports("near", {day: 3000 - 30 * day for day in range(0, 101, 10)})
    for row in method(record(falling).seen(100), (1, 30, 90)).values():
        assert row.shape == (9,)
        assert row.min() >= 0
        assert (np.diff(row) >= 0).all()
