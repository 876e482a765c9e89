"""Contract: the length of a crossing is that of its road, else of the line between its sides, else a kilometre."""

import pytest

from tidings.geography.graph import Geography
from tidings.geography.places import DETOUR_FACTOR, Crossing, Place, Road, great_circle_km
from tidings.interchange.flee.crisis_ways import GATE_KM, gates_of, routes_of
from tidings.interchange.flee.findings import Findings
from tidings.situation.situation import CrossingState, RoadState, Situation

GATE = Crossing(id="gate", name="Gate", side_a="a", side_b="b")


def gate_and_routes(places, roads=()):
    geography = Geography(places, roads, (GATE,))
    state = Situation(
        on="2031-03-01",
        as_of="2031-03-01",
        roads=tuple(
            RoadState.model_validate({"id": road.id, "from": road.from_, "to": road.to, "length_km": 1})
            for road in roads
        ),
        crossings=(CrossingState(id="gate", name="Gate", sides=("a", "b")),),
    )
    gates = gates_of(geography, [state], Findings())
    order = [place.id for place in places] + [gate.id for gate in gates]
    return gates[0], routes_of(geography, state, gates, order, Findings())


def test_a_road_between_the_sides_is_the_crossing_and_no_way_around_it():
    places = (Place(id="a", name="A", lat=1, lon=1), Place(id="b", name="B", lat=1, lon=1.1))
    road = Road.model_validate({"id": "r", "from": "b", "to": "a", "length_km": 7})
    gate, routes = gate_and_routes(places, (road,))
    assert gate.km == 7
    assert [(route.one, route.other, route.km) for route in routes] == [(0, 2, 3.5), (1, 2, 3.5)]


def test_without_a_road_the_line_between_the_sides_counts_with_its_detour():
    gate, _ = gate_and_routes((Place(id="a", name="A", lat=1, lon=1), Place(id="b", name="B", lat=1, lon=1.1)))
    assert gate.km == pytest.approx(DETOUR_FACTOR * great_circle_km(1, 1, 1, 1.1))


def test_without_coordinates_a_crossing_is_a_kilometre():
    gate, _ = gate_and_routes((Place(id="a", name="A"), Place(id="b", name="B", lat=1, lon=1.1)))
    assert gate.km == GATE_KM
