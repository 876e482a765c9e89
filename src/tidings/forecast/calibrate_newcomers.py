"""Fit the forecasts of places where nobody was counted yet: how their counts turned out in several conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tidings.forecast.document import QUANTILES
from tidings.forecast.hindcast import points_of
from tidings.forecast.history import Floats
from tidings.forecast.newcomers import is_newcomer, scale_of
from tidings.forecast.parameters import NewcomerParameters
from tidings.forecast.record import Record
from tidings.forecast.scores import score_wis

OF_POPULATION = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Shares of the zones' people that are tried."""


@dataclass(frozen=True, slots=True, eq=False)
class _Newcomers:
    """The points of one conflict at which nobody was counted yet. Each of shape (point,)."""

    truth: Floats
    scale: Floats
    """Shape (tried share, point)."""


def fit_newcomers(records: Sequence[Record]) -> NewcomerParameters | None:
    """Return the share of the zones' people, and the quantiles of counts in units of the scale, that score best.

    Every conflict counts alike; within it, points count by their scale, as WIS counts people. None where no conflict
    has such a place at which somebody was counted later.
    """
    conflicts = [found for record in records if (found := _newcomers(record)).truth.any() and found.scale.all()]
    if not conflicts:
        return None
    tried = [_parameters(conflicts, row) for row in range(len(OF_POPULATION))]
    losses = [_loss(conflicts, row, parameters) for row, parameters in enumerate(tried)]
    return tried[int(np.argmin(losses))]


def _newcomers(record: Record) -> _Newcomers:
    rows = list(_rows(record))
    truth = np.array([truth for truth, _ in rows])
    scale = np.array([scales for _, scales in rows]).reshape(len(rows), len(OF_POPULATION)).T
    return _Newcomers(truth, scale)


def _rows(record: Record) -> Iterator[tuple[float, tuple[float, ...]]]:
    points, seen = points_of(record)
    for point in points:
        if point.is_main or not is_newcomer(seen[point.origin].series[record.places.index(point.place)]):
            continue
        lead = np.array([point.lead], np.float64)
        yield point.truth, tuple(float(scale_of(seen[point.origin], lead, share)[0]) for share in OF_POPULATION)


def _parameters(conflicts: Sequence[_Newcomers], row: int) -> NewcomerParameters:
    parts = np.concatenate([conflict.truth / conflict.scale[row] for conflict in conflicts])
    weights = np.concatenate([conflict.scale[row] / conflict.scale[row].sum() for conflict in conflicts])
    quantiles = tuple(round(float(part), 4) for part in weighted_quantiles(parts, weights))
    return NewcomerParameters(of_population=OF_POPULATION[row], parts=quantiles)


def _loss(conflicts: Sequence[_Newcomers], row: int, parameters: NewcomerParameters) -> float:
    parts = np.array(parameters.parts)
    wis = [score_wis(c.scale[row][:, None] * parts, c.truth).sum() / c.truth.sum() for c in conflicts]
    return float(np.mean(np.log(wis)))


def weighted_quantiles(values: Floats, weights: Floats) -> Floats:
    """Return weighted quantiles at the levels of `QUANTILES`.

    Examples
    --------
    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 1.0]))[4]
    np.float64(2.0)
    """
    order = np.argsort(values)
    reached = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp(QUANTILES, reached / weights.sum(), values[order])
