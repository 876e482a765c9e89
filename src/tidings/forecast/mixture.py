"""The quantile average of the members that carry on a place's own series (decision 0023).

A camp that was first counted lately fills, by nobody knows how much: at a place known for :math:`k` days both members
reach :math:`1 + e^{-k / 14}` times as far above their median (decision 0041).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tidings.forecast.document import QUANTILES
from tidings.forecast.history import Floats, History
from tidings.forecast.parameters import Fitted
from tidings.forecast.state_space import state_space_quantiles
from tidings.forecast.trend import trend_quantiles

POINTS = 400
"""Of each distribution, where two are pooled."""
FILLS_DAYS = 14.0
STATE_SPACE_WEIGHT = 0.5
"""Even: weights learnt from past scores gave nothing (decisions 0023 and 0030)."""


def mixture_quantiles(histories: Sequence[History], lead_days: Floats, fitted: Fitted) -> Floats:
    """Average the members' quantiles level by level (Vincentization; Lichtendahl et al. 2013).

    Parameters
    ----------
    lead_days
        Days after the origin. Shape (history,).

    Returns
    -------
    Floats
        People, rising, at least 0. Shape (history, level).
    """
    return averaged(*parts_quantiles(histories, lead_days, fitted))


def parts_quantiles(histories: Sequence[History], lead_days: Floats, fitted: Fitted) -> tuple[Floats, Floats]:
    """Return the quantiles of the trend and of the state space, which `mixture_quantiles` averages."""
    if not histories:
        return np.zeros((0, len(QUANTILES))), np.zeros((0, len(QUANTILES)))
    trend = trend_quantiles(histories, lead_days, fitted.trend)
    state = state_space_quantiles(histories, lead_days, fitted.state_space)
    reach = np.array([1 + np.exp(-history.known_days / FILLS_DAYS) for history in histories])[:, None]
    return _reaching(trend, reach), _reaching(state, reach)


def _reaching(quantiles: Floats, times: Floats) -> Floats:
    """Return quantiles with their distances above the median multiplied. Shapes (row, level) and (row, 1)."""
    above = np.maximum(quantiles - quantiles[:, 4:5], 0.0)
    return quantiles + (times - 1) * above


def averaged(trend: Floats, state: Floats, weight: float | Floats = STATE_SPACE_WEIGHT) -> Floats:
    """Return the average of quantiles, by the weight of the state space: one number, or of shape (row, 1)."""
    return (1 - weight) * trend + weight * state


def mixed(likely: Floats, other: Floats, p_other: Floats) -> Floats:
    """Return the quantiles of forecasts of which one or the other comes true, as `pooled`.

    Parameters
    ----------
    likely, other
        Shape (row, level): rising.
    p_other
        Chance of the other. Shape (row,).

    Examples
    --------
    >>> low, high = np.linspace([90.0], [110.0], 9).T, np.linspace([900.0], [1100.0], 9).T
    >>> mixed(low, high, np.array([0.2])).round()
    array([[  91.,   93.,   95.,   98.,  101.,  107., 1000., 1025., 1046.]])
    """
    return pooled(np.stack([likely, other]), np.stack([1 - p_other, p_other]))


def pooled(parts: Floats, chances: Floats) -> Floats:
    """Return the quantiles of forecasts of which one comes true (a linear pool of distributions).

    Between the levels a distribution is linear, beyond the outermost it ends. An average of quantiles, as of members
    that foretell one thing, would lie between the two, where nobody expects anything.

    Parameters
    ----------
    parts
        Shape (part, row, level): rising.
    chances
        Shape (part, row): of each row they add up to 1.
    """
    shares = (np.arange(POINTS) + 0.5) / POINTS
    points = np.stack([[np.interp(shares, QUANTILES, row) for row in rows] for rows in parts], axis=1)
    each = np.broadcast_to(chances.T[:, :, None] / POINTS, points.shape)
    rows = (all_.reshape(len(points), -1) for all_ in (points, each))
    return np.array([_weighted_quantiles(*row) for row in zip(*rows, strict=True)]).reshape(parts.shape[1:])


def _weighted_quantiles(points: Floats, chances: Floats) -> Floats:
    order = np.argsort(points, kind="stable")
    below = np.cumsum(chances[order]) - chances[order] / 2
    return np.asarray(np.interp(QUANTILES, below, points[order]), np.float64)
