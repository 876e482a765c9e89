"""Calibration recovers known parameters from simulated series."""

import numpy as np

from tidings.forecast.calibrate import STATE_SPACE_START, TREND_START, Training, fit_member
from tidings.forecast.history import history_of
from tidings.forecast.parameters import StateSpaceParameters
from tidings.forecast.state_space import state_space_quantiles
from tidings.forecast.trend import trend_quantiles

N = 1500
QUANTILE_80 = 1.2816


def training(truth, histories, leads):
    n = len(truth)
    return Training(
        histories=tuple(histories), history=np.arange(n), lead_days=leads, truth=truth, cell=np.arange(n) % 6,
        mark=np.ones(6), conflicts=("simulated",),
    )  # fmt: skip


def test_the_spread_of_a_trend_is_found_again():
    rng = np.random.default_rng(1)
    size = rng.uniform(1e3, 1e5, N)
    histories = [history_of(np.array([0, 180]), np.full(2, one), 180) for one in size]
    leads = rng.choice([30.0, 60.0, 90.0], N)
    width = 0.15 * size * (leads / 30) ** 0.7
    draw = rng.normal(size=N)
    truth = size + np.where(draw > 0, 1.0, 0.5) * width * draw / QUANTILE_80
    found = fit_member(trend_quantiles, TREND_START, training(truth, histories, leads), most_steps=60)
    assert abs(found.size_up - 0.15) < 0.03
    assert abs(found.size_down - 0.075) < 0.015
    assert abs(found.lag_power - 0.7) < 0.1
    assert abs(found.tail_up - 1.0) < 0.3


def test_the_noise_of_a_level_is_found_again():
    rng = np.random.default_rng(2)
    true = 2e-4
    histories, truth = [], []
    leads = rng.choice([30.0, 60.0, 90.0], N // 3)
    for lead in leads:
        root = 100 + np.cumsum(rng.normal(0, 100 * np.sqrt(true), 300 + int(lead)))
        root = np.maximum(root, 5.0)
        days = np.arange(0, 300, 15)
        histories.append(history_of(days, root[days] ** 2, 299))
        truth.append(root[-1] ** 2)
    start = StateSpaceParameters(
        **STATE_SPACE_START.model_dump() | {"tail": 1.0, "own_power": 0.05, "slope_noise": 1e-10}
    )
    found = fit_member(
        state_space_quantiles, start, training(np.array(truth), histories, leads), most_steps=30
    )  # fmt: skip
    assert true / 2 < found.level_noise < 2 * true
