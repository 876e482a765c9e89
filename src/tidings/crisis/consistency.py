"""What must hold between the rows of a crisis folder: ids unique, ends known, numbers in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from tidings.core.errors import Problem
from tidings.core.schema import Schema
from tidings.crisis.countries import country_problem
from tidings.crisis.crisis import Bulletin, Party
from tidings.crisis.tables import Row
from tidings.geography.places import Crossing, Place, Road

Model = TypeVar("Model", bound=Schema)
Entry = tuple[Row, Model]


def inconsistencies(
    places: Sequence[Entry[Place]],
    roads: Sequence[Entry[Road]],
    crossings: Sequence[Entry[Crossing]],
    parties: Sequence[Entry[Party]],
    bulletins: Sequence[Entry[Bulletin]],
) -> list[Problem]:
    """Return every problem that no row shows alone."""
    by_id = {place.id: place for _, place in places}
    return [
        *_twice([*places, *roads, *crossings, *parties]),
        *(problem for row, place in places for problem in _place_problems(row, place)),
        *_road_problems(roads, by_id),
        *(problem for row, crossing in crossings for problem in _side_problems(row, crossing)),
        *_circles(parties),
        *(problem for row, bulletin in bulletins for problem in _bulletin_problems(row, bulletin)),
    ]


def _twice(entries: Iterable[tuple[Row, Place | Road | Crossing | Party]]) -> list[Problem]:
    """Ids are the subjects of claims, so no two things may share one, whatever table they stand in."""
    first: dict[str, Row] = {}
    problems = []
    for row, value in entries:
        if value.id in first:
            met = f"id '{value.id}' is used already in {first[value.id].where}"
            problems.append(Problem(row.where, met, "Give each row an id of its own."))
        first.setdefault(value.id, row)
    return problems


def _place_problems(row: Row, place: Place) -> list[Problem]:
    found = [country_problem(place.country, row.where)] if place.country else []
    if (place.lat is None) != (place.lon is None):
        empty = "lat" if place.lat is None else "lon"
        found.append(Problem(row.where, f"{empty} is empty", "Fill in both lat and lon, or neither."))
    return [problem for problem in found if problem]


def _road_problems(roads: Sequence[Entry[Road]], places: dict[str, Place]) -> list[Problem]:
    problems, first = [], dict[frozenset[str], Row]()
    for row, road in roads:
        ends = frozenset((road.from_, road.to))
        if len(ends) == 1:
            met = f"the road leads from '{road.to}' to itself"
            problems.append(Problem(row.where, met, "Correct one of its ends."))
        elif ends in first:
            met = f"the road from '{road.from_}' to '{road.to}' is there already in {first[ends].where}"
            problems.append(Problem(row.where, met, "Keep one of them."))
        first.setdefault(ends, row)
        problems += _length_problems(row, road, places)
    return problems


def _length_problems(row: Row, road: Road, places: dict[str, Place]) -> list[Problem]:
    ends = [places[end] for end in dict.fromkeys((road.from_, road.to)) if end in places]
    unlocated = [place.id for place in ends if not place.is_located]
    if road.length_km is not None or not unlocated:
        return []
    met = f"the road has no length_km and '{unlocated[0]}' has no coordinates"
    return [Problem(row.where, met, "Fill in length_km, or lat and lon in places.csv.")]


def _side_problems(row: Row, crossing: Crossing) -> list[Problem]:
    if crossing.side_a != crossing.side_b:
        return []
    met = f"crossing '{crossing.name}' has the same place on both sides"
    return [Problem(row.where, met, "Give the place on either side of the border.")]


def _circles(parties: Sequence[Entry[Party]]) -> list[Problem]:
    parents = {party.id: party.parent for _, party in parties}
    problems = []
    for row, party in parties:
        chain, above = [party.id], party.parent
        while above is not None and above not in chain:
            chain.append(above)
            above = parents.get(above)
        if above == party.id:
            met = f"party '{party.id}' is its own parent ({' > '.join([*chain, party.id])})"
            problems.append(Problem(row.where, met, "Correct the parent of one of them."))
    return problems


def _bulletin_problems(row: Row, bulletin: Bulletin) -> list[Problem]:
    said = [n for n in (bulletin.low, bulletin.people, bulletin.high) if n is not None]
    found = []
    if not said:
        found.append(("people, low and high are all empty", "Fill in the number; 0 is a number, empty is unknown."))
    if said != sorted(said):
        written = " and ".join(f"{name} {number:g}" for name, number in _numbers(bulletin))
        found.append((f"{written} are not in order", "low must be the least and high the greatest."))
    if bulletin.unit == "household" and bulletin.household_size is None:
        found.append(("unit is household and household_size is empty", "Fill in how many persons a household has."))
    if bulletin.published and bulletin.published < bulletin.day:
        met = f"published {bulletin.published} is before the day {bulletin.day} that it counts"
        found.append((met, "Correct one of them; an expected number is not a bulletin."))
    return [Problem(row.where, met, fix) for met, fix in found]


def _numbers(bulletin: Bulletin) -> list[tuple[str, float]]:
    named = (("low", bulletin.low), ("people", bulletin.people), ("high", bulletin.high))
    return [(name, number) for name, number in named if number is not None]
