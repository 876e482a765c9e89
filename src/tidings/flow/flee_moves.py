"""How people move through a day: many by shares of them, few one by one. Compiled.

Both are exact where no place fills during the day, and the cheaper one is taken: walking costs with the people, sharing
with the paths that a day has room for. Where places fill, `flee_phases` says what people see when.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import NOBODY, compiled, inlined
from tidings.flow.draws import binomial, joined, uniform
from tidings.flow.flee_chain import Nodes, States
from tidings.flow.flee_choice import TOO_FULL, Choice, Conditions, choose, room_left
from tidings.flow.flee_desk import Desk, Setup

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

LEAST = 1e-12
"""Shares below this are left-overs of rounding."""
NOTICED = 0.02
"""How much a place's attraction has to change before people who are on their way notice."""


@compiled
def set_out(
    state: int, people: float, states: States, starts: Ints, choice: Choice, ways_to_go: int, mass: Floats
) -> None:
    """Send people who leave a state on their way, by their choice."""
    edge, station, targets, share = states.edges[state], states.station[state], states.targets, choice.share
    if station < 0:
        for way in range(ways_to_go):
            part = states.second[state] if way else 1.0 - states.second[state] * (ways_to_go - 1)
            mass[targets[edge + way]] += people * part
        return
    begin, each = starts[station] * ways_to_go, people / choice.going[station]
    for number in range(begin, starts[station + 1] * ways_to_go):
        mass[targets[edge + number - begin]] += each * share[number]


@compiled
def pass_on(
    begin: int, end: int, ahead: Shorts, nodes: Nodes, starts: Ints, p_leave: Floats, share: Floats, going: Floats,
    ways_to_go: int, mass: Floats,
) -> None:  # fmt: skip
    """Pass on what waits at the nodes of a list, in the order of the day, until all has come to states."""
    edges, stations, forced, stayed, targets = nodes.edges, nodes.station, nodes.forced, nodes.stayed, nodes.targets
    for number in range(begin, end):
        node = ahead[number]
        here = mass[node]
        if here == 0.0:
            continue
        mass[node] = 0.0
        station = stations[node]
        leaving = here * p_leave[station, forced[node]]
        staying = here - leaving * going[station]
        if staying > LEAST * here:
            mass[stayed[node]] += staying
        first = starts[station] * ways_to_go
        edge = edges[node] - first
        for option in range(first, starts[station + 1] * ways_to_go):
            mass[targets[edge + option]] += leaving * share[option]


@compiled
def gather(begin: int, end: int, ahead: Shorts, n_nodes: int, mass: Floats, ends: Ints, share: Floats) -> int:
    """Take up what has come to the states of a list; return in how many there is something."""
    n_ends = NOBODY
    for number in range(begin, end):
        state = ahead[number]
        if mass[n_nodes + state] > 0.0:
            ends[n_ends], share[n_ends] = state, mass[n_nodes + state]
            mass[n_nodes + state] = 0.0
            n_ends += 1
    return n_ends


@inlined
def draw_ends(stream: Keys, people: int, n_ends: int, ends: Ints, share: Floats, after: Ints) -> None:
    """Draw in which states people end: a multinomial by conditional binomials."""
    left, rest = people, 1.0
    for number in range(n_ends):
        taken = left
        if number < n_ends - 1:
            taken = binomial(stream, left, min(1.0, share[number] / max(rest, LEAST)))
        after[ends[number]] += taken
        left -= taken
        rest -= share[number]
        if left == 0:
            break


@compiled
def travel(key: np.uint64, n_phases: int, n_active: int, setup: Setup, desk: Desk) -> int:
    """Move those who travel to where their day ends; return how many are left to be moved one by one, in `order`.

    Who travels early and who late is left to luck, but newcomers come last: so each state has its share of each phase.
    """
    stream, base, n_few, earlier, later = np.empty(1, np.uint64), joined(key, setup.luck.travelling), NOBODY, 0.0, 0.0
    chain, starts, n_nodes, mass = setup.chain, setup.ways.stations.options, len(desk.all_nodes), desk.mass
    states, ways_to_go = chain.states, chain.shape.ways_to_go
    for number in range(n_active):
        state = desk.active[number]
        later += desk.lately[state]
        earlier += desk.leaving[state] - desk.lately[state]
    for number in range(n_active):
        state = desk.active[number]
        people, ahead, done = desk.leaving[state], states.ahead[state], 0.0
        if people <= states.few[state]:
            for _ in range(people):
                desk.order[n_few] = state
                n_few += 1
            continue
        for phase in range(n_phases):
            until = done_by(desk.until[phase], earlier, later, people, desk.lately[state])
            if until > done:
                set_out(state, until - done, states, starts, desk.first, ways_to_go, mass)
                pass_on(ahead[0], ahead[1], states.nodes, chain.nodes, starts, desk.p_leave, desk.on_way_share[phase],
                        desk.on_way_going[phase], ways_to_go, mass)  # fmt: skip
            done = until
        stream[0] = joined(base, np.uint64(state))
        n_ends = gather(ahead[2], ahead[3], states.ends, n_nodes, mass, desk.ends, desk.share)
        draw_ends(stream, people, n_ends, desk.ends, desk.share, desk.after)
    return n_few


@inlined
def done_by(part: float, earlier: float, later: float, people: int, new: int) -> float:
    """Return the share of a state's people that has travelled in a part of the day, where newcomers travel last."""
    if part >= 1.0:
        return 1.0
    both = part * (earlier + later)
    old_part = min(1.0, both / earlier) if earlier > 0.0 else 1.0
    new_part = max(0.0, (both - earlier) / later) if later > 0.0 else 1.0
    return ((people - new) * old_part + new * new_part) / people


@compiled
def line_up(key: np.uint64, n_active: int, desk: Desk) -> int:
    """Put everybody who travels in a random order, newcomers last; return how many there are."""
    stream, n_people, order = np.empty(1, np.uint64), NOBODY, desk.order
    stream[0] = key
    for newcomers in range(2):
        begin = n_people
        for number in range(n_active):
            state = desk.active[number]
            for _ in range(desk.lately[state] if newcomers else desk.leaving[state] - desk.lately[state]):
                order[n_people] = state
                n_people += 1
        for last in range(n_people - 1, begin, -1):
            other = begin + int(uniform(stream) * (last + 1 - begin))
            order[last], order[other] = order[other], order[last]
    return n_people


@compiled
def walk(
    key: np.uint64, n_people: int, n_phases: int, is_crowded: bool, setup: Setup, today: Conditions, desk: Desk
) -> None:
    """Move people one by one. In a crowd each sees what those before have filled; else each travels in some phase."""
    states, nodes, share, going = setup.chain.states, setup.chain.nodes, desk.on_way_share, desk.on_way_going
    starts, ways_to_go, n_nodes = setup.ways.stations.options, setup.chain.shape.ways_to_go, len(nodes.station)
    stream = np.empty(1, np.uint64)
    for number in range(n_people):
        state, phase = desk.order[number], 0
        stream[0] = joined(joined(key, np.uint64(state)), np.uint64(number))
        station, edge, chance = states.station[state], states.edges[state], uniform(stream)
        if n_phases > 1:
            turn = uniform(stream)
            while turn >= desk.until[phase]:
                phase += 1
        if station < 0:
            target = states.targets[edge + (ways_to_go == 2 and chance < states.second[state])]
        else:
            begin, end = starts[station] * ways_to_go, starts[station + 1] * ways_to_go
            target = states.targets[
                edge + pick(chance * desk.first.going[station], begin, end, desk.first.share) - begin
            ]
        while target < n_nodes:
            station, chance = nodes.station[target], uniform(stream)
            p_leave = desk.p_leave[station, nodes.forced[target]]
            if chance >= p_leave * going[phase, station]:
                target = nodes.stayed[target]
                break
            begin, end = starts[station] * ways_to_go, starts[station + 1] * ways_to_go
            target = nodes.targets[nodes.edges[target] + pick(chance / p_leave, begin, end, share[phase]) - begin]
        desk.after[target - n_nodes] += 1
        place = states.place[target - n_nodes]
        if is_crowded and place >= 0:
            desk.people[place] += 1.0
            left = room_left(desk.people[place], desk.capacity[place], setup.weighing.buffer)
            if is_noticed(desk.now.room[place], left):
                desk.now.room[place] = left
                choose(setup.ways, today, setup.weighing, desk.now, Choice(share[0], going[0]))


@inlined
def pick(luck: float, begin: int, end: int, share: Floats) -> int:
    """Return at which number the shares summed up exceed some luck; where rounding eats it, the last with a share."""
    last = begin
    for number in range(begin, end):
        if share[number] > 0.0:
            last = number
            luck -= share[number]
            if luck < 0.0:
                break
    return last


@inlined
def is_noticed(before: float, now: float) -> bool:
    """Return whether people notice that a place keeps more, or less, of its attraction than before."""
    return abs(now - before) > NOTICED or (now < TOO_FULL) != (before < TOO_FULL)
