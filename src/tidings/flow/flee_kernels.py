"""The days of a run of Flee's rules, compiled: counts of people by member and state, moved day by day."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from tidings.flow.compiled import NOBODY, compiled, inlined
from tidings.flow.draws import binomial, joined
from tidings.flow.flee_choice import Conditions, choose, room_left
from tidings.flow.flee_desk import DATA, POISSON, SHARE, Desk, Luck, Plan, Setup
from tidings.flow.flee_moves import is_noticed, line_up, travel, walk
from tidings.flow.flee_phases import ONE_BY_ONE, phases_of, see_rooms

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Keys = NDArray[np.uint64]

TRIALS = 1 << 40
"""A Poisson number is drawn as that of successes in so many trials; the two distributions differ by mean / TRIALS."""
NOWHERE = 1
"""Newcomers are to set out, and no place is in conflict."""


@compiled
def run_days(
    first_day: int, end_day: int, setup: Setup, today: Conditions, now: Ints, population: Ints, desk: Desk,
    people: Ints, on_road: Ints,
) -> int:  # fmt: skip
    """Run all members through the days of a spell.

    Parameters
    ----------
    now
        Shape (member, state): where people are; changed.
    population
        Shape (member, place): of places that are no camps; changed where newcomers are taken from it.
    people, on_road
        Shapes (member, day, place) and (member, day): filled in; units.

    Returns
    -------
    int
        The first day on which newcomers have no place to set out from; -1 where there is none.
    """
    places, luck = setup.chain.states.place, setup.luck
    for member in range(len(now)):
        here = now[member]
        for day in range(first_day, end_day):
            key = joined(luck.member[member], np.uint64(day))
            if spawn(day, key, setup.plan, luck, today, here, population[member], desk) == NOWHERE:
                return day
            size_up(day, setup, today, population[member], desk)
            n_active = decide(key, setup, today, here, desk)
            n_phases = phases_of(n_active, setup, today, desk)
            if n_phases == ONE_BY_ONE:
                n_few = line_up(joined(key, luck.lining_up), n_active, desk)
            else:
                n_few = travel(key, n_phases, n_active, setup, desk)
            walk(joined(key, luck.walking), n_few, n_phases, n_phases == ONE_BY_ONE, setup, today, desk)
            for state in range(len(here)):
                here[state], desk.after[state] = desk.after[state], 0
                if places[state] >= 0:
                    people[member, day, places[state]] += here[state]
                else:
                    on_road[member, day] += here[state]
    return -1


@compiled
def spawn(
    day: int, key: np.uint64, plan: Plan, luck: Luck, today: Conditions, here: Ints, population: Ints, desk: Desk
) -> int:
    """Let newcomers set out; return `NOWHERE` where there are some and no place is in conflict."""
    stream, fresh, base = np.empty(1, np.uint64), desk.fresh, joined(key, luck.spawning)
    left, rest = plan.newcomers[day], 0.0
    for place in range(len(fresh)):
        rest += today.spawning[place] * max(0, population[place])
    if left > 0 and rest <= 0.0:
        return NOWHERE
    for place in range(len(fresh)):
        stream[0] = joined(base, luck.place[place])
        weight = today.spawning[place] * max(0, population[place])
        if plan.mode != DATA:
            fresh[place] = driven(stream, plan, today.intensity[place], population[place])
        elif left > 0 and weight > 0.0:
            fresh[place] = binomial(stream, left, 1.0 if weight >= rest * (1.0 - 1e-12) else weight / rest)
        else:
            fresh[place] = 0
        left -= fresh[place]
        rest -= weight
        here[luck.newcomer[place]] += fresh[place]
        if plan.takes:
            population[place] -= fresh[place]
    return 0


@inlined
def driven(stream: Keys, plan: Plan, intensity: float, population: int) -> int:
    """Return how many people a conflict drives out of a place today, by factors in the order of Flee's."""
    if plan.mode == SHARE:
        return int(plan.rate * max(0, population) * intensity)
    number = plan.rate * intensity
    return binomial(stream, TRIALS, number / TRIALS) if plan.mode == POISSON else int(number)


@compiled
def size_up(day: int, setup: Setup, today: Conditions, population: Ints, desk: Desk) -> None:
    """Fill in the capacity, the chance of leaving and the score of each place."""
    weighing, plan = setup.weighing, setup.plan
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
def decide(key: np.uint64, setup: Setup, today: Conditions, here: Ints, desk: Desk) -> int:
    """Let everybody at a station decide; return how many states there are from which people travel.

    People in places of limited capacity decide first: they make room for others by leaving.
    """
    stream, base, n_active, luck = np.empty(1, np.uint64), joined(key, setup.luck.leaving), NOBODY, setup.luck
    states, buffer, going = setup.chain.states, setup.weighing.buffer, desk.first.going
    count_people(states.place, here, desk)
    for others in range(2):
        if others == 0 or has_more_room(buffer, desk):
            see_rooms(0.0, buffer, desk)
            choose(setup.ways, today, setup.weighing, desk.now, desk.first)
        for state in range(len(here)):
            leaving, place, station = here[state], states.place[state], states.station[state]
            if leaving == 0 or (place >= 0 and desk.capacity[place] >= 1.0) != (others == 0):
                continue
            if place >= 0:
                stream[0] = joined(base, np.uint64(state))
                leaving = binomial(stream, leaving, desk.p_leave[station, 0] * going[station])
                desk.people[place] -= leaving
                desk.after[states.stayed[state]] += here[state] - leaving
            if leaving > 0:
                desk.leaving[state], desk.lately[state], desk.active[n_active] = leaving, 0, state
                n_active += 1
    for place in range(len(desk.fresh)):
        if desk.fresh[place] > 0:
            state = luck.newcomer[place]
            desk.lately[state] = desk.leaving[state] * desk.fresh[place] // here[state]
    return n_active


@inlined
def count_people(places: Ints, here: Ints, desk: Desk) -> None:
    """Fill in how many people are at each place; nobody more has come yet."""
    for place in range(len(desk.people)):
        desk.people[place], desk.came[place] = 0.0, 0.0
    for state in range(len(here)):
        if places[state] >= 0:
            desk.people[places[state]] += here[state]


@inlined
def has_more_room(buffer: float, desk: Desk) -> bool:
    """Return whether some place has noticeably more room than when people last looked."""
    for place in range(len(desk.people)):
        if is_noticed(desk.now.room[place], room_left(desk.people[place], desk.capacity[place], buffer)):
            return True
    return False
