"""People return to calm homes of their group in proportion to who is missing there, few as many."""

import numpy as np
import pytest
from scipy import stats

from tests.flow.test_draws import ALARM, fits
from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.flow import returning
from tidings.flow.networks import search_homes
from tidings.flow.parameters import load_parameters
from tidings.flow.run import Run

MEMBERS = 4_000
HOMES = ("h1", "h2", "h3", "h4")
PLACES = {**dict.fromkeys((*HOMES, "other"), "town"), "camp": "camp", "island": "town", "islet": "town"}
COUNTRY = geography(PLACES, [*((home, "camp", 150) for home in HOMES), ("h2", "h3", 20), ("other", "camp", 700),
                             ("island", "islet", 9)])  # fmt: skip
GROUPS = {**dict.fromkeys((*HOMES, "island"), "ours"), "other": "theirs", "camp": "nobody", "islet": "nobody"}
AWAY = {"h1": 3_000, "h2": 1_000, "h3": 0, "h4": 6_000, "other": 5_000, "island": 4_000}
NAMES = list(PLACES)


def evening(staying, away=AWAY, members=MEMBERS):
    """A run at the end of a day, with people of some groups at some places and others missing at home."""
    setting = scenario(COUNTRY, {}, days=20, groups=GROUPS)
    run = Run(setting, [world(snapshot(COUNTRY))] * members, 3, range(members), [load_parameters()] * members)
    run.one_day(0)
    for (group, place), number in staying.items():
        run.state.displaced[:, NAMES.index(place), at(run, group)] = number
    for home, number in away.items():
        run.state.away[:, NAMES.index(home)] = number
    return run


def at(run, group):
    return run.layout.groups.tolist().index(run.scenario.groups.index(group))


def returned(run, p_return, calm=tuple(AWAY)):
    is_calm = np.array([[name in calm for name in NAMES]] * len(run.state.home))
    search_homes(run.networks, run.state.away, is_calm, run.layout.group_of_place)
    returning.return_home(run.luck, run._step("return_home"), run.crowd, run.missing, run.head, run.state, run.layout,
                          run.flows, run.networks, is_calm, np.full(run.state.home.shape, p_return))  # fmt: skip
    return run


def going(run, home):
    return run.state.homeward[:, :, NAMES.index(home)].sum(axis=1)


FEW, MANY = {("ours", "camp"): 5, ("theirs", "camp"): 3}, {("ours", "camp"): 4_000, ("theirs", "camp"): 300}
CROWDS = pytest.mark.parametrize("staying", [FEW, MANY], ids=["few", "many"])


@CROWDS
def test_each_returns_with_the_share_of_the_group_s_homes_that_are_calm_and_in_reach(staying):
    run = returned(evening(staying), 0.4, calm=("h1", "h2", "island"))
    ours, theirs = staying["ours", "camp"], staying["theirs", "camp"]
    share = 4 / 14  # h1 and h2 of all who are away: h4 is not calm, the island is out of reach
    assert fits(ours - run.state.displaced[:, 5, at(run, "ours")], stats.binom(ours, 0.4 * share)) > ALARM
    assert (run.state.displaced[:, 5, at(run, "theirs")] == theirs).all()  # theirs is not calm
    assert np.array_equal(run.flows.departures[:, 5], ours - run.state.displaced[:, 5, at(run, "ours")])


@CROWDS
def test_groups_return_each_with_a_chance_of_its_own(staying):
    run = returned(evening(staying), 0.2)
    ours, theirs = staying["ours", "camp"], staying["theirs", "camp"]
    assert fits(ours - run.state.displaced[:, 5, at(run, "ours")], stats.binom(ours, 0.2 * 10 / 14)) > ALARM
    assert fits(theirs - run.state.displaced[:, 5, at(run, "theirs")], stats.binom(theirs, 0.2)) > ALARM
    together = np.convolve(
        stats.binom(5, 0.2 * 10 / 14).pmf(range(6)), stats.binom(3, 0.2).pmf(range(4))
    )  # independent of one another
    if staying is FEW:
        assert fits(run.flows.departures[:, 5], stats.rv_discrete(values=(range(9), together))) > ALARM


@CROWDS
def test_homes_are_taken_in_proportion_to_who_is_missing_there(staying):
    run = returned(evening(staying), 0.5)
    returning_ = sum(going(run, home) for home in HOMES)
    for home, missing in (("h1", 3_000), ("h2", 1_000), ("h3", 0), ("h4", 6_000)):
        share, several = missing / 10_000, returning_ > 0  # nobody takes the place of somebody who is gone already
        spread = np.sqrt(returning_ * share * (1 - share) * (10_000 - returning_) / 9_999)[several]
        off = (going(run, home) - returning_ * share)[several]
        assert abs(off.sum()) <= 5 * np.sqrt((spread**2).sum())
        assert np.var(off) == pytest.approx(np.mean(spread**2), rel=0.15)
    assert not going(run, "island").any()


@CROWDS
def test_whoever_sets_out_for_home_is_no_longer_missing_there(staying):
    run = returned(evening(staying), 0.9)
    for home, missing in AWAY.items():
        assert np.array_equal(run.state.away[:, NAMES.index(home)], missing - going(run, home))


@pytest.mark.parametrize("away", [{"h1": 3, "h4": 2}, {"h1": 300, "h2": 1, "h4": 200}], ids=["few", "many"])
def test_no_more_return_to_a_home_than_left_it(away):
    run = returned(evening({("ours", "camp"): 4_000, ("ours", "other"): 4_000}, away), 1.0)
    for home, missing in away.items():
        assert going(run, home).max() <= missing
        assert run.state.away[:, NAMES.index(home)].min() >= 0
    assert (run.flows.departures.sum(axis=1) == sum(away.values())).mean() > 0.9


@CROWDS
def test_people_displaced_before_the_run_have_a_part_in_the_chance_and_no_home(staying):
    run = evening(staying)
    before = run.layout.displaced_before.copy()
    before[at(run, "ours")] = 6_000  # beside 14,000 whose homes are known
    run.layout = run.layout._replace(displaced_before=before)
    returned(run, 0.4)
    ours = staying["ours", "camp"]
    assert fits(ours - run.state.displaced[:, 5, at(run, "ours")], stats.binom(ours, 0.4 * 10 / 20)) > ALARM


@pytest.mark.parametrize("people", [4, 5_000])
def test_who_is_at_a_place_is_not_away_from_it(people):
    run = returned(evening({("ours", "h4"): people}), 0.3)
    assert not going(run, "h4").any()
    assert fits(people - run.state.displaced[:, 3, at(run, "ours")], stats.binom(people, 0.3 * 4 / 8)) > ALARM
    assert going(run, "h1").mean() == pytest.approx(0.3 * people * 3 / 8, rel=0.05)


def test_nobody_returns_to_a_place_that_nobody_is_missing_from():
    run = returned(evening(MANY, away={}, members=3), 1.0)
    assert not run.state.homeward.any()


def test_the_journey_takes_the_days_to_the_nearest_place_of_the_group():
    run = returned(evening(MANY, members=3), 1.0)
    slots = {
        home: set(np.flatnonzero(run.state.homeward[:, :, NAMES.index(home)].any(axis=0))) for home in ("h4", "other")
    }
    now = run.head % run.state.homeward.shape[1]
    assert slots == {"h4": {now + 1}, "other": {now + 4}}  # 150 and 700 km at 200 km a day


def test_those_on_the_way_home_are_on_the_road():
    run = returned(evening(MANY, members=3), 1.0)
    assert np.array_equal(run.state.homeward.sum(axis=(1, 2)), run.state.on_road.sum(axis=1))


def test_the_first_home_up_to_which_more_are_missing_is_found():
    up_to = np.array([0, 3, 3, 7, 7])
    assert [returning.home_at(number, up_to) for number in range(7)] == [1, 1, 1, 3, 3, 3, 3]
