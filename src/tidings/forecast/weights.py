r"""Weights of the mixture's two parts, learnt from their own past forecasts in the conflict (an option, decision 0030).

With :math:`S_m` the weighted sum of WIS of part :math:`m`, each forecast's over the mean of both parts at it, and
:math:`K` forecasts at which both are alike before anything is known,

.. math:: w = \frac{(K + S_{state})^{-\eta}}{(K + S_{state})^{-\eta} + (K + S_{trend})^{-\eta}}
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tidings.forecast.conformal import PastErrors, relevance
from tidings.forecast.history import Floats
from tidings.forecast.scores import score_wis


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightLearning:
    """How fast weights follow past scores."""

    prior_count: float = 10.0
    """Past forecasts that the even weight counts for."""
    rate: float = 1.0
    """Power of the scores: 0 keeps the weights even."""


def relative_wis(trend: Floats, state: Floats, truth: Floats) -> Floats:
    """Return WIS of both parts over their mean, 1 and 1 where neither is off. Shape (row, 2): trend, state space."""
    both = np.stack([score_wis(trend, truth), score_wis(state, truth)], axis=1)
    mean = both.mean(axis=1, keepdims=True)
    return np.where(mean > 0, both / np.where(mean > 0, mean, 1.0), 1.0)


def state_space_weight(
    past: PastErrors, learning: WeightLearning, place: int, horizon: int, *, is_moving: bool
) -> float:
    """Return the weight of the state space at a place, from scores at the same horizon; a half where none is known."""
    weight, is_used = relevance(past, place, horizon, is_moving=is_moving)
    trend, state = learning.prior_count + (weight[:, None] * past.relative_wis[is_used]).sum(axis=0)
    return float(1 / (1 + (state / trend) ** learning.rate))
