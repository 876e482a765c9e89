"""The conditions of a day are the snapshots of all worlds on it, one below the other."""

import datetime as dt

import numpy as np

from tests.flow.worlds import START, geography, snapshot, world
from tidings.flow.conditions import Conditions, path_of

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 9)])
WAR, PEACE = snapshot(COUNTRY, violence={"home": 3.0}), snapshot(COUNTRY, besieged=["camp"])


def test_a_path_is_what_the_world_says_of_each_day():
    sampled = world(WAR, PEACE, WAR, after=3)
    first = START - dt.timedelta(days=2)
    days = [first + dt.timedelta(days=number) for number in range(12)]
    assert all(a is b for a, b in zip(path_of(sampled, first, 12), (sampled.on(day) for day in days), strict=True))


def test_members_are_the_first_axis():
    stacked = Conditions.of([WAR, PEACE, WAR])
    assert np.array_equal(stacked.violence, [[3.0, 0.0], [0.0, 0.0], [3.0, 0.0]])
    assert np.array_equal(stacked.besieged[1], [False, True])
    assert stacked.passable.shape == (3, 1)
    assert stacked.policy.shape == (3, 0)
