"""Contract: paths, stations, legs and positions are those that people can choose and be at, each once."""

import numpy as np
import pytest

from tests.flow.flee_worlds import CAMP, CONFLICT, instance, place, settings
from tidings.flow.flee_ways import FINEST, Road, Step, roads_of, steps_along, ways_of

A, B, C, D = range(4)
TRIANGLE = [(A, B, 100), (B, C, 50), (A, C, 300)]


def roads(*routes, **more):
    """Both directions of routes, numbered 2 n and 2 n + 1."""
    given = {"speed": 360.0, "p_walk": 0.0, **more}
    return tuple(Road(*ends, km, **given) for one, other, km in routes for ends in ((one, other), (other, one)))


def ways(routes, *, n_places=3, markers=(), closing=(), **rules):
    rules = settings(**rules).move_rules
    is_marker = tuple(number in markers for number in range(n_places))
    return ways_of(roads(*routes) if not isinstance(routes[0], Road) else routes, is_marker, rules, frozenset(closing))


def paths_from(found, here):
    """The roads of each path from a place."""
    begin, end = found.stations.options[here : here + 2]
    return [tuple(int(road) for road in row if road >= 0) for row in found.options.roads[begin:end]]


def ends_from(found, here):
    begin, end = found.stations.options[here : here + 2]
    return found.options.end[begin:end].tolist()


def test_a_route_is_a_road_in_each_direction_and_has_speeds_of_its_own_where_they_are_told():
    country = instance([place("a", CONFLICT), place("b"), place("c", CAMP)], [
        ("b", "a", 70), ("b", "c", 90, {"max_move_speed": 40, "walk_probability": 0.25})])  # fmt: skip
    assert roads_of(country, settings(max_move_speed=200).move_rules) == (
        Road(1, 0, 70, 200.0, 0.0), Road(0, 1, 70, 200.0, 0.0), Road(1, 2, 90, 40.0, 0.25), Road(2, 1, 90, 40.0, 0.25),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("level", "paths"),
    [
        (1, [(0,), (4,)]),
        (2, [(0,), (0, 2), (4,), (4, 3)]),
        (3, [(0,), (0, 2), (4,), (4, 3)]),
    ],
)
def test_paths_go_as_deep_as_people_know_and_come_to_no_place_twice(level, paths):
    assert paths_from(ways(TRIANGLE, awareness_level=level), A) == paths


def test_two_paths_to_one_end_are_two_options():
    assert ends_from(ways(TRIANGLE, awareness_level=2), A) == [B, C, C, B]


def test_copies_of_a_road_are_paths_of_their_own_and_people_travel_on_the_first():
    found = ways([(A, B, 100), (A, B, 40)], n_places=2)
    assert paths_from(found, A) == [(0,), (2,)]
    assert found.legs.road[found.options.leg[:2]].tolist() == [0, 0]
    assert found.options.near[:2].tolist() == pytest.approx([1 / 110, 1 / 50])


def test_a_marker_ends_no_path_and_costs_no_level():
    line = [(A, B, 10), (B, C, 10), (C, D, 10)]  # b and c are markers
    found = ways(line, n_places=4, markers=(B, C))
    assert paths_from(found, A) == [(0, 2, 4)]
    assert ends_from(found, A) == [D]
    assert ends_from(found, B) == [A, D]


def test_nobody_is_led_into_a_marker_at_the_end_of_a_road():
    assert paths_from(ways([(A, B, 10)], n_places=2, markers=(B,)), A) == []


def test_a_route_that_was_chosen_leads_on_by_one_option_to_its_end():
    found = ways(TRIANGLE, awareness_level=2)
    leg = found.options.leg[1]  # by b to c
    station = found.legs.station[leg]
    assert found.stations.place[station] == B
    assert paths_from(found, station) == [(2,)]
    assert ends_from(found, station) == [C]
    assert found.legs.station[found.options.leg[found.stations.options[station]]] == C


def test_the_first_stations_are_the_places_without_a_route():
    found = ways(TRIANGLE, awareness_level=3)
    assert found.stations.place[:3].tolist() == [A, B, C]
    assert len(found.stations.options) == len(found.stations.place) + 1
    assert found.stations.options[-1] == len(found.options.leg)


def test_a_path_weighs_by_the_sum_of_its_lengths():
    found = ways(TRIANGLE, awareness_level=2, softening=10, distance_power=2, weight_power=0.5)
    assert found.options.near[:4].tolist() == pytest.approx([1 / 110, 1 / 160, 1 / 310, 1 / 360])


def test_a_place_without_roads_has_no_options():
    found = ways([(A, B, 10)])
    assert paths_from(found, C) == []


@pytest.mark.parametrize(("km", "n_days"), [(0, 1), (39.9, 1), (40, 2), (79, 2), (80, 3), (100, 3)])
def test_a_road_takes_a_day_more_than_whole_days_drives_fit_into_it(km, n_days):
    steps = steps_along(km, drive=40, walk=5, p_walk=0.0)
    assert len(steps) == n_days
    assert [step.drive_to for step in steps] == [*range(1, n_days), -1]


def test_the_last_day_on_a_road_is_what_is_left_of_it_and_a_day_before_is_a_whole_one():
    steps = steps_along(100, drive=40, walk=5, p_walk=0.0)
    assert [step.drive_km for step in steps] == [40, 40, 20]


def test_who_walks_for_certain_has_no_position_by_vehicle():
    assert steps_along(12, drive=40, walk=5, p_walk=1.0) == [
        Step(1.0, -1, 0.0, 1, 5), Step(1.0, -1, 0.0, 2, 5), Step(1.0, -1, 0.0, -1, 2),
    ]  # fmt: skip


def test_where_a_road_is_walked_or_driven_every_sum_of_days_is_a_position_once():
    steps = steps_along(50, drive=20, walk=10, p_walk=0.5)
    assert len(steps) == 6  # 0, 10 … 50 km: who walked two days is where who drove one is
    at = {0: 0.0}
    for number, step in enumerate(steps):
        for to, km in ((step.drive_to, step.drive_km), (step.walk_to, step.walk_km)):
            if to >= 0:
                assert at.setdefault(to, at[number] + km) == at[number] + km
            else:
                assert at[number] + km == 50
    assert sorted(at.values()) == [0, 10, 20, 30, 40, 50]


def test_a_first_journey_on_foot_has_positions_of_its_own():
    found = ways(roads((A, B, 100), speed=60.0), n_places=2, start_on_foot=True, max_walk_speed=35)
    leg = found.options.leg[0]
    by_vehicle, on_foot = found.legs.first[leg]
    assert (np.flatnonzero(found.positions.leg == leg) == range(by_vehicle, by_vehicle + 2 + 3)).all()
    assert found.positions.p_walk[[by_vehicle, on_foot]].tolist() == [0.0, 1.0]
    assert found.positions.walk_ticks[on_foot : on_foot + 3].tolist() == [35, 35, 30]
    assert (ways([(A, B, 100)], n_places=2).legs.first[:, 1] == -1).all()


def test_only_a_road_that_closes_has_a_leg_that_leads_back_to_its_start():
    found = ways([(A, B, 100), (B, C, 50)], closing=(0,))
    there = found.options.leg[0]
    back = found.legs.turned[there]
    assert found.legs.leads_back.tolist().count(True) == 1
    assert found.legs.leads_back[back]
    assert found.legs.station[[there, back]].tolist() == [B, A]
    assert found.legs.road[back] == found.legs.road[there] == 0
    assert (np.delete(found.legs.turned, there) == -1).all()


def test_a_tick_is_a_kilometre_where_all_is_whole():
    found = ways(roads((A, B, 100), speed=60.0), n_places=2, max_move_speed=60, max_walk_speed=35)
    assert (found.drive, found.walk) == (60, 35)
    assert found.positions.drive_ticks[:2].tolist() == [60, 40]


def test_a_tick_is_a_small_part_of_the_fastest_day_where_something_is_not_whole():
    found = ways(roads((A, B, 100.5), speed=400.0), n_places=2, max_move_speed=200, max_walk_speed=50)
    assert (found.drive, found.walk) == (FINEST // 2, FINEST // 8)
    assert found.legs.speed[0] == FINEST
    assert found.positions.drive_ticks[0] == round(100.5 / 400 * FINEST)


def test_no_road_is_passed_in_no_time():
    found = ways([(A, B, 0)], n_places=2)
    assert (found.positions.drive_ticks >= 1).all()


def test_the_first_road_of_a_path_says_whether_it_is_walked():
    country = (*roads((A, B, 100), p_walk=0.25), *roads((B, C, 50), p_walk=0.75))
    found = ways(country, awareness_level=2)
    assert found.options.p_walk[:2].tolist() == [0.25, 0.25]
    assert found.options.p_walk[found.stations.options[B]] == 0.25
