"""Days on which places fill: who travels early sees other room than who travels late. Compiled.

Where those who travel are few, they are moved one after the other, and each sees the room that is left. Where they are
many, the day's travel is cut into phases: at the point at which a camp fills up on the mean, and where a place has lost
some of its attraction. Within a phase everybody sees the room in its middle.
"""

from __future__ import annotations

import math

from tidings.flow.compiled import compiled, inlined
from tidings.flow.flee_choice import TOO_FULL, Choice, Conditions, choose, room_left
from tidings.flow.flee_desk import CROWD, PHASES, Desk, Setup
from tidings.flow.flee_moves import NOTICED, gather, pass_on, set_out

STEP = 0.25
"""How much of its attraction a place may lose within a phase."""
SURELY = 6.0
"""Standard deviations within which the number of arrivals is taken to lie."""
LEAST_PART = 1e-3
"""Of the day's travel, in a phase."""
ONE_BY_ONE = 0
"""In place of the number of phases."""


@compiled
def see_rooms(part: float, buffer: float, desk: Desk) -> None:
    """Fill in how much of its attraction each place keeps when some part of a day's arrivals has come, too."""
    for place in range(len(desk.people)):
        people = desk.people[place] + desk.came[place] + part * desk.expected[place]
        desk.now.room[place] = room_left(people, desk.capacity[place], buffer)


@compiled
def expect(n_active: int, phase: int, setup: Setup, desk: Desk) -> None:
    """Fill in how many people would come to each place in a whole day, on the mean, by the choice of a phase."""
    chain, starts, n_nodes = setup.chain, setup.ways.stations.options, len(desk.all_nodes)
    ways_to_go, places = chain.shape.ways_to_go, chain.states.place
    for number in range(n_active):
        state = desk.active[number]
        set_out(state, float(desk.leaving[state]), chain.states, starts, desk.first, ways_to_go, desk.mass)
    pass_on(0, n_nodes, desk.all_nodes, chain.nodes, starts, desk.p_leave, desk.on_way_share[phase],
            desk.on_way_going[phase], ways_to_go, desk.mass)  # fmt: skip
    n_ends = gather(0, len(desk.all_states), desk.all_states, n_nodes, desk.mass, desk.ends, desk.share)
    for place in range(len(desk.expected)):
        desk.expected[place] = 0.0
    for number in range(n_ends):
        if places[desk.ends[number]] >= 0:
            desk.expected[places[desk.ends[number]]] += desk.share[number]


@compiled
def phases_of(n_active: int, setup: Setup, today: Conditions, desk: Desk) -> int:
    """Cut the day's travel into phases, and fill in what people choose on their way in each.

    Returns
    -------
    int
        How many there are: 1 where no place can fill noticeably today; `ONE_BY_ONE` where each is to see the room that
        those before have left.
    """
    done, buffer, travellers, few = 0.0, setup.weighing.buffer, 0.0, 0.0
    for number in range(n_active):
        travellers += desk.leaving[desk.active[number]]
        few += setup.chain.states.few[desk.active[number]]
    _start_with_first_choice(desk)
    if not can_fill(travellers, buffer, desk):
        return 1
    if travellers <= CROWD * few:
        return ONE_BY_ONE
    for phase in range(PHASES):
        then = Choice(desk.on_way_share[phase], desk.on_way_going[phase])
        if phase > 0:
            see_rooms(0.0, buffer, desk)
            choose(setup.ways, today, setup.weighing, desk.now, then)
        expect(n_active, phase, setup, desk)
        if phase == 0 and not can_fill(-1.0, buffer, desk):
            return 1
        part = min(1.0 - done, next_part(1.0 - done, buffer, desk)) if phase < PHASES - 1 else 1.0 - done
        see_rooms(0.5 * part, buffer, desk)
        choose(setup.ways, today, setup.weighing, desk.now, then)
        for place in range(len(desk.came)):
            desk.came[place] += part * desk.expected[place]
        done += part
        desk.until[phase] = done
        if done > 1.0 - LEAST_PART:
            desk.until[phase] = 1.0
            return phase + 1
    return PHASES


@inlined
def _start_with_first_choice(desk: Desk) -> None:
    """Let people choose on their way as they did before they set out."""
    for number in range(len(desk.first.share)):
        desk.on_way_share[0, number] = desk.first.share[number]
    for station in range(len(desk.first.going)):
        desk.on_way_going[0, station] = desk.first.going[station]
    for place in range(len(desk.came)):
        desk.came[place] = 0.0
    desk.until[0] = 1.0


@compiled
def can_fill(coming: float, buffer: float, desk: Desk) -> bool:
    """Return whether some place can change noticeably, or close, when so many come today; -1: as are expected."""
    for place in range(len(desk.people)):
        capacity, now, more = desk.capacity[place], desk.people[place], coming
        if more < 0.0:
            more = desk.expected[place] + SURELY * math.sqrt(desk.expected[place])
        if capacity < 1.0 or now >= capacity or now + more <= buffer * capacity:
            continue
        band = (1.0 - buffer) * capacity
        closes = capacity - TOO_FULL * band
        if more > NOTICED * band or now <= closes < now + more:
            return True
    return False


@inlined
def next_part(rest: float, buffer: float, desk: Desk) -> float:
    """Return which part of the day's travel goes on before a place has lost some attraction, or closes."""
    part = rest
    for place in range(len(desk.people)):
        capacity, now, coming = desk.capacity[place], desk.people[place] + desk.came[place], desk.expected[place]
        if capacity < 1.0 or coming <= 0.0 or now >= capacity or now + coming * part <= buffer * capacity:
            continue
        band = (1.0 - buffer) * capacity
        closes = capacity - TOO_FULL * band
        if now < closes < now + coming * part:
            part = (math.floor(closes) + 1.0 - now) / coming
        part = min(part, (max(now, buffer * capacity) + STEP * band - now) / coming)
    return max(part, LEAST_PART)
