"""Contract: the scorecard sums up the main table and the cold start, each method beside last_report."""

import csv
import io

import numpy as np
import pytest

from tests.forecast.records import record, reports
from tidings.forecast.baselines import DAMPED_DRIFT, LAST_REPORT
from tidings.forecast.hindcast import run_hindcast
from tidings.forecast.hubverse import COLUMNS, render_hindcast
from tidings.forecast.methods import methods_for
from tidings.forecast.scorecard import Scorecard
from tidings.forecast.scoring import brier_of, scorecard_of, scores_of


class Sure:
    """Foretells a number for every place, without spread."""

    def __init__(self, people, name="sure"):
        self.people, self.name = people, name

    def __call__(self, seen, horizons):
        return {(s.place, h): np.full(9, float(self.people)) for s in seen.series for h in horizons}


class Silent:
    """Foretells nothing."""

    name = "silent"

    def __call__(self, seen, horizons):
        return {}


def card(*methods, told=None, horizons=(30, 60)) -> Scorecard:
    return scorecard_of(run_hindcast(record(told), methods, horizons), members=200, seed=1)


def summary(scorecard, method, horizon=30):
    return next(s for s in scorecard.summary if (s.method, s.horizon_days) == (method, horizon))


def test_the_summary_is_relative_to_the_last_report():
    told = card(LAST_REPORT, DAMPED_DRIFT)
    last, damped = summary(told, "last_report"), summary(told, "damped_drift")
    assert (last.relative_wis, last.relative_wape) == (1, 1)
    assert damped.relative_wis == pytest.approx(damped.wis / last.wis, rel=1e-4)


def test_wape_is_the_sum_of_errors_over_the_sum_of_truth_and_bias_has_a_sign():
    steady = reports("near", dict.fromkeys(range(0, 200, 10), 200))
    one = summary(card(LAST_REPORT, Sure(150), told=steady), "sure")
    assert (one.wape, one.bias, one.absolute_error, one.wis) == (0.25, -0.25, 50, 50)
    assert (one.coverage_50, one.coverage_95) == (0, 0)


def test_the_rows_are_the_main_table_by_origin_and_sum_up_to_the_summary():
    told = card(LAST_REPORT, DAMPED_DRIFT)
    rows = [row for row in told.rows if row.method == "damped_drift" and row.horizon_days == 30]
    one = summary(told, "damped_drift")
    assert sum(row.n for row in rows) == one.n
    assert sum(row.n * row.wis for row in rows) / one.n == pytest.approx(one.wis, rel=1e-4)


def test_a_missing_forecast_is_scored_as_one_of_nobody_and_told():
    told = card(LAST_REPORT, Silent(), Sure(0))
    silent, nobody = summary(told, "silent"), summary(told, "sure")
    assert (silent.failures, silent.wis) == (silent.n, nobody.wis)
    assert [w.code for w in told.warnings if "silent" in w.message] == ["forecast_missing"]


def test_an_average_over_places_counts_a_small_place_like_a_large_one():
    told = (*reports("near", dict.fromkeys(range(0, 200, 10), 1000)),
            *reports("far", dict.fromkeys(range(0, 200, 10), 10)))  # fmt: skip
    one = summary(card(LAST_REPORT, Sure(1000), told=told), "sure")
    assert one.wape_places == pytest.approx((0 + 99) / 2)
    assert one.wape < 1


def test_the_error_of_arrivals_is_held_against_the_arrivals():
    one = summary(card(LAST_REPORT, told=reports("near", {day: 10 * day for day in range(0, 200, 10)})), "last_report")
    assert one.wape_flow == 1


def test_the_brier_score_is_of_over_5000_more_than_the_last_report():
    told = reports("near", {day: 400 * day for day in range(0, 200, 10)})
    past = run_hindcast(record(told), [Sure(10**6), Sure(0, "none")], (30,))
    assert brier_of(scores_of(past, "sure")) == pytest.approx(0.0125**2, abs=1e-6)
    assert brier_of(scores_of(past, "none")) == pytest.approx(0.9875**2, abs=1e-6)
    assert summary(card(LAST_REPORT, told=told), "last_report", 60).brier is None


def test_the_pit_has_ten_bins_that_sum_to_one():
    pit = summary(card(LAST_REPORT), "last_report").pit
    assert len(pit) == 10
    assert sum(pit) == pytest.approx(1, abs=1e-5)


def test_a_record_without_enough_reports_has_an_empty_scorecard():
    told = card(LAST_REPORT, told=reports("near", {0: 10}))
    assert (told.rows, told.summary, told.cold_start) == ((), (), ())


def test_the_forecasts_are_written_in_hubverse_columns_once_each():
    told = record()
    past = run_hindcast(told, methods_for(told, members=8, seed=1), (30, 60))
    rows = list(csv.DictReader(io.StringIO(render_hindcast(past))))
    assert tuple(rows[0]) == COLUMNS
    keys = [
        (r["model_id"], r["reference_date"], r["target_end_date"], r["location"], r["output_type_id"]) for r in rows
    ]
    assert len(set(keys)) == len(keys)
    assert {r["target"] for r in rows} == {"stock"}
    assert {r["output_type_id"] for r in rows} >= {"0.025", "0.5", "0.975"}
    assert rows[0]["reference_date"] == "2031-01-01"
