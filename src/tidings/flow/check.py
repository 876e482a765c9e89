"""Refuse what cannot be simulated: every problem at once, with where it stands, what was met and how to mend it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from tidings.core.counting import agreed, counted
from tidings.core.errors import InputError, Problem, raise_all
from tidings.flow.named_rules import chosen_rules
from tidings.flow.parameters import load_parameters, parameter_problems
from tidings.flow.rules import Rules
from tidings.flow.scenario import Scenario
from tidings.geography.graph import Geography
from tidings.geography.places import Road
from tidings.situation.world import POLICIES, Snapshot, World

SEED_LIMIT = 2**63


def check_inputs(scenario: Scenario, worlds: Sequence[World], *, seed: object, members: Sequence[int]) -> None:
    """Raise one `InputError` that names every problem of a run's inputs.

    Raises
    ------
    InputError
        If there is any problem.
    """
    raise_all([*_run(seed, members, worlds), *check_scenario(scenario, len(members)), *_worlds(worlds, scenario)])


def check_scenario(scenario: Scenario, n_members: int = 1) -> list[Problem]:
    """Return every problem of a scenario for so many members."""
    behaviour = [*_parameters(scenario), *_rules(scenario)]
    problems = [*_geography(scenario.geography), *_calendar(scenario), *_shapes(scenario, n_members)]
    if problems:
        return [*problems, *behaviour]
    return [*_groups(scenario), *_people(scenario), *_limits(scenario), *_out_of_reach(scenario), *_crowded(scenario),
            *behaviour]  # fmt: skip


def over_capacity(scenario: Scenario) -> list[str]:
    """Return the ids of places with more people on the first morning than they have capacity for, in some member.

    That is how camps are, and no mistake: whoever is there stays (LEAVE-4 and CHOOSE-5 in docs/model.md).
    """
    people = np.atleast_2d(scenario.at_home).max(axis=0) + scenario.displaced.sum(axis=0)
    return [scenario.geography.places[number].id for number in _at(people > scenario.capacity)]


def _run(seed: object, members: Sequence[int], worlds: Sequence[World]) -> Iterator[Problem]:
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        yield Problem("seed", f"{seed!r} is a {type(seed).__name__}", "Give a whole number.")
    elif not -SEED_LIMIT <= seed < SEED_LIMIT:
        yield Problem("seed", f"{seed} has more than 64 bits", "Give a smaller number.")
    if len(members) == 0:
        yield Problem("members", "there are none", "Ask for at least one member.")
    if any(not isinstance(member, int | np.integer) or member < 0 for member in members):
        yield Problem("members", "a member's number is negative or not whole", "Number members 0, 1, 2 …")
    if len(set(members)) != len(members):
        yield Problem("members", "a number is there twice", "Give each member once.")
    if len(worlds) != len(members):
        yield Problem(
            "worlds", f"there are {len(worlds)} for {counted(len(members), 'member')}", "Give one world a member."
        )


def _parameters(scenario: Scenario) -> Iterator[Problem]:
    yield from parameter_problems(scenario.parameters, "scenario.parameters")


def _rules(scenario: Scenario) -> tuple[Problem, ...]:
    try:
        Rules.of(load_parameters(), chosen_rules(scenario.rules))
    except InputError as error:
        return error.problems
    return ()


def _calendar(scenario: Scenario) -> Iterator[Problem]:
    if isinstance(scenario.days, bool) or not isinstance(scenario.days, int | np.integer):
        yield Problem("scenario.days", f"{scenario.days!r} is not a whole number", "Give a whole number of days.")
    elif scenario.days < 1:
        yield Problem("scenario.days", f"{scenario.days} is less than one day", "Ask for at least one day.")
    elif scenario.days > (dt.date.max - scenario.start).days:
        yield Problem("scenario.days", "the calendar ends before the last day", "Ask for fewer days.")


def _geography(geography: Geography) -> Iterator[Problem]:
    if not geography.places:
        yield Problem("places", "there are none", "Add places to places.csv.")
    for table in ("places", "roads", "crossings"):
        ids = Counter(row.id for row in getattr(geography, table))
        yield from (_twice(table, id_) for id_, times in ids.items() if times > 1)
    yield from _doubled(geography.roads)
    for road in geography.roads:
        yield from _ends(geography, f"roads: {road.id}", road.from_, road.to)
        if road.from_ in geography.index and road.to in geography.index:
            yield from _length(geography, road.id, road.from_, road.to, road.length_km)
    for crossing in geography.crossings:
        yield from _ends(geography, f"crossings: {crossing.id}", crossing.side_a, crossing.side_b)


def _twice(table: str, id_: str) -> Problem:
    return Problem(f"{table}: {id_}", "the id is there twice", "Give each row an id of its own.")


def _doubled(roads: Iterable[Road]) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], str] = {}
    for road in roads:
        one, two = (road.from_, road.to) if road.from_ < road.to else (road.to, road.from_)
        other = first.setdefault((one, two, road.mode), road.id)
        if other != road.id:
            met = f"it joins '{road.from_}' and '{road.to}' by {road.mode}, as '{other}' does"
            yield Problem(f"roads: {road.id}", met, "Keep one of them, or correct the ends or the mode.")


def _ends(geography: Geography, where: str, one: str, other: str) -> Iterator[Problem]:
    index = geography.index
    for end in () if one in index and other in index else sorted({one, other} - index.keys()):
        yield Problem(where, f"it ends at '{end}', which is not a place", "Add the place or correct the id.")
    if one == other:
        yield Problem(where, f"both ends are '{one}'", "Name two different places, or remove the row.")


def _length(geography: Geography, id_: str, from_: str, to: str, length_km: float | None) -> Iterator[Problem]:
    for end in (from_, to) if length_km is None else ():
        if not geography.place_by_id[end].is_located:
            yield Problem(
                f"roads: {id_}",
                f"it has no length, and its end '{end}' has no coordinates",
                "Give the road a length_km, or the place lat and lon.",
            )


def _shapes(scenario: Scenario, n_members: int) -> Iterator[Problem]:
    n_groups, n_places = len(scenario.groups), len(scenario.geography.places)
    n_crossings = len(scenario.geography.crossings)
    wanted = {
        "group_of_place": (n_places,),
        "at_home": (n_places,) if scenario.at_home.ndim == 1 else (n_members, n_places),
        "displaced": (n_groups, n_places),
        "waiting": (n_groups, n_crossings),
        "capacity": (n_places,),
        "per_day": (n_crossings,),
    }
    for name, shape in wanted.items():
        met = np.shape(getattr(scenario, name))
        if met != shape:
            yield Problem(f"scenario.{name}", f"its shape is {met}", f"Make it {shape}.")
        elif name not in ("capacity", "per_day") and not np.issubdtype(getattr(scenario, name).dtype, np.integer):
            yield Problem(f"scenario.{name}", "it holds numbers that are not whole", "Use an array of integers.")


def _groups(scenario: Scenario) -> Iterator[Problem]:
    if len(set(scenario.groups)) != len(scenario.groups):
        yield Problem("scenario.groups", "a name is there twice", "Give each origin group a name of its own.")
    for number in _at((scenario.group_of_place < 0) | (scenario.group_of_place >= len(scenario.groups))):
        place = scenario.geography.places[number].id
        yield Problem(f"places: {place}", "its origin group is unknown", "Point it at one of scenario.groups.")


MOST_PEOPLE = 10**12
"""In one run: far above all people there are, and far below where draws of counts lose their last digits."""


def _people(scenario: Scenario) -> Iterator[Problem]:
    places, crossings = scenario.geography.places, scenario.geography.crossings
    met, fix = "the number of people is negative", "Settle what is unknown before the simulation; 0 is nobody."
    at_home = np.atleast_2d(scenario.at_home)
    for number in _at((at_home < 0).any(axis=0) | (scenario.displaced < 0).any(axis=0)):
        yield Problem(f"places: {places[number].id}", met, fix)
    for number in _at((scenario.waiting < 0).any(axis=0)):
        yield Problem(f"crossings: {crossings[number].id}", met, fix)
    residents, others = at_home.astype(float).sum(axis=1).max(), (scenario.displaced, scenario.waiting)
    total = residents + sum(float(np.sum(people, dtype=float)) for people in others)
    if total > MOST_PEOPLE:
        met = f"there are {total:.3g} people in it"
        yield Problem("scenario", met, f"Correct the populations and counts: {MOST_PEOPLE:,} is the most.")


def _limits(scenario: Scenario) -> Iterator[Problem]:
    for number in _at(~(scenario.capacity >= 0)):
        place = scenario.geography.places[number].id
        yield Problem(f"places: {place}", "its capacity is negative or no number", "Give persons; inf is unlimited.")
    for number in _at(~(scenario.per_day >= 0)):
        crossing = scenario.geography.crossings[number].id
        yield Problem(
            f"crossings: {crossing}", "per_day is negative or no number", "Give persons a day; inf is no limit."
        )


def _out_of_reach(scenario: Scenario) -> Iterator[Problem]:
    geography = scenario.geography
    people = np.atleast_2d(scenario.at_home).max(axis=0) + scenario.displaced.sum(axis=0)
    for number in _at(people > 0):
        place = geography.places[number].id
        if place not in geography.reached and place not in scenario.unreached:
            n = int(people[number])
            there = f"{counted(n, 'person', 'people')} {agreed(n, 'is', 'are')} there"
            met = f"{there}, and no road or crossing leads to it"
            fix = "Add one; or name the place in scenario.unreached: nobody then leaves it or comes."
            yield Problem(f"places: {place}", met, fix)
    for place in sorted(set(scenario.unreached) - geography.index.keys()):
        yield Problem("scenario.unreached", f"'{place}' is not a place", "Add the place or correct the id.")


def _crowded(scenario: Scenario) -> Iterator[Problem]:
    residents = np.atleast_2d(scenario.at_home).max(axis=0)
    for number in _at(residents > scenario.capacity):
        place = scenario.geography.places[number]
        if place.kind != "camp":
            met = f"it has {residents[number]:,} residents and a capacity of {scenario.capacity[number]:,.0f}"
            fix = "Give the capacity for all people there, residents too; inf is unlimited."
            yield Problem(f"places: {place.id}", met, fix)


def _worlds(worlds: Sequence[World], scenario: Scenario) -> Iterator[Problem]:
    seen: set[int] = set()  # worlds and snapshots, which are often shared
    last_day = None if any(_calendar(scenario)) else scenario.start + dt.timedelta(days=int(scenario.days) - 1)
    for number, world in enumerate(worlds):
        days = [day for day, _ in world.path]
        if not days:
            yield Problem(f"world {number}", "its path is empty", "Give it a snapshot at least of the first day.")
        if days != sorted(set(days)):
            yield Problem(f"world {number}", "its days are not in order", "Sort the path by day, each day once.")
        elif days and days[0] > scenario.start:
            met = f"it begins on {days[0]}, and the run on {scenario.start}"
            yield Problem(f"world {number}", met, "Give it a snapshot of the first day, or start later.")
        if id(world) not in seen and last_day and world.until and world.until < last_day:
            met = f"it tells of days up to {world.until}, and the run goes on to {last_day}"
            yield Problem(f"world {number}", met, "Ask for fewer days, or give worlds that tell of them all.")
        seen.add(id(world))
        for day, snapshot in world.path:
            if id(snapshot) not in seen:
                seen.add(id(snapshot))
                yield from _snapshot(snapshot, scenario.geography, f"world {number} on {day}", len(world.parties))


def _snapshot(snapshot: Snapshot, geography: Geography, where: str, n_parties: int) -> Iterator[Problem]:
    n_places, n_roads, n_crossings = len(geography.places), len(geography.roads), len(geography.crossings)
    sizes = {"holder": n_places, "besieged": n_places, "violence": n_places, "passable": n_roads, "policy": n_crossings}
    for name, size in sizes.items():
        met = np.shape(getattr(snapshot, name))
        if met != (size,):
            yield Problem(f"{where}: {name}", f"its shape is {met}", f"Make it ({size},), in the geography's order.")
            return
    for place in _at(~((snapshot.violence >= 0) & np.isfinite(snapshot.violence))):
        met = f"violence at '{geography.places[place].id}' is {snapshot.violence[place]}"
        yield Problem(f"{where}: violence", met, "Give events a day, 0 or more; settle what is unknown in assess.")
    for place in _at((snapshot.holder < -1) | (snapshot.holder >= n_parties)):
        met = f"'{geography.places[place].id}' is held by a party that the world does not have"
        yield Problem(f"{where}: holder", met, "Use a position in the world's parties, or -1.")
    for crossing in _at((snapshot.policy < 0) | (snapshot.policy >= len(POLICIES))):
        met = f"the policy of '{geography.crossings[crossing].id}' is {snapshot.policy[crossing]}"
        yield Problem(f"{where}: policy", met, "Use 0 (open), 1 (restricted) or 2 (closed).")


def _at(is_wrong: Any) -> Iterable[int]:
    return (int(number) for number in np.flatnonzero(is_wrong))
