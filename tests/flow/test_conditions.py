"""The conditions of a day are the snapshots of all worlds on it, one below the other."""

import datetime as dt
from dataclasses import replace

import numpy as np

from tests.flow.worlds import START, geography, snapshot, world
from tidings.flow.conditions import Conditions, differ_in_violence_alone

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 9)])
WAR, PEACE = snapshot(COUNTRY, violence={"home": 3.0}), snapshot(COUNTRY, besieged=["camp"])


def test_the_days_of_a_world_share_all_but_violence():
    fading = replace(world(WAR, PEACE, after=3), memory_days=np.array([7.0, 7.0]))
    first, second, third, peace = (fading.on(START + dt.timedelta(days=number)) for number in range(4))
    assert differ_in_violence_alone(first, second)
    assert differ_in_violence_alone(second, third)
    assert not differ_in_violence_alone(third, peace)


def test_members_are_the_first_axis():
    stacked = Conditions.of([WAR, PEACE], np.array([0, 1, 0]))
    assert np.array_equal(stacked.violence, [[3.0, 0.0], [0.0, 0.0], [3.0, 0.0]])
    assert np.array_equal(stacked.besieged[1], [False, True])
    assert stacked.passable.shape == (3, 1)
    assert stacked.policy.shape == (3, 0)


def test_another_violence_leaves_all_else():
    stacked = Conditions.of([WAR, PEACE], np.array([0, 1]))
    later = stacked.with_violence_of([PEACE, WAR], np.array([0, 1]))
    assert np.array_equal(later.violence, [[0.0, 0.0], [3.0, 0.0]])
    assert later.besieged is stacked.besieged
