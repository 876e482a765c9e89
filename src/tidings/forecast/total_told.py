"""The mark `tidings_total_given` of a hindcast: the panel of `total_given`, told the true total of every day.

No forecast, but what could be said of places if the total were known: beside the total it is given the counts of day 0,
and of conflict and closures what was known by the origin. No later count of a place is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.record import Record
from tidings.forecast.series import Forecasts, Seen
from tidings.forecast.spread import around, offsets
from tidings.forecast.total_given import PANEL, Reach, by_choice, carried_on

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TotalGiven:
    """Divides the true total; the spread is that of a last report of its own point, as for the splits."""

    reach: Reach
    walked: Floats
    """Shape (choice, day, place): where each choice has people on each day, by what was known on it."""
    total_on: Callable[[int], float]
    name: str = "tidings_total_given"

    @classmethod
    def of(cls, record: Record, total_on: Callable[[int], float]) -> TotalGiven:
        """Walk through the days of a record once.

        Parameters
        ----------
        total_on
            People at all destinations on a day, as it turned out.
        """
        seen, days = record.seen(0), record.last_day + 1
        first = np.array([one.people[0] if len(one.people) else 0.0 for one in seen.series])
        total = np.array([first.sum(), *(total_on(day) for day in range(1, days))])
        reach = Reach.of(record, days)
        return cls(reach, by_choice(reach, first, total, PANEL), total_on)

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Divide the total of each day asked about, by what was known at the origin."""
        origin = min(seen.origin, self.walked.shape[1] - 1)
        total = np.array([self.total_on(seen.origin + lead) for lead in range(1, max(horizons) + 1)])
        told = carried_on(self.reach, self.walked[:, origin], origin, total, PANEL).mean(axis=0)
        return {
            (one.place, lead): around(point, offsets(one, seen.origin, lead, point))
            for row, one in enumerate(seen.series)
            for lead in horizons
            for point in (float(told[lead - 1, row]),)
        }
