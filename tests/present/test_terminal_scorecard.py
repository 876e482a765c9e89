"""Contract: the terminal shows a table a horizon with every method, the cold start apart, and the warnings."""

from tests.forecast.records import record, reports
from tidings.forecast.document import ForecastWarning
from tidings.forecast.hindcast import run_hindcast
from tidings.forecast.methods import methods_for
from tidings.forecast.scoring import scorecard_of
from tidings.present.terminal_scorecard import NOTHING, render_scorecard


def shown(told=None, **fields):
    one = record(told, **fields)
    return render_scorecard(
        scorecard_of(run_hindcast(one, methods_for(one, members=8, seed=1), (30, 60)), members=8, seed=1)
    )


def test_every_method_has_a_row_in_every_table():
    text = shown()
    assert text.count("\n30 days ahead, places") == text.count("\n60 days ahead, cold start") == 1
    assert text.count("\ndamped_drift ") == 8  # a row of errors and coverage, and one of further scores
    assert "60 days ahead, places from their third report on: 22 reports" in text


def test_it_begins_with_plain_words_of_how_far_forecasts_were_off():
    first, second, *_ = shown().splitlines()
    begins = "30 days ahead, in 28 past forecasts, tidings was off by "
    assert first.startswith(begins)
    assert "% of the people counted; taking the last report as the forecast, by " in first
    assert second.startswith("60 days ahead, in 22 past forecasts")


def test_further_scores_are_shown_by_horizon_the_brier_score_at_30_days_alone():
    head, _, rows = shown().partition("30 days ahead, places")[2].partition("PIT")
    assert "log WIS  arrivals     Brier" in head
    cells = rows.splitlines()[1].split()
    assert cells[0] == "tidings"
    assert cells[4] != "–"
    assert sum(map(int, cells[5:])) in range(95, 106)
    later = shown().partition("60 days ahead, places")[2].partition("PIT")[2].splitlines()[1].split()
    assert later[4] == "–"


def test_methods_that_are_told_the_total_are_marked():
    assert "last_shares_true_total, tidings_total_given: told how many people there would be in all" in shown()


def test_warnings_are_shown():
    assert "warning: Odd things were met." in shown(
        warnings=(ForecastWarning(code="odd", message="Odd things were met."),)
    )


def test_nothing_to_foretell_is_said_so():
    assert NOTHING in shown(reports("near", {0: 1000}))
