"""What many members say together: means and quantiles of stocks, and of flows summed over days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tidings.core.errors import InputError

if TYPE_CHECKING:
    import xarray

STOCKS = ("people", "trapped", "waiting", "on_road", "displaced_from")
"""Variables that count people on a day: never summed over days."""
FLOWS = ("arrivals", "departures", "returned", "crossed")
"""Variables that count people in a day: summed from the first day on."""


def summed_flows(ensemble: xarray.Dataset) -> xarray.Dataset:
    """Return the ensemble with every flow summed from the first day up to and including each day."""
    return ensemble.assign({name: ensemble[name].cumsum("day") for name in FLOWS if name in ensemble})


def quantiles(
    ensemble: xarray.Dataset, levels: Sequence[float], variables: Sequence[str] | None = None
) -> xarray.Dataset:
    """Return quantiles over members, by day and place, crossing or group.

    Parameters
    ----------
    ensemble
        As `run_ensemble` returns it.
    levels
        Between 0 and 1; they become the coordinate `quantile`.
    variables
        All of the ensemble's where not given.

    Raises
    ------
    InputError
        If a level is outside 0 … 1, or a variable unknown.

    Notes
    -----
    Linear interpolation between order statistics (Hyndman and Fan 1996, type 7).
    """
    known = [str(name) for name in ensemble.data_vars]
    names = known if variables is None else list(variables)
    if unknown := [name for name in names if name not in known]:
        raise InputError(where="variables", met=f"there is no {', '.join(unknown)}", fix=f"Use {', '.join(known)}.")
    if not levels or not all(0 <= level <= 1 for level in levels):
        raise InputError(where="levels", met=f"{list(levels)} are not levels", fix="Give numbers from 0 to 1.")
    return ensemble[names].quantile(np.asarray(levels, float), dim="member", keep_attrs=True)


def means(ensemble: xarray.Dataset) -> xarray.Dataset:
    """Return means over members, by day and place, crossing or group."""
    return ensemble.mean("member", keep_attrs=True)
