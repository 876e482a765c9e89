"""Where first numbers are corrected later, forecasts that foresee it are nearer to the drawn truth."""

import pytest

from verification.revised_reports import (
    CORRECTED,
    LATE,
    LEAPS,
    PROMPT,
    SLIPS,
    SLIPS_LEFT,
    SOME_CORRECTED,
    TENTHS,
    UNSTEADY,
    compared,
)


def test_corrections_that_are_foreseen_bring_the_forecast_nearer():
    scores = compared(1, 4, CORRECTED)
    assert scores["corrections foreseen"][0] < 0.8 * scores["numbers as told"][0]


@pytest.mark.slow
@pytest.mark.parametrize("how", [CORRECTED, UNSTEADY])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_they_do_for_each_seed_and_intervals_hold(seed, how):
    scores = compared(seed, 12, how)
    assert scores["corrections foreseen"][0] < 0.85 * scores["numbers as told"][0]
    assert 0.7 < scores["corrections foreseen"][1] < 0.92


@pytest.mark.slow
@pytest.mark.parametrize("how", [PROMPT, LATE])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_without_corrections_nothing_changes_and_late_reports_widen_the_intervals_enough(seed, how):
    scores = compared(seed, 12, how)
    assert scores["corrections foreseen"] == scores["numbers as told"]
    assert scores["numbers as told"][1] > 0.7


@pytest.mark.slow
@pytest.mark.parametrize("how", [SOME_CORRECTED, SLIPS])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_few_corrections_cost_the_other_numbers_nothing(seed, how):
    scores = compared(seed, 12, how)
    assert scores["corrections foreseen"][0] < 1.01 * scores["numbers as told"][0]


@pytest.mark.parametrize("how", [SLIPS, SLIPS_LEFT])
def test_a_slip_of_a_digit_costs_a_forecast_little_and_its_place_is_not_spoilt(how):
    scores = compared(1, 12, how)
    assert scores["corrections foreseen"][0] < 0.5 * scores["numbers as told"][0]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_so_does_a_tenth_and_where_people_do_come_tenfold_the_doubt_costs_little(seed):
    tenths, leaps = compared(seed, 12, TENTHS), compared(seed, 12, LEAPS)
    assert tenths["corrections foreseen"][0] < 0.9 * tenths["numbers as told"][0]
    assert leaps["corrections foreseen"][0] < 1.1 * leaps["numbers as told"][0]
