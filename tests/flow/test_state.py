"""A scenario is laid out in arrays without losing or moving anybody, and rings are long enough for every journey."""

from dataclasses import replace

import numpy as np

from tests.flow.worlds import geography, scenario
from tidings.core.streams import address, name_key
from tidings.flow.parameters import load_parameters
from tidings.flow.seen import KINDS
from tidings.flow.state import first_state, layout_of, luck_of, map_of, no_flows, ways_by_member

COUNTRY = geography(
    {"home": "city", "hill": "village", "camp": "camp", "out": "area"},
    [("home", "camp", 450), ("home", "hill", 30)],
    [("gate", "camp", "out")],
)
SETTING = scenario(
    COUNTRY,
    {"home": 70, "hill": 5},
    days=30,
    groups={"home": "in", "hill": "in", "camp": "edge", "out": "edge"},
    displaced={("in", "camp"): 8},
    waiting={("in", "gate"): 4},
)
SETS = [load_parameters(), load_parameters({"speed_motor": 50, "weight_camp": 7})]


def state(days=30):
    setting = replace(SETTING, days=days)
    return first_state(setting, ways_by_member(setting, SETS), SETS)


def test_every_member_starts_with_everybody():
    first = state()
    assert np.array_equal(first.home, [SETTING.at_home] * 2)
    assert np.array_equal(first.displaced, [SETTING.displaced] * 2)
    assert np.array_equal(first.waiting, [SETTING.waiting] * 2)
    assert not any(part.any() for part in (first.road, first.homeward, first.on_road, first.away))


def test_a_ring_has_a_slot_for_every_day_of_the_longest_route():
    assert state().road.shape == (2, 2, 5, 20)  # two roads of 450 km at 50 km a day, and a little more


def test_a_ring_is_no_longer_than_the_run():
    assert state(days=3).road.shape[3] == 4
    assert state(days=3).homeward.shape[2] == 4


def test_members_have_states_of_their_own():
    first = state()
    first.home[0, 0] = 0
    assert first.home[1, 0] == 70


def test_homes_stand_group_after_group():
    layout = layout_of(SETTING)
    assert list(layout.homes_from) == [0, 2, 4]
    assert set(layout.homes[:2]) == {0, 1}
    assert (list(layout.side_a), list(layout.side_b)) == ([2], [3])


def test_luck_is_addressed_by_names():
    luck = luck_of(SETTING, 9, [4])
    assert int(luck.member[0]) == address(9, 4)
    assert int(luck.place[0]) == name_key("home")
    assert int(luck.crossing[0]) == name_key("gate")
    assert int(luck.group[1]) == name_key("edge")


def test_rules_see_the_map_as_the_scenario_has_it():
    setting = replace(SETTING, capacity=np.array([np.inf, 9.0, 50.0, np.inf]), per_day=np.array([20.0]))
    at = map_of(setting)
    assert [KINDS[kind] for kind in at.kind] == ["city", "village", "camp", "other"]
    assert (at.place.tolist(), at.crossing.tolist()) == (["home", "hill", "camp", "out"], ["gate"])
    assert at.is_camp.tolist() == [False, False, True, False]
    assert (at.capacity.tolist(), at.per_day.tolist()) == ([np.inf, 9.0, 50.0, np.inf], [20.0])
    assert (at.side_a.tolist(), at.side_b.tolist()) == ([2], [3])


def test_a_place_of_unknown_country_is_in_none():
    assert map_of(SETTING).country.tolist() == [""] * 4


def test_members_with_the_same_speeds_share_their_ways():
    same, other, again = ways_by_member(SETTING, [*SETS, SETS[0]])
    assert same is again
    assert list(other.road_days) == [9.0, 0.6]


def test_a_day_begins_without_flows():
    assert [part.shape for part in no_flows(state())] == [(2, 4), (2, 4), (2, 4), (2, 1)]
    assert not any(part.any() for part in no_flows(state()))
