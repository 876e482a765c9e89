"""Contract: who is at a reported place, who arrived and who departed add up in every member, in every scenario."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.forecast.accounts import Account, Simulated, account_of, changed, in_scenario, through
from tidings.forecast.document import QUANTILES

DAYS, MEMBERS = 3, 4
FEW = settings(max_examples=40, deadline=None)
LEVELS = np.array([[8.0] * 9, [0.0, 5, 10, 20, 30, 40, 50, 60, 70], [9.0] * 9])


def numbers(n, most=9):
    """So many whole numbers; of bits, as whole numbers would have Hypothesis read all modules for constants first."""
    bits = st.tuples(*[st.booleans()] * 4)
    return st.lists(bits, min_size=n, max_size=n).map(lambda rows: (np.array(rows) @ [1, 2, 4, 8]) % (most + 1.0))


@st.composite
def levels(draw):
    rows = draw(numbers((1 + DAYS) * len(QUANTILES))).reshape(1 + DAYS, -1) * 100
    return np.sort(rows, axis=1)


@st.composite
def simulations(draw):
    """Any that conserves people: who departs was there."""
    came, started = draw(numbers(MEMBERS * DAYS)).reshape(MEMBERS, DAYS), 5.0
    left, there = np.zeros((MEMBERS, DAYS)), np.full(MEMBERS, started)
    for day, share in enumerate(draw(numbers(DAYS, most=4))):
        there = there + came[:, day]
        left[:, day] = np.floor(there * share / 4)
        there = there - left[:, day]
    arrivals, departures = came.cumsum(axis=1), left.cumsum(axis=1)
    return Simulated(people=started + arrivals - departures, arrivals=arrivals, departures=departures)


def adds_up(account):
    before = np.column_stack([account.eve, account.present[:, :-1]])
    came, left = (np.diff(flow, axis=1, prepend=0.0) for flow in (account.arrivals, account.departures))
    assert account.present == pytest.approx(before + came - left)
    assert (came >= -1e-9).all()
    assert (left >= -1e-9).all()
    assert (left <= before + came + 1e-9).all()
    assert (account.present >= 0).all()
    return account


@FEW
@given(levels(), simulations(), simulations())
def test_people_present_are_those_before_and_who_arrived_less_who_departed_in_each_member_of_each_scenario(
    told, base, scenario
):
    account = adds_up(account_of(told, base))
    adds_up(in_scenario(account, base, scenario))


@FEW
@given(levels(), simulations())
def test_on_each_day_the_members_present_have_the_quantiles_of_the_reports_in_the_order_of_the_simulation(told, base):
    account = account_of(told, base)
    order = np.argsort(base.people.sum(axis=1), kind="stable")
    shares = np.linspace(0, 1, MEMBERS)
    there = np.column_stack([account.eve, account.present])[order]
    assert there == pytest.approx(np.stack([np.interp(shares, QUANTILES, row) for row in told], axis=1))


@FEW
@given(levels(), simulations())
def test_a_rise_is_arrivals_and_a_fall_departures_and_never_both_on_one_day(told, base):
    account = account_of(told, base)
    came, left = (np.diff(flow, axis=1, prepend=0.0) for flow in (account.arrivals, account.departures))
    assert (np.minimum(came, left) == 0).all()


@FEW
@given(levels(), simulations())
def test_a_scenario_of_which_the_simulation_is_the_same_changes_nothing(told, base):
    account = account_of(told, base)
    same = in_scenario(account, base, base)
    assert np.array_equal(same.present, account.present)
    assert np.array_equal(same.arrivals, account.arrivals)
    assert np.array_equal(same.departures, account.departures)


@FEW
@given(levels(), simulations(), simulations())
def test_a_scenario_takes_away_no_more_arrivals_than_the_base_has_and_adds_no_more_than_are_simulated(
    told, base, other
):
    account = account_of(told, base)
    after = in_scenario(account, base, other)
    assert (after.arrivals >= 0).all()
    most = np.maximum.accumulate(np.maximum(other.arrivals - base.arrivals, 0), axis=1)
    assert (after.arrivals <= account.arrivals + most + 1e-9).all()


@FEW
@given(levels(), simulations())
def test_where_the_only_way_in_closes_nobody_arrives_and_those_on_the_eve_stay_but_for_who_departs(told, base):
    shut = Simulated(people=np.full((MEMBERS, DAYS), 5.0), arrivals=0 * base.arrivals, departures=0 * base.departures)
    account = account_of(told, base)
    after = in_scenario(account, base, shut)
    somebody_comes = base.arrivals[:, -1].sum() > 0
    assert not somebody_comes or not after.arrivals.any()
    assert after.present == pytest.approx(np.maximum(after.eve[:, None] + after.arrivals - after.departures, 0))
    assert (after.departures <= account.departures + 1e-9).all()


def growing(people=16_000.0, more=2_800.0):
    """An account of a camp of `people`, which grow by `more` in all members, and its simulation of 15,000 arrivals."""
    arrivals = np.array([[more / 2, more]] * 2)
    account = Account(eve=np.array([people] * 2), arrivals=arrivals, departures=np.zeros((2, 2)))
    base = Simulated(
        people=np.array([[23_500.0, 31_000], [23_500, 31_000]]), arrivals=np.array([[7_500.0, 15_000]] * 2),
        departures=np.zeros((2, 2)),
    )  # fmt: skip
    return account, base


def test_of_a_camp_that_grows_by_2800_a_closed_border_takes_2800_and_not_the_15000_of_the_simulation():
    account, base = growing()
    shut = Simulated(people=np.full((2, 2), 16_000.0), arrivals=np.zeros((2, 2)), departures=np.zeros((2, 2)))
    assert (in_scenario(account, base, shut).present == 16_000).all()


def test_in_a_member_in_which_the_border_is_closed_in_the_base_too_as_many_stay_away_as_in_the_others():
    account, base = growing()
    none = base.arrivals * [[1], [0]]
    base = Simulated(people=16_000 + none, arrivals=none, departures=0 * none)
    shut = Simulated(people=16_000 + 0 * none, arrivals=0 * none, departures=0 * none)
    assert (in_scenario(account, base, shut).present == 16_000).all()


def test_who_does_not_leave_as_he_never_came_is_no_reason_for_others_to_stay():
    falling = Account(eve=np.array([900.0]), arrivals=np.zeros((1, 1)), departures=np.array([[200.0]]))
    base = Simulated(people=np.array([[1300.0]]), arrivals=np.array([[500.0]]), departures=np.array([[100.0]]))
    shut = Simulated(people=np.array([[890.0]]), arrivals=np.array([[0.0]]), departures=np.array([[10.0]]))
    assert in_scenario(falling, base, shut).present[0, 0] == 700


def test_nobody_leaves_a_place_that_a_scenario_besieges_if_nobody_is_simulated_to():
    falling = Account(eve=np.array([900.0] * 2), arrivals=np.zeros((2, 1)), departures=np.array([[200.0]] * 2))
    base = Simulated(
        people=np.array([[1300.0], [900]]), arrivals=np.array([[500.0], [0]]), departures=np.array([[100.0], [0]])
    )
    still = {"arrivals": np.zeros((2, 1)), "departures": np.zeros((2, 1)), "people": np.array([[900.0]] * 2)}
    trapped = np.array([[True]] * 2)
    assert (in_scenario(falling, base, Simulated(**still, is_besieged=trapped)).present == 900).all()
    assert (in_scenario(falling, replace(base, is_besieged=trapped), Simulated(**still)).present == 700).all()


def test_who_comes_in_addition_are_the_people_of_the_simulation_however_many_the_reports_foretell():
    flow, base = np.array([[800.0, 1600.0]]), np.array([[20.0, 40.0]])
    assert (changed(flow, base, base + np.array([[0, 5000]])) == [[800, 6600]]).all()


def test_with_many_members_the_quantiles_are_those_of_the_reports():
    people = np.arange(4001.0)[:, None] * np.ones(2)
    account = account_of(LEVELS, Simulated(people=people, arrivals=people, departures=0 * people))
    assert np.quantile(account.present[:, 0], QUANTILES) == pytest.approx(LEVELS[1])
    assert account.present[:, 1] == pytest.approx(9.0)


@FEW
@given(levels(), simulations(), numbers(MEMBERS, most=4))
def test_who_comes_out_of_the_crossings_to_a_place_is_among_its_arrivals_and_all_where_only_they_lead_there(
    told, base, shares
):
    account = account_of(told, base)
    one, other = (base.arrivals * part[:, None] for part in (shares / 4, 1 - shares / 4))
    passed = [through(account, base.arrivals, crossed) for crossed in (one, other)]
    is_peopled = base.arrivals[:, -1] > 0
    assert sum(passed)[is_peopled] == pytest.approx(account.arrivals[is_peopled])
    assert not sum(passed)[~is_peopled].any()
    assert all((np.diff(some, axis=1) >= 0).all() for some in passed)
