"""Calibration fits on several conflicts, each counted alike, and keeps a left-out one out."""

from dataclasses import replace

import numpy as np
import pytest

from tests.forecast.records import record, reports
from tidings.forecast.calibrate import TREND_START, fit_member, training_on
from tidings.forecast.calibrate_newcomers import weighted_quantiles
from tidings.forecast.document import QUANTILES
from tidings.forecast.parameters import NewcomerParameters
from tidings.forecast.scores import score_wis
from tidings.forecast.trend import trend_quantiles


def test_a_fit_never_scores_worse_than_its_start():
    training = training_on([record(), record(name="elsewhere")])
    fitted = fit_member(trend_quantiles, TREND_START, training, most_steps=5)
    score = {
        parameters: training.score(trend_quantiles(training.of_points(), training.lead_days, parameters))
        for parameters in (TREND_START, fitted)
    }
    assert score[fitted] <= score[TREND_START]


def test_known_parameters_are_recovered_from_reports_drawn_with_them():
    true = TREND_START.model_copy(update={"size_up": 0.2, "size_down": 0.04})
    training = training_on([record(), record(name="elsewhere")])
    many = np.repeat(np.arange(len(training.history)), 12)
    histories = [training.histories[number] for number in training.history[many]]
    drawn = np.random.default_rng(1).uniform(size=len(many))
    quantiles = trend_quantiles(histories, training.lead_days[many], true)
    truth = np.array([np.interp(share, QUANTILES, row) for share, row in zip(drawn, quantiles, strict=True)])
    mark = np.bincount(training.cell[many], score_wis(quantiles, truth))
    simulated = replace(
        training, history=training.history[many], lead_days=training.lead_days[many], truth=truth,
        cell=training.cell[many], mark=mark,
    )  # fmt: skip
    fitted = fit_member(trend_quantiles, TREND_START, simulated, most_steps=15)
    leads = np.full(len(training.histories), 30.0)
    spread = [
        (found[:, 6] - found[:, 4], found[:, 4] - found[:, 2])
        for found in (trend_quantiles(training.histories, leads, parameters) for parameters in (fitted, true))
    ]
    for found, known in zip(*spread, strict=True):
        assert np.median(found / known) == pytest.approx(1, rel=0.25)


def test_training_counts_the_main_table_only_and_each_conflict_by_itself():
    training = training_on([record(), record(name="elsewhere")])
    assert training.conflicts == ("valdria", "elsewhere")
    assert len(training.mark) == 6
    assert min(len(history.days) for history in training.histories) >= 3


def test_weights_move_quantiles():
    values, even = np.array([1.0, 2.0, 3.0]), np.ones(3)
    assert weighted_quantiles(values, even)[4] == 2.0
    assert weighted_quantiles(values, np.array([9.0, 1.0, 1.0]))[4] < 2.0


def test_quantiles_of_newcomers_that_do_not_rise_are_refused():
    with pytest.raises(ValueError, match="do not rise"):
        NewcomerParameters(of_population=0.2, parts=(0.0, 0.1, 0.3, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8))


def test_a_history_to_fit_on_is_what_was_public_at_its_origin():
    late = replace(record(), reports=(*record().reports, *reports("near", {95: 9_000}, published=150)))
    of_near = [history for history in training_on([late]).histories if history.people.max() >= 9_000]
    assert of_near
    assert all(history.known_days >= 150 for history in of_near)  # the first report is of day 0
