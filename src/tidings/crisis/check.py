"""Check a crisis folder: every problem at once, what deserves a look, and what a forecast lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tidings.core.errors import InputError, Problem
from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis
from tidings.crisis.load import read_folder
from tidings.geography.places import Crossing, Place


def check_folder(folder: Path) -> tuple[Problem, ...]:
    """Return every problem in a folder; nothing where it is sound.

    Raises
    ------
    EnvironmentError_
        If the machine does not let us read a file.
    """
    try:
        return read_folder(folder)[1]
    except InputError as error:
        return error.problems


def warnings_of(crisis: Crisis) -> tuple[Problem, ...]:
    """Return what is not wrong but deserves a look: gaps, names that two places share, numbers given twice."""
    return (
        *_python(crisis),
        *_gaps(crisis),
        *_unreached(crisis),
        *_small_capacities(crisis),
        *_shared_names(crisis),
        *_same_bulletins(crisis),
        *missing_for_forecast(crisis),
    )


def missing_for_forecast(crisis: Crisis) -> tuple[Problem, ...]:
    """Return what a forecast lacks and in which file to fill it in; nothing where a forecast can be made.

    Examples
    --------
    >>> from tidings.crisis.crisis import Settings
    >>> empty = Crisis(Path("."), Settings(title="Floods", countries=("SYR",)))
    >>> [problem.where for problem in missing_for_forecast(empty)]
    ['places.csv', 'roads.csv', 'crossings.csv']
    """
    return tuple(_missing(crisis))


def _missing(crisis: Crisis) -> Iterator[Problem]:
    geography = crisis.geography
    joined = {end for road in geography.roads for end in (road.from_, road.to)}
    if not geography.places:
        yield Problem("places.csv", "it has no places", "Add the towns and camps that people leave and reach.")
    elif not any(place.population for place in geography.places):
        yield Problem("places.csv", "no place has a population", "Fill in population, with population_source.")
    elif geography.roads and not any(place.population for place in geography.places if place.id in joined):
        met = "no place on a road has a population"
        yield Problem("places.csv", met, "Fill in population where the roads of roads.csv begin.")
    if not geography.roads:
        yield Problem("roads.csv", "it has no roads", "Add the roads between the places: from, to.")
    if not geography.crossings and len(_countries(crisis)) != 1:
        met = "it has no crossings"
        yield Problem("crossings.csv", met, "Add the border crossings, with the place on either side.")


def _python(crisis: Crisis) -> Iterator[Problem]:
    for name in crisis.rule_files:
        met = f"{name} holds rules of this crisis; whoever simulates it runs them"
        yield Problem("crisis.yaml", met, "Look into the file first, if somebody else wrote it.")


def _countries(crisis: Crisis) -> set[str]:
    """Countries that the places lie in: within one country nobody has to cross a border."""
    return {place.country for place in crisis.geography.places if place.country}


def _gaps(crisis: Crisis) -> Iterator[Problem]:
    for place in crisis.geography.places:
        if not place.is_located:
            met = f"{place.name} ({place.id}) has no coordinates"
            yield Problem("places.csv", met, "Fill in lat and lon, else it stands on no map.")
        if place.population is not None and not place.population_source:
            met = f"the population of {place.name} ({place.id}) has no source"
            yield Problem("places.csv", met, "Fill in population_source.")
        if place.population is None and place.kind in ("city", "town", "village"):
            met = f"the population of {place.name} ({place.id}) is unknown"
            yield Problem("places.csv", met, "Fill it in if a source gives it; a forecast counts nobody there.")


def _unreached(crisis: Crisis) -> Iterator[Problem]:
    for place in crisis.geography.places:
        if place.population and place.id not in crisis.geography.reached:
            met = f"no road or crossing leads to {place.name} ({place.id}), where people live"
            yield Problem("roads.csv", met, "Add a road; without one nobody leaves there or comes in a forecast.")


def _small_capacities(crisis: Crisis) -> Iterator[Problem]:
    for place in crisis.geography.places:
        residents, capacity = place.population or 0, place.capacity
        if place.kind != "camp" and capacity is not None and residents > capacity:
            met = f"{place.name} ({place.id}) has {residents:,} residents and a capacity of {capacity:,}"
            fix = "Give the capacity for all people there, residents too; a forecast does not use a smaller one."
            yield Problem("places.csv", met, fix)


def _shared_names(crisis: Crisis) -> Iterator[Problem]:
    geography = crisis.geography
    rows: tuple[Place | Crossing, ...] = (*geography.places, *geography.crossings)
    named = [(slug(name) or name, row.id) for row in rows for name in (row.name, *row.other_names)]
    for name, number in Counter(name for name, _ in set(named)).items():
        if number > 1:
            ids = ", ".join(sorted(f"'{an_id}'" for an_id in {an_id for other, an_id in named if other == name}))
            yield Problem("places.csv", f"the name '{name}' belongs to {ids}", "Reports that use it may mean either.")


def _same_bulletins(crisis: Crisis) -> Iterator[Problem]:
    keys = Counter((b.place, b.day, b.measure, b.source) for b in crisis.bulletins)
    for (place, day, measure, source), number in keys.items():
        if number > 1:
            met = f"{number} bulletins of {source or 'an unnamed source'} give the {measure} at '{place}' on {day}"
            yield Problem("bulletins.csv", met, "Keep one, or tell the sources apart.")
