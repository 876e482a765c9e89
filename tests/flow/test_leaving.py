"""People leave and choose as rates and weights say: few, who are drawn one by one, as many, whose counts are split."""

import numpy as np
import pytest
from scipy import stats

from tests.flow.test_draws import ALARM, fits
from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.flow import leaving
from tidings.flow.parameters import load_parameters
from tidings.flow.run import Run

MEMBERS = 4_000
ENDS = {"near": 10, "far": 90, "farther": 400, "blocked": 20}
COUNTRY = geography(
    {"home": "town", **dict.fromkeys(ENDS, "town"), "abroad": "camp"},
    [("home", end, km) for end, km in ENDS.items()],
    [("gate", "home", "abroad")],
)
GROUPS = {"home": "one", "near": "two", "far": "three", "farther": "four", "blocked": "one", "abroad": "two"}
FEW = {"one": 2, "two": 0, "three": 3, "four": 1}
MANY = {"one": 800, "two": 0, "three": 3_000, "four": 60}
CROWDS = pytest.mark.parametrize("people", [FEW, MANY], ids=["few", "many"])


def morning(people, members=MEMBERS, **parameters):
    """A run on a morning on which people of several groups stay at home, and all weights are known."""
    setting = scenario(COUNTRY, {"home": 40}, days=9, groups=GROUPS,
                       displaced={(group, "home"): number for group, number in people.items()})  # fmt: skip
    settings = load_parameters(
        {"awareness_hops": 1, "base_leaving_rate": 0.0, "onward_rate_settlement": 0.0, **parameters}
    )
    weather = snapshot(COUNTRY, besieged=["blocked"])
    run = Run(setting, [world(weather)] * members, 3, range(members), [settings] * members)
    run.one_day(0)
    return run


def leave(run, p_home, p_displaced):
    p_home, p_displaced = (np.full(run.present.shape, p) for p in (p_home, p_displaced))
    leaving.leave(run.luck, run._step("leave"), run.crowd, run.state, run.layout, run.flows, run.networks, run.weights,
                  p_home, p_displaced, run.leaving)  # fmt: skip


def weights(run, member=0):
    """The weight of each way from home, by name."""
    first, end = run.networks.starts[run.networks.of_member[member], :2]
    up_to = run.weights.up_to[first + run.weights.shift[member] : end + run.weights.shift[member]]
    names = [*(place.id for place in COUNTRY.places), "gate"]
    found = zip(run.networks.target[first:end], np.diff(up_to, prepend=0.0), strict=True)
    return {names[target]: float(weight) for target, weight in found}


def set_out(run, people):
    """Let people choose; return how many are on the way, shape (member, target, group of the scenario)."""
    run.leaving[:, 0] = np.array([people[name] for name in run.scenario.groups])[run.layout.groups]
    leaving.choose(
        run.luck, run._step("choose"), run.crowd, run.head, run.state, run.networks, run.weights, run.leaving
    )
    assert not run.leaving.any()
    on_way = np.empty_like(run.state.road.sum(axis=1))
    on_way[:, :, run.layout.groups] = run.state.road.sum(axis=1)
    return on_way


def test_a_weight_is_the_product_of_its_factors():
    found = weights(morning(MANY, members=2, violence_avoidance=0.0))
    nearness = {end: 1 / (1 + km / 10) for end, km in ENDS.items()}
    expected = {**nearness, "blocked": 0.0, "gate": load_parameters()["weight_crossing"]}
    assert found == pytest.approx(expected, abs=1e-12)


@CROWDS
def test_everybody_takes_a_way_by_its_weight(people):
    run = morning(people)
    share = weights(run)
    found = set_out(run, people)
    total = sum(share.values())
    for group, name in enumerate(run.scenario.groups):
        for target, end in enumerate([*(place.id for place in COUNTRY.places), "gate"]):
            chance = share.get(end, 0.0) / total
            assert fits(found[:, target, group], stats.binom(people[name], chance)) > ALARM
    assert (found.sum(axis=1) == [people[name] for name in run.scenario.groups]).all()


@CROWDS
def test_ways_and_groups_are_drawn_together_and_apart(people):
    run = morning(people)
    share = weights(run)
    found, chance = set_out(run, people), share["near"] / sum(share.values())
    assert fits(found[:, 1].sum(axis=1), stats.binom(sum(people.values()), chance)) > ALARM  # of all groups
    both = (share["near"] + share["gate"]) / sum(share.values())
    assert fits(found[:, 1, 2] + found[:, 6, 2], stats.binom(people["three"], both)) > ALARM  # of one group, two ways


@CROWDS
def test_those_who_leave_are_drawn_from_all_groups(people):
    run = morning(people)
    leave(run, 0.0, 0.25)
    for group, position in enumerate(run.layout.groups):
        n = people[run.scenario.groups[position]]
        assert fits(run.leaving[:, 0, group], stats.binom(n, 0.25)) > ALARM
        assert (run.leaving[:, 0, group] + run.state.displaced[:, 0, group] == n).all()
    assert (run.flows.departures[:, 0] == run.leaving[:, 0].sum(axis=1)).all()


def test_residents_who_leave_are_missing_at_home():
    run = morning(FEW, members=50)
    leave(run, 1.0, 0.0)
    assert (run.state.away[:, 0] == 40).all()
    assert (run.leaving[:, 0, run.layout.group_of_place[0]] == 40).all()
    assert not run.state.home[:, 0].any()


def test_nobody_leaves_where_no_destination_has_a_weight():
    run = morning(MANY, members=3)
    run.weights.up_to[:] = 0.0
    leave(run, 1.0, 1.0)
    assert not run.leaving.any()


def test_members_who_share_a_network_have_weights_of_their_own():
    setting = scenario(COUNTRY, {"home": 40}, days=9)
    sets = [load_parameters({"distance_exponent": exponent}) for exponent in (1.0, 2.0, 1.0)]
    run = Run(setting, [world(snapshot(COUNTRY))] * 3, 3, range(3), sets)
    run.one_day(0)
    assert run.networks.of_member.tolist() == [0, 0, 0]
    assert weights(run, 0) == weights(run, 2)
    assert weights(run, 0)["near"] == pytest.approx(0.5)
    assert weights(run, 1)["near"] == pytest.approx(0.25)
