"""Where people are on the first morning of a forecast: from places.csv, the situation and the bulletins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.crisis.crisis import Bulletin, Crisis
from tidings.crisis.reach import SWAP_SIDES, crossings_in_doubt, parts_apart
from tidings.crisis.stocks import latest_stocks
from tidings.crisis.stocks import persons_of as persons_of
from tidings.flow.check import over_capacity
from tidings.flow.named_rules import rules_named
from tidings.flow.scenario import Scenario
from tidings.forecast.document import ForecastWarning
from tidings.forecast.inflows_told import came_to, flows_used, inflow_warnings
from tidings.forecast.through import through_warnings
from tidings.geography.graph import Geography
from tidings.geography.places import Place, names_listed, names_shown
from tidings.situation.sample import draw_populations, people_at
from tidings.situation.situation import PlaceState, Situation

UNKNOWN_ORIGIN = "origin not told"
"""The origin group of people whom a bulletin counts without saying where they came from."""


def scenario_of(
    crisis: Crisis,
    situation: Situation,
    bulletins: Iterable[Bulletin],
    *,
    from_: dt.date,
    days: int,
    members: Sequence[int] = (),
    seed: int = 1,
    counted: Mapping[str, float] | None = None,
) -> tuple[Scenario, tuple[Bulletin, ...], tuple[ForecastWarning, ...]]:
    """Return the scenario, the bulletins that it starts from, and what a reader must know.

    A place whose population is unknown sends nobody, and a warning says so: unknown is not zero.

    Parameters
    ----------
    from_
        The first simulated day. A bulletin counts people at the end of its day, so those up to the day before count.
    members, seed
        Where given, each member has its own draw of the populations that are known as a range; else all the middle.
    counted
        By place, the people of its last report as a forecast by reports uses it: with a slip of a digit put right, and
        sources of one day weighed.

    Raises
    ------
    InputError
        If a rule that crisis.yaml names has a problem that shows without running it.
    """
    geography, told = crisis.geography, tuple(bulletins)
    groups = tuple(sorted({group_of(place) for place in geography.places} | {UNKNOWN_ORIGIN}))
    latest = latest_stocks(told, _day_before(from_))
    came = came_to(latest, told, from_)
    displaced = np.zeros((len(groups), len(geography.places)), dtype=np.int64)
    for place, bulletin in latest.items():
        people = (counted or {}).get(place, persons_of(bulletin) or 0.0) + came.get(place, 0.0)
        displaced[groups.index(UNKNOWN_ORIGIN), geography.index[place]] = round(people)
    at_home = _at_home(situation, geography, members, seed)
    capacity, too_small = _capacity(geography, _most_at_home(situation, geography))
    scenario = Scenario(
        geography=geography,
        start=from_,
        days=days,
        groups=groups,
        group_of_place=np.array([groups.index(group_of(place)) for place in geography.places], dtype=np.int64),
        at_home=at_home,
        displaced=displaced,
        waiting=np.zeros((len(groups), len(geography.crossings)), dtype=np.int64),
        capacity=capacity,
        per_day=np.array([np.inf if c.per_day is None else c.per_day for c in geography.crossings], dtype=np.float64),
        parameters=dict(crisis.settings.parameters),
        rules=rules_named(crisis.settings.rules, crisis.rule_files),
        unreached=tuple(place.id for place in geography.places if place.id not in geography.reached),
    )
    warnings = (
        *_named_rules(scenario),
        *_places_amiss(scenario, too_small),
        *_ways_amiss(scenario, crisis.settings.countries),
        *_people_not_known(geography, situation, latest),
        *_bulletin_warnings(geography, told, latest, from_),
        *inflow_warnings(geography.shown_names, told, latest, from_),
    )
    return scenario, (*latest.values(), *flows_used(latest, told, from_)), warnings


def group_of(place: Place) -> str:
    """Return the origin group of a place: its group, else its country."""
    return place.group or place.country or UNKNOWN_ORIGIN


def places_without_residents_known(situation: Situation) -> frozenset[str]:
    """Return the places of which nobody tells how many live there."""
    return frozenset(place.id for place in situation.places if not _is_known(place))


def places_counted(crisis: Crisis, situation: Situation, used: Iterable[Bulletin]) -> frozenset[str]:
    """Return the places of which it can be told how many people are there.

    They are those whose residents are known; camps, and places with a bulletin, where the people from elsewhere are.
    """
    camps = {place.id for place in crisis.geography.places if place.kind == "camp"}
    ids = {place.id for place in crisis.geography.places}
    return frozenset(ids - (places_without_residents_known(situation) - camps - {b.place for b in used}))


@dataclass(frozen=True, slots=True)
class Drawn:
    """Residents who are drawn for each member where they are known as a range (`ensemble.model.Residents`)."""

    situation: Situation
    geography: Geography

    def at_home(self, seed: int, members: Sequence[int]) -> NDArray[np.int64]:
        """Return the residents of members. Shape (member, place)."""
        rows = _at_home(self.situation, self.geography, members, seed)
        return np.broadcast_to(rows, (len(members), len(self.geography.places)))


def _at_home(situation: Situation, geography: Geography, members: Sequence[int], seed: int) -> NDArray[np.int64]:
    if members and any(_differs(place) for place in situation.places):
        return _whole(draw_populations(situation, geography, seed=seed, members=members))
    return _whole(_at_share(situation, geography, 0.5))


def _most_at_home(situation: Situation, geography: Geography) -> NDArray[np.int64]:
    """Return the most residents that a member may have, whatever its number."""
    return _whole(_at_share(situation, geography, 1.0))


def _at_share(situation: Situation, geography: Geography, share: float) -> NDArray[np.float64]:
    by_id = {place.id: place for place in situation.places}
    return np.array([people_at(by_id[place.id], share) for place in geography.places], np.float64)


def _whole(people: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(np.nan_to_num(people)).astype(np.int64)  # of the unknown a warning tells, and no target


def _is_known(place: PlaceState) -> bool:
    return not np.isnan(people_at(place, 0.5))


def _differs(place: PlaceState) -> bool:
    return people_at(place, 0.0) < people_at(place, 1.0)


def _capacity(geography: Geography, at_home: NDArray[np.int64]) -> tuple[NDArray[np.float64], list[str]]:
    """Return the capacities, and the ids of the towns whose residents may be more: those are left unlimited."""
    told = np.array([np.inf if place.capacity is None else place.capacity for place in geography.places], np.float64)
    is_camp = np.array([place.kind == "camp" for place in geography.places], np.bool_)
    is_too_small = (at_home > told) & ~is_camp
    ids = [place.id for place, is_one in zip(geography.places, is_too_small, strict=True) if is_one]
    return np.where(is_too_small, np.inf, told), ids


def _places_amiss(scenario: Scenario, too_small: Sequence[str]) -> Iterator[ForecastWarning]:
    people = _most_people(scenario)
    names = scenario.geography.shown_names
    alone = [names[place] for place in scenario.unreached if people[scenario.geography.index[place]]]
    if alone:
        met = f"No road or crossing is known that leads to {', '.join(alone)}"
        yield ForecastWarning(code="roads_unknown", message=f"{met}: in the forecast nobody leaves there or comes.")
    if too_small:
        met = f"The capacity of {', '.join(names[place] for place in too_small)} is less than the people who live there"
        yield ForecastWarning(code="capacity_below_residents", message=f"{met}: it is not used.")
    if full := [names[place] for place in over_capacity(scenario)]:
        met = f"{', '.join(full)} held more people than its capacity on the first day"
        yield ForecastWarning(
            code="over_capacity", message=f"{met}: they stay or move on, and nobody chooses to go there."
        )


def places_peopled(scenario: Scenario) -> frozenset[str]:
    """Return the ids of the places where somebody is on the first morning, in some member."""
    places = scenario.geography.places
    return frozenset(place.id for place, n in zip(places, _most_people(scenario), strict=True) if n)


def _most_people(scenario: Scenario) -> NDArray[np.int64]:
    """Return the people on the first morning, in the member that has most. Shape (place,)."""
    most: NDArray[np.int64] = np.atleast_2d(scenario.at_home).max(axis=0) + scenario.displaced.sum(axis=0)
    return most


def _ways_amiss(scenario: Scenario, countries: Sequence[str]) -> Iterator[ForecastWarning]:
    geography, names = scenario.geography, scenario.geography.shown_names
    peopled = places_peopled(scenario)
    alone = {place for place in scenario.unreached if place in peopled}  # of which roads_unknown tells
    parts = [
        [names[place] for place in part] for part in parts_apart(geography, peopled) if not alone.intersection(part)
    ]
    if parts:
        told = names_listed([" and ".join(part) for part in parts])
        met = f"No road or crossing is known that joins {told} to the other places"
        yield ForecastWarning(
            code="parts_apart", message=f"{met}: in the forecast nobody goes there from them or back."
        )
    for _, met in crossings_in_doubt(geography, countries, peopled, names):
        yield ForecastWarning(code="crossing_direction", message=f"{met}. {SWAP_SIDES}")
    yield from through_warnings(geography, peopled)


def _named_rules(scenario: Scenario) -> Iterator[ForecastWarning]:
    if scenario.rules:
        told = "; ".join(str(rule) for rule in scenario.rules.values())
        message = f"How people behave is in part decided by rules that crisis.yaml names ({told})."
        yield ForecastWarning(code="rules_named", message=message)


def _day_before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


def _people_not_known(
    geography: Geography, situation: Situation, latest: dict[str, Bulletin]
) -> Iterator[ForecastWarning]:
    unknown, names = places_without_residents_known(situation), names_shown(situation.places)
    is_camp = {place.id: place.kind == "camp" for place in geography.places}
    towns = [names[place.id] for place in situation.places if place.id in unknown and not is_camp.get(place.id)]
    if towns:
        people = "people who leave there are not in the forecast, nor is how many are there"
        yield ForecastWarning(
            code="population_unknown", message=f"No population is known for {', '.join(towns)}: {people}."
        )
    camps = [names[p.id] for p in situation.places if p.id in unknown and is_camp.get(p.id) and p.id not in latest]
    if camps:
        met = f"No count is known of the people at {', '.join(camps)}"
        yield ForecastWarning(code="stock_unknown", message=f"{met}: only those who come from the first day on count.")


def _bulletin_warnings(
    geography: Geography, told: Sequence[Bulletin], latest: dict[str, Bulletin], from_: dt.date
) -> Iterator[ForecastWarning]:
    past = [bulletin for bulletin in told if bulletin.day < from_]

    def names(bulletins: Iterable[Bulletin]) -> str:
        return ", ".join(dict.fromkeys(geography.shown_names[b.place] for b in bulletins))

    if ranges := [b for b in latest.values() if b.people is None]:
        met = f"Only a low and a high are told of the people at {names(ranges)}"
        yield ForecastWarning(code="bulletin_range", message=f"{met}: the forecast starts from the middle.")
    if sizes := [b for b in past if b.unit == "household" and b.household_size is None]:
        met = f"Households without their size are told of {names(sizes)}"
        yield ForecastWarning(code="household_size_unknown", message=f"{met}: they are not used.")
