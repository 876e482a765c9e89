"""Contract: what no road or crossing joins to the rest is told part by part, and crossings that seem to lead back."""

from __future__ import annotations

import pytest

from tidings.crisis.reach import crossings_in_doubt, crossings_led_to, parts_apart, roads_past_crossings
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road

COUNTRIES = ("XVA", "XKE")


def place(key, country="XVA", **fields):
    return Place(id=key, name=key.title(), country=country, **fields)


def road(a, b):
    return Road.model_validate({"id": f"{a}--{b}", "from": a, "to": b, "length_km": 9})


def crossing(a, b):
    return Crossing(id=f"{a}-{b}", name="Gate", side_a=a, side_b=b)


TOWNS = (place("home"), place("edge"), place("over", "XKE"), place("far", "XKE"))
ROADS = (road("home", "edge"), road("over", "far"))


def doubted(*crossings, peopled, places=TOWNS, roads=ROADS):
    geography = Geography(places, roads, crossings)
    return {each.id: why for each, why in crossings_in_doubt(geography, COUNTRIES, peopled, geography.shown_names)}


def test_parts_are_joined_by_roads_and_crossings_and_the_largest_is_first():
    geography = Geography((*TOWNS, place("isle")), ROADS, (crossing("edge", "over"),))
    assert geography.parts == (("home", "edge", "over", "far"), ("isle",))


def test_every_part_but_the_largest_is_apart_whoever_lives_there_but_areas_of_nobody():
    others = (place("isle"), place("camp", kind="camp"), place("lake", kind="area"), place("dale"), place("dorf"))
    geography = Geography((*TOWNS, *others), (*ROADS, road("dale", "dorf")), (crossing("edge", "over"),))
    assert parts_apart(geography, ()) == (("dale", "dorf"), ("isle",), ("camp",))
    assert ("lake",) in parts_apart(geography, ("lake",))


def test_without_roads_and_crossings_nothing_is_apart_for_the_table_is_missing():
    assert parts_apart(Geography(TOWNS), ()) == ()


def test_a_crossing_from_where_people_are_is_in_no_doubt():
    assert doubted(crossing("edge", "over"), peopled={"home"}) == {}
    assert doubted(crossing("edge", "over"), peopled={"home", "far"}) == {}
    assert doubted(crossing("edge", "over"), peopled=()) == {}


def test_swapped_sides_are_seen_by_where_people_are():
    unknown = tuple(each.model_copy(update={"country": None}) for each in TOWNS)
    told = doubted(crossing("over", "edge"), peopled={"home"}, places=unknown)["over-edge"]
    assert told.startswith("Gate leads from Over to Edge, but no people are known at Over")


def test_swapped_sides_are_seen_by_the_first_country_where_people_live_on_both():
    told = doubted(crossing("over", "edge"), peopled={"home", "far"})["over-edge"]
    assert told == "Gate leads from Over to Edge, which lies in XVA, the first of countries in crisis.yaml"
    unknown = tuple(each.model_copy(update={"country": None}) for each in TOWNS)
    assert doubted(crossing("over", "edge"), peopled={"home", "far"}, places=unknown) == {}


def test_people_who_come_by_another_crossing_are_people():
    third = (place("third", "XTH"), place("end", "XTH"))
    onward = (crossing("edge", "over"), crossing("far", "third"))
    assert (
        doubted(*onward, peopled={"home", "end"}, places=(*TOWNS, *third), roads=(*ROADS, road("third", "end"))) == {}
    )
    assert set(
        doubted(onward[1], peopled={"home", "end"}, places=(*TOWNS, *third), roads=(*ROADS, road("third", "end")))
    )


@pytest.mark.parametrize("peopled", [{"home"}, {"far"}, {"home", "far"}])
def test_a_second_row_with_the_sides_swapped_leaves_no_doubt(peopled):
    assert doubted(crossing("edge", "over"), crossing("over", "edge"), peopled=peopled) == {}


def test_a_crossing_is_led_to_by_roads_and_other_crossings_from_where_people_are_and_never_by_itself():
    gates = (crossing("edge", "over"), crossing("far", "isle"))
    geography = Geography((*TOWNS, place("isle", "XZZ")), (*ROADS, road("edge", "over")), gates)
    assert crossings_led_to(geography, {"home"}) == {"edge-over", "far-isle"}
    assert crossings_led_to(geography, {"far"}) == {"far-isle"}
    assert crossings_led_to(geography, {"isle"}) == crossings_led_to(geography, ()) == frozenset()


def test_a_road_to_another_country_passes_all_crossings_unless_it_joins_the_sides_of_one():
    beside, along, unknown = road("home", "far"), road("over", "edge"), road("home", "camp")
    places = (*TOWNS, place("camp", None))
    geography = Geography(places, (*ROADS, beside, along, unknown), (crossing("edge", "over"),))
    assert roads_past_crossings(geography) == (beside,)
