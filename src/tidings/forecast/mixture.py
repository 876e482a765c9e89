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
"""Mild on purpose: weights by as-of success gave nothing (decision 0023)."""


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
    if not histories:
        return np.zeros((0, len(QUANTILES)))
    trend = trend_quantiles(histories, lead_days, fitted.trend)
    state = state_space_quantiles(histories, lead_days, fitted.state_space)
    return (1 - STATE_SPACE_WEIGHT) * trend + STATE_SPACE_WEIGHT * state
