r"""Where people go when only the first day's counts and the true total are told, as a conflict simulator is.

Each day's newcomers divide over the destinations by the zones in conflict so far,

.. math:: s_j \propto b_j \sum_z P_z^{\pi} \frac{(\max(d_{zj}, d_0))^{-\alpha}}{\sum_k (\max(d_{zk}, d_0))^{-\alpha}},

with :math:`d_{zj}` the km by roads open that day and :math:`b_j > 1` at places with people on the first day: a gravity
model with destinations alike (Zipf 1946). A falling total takes the same part from all. No capacity is used, and no
count after the first day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tidings.forecast.history import Floats
from tidings.forecast.parameters import ShareParameters
from tidings.forecast.series import Forecasts, Seen, Zone
from tidings.forecast.spread import around, assumed

EVERY_DAYS = 7
"""Shares are worked out once a week."""


@dataclass(frozen=True, slots=True)
class TotalGiven:
    """Forecasts from the first day's counts and the true total of each day; zones only once they have begun."""

    seen_on: Callable[[int], Seen]
    """What was known on a day; asked for no day after the origin."""
    total_on: Callable[[int], float]
    """People at all destinations on a day, as it turned out."""
    fitted: ShareParameters
    name: str = "tidings_total_given"

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        days = seen.origin + max(horizons)
        known = [self.seen_on(day) for day in range(0, seen.origin + 1, EVERY_DAYS)]
        people = divided(known, [self.total_on(day) for day in range(days + 1)], self.fitted)
        return {
            (series.place, lead): around(
                people[seen.origin + lead, row], assumed(people[seen.origin + lead, row], lead)
            )
            for row, series in enumerate(seen.series)
            for lead in horizons
        }


def divided(known: Sequence[Seen], totals: Sequence[float], fitted: ShareParameters) -> Floats:
    """Return people at each place on each day, from what was known week by week; the last week's shares stay.

    Parameters
    ----------
    known
        One each `EVERY_DAYS`, from day 0. Of the first, the counts are used; of none any other.
    totals
        People at all places, one a day.

    Returns
    -------
    Floats
        Shape (day, place). Each day's sum is its total.
    """
    people = first_counts(known[0])
    is_counted = people > 0
    shares = [arrival_shares(seen.conflict, is_counted, fitted) for seen in known]
    days = []
    for day, total in enumerate(totals):
        growth = total - people.sum()
        going = shares[min(day // EVERY_DAYS, len(shares) - 1)]
        people = people + growth * going if growth >= 0 else people * (total / people.sum())
        days.append(people)
    return np.array(days)


def first_counts(seen: Seen) -> Floats:
    """Return the counts of day 0, 0 where none was told. Shape (place,)."""
    return np.array([float(series.people[-1]) if len(series.people) else 0.0 for series in seen.series])


def arrival_shares(zones: Sequence[Zone], is_counted: np.typing.NDArray[np.bool_], fitted: ShareParameters) -> Floats:
    """Return the part of newcomers that goes to each place; equal ones where no road leads anywhere. Shape (place,)."""
    drawn = np.zeros(len(is_counted))
    known = [zone.population for zone in zones if zone.population > 0]
    unit = float(np.mean(known)) if known else 1.0
    for zone in zones:
        pull = np.where(np.isfinite(zone.open_km), np.maximum(zone.open_km, fitted.least_km), np.inf)
        pull = pull**-fitted.distance_power
        if pull.sum():
            home = zone.population if zone.population > 0 else unit
            drawn += home**fitted.population_power * pull / pull.sum()
    drawn *= np.where(is_counted, fitted.counted_weight, 1.0)
    return drawn / drawn.sum() if drawn.sum() else np.full(len(drawn), 1.0 / max(len(drawn), 1))
