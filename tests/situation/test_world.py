"""Contract: a world tells the same of a day whoever asks; violence fades from its day on unless it is set to last."""

import datetime as dt
from dataclasses import replace

import numpy as np

from tests.flow.worlds import START, geography, snapshot, world
from tidings.situation.world import World

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 9)])
WAR = snapshot(COUNTRY, violence={"home": 3.0, "camp": 1.0})


def on(path, days):
    return path.on(START + dt.timedelta(days=days))


def test_each_snapshot_holds_until_the_next():
    peace = snapshot(COUNTRY)
    path = world(WAR, peace, after=3)
    assert [on(path, days) is WAR for days in (-2, 0, 2, 3, 30)] == [True, True, True, False, False]
    assert on(path, 30) is peace


def test_violence_that_escalates_comes_near_to_its_level_without_a_jump_and_persists_at_one_time():
    rising = World(("north",), world(WAR).path, np.array([7.0, np.inf]), tends_to=2.0)
    assert np.allclose(on(rising, 7).violence, [3.0 * (2 - 1 / np.e), 1.0])
    assert on(rising, 1).violence[0] < 3.0 * 1.14
    assert np.allclose(on(rising, 300).violence, [6.0, 1.0])
    assert on(replace(rising, tends_to=1.0), 300) is WAR


def test_violence_fades_with_its_e_folding_time_from_the_day_of_its_snapshot():
    fading = type(world(WAR))(("north",), world(WAR).path, np.array([7.0, np.inf]))
    assert on(fading, -3) is WAR
    assert on(fading, 0) is WAR
    assert np.allclose(on(fading, 7).violence, [3.0 / np.e, 1.0])
    assert on(fading, 7).passable is WAR.passable
