"""Contract: a number that looks like a slip of a digit is forecast both ways until another number settles it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.records import START, record, reports
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.mixture import mixed
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.slips import SLIPPED, STOOD, put_right, slip_warnings, slips_of

METHOD = Tidings(CarriedSeries(packaged_parameters().without(None)))
STEADY = {10 * n: 2000 + 10 * n for n in range(10)}
UNTOLD = SLIPPED / (SLIPPED + STOOD)


def told(*later, place="near", source="registry", before=STEADY):
    line = reports(place, before | dict(later))
    return tuple(replace(report, source=source) for report in line)


def chances(*line):
    return [(slip.days, round(slip.p, 3)) for slip in slips_of(line)]


def levels(line, origin):
    """The quantiles of camp `near`, 30 days ahead."""
    return METHOD(record(line).seen(origin), (30,))["near", 30]


@pytest.mark.parametrize(("people", "right"), [(21_000, 2100), (210, 2100)])
def test_a_tenfold_number_and_a_tenth_are_forecast_with_the_median_of_a_slip_and_an_interval_of_both(people, right):
    line = told((100, people))
    assert chances(*line) == [((100,), UNTOLD)]
    forecast, as_right = levels(line, 105), levels(told((100, right)), 105)
    assert forecast[4] == pytest.approx(as_right[4], rel=0.1)
    low, high = forecast[2], forecast[6]
    assert low < 0.5 * right if people < right else high > 0.5 * people


@pytest.mark.parametrize("people", [9000, 45_000, 3000, 2600])
def test_other_leaps_are_forecast_as_told(people):
    line = told((100, people))
    assert slips_of(line) == ()
    assert record(line).seen(105).expected is None


def test_a_place_that_fills_up_may_grow_tenfold():
    assert slips_of(told((40, 21_000), before={0: 1900, 20: 1950, 30: 2000})) == ()
    assert slips_of(told((140, 21_000), before={0: 1900, 120: 2000})) == ()


def test_the_next_number_that_is_counted_anew_settles_it_and_a_repeated_one_does_not():
    slip, again = (100, 21_000), (110, 21_000)
    assert chances(*told(slip, again)) == [((100, 110), UNTOLD)]
    assert chances(*told(slip, again, (120, 2150))) == [((100, 110), 1.0)]
    assert chances(*told(slip, again, (120, 20_500))) == []


def test_a_settled_slip_is_put_right_in_what_is_carried_on_and_not_in_what_was_told():
    seen = record(told((100, 21_000), (110, 2150))).seen(115)
    assert seen.expected[0].people[-2:].tolist() == [2100, 2150]
    assert seen.series[0].people[-2:].tolist() == [21_000, 2150]
    assert seen.otherwise == {}


@pytest.mark.parametrize(("people", "left"), [(20_000, []), (2200, [((100,), 1.0)])])
def test_another_source_settles_it_too(people, left):
    other = told(source="agency", before={98: people})
    assert chances(*told((100, 21_000)), *other) == left


def test_a_number_of_another_source_from_long_before_settles_nothing():
    assert chances(*told((100, 21_000)), *told(source="agency", before={80: 2100})) == [((100,), UNTOLD)]


def test_the_right_number_of_the_day_published_later_ends_it():
    line = told((100, 21_000))
    right = replace(line[-1], people=2100.0, published=130)
    assert levels((*line, right), 129)[6] > 9000
    assert slips_of((*line, right)) == ()
    assert levels((*line, right), 130)[6] < 9000


def test_the_chance_is_learnt_from_suspects_that_were_settled_elsewhere():
    open_ = told((100, 21_000))
    stood = told((50, 21_000), (60, 21_500), before={0: 1950, 20: 1960, 30: 1970, 40: 1980}, place="far")
    stood = tuple(replace(r, day=r.day * 2, published=r.day * 2) for r in stood)
    slipped = tuple(replace(r, people=2000.0) if r.day == 120 else r for r in stood)
    assert chances(*open_, *stood)[-1] == ((100,), round(SLIPPED / (SLIPPED + STOOD + 1), 3))
    assert chances(*open_, *slipped)[-1] == ((100,), round((SLIPPED + 1) / (SLIPPED + STOOD + 1), 3))


@given(st.permutations(told((100, 21_000), (110, 2100), (120, 220))))
def test_the_order_of_reports_is_irrelevant(line):
    assert slips_of(line) == slips_of(told((100, 21_000), (110, 2100), (120, 220)))


def test_without_a_suspect_reports_are_the_very_same():
    line = told()
    assert put_right(line, slips_of(line)) is line


def test_what_is_made_of_them_is_told_with_place_day_and_both_numbers():
    (open_,) = slip_warnings(slips_of(told((100, 21_000))), start=START, names={"near": "Near Camp"})
    assert open_.code == "digit_slipped_perhaps"
    assert "Near Camp (2031-04-11, registry: 2,090 to 21,000, or 2,100)" in open_.message
    assert "put right with a chance of 80%" in open_.message
    (settled,) = slip_warnings(slips_of(told((100, 210), (110, 2150))), start=START)
    assert settled.code == "digit_slipped"
    assert "2,090 to 210, or 2,100" in settled.message


@given(st.floats(0, 1), st.integers(0, 50_000), st.integers(0, 50_000))
def test_a_pool_of_two_forecasts_rises_and_lies_within_both(p, low, high):
    one, other = (np.linspace(n, 1.2 * n + 1, 9)[None] for n in (low, high))
    (pooled,) = mixed(one, other, np.array([p]))
    assert (np.diff(pooled) >= -1e-6).all()
    assert min(one.min(), other.min()) - 1e-6 <= pooled[0]
    assert pooled[-1] <= max(one.max(), other.max()) + 1e-6


def test_a_pool_with_no_chance_of_the_other_is_the_one():
    one, other = np.linspace(1, 9, 9)[None], np.linspace(100, 900, 9)[None]
    np.testing.assert_allclose(mixed(one, other, np.array([0.0])), one, atol=0.05)
