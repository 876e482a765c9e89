"""A step of the day changes what it says and nothing else."""

import numpy as np

from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.flow import kernels
from tidings.flow.parameters import load_parameters
from tidings.flow.run import Run

COUNTRY = geography(
    {"home": "town", "camp": "camp", "abroad": "camp"}, [("home", "camp", 450)], [("gate", "camp", "abroad")]
)


def begun(**people):
    setting = scenario(COUNTRY, people.pop("at_home", {}), days=9, **people)
    run = Run(setting, [world(snapshot(COUNTRY))] * 3, 1, range(3), [load_parameters({"base_leaving_rate": 0.5})] * 3)
    run.one_day(0)
    return run


def copied(state):
    return kernels.State(*(part.copy() for part in state))


def test_who_has_days_left_does_not_arrive():
    run = begun()
    run.state.road[:, 0, 1, (run.head + 1) % run.state.road.shape[3]] = 40
    run.state.on_road[:, 0] = 40
    before = copied(run.state)
    kernels.arrive(run.head, run.state, run.layout, run.flows)
    assert all(np.array_equal(a, b) for a, b in zip(before, run.state, strict=True))
    kernels.arrive(run.head + 1, run.state, run.layout, run.flows)
    assert (run.state.displaced[:, 0, 1] == 40).all()
    assert not run.state.road.any()
    assert not run.state.on_road.any()


def test_who_set_out_for_a_crossing_arrives_in_its_queue():
    run = begun()
    run.state.road[:, 0, 3, run.head % run.state.road.shape[3]] = 40
    run.state.on_road[:, 0] = 40
    kernels.arrive(run.head, run.state, run.layout, run.flows)
    assert (run.state.waiting[:, 0, 0] == 40).all()
    assert not run.flows.arrivals.any()


def test_a_weight_is_that_of_all_routes_but_the_barred_ones():
    routes = kernels.Routes(
        np.array([0, 2]), np.array([0, 1]), np.array([1, 1]), np.array([[2.0, 3.0]]), np.array([[1.0, 0.5]])
    )
    assert kernels.total_weight(0, 0, 0, -1, routes) == 3.5
    assert kernels.total_weight(0, 0, 0, 1, routes) == 2.0


def test_members_are_drawn_for_apart():
    run = begun(at_home={"home": 10**6})
    assert len(set(run.state.home[:, 0])) == 3
