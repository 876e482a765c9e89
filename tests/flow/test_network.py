"""Routes are the quickest ways over passable roads, as walking all ways finds them; crossings come last."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.worlds import geography
from tidings.core.streams import name_key
from tidings.flow import reference_ways
from tidings.flow.network import network_of, ways_of
from tidings.flow.parameters import load_parameters
from tidings.geography.graph import Geography
from tidings.geography.places import Road

PARAMETERS = load_parameters({"speed_motor": 100, "speed_foot": 20})
COUNTRY = geography(
    {"a": "town", "b": "town", "c": "town", "d": "camp", "x": "town"},
    [("a", "b", 100), ("b", "c", 100), ("a", "c", 350), ("c", "d", 50)],
    [("gate", "c", "x")],
)


def network(country, passable, is_open, hops):
    ways = ways_of(country)
    return network_of(ways, ways.days(PARAMETERS), passable, is_open, hops)


def routes(country=COUNTRY, passable=None, is_open=None, hops=2):
    """Return {(from, to): (km, days)} by name."""
    passable = np.ones(len(country.roads), bool) if passable is None else np.array(passable)
    is_open = np.ones(len(country.crossings), bool) if is_open is None else np.array(is_open)
    found = network(country, passable, is_open, hops)
    names = [each.id for each in (*country.places, *country.crossings)]
    return {
        (names[a], names[b]): (float(km), int(days))
        for a, b, km, days in zip(found.origin, found.target, found.km, found.days, strict=True)
    }


def test_the_quicker_of_two_ways_is_taken_even_with_more_roads():
    assert routes()["a", "c"] == (200.0, 2)
    assert routes(hops=1)["a", "c"] == (350.0, 4)


def test_nothing_farther_than_the_awareness_is_known():
    assert ("a", "d") not in routes(hops=1)
    assert routes(hops=2)["a", "d"] == (400.0, 4)  # two roads: by the long one
    assert routes(hops=3)["a", "d"] == (250.0, 3)


def test_a_crossing_counts_as_the_last_road():
    assert ("b", "gate") not in routes(hops=1)
    assert routes(hops=2)["b", "gate"] == (100.0, 1)
    assert routes(hops=2)["a", "gate"] == (350.0, 4)
    assert routes(hops=3)["a", "gate"] == (200.0, 2)


def test_who_stands_at_the_crossing_needs_no_day_to_reach_it():
    assert routes()["c", "gate"] == (0.0, 0)


def test_a_short_road_takes_a_day():
    assert routes()["c", "d"] == (50.0, 1)


def test_side_b_is_no_place_to_walk_to():
    assert not [pair for pair in routes(hops=3) if pair[1] == "x" or pair[0] == "x"]


def test_a_cut_road_is_no_way():
    assert ("c", "d") not in routes(passable=[True, True, True, False])
    assert routes(passable=[True, False, True, True])["a", "c"] == (350.0, 4)


def test_a_closed_crossing_is_no_destination():
    assert not [pair for pair in routes(is_open=[False]) if pair[1] == "gate"]


def test_a_road_between_the_sides_of_a_crossing_is_the_crossing():
    country = geography({"c": "town", "x": "town"}, [("x", "c", 5)], [("gate", "c", "x")])
    assert routes(country) == {("c", "gate"): (0.0, 0)}


def test_a_place_without_roads_has_no_routes():
    assert routes(geography({"a": "town", "b": "town"})) == {}


def test_a_road_has_the_speed_of_its_own_or_of_its_mode():
    ends = {"from": "a", "to": "b", "length_km": 100}
    roads = [Road.model_validate({"id": "1", **ends, **more})
             for more in ({}, {"mode": "foot"}, {"speed_km_per_day": 10})]  # fmt: skip
    country = Geography(COUNTRY.places, tuple(roads))
    assert list(ways_of(country).days(PARAMETERS)) == [1.0, 5.0, 10.0]


def test_an_exact_number_of_days_is_not_rounded_up_by_rounding_errors():
    thirds = geography({"a": "town", "b": "town", "c": "town"}, [("a", "b", 100 * 0.1), ("b", "c", 100 * 0.2 + 70)])
    assert routes(thirds)["a", "c"][1] == 1


def test_joined_places_have_one_number():
    found = network(COUNTRY, np.array([True, False, False, True]), np.array([True]), 1)
    assert [list(found.component).index(label) for label in found.component] == [0, 0, 2, 2, 2]


def test_targets_are_in_the_order_of_their_names_keys():
    keys = {name: name_key(name) for name in "abcdx"} | {"gate": name_key("crossing gate")}
    targets = [b for a, b in routes(hops=3) if a == "a"]
    assert targets == sorted(targets, key=lambda name: keys[name])


@st.composite
def graphs(draw):
    n = draw(st.integers(2, 7))
    road = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.integers(1, 300)).filter(lambda r: r[0] != r[1])
    return n, draw(st.lists(road, max_size=12))


@settings(deadline=None)  # the first call may compile
@given(graphs(), st.integers(1, 3))
def test_routes_are_those_that_walking_all_ways_finds(graph, hops):
    n, roads = graph
    names = [f"p{number}" for number in range(n)]
    country = geography(dict.fromkeys(names, "town"), [(names[a], names[b], km) for a, b, km in roads])
    edges = [(a, b, float(km), km / 100) for a, b, km in roads]
    expected = {
        (names[start], names[end]): max(1, math.ceil(days - 1e-9))
        for start in range(n)
        for end, (days, _) in reference_ways.reached(start, edges, hops).items()
        if end != start
    }
    assert {pair: days for pair, (_, days) in routes(country, hops=hops).items()} == expected


@settings(deadline=None)  # the first call may compile
@given(graphs())
def test_places_are_joined_where_a_way_leads(graph):
    n, roads = graph
    names = [f"p{number}" for number in range(n)]
    country = geography(dict.fromkeys(names, "town"), [(names[a], names[b], km) for a, b, km in roads])
    component = network(country, np.ones(len(roads), bool), np.ones(0, bool), 1).component
    edges = [(a, b, float(km), km / 100) for a, b, km in roads]
    for home in range(n):
        reached = reference_ways.days_to(home, edges)
        assert [component[home] == component[place] for place in range(n)] == [place in reached for place in range(n)]


def test_a_road_without_length_or_coordinates_is_an_error():
    road = Road.model_validate({"id": "r", "from": "a", "to": "b"})
    with pytest.raises(ValueError, match="road r has no length"):
        ways_of(Geography(COUNTRY.places, (road,)))
