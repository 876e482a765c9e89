"""Intervals are stretched by how far the same forecasts were off so far, and left alone where nothing is known."""

import numpy as np
import pytest

from tidings.forecast.conformal import GREATEST, LEAST, PastErrors, standardised_errors, stretch, stretched

QUANTILES = np.array([[60.0, 70, 80, 90, 100, 120, 140, 160, 180]])


def past(errors, place=0, horizon=30, is_moving=False, age_days=0.0):
    n = len(errors)
    return PastErrors(
        place=np.full(n, place), horizon=np.full(n, horizon), is_moving=np.full(n, is_moving),
        age_days=np.full(n, float(age_days)), error=np.array(errors, float),
        relative_wis=np.ones((n, 2)),
    )  # fmt: skip


def test_without_past_errors_nothing_is_stretched():
    assert stretch(past([]), 0, 30, is_moving=False) == 1.0


def test_expected_errors_stretch_nothing():
    assert stretch(past([0.7] * 50), 0, 30, is_moving=False) == pytest.approx(1.0)


def test_larger_errors_stretch_and_smaller_ones_tighten():
    assert stretch(past([2.0] * 20), 0, 30, is_moving=False) > 1.3
    assert stretch(past([0.1] * 20), 0, 30, is_moving=False) < 0.7


def test_the_stretch_is_bounded():
    assert stretch(past([1e9] * 10_000), 0, 30, is_moving=False) <= GREATEST
    assert stretch(past([0.0] * 10_000), 0, 30, is_moving=False) == LEAST


@pytest.mark.parametrize("other", [{"place": 1}, {"is_moving": True}, {"age_days": 400.0}])
def test_errors_elsewhere_of_another_kind_or_long_ago_count_less(other):
    near = stretch(past([2.0] * 5), 0, 30, is_moving=False)
    assert 1 < stretch(past([2.0] * 5, **other), 0, 30, is_moving=False) < near


def test_errors_at_another_horizon_do_not_count():
    assert stretch(past([2.0] * 5, horizon=90), 0, 30, is_moving=False) == 1.0


def test_errors_are_in_units_of_the_spread_on_their_side():
    rows = np.repeat(QUANTILES, 2, axis=0)
    assert standardised_errors(rows, np.array([140.0, 80.0])) == pytest.approx([1.2816, 1.2816])


def test_a_stretch_keeps_the_median_the_order_and_zero():
    wide = stretched(QUANTILES, np.array([3.0]))[0]
    assert wide[4] == 100.0
    assert (np.diff(wide) >= 0).all()
    assert wide[0] == 0.0
