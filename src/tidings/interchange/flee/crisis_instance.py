"""A crisis as a Flee instance: what its tables, its situations day by day and its bulletins come to in Flee's terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tidings.core.counting import agreed, counted
from tidings.crisis.crisis import Bulletin, Crisis
from tidings.flow.flee_instance import Closure, FleeInstance, Location, Registered
from tidings.flow.parameters import load_parameters
from tidings.geography.countries import country
from tidings.geography.places import Place
from tidings.interchange.flee.crisis_counts import BULLETINS, registered_of
from tidings.interchange.flee.crisis_ways import Gate, gates_of, routes_of
from tidings.interchange.flee.findings import Findings, Oddity, gathered
from tidings.interchange.flee.layout import registered_on
from tidings.interchange.flee.locations import is_camp
from tidings.situation.sample import people_at
from tidings.situation.situation import PlaceState, Situation

UNKNOWN_COUNTRY = "unknown"
NEVER = -1
CONFLICT = "violence"
Floats = NDArray[np.float64]


def flee_of_crisis(
    crisis: Crisis, situations: Sequence[Situation], bulletins: Iterable[Bulletin], *, name: str
) -> tuple[FleeInstance, tuple[Oddity, ...]]:
    """Return a crisis as a Flee instance, and what Flee's format cannot hold of it.

    Parameters
    ----------
    situations
        One for each day of the run, in order, all as known on one day.
    bulletins
        Those that were public on that day.

    Notes
    -----
    docs/flee.md, Writing a folder. Crossings, and roads that are cut on a day, become markers (points on a road where
    nobody stays): of closures that are read from a file, Flee heeds those of places and of whole borders alone.
    """
    found = Findings()
    places = _joined_places(crisis, found)
    calm = load_parameters(crisis.settings.parameters)["calm_violence"]
    situations, violence = _days_of_conflict(situations, _violence(places, situations, calm), found)
    start, days = situations[0].on, len(situations)
    gates = gates_of(crisis.geography, situations, found)
    names = _names([*((place.id, place.name) for place in places), *((gate.id, gate.name) for gate in gates)])
    registered, total = registered_of(bulletins, {p.id: names[p.id] for p in places}, start, days, found)
    towns = _locations(places, situations[-1], violence, names, found)
    markers = tuple(_marker(gate, names, crisis.geography.place_by_id[gate.one]) for gate in gates)
    _tell_unheld(situations[-1], names, found)
    _tell_uncounted(towns, registered, found)
    instance = FleeInstance(
        name=name,
        start=start,
        days=days,
        locations=(*_with_room(towns, registered, found), *markers),
        routes=routes_of(crisis.geography, situations[-1], gates, tuple(names), found),
        closures=tuple(_closures(gates, names)),
        conflicts=np.concatenate([violence, np.zeros((days, len(markers)))], axis=1),
        total=total,
        registered=registered,
    )
    return instance, gathered(found.oddities)


def _joined_places(crisis: Crisis, found: Findings) -> tuple[Place, ...]:
    """Return the places on a road or at a crossing, those of the first country of crisis.yaml first."""
    geography = crisis.geography
    ends = {end for road in geography.roads for end in (road.from_, road.to)}
    ends |= {side for crossing in geography.crossings for side in (crossing.side_a, crossing.side_b)}
    if apart := [place.name for place in geography.places if place.id not in ends]:
        found.survive("places.csv", f"no road leads to {', '.join(apart)}", "They are left out.")
    home = crisis.settings.countries[0]
    return tuple(sorted((p for p in geography.places if p.id in ends), key=lambda place: place.country != home))


def _names(named: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return a name of its own for each id: the name where only one has it, else the id."""
    times = Counter(name for _, name in named)
    return {id_: name.strip().lstrip("#") if times[name] == 1 else id_ for id_, name in named}


def _violence(places: Sequence[Place], situations: Sequence[Situation], calm: float) -> Floats:
    """Return the events a day. Shape (day, place); 0 where a place counts as calm."""
    by_day = [{place.id: place.violence for place in situation.places} for situation in situations]
    told = [[violence.get(place.id, 0.0) for place in places] for violence in by_day]
    events = np.array(told, np.float64).reshape(len(situations), len(places))
    return np.where(events > calm, np.round(events, 3), 0.0)


def _days_of_conflict(
    situations: Sequence[Situation], violence: Floats, found: Findings
) -> tuple[Sequence[Situation], Floats]:
    """Begin with the first day of conflict, and keep the last one told where none is: Flee stops on a day without."""
    is_fought = np.asarray(violence.any(axis=1))
    if not is_fought.any():
        found.survive(CONFLICT, "none is told on any day", "Flee stops on the first day: add some to conflicts.csv.")
        return situations, violence
    first = int(np.argmax(is_fought))
    if first:
        done = f"The run begins on {situations[first].on}: Flee stops on a day without conflict."
        found.survive(CONFLICT, f"none is told from {situations[0].on} on", done)
    if quiet := [situation.on for situation, fought in zip(situations, is_fought, strict=True) if not fought][first:]:
        done = "That of the day before is kept: Flee stops on a day without conflict."
        found.survive(CONFLICT, f"none is told on {', '.join(map(str, quiet))}", done)
    last_fought = np.maximum.accumulate(np.where(is_fought, np.arange(len(violence)), 0))
    return situations[first:], violence[last_fought][first:]


def _locations(
    places: Sequence[Place], situation: Situation, violence: Floats, names: Mapping[str, str], found: Findings
) -> tuple[Location, ...]:
    states = {place.id: place for place in situation.places}
    _tell_people(places, states, found)
    return tuple(
        _location(place, states[place.id], violence[:, number], names[place.id]) for number, place in enumerate(places)
    )


def _location(place: Place, state: PlaceState, violence: Floats, name: str) -> Location:
    kind, people = "camp", place.capacity
    if place.kind != "camp":
        known = people_at(state, 0.5)
        kind, people = "conflict_zone" if violence.any() else "town", None if np.isnan(known) else round(known)
    return Location(
        name=name,
        region=place.group or "",
        country=country(place.country).name if place.country else UNKNOWN_COUNTRY,
        lat=place.lat if place.is_located else None,
        lon=place.lon if place.is_located else None,
        kind=kind,
        conflict_date=int(np.flatnonzero(violence)[0]) if kind == "conflict_zone" else None,
        people=people,
    )


def _marker(gate: Gate, names: Mapping[str, str], beside: Place) -> Location:
    return Location(
        name=names[gate.id],
        region=beside.group or "",
        country=country(beside.country).name if beside.country else UNKNOWN_COUNTRY,
        lat=beside.lat if beside.is_located else None,
        lon=beside.lon if beside.is_located else None,
        kind="marker",
        conflict_date=None,
        people=None,
    )


def _with_room(places: Sequence[Location], registered: Iterable[Registered], found: Findings) -> Iterator[Location]:
    """Leave out capacities that the people of the first day fill: Flee would take them for unlimited all the same."""
    at_start = {row.name: registered_on(row, 0) for row in registered}
    for place in places:
        people = at_start.get(place.name, 0)
        if is_camp(place) and place.people and place.people <= people:
            there = f"{counted(people, 'person', 'people')} {agreed(people, 'is', 'are')} there"
            met = f"'{place.name}' has a capacity of {place.people}, and {there} on the first day"
            found.survive("places.csv", met, "It is written without a capacity.")
            yield replace(place, people=None)
        else:
            yield place


def _closures(gates: Iterable[Gate], names: Mapping[str, str]) -> Iterator[Closure]:
    for gate in gates:
        for start, end in gate.closed:
            yield Closure(kind="location", one=names[gate.id], other="", start=start, end=NEVER if end is None else end)


def _tell_people(places: Sequence[Place], states: Mapping[str, PlaceState], found: Findings) -> None:
    towns = [states[place.id] for place in places if place.kind != "camp"]
    unknown = [town.name for town in towns if np.isnan(people_at(town, 0.5))]
    ranges = [town.name for town in towns if people_at(town, 0.0) < people_at(town, 1.0)]
    full = [place.name for place in places if place.kind == "camp" and place.capacity is None]
    nowhere = [place.name for place in places if place.country is None]
    for listed, met, done in (
        (unknown, "no population is known of", "It is left empty: in Flee nobody lives there."),
        (ranges, "the population is known as a range at", "The middle is written."),
        (full, "no capacity is known of", "It is left empty: in Flee it is unlimited."),
        (nowhere, "no country is known of", f"Their country is written as '{UNKNOWN_COUNTRY}'."),
    ):
        if listed:
            found.survive("places.csv", f"{met} {', '.join(listed)}", done)


def _tell_uncounted(places: Iterable[Location], registered: Sequence[Registered], found: Findings) -> None:
    counted = {row.name for row in registered}
    camps = [place.name for place in places if is_camp(place) and place.name not in counted]
    late = [row.name for row in registered if row.days[0] > 0]
    outside = [place.name for place in places if not is_camp(place) and place.name in counted]
    for listed, met, done in (
        (camps, "no count is known of", "Flee stops at a camp without data: add a file of counts for it."),
        (late, "the first count is later than the first day at", "Flee takes it for all days before, too."),
        (outside, "people are counted in towns:", "Flee counts them as arrivals; only what camps hold is compared."),
    ):
        if listed:
            found.survive(BULLETINS, f"{met} {', '.join(listed)}", done)


def _tell_unheld(situation: Situation, names: Mapping[str, str], found: Findings) -> None:
    where = f"situation of {situation.on}"
    found.survive(where, "who holds which place is known in part", "Flee has no word for it: it is left out.")
    besieged = [place.name for place in situation.places if place.besieged.yes > 0.5 and place.id in names]
    if besieged:
        done = "Flee has no word for it: people leave as from any other place."
        found.survive(where, f"besieged: {', '.join(besieged)}", done)
    found.survive(where, "states are known as probabilities", "What is likeliest is written.")
