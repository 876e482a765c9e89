"""A place that is reported of, in one scenario: its account laid over what is simulated of its residents and sieges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from tidings.forecast.accounts import Account, Simulated, account_of, in_scenario, through
from tidings.forecast.document import Quantity
from tidings.forecast.history import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReportedPlace:
    """The people at a place: those from elsewhere as reports foretell them, and its residents as simulated."""

    account: Account
    residents: Floats
    """Who is at home. Shape (member, day)."""
    residents_left: Floats
    """Shape (member, day), summed from the first day."""
    is_besieged: NDArray[np.bool_]
    """Whether somebody is simulated to be trapped. Shape (member, day)."""
    arrivals: Floats
    """As simulated, summed from the first day. Shape (member, day)."""

    def counts(self, quantity: Quantity) -> Floats:
        """Return `present`, `trapped`, or `arrivals` and `departures` summed from the first day. (member, day)."""
        present = self.account.present + self.residents
        return {
            "present": present,
            "arrivals": self.account.arrivals,
            "departures": self.account.departures + self.residents_left,
            "trapped": np.where(self.is_besieged, present, 0.0),
        }[quantity]

    def through(self, crossed: Floats) -> Floats:
        """Return who comes through a crossing to here, summed from the first day as `crossed`, which is simulated."""
        return through(self.account, self.arrivals, crossed)


def reported_place(place: str, levels: Floats, started: float, ensemble: xr.Dataset, base: xr.Dataset) -> ReportedPlace:
    """Return a place in a scenario, whose ensemble is that of the base or has the same luck.

    Parameters
    ----------
    levels
        Displaced people at the levels of `QUANTILES`, on the eve and on each day. Shape (1 + day, level).
    started
        Displaced people there with whom the simulations start.
    """
    ours, theirs = _simulated(ensemble, place, started), _simulated(base, place, started)
    left = _counts(ensemble, "departures", place).cumsum(axis=1)
    return ReportedPlace(
        account=in_scenario(account_of(levels, theirs), theirs, ours),
        residents=_counts(ensemble, "people", place) - ours.people,
        residents_left=left - ours.departures,
        is_besieged=ours.is_besieged,
        arrivals=ours.arrivals,
    )


def _simulated(ensemble: xr.Dataset, place: str, started: float) -> Simulated:
    people, arrivals = _counts(ensemble, "displaced", place), _counts(ensemble, "arrivals", place).cumsum(axis=1)
    is_besieged = _counts(ensemble, "trapped", place) > 0
    return Simulated(people=people, arrivals=arrivals, departures=started + arrivals - people, is_besieged=is_besieged)


def _counts(ensemble: xr.Dataset, name: str, place: str) -> Floats:
    # of all places at once: a file is then read once, and not once a place
    return np.asarray(ensemble[name].to_numpy()[:, :, ensemble.get_index("place").get_loc(place)], np.float64)
