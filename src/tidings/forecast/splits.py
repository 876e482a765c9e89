r"""Simple forecasts that divide a total over the destinations: equally, by last shares, by distance and population.

The destinations are those that were heard of by the origin. One that was not is asked about all the same, and gets what
it would get beside them: how many such there will be is known only later, and changes no share.

All but `last_shares_true_total` are given the same total, that of the last reports known at the origin. Each has the
spread of a last report of its own point: what is known of the place where ten past changes are, else ± 30 %.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.baselines import last_of
from tidings.forecast.series import Forecasts, Seen, Zone
from tidings.forecast.spread import around, offsets

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
DISTANCE_POWER = 2.0
LEAST_KM = 1.0


@dataclass(frozen=True, slots=True)
class Divided:
    """A total divided over the places by shares that are known at the origin."""

    name: str
    shares: Callable[[Seen], Floats]
    total: Callable[[Seen, int], float]
    """People at all destinations together: as known, for an origin and a horizon."""

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        shares = self.shares(seen)
        return {
            (series.place, horizon): around(point, offsets(series, seen.origin, horizon, point))
            for series, share in zip(seen.series, shares, strict=True)
            for horizon in horizons
            for point in (float(share) * self.total(seen, horizon),)
        }


def known_total(seen: Seen, horizon: int) -> float:
    """Return the sum of the last reports of all places, for any horizon."""
    return sum(last_of(series) for series in seen.series)


def equal_shares(seen: Seen) -> Floats:
    """Return the same share for every place: one over those heard of. Shape (place,)."""
    return np.full(len(seen.series), 1.0 / max(int(seen.is_heard_of.sum()), 1))


def last_shares(seen: Seen) -> Floats:
    """Return the shares of the last reports; equal ones while nobody is reported. Shape (place,)."""
    people = np.array([last_of(series) for series in seen.series])
    return people / people.sum() if people.sum() else equal_shares(seen)


def gravity_shares(seen: Seen) -> Floats:
    r"""Return shares by distance: of the people of a zone :math:`z`, place :math:`j` gets :math:`\propto d_{zj}^{-2}`.

    Zones count by population. Destinations count alike: a camp's size is what is to be foretold.
    """
    return _by_zone(seen, lambda zone, unit, is_heard_of: np.maximum(zone.km, LEAST_KM) ** -DISTANCE_POWER)


def radiation_shares(seen: Seen) -> Floats:
    r"""Return shares by the radiation model (Simini et al. 2012), with destinations as opportunities.

    .. math:: T_{zj} \propto \frac{m_z n}{(m_z + s_{zj})(m_z + n + s_{zj})}

    :math:`m_z` is the zone's population, :math:`n` the mean of all zones', which every destination counts for, and
    :math:`s_{zj}` is :math:`n` times the destinations that are nearer to the zone.
    """

    def weights(zone: Zone, unit: float, is_heard_of: Flags) -> Floats:
        home = zone.population if zone.population > 0 else unit
        nearer = unit * (zone.km[:, None] > zone.km[None, is_heard_of]).sum(axis=1)
        flow: Floats = home * unit / ((home + nearer) * (home + unit + nearer))
        return np.where(np.isfinite(zone.km), flow, 0.0)

    return _by_zone(seen, weights)


def nearest_shares(seen: Seen) -> Floats:
    """Return shares where each zone's people go to the nearest destination by open roads, else by any road."""

    def weights(zone: Zone, unit: float, is_heard_of: Flags) -> Floats:
        km = zone.open_km if np.isfinite(zone.open_km[is_heard_of]).any() else zone.km
        least = km[is_heard_of].min(initial=np.inf)
        nearest: Floats = np.where((km <= least) & np.isfinite(km), 1.0, 0.0)
        return nearest

    return _by_zone(seen, weights)


def _by_zone(seen: Seen, weights: Callable[[Zone, float, Flags], Floats]) -> Floats:
    """Return the shares of all zones' people; equal ones before the first conflict. Shape (place,)."""
    known = [zone.population for zone in seen.conflict if zone.population > 0]
    unit = float(np.mean(known)) if known else 1.0
    going, is_heard_of = np.zeros(len(seen.series)), seen.is_heard_of
    for zone in seen.conflict:
        drawn = weights(zone, unit, is_heard_of)
        if total := drawn[is_heard_of].sum():
            going += (zone.population if zone.population > 0 else unit) * drawn / total
    total = going[is_heard_of].sum()
    return going / total if total else equal_shares(seen)


EQUAL_SPLIT = Divided("equal_split", equal_shares, known_total)
GRAVITY = Divided("gravity", gravity_shares, known_total)
RADIATION = Divided("radiation", radiation_shares, known_total)
NEAREST_CROSSING = Divided("nearest_crossing", nearest_shares, known_total)


def last_shares_true_total(total_on: Callable[[int], float]) -> Divided:
    """Return the method that is told how many people there will be in all: no forecast, but a mark to hold others to.

    Parameters
    ----------
    total_on
        People at all destinations on a day, as it turned out.
    """
    return Divided("last_shares_true_total", last_shares, lambda seen, horizon: total_on(seen.origin + horizon))
