"""What of a Flee instance and its settings cannot be simulated: each problem with file, line and how to mend it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np

from tidings.core.errors import Problem
from tidings.flow.flee_instance import Closure, FleeInstance, Location, Route
from tidings.flow.flee_settings import FleeSettings
from tidings.flow.flee_sites import number_of, sites_of
from tidings.flow.flee_spells import Course, newcomers_of
from tidings.flow.flee_ways import roads_of

CLOSURES = ("country", "location", "camp", "idpcamp", "link", "remove_forced_redirection")


def problems_of(instance: FleeInstance, settings: FleeSettings) -> list[Problem]:
    """Return everything that keeps an instance from being simulated."""
    problems = [
        *_period(instance),
        *_locations(instance),
        *_routes(instance, settings),
        *_closures(instance),
        *_conflicts(instance),
        *_registered(instance, settings),
    ]
    return problems or [*_newcomers(instance, settings)]


def _period(instance: FleeInstance) -> Iterator[Problem]:
    if instance.days < 1:
        yield Problem("sim_period.csv", f"the run is {instance.days} days long", "Write a length of 1 or more.")


def _locations(instance: FleeInstance) -> Iterator[Problem]:
    if not instance.locations:
        yield Problem("locations.csv", "there are no places", "Add at least one.")
    seen: dict[str, str] = {}
    for location in instance.locations:
        if seen.setdefault(location.name, location.where) != location.where:
            met = f"'{location.name}' is there already ({seen[location.name]})"
            yield Problem(location.where, met, "Give each place a name of its own.")
        if location.people is not None and location.people < 0:
            yield Problem(location.where, f"'{location.name}' has {location.people} people", "Write 0 or more.")
        for name in ("capacity_per_day", "initial_idps", "conflict_intensity"):
            yield from _attribute(location, name, 0.0, math.inf)


def _routes(instance: FleeInstance, settings: FleeSettings) -> Iterator[Problem]:
    for route in instance.routes:
        ends = [end for end in (route.one, route.other) if not 0 <= end < len(instance.locations)]
        if ends:
            yield Problem(route.where, f"it ends at place {ends[0]}, which is not there", "Correct the end.")
        elif route.one == route.other:
            name = instance.locations[route.one].name
            yield Problem(route.where, f"both ends are '{name}'", "Name two different places, or remove the row.")
        if not 0 <= route.km < math.inf:
            yield Problem(route.where, f"it is {route.km} km long", "Write a length of 0 km or more.")
        elif route.km == 0 and settings.move_rules.softening == 0:
            fix = "Write its length, or a softening of more than 0 in the settings."
            yield Problem(route.where, "it is 0 km long, and so its weight has no bound", fix)
        yield from _attribute(route, "max_move_speed", 1e-6, math.inf)
        yield from _attribute(route, "walk_probability", 0.0, 1.0)


def _attribute(row: Location | Route, name: str, low: float, high: float) -> Iterator[Problem]:
    value = number_of(row.attributes, name, low)
    if not low <= value <= high or math.isinf(value):
        bounds = f"from {low:g} to {high:g}" if high < math.inf else f"of at least {low:g}"
        yield Problem(row.where, f"{name} is '{row.attributes[name]}'", f"Write a number {bounds}, or leave it empty.")


def _closures(instance: FleeInstance) -> Iterator[Problem]:
    names = {location.name for location in instance.locations}
    countries = {location.country for location in instance.locations}
    for closure in instance.closures:
        if closure.kind not in CLOSURES:
            yield Problem(closure.where, f"'{closure.kind}' cannot close", f"Write one of {', '.join(CLOSURES)}.")
        elif closure.kind == "country":
            yield from _unknown(closure, (closure.one, closure.other), countries, "country")
        elif closure.kind in ("location", "camp", "idpcamp"):
            yield from _unknown(closure, (closure.one,), names, "place")


def _unknown(closure: Closure, named: Iterable[str], known: set[str], what: str) -> Iterator[Problem]:
    for name in named:
        if name not in known:
            fix = f"Correct the name, or add the {what} to locations.csv."
            yield Problem(closure.where, f"there is no {what} '{name}'", fix)


def _conflicts(instance: FleeInstance) -> Iterator[Problem]:
    shape = (instance.days, len(instance.locations))
    if instance.conflicts.shape != shape:
        met = f"it has the shape {instance.conflicts.shape}, and days and places are {shape}"
        yield Problem("conflicts.csv", met, "Give a row for each day of the run and a column for each place.")
        return
    for day, place in np.argwhere(~(np.isfinite(instance.conflicts) & (instance.conflicts >= 0))):
        met = f"day {day} at '{instance.locations[place].name}' is {instance.conflicts[day, place]}"
        yield Problem("conflicts.csv", met, "Write an intensity of 0 or more.")


def _registered(instance: FleeInstance, settings: FleeSettings) -> Iterator[Problem]:
    for row in (*instance.registered, *([instance.total] if instance.total else [])):
        if not len(row.days):
            yield Problem(row.where, f"'{row.name}' has no counts", "Add some, or remove the row.")
        elif not np.isfinite(row.people).all() or (row.people < 0).any():
            yield Problem(row.where, f"a count of '{row.name}' is negative or no number", "Correct it, or remove it.")
    if not settings.spawn_rules.sum_from_camps and instance.total is None:
        met = "sum_from_camps is off, and the data have no row 'total'"
        yield Problem("data_layout.csv", met, "Add the row, or switch sum_from_camps on.")


def _newcomers(instance: FleeInstance, settings: FleeSettings) -> Iterator[Problem]:
    """Yield the first day on which people are to set out though there is no conflict at a place with people."""
    if settings.spawn_rules.conflict_driven_spawning:
        return
    sites, newcomers = sites_of(instance, settings), newcomers_of(instance, settings)
    course = Course(instance, settings, sites, roads_of(instance, settings.move_rules))
    population = np.array([site.population for site in sites])
    for day in range(instance.days):
        course.turn_to(day)
        if newcomers[day] > 0 and not (course.intensity * course.decay * population > 0).any():
            met = f"{newcomers[day]} units set out on day {day}, and no place with a population is in conflict"
            fix = "Add the conflict to conflicts.csv or the population to locations.csv; Flee stops on such a day."
            yield Problem("conflicts.csv", met, fix)
            return
