"""Contract: under our own rules an instance keeps places, people, conflict and closures, and is told no arrivals."""

import datetime as dt
import pickle
from dataclasses import replace

import numpy as np
import pytest

from tests.interchange.flee.folders import reading
from tidings.core.errors import InputError
from tidings.ensemble.fingerprint import fingerprint
from tidings.flow.flee_instance import Closure
from tidings.forecast.start import UNKNOWN_ORIGIN
from tidings.interchange.flee.model import is_closed, tidings_model_of

START = dt.date(2031, 3, 1)
HEADER = "#closure_type,name1,name2,closure_start,closure_end\n"


def modelled(tmp_path, *changes, **whole):
    instance, _ = reading(tmp_path, *changes, **whole)
    model, oddities = tidings_model_of(instance)
    model.check()
    return model, [str(oddity) for oddity in oddities]


def passable(model):
    """Return by day whether each road is passable, roads by their ids."""
    world, roads = model.worlds.world(1, 0), model.scenario.geography.roads
    days = [START + dt.timedelta(days=number) for number in range(model.n_days)]
    return {road.id: [bool(world.on(day).passable[number]) for day in days] for number, road in enumerate(roads)}


def test_places_keep_kind_country_and_room(tmp_path):
    model, _ = modelled(tmp_path)
    places = model.scenario.geography.places
    assert [(place.id, place.kind) for place in places] == [
        ("Aldra", "town"), ("Beska", "town"), ("Corin", "town"), ("Dunmere", "camp"), ("Elvik", "camp"),
    ]  # fmt: skip
    assert [place.country for place in places] == ["XAA", "XAA", "XAA", "XAB", "XAC"]
    np.testing.assert_array_equal(model.scenario.capacity, [np.inf, np.inf, np.inf, 4000, np.inf])


def test_countries_that_there_are_have_their_codes(tmp_path):
    model, _ = modelled(tmp_path, ("locations.csv", "Norland", "South_Sudan"), ("locations.csv", "Westia", "UGA"))
    assert [place.country for place in model.scenario.geography.places] == ["SSD", "SSD", "SSD", "XAA", "UGA"]


def test_residents_are_those_of_places_that_are_no_camps(tmp_path):
    model, _ = modelled(tmp_path)
    np.testing.assert_array_equal(model.scenario.at_home, [5000, 3000, 2000, 0, 0])


def test_origin_groups_are_the_regions_at_home_and_the_countries_abroad(tmp_path):
    model, _ = modelled(tmp_path)
    groups = model.scenario.groups
    assert groups == ("North", "South", "Southmark", "Westia", UNKNOWN_ORIGIN)
    assert [groups[number] for number in model.scenario.group_of_place] == [
        "North", "North", "South", "Southmark", "Westia",
    ]  # fmt: skip


def test_a_region_with_the_name_of_a_country_abroad_is_a_group_of_its_own(tmp_path):
    model, _ = modelled(tmp_path, ("locations.csv", "South,Norland", "Westia,Norland"))
    assert model.scenario.groups == ("North", "Westia", "Southmark", "Westia (country)", UNKNOWN_ORIGIN)


def test_people_registered_on_the_first_day_are_there_and_nobody_knows_where_from(tmp_path):
    model, _ = modelled(tmp_path)
    displaced = model.scenario.displaced
    np.testing.assert_array_equal(displaced[-1], [0, 0, 0, 200, 100])
    assert not displaced[:-1].any()


def test_what_is_registered_later_changes_nothing(tmp_path):
    told, _ = modelled(tmp_path / "a" / "norland")
    later, _ = modelled(
        tmp_path / "b" / "norland", ("dunmere.csv", "03-05,500", "03-05,9999"), ("elvik.csv", "05,200", "05,9")
    )
    assert fingerprint(told) == fingerprint(later)


def test_an_intensity_is_a_number_of_events_a_day_and_that_is_told(tmp_path):
    model, oddities = modelled(tmp_path)
    world = model.worlds.world(1, 0)
    violence = [world.on(START + dt.timedelta(days=day)).violence[[0, 2]].tolist() for day in range(5)]
    assert violence == [[1, 0], [1, 0], [1, 1], [0, 1], [0, 0.5]]
    assert oddities == [
        "conflicts.csv: conflict is told as an intensity, not in violent events. Under our own rules an intensity of 1 "
        "is one violent event a day: an assumption."
    ]


def test_days_without_a_change_share_a_snapshot_and_changed_ones_all_that_did_not_change(tmp_path):
    model, _ = modelled(tmp_path, closures=HEADER + "link,Aldra,Beska,1,-1\n")
    path = model.worlds.world(1, 0).path
    assert [(day - START).days for day, _ in path] == [0, 1, 2, 3, 4]
    (_, first), (_, second), (_, third) = path[:3]
    assert second.violence is first.violence
    assert second.passable is not first.passable
    assert third.passable is second.passable
    assert all(snapshot.holder is first.holder and snapshot.besieged is first.besieged for _, snapshot in path)
    quiet, _ = modelled(tmp_path / "quiet", conflicts="#Day,Aldra\n" + "".join(f"{day},1\n" for day in range(5)))
    assert len(quiet.worlds.world(1, 0).path) == 1


@pytest.mark.parametrize(
    ("row", "closed"),
    [
        ("country,Norland,Southmark,1,3", {"Corin--Dunmere": [1, 2]}),
        ("country,Southmark,Norland,3,-1", {"Corin--Dunmere": [3, 4]}),
        ("location,Beska,,0,2", {"Aldra--Beska": [0, 1], "Beska--Corin": [0, 1], "Beska--Elvik": [0, 1]}),
        ("link,Beska,Aldra,4,99", {"Aldra--Beska": [4]}),
        ("link,Aldra,Beska,3,1", {"Aldra--Beska": [3, 4]}),
        ("link,Aldra,Beska,2,2", {}),
        ("remove_forced_redirection,Aldra,Beska,0,4", {}),
        ("link,Aldra,Beska,0,2\nlocation,Aldra,,1,4", {"Aldra--Beska": [0, 1, 2, 3]}),
    ],
)
def test_a_closed_road_is_not_passable_from_its_first_day_until_it_opens(tmp_path, row, closed):
    model, _ = modelled(tmp_path, closures=HEADER + row + "\n")
    met = {road: [day for day, is_open in enumerate(days) if not is_open] for road, days in passable(model).items()}
    assert {road: days for road, days in met.items() if days} == closed


def test_a_closed_camp_stays_a_camp_and_that_is_told(tmp_path):
    model, oddities = modelled(tmp_path, closures=HEADER + "camp,Dunmere,,1,3\n")
    assert all(all(days) for days in passable(model).values())
    assert (
        "closures.csv:2: 'Dunmere' is a camp no more from day 1 on. Under our own rules this has no effect." in oddities
    )


def test_a_closure_that_ends_before_it_begins_is_never_undone():
    never = Closure(kind="link", one="a", other="b", start=3, end=-1)
    before = Closure(kind="link", one="a", other="b", start=3, end=1)
    assert [is_closed(never, day) for day in (2, 3, 99)] == [is_closed(before, day) for day in (2, 3, 99)]
    assert [is_closed(before, day) for day in (2, 3, 99)] == [False, True, True]


def test_of_several_roads_between_two_places_the_shortest_counts_and_that_is_told(tmp_path):
    model, oddities = modelled(tmp_path, ("routes.csv", "Aldra,Beska,50,0", "Aldra,Beska,50,0\nBeska,Aldra,40,0"))
    assert next((road.id, road.length_km) for road in model.scenario.geography.roads) == ("Beska--Aldra", 40)
    assert len(model.scenario.geography.roads) == 4
    assert (
        "routes.csv:2: 'Aldra' and 'Beska' are joined more than once. Under our own rules the shortest" in oddities[1]
    )


def test_a_road_keeps_its_own_speed_and_has_a_length(tmp_path):
    header = "forced_redirection"
    model, oddities = modelled(
        tmp_path, ("routes.csv", header, header + ",max_move_speed,surface"), ("routes.csv", "50,0", "0,0,120,dirt")
    )
    road = model.scenario.geography.roads[0]
    assert (road.length_km, road.speed_km_per_day) == (0.1, 120)
    assert oddities[-1] == "routes.csv: there are columns surface. They are not used under our own rules."


def test_a_population_that_is_not_given_is_told_of(tmp_path):
    model, oddities = modelled(tmp_path, ("locations.csv", "town,,3000", "town,,"))
    assert model.scenario.at_home[1] == 0
    assert oddities[1] == (
        "locations.csv:3: the population of 'Beska' is not given. Under our own rules nobody lives there, so nobody "
        "flees from there: fill in the population."
    )


def test_people_registered_where_there_is_no_place_are_not_in_the_run_and_that_is_told(tmp_path):
    model, oddities = modelled(tmp_path, ("data_layout.csv", "Elvik,", "Bossa,"))
    assert model.scenario.displaced.sum() == 200
    assert any(
        "'Bossa' is not a place of locations.csv. Under our own rules the people registered" in o for o in oddities
    )


MARKER = ("locations.csv", "Beska,North,Norland,10.0,21.0,town,,3000", "Beska,North,Norland,10.0,21.0,marker,,")


def roads(model):
    return {road.id: road.length_km for road in model.scenario.geography.roads}


def test_at_a_marker_nobody_stops_and_its_neighbours_are_joined_by_roads_of_the_summed_length(tmp_path):
    model, oddities = modelled(tmp_path, MARKER)
    assert roads(model) == {
        "Corin--Dunmere": 70, "Aldra--Beska--Corin": 110, "Aldra--Beska--Elvik": 130, "Corin--Beska--Elvik": 140,
    }  # fmt: skip
    ensemble = model.run(seed=1, members=[0, 1])
    assert list(ensemble["place"].to_numpy()) == ["Aldra", "Corin", "Dunmere", "Elvik"]
    assert model.worlds.world(1, 0).on(START).violence.tolist() == [1, 0, 0, 0]
    np.testing.assert_array_equal(model.scenario.at_home, [5000, 2000, 0, 0])
    assert "'Beska' is a marker on a road. Under our own rules it is no place: its roads are joined" in oddities[1]


@pytest.mark.parametrize(
    "order", ["Mark,North,,,,marker,,\nNext,North,,,,marker,,\n", "Next,,,,,marker\nMark,,,,,marker\n"]
)
def test_a_chain_of_markers_is_one_road_and_a_marker_at_a_dead_end_none(tmp_path, order):
    dead = "Aldra,Mark,10,0\nMark,Next,15,0\nNext,Beska,20,0\nMark,Dead,5,0\n"
    model, _ = modelled(
        tmp_path,
        ("locations.csv", "Beska,North", order + "Dead,,,,,marker,,\nBeska,North"),
        ("routes.csv", "Aldra,Beska,50,0\n", dead),
    )
    assert [km for road, km in roads(model).items() if {"Mark", "Next"} <= {*road.split("--")}] == [45]
    assert len(roads(model)) == 4
    assert len(model.scenario.geography.places) == 5


@pytest.mark.parametrize(
    ("row", "closed"),
    [
        ("location,Beska,,1,3", {"Aldra--Beska--Corin", "Aldra--Beska--Elvik", "Corin--Beska--Elvik"}),
        ("location,Aldra,,1,3", {"Aldra--Beska--Corin", "Aldra--Beska--Elvik"}),
        ("link,Beska,Aldra,1,3", {"Aldra--Beska--Corin", "Aldra--Beska--Elvik"}),
        ("country,Norland,Westia,1,3", {"Aldra--Beska--Elvik", "Corin--Beska--Elvik"}),
    ],
)
@pytest.mark.parametrize("country", ["Norland", ""])
def test_what_closes_a_marker_or_a_half_closes_the_road(tmp_path, row, closed, country):
    marker = (*MARKER[:2], MARKER[2].replace("Norland", country))
    model, _ = modelled(tmp_path, marker, closures=HEADER + row + "\n")
    met = {road: [day for day, is_open in enumerate(days) if not is_open] for road, days in passable(model).items()}
    assert {road: days for road, days in met.items() if days} == {road: [1, 2] for road in closed}


def test_of_several_ways_between_two_places_the_shortest_counts_and_they_are_closed_while_all_are(tmp_path):
    more = ("routes.csv", "Beska,Elvik,80,0\n", "Beska,Elvik,80,0\nAldra,Corin,150,0\n")
    always, oddities = modelled(tmp_path / "a", MARKER, more)
    assert "Aldra--Corin" not in roads(always)
    assert any("'Aldra' and 'Corin' are joined more than once" in oddity for oddity in oddities)
    cut, told = modelled(tmp_path / "b", MARKER, more, closures=HEADER + "location,Beska,,0,2\n")
    assert roads(cut)["Aldra--Beska--Corin"] == 110
    assert all(passable(cut)["Aldra--Beska--Corin"])
    assert any("one road with the length of the shortest, closed while all of them are" in each for each in told)
    both = "location,Beska,,0,2\nlink,Aldra,Corin,1,4\n"
    shut, _ = modelled(tmp_path / "c", MARKER, more, closures=HEADER + both)
    assert passable(shut)["Aldra--Beska--Corin"] == [True, False, True, True, True]


def test_the_speed_over_a_marker_is_that_of_its_halves_and_unknown_where_one_is(tmp_path):
    model, oddities = modelled(
        tmp_path,
        MARKER,
        ("routes.csv", "forced_redirection", "forced_redirection,max_move_speed"),
        ("routes.csv", "50,0", "50,0,100"),
        ("routes.csv", "60,0", "60,0,40"),
    )
    speeds = {road.id: road.speed_km_per_day for road in model.scenario.geography.roads}
    assert (speeds["Aldra--Beska--Corin"], speeds["Aldra--Beska--Elvik"]) == (55, None)
    assert any("max_move_speed is told of a part of a road with markers alone" in oddity for oddity in oddities)


def test_a_speed_of_nothing_is_refused(tmp_path):
    changes = (("routes.csv", "redirection", "redirection,max_move_speed"), ("routes.csv", "50,0", "50,0,0"))
    with pytest.raises(InputError, match=r"routes.csv:2.*max_move_speed is 0"):
        modelled(tmp_path, *changes)


def test_people_at_a_marker_are_refused_and_conflict_there_is_told(tmp_path):
    peopled = (("locations.csv", "21.0,town", "21.0,marker"), ("data_layout.csv", "Elvik,", "Beska,"))
    with pytest.raises(InputError, match="the marker 'Beska' has a population") as caught:
        modelled(tmp_path / "a", *peopled)
    assert "people are registered at the marker 'Beska'" in str(caught.value.problems[1])
    _, oddities = modelled(tmp_path / "b", MARKER, ("conflicts.csv", "Corin", "Beska"))
    assert any("'Beska' is a marker and has conflict. It is not used" in oddity for oddity in oddities)


def test_the_model_runs_and_keeps_all_people(tmp_path):
    model, _ = modelled(tmp_path)
    model = pickle.loads(pickle.dumps(model))
    ensemble = model.run(seed=1, members=[0, 1])
    last = ensemble.isel(day=-1)
    people = last["people"].sum("place") + last["on_road"].sum("group")
    np.testing.assert_array_equal(people, 5000 + 3000 + 2000 + 200 + 100)


def test_a_run_beyond_the_instances_last_day_is_refused(tmp_path):
    model, _ = modelled(tmp_path)
    longer = replace(model, scenario=replace(model.scenario, days=3000))
    with pytest.raises(InputError, match="world 0: it tells of days up to 2031-03-05, and the run goes on to 2039"):
        longer.run(seed=1, members=[0, 1])
    assert model.run(seed=1, members=[0]).sizes["day"] == 5
