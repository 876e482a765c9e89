r"""Intervals stretched by how far the same forecasts were off in this conflict so far.

A method's forecasts of reports that are known at the origin are made again, each from what had been reported
`horizon` days before. Their errors, in units of their own spread, say whether this conflict is calmer or wilder than
those that the spread was fitted on. A weighted conformal correction (Tibshirani et al. 2019), pulled towards none:

.. math:: \lambda = \frac{K r_0 + \sum_j w_j \min(r_j, r_{max})}{(K + \sum_j w_j)\, r_0}

Errors of the same place count most, those of the same kind (moving, still) more than others, old ones less.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.history import Floats

PRIOR_WEIGHT = 10.0
EXPECTED = 0.7
"""Mean error of a calibrated forecast in units of its spread, errors above `MOST` cut."""
MOST = 2.5
ELSEWHERE = 0.3
OTHER_KIND = 0.3
HALF_LIFE_DAYS = 120.0
LEAST, GREATEST = 0.3, 3.0
_P80 = 1.2816


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastErrors:
    """Forecasts that can be checked by an origin. Each array of shape (error,)."""

    place: NDArray[np.int64]
    horizon: NDArray[np.int64]
    is_moving: NDArray[np.bool_]
    age_days: Floats
    """From the report that was foretold to the origin."""
    error: Floats
    """In units of the spread on its side: `standardised_errors`."""
    relative_wis: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    """Of the trend and of the state space, over their mean: `weights.relative_wis`. Shape (error, 2); empty where the
    forecasts have no such parts."""


def standardised_errors(quantiles: Floats, truth: Floats) -> Floats:
    """Return absolute errors over the standard deviation that the 80 % interval's own side stands for. Shape (row,)."""
    off = truth - quantiles[:, 4]
    side = np.where(off > 0, quantiles[:, 6] - quantiles[:, 4], quantiles[:, 4] - quantiles[:, 2])
    return np.asarray(np.abs(off) / np.maximum(side, 1.0) * _P80)


def stretch(past: PastErrors, place: int, horizon: int, *, is_moving: bool) -> float:
    """Return the factor for the spread at a place, from the errors at the same horizon; 1 where nothing is known."""
    weight, is_used = relevance(past, place, horizon, is_moving=is_moving)
    total = float((weight * np.minimum(past.error[is_used], MOST)).sum())
    factor = (PRIOR_WEIGHT * EXPECTED + total) / (PRIOR_WEIGHT + float(weight.sum())) / EXPECTED
    return min(max(factor, LEAST), GREATEST)


def relevance(past: PastErrors, place: int, horizon: int, *, is_moving: bool) -> tuple[Floats, NDArray[np.bool_]]:
    """Return how much each error at a horizon counts at a place, and which errors these are.

    Returns
    -------
    weight
        Shape (used,).
    is_used
        Shape (error,).
    """
    is_used = past.horizon == horizon
    weight = 0.5 ** (past.age_days[is_used] / HALF_LIFE_DAYS)
    weight = weight * np.where(past.place[is_used] == place, 1.0, ELSEWHERE)
    weight = weight * np.where(past.is_moving[is_used] == is_moving, 1.0, OTHER_KIND)
    return weight, is_used


def stretched(quantiles: Floats, factors: Floats) -> Floats:
    """Return quantiles with their distances from the median multiplied. Shapes (row, level) and (row,)."""
    median = quantiles[:, 4:5]
    return np.asarray(np.maximum(median + (quantiles - median) * factors[:, None], 0.0))
