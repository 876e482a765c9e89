"""Contract: scores are those of the literature, and of the published package `scoringrules`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from tidings.forecast import scores
from tidings.forecast.document import QUANTILES

people = st.floats(0, 1e6)
forecasts = st.lists(people, min_size=9, max_size=9).map(sorted)
rng = np.random.default_rng(1)
ROWS = np.sort(rng.gamma(2, 500, (200, 9)), axis=1)
TRUTH = rng.gamma(2, 500, 200)


def test_wis_is_that_of_the_published_package():
    scoringrules = pytest.importorskip("scoringrules")
    alphas = np.array([0.05, 0.1, 0.2, 0.5])
    low, high = ROWS[:, :4], ROWS[:, :4:-1]
    theirs = scoringrules.weighted_interval_score(TRUTH, ROWS[:, 4], low, high, alphas)
    assert scores.score_wis(ROWS, TRUTH) == pytest.approx(theirs)
    assert scores.score_wis(ROWS, TRUTH) == pytest.approx(scoringrules.crps_quantile(TRUTH, ROWS, np.array(QUANTILES)))


def test_crps_is_that_of_the_published_package_for_many_draws_of_the_same_distribution():
    scoringrules = pytest.importorskip("scoringrules")
    levels = (np.arange(2_000) + 0.5) / 2_000
    for row, truth in zip(ROWS[:20], TRUTH[:20], strict=True):
        draws = np.interp(levels, QUANTILES, row)
        theirs = scoringrules.crps_ensemble(truth, draws, estimator="nrg", sorted_ensemble=True)
        assert scores.score_crps(row[None], np.array([truth]))[0] == pytest.approx(theirs, rel=1e-3)


def test_brier_is_that_of_the_published_package():
    scoringrules = pytest.importorskip("scoringrules")
    p, happened = rng.random(50), rng.random(50) < 0.5
    assert scores.score_brier(p, happened) == pytest.approx(scoringrules.brier_score(happened.astype(float), p))


@given(forecasts, people)
def test_no_score_is_negative_and_one_of_certain_truth_is_zero(row, truth):
    rows, truths = np.array([row]), np.array([truth])
    sure = np.full((1, 9), truth)
    for score in (scores.score_wis, scores.score_crps, scores.score_absolute_error):
        assert score(rows, truths)[0] >= -1e-6
        assert score(sure, truths)[0] == pytest.approx(0)


@given(people, people)
def test_a_point_forecast_scores_its_absolute_error(point, truth):
    rows, truths = np.full((1, 9), point), np.array([truth])
    for score in (scores.score_wis, scores.score_crps, scores.score_absolute_error):
        assert score(rows, truths)[0] == pytest.approx(abs(point - truth))


def test_the_true_distribution_scores_best_on_average():
    truth = rng.normal(0, 1, 20_000)
    rows = {sd: np.tile(norm.ppf(QUANTILES) * sd, (len(truth), 1)) for sd in (0.5, 1.0, 2.0)}
    for score in (scores.score_wis, scores.score_crps):
        assert min(rows, key=lambda sd: score(rows[sd], truth).mean()) == 1.0


def test_the_interval_of_calibrated_forecasts_covers_at_its_rate_and_their_pit_is_even():
    truth = rng.normal(0, 1, 20_000)
    rows = np.tile(norm.ppf(QUANTILES), (len(truth), 1))
    for percent in (50, 80, 95):
        assert scores.covers(rows, truth, percent).mean() == pytest.approx(percent / 100, abs=0.01)
    assert scores.p_below(rows, truth).mean() == pytest.approx(0.5, abs=0.01)


def test_the_chance_below_a_value_that_many_quantiles_share_is_in_their_middle():
    assert scores.p_below(np.zeros((1, 9)), np.zeros(1))[0] == pytest.approx(0.5)


def test_beyond_the_outermost_quantiles_half_their_level_is_left():
    row = np.arange(9.0)[None]
    assert scores.p_below(row, np.array([-5.0]))[0] == pytest.approx(0.0125)
    assert scores.p_below(row, np.array([50.0]))[0] == pytest.approx(0.9875)


def test_on_the_log_scale_nobody_is_a_number():
    assert scores.on_log_scale(np.array([0.0]))[0] == 0
