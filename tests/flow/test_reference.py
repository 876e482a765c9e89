"""The reference engine is plain enough to be checked by hand."""

import math
from collections import Counter

import pytest

from tests.flow.worlds import geography, scenario
from tidings.core.streams import Stream
from tidings.flow.reference import days_to, first_people, picked, reached, whole_days

TRIANGLE = [(0, 1, 10.0, 1.0), (1, 2, 10.0, 1.0), (0, 2, 50.0, 5.0)]


def test_everybody_of_the_first_morning_is_a_person():
    country = geography({"home": "town", "camp": "camp"}, [("home", "camp", 9)], [("gate", "camp", "home")])
    setting = scenario(country, {"home": 3}, displaced={("home", "camp"): 2}, waiting={("home", "gate"): 1})
    counts = Counter((person.at, person.where, person.group) for person in first_people(setting))
    assert counts == {("home", 0, 0): 3, ("place", 1, 0): 2, ("queue", 0, 0): 1}


def test_the_quickest_of_all_ways_is_kept():
    assert reached(0, TRIANGLE, 1) == {0: (0.0, 0.0), 1: (1.0, 10.0), 2: (5.0, 50.0)}
    assert reached(0, TRIANGLE, 2)[2] == (2.0, 20.0)
    assert reached(0, TRIANGLE, 0) == {0: (0.0, 0.0)}


def test_days_home_go_any_number_of_roads():
    assert days_to(0, TRIANGLE) == {0: 0.0, 1: 1.0, 2: 2.0}
    assert days_to(3, TRIANGLE) == {3: 0.0}


@pytest.mark.parametrize(("days", "whole"), [(0.0, 0), (0.2, 1), (1.0, 1), (0.1 + 0.2 + 0.7, 1), (1.01, 2)])
def test_days_are_rounded_up_but_for_rounding_errors(days, whole):
    assert whole_days(days) == whole


def test_options_are_picked_by_weight():
    luck = Stream(5)
    counts = Counter(picked([("a", 1.0), ("b", 3.0)], luck) for _ in range(4000))
    assert abs(counts["b"] - 3000) < 5 * math.sqrt(4000 * 0.25 * 0.75)
