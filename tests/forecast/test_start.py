"""Contract: a forecast starts from the newest stock of each place; what is unknown sends nobody and is warned of."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tidings.core.errors import InputError
from tidings.crisis.crisis import Bulletin, Crisis, RuleChoice, Settings
from tidings.crisis.stocks import latest_stocks
from tidings.flow.check import check_scenario
from tidings.flow.parameters import load_parameters
from tidings.forecast.assumptions import Chances, warnings_of
from tidings.forecast.start import UNKNOWN_ORIGIN, Drawn, places_counted, scenario_of
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.situation import PlaceState, Situation, SourcedRange

DAY = dt.date(2031, 3, 10)
NEXT = DAY + dt.timedelta(days=1)


def bulletin(people, days=0, place="camp", **fields):
    return Bulletin(place=place, day=DAY + dt.timedelta(days=days), measure="stock", people=people, **fields)


def codes(warnings):
    return {w.code: w.message for w in warnings}


def crisis():
    places = (
        Place(id="varn", name="Varn", lat=0, lon=0, country="XAA"),
        Place(id="camp", name="Camp", lat=0, lon=1, kind="camp", capacity=500, group="north"),
    )
    road = Road.model_validate({"id": "r", "from": "varn", "to": "camp"})
    crossing = Crossing(id="x", name="X", side_a="varn", side_b="camp")
    return Crisis(Path("."), Settings(title="T", countries=("XAA",)), Geography(places, (road,), (crossing,)))


def situation(population=None, **range_):
    varn = PlaceState(id="varn", name="Varn", population=SourcedRange(value=population, **range_))
    return Situation(on=DAY, as_of=DAY, places=(varn, PlaceState(id="camp", name="Camp")))


def test_an_emptied_camp_is_an_observation_and_wins_over_an_older_count():
    assert latest_stocks([bulletin(0), bulletin(5_000, days=-3)], DAY)["camp"].people == 0
    scenario, used, _ = scenario_of(crisis(), situation(9), [bulletin(0), bulletin(5_000, days=-3)], from_=NEXT, days=2)
    assert scenario.displaced.sum() == 0
    assert [b.people for b in used] == [0]


def test_a_bulletin_counts_at_the_end_of_its_day_so_that_the_next_day_starts_from_it():
    started = {
        days: scenario_of(crisis(), situation(9), [bulletin(200)], from_=DAY + dt.timedelta(days=days), days=2)[0]
        for days in (0, 1)
    }
    assert {days: scenario.displaced.sum() for days, scenario in started.items()} == {0: 0, 1: 200}


def test_a_bare_range_starts_from_its_middle_with_a_warning_and_after_a_best_value_of_its_day():
    bare = bulletin(None, low=100, high=300)
    scenario, _, warnings = scenario_of(crisis(), situation(9), [bare], from_=NEXT, days=2)
    assert scenario.displaced.sum() == 200
    assert "Camp" in codes(warnings)["bulletin_range"]
    assert latest_stocks([bulletin(150), bulletin(None, low=100, high=300)], DAY)["camp"].people == 150


def test_households_without_a_size_are_not_used_and_are_warned_of():
    told = [bulletin(40, unit="household"), bulletin(70, days=-1)]
    scenario, used, warnings = scenario_of(crisis(), situation(9), told, from_=NEXT, days=2)
    assert scenario.displaced.sum() == 70
    assert [b.unit for b in used] == ["person"]
    assert "Camp" in codes(warnings)["household_size_unknown"]


def test_flows_are_warned_of_once_and_start_nothing():
    flows = [Bulletin(place="camp", day=DAY, measure="flow", people=n) for n in (5, 6)]
    scenario, _, warnings = scenario_of(crisis(), situation(9), flows, from_=NEXT, days=2)
    assert scenario.displaced.sum() == 0
    assert [w.code for w in warnings].count("flow_not_used") == 1


def test_people_counted_without_an_origin_are_kept_in_a_group_of_their_own():
    scenario, used, _ = scenario_of(crisis(), situation(1000), [bulletin(200)], from_=NEXT, days=5)
    group = scenario.groups.index(UNKNOWN_ORIGIN)
    assert scenario.displaced[group].tolist() == [0, 200]
    assert scenario.displaced.sum() == 200
    assert [b.people for b in used] == [200]


def test_residents_capacities_and_throughputs_come_from_the_tables():
    scenario, _, _ = scenario_of(crisis(), situation(1000), [], from_=NEXT, days=5)
    assert scenario.at_home.tolist() == [1000, 0]
    assert scenario.capacity.tolist() == [float("inf"), 500]
    assert scenario.per_day.tolist() == [float("inf")]


def test_an_unknown_population_is_warned_of():
    _, _, warnings = scenario_of(crisis(), situation(None), [], from_=NEXT, days=5)
    assert "Varn" in codes(warnings)["population_unknown"]
    assert "Camp" not in codes(warnings)["population_unknown"]
    assert "Camp" in codes(warnings)["stock_unknown"]


def test_residents_known_as_a_range_are_drawn_for_each_member_and_taken_at_the_middle_without_members():
    told = situation(low=99, high=9_999)
    one, _, warnings = scenario_of(crisis(), told, [], from_=NEXT, days=5)
    many, _, _ = scenario_of(crisis(), told, [], from_=NEXT, days=5, members=range(50), seed=3)
    assert one.at_home.tolist() == [999, 0]
    assert many.at_home.shape == (50, 2)
    assert 99 <= many.at_home[:, 0].min() < many.at_home[:, 0].max() <= 9_999
    assert "population_unknown" not in codes(warnings)


def test_how_many_are_there_is_told_only_where_residents_a_camp_or_a_bulletin_are_known():
    assert places_counted(crisis(), situation(None), []) == {"camp"}
    assert places_counted(crisis(), situation(None), [bulletin(10, place="varn")]) == {"camp", "varn"}
    assert places_counted(crisis(), situation(low=5, high=9), []) == {"camp", "varn"}


def with_places(**changes):
    places = {place.id: place for place in crisis().geography.places}
    return tuple(place.model_copy(update=changes.get(name, {})) for name, place in places.items())


def started(geography, *bulletins, population=900):
    changed = replace(crisis(), geography=geography)
    scenario, _, warnings = scenario_of(changed, situation(population), bulletins, from_=NEXT, days=2)
    assert check_scenario(scenario) == []
    return scenario, codes(warnings)


def test_people_whom_no_road_reaches_stay_where_they_are_and_are_warned_of():
    whole = crisis().geography
    scenario, told = started(Geography(whole.places, (), ()))
    assert scenario.unreached == ("varn", "camp")
    assert "No road or crossing is known that leads to Varn: in" in told["roads_unknown"]  # nobody is in the camp
    assert "roads_unknown" not in started(whole)[1]


def test_a_town_with_less_capacity_than_residents_has_none_and_is_warned_of():
    places = with_places(varn={"capacity": 500})
    scenario, told = started(Geography(places, crisis().geography.roads, ()))
    assert scenario.capacity.tolist() == [np.inf, 500.0]
    assert "The capacity of Varn is less than the people who live there" in told["capacity_below_residents"]
    assert started(Geography(places, crisis().geography.roads, ()), population=400)[0].capacity.tolist() == [
        500.0,
        500.0,
    ]


def test_how_many_members_are_run_decides_no_capacity():
    geography = Geography(with_places(varn={"capacity": 9_900}), crisis().geography.roads, ())
    changed, told = replace(crisis(), geography=geography), situation(low=99, high=9_999)
    for members in ((), range(1), range(50)):
        scenario, _, warnings = scenario_of(changed, told, [], from_=NEXT, days=2, members=members)
        assert scenario.capacity[0] == np.inf
        assert "capacity_below_residents" in codes(warnings)


def test_residents_are_drawn_by_the_number_of_a_member():
    told = situation(low=99, high=9_999)
    rows = scenario_of(crisis(), told, [], from_=NEXT, days=2, members=range(9), seed=3)[0].at_home
    assert np.array_equal(Drawn(told, crisis().geography).at_home(3, [7, 2]), rows[[7, 2]])
    assert Drawn(situation(40), crisis().geography).at_home(3, [7, 2]).tolist() == [[40, 0], [40, 0]]


def test_a_camp_with_more_people_than_its_capacity_is_warned_of_and_keeps_them():
    scenario, told = started(crisis().geography, bulletin(700))
    assert (scenario.displaced.sum(), scenario.capacity[1]) == (700, 500.0)
    assert "Camp held more people than its capacity" in told["over_capacity"]
    assert "over_capacity" not in started(crisis().geography, bulletin(500))[1]


def test_rules_that_the_crisis_names_take_part_and_are_told():
    settings = Settings(title="T", countries=("XAA",), rules={"calm": RuleChoice(rule="CalmForDays", calm_days=30)})
    scenario, _, warnings = scenario_of(replace(crisis(), settings=settings), situation(9), [], from_=NEXT, days=2)
    assert dict(scenario.rules["calm"].given) == {"calm_days": 30}
    assert "(calm: CalmForDays (calm_days 30))" in codes(warnings)["rules_named"]


def test_a_rule_that_cannot_be_is_refused():
    settings = Settings(title="T", countries=("XAA",), rules={"clam": RuleChoice(rule="CalmForDays")})
    with pytest.raises(InputError, match="Did you mean calm"):
        scenario_of(replace(crisis(), settings=settings), situation(9), [], from_=NEXT, days=2)


def test_parts_that_nothing_joins_to_the_rest_are_warned_of_by_name():
    others = tuple(Place(id=key, name=key.title(), lat=0, lon=0, country="XAA") for key in ("tarn", "ulm", "isle"))
    road = Road.model_validate({"id": "s", "from": "tarn", "to": "ulm"})
    third = Place(id="berg", name="Berg", lat=0, lon=0)
    more = Road.model_validate({"id": "t", "from": "varn", "to": "berg"})
    was = crisis().geography
    geography = Geography((*was.places, third, *others), (*was.roads, road, more), was.crossings)
    told = Situation(on=DAY, as_of=DAY, places=tuple(PlaceState(id=p.id, name=p.name) for p in geography.places))
    _, _, warnings = scenario_of(replace(crisis(), geography=geography), told, [], from_=NEXT, days=2)
    assert "joins Tarn and Ulm, Isle to the other places" in codes(warnings)["parts_apart"]
    assert "parts_apart" not in codes(scenario_of(crisis(), situation(9), [], from_=NEXT, days=2)[2])


def test_a_crossing_that_seems_to_lead_back_is_warned_of():
    was = crisis()
    geography = replace(was.geography, roads=(), crossings=(Crossing(id="x", name="X", side_a="camp", side_b="varn"),))
    _, _, warnings = scenario_of(replace(was, geography=geography), situation(9), [], from_=NEXT, days=2)
    assert codes(warnings)["crossing_direction"].startswith(
        "X leads from Camp to Varn, but no people are known at Camp"
    )
    assert codes(warnings)["crossing_direction"].endswith("for both ways write a second row with the sides swapped.")
    assert "crossing_direction" not in codes(scenario_of(was, situation(9), [], from_=NEXT, days=2)[2])


def test_places_that_share_a_name_are_told_apart_by_their_ids():
    one, other = (Place(id=key, name="Dorvik", lat=0, lon=0, population=9) for key in ("dor-north", "dor-south"))
    geography = replace(crisis().geography, places=(*crisis().geography.places, one, other))
    places = tuple(PlaceState(id=place.id, name=place.name) for place in geography.places)
    told = Situation(on=DAY, as_of=DAY, places=places)
    stocks = [bulletin(5, place=place.id) for place in (one, other)]
    _, _, warnings = scenario_of(replace(crisis(), geography=geography), told, stocks, from_=NEXT, days=2)
    assert "leads to Dorvik (dor-north), Dorvik (dor-south):" in codes(warnings)["roads_unknown"]
    assert "known for Varn, Dorvik (dor-north), Dorvik (dor-south):" in codes(warnings)["population_unknown"]
    assumed = " ".join(w.message for w in warnings_of(told, Chances.of(load_parameters(), ())))
    assert "(Varn, Camp, Dorvik (dor-north), Dorvik (dor-south))" in assumed
