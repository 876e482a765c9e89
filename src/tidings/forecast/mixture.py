"""The quantile average of the members that carry on a place's own series (decision 0023)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tidings.forecast.document import QUANTILES
from tidings.forecast.history import Floats, History
from tidings.forecast.parameters import Fitted
from tidings.forecast.state_space import state_space_quantiles
from tidings.forecast.trend import trend_quantiles

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
    return trend, state_space_quantiles(histories, lead_days, fitted.state_space)


def averaged(trend: Floats, state: Floats, weight: float | Floats = STATE_SPACE_WEIGHT) -> Floats:
    """Return the average of quantiles, by the weight of the state space: one number, or of shape (row, 1)."""
    return (1 - weight) * trend + weight * state
