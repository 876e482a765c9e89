r"""Forecasts of places where nobody was counted yet: a part of the people, spread as in other conflicts.

A place with fewer than three reports and nobody in them has no series to carry on: a camp that opens, a first zero that
stands for a missing count. Its scale is an equal part of the people already counted and of those who may yet flee,

.. math:: B = \frac{T + c P}{n} \left(\frac{h}{30}\right)^{1/2}

with :math:`T` the last reports of all :math:`n` places heard of together and :math:`P` the people of the zones where
conflict has begun. The quantiles of :math:`x / B` are those of such places in other conflicts (`tidings calibrate`), a
quarter farther from their median: few conflicts differ less among themselves than one more does from them.
Shares by gravity or radiation were on the whole no better than equal ones (decision 0023).

After three reports of nobody a place may stay empty. Counts of the first people are taken for a Poisson process, of
whose rate nothing is known but that none came in :math:`T` days (Jeffreys's prior): somebody comes by a day :math:`a`
after the last report with :math:`p = 1 - (T / (T + a))^{1/2}`, and the place is a newcomer then (decision 0041).
"""

from __future__ import annotations

import numpy as np

from tidings.forecast.history import LEAST_PEOPLE, Floats
from tidings.forecast.parameters import NewcomerParameters
from tidings.forecast.series import Seen, Series

FEWER_THAN_REPORTS = 3
LEAD_POWER = 0.5
WIDER = 1.25
"""Than in the conflicts that the parts were fitted on."""


def is_newcomer(series: Series) -> bool:
    """Return whether a place has fewer than three reports, and nobody in them."""
    return len(series.days) < FEWER_THAN_REPORTS and not series.people.any()


def is_empty(series: Series) -> bool:
    """Return whether a place has three reports or more, and nobody in them."""
    return len(series.days) >= FEWER_THAN_REPORTS and not series.people.any()


def p_opens(series: Series, origin: int, lead_days: Floats) -> Floats:
    """Return the chance that somebody comes to a place that was always reported empty. Shape (lead,).

    Examples
    --------
    >>> week = Series(place="camp", days=np.array([0, 7, 14]), people=np.zeros(3))
    >>> p_opens(week, 14, np.array([2.0, 42.0])).round(2)
    array([0.06, 0.5 ])
    """
    empty = float(series.days[-1] - series.days[0])
    ahead = lead_days + float(origin - series.days[-1])
    return np.asarray(1 - np.sqrt(empty / (empty + ahead)), np.float64)


def is_scaled(seen: Seen) -> bool:
    """Return whether anybody is counted, or lives where conflict has begun: else nothing says how many may come."""
    return any(series.people[-1] > 0 for series in seen.series if len(series.people)) or any(
        zone.population > 0 for zone in seen.conflict
    )


def scale_of(seen: Seen, lead_days: Floats, of_population: float) -> Floats:
    """Return an equal part of those counted and those who may flee, at least 100 people. Shape (lead,)."""
    counted = sum(float(series.people[-1]) for series in seen.series if len(series.people))
    at_home = sum(zone.population for zone in seen.conflict if zone.population > 0)
    part = (counted + of_population * at_home) / max(int(seen.is_heard_of.sum()), 1)
    return np.asarray(max(part, LEAST_PEOPLE) * (lead_days / 30) ** LEAD_POWER, np.float64)


def newcomer_quantiles(seen: Seen, lead_days: Floats, fitted: NewcomerParameters) -> Floats:
    """Forecast any one newcomer: all are alike.

    Parameters
    ----------
    lead_days
        Days after the origin. Shape (lead,).

    Returns
    -------
    Floats
        People at the levels of `QUANTILES`, rising, at least 0. Shape (lead, level).
    """
    parts = np.array(fitted.parts)
    wider = np.maximum(parts[4] + WIDER * (parts - parts[4]), 0.0)
    return np.asarray(scale_of(seen, lead_days, fitted.of_population)[:, None] * wider, np.float64)
