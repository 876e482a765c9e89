"""The members of the mixture give nine rising numbers of people, and behave as their equations say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.forecast.history import history_of
from tidings.forecast.mixture import mixture_quantiles
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.state_space import state_space_quantiles
from tidings.forecast.trend import DAMPING_DAYS, damped_days, spread_around, trend_quantiles

FITTED = packaged_parameters().without(None)
MEMBERS = {
    "trend": lambda histories, leads: trend_quantiles(histories, leads, FITTED.trend),
    "state space": lambda histories, leads: state_space_quantiles(histories, leads, FITTED.state_space),
    "mixture": lambda histories, leads: mixture_quantiles(histories, leads, FITTED),
}
reported = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 2_000_000)), min_size=1, max_size=30, unique_by=lambda r: r[0]
)
every_member = pytest.mark.parametrize("member", list(MEMBERS.values()), ids=list(MEMBERS))


def history(told, origin=400):
    days, people = zip(*sorted(told), strict=True)
    return history_of(np.array(days), np.array(people, float), origin)


@every_member
@settings(max_examples=40, deadline=None)
@given(told=reported, lead=st.integers(1, 365))
def test_quantiles_rise_are_finite_and_never_below_zero(member, told, lead):
    quantiles = member([history(told)], np.array([float(lead)]))
    assert quantiles.shape == (1, 9)
    assert np.isfinite(quantiles).all()
    assert (quantiles >= 0).all()
    assert (np.diff(quantiles) >= 0).all()


@every_member
@settings(max_examples=20, deadline=None)
@given(told=st.lists(reported, min_size=2, max_size=5))
def test_places_do_not_touch_one_another_and_their_order_is_irrelevant(member, told):
    histories = [history(one) for one in told]
    leads = np.linspace(20, 90, len(histories))
    together = member(histories, leads)
    assert np.array_equal(together[::-1], member(histories[::-1], leads[::-1]))
    assert np.array_equal(together[:1], member(histories[:1], leads[:1]))


@every_member
def test_ten_times_the_people_give_ten_times_the_forecast(member):
    told = [(0, 2000), (30, 2500), (50, 3500), (90, 3100), (120, 3600)]
    larger = [(day, 10 * people) for day, people in told]
    leads = np.array([45.0])
    assert member([history(larger, 130)], leads) == pytest.approx(10 * member([history(told, 130)], leads))


@every_member
def test_the_interval_widens_with_the_lead(member):
    one = history([(0, 2000), (30, 2500), (60, 2900)], 70)
    near, far = member([one, one], np.array([15.0, 90.0]))
    assert far[6] - far[2] > near[6] - near[2]


def test_a_growing_place_is_carried_on_and_the_growth_dies_out():
    told = history([(day, 1000 + 100 * day) for day in range(0, 121, 10)], 120)
    month, year = trend_quantiles([told, told], np.array([30.0, 365.0]), FITTED.trend)[:, 4]
    assert month == pytest.approx(13_000 + 100 * DAMPING_DAYS * (1 - np.exp(-1)))
    assert year == pytest.approx(13_000 + 100 * DAMPING_DAYS, rel=1e-4)


def test_a_slope_counts_for_at_most_its_damping_time():
    assert damped_days(np.array([0.0, 1e6])) == pytest.approx([0.0, DAMPING_DAYS])


def test_the_widths_that_are_asked_for_are_the_80_percent_interval():
    quantiles = spread_around(np.array([100.0]), np.array([10.0]), np.array([20.0]), 1.0, 1.5)[0]
    assert quantiles[[2, 4, 6]] == pytest.approx([90.0, 100.0, 120.0])


def test_the_state_space_believes_a_fall_but_carries_no_slope_through_it():
    flat = [(day, 10_000) for day in range(0, 300, 15)]
    after = state_space_quantiles([history([*flat, (300, 5000)], 300)], np.array([60.0]), FITTED.state_space)[0]
    assert after[4] == pytest.approx(5000, rel=0.1)


def test_a_restless_place_gets_a_wider_interval_than_a_calm_one_of_its_size():
    calm = history([(day, 10_000) for day in range(0, 300, 15)], 300)
    restless = history([(day, 10_000 + 900 * (day // 15 % 2)) for day in range(0, 300, 15)], 300)
    first, second = state_space_quantiles([calm, restless], np.array([30.0, 30.0]), FITTED.state_space)
    assert second[6] - second[2] > 1.2 * (first[6] - first[2])


def test_the_mixture_lies_between_its_members_level_by_level():
    one = history([(0, 2000), (30, 2500), (60, 2900)], 70)
    trend, state, both = (member([one], np.array([60.0]))[0] for member in MEMBERS.values())
    assert (np.minimum(trend, state) <= both + 1e-9).all()
    assert (both <= np.maximum(trend, state) + 1e-9).all()
