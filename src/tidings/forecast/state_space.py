r"""A local trend on the square-root scale, filtered report by report: one member of the mixture.

State: level :math:`\ell` and slope :math:`b` of :math:`\sqrt{x / x_{max}}`, the slope dying out by :math:`\phi` a
day (a damped local linear trend; Durbin and Koopman 2012, ch. 3, with the Kalman filter). It is robust: a report that
is off by over `clip` standard deviations, and a fall that is a change of level, is believed for the level and less, or
not, for the slope. A report of a worse source has the more variance (decision 0033).
Each place learns how noisy it is from its own standardised surprises, pulled towards 1. All histories are filtered at
once, array by array.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.history import LEAST_PEOPLE, Floats, History, level_falls
from tidings.forecast.parameters import StateSpaceParameters
from tidings.forecast.trend import spread_around

SLOPE_NOISE_DAYS = 30.0
MOST_SURPRISE = 9.0
P80_OF_NORMAL = 1.2816


@dataclass(slots=True)
class _Filter:
    """Means and covariances of all histories after the reports so far. Each of shape (history,)."""

    level: Floats
    slope: Floats
    var_level: Floats
    covariance: Floats
    var_slope: Floats
    surprise: Floats
    weight: Floats

    def of(self, rows: NDArray[np.intp]) -> _Filter:
        """Return the filter of some histories."""
        return _Filter(*(getattr(self, part.name)[rows] for part in fields(self)))


def state_space_quantiles(histories: Sequence[History], lead_days: Floats, fitted: StateSpaceParameters) -> Floats:
    """Filter each history and carry it on to a day.

    Parameters
    ----------
    lead_days
        Days after the origin. Shape (history,).

    Returns
    -------
    Floats
        People at the levels of `QUANTILES`, rising, at least 0. Shape (history, level).
    """
    by_id = {id(history): history for history in histories}
    number = {key: row for row, key in enumerate(by_id)}
    row = np.array([number[id(history)] for history in histories])
    distinct = list(by_id.values())
    distinct_scale = np.array([max(float(history.people.max()), LEAST_PEOPLE) for history in distinct])
    end, scale = _filtered(distinct, distinct_scale, fitted).of(row), distinct_scale[row]
    days = lead_days + np.array([history.silent_days for history in histories])
    phi = _phi(fitted)
    gain = (1 - phi**days) / (1 - phi)
    variance = end.var_level + 2 * gain * end.covariance + gain**2 * end.var_slope + fitted.level_noise * days
    variance += fitted.slope_noise * days**3 / 3 * np.minimum(1, (SLOPE_NOISE_DAYS / np.maximum(days, 1.0)) ** 2)
    variance += _last_doubt(distinct, distinct_scale)[row]
    own = (end.surprise + fitted.surprise_weight) / (end.weight + fitted.surprise_weight)
    half_width = np.sqrt(variance * own**fitted.own_power) * P80_OF_NORMAL
    root = spread_around(end.level + gain * end.slope, half_width, half_width, fitted.tail, fitted.tail)
    return np.asarray(np.maximum(root, 0.0) ** 2 * scale[:, None])


def _phi(fitted: StateSpaceParameters) -> float:
    return float(np.exp(-1 / fitted.damping_days))


def _filtered(histories: Sequence[History], scale: Floats, fitted: StateSpaceParameters) -> _Filter:
    root, gaps, is_fall, noise = _right_aligned(histories, scale)
    phi, n = _phi(fitted), len(histories)
    now = _Filter(
        np.zeros(n), np.zeros(n), np.full(n, fitted.report_noise), np.zeros(n),
        np.full(n, fitted.slope_noise / (1 - phi**2)),
        np.full(n, fitted.surprise_weight), np.full(n, fitted.surprise_weight),
    )  # fmt: skip
    has_begun = np.zeros(n, bool)
    for step in range(root.shape[1]):
        is_told = ~np.isnan(root[:, step])
        is_first = is_told & ~has_begun
        now.level[is_first] = root[is_first, step]
        now.var_level[is_first] += noise[is_first, step]
        rows = np.flatnonzero(is_told & has_begun)
        if len(rows):
            _update(now, rows, root[rows, step], gaps[rows, step], is_fall[rows, step], noise[rows, step], fitted)
        has_begun |= is_told
    return now


def _right_aligned(histories: Sequence[History], scale: Floats) -> tuple[Floats, Floats, NDArray[np.bool_], Floats]:
    """Return roots of shares, days since the report before, falls, and noise; histories end in the last column."""
    width = max(len(history.days) for history in histories)
    root = np.full((len(histories), width), np.nan)
    gaps, is_fall, noise = np.ones_like(root), np.zeros(root.shape, bool), np.zeros_like(root)
    for row, history in enumerate(histories):
        first = width - len(history.days)
        root[row, first:] = np.sqrt((history.people if history.told is None else history.told) / scale[row])
        gaps[row, first + 1 :] = np.maximum(np.diff(history.days), 1.0)
        is_fall[row, first + 1 :] = level_falls(history.people)
        if history.noise is not None:
            noise[row, first:] = _on_the_root(history.people, history.noise, scale[row])
    return root, gaps, is_fall, noise


def _last_doubt(histories: Sequence[History], scale: Floats) -> Floats:
    last = np.array([history.last for history in histories])
    return _on_the_root(last, np.array([history.last_doubt for history in histories]), scale)


def _on_the_root(people: Floats, noise: Floats, scale: float | Floats) -> Floats:
    """Return the variance of the root of a share, from that of log(x + 100), to first order."""
    return noise * (people + LEAST_PEOPLE) ** 2 / (4 * np.maximum(people, LEAST_PEOPLE) * scale)


def _update(
    now: _Filter, rows: NDArray[np.intp], told: Floats, gap: Floats, is_fall: NDArray[np.bool_],
    noise: Floats, fitted: StateSpaceParameters,
) -> None:  # fmt: skip
    """Carry some rows of the filter, in place, over a gap of days and take in a report. Shapes (row,)."""
    phi = _phi(fitted)
    fade = phi**gap
    gain = (1 - fade) / (1 - phi)
    p11, p12, p22 = now.var_level[rows], now.covariance[rows], now.var_slope[rows]
    short = np.minimum(gap, SLOPE_NOISE_DAYS)
    a11 = p11 + 2 * gain * p12 + gain**2 * p22 + fitted.level_noise * gap + fitted.slope_noise * gap * short**2 / 3
    a12 = fade * (p12 + gain * p22) + fitted.slope_noise * short**2 / 2
    a22 = fade**2 * p22 + fitted.slope_noise * (1 - fade**2) / (1 - phi**2)
    off = told - (now.level[rows] + gain * now.slope[rows])
    variance = a11 + fitted.report_noise + noise
    surprise = off**2 / variance
    trust = np.minimum(1.0, fitted.clip / np.sqrt(np.maximum(surprise, 1e-12))) * ~is_fall
    k1, k2 = a11 / variance, a12 / variance * trust
    now.level[rows] += gain * now.slope[rows] + k1 * off
    now.slope[rows] = fade * now.slope[rows] + k2 * off
    now.var_level[rows] = a11 * (1 - k1)
    now.covariance[rows] = a12 - k1 * a12
    now.var_slope[rows] = np.maximum(a22 - k2 * a12, 1e-12)
    kept = np.exp(-gap / 30 / fitted.memory_months)
    now.surprise[rows] = now.surprise[rows] * kept + np.minimum(surprise, MOST_SURPRISE)
    now.weight[rows] = now.weight[rows] * kept + 1
