r"""Scores of forecasts by nine quantiles. Lower is better, but for coverage, which should be its level.

Sources: Bracher et al. 2021 (weighted interval score), Gneiting & Raftery 2007 (CRPS), Brier 1950. Checked against the
package `scoringrules` in the tests.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.document import QUANTILES

Floats = NDArray[np.float64]
LEVELS = np.array(QUANTILES)
MEDIAN = QUANTILES.index(0.5)
LEAST_P = QUANTILES[0] / 2
"""Chance given to what lies beyond the outermost quantile, on each side."""
MIDDLES = {50: (3, 5), 80: (2, 6), 95: (0, 8)}
"""Coverage in % → positions of the interval's ends in the quantiles."""


def score_wis(quantiles: Floats, truth: Floats) -> Floats:
    r"""Return the weighted interval score: twice the mean pinball loss over the levels.

    .. math:: \mathrm{WIS} = \frac{2}{9} \sum_k (\mathbb 1[y \le q_k] - \tau_k)(q_k - y)

    Parameters
    ----------
    quantiles
        Shape (point, level), rising.
    truth
        Shape (point,).
    """
    below = truth[:, None] <= quantiles
    loss: Floats = 2.0 * ((below - LEVELS) * (quantiles - truth[:, None])).mean(axis=1)
    return loss


def score_crps(quantiles: Floats, truth: Floats) -> Floats:
    r"""Return the continuous ranked probability score of the distribution that is linear between the quantiles.

    What lies beyond the outermost quantiles is put on them: :math:`\int (F(x) - \mathbb 1[x \ge y])^2 dx`, in closed
    form. Shapes as of `score_wis`; in people.
    """
    y = truth[:, None]
    starts, ends = quantiles[:, :-1], quantiles[:, 1:]
    cut = np.clip(y, starts, ends)
    width = np.where(ends > starts, ends - starts, 1.0)
    p_cut = LEVELS[:-1] + (cut - starts) / width * np.diff(LEVELS)
    left = (cut - starts) * _mean_square(np.broadcast_to(LEVELS[:-1], cut.shape), p_cut)
    right = (ends - cut) * _mean_square(1 - p_cut, np.broadcast_to(1 - LEVELS[1:], cut.shape))
    outside = np.maximum(quantiles[:, 0] - truth, 0.0) + np.maximum(truth - quantiles[:, -1], 0.0)
    total: Floats = (left + right).sum(axis=1) + outside
    return total


def _mean_square(a: Floats, b: Floats) -> Floats:
    """Return the mean of x² over the line from a to b."""
    mean: Floats = (a * a + a * b + b * b) / 3
    return mean


def score_absolute_error(quantiles: Floats, truth: Floats) -> Floats:
    """Return the absolute error of the median. Shape (point,)."""
    error: Floats = np.abs(quantiles[:, MEDIAN] - truth)
    return error


def covers(quantiles: Floats, truth: Floats, percent: int) -> NDArray[np.bool_]:
    """Return whether the central interval of 50, 80 or 95 % holds the truth, its ends included. Shape (point,)."""
    low, high = MIDDLES[percent]
    inside: NDArray[np.bool_] = (quantiles[:, low] <= truth) & (truth <= quantiles[:, high])
    return inside


def p_below(quantiles: Floats, value: Floats) -> Floats:
    """Return the chance of at most a value, linear between the quantiles; half the outermost level beyond them.

    Of a value that several quantiles share, the middle of their levels. Of the truth this is the probability integral
    transform (PIT): even between 0 and 1 where a forecast is calibrated. Shape (point,).
    """
    chances = np.empty(len(value))
    for number, (row, one) in enumerate(zip(quantiles, value, strict=True)):
        shared = np.flatnonzero(row == one)
        between = np.interp(one, row, LEVELS, left=LEAST_P, right=1 - LEAST_P)
        chances[number] = LEVELS[shared].mean() if len(shared) else between
    return chances


def score_brier(p: Floats, happened: NDArray[np.bool_]) -> Floats:
    """Return the square of what a probability was off. Shape (point,)."""
    score: Floats = (p - happened) ** 2
    return score


def on_log_scale(people: Floats) -> Floats:
    """Return log(1 + people): a miss by half counts alike at a small camp and a large one."""
    logs: Floats = np.log1p(people)
    return logs
