"""The days of a run of Flee's rules, compiled: counts of people by member and state, moved day by day."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import compiled
from tidings.flow.draws import binomial, joined, uniform
from tidings.flow.flee_chain import Chain, States
from tidings.flow.flee_choice import TOO_FULL, Attraction, Choice, Conditions, Weighing, choose, empty_choice, room
from tidings.flow.flee_moves import Shares, draw_ends, empty_shares, gather, pass_on, pick, set_out
from tidings.flow.flee_ways import Ways

Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

NOTICED = 0.02
"""How much less attractive a place may become within a day before it is noticed."""
STEP = 0.25
"""How much less attractive a place may become while one part of the people travels."""
SURELY = 6.0
"""Standard deviations within which the number of arrivals is taken to lie."""
LEAST_PART = 1.0 / 16.0
CROWD = 2
"""People are few when they are at most so many times what is few in each state."""
DATA, CONSTANT, SHARE, POISSON = 0, 1, 2, 3
"""How the number of newcomers is found."""


class Plan(NamedTuple):
    """What is the same for all members, beside the conditions of the day."""

    newcomers: Ints
    """Shape (day,): units that set out by the data."""
    mode: int
    takes: bool
    """Whether newcomers are taken from the population."""
    capacity: Floats
    """Shape (place,): units, before day 0."""
    capacity_per_day: Floats


class Luck(NamedTuple):
    """The parts of addresses, hashed. Shape (member,) with the seed in it, (place,), (state,)."""

    member: Keys
    place: Keys
    state: Keys
    newcomer: Ints
    """Shape (place,): the state in which people set out."""
    spawning: np.uint64
    leaving: np.uint64
    travelling: np.uint64
    walking: np.uint64
    lining: np.uint64


class Desk(NamedTuple):
    """Room for one member's day."""

    after: Ints
    """Shape (state,): at the end of the day."""
    leaving: Ints
    """Shape (state,): those who travel."""
    lately: Ints
    """Shape (state,): those of them who set out today for the first time; they travel last."""
    active: Ints
    """The states from which somebody travels."""
    order: Ints
    """The states of people who are moved one by one, in their order."""
    fresh: Ints
    """Shape (place,): those who set out today."""
    people: Ints
    """Shape (place,): who is there now."""
    capacity: Floats
    """Shape (place,): below 1 is unlimited."""
    expected: Floats
    """Shape (place,): how many would come in a whole day."""
    p_leave: Floats
    """Shape (station, 2): chance of leaving a station within the day, and where people do not stop in towns."""
    now: Attraction
    shares: Shares
    all_nodes: Shorts
    all_states: Shorts
    first: Choice
    """What people choose before they set out."""
    then: Choice
    """What people choose on their way."""


def empty_desk(chain: Chain, ways: Ways, n_places: int) -> Desk:
    """Return room for a day."""
    n_states, n_nodes = len(chain.states.few), len(chain.nodes.station)
    after, leaving, lately, active = (np.zeros(n_states, np.int64) for _ in range(4))
    fresh, people = (np.zeros(n_places, np.int64) for _ in range(2))
    capacity, expected, score, pull = (np.zeros(n_places) for _ in range(4))
    first, then = (empty_choice(ways, chain.shape.ways_to_go) for _ in range(2))
    return Desk(after, leaving, lately, active, np.zeros(CROWD * int(chain.states.few.sum()) + 1, np.int64), fresh, people,
                capacity, expected, np.ones((chain.shape.n_stations, 2)), Attraction(score, np.ones(n_places), pull),
                empty_shares(chain), np.arange(n_nodes, dtype=np.int32), np.arange(n_states, dtype=np.int32),
                first, then)  # fmt: skip


@compiled
def poisson(stream: Keys, mean: float) -> int:
    """Draw a Poisson number: a binomial of so many trials that the difference is far below one draw in 10⁹."""
    if mean <= 0.0:
        return 0
    trials = np.int64(1) << 52
    return binomial(stream, trials, mean / trials)


@compiled
def spawn(
    day: int, key: np.uint64, today: Conditions, plan: Plan, luck: Luck, now: Ints, population: Ints, fresh: Ints
) -> bool:
    """Let newcomers set out; return False where there are some and no place is in conflict."""
    stream = np.empty(1, np.uint64)
    stream[0] = joined(key, luck.spawning)
    fresh[:] = 0
    if plan.mode == DATA:
        if not _place_newcomers(stream, plan.newcomers[day], today, population, fresh):
            return False
    else:
        for place in range(len(fresh)):
            stream[0] = joined(joined(key, luck.spawning), luck.place[place])
            fresh[place] = _driven(stream, plan.mode, today.driven[place], population[place])
    for place in range(len(fresh)):
        now[luck.newcomer[place]] += fresh[place]
        if plan.takes:
            population[place] -= fresh[place]
    return True


@compiled
def _place_newcomers(stream: Keys, newcomers: int, today: Conditions, population: Ints, fresh: Ints) -> bool:
    rest = 0.0
    for place in range(len(fresh)):
        rest += today.spawning[place] * max(0, population[place])
    if newcomers > 0 and rest <= 0.0:
        return False
    last = -1
    for place in range(len(fresh)):
        weight = today.spawning[place] * max(0, population[place])
        if weight > 0.0 and newcomers > 0:
            last = place
            fresh[place] = binomial(stream, newcomers, min(1.0, weight / rest))
            newcomers -= fresh[place]
            rest -= weight
    if newcomers > 0:
        fresh[last] += newcomers
    return True


@compiled
def _driven(stream: Keys, mode: int, rate: float, population: int) -> int:
    if mode == SHARE:
        return int(rate * max(0, population))
    return poisson(stream, rate) if mode == POISSON else int(rate)


@compiled
def size_up(day: int, today: Conditions, weighing: Weighing, plan: Plan, population: Ints, desk: Desk) -> None:
    """Fill in the capacity, the chance of leaving and the score of each place."""
    for place in range(len(population)):
        p_move, score = today.p_move[place], today.score[place]
        capacity = plan.capacity[place] + plan.capacity_per_day[place] * (day + 1)
        if weighing.population_scale != 0.0:
            size = max(float(population[place]), capacity, 0.0) / weighing.population_base
            p_move = min(1.0, p_move * size**weighing.population_scale) if size > 0.0 else 0.0
        if not math.isnan(weighing.population_power) and not today.is_camp[place]:
            score *= float(max(1, population[place])) ** weighing.population_power
        desk.capacity[place], desk.now.score[place] = capacity * weighing.capacity_scaling, score
        desk.p_leave[place, 0], desk.p_leave[place, 1] = p_move, 1.0 if today.is_town[place] else p_move


@compiled
def decide(
    key: np.uint64, ways: Ways, today: Conditions, weighing: Weighing, states: States, luck: Luck, here: Ints, desk: Desk
) -> int:  # fmt: skip
    """Let everybody at a station decide, first those who make room by leaving; return how many states have travellers."""
    base, buffer = joined(key, luck.leaving), weighing.buffer
    count_people(states.place, here, desk.people)
    see_rooms(0.0, buffer, desk)
    choose(ways, today, weighing, desk.now, desk.first)
    n_active = leave(base, True, 0, states, luck, here, desk)
    if has_more_room(buffer, desk):
        see_rooms(0.0, buffer, desk)
        choose(ways, today, weighing, desk.now, desk.first)
    n_active = leave(base, False, n_active, states, luck, here, desk)
    for place in range(len(desk.people)):
        if desk.fresh[place] > 0:
            state = luck.newcomer[place]
            desk.lately[state] = desk.leaving[state] * desk.fresh[place] // here[state]
    return n_active


@compiled
def leave(
    key: np.uint64, from_limited: bool, n_active: int, states: States, luck: Luck, here: Ints, desk: Desk
) -> int:
    """Draw who leaves each place of limited capacity, or each other place; people on the road go with the others."""
    stream, stations, places, stayed = np.empty(1, np.uint64), states.station, states.place, states.stayed
    p_leave, going, capacity, people, after = desk.p_leave, desk.first.going, desk.capacity, desk.people, desk.after
    for state in range(len(here)):
        if here[state] == 0:
            continue
        leaving, place = here[state], places[state]
        if (place >= 0 and capacity[place] >= 1.0) != from_limited:
            continue
        if place >= 0:
            stream[0] = joined(key, luck.state[state])
            leaving = binomial(stream, here[state], p_leave[stations[state], 0] * going[stations[state]])
            people[place] -= leaving
            after[stayed[state]] += here[state] - leaving
        if leaving > 0:
            desk.leaving[state], desk.lately[state], desk.active[n_active] = leaving, 0, state
            n_active += 1
    return n_active


@compiled
def has_more_room(buffer: float, desk: Desk) -> bool:
    """Return whether some place has noticeably more room than when people last looked."""
    for place in range(len(desk.people)):
        left = room(desk.people[place], desk.capacity[place], buffer)
        if is_noticed(desk.now.room[place], left):
            return True
    return False


@compiled
def is_noticed(before: float, now: float) -> bool:
    """Return whether people notice that a place keeps more, or less, of its attraction than before."""
    return abs(now - before) > NOTICED or (now < TOO_FULL) != (before < TOO_FULL)


@compiled
def see_rooms(ahead: float, buffer: float, desk: Desk) -> None:
    """Fill in how much of its attraction each place keeps when that part of the day's arrivals has come."""
    for place in range(len(desk.people)):
        desk.now.room[place] = room(desk.people[place] + ahead * desk.expected[place], desk.capacity[place], buffer)


@compiled
def expect(n_active: int, chain: Chain, starts: Ints, choice: Choice, desk: Desk) -> None:
    """Fill in how many people would come to each place in a whole day, on the mean."""
    ways_to_go, shares, places = chain.shape.ways_to_go, desk.shares, chain.states.place
    n_nodes, n_states = len(desk.all_nodes), len(desk.all_states)
    for number in range(n_active):
        state = desk.active[number]
        set_out(state, float(desk.leaving[state]), chain.states, starts, desk.first, ways_to_go, shares.mass)
    pass_on(0, n_nodes, desk.all_nodes, chain.nodes, starts, desk.p_leave, choice, ways_to_go, shares.mass)
    n_ends = gather(0, n_states, desk.all_states, n_nodes, shares)
    desk.expected[:] = 0.0
    for number in range(n_ends):
        if places[shares.ends[number]] >= 0:
            desk.expected[places[shares.ends[number]]] += shares.share[number]


@compiled
def fills(place: int, coming: float, buffer: float, desk: Desk) -> bool:
    """Return whether so many people more change noticeably how attractive a place is, or close it."""
    capacity, now = desk.capacity[place], desk.people[place]
    if capacity < 1.0 or now >= capacity or now + coming <= buffer * capacity:
        return False
    band = (1.0 - buffer) * capacity
    closes = capacity - TOO_FULL * band
    return coming > NOTICED * band or now <= closes < now + coming


@compiled
def next_part(done: float, buffer: float, desk: Desk) -> float:
    """Return which part of the day's travel may go on before places have filled too much, or one closes."""
    part = 1.0 - done
    for place in range(len(desk.people)):
        capacity, now, coming = desk.capacity[place], desk.people[place], desk.expected[place]
        band = (1.0 - buffer) * capacity
        closes = capacity - TOO_FULL * band
        if capacity < 1.0 or now >= capacity or now + coming * part <= buffer * capacity:
            continue
        if now < closes < now + coming * part:
            part = (closes - now) / coming
        part = min(part, STEP * band / coming) if coming > 0.0 else part
    return min(1.0 - done, max(part, LEAST_PART))


@compiled
def upto(part: float, people: int, dither: float) -> int:
    """Return how many of some people travel in the first part of the day; a fraction of a person is left to luck."""
    return people if part >= 1.0 else int(max(0.0, part) * people + dither)


@compiled
def travel(
    key: np.uint64, begin: float, end: float, n_active: int, chain: Chain, starts: Ints, luck: Luck, then: Choice, desk: Desk
) -> int:  # fmt: skip
    """Move those who travel in one part of the day; return how many are left to be moved one by one, in `order`."""
    stream, base, n_few = np.empty(1, np.uint64), joined(joined(key, luck.travelling), np.uint64(end * 4096)), 0
    states, shares, ways_to_go, n_nodes = chain.states, desk.shares, chain.shape.ways_to_go, len(desk.all_nodes)
    earlier, later = 0, 0
    for number in range(n_active):
        later += desk.lately[desk.active[number]]
        earlier += desk.leaving[desk.active[number]]
    earlier -= later
    for number in range(n_active):
        state = desk.active[number]
        people = desk.leaving[state]
        stream[0] = joined(base, luck.state[state])
        if end - begin < 1.0:
            dither, old, new = uniform_at(joined(key, luck.state[state])), people - desk.lately[state], desk.lately[state]
            both = earlier + later
            people = upto(end * both / max(earlier, 1), old, dither) - upto(begin * both / max(earlier, 1), old, dither)
            people += upto((end * both - earlier) / max(later, 1), new, dither)
            people -= upto((begin * both - earlier) / max(later, 1), new, dither)
        if people <= states.few[state]:
            desk.order[n_few : n_few + people] = state
            n_few += people
            continue
        set_out(state, 1.0, states, starts, desk.first, ways_to_go, shares.mass)
        ahead = states.ahead[state]
        pass_on(ahead[0], ahead[1], states.nodes, chain.nodes, starts, desk.p_leave, then, ways_to_go, shares.mass)
        draw_ends(stream, people, gather(ahead[2], ahead[3], states.ends, n_nodes, shares), shares, desk.after)
    return n_few


@compiled
def uniform_at(address: np.uint64) -> float:
    """Return the first number of the stream at an address."""
    stream = np.empty(1, np.uint64)
    stream[0] = address
    return uniform(stream)


@compiled
def line_up(key: np.uint64, n_active: int, desk: Desk) -> int:
    """Put everybody who travels in a random order, newcomers last; return how many there are."""
    stream, n_people = np.empty(1, np.uint64), 0
    stream[0] = key
    for newcomers in range(2):
        begin = n_people
        for number in range(n_active):
            state = desk.active[number]
            people = desk.lately[state] if newcomers else desk.leaving[state] - desk.lately[state]
            desk.order[n_people : n_people + people] = state
            n_people += people
        for last in range(n_people - 1, begin, -1):
            other = begin + int(uniform(stream) * (last + 1 - begin))
            desk.order[last], desk.order[other] = desk.order[other], desk.order[last]
    return n_people


@compiled
def walk(
    key: np.uint64, n_people: int, chain: Chain, ways: Ways, luck: Luck, today: Conditions, weighing: Weighing, then: Choice,
    is_crowded: bool, desk: Desk,
) -> None:  # fmt: skip
    """Move people one by one; where places fill, those who come later see it."""
    states, nodes, starts, p_leave, ways_to_go = chain.states, chain.nodes, ways.stations.options, desk.p_leave, chain.shape.ways_to_go
    stations, edges, targets, second, places = states.station, states.edges, states.targets, states.second, states.place
    node_stations, node_edges, node_targets, node_stayed, forced = nodes.station, nodes.edges, nodes.targets, nodes.stayed, nodes.forced
    share, going, first_share, first_going = then.share, then.going, desk.first.share, desk.first.going
    after, order, keys, n_nodes, people, capacity, rooms = desk.after, desk.order, luck.state, len(nodes.station), desk.people, desk.capacity, desk.now.room
    stream = np.empty(1, np.uint64)
    for number in range(n_people):
        state = order[number]
        stream[0] = joined(joined(key, keys[state]), np.uint64(number))
        station, chance, edge = stations[state], uniform(stream), edges[state]
        if station < 0:
            target = targets[edge + (ways_to_go == 2 and chance < second[state])]
        else:
            begin, chance = starts[station] * ways_to_go, chance * first_going[station]
            target = targets[edge + pick(chance, begin, starts[station + 1] * ways_to_go, first_share) - begin]
        while target < n_nodes:
            station, chance = node_stations[target], uniform(stream)
            p = p_leave[station, forced[target]]
            if chance >= p * going[station]:
                target = node_stayed[target]
                break
            begin = starts[station] * ways_to_go
            target = node_targets[node_edges[target] + pick(chance / p, begin, starts[station + 1] * ways_to_go, share) - begin]
        state = target - n_nodes
        after[state] += 1
        place = places[state]
        if is_crowded and place >= 0:
            people[place] += 1
            if capacity[place] >= 1.0:
                left = room(people[place], capacity[place], weighing.buffer)
                if is_noticed(rooms[place], left):
                    rooms[place] = left
                    choose(ways, today, weighing, desk.now, then)


@compiled
def count_people(places: Ints, after: Ints, people: Ints) -> int:
    """Fill in how many are at each place; return how many are on the road."""
    people[:] = 0
    on_road = 0
    for state in range(len(after)):
        if places[state] >= 0:
            people[places[state]] += after[state]
        else:
            on_road += after[state]
    return on_road


@compiled
def is_calm(n_active: int, chain: Chain, starts: Ints, buffer: float, desk: Desk) -> tuple[bool, bool]:
    """Return whether no place can fill noticeably today; and, if not, whether those who travel are few."""
    travellers, few, calm = 0, 0, True
    for number in range(n_active):
        travellers += desk.leaving[desk.active[number]]
        few += chain.states.few[desk.active[number]]
    for place in range(len(desk.people)):
        calm = calm and not fills(place, travellers, buffer, desk)
    if calm or travellers <= CROWD * few:
        return calm, True
    expect(n_active, chain, starts, desk.first, desk)
    calm = True
    for place in range(len(desk.people)):
        coming = desk.expected[place]
        calm = calm and not fills(place, coming + SURELY * math.sqrt(coming), buffer, desk)
    return calm, False


@compiled
def move(
    key: np.uint64, n_active: int, chain: Chain, ways: Ways, luck: Luck, today: Conditions, weighing: Weighing, desk: Desk
) -> None:
    """Move everybody who travels to where the day ends."""
    starts, buffer, done, after = ways.stations.options, weighing.buffer, 0.0, desk.after
    calm, few = is_calm(n_active, chain, starts, buffer, desk)
    if calm:
        n_few = travel(key, 0.0, 1.0, n_active, chain, starts, luck, desk.first, desk)
        walk(joined(key, luck.walking), n_few, chain, ways, luck, today, weighing, desk.first, False, desk)
        return
    if few:
        desk.then.share[:], desk.then.going[:] = desk.first.share, desk.first.going
        n_people = line_up(joined(key, luck.lining), n_active, desk)
        walk(joined(key, luck.walking), n_people, chain, ways, luck, today, weighing, desk.then, True, desk)
        return
    while done < 1.0:
        if done > 0.0:
            count_people(chain.states.place, after, desk.people)
            see_rooms(0.0, buffer, desk)
            choose(ways, today, weighing, desk.now, desk.then)
            expect(n_active, chain, starts, desk.then, desk)
        part = next_part(done, buffer, desk)
        see_rooms(0.5 * part, buffer, desk)
        choose(ways, today, weighing, desk.now, desk.then)
        n_few = travel(key, done, done + part, n_active, chain, starts, luck, desk.then, desk)
        walk(joined(joined(key, luck.walking), np.uint64(done * 4096)), n_few, chain, ways, luck, today, weighing, desk.then, False, desk)
        done = done + part if done + part < 1.0 - 1e-9 else 1.0


@compiled
def run_days(
    first_day: int, end_day: int, chain: Chain, ways: Ways, today: Conditions, weighing: Weighing, plan: Plan, luck: Luck,
    now: Ints, population: Ints, desk: Desk, people: Ints, on_road: Ints,
) -> int:  # fmt: skip
    """Run all members through the days of a spell; return the first day on which newcomers have no place, or -1."""
    places, after = chain.states.place, desk.after
    for member in range(len(now)):
        here = now[member]
        for day in range(first_day, end_day):
            key = joined(luck.member[member], np.uint64(day))
            if not spawn(day, key, today, plan, luck, here, population[member], desk.fresh):
                return day
            size_up(day, today, weighing, plan, population[member], desk)
            n_active = decide(key, ways, today, weighing, chain.states, luck, here, desk)
            move(key, n_active, chain, ways, luck, today, weighing, desk)
            here[:] = after
            after[:] = 0
            on_road[member, day] = count_people(places, here, people[member, day])
    return -1
