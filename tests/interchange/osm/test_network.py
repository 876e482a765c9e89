"""Contract: roads between places join whatever the ways join, and no way over them is much longer than it need be."""

import numpy as np
import rustworkx as rx
from hypothesis import given, settings
from hypothesis import strategies as st

from tidings.geography.places import Place, great_circle_km
from tidings.interchange.osm.network import AS_FAR, roads_between, snap
from tidings.interchange.osm.ways import Ways, step_km

GRID = 5
SPEEDS = st.lists(st.sampled_from([60.0, 150.0, 300.0]), min_size=2 * GRID, max_size=2 * GRID)


def grid(km_per_day):
    """Return rows and columns of ways that meet at the points of a grid, some ten km apart."""
    lines = [[(i, j) for j in range(GRID)] for i in range(GRID)] + [[(i, j) for i in range(GRID)] for j in range(GRID)]
    steps = [(number, point) for number, line in enumerate(lines) for point in line]
    return Ways(
        refs=np.array([i * GRID + j for _, (i, j) in steps]),
        lat=np.array([i * 0.1 for _, (i, _) in steps]),
        lon=np.array([j * 0.13 for _, (_, j) in steps]),
        way=np.array([number for number, _ in steps]),
        km_per_day=np.array(km_per_day),
    )


def days_over(found, n_places):
    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n_places))
    graph.add_edges_from([(road.start, road.end, road.days) for road in found])
    return rx.floyd_warshall_numpy(graph, weight_fn=float)


@given(SPEEDS, st.sets(st.integers(0, GRID * GRID - 1), min_size=2, max_size=8))
@settings(max_examples=40, deadline=None)
def test_every_way_over_the_roads_is_nearly_the_quickest_and_no_road_is_for_nothing(km_per_day, steps):
    ways = grid(km_per_day)
    steps = sorted(steps)
    found = roads_between(ways, steps)
    pairs = [(a, b) for a in range(len(steps)) for b in range(a)]
    over = days_over(found, len(steps))
    for a, b in pairs:
        (alone,) = roads_between(ways, [steps[a], steps[b]])
        assert alone.days <= over[a, b] * (1 + 1e-9)
        assert over[a, b] <= AS_FAR * alone.days * (1 + 1e-9)
    for road in found:
        others = days_over([other for other in found if other != road], len(steps))
        assert others[road.start, road.end] > road.days


@given(SPEEDS)
@settings(max_examples=10, deadline=None)
def test_the_order_of_places_changes_no_length(km_per_day):
    ways, steps = grid(km_per_day), [0, 7, 12, 24]
    there = {frozenset((road.start, road.end)): road.km for road in roads_between(ways, steps)}
    back = {frozenset((3 - road.start, 3 - road.end)): road.km for road in roads_between(ways, steps[::-1])}
    assert {pair: round(km, 6) for pair, km in there.items() if pair in back} == {
        pair: round(km, 6) for pair, km in back.items() if pair in there
    }


def test_places_at_one_point_are_joined_to_the_first_of_them_alone():
    found = roads_between(grid([150.0] * 2 * GRID), [0, 0, 4])
    assert [(road.start, road.end) for road in found] == [(0, 1), (0, 2)]
    assert found[0].km == 0


def test_the_length_of_a_step_is_its_great_circle_and_none_leads_from_one_way_to_the_next():
    ways = grid([150.0] * 2 * GRID)
    km = step_km(ways)
    assert np.isclose(km[0], great_circle_km(0, 0, 0, 0.13))
    assert km[GRID - 1] == 0
    assert len(km) == len(ways.refs)


def test_a_place_is_at_its_nearest_node_and_at_none_that_is_too_far():
    ways = grid([150.0] * 2 * GRID)
    near, far = snap(
        [Place(id="n", name="N", lat=0.101, lon=0.131), Place(id="f", name="F", lat=0.05, lon=0.0)], ways, within_km=1
    )
    assert ways.refs[near.step] == GRID + 1
    assert round(near.km, 2) == round(great_circle_km(0.101, 0.131, 0.1, 0.13), 2)
    assert far.step == -1
