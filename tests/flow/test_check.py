"""What cannot be simulated is refused with where, what was met and how to mend it: every problem at once."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from tests.flow.worlds import START, geography, scenario, snapshot, world
from tidings.core.errors import InputError
from tidings.flow import engine, reference
from tidings.flow.check import check_inputs, check_scenario, over_capacity
from tidings.flow.named_rules import NamedRule
from tidings.geography.graph import Geography
from tidings.geography.places import Road
from tidings.situation.world import World

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 40)], [("gate", "camp", "home")])
SETTING = scenario(COUNTRY, {"home": 50}, days=3)
CALM = snapshot(COUNTRY)
WORLD = world(CALM)


def refused(setting=SETTING, worlds=(WORLD,), *, seed=1, members=(0,), message):
    with pytest.raises(InputError, match=message):
        check_inputs(setting, list(worlds), seed=seed, members=list(members))


def with_world(**changes):
    return [world(replace(CALM, **changes))]


def with_country(places=COUNTRY.places, roads=COUNTRY.roads, crossings=COUNTRY.crossings):
    return replace(SETTING, geography=Geography(places, roads, crossings))


def road(**fields):
    return (Road.model_validate({"id": "r", "from": "home", "to": "camp", "length_km": 9, **fields}),)


def test_what_is_right_is_accepted():
    check_inputs(SETTING, [WORLD], seed=1, members=[0])
    assert check_scenario(SETTING) == []


@pytest.mark.parametrize("simulate", [engine.simulate, reference.simulate])
def test_both_engines_refuse(simulate):
    with pytest.raises(InputError, match="members: there are none"):
        simulate(SETTING, [], seed=1, members=[])


@pytest.mark.parametrize("seed", ["1", 1.0, None, True])
def test_a_seed_of_the_wrong_type_is_refused(seed):
    refused(seed=seed, message=r"seed: .* is a (str|float|NoneType|bool)\. Give a whole number")


def test_a_seed_that_does_not_fit_is_refused():
    refused(seed=2**63, message="seed: .* has more than 64 bits")


@pytest.mark.parametrize("members", [[-1], [0.5], ["0"]])
def test_a_member_that_is_no_number_is_refused(members):
    refused(members=members, message="members: a member's number is negative or not whole")


def test_a_member_twice_is_refused():
    refused(members=[1, 1], worlds=[WORLD, WORLD], message="members: a number is there twice")


def test_a_world_too_few_is_refused():
    refused(members=[0, 1], message="worlds: there are 1 for 2 members")


def test_less_than_a_day_is_refused():
    refused(replace(SETTING, days=0), message=r"scenario\.days: 0 is less than one day")


def test_days_beyond_the_calendar_are_refused():
    refused(replace(SETTING, days=10**7), message=r"scenario\.days: the calendar ends")


def test_no_places_are_refused():
    refused(with_country(places=(), roads=(), crossings=()), message="places: there are none")


def test_a_place_twice_is_refused():
    refused(with_country(places=COUNTRY.places * 2), message="places: home: the id is there twice")


def test_a_road_twice_is_refused():
    refused(with_country(roads=road() * 2), message="roads: r: the id is there twice")


def test_a_road_to_an_unknown_place_is_refused():
    refused(with_country(roads=road(to="nowhere")), message="roads: r: it ends at 'nowhere', which is not a place")


def test_a_road_from_a_place_to_itself_is_refused():
    refused(with_country(roads=road(to="home")), message="roads: r: both ends are 'home'")


def test_a_road_without_length_between_places_without_coordinates_is_refused():
    message = "roads: r: it has no length, and its end 'home' has no coordinates"
    refused(with_country(roads=road(length_km=None)), message=message)


def test_a_crossing_to_an_unknown_place_is_refused():
    elsewhere = (COUNTRY.crossings[0].model_copy(update={"side_b": "nowhere"}),)
    refused(with_country(crossings=elsewhere), message="crossings: gate: it ends at 'nowhere'")


@pytest.mark.parametrize("name", ["group_of_place", "at_home", "displaced", "waiting", "capacity", "per_day"])
def test_an_array_of_the_wrong_shape_is_refused(name):
    refused(replace(SETTING, **{name: np.zeros((7,), np.int64)}), message=rf"scenario\.{name}: its shape is \(7,\)")


@pytest.mark.parametrize("name", ["group_of_place", "at_home", "displaced", "waiting"])
def test_counts_that_are_not_whole_are_refused(name):
    halves = np.full(getattr(SETTING, name).shape, 0.5)
    refused(replace(SETTING, **{name: halves}), message=rf"scenario\.{name}: it holds numbers that are not whole")


def test_a_group_that_is_not_there_is_refused():
    refused(replace(SETTING, group_of_place=np.array([0, 9])), message="places: camp: its origin group is unknown")


def test_a_group_twice_is_refused():
    refused(replace(SETTING, groups=("one", "one")), message=r"scenario\.groups: a name is there twice")


@pytest.mark.parametrize("name", ["at_home", "displaced", "waiting"])
def test_negative_people_are_refused(name):
    fewer = getattr(SETTING, name) - 1
    refused(replace(SETTING, **{name: fewer}), message="the number of people is negative")


def test_more_people_than_there_can_be_are_refused():
    crowd = SETTING.at_home + 6 * 10**11
    refused(replace(SETTING, at_home=crowd), message=r"scenario: there are 1\.2e\+12 people in it")


@pytest.mark.parametrize("amount", [-1.0, np.nan])
def test_a_capacity_or_throughput_that_is_no_number_is_refused(amount):
    refused(replace(SETTING, capacity=np.array([amount, 1.0])), message="places: home: its capacity is negative or no")
    refused(replace(SETTING, per_day=np.array([amount])), message="crossings: gate: per_day is negative or no number")


def test_people_whom_no_road_or_crossing_reaches_are_refused_unless_the_place_is_named():
    places = (*COUNTRY.places, *geography({"island": "town"}).places)
    alone = replace(with_country(places=places), group_of_place=np.array([0, 1, 1]), capacity=np.full(3, np.inf))
    alone = replace(alone, at_home=np.array([50, 0, 12]), displaced=np.array([[0, 0, 0], [0, 0, 3]]))
    refused(
        alone, worlds=[], members=[], message="places: island: 15 people are there, and no road or crossing leads to it"
    )
    assert check_scenario(replace(alone, unreached=("island",))) == []
    empty = replace(alone, at_home=np.array([50, 0, 0]), displaced=np.zeros((2, 3), np.int64))
    assert check_scenario(empty) == []


def test_a_place_that_only_a_crossing_reaches_is_reached():
    assert check_scenario(with_country(roads=())) == []


def test_an_unreached_place_that_there_is_not_is_refused():
    refused(replace(SETTING, unreached=("atlantis",)), message=r"scenario\.unreached: 'atlantis' is not a place")


def test_more_residents_than_a_town_has_capacity_for_are_refused():
    message = r"places: home: it has 50 residents and a capacity of 49\. Give the capacity for all people there"
    refused(replace(SETTING, capacity=np.array([49.0, np.inf])), message=message)
    rows = replace(SETTING, at_home=np.array([[9, 0], [50, 0]]), capacity=np.array([49.0, np.inf]))
    assert [problem.where for problem in check_scenario(rows, 2)] == ["places: home"]


def test_a_camp_over_its_capacity_is_how_camps_are_and_can_be_asked_for():
    crowd = replace(SETTING, displaced=np.array([[0, 70], [3, 0]]), capacity=np.array([52.0, 60.0]))
    assert check_scenario(crowd) == []
    assert over_capacity(crowd) == ["home", "camp"]
    assert over_capacity(SETTING) == []


@pytest.mark.parametrize(("a", "b"), [("home", "camp"), ("camp", "home")])
def test_a_second_road_between_two_places_is_refused_unless_its_mode_is_another(a, b):
    second = road(id="r2", **{"from": a, "to": b})
    message = "roads: r2: it joins '(home|camp)' and '(home|camp)' by motor, as 'r' does"
    refused(with_country(roads=road() + second), message=message)
    on_foot = road(id="r2", mode="foot", **{"from": a, "to": b})
    assert check_scenario(with_country(roads=road() + on_foot)) == []


def test_an_unknown_parameter_of_a_scenario_is_refused():
    refused(
        replace(SETTING, parameters={"sped_foot": 3}), message=r"scenario\.parameters\.sped_foot: .*mean speed_foot"
    )


def test_a_rule_that_cannot_be_used_is_refused():
    leaf = NamedRule(decision="leaf", name="Leave")
    refused(replace(SETTING, rules={"leaf": leaf}), message="there is no decision 'leaf'")
    broken = NamedRule(decision="leave", name="Leave", file="rules.py", text="class Leave(")
    refused(replace(SETTING, rules={"leave": broken}), message=r"rules\.py:1: it is not readable Python")


def test_a_world_that_begins_after_the_run_is_refused():
    late = World(WORLD.parties, ((START + dt.timedelta(days=2), CALM),))
    refused(worlds=[late], message="world 0: it begins on 2031-03-03, and the run on 2031-03-01. Give it a snapshot")


def test_a_run_beyond_the_last_day_that_a_world_tells_of_is_refused_once_for_all_who_share_it():
    ends = replace(WORLD, until=START + dt.timedelta(days=2))
    check_inputs(SETTING, [ends], seed=1, members=[0])
    longer = replace(SETTING, days=4)
    check_inputs(longer, [WORLD], seed=1, members=[0])
    with pytest.raises(InputError, match="it tells of days up to 2031-03-03, and the run goes on to 2031-03-04") as met:
        check_inputs(longer, [WORLD, ends, ends], seed=1, members=[0, 1, 2])
    assert [problem.where for problem in met.value.problems] == ["world 1"]


@pytest.mark.parametrize("days", [1.5, "9", True, None])
def test_days_that_are_no_whole_number_are_refused(days):
    refused(replace(SETTING, days=days), message=r"scenario\.days: .* is not a whole number")


@pytest.mark.parametrize("amount", [-1.0, np.nan, np.inf])
def test_violence_that_is_no_rate_is_refused(amount):
    worlds = with_world(violence=np.array([0.0, amount]))
    refused(worlds=worlds, message=f"world 0 on {START}: violence: violence at 'camp' is {amount}")


@pytest.mark.parametrize("name", ["holder", "besieged", "violence", "passable", "policy"])
def test_a_snapshot_of_another_geography_is_refused(name):
    worlds = with_world(**{name: np.zeros(5)})
    refused(worlds=worlds, message=rf"world 0 on {START}: {name}: its shape is \(5,\)")


def test_a_holder_that_the_world_does_not_know_is_refused():
    refused(
        worlds=with_world(holder=np.array([2, -1])), message="holder: 'home' is held by a party that the world does"
    )


def test_an_unknown_policy_is_refused():
    refused(worlds=with_world(policy=np.array([3])), message="policy: the policy of 'gate' is 3. Use 0")


def test_a_world_without_days_is_refused():
    refused(worlds=[World((), ())], message="world 0: its path is empty")


def test_a_world_whose_days_are_in_disorder_is_refused():
    refused(worlds=[World((), WORLD.path * 2)], message="world 0: its days are not in order")


def test_all_problems_are_told_at_once():
    with pytest.raises(InputError) as caught:
        check_inputs(
            replace(SETTING, days=0, at_home=np.zeros(5)),
            with_world(violence=np.array([np.nan, -1.0])),
            seed="x",
            members=[],
        )
    assert len(caught.value.problems) == 7
    assert all(problem.where and problem.met and problem.fix for problem in caught.value.problems)


def test_a_snapshot_that_worlds_share_is_looked_at_once():
    with pytest.raises(InputError) as caught:
        check_inputs(SETTING, with_world(policy=np.array([3])) * 50, seed=1, members=range(50))
    assert len(caught.value.problems) == 1
