"""What a run starts from: a scenario laid out in the arrays that the kernels work on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tidings.core.streams import address, name_key
from tidings.flow.kernels import Flows, Layout, Luck, State
from tidings.flow.network import Ways, ways_of
from tidings.flow.parameters import Parameters
from tidings.flow.scenario import Scenario
from tidings.flow.seen import KINDS, Map


def layout_of(scenario: Scenario) -> Layout:
    """Lay out which place belongs to which group, and the sides of the crossings."""
    geography, n_groups = scenario.geography, len(scenario.groups)
    place_keys = [name_key(place.id) for place in geography.places]
    homes = sorted(range(len(place_keys)), key=lambda place: (scenario.group_of_place[place], place_keys[place]))
    sizes = np.bincount(scenario.group_of_place, minlength=n_groups)
    return Layout(
        group_of_place=np.asarray(scenario.group_of_place, np.int64),
        homes=np.array(homes, np.int64),
        homes_from=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        groups_by_key=np.array(sorted(range(n_groups), key=lambda group: name_key(scenario.groups[group])), np.int64),
        side_a=np.array([geography.index[crossing.side_a] for crossing in geography.crossings], np.int64),
        side_b=np.array([geography.index[crossing.side_b] for crossing in geography.crossings], np.int64),
    )


def luck_of(scenario: Scenario, seed: int, members: Sequence[int]) -> Luck:
    """Hash the parts of all addresses; names and not positions, so that the order of rows plays no part."""
    return Luck(
        member=_keys(address(seed, member) for member in members),
        place=_keys(name_key(place.id) for place in scenario.geography.places),
        crossing=_keys(name_key(crossing.id) for crossing in scenario.geography.crossings),
        group=_keys(name_key(group) for group in scenario.groups),
    )


def _keys(keys: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(keys), np.uint64)


def ways_by_member(scenario: Scenario, parameters: Sequence[Parameters]) -> list[Ways]:
    """Return the ways of each member; members with the same speeds share theirs."""
    speeds = ("speed_motor", "speed_foot", "speed_water")
    ways: dict[tuple[float, ...], Ways] = {}
    for each in parameters:
        key = tuple(each[name] for name in speeds)
        if key not in ways:
            ways[key] = ways_of(scenario.geography, each)
    return [ways[tuple(each[name] for name in speeds)] for each in parameters]


def first_state(scenario: Scenario, ways: Sequence[Ways], parameters: Sequence[Parameters]) -> State:
    """Return the state of all members on the first morning.

    The rings have a slot for every number of days that a journey can take; journeys beyond the last day share one.
    """
    n_members, (n_groups, n_places) = len(parameters), scenario.displaced.shape
    n_crossings = len(scenario.geography.crossings)
    hops = max(each["awareness_hops"] for each in parameters)
    route = hops * max(way.road_days.max(initial=0.0) for way in ways)
    home = max(way.road_days.sum() for way in ways)
    slots, home_slots = (min(scenario.days, math.ceil(days) + 1) + 1 for days in (route, home))
    return State(
        home=_home(scenario, n_members),
        displaced=_for_each(scenario.displaced, n_members),
        waiting=_for_each(scenario.waiting, n_members),
        road=np.zeros((n_members, n_groups, n_places + n_crossings, slots), np.int64),
        homeward=np.zeros((n_members, n_places, home_slots), np.int64),
        on_road=np.zeros((n_members, n_groups), np.int64),
        away=np.zeros((n_members, n_places), np.int64),
    )


def _home(scenario: Scenario, n_members: int) -> NDArray[np.int64]:
    shape = (n_members, len(scenario.geography.places))
    return np.broadcast_to(np.asarray(scenario.at_home, np.int64), shape).copy()


def _for_each(people: NDArray[np.int64], n_members: int) -> NDArray[np.int64]:
    return np.repeat(np.asarray(people, np.int64)[None], n_members, axis=0)


def no_flows(state: State) -> Flows:
    """Return the flows of a day on which nothing has happened yet."""
    n_members, _, n_crossings = state.waiting.shape
    arrivals, departures, returned = (np.zeros(state.home.shape, np.int64) for _ in range(3))
    return Flows(arrivals, departures, returned, crossed=np.zeros((n_members, n_crossings), np.int64))


def map_of(scenario: Scenario) -> Map:
    """Return what rules see of the places and crossings, the same on all days."""
    geography, layout = scenario.geography, layout_of(scenario)
    kinds = [place.kind if place.kind in KINDS else "other" for place in geography.places]
    return Map(
        place=np.array([place.id for place in geography.places], np.str_),
        crossing=np.array([crossing.id for crossing in geography.crossings], np.str_),
        kind=np.array([KINDS.index(kind) for kind in kinds], np.int64),
        is_camp=np.array([kind == "camp" for kind in kinds], bool),
        country=np.array([place.country or "" for place in geography.places], np.str_),
        capacity=np.asarray(scenario.capacity, float),
        per_day=np.asarray(scenario.per_day, float),
        side_a=layout.side_a,
        side_b=layout.side_b,
    )
