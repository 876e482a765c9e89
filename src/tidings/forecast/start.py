"""Where people are on the first morning of a forecast: from places.csv, the situation and the bulletins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from tidings.crisis.crisis import Bulletin, Crisis
from tidings.flow.scenario import Scenario
from tidings.forecast.document import ForecastWarning
from tidings.geography.places import Place
from tidings.situation.situation import Situation

UNKNOWN_ORIGIN = "origin not told"
"""The origin group of people whom a bulletin counts without saying where they came from."""


def scenario_of(
    crisis: Crisis, situation: Situation, bulletins: Iterable[Bulletin], *, from_: dt.date, days: int
) -> tuple[Scenario, tuple[Bulletin, ...], tuple[ForecastWarning, ...]]:
    """Return the scenario, the bulletins that it starts from, and what a reader must know.

    A place whose population is unknown sends nobody, and a warning says so: unknown is not zero.
    """
    geography = crisis.geography
    groups = tuple(sorted({group_of(place) for place in geography.places} | {UNKNOWN_ORIGIN}))
    latest = latest_stocks(bulletins, from_)
    displaced = np.zeros((len(groups), len(geography.places)), dtype=np.int64)
    for place, bulletin in latest.items():
        displaced[groups.index(UNKNOWN_ORIGIN), geography.index[place]] = round(persons_of(bulletin))
    scenario = Scenario(
        geography=geography,
        start=from_,
        days=days,
        groups=groups,
        group_of_place=np.array([groups.index(group_of(place)) for place in geography.places], dtype=np.int64),
        at_home=np.array([round(place.population.value or 0.0) for place in situation.places], dtype=np.int64),
        displaced=displaced,
        waiting=np.zeros((len(groups), len(geography.crossings)), dtype=np.int64),
        capacity=np.array([np.inf if p.capacity is None else p.capacity for p in geography.places], dtype=np.float64),
        per_day=np.array([np.inf if c.per_day is None else c.per_day for c in geography.crossings], dtype=np.float64),
        parameters=dict(crisis.settings.parameters),
    )
    return scenario, tuple(latest.values()), (*_unknown_populations(situation), *_unknown_throughputs(crisis))


def group_of(place: Place) -> str:
    """Return the origin group of a place: its group, else its country."""
    return place.group or place.country or UNKNOWN_ORIGIN


def latest_stocks(bulletins: Iterable[Bulletin], day: dt.date) -> dict[str, Bulletin]:
    """Return the newest stock of each place up to a day; of two for one day the one published last."""
    stocks = [b for b in bulletins if b.measure == "stock" and b.day <= day and persons_of(b) > 0]
    return {b.place: b for b in sorted(stocks, key=lambda b: (b.day, b.published or b.day))}


def persons_of(bulletin: Bulletin) -> float:
    """Return the persons of a bulletin: households times their size; 0 where it gives no best value."""
    size = bulletin.household_size if bulletin.unit == "household" else 1.0
    return (bulletin.people or 0.0) * (size or 0.0)


def _unknown_populations(situation: Situation) -> Iterable[ForecastWarning]:
    names = [place.name for place in situation.places if place.population.value is None]
    if names:
        yield ForecastWarning(
            code="population_unknown",
            message=f"No population is known for {', '.join(names)}: people who leave there are not in the forecast.",
        )


def _unknown_throughputs(crisis: Crisis) -> Iterable[ForecastWarning]:
    names = [crossing.name for crossing in crisis.geography.crossings if crossing.per_day is None]
    if names:
        yield ForecastWarning(
            code="throughput_unknown",
            message=f"No throughput is known for {', '.join(names)}: when open, everybody is taken to cross at once.",
        )
