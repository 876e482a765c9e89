"""Arriving, travelling and counting change what they say and nothing else."""

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


def on_the_way(run, target, days):
    """Put 40 people of the first group on the way, who arrive in so many days."""
    run.state.road[:, (run.head + days) % run.state.road.shape[1], target, 0] = 40
    run.state.on_road[:, 0] = 40


def test_who_has_days_left_does_not_arrive():
    run = begun()
    on_the_way(run, target=1, days=1)
    before = copied(run.state)
    kernels.arrive(run.head, run.state, run.layout, run.flows)
    assert all(np.array_equal(a, b) for a, b in zip(before, run.state, strict=True))
    kernels.arrive(run.head + 1, run.state, run.layout, run.flows)
    assert (run.state.displaced[:, 1, 0] == 40).all()
    assert (run.flows.arrivals[:, 1] == 40).all()
    assert not run.state.road.any()
    assert not run.state.on_road.any()


def test_who_set_out_for_a_crossing_arrives_in_its_queue():
    run = begun()
    on_the_way(run, target=3, days=0)
    kernels.arrive(run.head, run.state, run.layout, run.flows)
    assert (run.state.waiting[:, 0, 0] == 40).all()
    assert not run.flows.arrivals.any()


def test_who_is_back_is_a_resident():
    run = begun()
    slot = run.head % run.state.homeward.shape[1]
    run.state.homeward[:, slot, 0] = 7
    run.state.on_road[:, run.layout.group_of_place[0]] = 7
    kernels.arrive(run.head, run.state, run.layout, run.flows)
    assert (run.state.home[:, 0] == 7).all()
    assert (run.flows.returned[:, 0] == 7).all()
    assert not run.state.on_road.any()


def test_who_stands_at_the_crossing_joins_its_queue_on_the_same_day():
    run = begun()
    on_the_way(run, target=3, days=0)
    kernels.travel(run.head, run.state)
    assert (run.state.waiting[:, 0, 0] == 40).all()
    assert not run.state.on_road.any()


def test_members_are_drawn_for_apart():
    run = begun(at_home={"home": 10**6})
    assert len(set(run.state.home[:, 0])) == 3


def test_everybody_is_counted_where_they_are_and_for_the_group_they_are_from():
    run = begun(displaced={("abroad", "camp"): 30})
    run.state.home[:], run.state.displaced[:], run.state.on_road[:] = 0, 0, 0
    group = run.layout.group_of_place[2]
    run.state.home[:, 0], run.state.displaced[:, 1, group], run.state.waiting[:, 0, group] = 5, 30, 4
    run.state.on_road[:, group] = 2
    besieged = np.array([[False, True, False]] * 3)
    run.flows.departures[:] = [1, 2, 3]
    kernels.count(1, run.state, run.flows, run.layout, besieged, run.present, run.crowd.drawn, run.counted)
    assert (run.counts["people"][:, 1] == [5, 30, 0]).all()
    assert (run.counts["trapped"][:, 1] == [0, 30, 0]).all()
    assert (run.counts["departures"][:, 1] == [1, 2, 3]).all()
    assert (run.counts["waiting"][:, 1] == [4]).all()
    assert (run.counts["on_road"][:, 1] == [0, 0, 2]).all()  # as the scenario has the groups
    assert (run.counts["displaced_from"][:, 1] == [0, 0, 36]).all()
    assert np.array_equal(run.present, run.counts["people"][:, 1])
