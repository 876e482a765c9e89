r"""Where people are when the true total of every day is told, as the simulator Flee is told it, and no later count.

Who comes on a day goes where people are already, or is drawn from the zones that have begun, over roads open that day:

.. math:: s_j = k \frac{x_j}{\sum x} + (1 - k)\, \frac{\sum_z \sqrt{P_z}\, q_{zj}}{\sum_z \sqrt{P_z}}, \quad
    q_{zj} \propto C_{zc}^{\lambda} \frac{w_{zj}}{C_{zc}}, \quad C_{zc} = \sum_{i \in c} w_{zi},

with :math:`w` falling with the distance and :math:`c` the country of :math:`j`: a nested choice (McFadden 1978). Where
the total falls, all places lose the same share. Nothing is fitted: five conflicts cannot tell which choice holds in a
sixth (docs/decisions/0025-totals-given.md), so the mean of a `PANEL` of choices is told. No capacity is used.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.record import Record
from tidings.forecast.series import Closed, Zone

Floats = NDArray[np.float64]
Form = Literal["power", "rank", "exponential"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How those who come choose."""

    form: Form
    """How a place's weight falls: with a power of km, with a power of its rank by distance, or exponentially."""
    scale: float
    """The power; of the exponential, the km over which the weight falls to 1/e."""
    kept: float
    """Part of them who go where people are already."""
    within: float
    """Power of a country's weight: 1 where many near places draw more people there, 0 where countries count alike."""


SCALES: Mapping[Form, tuple[float, ...]] = {
    "power": (0.5, 1.0, 2.0, 3.0),
    "rank": (0.5, 1.0, 2.0, 3.0),
    "exponential": (50.0, 100.0, 200.0, 400.0),
}
PANEL: tuple[Choice, ...] = tuple(
    Choice(form=form, scale=scale, kept=kept, within=within)
    for form, scales in SCALES.items()
    for scale, kept, within in itertools.product(scales, (0.0, 0.25, 0.5, 0.75), (0.5, 1.0))
)
"""The choices that are averaged, each counting alike."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """What was known of the ways on each day of a record: conflict and closures up to that day, and no capacity."""

    zones: tuple[tuple[Zone, ...], ...]
    """By day."""
    country: NDArray[np.int64]
    """Shape (place,): the number of each place's country."""

    @classmethod
    def of(cls, record: Record, days: int) -> Reach:
        """Look at each day as it was known on it; ways are measured anew only where something has changed."""
        told: list[tuple[Zone, ...]] = []
        key: tuple[int, tuple[Closed, ...]] | None = None
        begun = np.maximum.accumulate(record.fought.intensity > 0, axis=0).sum(axis=1)
        for day in range(days):
            open_now = tuple(closure for closure in record.closures if closure.start <= day < _end(closure))
            now = int(begun[min(day, len(begun) - 1)]) if len(begun) else 0, open_now
            told.append(told[-1] if told and now == key else record.seen(day).conflict)
            key = now
        names = [record.ways.country.get(place, place) for place in record.places]
        return cls(zones=tuple(told), country=np.unique(names, return_inverse=True)[1].astype(np.int64))


def _end(closure: Closed) -> float:
    return np.inf if closure.end is None else closure.end


def with_total_given(reach: Reach, first: Floats, total: Floats, choices: Sequence[Choice] = PANEL) -> Floats:
    """Return the people at each place on each day, the mean over choices. Shape (day, place).

    Parameters
    ----------
    first
        Shape (place,): the counts of day 0.
    total
        Shape (day,): people at all destinations; of a day, nothing later is used.
    """
    told: Floats = by_choice(reach, first, total, choices).mean(axis=0)
    return told


def by_choice(reach: Reach, first: Floats, total: Floats, choices: Sequence[Choice]) -> Floats:
    """Return the people at each place on each day, by each choice. Shape (choice, day, place)."""
    return np.stack(list(_walk(reach, first, total, choices)), axis=1)


def carried_on(reach: Reach, people: Floats, origin: int, total: Floats, choices: Sequence[Choice]) -> Floats:
    """Return the people on the days after an origin, by the zones and open roads that were known at it.

    Parameters
    ----------
    people
        Shape (choice, place): on the day of the origin.
    total
        Shape (day,): people at all destinations on each day after it.

    Returns
    -------
    Floats
        Shape (choice, day, place).
    """
    drawn = np.array([drawn_shares(reach.zones[origin], reach.country, choice) for choice in choices])
    kept, days = np.array([[choice.kept] for choice in choices]), []
    for of_day in total:
        people = _next(people, of_day, drawn, kept)
        days.append(people)
    return np.stack(days, axis=1)


def _walk(reach: Reach, first: Floats, total: Floats, choices: Sequence[Choice]) -> Iterator[Floats]:
    people = np.tile(first.astype(np.float64), (len(choices), 1))
    kept, zones, drawn = np.array([[choice.kept] for choice in choices]), None, people
    yield people
    for day in range(1, len(total)):
        if reach.zones[day] is not zones:
            zones = reach.zones[day]
            drawn = np.array([drawn_shares(zones, reach.country, choice) for choice in choices])
        people = _next(people, total[day], drawn, kept)
        yield people


def _next(people: Floats, total: float, drawn: Floats, kept: Floats) -> Floats:
    """Return the people of the next day, who add up to its total. Shape (choice, place)."""
    there = people.sum(axis=1, keepdims=True)
    now = np.divide(people, there, out=drawn.copy(), where=there > 0)
    come = np.maximum(total - there, 0.0)
    stay = now * np.minimum(there, total)
    return np.asarray(stay + come * ((1 - kept) * drawn + kept * now))


def drawn_shares(zones: Sequence[Zone], country: NDArray[np.int64], choice: Choice) -> Floats:
    """Return the shares of those drawn from the zones; equal ones where no road is open. Shape (place,)."""
    known = [zone.population for zone in zones if zone.population > 0]
    unit = float(np.mean(known)) if known else 1.0
    drawn = np.zeros(len(country))
    for zone in zones:
        if np.isfinite(zone.open_km).any():
            drawn += (zone.population if zone.population > 0 else unit) ** 0.5 * _from_zone(zone, country, choice)
    shares: Floats = drawn / drawn.sum() if drawn.sum() else np.full(len(drawn), 1.0 / len(drawn))
    return shares


def _from_zone(zone: Zone, country: NDArray[np.int64], choice: Choice) -> Floats:
    """Return where the people of a zone go. Shape (place,); adds up to 1."""
    weights = np.where(np.isfinite(zone.open_km), _weights(zone.open_km, choice), 0.0)
    of_country = np.bincount(country, weights)[country]
    nested = np.zeros(len(weights))
    nested[weights > 0] = weights[weights > 0] * of_country[weights > 0] ** (choice.within - 1)
    shares: Floats = nested / nested.sum()
    return shares


def _weights(km: Floats, choice: Choice) -> Floats:
    if choice.form == "power":
        return np.asarray((km + 1.0) ** -choice.scale)
    if choice.form == "rank":
        nearer: Floats = (km[:, None] > km[None, :]).sum(axis=1) + 1.0
        return np.asarray(nearer**-choice.scale)
    falling: Floats = np.exp(-(km - km.min()) / choice.scale)
    return falling
