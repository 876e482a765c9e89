r"""Simple forecasts that carry on a place's own series: what a method has to beat (docs/hindcast.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tidings.forecast.series import Forecasts, Seen, Series
from tidings.forecast.spread import around, assumed, offsets

SLOPE_DAYS = 60
DAMPING_DAYS = 30.0
Growth = Callable[[Series, int, int], float]
"""People added to the last report: of a series with reports, an origin and a horizon."""


@dataclass(frozen=True, slots=True)
class CarriedOn:
    """The last report and a growth, with the spread of past changes; a place without a report has nobody yet."""

    name: str
    growth: Growth

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        return {
            (series.place, horizon): around(
                last_of(series) + (self.growth(series, seen.origin, horizon) if len(series.days) else 0.0),
                offsets(series, seen.origin, horizon, last_of(series)),
            )
            for series in seen.series
            for horizon in horizons
        }


@dataclass(frozen=True, slots=True)
class Zero:
    """Nobody anywhere, with the spread of a last report of zero."""

    name: str = "zero"

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        pairs = ((series.place, horizon) for series in seen.series for horizon in horizons)
        return {(place, horizon): around(0.0, assumed(0.0, horizon)) for place, horizon in pairs}


def last_of(series: Series) -> float:
    """Return the last report; 0 where there is none yet."""
    return float(series.people[-1]) if len(series.people) else 0.0


def slope_per_day(series: Series, origin: int) -> float:
    """Return the least-squares slope of the reports of the last 60 days; 0 where there are fewer than two.

    Examples
    --------
    >>> camp = Series(place="camp", days=np.array([0, 20, 40]), people=np.array([9.0, 200.0, 400.0]))
    >>> slope_per_day(camp, origin=70)
    10.0
    """
    is_recent = series.days >= origin - SLOPE_DAYS
    if is_recent.sum() < 2:
        return 0.0
    days, people = series.days[is_recent], series.people[is_recent]
    from_middle = days - days.mean()
    return float(from_middle @ people / (from_middle @ from_middle))


def _drift(series: Series, origin: int, horizon: int) -> float:
    return slope_per_day(series, origin) * horizon


def _damped(series: Series, origin: int, horizon: int) -> float:
    return slope_per_day(series, origin) * damped_days(horizon)


def damped_days(horizon: float) -> float:
    r"""Return the days for which a slope counts that dies out: :math:`\tau (1 - e^{-h / \tau})`, τ = 30 days."""
    return float(-np.expm1(-horizon / DAMPING_DAYS) * DAMPING_DAYS)


LAST_REPORT = CarriedOn("last_report", lambda series, origin, horizon: 0.0)
DRIFT = CarriedOn("drift", _drift)
DAMPED_DRIFT = CarriedOn("damped_drift", _damped)
