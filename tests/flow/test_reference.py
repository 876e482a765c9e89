"""The reference engine is plain enough to be checked by hand."""

import datetime as dt
import math
from collections import Counter
from dataclasses import replace

import numpy as np

from tests.flow.worlds import START, geography, scenario, snapshot, world
from tidings.core.streams import Stream
from tidings.flow.parameters import load_parameters
from tidings.flow.reference import LOOK_BACK_DAYS, Member, first_people, picked, simulate


def test_everybody_of_the_first_morning_is_a_person():
    country = geography({"home": "town", "camp": "camp"}, [("home", "camp", 9)], [("gate", "camp", "home")])
    setting = scenario(country, {"home": 3}, displaced={("home", "camp"): 2}, waiting={("home", "gate"): 1})
    counts = Counter((person.at, person.where, person.group) for person in first_people(setting))
    assert counts == {("home", 0, 0): 3, ("place", 1, 0): 2, ("queue", 0, 0): 1}


def test_options_are_picked_by_weight():
    luck = Stream(5)
    counts = Counter(picked([("a", 1.0), ("b", 3.0)], luck) for _ in range(4000))
    assert abs(counts["b"] - 3000) < 5 * math.sqrt(4000 * 0.25 * 0.75)


COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 9)])
WAR, LULL = snapshot(COUNTRY, violence={"home": 2.0}), snapshot(COUNTRY)


def member(*snapshots, after=10, **parameters):
    setting = scenario(COUNTRY, {"home": 30}, days=9)
    return Member(setting, world(*snapshots, after=after), load_parameters(parameters), Stream(1))


def test_the_days_before_the_run_are_as_the_world_tells_and_the_onset_is_not_looked_for_in_them():
    assert member(WAR).quiet_days == [0, LOOK_BACK_DAYS]
    assert member(LULL).quiet_days == [LOOK_BACK_DAYS, LOOK_BACK_DAYS]
    assert member(WAR).onset_days == [math.inf, math.inf]


def test_the_onset_is_counted_from_the_first_day_that_is_not_quiet_until_a_calm():
    one = member(LULL, WAR, LULL, after=2, calm_days=3)
    onset = []
    for day in range(8):
        one.one_day(START + dt.timedelta(days=day))
        onset.append(one.onset_days[0])
    assert onset == [math.inf, math.inf, 0, 1, 2, 3, math.inf, math.inf]


def test_members_who_look_back_together_give_what_each_gives_alone():
    setting = scenario(COUNTRY, {"home": 30}, days=5)
    worlds = [world(WAR, LULL, after=2), world(LULL)] * 2
    together = simulate(setting, worlds, seed=4, members=range(4), parameters=load_parameters())
    for number, each in enumerate(worlds):
        alone = simulate(setting, [each], seed=4, members=[number], parameters=load_parameters())
        assert alone.identical(together.isel(member=[number]))


def test_residents_of_their_own_are_those_that_a_member_looks_back_with():
    several = replace(scenario(COUNTRY, {"home": 30}, days=1), at_home=np.array([[30, 0], [7, 2]]))
    ensemble = simulate(several, [world(LULL)] * 2, seed=4, members=range(2), parameters=load_parameters())
    assert (ensemble["people"].sum("place") + ensemble["on_road"].sum("group")).to_numpy().ravel().tolist() == [30, 9]
