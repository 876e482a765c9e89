"""Contract: a last report's spread is its own past changes with both signs, else 30 % growing with the square root."""

import numpy as np
import pytest

from tests.forecast.records import record, reports
from tidings.forecast.document import QUANTILES
from tidings.forecast.spread import around, assumed, daily, offsets, past_changes

EIGHTY = (QUANTILES.index(0.1), QUANTILES.index(0.9))


def series(numbers, origin=1000):
    return record(reports("near", numbers)).seen(origin).series[0]


def test_the_series_is_linear_between_reports_and_level_after_the_last():
    assert daily(series({0: 0, 2: 20}), 4).tolist() == [0, 10, 20, 20, 20]


def test_changes_are_over_the_lag_and_end_at_the_origin():
    assert past_changes(series({0: 0, 3: 30}), 4, 2).tolist() == [20, 20, 10]
    assert not len(past_changes(series({0: 0, 3: 30}), 4, 9))


def test_both_signs_of_the_past_lie_around_the_point():
    spread = offsets(series({0: 0, 100: 1000}), 100, 30, 1000)
    assert spread[[0, -1]] == pytest.approx([-300, 300])
    assert spread == pytest.approx(-spread[::-1])


def test_with_fewer_than_ten_changes_the_80_percent_interval_is_30_percent_of_the_report():
    few = series({0: 800, 38: 1000})
    assert len(past_changes(few, 38, 30)) == 9
    assert offsets(few, 38, 30, 1000)[list(EIGHTY)] == pytest.approx([-300, 300])
    assert len(past_changes(few, 39, 30)) == 10
    assert offsets(few, 39, 30, 1000)[EIGHTY[1]] < 200


def test_the_assumed_spread_grows_with_the_square_root_of_the_days_and_is_never_of_fewer_than_100_people():
    assert assumed(1000, 120)[EIGHTY[1]] == pytest.approx(2 * assumed(1000, 30)[EIGHTY[1]])
    assert assumed(0, 30)[EIGHTY[1]] == pytest.approx(30)


def test_quantiles_are_cut_at_zero():
    assert around(10, assumed(0, 30)).min() == 0
    assert (np.diff(around(10, assumed(0, 30))) >= 0).all()
