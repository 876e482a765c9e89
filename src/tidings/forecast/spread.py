r"""How far a last report was off in the past: the spread of `last_report` and of baselines without one of their own.

With at least ten past changes of the interpolated series over the same lag, both signs of each are laid around the
point. With fewer, a normal distribution whose central 80 % is the point :math:`\pm 0.3 \max(x, 100) \sqrt{h / 30}`.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.document import QUANTILES
from tidings.forecast.series import Series

Floats = NDArray[np.float64]

FEWEST_CHANGES = 10
SHARE = 0.3
"""Of the last report: the half-width of the 80 % interval after 30 days where the past does not tell."""
LEAST_PEOPLE = 100.0
_NORMAL = np.array([NormalDist().inv_cdf(level) for level in QUANTILES]) / NormalDist().inv_cdf(0.9)
"""In units of the 80 % interval's half-width."""


def daily(series: Series, until: int) -> Floats:
    """Return a series day by day from its first report to a day: linear between reports, level after the last.

    Nothing after `until` is in the series, so nothing is drawn towards it. Shape (day,).
    """
    return np.interp(np.arange(series.days[0], until + 1), series.days, series.people)


def past_changes(series: Series, origin: int, lag: int) -> Floats:
    """Return the changes of a series over a lag, one a day. Shape (change,); empty where it is too short."""
    if not len(series.days):
        return np.zeros(0)
    by_day = daily(series, origin)
    return by_day[lag:] - by_day[:-lag]


def offsets(series: Series, origin: int, lag: int, size: float) -> Floats:
    """Return the quantiles of the spread around a point, in people. Shape (level,).

    Parameters
    ----------
    size
        People at the point, which the spread goes by where the past does not tell.
    """
    changes = past_changes(series, origin, lag)
    if len(changes) < FEWEST_CHANGES:
        return assumed(size, lag)
    both: Floats = np.quantile(np.concatenate([changes, -changes]), QUANTILES)
    return both


def assumed(size: float, lag: int) -> Floats:
    """Return the quantiles of the spread where the past does not tell. Shape (level,)."""
    half_width = SHARE * max(size, LEAST_PEOPLE) * np.sqrt(lag / 30)
    widths: Floats = half_width * _NORMAL
    return widths


def around(point: float, spread: Floats) -> Floats:
    """Return quantiles of people: the spread around a point, cut at zero."""
    people: Floats = np.maximum(point + spread, 0.0)
    return people
