"""Contract: the graph of a day leads each state and node to what a day's travel comes to, in the order of the day."""

import numpy as np
import pytest

from tests.flow.test_flee_ways import A, B, C, roads, ways
from tidings.flow import flee_chain
from tidings.flow.flee_chain import MOST_RECENT, at_position, at_station, chain_of

LINE = [(A, B, 100), (B, C, 50)]


def chain(found, *, on_foot=False, levels=1):
    return chain_of(found, on_foot=on_foot, levels=levels)


def targets_of(graph, state, n_options, *, of_node=False):
    """Where the edges of a state or node lead: ("node", number) or ("state", number)."""
    part = graph.nodes if of_node else graph.states
    begin, n_nodes = part.edges[state], len(graph.nodes.station)
    found = part.targets[begin : begin + n_options * graph.shape.ways_to_go].tolist()
    return [("node", target) if target < n_nodes else ("state", target - n_nodes) for target in found]


def station_of(graph, target):
    """The station that a target is at."""
    kind, number = target
    return int((graph.nodes if kind == "node" else graph.states).station[number])


def test_states_are_numbered_stations_first_without_a_gap():
    shape = flee_chain.Shape(n_stations=3, firsts=2, levels=4, n_positions=5, ways_to_go=1)
    numbers = [at_station(shape, station, first, level)
               for station in range(3) for first in range(2) for level in range(4)]  # fmt: skip
    numbers += [at_position(shape, position, level) for position in range(5) for level in range(4)]
    assert numbers == list(range(3 * 2 * 4 + 5 * 4))


def test_a_state_is_at_a_place_or_on_the_road():
    found = ways(LINE, max_move_speed=30)
    graph = chain(found)
    assert graph.states.place[:3].tolist() == graph.states.station[:3].tolist() == [A, B, C]
    assert (graph.states.place[3:] == -1).all()
    assert (graph.states.station[3:] == -1).all()
    assert len(graph.states.place) == 3 + len(found.positions.leg)


def test_who_arrives_with_distance_left_is_at_a_node_and_decides_again():
    graph = chain(ways(LINE))
    (target,) = targets_of(graph, A, 1)
    assert target[0] == "node"
    assert station_of(graph, target) == B
    assert graph.nodes.stayed[target[1]] == len(graph.nodes.station) + B  # who stays there ends the day there


def test_each_further_road_of_the_day_has_a_full_days_speed():
    """100 km, then 350 km at 360 km a day: both on one day."""
    graph = chain(ways([(A, B, 100), (B, C, 350)]))
    (first,) = targets_of(graph, A, 1)
    back, on = targets_of(graph, first[1], 2, of_node=True)
    assert station_of(graph, back) == A
    assert on == ("state", C)  # 450 km are a day's distance: nobody goes on from there


@pytest.mark.parametrize(("km", "kind"), [(39, "node"), (40, "state")])
def test_the_day_ends_for_those_who_have_travelled_its_distance(km, kind):
    graph = chain(ways(roads((A, B, 60), (B, C, km), speed=100.0), max_move_speed=100))
    (first,) = targets_of(graph, A, 1)
    _, on = targets_of(graph, first[1], 2, of_node=True)
    assert on[0] == kind
    assert station_of(graph, on) == C


def test_a_road_of_a_days_length_takes_a_second_day():
    graph = chain(ways(roads((A, B, 100), speed=100.0), max_move_speed=100))
    ((kind, state),) = targets_of(graph, A, 1)
    assert kind == "state"
    assert graph.states.station[state] == -1


def test_who_comes_to_the_end_of_a_road_on_its_last_kilometre_has_nearly_a_whole_day_left():
    found = ways(roads((A, B, 100), (B, C, 50), speed=100.0), max_move_speed=100)
    graph = chain(found)
    (on_road,) = targets_of(graph, A, 1)
    (arrived,) = targets_of(graph, on_road[1], 1)
    assert arrived[0] == "node"
    assert station_of(graph, arrived) == B


def test_who_is_led_back_ends_the_day_at_the_start_of_the_road():
    found = ways(LINE, closing=(0,))
    graph = chain(found)
    back = found.legs.turned[found.options.leg[0]]
    state = at_position(graph.shape, int(found.legs.first[back, 0]), 0)
    assert targets_of(graph, state, 1) == [("state", A)]


def test_nodes_come_before_those_that_they_lead_to():
    graph = chain(ways([(A, B, 40), (B, C, 70), (A, C, 90)], awareness_level=2))
    n_nodes = len(graph.nodes.station)
    assert n_nodes > 3
    assert (graph.nodes.stayed >= n_nodes).all()
    n_options = np.diff(ways([(A, B, 40), (B, C, 70), (A, C, 90)], awareness_level=2).stations.options)
    for node in range(n_nodes):
        for kind, number in targets_of(graph, node, n_options[graph.nodes.station[node]], of_node=True):
            assert kind == "state" or number > node


def test_nodes_with_the_same_future_are_one():
    """From A and from C people come to B with the same day's distance left, or with other ones and no future."""
    graph = chain(ways([(A, B, 300), (B, C, 300)]))
    (from_a,) = targets_of(graph, A, 1)
    (from_c,) = targets_of(graph, C, 1)
    assert from_a == from_c
    unlike = chain(ways([(A, B, 300), (B, C, 200)]))  # both can go on to either end, and no further
    assert targets_of(unlike, A, 1) == targets_of(unlike, C, 1)
    far = chain(ways([(A, B, 40), (B, C, 200)]))  # from A 320 km are left, from C 160
    assert targets_of(far, A, 1) != targets_of(far, C, 1)


def test_who_stays_has_lost_a_route():
    found = ways(LINE, awareness_level=2)
    graph = chain(found)
    with_route = [station for station in range(3, len(found.stations.place)) if found.stations.place[station] == B]
    assert with_route
    assert graph.states.stayed[with_route].tolist() == [B] * len(with_route)
    assert graph.states.stayed[:3].tolist() == [A, B, C]


def test_a_first_journey_on_foot_is_one_only_until_its_end():
    found = ways(LINE, start_on_foot=True, max_walk_speed=35)
    graph = chain(found, on_foot=True)
    first, later = at_station(graph.shape, A, 1, 0), at_station(graph.shape, A, 0, 0)
    assert graph.states.stayed[[first, later]].tolist() == [first, later]
    (walks,) = targets_of(graph, first, 1)
    (drives,) = targets_of(graph, later, 1)
    assert walks[0] == "state"
    assert drives[0] == "node"
    two_days_on = walks[1] + 1
    (arrived,) = targets_of(graph, two_days_on, 1)
    assert station_of(graph, arrived) == B
    assert graph.nodes.stayed[arrived[1]] - len(graph.nodes.station) == at_station(graph.shape, B, 0, 0)


def test_a_road_that_is_walked_or_driven_has_two_edges_and_others_the_same_twice():
    country = (*roads((A, B, 100), p_walk=0.25), *roads((B, C, 50)))
    graph = chain(ways(country))
    assert graph.shape.ways_to_go == 2
    drives, walks = targets_of(graph, A, 1)
    assert drives[0] == "node"
    assert walks[0] == "state"
    either, the_same = targets_of(graph, C, 1)
    assert either == the_same
    assert graph.states.second[walks[1]] == 0.25


def test_a_road_that_all_walk_needs_no_second_edge():
    graph = chain(ways(roads((A, B, 100), (B, C, 50), p_walk=1.0), max_walk_speed=35))
    assert graph.shape.ways_to_go == 1
    assert targets_of(graph, A, 1)[0][0] == "state"


def test_recent_travel_is_halved_each_day_and_half_of_the_days_share_is_added():
    levels = 17
    a_level = MOST_RECENT / (levels - 1)
    found = ways(roads((A, B, 1000), (B, C, 50), speed=90.0), max_move_speed=100)
    graph = chain(found, levels=levels)
    for level in (0, 3, 8, 13, 16):
        state = at_position(graph.shape, int(found.legs.first[found.options.leg[0], 0]), level)
        ((_, end),) = targets_of(graph, state, 1)
        expected = (level * a_level + 0.9) / 2
        assert abs(end % levels * a_level - expected) <= a_level / 2 + 1e-9
        rested = graph.states.stayed[at_station(graph.shape, A, 0, level)]
        assert abs(rested % levels * a_level - level * a_level / 2) <= a_level / 2 + 1e-9


def test_people_do_not_stop_where_yesterday_and_today_are_less_than_a_days_drive():
    levels, found = 17, ways(roads((A, B, 60), (B, C, 50), speed=100.0), max_move_speed=100)
    graph = chain(found, levels=levels)

    def is_forced(level):
        ((kind, node),) = targets_of(graph, at_station(graph.shape, A, 0, level), 1)
        assert kind == "node"
        return bool(graph.nodes.forced[node])

    assert [is_forced(level) for level in (0, 3, 4, 16)] == [True, True, False, False]  # 0.6 + level / 8 < 1
    assert not chain(found).nodes.forced.any()


def reachable(graph, state, n_options):
    """All nodes and states ahead of a state, found slowly."""
    nodes, ends = set(), set()
    open_ = targets_of(graph, state, n_options(graph.states.station[state]))
    while open_:
        kind, number = open_.pop()
        if kind == "state":
            ends.add(number)
        elif number not in nodes:
            nodes.add(number)
            ends.add(int(graph.nodes.stayed[number]) - len(graph.nodes.station))
            open_ += targets_of(graph, number, n_options(graph.nodes.station[number]), of_node=True)
    return nodes, ends


NET = ways([(A, B, 40), (B, C, 70), (A, C, 90)], awareness_level=2, max_move_speed=200)


def options_at(station):
    return 1 if station < 0 else int(np.diff(NET.stations.options)[station])


def test_what_lies_ahead_of_a_state_is_listed_in_the_order_of_the_day():
    graph = chain(NET)
    for state, (begin, end, first_end, last_end) in enumerate(graph.states.ahead):
        nodes, ends = graph.states.nodes[begin:end].tolist(), graph.states.ends[first_end:last_end].tolist()
        assert nodes == sorted(set(nodes))
        assert len(ends) == len(set(ends))
        assert (set(nodes), set(ends)) == reachable(graph, state, options_at)


def test_where_lists_would_be_too_long_anything_may_lie_ahead_of_anybody(monkeypatch):
    listed = chain(NET)
    monkeypatch.setattr(flee_chain, "MOST_LOOKED_THROUGH", 0)
    graph = chain(NET)
    n_states, n_nodes = len(graph.states.place), len(graph.nodes.station)
    assert (graph.states.ahead == [0, n_nodes, 0, n_states]).all()
    assert graph.states.nodes.tolist() == list(range(n_nodes))
    assert graph.states.ends.tolist() == list(range(n_states))
    assert graph.states.targets.tolist() == listed.states.targets.tolist()


def test_the_further_a_day_can_lead_the_more_people_are_few():
    few = chain(NET).states.few
    assert (few >= 4).all()
    assert few[A] > chain(ways([(A, B, 1000)], n_places=2)).states.few[A]


@pytest.mark.parametrize("levels", [1, 17])
def test_no_state_of_a_place_without_roads_leads_anywhere(levels):
    graph = chain(ways([(A, B, 10)]), levels=levels)
    begin, end, *_ = graph.states.ahead[at_station(graph.shape, C, 0, 0)]
    assert begin == end
