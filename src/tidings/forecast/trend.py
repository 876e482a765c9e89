r"""A damped trend with a spread that was fitted on other conflicts: one member of the mixture.

The point carries on the mean slope :math:`s` of the last 30, 60 and 120 days, dying out with :math:`\tau = 30` days
(a damped trend: Gardner and McKenzie 1985). With :math:`a` days of silence and a target :math:`h` days ahead,

.. math:: m = x + s \tau \left(1 - e^{-(a + h) / \tau} - \kappa (1 - e^{-a / \tau})\right), \qquad \kappa = 0.3,

since part of what a slope adds before the origin would have been told. Up and down apart, the 80 % interval reaches

.. math::
    c_\pm = \alpha_\pm \, x \, (\tfrac{a + h}{30})^p \, e^{\gamma e^{-t / 60}} (\tfrac{k}{180})^{\delta}
    + \beta_\pm |m - x|,

:math:`t` days after the last change of level at a place known for :math:`k` days; other levels by a power of the
normal's. Where the last report is noisy, its noise is added to each half-width, square to square (decision 0033).
Neither the damping nor the windows are fitted; the spread is (`tidings calibrate`).
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist

import numpy as np

from tidings.forecast.document import QUANTILES
from tidings.forecast.history import LEAST_PEOPLE, Floats, History
from tidings.forecast.parameters import TrendParameters

DAMPING_DAYS = 30.0
SILENCE_COUNTS = 0.3
SHIFT_FADES_DAYS = 60.0
LEAST_KNOWN_DAYS = 14.0
P80_OF_NORMAL = NormalDist().inv_cdf(0.9)
_ABOVE = np.array([NormalDist().inv_cdf(level) for level in QUANTILES if level > 0.5]) / NormalDist().inv_cdf(0.9)


def trend_quantiles(histories: Sequence[History], lead_days: Floats, fitted: TrendParameters) -> Floats:
    """Carry on each history to a day.

    Parameters
    ----------
    lead_days
        Days after the origin. Shape (history,).

    Returns
    -------
    Floats
        People at the levels of `QUANTILES`, rising, at least 0. Shape (history, level).
    """
    last = np.array([history.last for history in histories])
    silent = np.array([history.silent_days for history in histories])
    growth = np.array([history.growth_per_day for history in histories])
    growth *= damped_days(silent + lead_days) - SILENCE_COUNTS * damped_days(silent)
    size = np.maximum(last, LEAST_PEOPLE) * ((silent + lead_days) / 30) ** fitted.lag_power * _unrest(histories, fitted)
    up = fitted.size_up * size + fitted.growth_up * np.abs(growth)
    down = fitted.size_down * size + fitted.growth_down * np.abs(growth)
    down, up = (_with_noise(histories, width) for width in (down, up))
    return np.maximum(spread_around(last + growth, down, up, fitted.tail_down, fitted.tail_up), 0.0)


def damped_days(days: Floats) -> Floats:
    """Return for how many days a slope counts that dies out."""
    return -np.expm1(-days / DAMPING_DAYS) * DAMPING_DAYS


def spread_around(point: Floats, down: Floats, up: Floats, tail_down: float, tail_up: float) -> Floats:
    """Return quantiles around a point from the two half-widths of the 80 % interval. Shape (point, level)."""
    below = point[:, None] - down[:, None] * _ABOVE[::-1] ** tail_down
    above = point[:, None] + up[:, None] * _ABOVE**tail_up
    return np.concatenate([below, point[:, None], above], axis=1)


def _with_noise(histories: Sequence[History], width: Floats) -> Floats:
    """Return half-widths with the noise that is left in the last report; without any, as they were to the bit."""
    variance = np.array([history.last_variance + history.last_doubt for history in histories])
    size = np.array([history.last for history in histories]) + LEAST_PEOPLE
    return np.where(variance > 0, np.hypot(width, P80_OF_NORMAL * np.sqrt(variance) * size), width)


def _unrest(histories: Sequence[History], fitted: TrendParameters) -> Floats:
    since = np.array([history.days_since_shift for history in histories])
    known = np.array([max(history.known_days, LEAST_KNOWN_DAYS) for history in histories])
    return np.asarray(np.exp(fitted.after_shift * np.exp(-since / SHIFT_FADES_DAYS)) * (known / 180) ** fitted.with_age)
