"""A scenario is laid out in arrays without losing or moving anybody, and rings are long enough for every journey."""

from dataclasses import replace

import numpy as np

from tests.flow.worlds import geography, scenario
from tidings.core.streams import address, name_key
from tidings.flow.seen import KINDS
from tidings.flow.state import first_state, layout_of, luck_of, map_of, no_flows

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
LAYOUT = layout_of(SETTING)


def state(days=30, route_days=18.0, home_days=9.6):
    return first_state(replace(SETTING, days=days), LAYOUT, 2, route_days, home_days)


def by_group(people):
    """As the kernels have it: for each member, the group last and in the order of the keys."""
    return [people[LAYOUT.groups].T] * 2


def test_every_member_starts_with_everybody():
    first = state()
    assert np.array_equal(first.home, [SETTING.at_home] * 2)
    assert np.array_equal(first.displaced, by_group(SETTING.displaced))
    assert np.array_equal(first.waiting, by_group(SETTING.waiting))
    assert not any(part.any() for part in (first.road, first.homeward, first.on_road, first.away))


def test_a_ring_has_a_slot_for_every_day_of_the_longest_journey():
    assert state().road.shape == (2, 20, 5, 2)
    assert state().homeward.shape == (2, 12, 4)


def test_a_ring_is_no_longer_than_the_run():
    assert state(days=3).road.shape[1] == 4
    assert state(days=3).homeward.shape[1] == 4


def test_members_have_states_of_their_own():
    first = state()
    first.home[0, 0] = 0
    assert first.home[1, 0] == 70


def test_homes_stand_group_after_group():
    assert list(LAYOUT.homes_of_group) == [2, 2]
    first = set(np.flatnonzero(LAYOUT.group_of_place == 0))
    assert set(LAYOUT.homes[:2]) == first
    assert (list(LAYOUT.side_a), list(LAYOUT.side_b)) == ([2], [3])
    assert list(LAYOUT.target_place) == [0, 1, 2, 3, 3]


def test_groups_stand_in_the_order_of_their_keys():
    keys = [name_key(SETTING.groups[group]) for group in LAYOUT.groups]
    assert keys == sorted(keys) == luck_of(SETTING, 9, [4]).group.tolist()
    assert [SETTING.groups[LAYOUT.groups[group]] for group in LAYOUT.group_of_place] == ["in", "in", "edge", "edge"]


def test_luck_is_addressed_by_names():
    luck = luck_of(SETTING, 9, [4])
    assert int(luck.member[0]) == address(9, 4)
    assert int(luck.place[0]) == name_key("home")
    assert int(luck.crossing[0]) == name_key("gate")


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


def test_a_day_begins_without_flows():
    assert [part.shape for part in no_flows(state())] == [(2, 4), (2, 4), (2, 4), (2, 1)]
    assert not any(part.any() for part in no_flows(state()))
