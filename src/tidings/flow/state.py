"""What a run starts from: a scenario laid out in the arrays that the kernels work on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from tidings.core.streams import address, name_key
from tidings.flow.kernels import Flows, Layout, Luck, State
from tidings.flow.scenario import Scenario
from tidings.flow.seen import KINDS, Map

Ints = NDArray[np.int64]


def layout_of(scenario: Scenario) -> Layout:
    """Lay out which place belongs to which group, and the sides of the crossings; groups in the order of their keys."""
    geography, index = scenario.geography, scenario.geography.index
    groups = sorted(range(len(scenario.groups)), key=lambda group: name_key(scenario.groups[group]))
    group_of_place = np.argsort(np.array(groups, np.int64))[scenario.group_of_place]
    place_keys = [name_key(place.id) for place in geography.places]
    homes = sorted(range(len(place_keys)), key=lambda place: (group_of_place[place], place_keys[place]))
    side_b = np.array([index[crossing.side_b] for crossing in geography.crossings], np.int64)
    return Layout(
        groups=np.array(groups, np.int64),
        group_of_place=group_of_place,
        homes=np.array(homes, np.int64),
        homes_of_group=np.bincount(group_of_place, minlength=len(groups)),
        displaced_before=(scenario.displaced.sum(axis=1) + scenario.waiting.sum(axis=1))[groups],
        side_a=np.array([index[crossing.side_a] for crossing in geography.crossings], np.int64),
        side_b=side_b,
        target_place=np.concatenate([np.arange(len(geography.places)), side_b]),
    )


def luck_of(scenario: Scenario, seed: int, members: Sequence[int]) -> Luck:
    """Hash the parts of all addresses; names and not positions, so that the order of rows plays no part."""
    return Luck(
        member=_keys(address(seed, member) for member in members),
        place=_keys(name_key(place.id) for place in scenario.geography.places),
        crossing=_keys(name_key(crossing.id) for crossing in scenario.geography.crossings),
        group=_keys(sorted(name_key(group) for group in scenario.groups)),
    )


def _keys(keys: Iterable[int]) -> NDArray[np.uint64]:
    return np.array(list(keys), np.uint64)


def first_state(scenario: Scenario, layout: Layout, n_members: int, route_days: float, home_days: float) -> State:
    """Return the state of all members on the first morning.

    Parameters
    ----------
    route_days, home_days
        At least as many as any route, and any way home, can take. The rings have a slot for every number of days that
        a journey can take; journeys beyond the last day share one.
    """
    (n_groups, n_places), n_crossings = scenario.displaced.shape, len(scenario.geography.crossings)
    slots, home_slots = (min(scenario.days, math.ceil(days) + 1) + 1 for days in (route_days, home_days))
    at_home = np.broadcast_to(np.asarray(scenario.at_home, np.int64), (n_members, n_places))
    return State(
        home=at_home.copy(),
        displaced=_for_each(scenario.displaced[layout.groups].T, n_members),
        waiting=_for_each(scenario.waiting[layout.groups].T, n_members),
        road=np.zeros((n_members, slots, n_places + n_crossings, n_groups), np.int64),
        homeward=np.zeros((n_members, home_slots, n_places), np.int64),
        on_road=np.zeros((n_members, n_groups), np.int64),
        away=np.zeros((n_members, n_places), np.int64),
    )


def _for_each(people: Ints, n_members: int) -> Ints:
    return np.repeat(np.ascontiguousarray(people, np.int64)[None], n_members, axis=0)


def no_flows(state: State) -> Flows:
    """Return the flows of a day on which nothing has happened yet."""
    arrivals, departures, returned = (np.zeros(state.home.shape, np.int64) for _ in range(3))
    return Flows(arrivals, departures, returned, crossed=np.zeros(state.waiting.shape[:2], np.int64))


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
