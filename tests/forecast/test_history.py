"""Reports are made ready to be carried on: false zeros go, falls and lone jumps are changes of level."""

import numpy as np
import pytest

from tidings.forecast.history import NEVER, falls, history_of, jumps, level_falls, rescaled, without_false_zeros


def history(told, origin):
    return history_of(np.array(list(told)), np.array(list(told.values()), float), origin)


def test_a_first_zero_followed_by_thousands_is_a_missing_count():
    days, people = without_false_zeros(np.array([0.0, 10.0, 20.0]), np.array([0.0, 0.0, 5000.0]))
    assert (list(days), list(people)) == ([20.0], [5000.0])


def test_a_small_ramp_keeps_its_zero():
    days, _ = without_false_zeros(np.array([0.0, 10.0]), np.array([0.0, 150.0]))
    assert list(days) == [0.0, 10.0]


def test_nothing_after_the_origin_counts():
    told = {0: 1000, 30: 1100, 60: 1200}
    assert history(told, 40).growth_per_day == history(told | {60: 9999}, 40).growth_per_day
    assert history(told, 40).last == 1100


def test_no_slope_runs_through_a_fall():
    assert history({0: 1000, 30: 1000, 60: 1000, 90: 500}, 90).growth_per_day == 0
    assert history({0: 1000, 30: 1000, 60: 1000, 90: 500}, 100).days_since_shift == 10


def test_three_falls_in_a_row_are_a_camp_that_empties():
    told = {7 * week: 20_000 * 0.85**week for week in range(20)}
    emptying = history(told, 133)
    assert emptying.growth_per_day == pytest.approx(emptying.last * np.log(0.85) / 7, rel=0.1)
    assert emptying.days_since_shift == NEVER


def test_two_falls_in_a_row_may_be_two_corrections():
    assert level_falls(np.array([1000.0, 800.0, 600.0, 610.0])).tolist() == [True, True, False]


def test_a_decline_leaves_somebody():
    told = history({0: 3000, 10: 2000, 20: 1200, 30: 300}, 30)
    assert -300 < told.growth_per_day * 10 < 0
    assert history({0: 300, 10: 200, 20: 100, 30: 0}, 30).growth_per_day == 0


@pytest.mark.parametrize(("days", "share"), [(1, 1 / 49), (3, 9 / 49), (7, 1), (14, 1)])
def test_the_slope_of_two_numbers_within_a_week_counts_in_part(days, share):
    assert history({0: 2000, days: 9000}, days).growth_per_day == pytest.approx(share * 7000 / days)


def test_the_slope_of_three_numbers_counts_whole():
    assert history({0: 2000, 2: 4000, 4: 6000}, 4).growth_per_day == 1000


def test_small_falls_are_a_trend():
    assert not falls(np.array([1000.0, 950.0, 910.0])).any()
    assert history({0: 1000, 30: 950, 60: 910}, 60).growth_per_day < 0


def test_a_lone_jump_of_a_grown_camp_counts_half():
    steady = {day: 1000 + day for day in range(0, 200, 20)}
    jumped = steady | {200: 2200}
    without = history(jumped, 200).growth_per_day
    assert 1 < without < (2200 - 1140) / 60
    assert history(jumped, 200).days_since_shift == 0
    assert history(steady, 200).days_since_shift == NEVER


def test_a_young_camp_that_fills_up_has_no_jumps():
    assert not jumps(np.array([0.0, 10.0, 20.0, 30.0]), np.array([300.0, 310.0, 900.0, 2700.0])).any()


def test_rescaling_keeps_the_last_report():
    assert rescaled(np.array([800.0, 400.0, 300.0]))[-1] == 300.0


def test_a_single_report_has_no_growth():
    only = history({5: 700}, 20)
    assert (only.growth_per_day, only.silent_days, only.known_days) == (0.0, 15.0, 15.0)


@pytest.mark.parametrize("factor", [2.0, 10.0])
def test_growth_scales_with_people(factor):
    told = {0: 1000, 30: 1400, 60: 1500, 90: 1200, 120: 1300}
    larger = {day: factor * people for day, people in told.items()}
    assert history(larger, 130).growth_per_day == pytest.approx(factor * history(told, 130).growth_per_day)
