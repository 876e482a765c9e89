"""Networks stand one after another without mixing, and the way home is that to the nearest place of the group."""

import math

import numpy as np
from hypothesis import given, settings

from tests.flow.test_network import PARAMETERS, graphs
from tests.flow.worlds import geography
from tidings.flow import reference_ways
from tidings.flow.network import network_of, ways_of
from tidings.flow.networks import NO_WAY, NOT_SEARCHED, joined, search_home, search_homes

COUNTRY = geography(
    {"a": "town", "b": "town", "c": "town", "d": "camp", "x": "town"},
    [("a", "b", 100), ("b", "c", 100), ("a", "c", 350), ("c", "d", 50)],
    [("gate", "c", "x")],
)
HOMES = np.array([3, 0, 4, 1, 2])
GROUP_OF_PLACE = np.array([0, 1, 1, 0, 1])


def network(passable=(True,) * 4, is_open=True, hops=2):
    ways = ways_of(COUNTRY)
    return network_of(ways, ways.days(PARAMETERS), np.array(passable), np.array([is_open]), hops)


def together(*networks, of_member=(0,)):
    return joined(list(networks), of_member, HOMES, GROUP_OF_PLACE)


def searched(networks, group, number=0):
    search_home(number, group, networks, GROUP_OF_PLACE)
    return networks.days_home[number, group].tolist()


def test_each_network_keeps_its_routes():
    one, other = network(), network((True, False, False, True), hops=1)
    both = together(one, other, of_member=(1, 0, 1))
    for number, alone in enumerate((one, other)):
        rows = slice(both.starts[number, 0], both.starts[number, -1])
        assert both.target[rows].tolist() == alone.target.tolist()
        assert both.days[rows].tolist() == alone.days.tolist()
        assert (both.starts[number] - both.starts[number, 0]).tolist() == alone.starts.tolist()
        assert both.component[number].tolist() == alone.component.tolist()
    assert both.of_member.tolist() == [1, 0, 1]


def test_homes_stand_by_group_then_by_what_is_joined_then_by_key():
    cut = together(network((False, False, False, True), is_open=False))
    assert cut.homes.tolist() == [[0, 3, 1, 2, 4]]  # a, d | b, c, x: by the lowest place that each is joined to
    assert together(network()).homes.tolist() == [HOMES.tolist()]


def test_nobody_has_searched_at_first():
    assert (together(network()).days_home == NOT_SEARCHED).all()


def test_the_way_home_is_that_to_the_nearest_place_of_the_group():
    networks = together(network())
    assert searched(networks, 0) == [1, 1, 1, 1, 1]  # to a or d: x through the gate to c, and 50 km on
    assert (networks.days_home[0, 1] == NOT_SEARCHED).all()
    assert searched(together(network((True, True, True, False))), 0) == [1, 1, 2, 1, 2]  # d stands alone


def test_the_way_home_leads_through_a_crossing_in_both_directions():
    only_x = np.array([0, 0, 0, 0, 1])
    networks = joined([network()], [0], np.array([3, 0, 1, 2, 4]), only_x)
    search_home(0, 1, networks, only_x)
    assert networks.days_home[0, 1].tolist() == [2, 1, 1, 1, 1]
    search_home(0, 0, networks, only_x)
    assert networks.days_home[0, 0].tolist() == [1, 1, 1, 1, 1]


def test_no_way_home_is_said():
    networks = together(network((False,) * 4, is_open=False))
    assert searched(networks, 0) == [1, NO_WAY, NO_WAY, 1, NO_WAY]


def test_a_search_is_made_in_the_network_asked_for():
    networks = together(network((False,) * 4, is_open=False), network())
    assert NO_WAY not in searched(networks, 1, number=1)
    assert (networks.days_home[0] == NOT_SEARCHED).all()


def test_the_groups_of_calm_places_that_somebody_is_away_from_are_searched():
    networks = together(network(), network(hops=1), of_member=(1, 0))
    away, is_calm = np.array([[0, 4, 0, 9, 0], [0] * 5]), np.array([[True, True, True, False, True]] * 2)
    search_homes(networks, away, is_calm, GROUP_OF_PLACE)
    assert [(networks.days_home[number, group] != NOT_SEARCHED).all() for number in range(2) for group in range(2)] == [
        False, False, False, True,
    ]  # fmt: skip


@settings(deadline=None)  # the first call may compile
@given(graphs())
def test_days_home_are_those_of_the_reference(graph):
    n, roads = graph
    names = [f"p{number}" for number in range(n)]
    country = geography(dict.fromkeys(names, "town"), [(names[a], names[b], km) for a, b, km in roads])
    ways, group_of_place = ways_of(country), np.arange(n) % 2
    alone = network_of(ways, ways.days(PARAMETERS), np.ones(len(roads), bool), np.ones(0, bool), 1)
    networks = joined([alone], [0], np.argsort(group_of_place, kind="stable"), group_of_place)
    edges = [(a, b, float(km), km / 100) for a, b, km in roads]
    for group in range(2):
        search_home(0, group, networks, group_of_place)
        slow = [reference_ways.days_to(home, edges) for home in range(n) if group_of_place[home] == group]
        for place in range(n):
            nearest = min(days.get(place, math.inf) for days in slow)
            expected = max(1, math.ceil(nearest - 1e-9)) if nearest < math.inf else NO_WAY
            assert networks.days_home[0, group, place] == expected
