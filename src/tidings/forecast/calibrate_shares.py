"""Fit where people go when the total is told: the best of a grid on several conflicts."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from tidings.forecast.hindcast import true_total
from tidings.forecast.parameters import ShareParameters
from tidings.forecast.record import Record
from tidings.forecast.series import Seen
from tidings.forecast.shares import EVERY_DAYS, divided

GRID = {
    "distance_power": (1.0, 1.5, 2.0, 3.0),
    "least_km": (100.0, 200.0, 300.0),
    "population_power": (0.0, 0.5),
    "counted_weight": (1.0, 2.0, 4.0),
}


def fit_shares(records: Sequence[Record]) -> ShareParameters:
    """Return the parameters with the least mean log error, each conflict counting alike."""
    known = [_weeks(record) for record in records]
    totals = [[total for _, total in true_total(record)][: _days(record)] for record in records]
    tried = [ShareParameters(**dict(zip(GRID, values, strict=True))) for values in itertools.product(*GRID.values())]
    losses = [
        np.mean([np.log(wape_given(record, divided(weeks, total, one)))
                 for record, weeks, total in zip(records, known, totals, strict=True)])
        for one in tried
    ]  # fmt: skip
    return tried[int(np.argmin(losses))]


def wape_given(record: Record, people: np.typing.NDArray[np.float64]) -> float:
    """Return the sum of errors over the sum of truth, at the report dates of a division of totals."""
    told = [report for report in record.reports if 0 <= report.day < len(people)]
    off = sum(abs(report.people - people[report.day, record.places.index(report.place)]) for report in told)
    return float(off / sum(report.people for report in told))


def _days(record: Record) -> int:
    """Return the days for which conflict is told."""
    return min(len(record.fought.intensity), record.last_day + 1)


def _weeks(record: Record) -> list[Seen]:
    return [record.seen(day) for day in range(0, _days(record), EVERY_DAYS)]
