r"""Where people are when the true total of every day is told, as the simulator Flee is told it, and no later count.

Who comes on a day chooses among the destinations that open roads reach from the zones of conflict, by distance, evenly,
or where people are already: :math:`s_j = (1 - e - k) g_j + e / n + k x_j / \sum x`, with :math:`g_j \propto \sum_z m_z
(d_{zj} + 1)^{-p} / \sum_i (d_{zi} + 1)^{-p}`. Where the total falls, all places lose the same share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.record import Record
from tidings.forecast.series import Closed, Zone

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How those who come choose; fitted on other conflicts."""

    power: float
    """How fast a destination's weight falls with distance."""
    even: float
    """Part of them who spread evenly over the destinations that can be reached."""
    kept: float
    """Part of them who go where people are already."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """What was known of the ways on each day of a record: conflict and closures up to that day, and no capacity."""

    zones: tuple[tuple[Zone, ...], ...]
    """By day."""

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
        return cls(zones=tuple(told))


def _end(closure: Closed) -> float:
    return np.inf if closure.end is None else closure.end


def with_total_given(reach: Reach, first: Floats, total: Floats, choice: Choice) -> Floats:
    """Return the people at each place on each day. Shape (day, place).

    Parameters
    ----------
    first
        Shape (place,): the counts of day 0.
    total
        Shape (day,): people at all destinations; of a day, nothing later is used.
    """
    return np.array(list(_walk(reach, first, total, choice)))


def _walk(reach: Reach, first: Floats, total: Floats, choice: Choice) -> Iterator[Floats]:
    people, shares, zones = first.astype(np.float64), np.zeros(len(first)), None
    yield people
    for day in range(1, len(total)):
        if reach.zones[day] is not zones:
            zones = reach.zones[day]
            shares = _drawn(zones, len(first), choice)
        there = people.sum()
        come = total[day] - there
        now = people / there if there else shares
        if come >= 0:
            people = people + come * ((1 - choice.kept) * shares + choice.kept * now)
        else:
            people = people * (total[day] / there)
        yield people


def _drawn(zones: tuple[Zone, ...], n_places: int, choice: Choice) -> Floats:
    """Return the shares by distance and evenly over what open roads reach. Shape (place,)."""
    known = [zone.population for zone in zones if zone.population > 0]
    unit = float(np.mean(known)) if known else 1.0
    drawn, reached = np.zeros(n_places), np.zeros(n_places, np.bool_)
    for zone in zones:
        weights = (zone.open_km + 1.0) ** -choice.power
        if weights.sum():
            drawn += (zone.population if zone.population > 0 else unit) * weights / weights.sum()
            reached |= weights > 0
    if not drawn.sum():
        return np.full(n_places, 1.0 / n_places)
    even = choice.even / (1 - choice.kept) if choice.kept < 1 else 0.0
    mixed: Floats = (1 - even) * drawn / drawn.sum() + even * reached / reached.sum()
    return mixed
