"""Check a crisis folder: every problem at once, what deserves a look, and what a forecast lacks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from tidings.core.counting import counted
from tidings.core.errors import InputError, Problem
from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis
from tidings.crisis.load import read_folder
from tidings.crisis.reach import SWAP_SIDES, crossings_in_doubt, parts_apart
from tidings.crisis.stocks import LIKELY_HOUSEHOLD, is_household_odd, latest_stocks, persons_of
from tidings.geography.places import Crossing, Place, names_listed

_Telling: TypeAlias = tuple[str, dt.date, str, str | None, dt.date]
"""Place, day, measure, source and publication of a bulletin."""


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
        *_wrong_ways(crisis),
        *_small_capacities(crisis),
        *_full_camps(crisis),
        *_shared_names(crisis),
        *_same_bulletins(crisis),
        *_odd_households(crisis),
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
    geography, peopled = crisis.geography, _peopled(crisis)
    parts = parts_apart(geography, peopled)
    for (alone,) in (part for part in parts if len(part) == 1 and part[0] in peopled):
        where = "live" if geography.place_by_id[alone].population else "were counted"
        met = f"no road or crossing leads to {_named(crisis, alone)}, where people {where}"
        yield Problem("roads.csv", met, "Add a road; without one nobody leaves there or comes in a forecast.")
    if empty := [part[0] for part in parts if len(part) == 1 and part[0] not in peopled]:
        met = f"no road or crossing leads to {_named(crisis, *empty)}"
        yield Problem("roads.csv", met, "Add a road, if people may go there; without one nobody comes in a forecast.")
    for several in (part for part in parts if len(part) > 1):
        met = f"no road or crossing joins {_named(crisis, *several)} to the other places"
        yield Problem("roads.csv", met, "Add a road; without one nobody goes there from them, or back, in a forecast.")


def _wrong_ways(crisis: Crisis) -> Iterator[Problem]:
    rows: tuple[Place | Crossing, ...] = (*crisis.geography.crossings, *crisis.geography.places)
    names = {row.id: f"{row.name} ({row.id})" for row in rows}
    for _, met in crossings_in_doubt(crisis.geography, crisis.settings.countries, _peopled(crisis), names):
        yield Problem("crossings.csv", met, SWAP_SIDES)


def _peopled(crisis: Crisis) -> frozenset[str]:
    """Return the ids of the places where people live or were counted."""
    reported = (place for place, bulletin in latest_stocks(crisis.bulletins).items() if persons_of(bulletin))
    return frozenset(place.id for place in crisis.geography.places if place.population).union(reported)


def _named(crisis: Crisis, *ids: str) -> str:
    return names_listed([f"{crisis.geography.place_by_id[an_id].name} ({an_id})" for an_id in ids])


def _small_capacities(crisis: Crisis) -> Iterator[Problem]:
    for place in crisis.geography.places:
        residents, capacity = place.population or 0, place.capacity
        if place.kind != "camp" and capacity is not None and residents > capacity:
            met = f"{place.name} ({place.id}) has {counted(residents, 'resident')} and a capacity of {capacity:,}"
            fix = "Give the capacity for all people there, residents too; a forecast does not use a smaller one."
            yield Problem("places.csv", met, fix)


def _full_camps(crisis: Crisis) -> Iterator[Problem]:
    """Yield the places with room for their residents, and less than for all people who were counted there last."""
    for an_id, bulletin in latest_stocks(crisis.bulletins).items():
        place = crisis.geography.place_by_id[an_id]
        residents, people_there, capacity = place.population or 0, round(persons_of(bulletin) or 0), place.capacity
        if capacity is None or residents + people_there <= capacity or (place.kind != "camp" and residents > capacity):
            continue
        beside = f" beside {counted(residents, 'resident')}" if residents else ""
        people = f"{counted(people_there, 'person', 'people')} on {bulletin.day}{beside}"
        met = f"{_named(crisis, an_id)} had {people} and has a capacity of {capacity:,}"
        fix = "Correct one of them, if it is wrong; in a forecast they stay or move on, and nobody chooses to go there."
        yield Problem(crisis.where_of(crisis.bulletins.index(bulletin)), met, fix)


def _shared_names(crisis: Crisis) -> Iterator[Problem]:
    geography = crisis.geography
    rows: tuple[Place | Crossing, ...] = (*geography.places, *geography.crossings)
    named = [(slug(name) or name, row.id) for row in rows for name in (row.name, *row.other_names)]
    for name, number in Counter(name for name, _ in set(named)).items():
        if number > 1:
            ids = ", ".join(sorted(f"'{an_id}'" for an_id in {an_id for other, an_id in named if other == name}))
            yield Problem("places.csv", f"the name '{name}' belongs to {ids}", "Reports that use it may mean either.")


def _same_bulletins(crisis: Crisis) -> Iterator[Problem]:
    """Yield what a source tells twice at once; what it published anew on a later day is a correction, and stays."""
    numbers: dict[_Telling, list[int]] = {}
    for number, b in enumerate(crisis.bulletins):
        numbers.setdefault((b.place, b.day, b.measure, b.source, b.published or b.day), []).append(number)
    for (place, day, measure, source, _), same in numbers.items():
        if len(same) > 1:
            lines = (
                f" (lines {', '.join(str(crisis.bulletin_lines[n]) for n in same)})" if crisis.bulletin_lines else ""
            )
            told = f"{len(same)} bulletins of {source or 'an unnamed source'} give the {measure}"
            fix = "Keep one, or tell the sources apart; of a number corrected later keep both, each with its published."
            yield Problem(crisis.where_of(same[0]), f"{told} at '{place}' on {day}{lines}", fix)


def _odd_households(crisis: Crisis) -> Iterator[Problem]:
    """Yield the bulletins whose households are smaller or larger than those of any country are on average."""
    least, most = LIKELY_HOUSEHOLD
    for number, bulletin in enumerate(crisis.bulletins):
        if is_household_odd(bulletin):
            met = f"household_size {bulletin.household_size:g} at '{bulletin.place}' is not between {least} and {most}"
            usual = "households of countries have about 2 to 9 persons on average (UN DESA 2017)"
            fix = f"Correct it, if it is wrong: {usual}."
            yield Problem(crisis.where_of(number), met, fix)
