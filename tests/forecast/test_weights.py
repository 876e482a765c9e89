"""Weights follow past scores, mildly: even where nothing is known, and never one part alone."""

import numpy as np
import pytest

from tests.forecast.records import record
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.conformal import PastErrors
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.weights import WeightLearning, relative_wis, state_space_weight

LEARNING = WeightLearning(prior_count=10, rate=1)


def past(trend, state, n=20, place=0, horizon=30):
    return PastErrors(
        place=np.full(n, place), horizon=np.full(n, horizon), is_moving=np.zeros(n, bool), age_days=np.zeros(n),
        error=np.ones(n), relative_wis=np.tile([float(trend), float(state)], (n, 1)),
    )  # fmt: skip


def weight(told, learning=LEARNING):
    return state_space_weight(told, learning, 0, 30, is_moving=False)


def test_the_weight_is_a_half_where_nothing_is_known_or_both_were_alike():
    assert weight(past(1, 1, n=0)) == 0.5
    assert weight(past(1, 1)) == 0.5


def test_scores_of_another_horizon_say_nothing():
    assert weight(past(0.5, 1.5, horizon=90)) == 0.5


def test_the_part_that_was_nearer_counts_more():
    assert weight(past(0.5, 1.5)) == pytest.approx((10 + 10) / (10 + 10 + 10 + 30))
    assert weight(past(1.5, 0.5)) == pytest.approx(1 - weight(past(0.5, 1.5)))


def test_scores_elsewhere_count_less_and_a_rate_of_zero_keeps_the_weights_even():
    assert weight(past(0.5, 1.5)) < weight(past(0.5, 1.5, place=1)) < 0.5
    assert weight(past(0.5, 1.5), WeightLearning(rate=0)) == 0.5


def test_relative_scores_are_over_their_mean_and_one_where_neither_part_was_off():
    sure = np.full((1, 9), 100.0)
    assert relative_wis(sure, sure, np.array([100.0])).tolist() == [[1.0, 1.0]]
    assert relative_wis(sure, sure + 10, np.array([90.0])) == pytest.approx(np.array([[2 / 3, 4 / 3]]))


def test_a_rate_of_zero_forecasts_what_even_weights_do_byte_for_byte():
    seen, fitted = record().seen(150), packaged_parameters().without(None)
    even, learnt = (CarriedSeries(fitted, how)(seen, [0, 1], [30, 60]) for how in (None, WeightLearning(rate=0)))
    assert even.tobytes() == learnt.tobytes()
