"""A queue is served at random; who gives up settles or turns back to another place."""

import numpy as np
import pytest
from scipy import stats

from tests.flow.test_draws import ALARM, fits
from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.flow import crossing
from tidings.flow.parameters import load_parameters
from tidings.flow.run import Run

MEMBERS = 4_000
COUNTRY = geography(
    {"side": "town", "abroad": "camp", "inland": "town"}, [("side", "inland", 300)],
    [("gate", "side", "abroad"), ("ferry", "side", "abroad")],
)  # fmt: skip
FEW = {"side": 3, "abroad": 2, "inland": 0}
MANY = {"side": 900, "abroad": 2_000, "inland": 40}
CROWDS = pytest.mark.parametrize("people", [FEW, MANY], ids=["few", "many"])


def morning(people, members=MEMBERS):
    setting = scenario(COUNTRY, {}, days=9, waiting={(group, "gate"): number for group, number in people.items()})
    patient = load_parameters({"settle_near_rate": 0.0, "turn_back_rate": 0.0})
    shut = world(snapshot(COUNTRY, policy={"gate": 2}))
    run = Run(setting, [shut] * members, 3, range(members), [patient] * members)
    run.one_day(0)
    return run


def by_group(run, people):
    return [people[run.scenario.groups[position]] for position in run.layout.groups]


def settled(run, p_give_up, p_settle):
    shape = run.state.waiting.shape[:2]
    crossing.settle(run.luck, run._step("settle"), run.crowd, run.head, run.state, run.layout, run.flows, run.networks,
                    run.weights, np.full(shape, p_give_up), np.full(shape, p_settle))  # fmt: skip
    return run


@CROWDS
def test_those_who_pass_are_drawn_from_all_groups(people):
    run = morning(people)
    total, passing = sum(people.values()), sum(people.values()) // 3
    crossing.queue(
        run.luck, run._step("queue"), run.crowd, run.state, run.layout, run.flows, np.full((MEMBERS, 2), float(passing))
    )
    assert (run.flows.crossed == [passing, 0]).all()
    for group, n in enumerate(by_group(run, people)):
        assert fits(run.state.displaced[:, 1, group], stats.hypergeom(total, n, passing)) > ALARM
        assert (run.state.displaced[:, 1, group] + run.state.waiting[:, 0, group] == n).all()


@CROWDS
def test_those_who_give_up_settle_or_turn_back(people):
    run = settled(morning(people), 0.5, 0.4)
    for group, n in enumerate(by_group(run, people)):
        assert fits(run.state.displaced[:, 0, group], stats.binom(n, 0.2)) > ALARM
        assert fits(run.state.on_road[:, group], stats.binom(n, 0.3)) > ALARM
        left = run.state.waiting[:, 0, group] + run.state.displaced[:, 0, group] + run.state.on_road[:, group]
        assert (left == n).all()
    assert np.array_equal(run.flows.arrivals[:, 0], run.state.displaced[:, 0].sum(axis=1))
    assert np.array_equal(run.state.road.sum(axis=(1, 2)), run.state.on_road)


def test_who_turns_back_does_not_come_to_the_same_crossing():
    run = settled(morning(MANY, members=200), 1.0, 0.0)
    by_target = run.state.road.sum(axis=(0, 1, 3))
    assert by_target[3] == 0  # the gate
    assert (by_target[[2, 4]] > 0).all()  # inland, and the ferry


def test_who_has_nowhere_to_turn_settles():
    run = morning(MANY, members=3)
    run.weights.up_to[:] = 0.0
    settled(run, 1.0, 0.0)
    assert (run.state.displaced[:, 0].sum(axis=1) == sum(MANY.values())).all()


def test_the_weight_of_a_barred_way_is_left_out():
    target, up_to = np.array([4, 2, 7]), np.array([1.0, 3.5, 3.75])
    assert crossing.without(2, target, up_to).tolist() == [1.0, 1.0, 1.25]
    assert crossing.without(9, target, up_to).tolist() == up_to.tolist()
    assert crossing.without(2, target[1:2], up_to[1:2]).tolist() == [0.0]
