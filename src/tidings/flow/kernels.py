"""What the compiled steps of a day work on, and the steps that move people without luck: arrive, travel, note.

Axes: member, place, group (of origin), target (place or crossing), slot (days left on the road; a ring that starts at
`head`). Groups and the targets of a place stand in the order of their names' keys, so that the order of rows in a table
plays no part. An address of a draw is (seed, member, day, process, place or crossing).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import NOBODY, inner
from tidings.flow.draws import joined

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Keys = NDArray[np.uint64]


class State(NamedTuple):
    """Where everybody is. Persons."""

    home: Counts
    """Shape (member, place): residents."""
    displaced: Counts
    """Shape (member, place, group): people from elsewhere."""
    waiting: Counts
    """Shape (member, crossing, group): in the queue on side a."""
    road: Counts
    """Shape (member, slot, target, group): on the way to a target."""
    homeward: Counts
    """Shape (member, slot, place): on the way home."""
    on_road: Counts
    """Shape (member, group): the sum of `road` and `homeward`, kept up by every step."""
    away: Counts
    """Shape (member, place): residents who have left and not set out for home. No place of its own: a memory."""


class Flows(NamedTuple):
    """What happened on the day. Persons; shape (member, place), `crossed` (member, crossing)."""

    arrivals: Counts
    departures: Counts
    returned: Counts
    crossed: Counts


class Counted(NamedTuple):
    """All that is given out, by member and day. Persons; shape (member, day, place or crossing or group)."""

    people: Counts
    displaced: Counts
    arrivals: Counts
    departures: Counts
    returned: Counts
    trapped: Counts
    waiting: Counts
    crossed: Counts
    on_road: Counts
    displaced_from: Counts


class Layout(NamedTuple):
    """What belongs to what, the same for all members and days."""

    groups: Counts
    """Shape (group,): position of each in the scenario; here they stand in the order of their names' keys."""
    group_of_place: Counts
    homes: Counts
    """Shape (place,): all places, group after group, and in a group by the keys of their names."""
    homes_of_group: Counts
    """Shape (group,): how many places are in each."""
    displaced_before: Counts
    """Shape (group,): people of each who were displaced before the first day: no home of theirs is known."""
    side_a: Counts
    side_b: Counts
    target_place: Counts
    """Shape (target,): the place itself, or side b of the crossing."""


class Luck(NamedTuple):
    """The parts of addresses, hashed. Shape (member,) with the seed in it, (place,), (crossing,), (group,)."""

    member: Keys
    place: Keys
    crossing: Keys
    group: Keys


@inner
def at_step(member_key: np.uint64, step: Keys) -> np.uint64:
    """Return the address of a member's process on a day; `step` is the day and the process."""
    return joined(joined(member_key, step[0]), step[1])


@inner
def arrive(head: int, state: State, layout: Layout, flows: Flows) -> None:
    """Let in who has no day left on the road."""
    road, places = state.road, state.home.shape[1]
    slot = head % road.shape[1]
    for member in range(road.shape[0]):
        on_road = state.on_road[member]
        for target in range(road.shape[2]):
            if target < places:
                flows.arrivals[member, target] += _all_move(road[member, slot, target], state.displaced[member, target],
                                                            on_road)  # fmt: skip
            else:
                _all_move(road[member, slot, target], state.waiting[member, target - places], on_road)
        _come_home(state.homeward[member, head % state.homeward.shape[1]], state.home[member], flows.returned[member],
                   on_road, layout.group_of_place)  # fmt: skip


@inner
def _all_move(leaving: Counts, joining: Counts, on_road: Counts) -> int:
    """Move all who are at the end of their way, and return how many they are. Shape (group,)."""
    total = 0
    for group in range(len(leaving)):
        people = leaving[group]
        leaving[group] = 0
        joining[group] += people
        on_road[group] -= people
        total += people
    return total


@inner
def _come_home(homeward: Counts, home: Counts, returned: Counts, on_road: Counts, group_of_place: Counts) -> None:
    for place in range(len(home)):
        people = homeward[place]
        if people > 0:
            homeward[place] = 0
            home[place] += people
            returned[place] += people
            on_road[group_of_place[place]] -= people


@inner
def travel(head: int, state: State) -> None:
    """Put those who stand at the crossing that they set out for into its queue, on the same day."""
    road, places = state.road, state.home.shape[1]
    slot = head % road.shape[1]
    for member in range(road.shape[0]):
        for crossing in range(state.waiting.shape[1]):
            _all_move(road[member, slot, places + crossing], state.waiting[member, crossing], state.on_road[member])


@inner
def count(
    day: int,
    state: State,
    flows: Flows,
    layout: Layout,
    besieged: Flags,
    people: Counts,
    away: Counts,
    counted: Counted,
) -> None:
    """Count who is where at the end of the day.

    Parameters
    ----------
    besieged, people
        Shape (member, place); people are filled in.
    away
        Shape (group,), or longer, to work with.
    """
    home, displaced, waiting, on_road, groups = state.home, state.displaced, state.waiting, state.on_road, layout.groups
    arrivals, departures, returned, crossed = flows.arrivals, flows.departures, flows.returned, flows.crossed
    for member in range(home.shape[0]):
        for group in range(len(groups)):
            away[group] = on_road[member, group]
        for place in range(home.shape[1]):
            total = home[member, place]
            for group in range(len(groups)):
                total += displaced[member, place, group]
            for group in range(len(groups)):
                away[group] += displaced[member, place, group]
            counted.displaced[member, day, place] = total - home[member, place]
            people[member, place] = counted.people[member, day, place] = total
            counted.arrivals[member, day, place] = arrivals[member, place]
            counted.departures[member, day, place] = departures[member, place]
            counted.returned[member, day, place] = returned[member, place]
            counted.trapped[member, day, place] = total if besieged[member, place] else 0
        for crossing in range(waiting.shape[1]):
            total = NOBODY
            for group in range(len(groups)):
                total += waiting[member, crossing, group]
                away[group] += waiting[member, crossing, group]
            counted.waiting[member, day, crossing] = total
            counted.crossed[member, day, crossing] = crossed[member, crossing]
        for group in range(len(groups)):
            counted.on_road[member, day, groups[group]] = on_road[member, group]
            counted.displaced_from[member, day, groups[group]] = away[group]
