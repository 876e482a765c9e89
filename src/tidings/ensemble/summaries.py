"""What is kept of many members: mean, standard deviation and quantiles of each count, by day and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tidings.ensemble.blocks import Counts
from tidings.ensemble.packed import Packed, dims_of, packed

if TYPE_CHECKING:
    import xarray

QUANTILES = (0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975)
"""Levels that forecasts and summaries tell."""
STATISTICS = ("mean", "sd", *map(str, QUANTILES))
CELLS = 64
"""Days and places summed up at once: so few that their members stay in the processor's cache."""
BYTES = 2**28
"""Of counts that are unpacked at once."""


def summarise(ensemble: xarray.Dataset) -> xarray.Dataset:
    """Sum up an ensemble over its members.

    Returns
    -------
    xarray.Dataset
        The variables of the ensemble, persons, with the dims (statistic, day, place or crossing or group). `statistic`
        is "mean", "sd" (of a sample: NaN for a single member) and the quantiles "0.025" … "0.975", linear between
        members.

    Examples
    --------
    >>> import xarray
    >>> people = (("member", "day", "place"), np.array([[[1]], [[3]]]))
    >>> summary = summarise(xarray.Dataset({"people": people}, {"member": [0, 1], "day": [0], "place": ["azaz"]}))
    >>> [round(float(summary["people"].sel(statistic=each)[0, 0]), 2) for each in ("mean", "sd", "0.5", "0.975")]
    [2.0, 1.41, 2.0, 2.95]
    """
    return summary_of(packed(ensemble))


def summary_of(whole: Packed) -> xarray.Dataset:
    """Sum up a packed ensemble, block by block: in memory are all members of a few days and places at a time."""
    import xarray

    frame = whole.frame.drop_vars(list(whole.frame.data_vars))
    variables = {}
    for name, (_, day, place) in dims_of(whole.frame).items():
        told = {key: value for key, value in whole.frame[name].attrs.items() if key != "dims"}
        variables[name] = (("statistic", day, place), _summary(whole, name), told)
    return xarray.Dataset(variables, {**frame.coords, "statistic": np.array(STATISTICS, object)}, frame.attrs)


def _summary(whole: Packed, name: str) -> NDArray[np.float64]:
    grid, n_members = whole.grids[name], len(whole.members)
    summary = np.empty((len(STATISTICS), grid.n_days, grid.n_places))
    n_cells = grid.block[1] * grid.block[2]
    step = max(1, BYTES // (8 * n_members))
    for number, (days, places) in enumerate(grid.spots()):
        pieces = [whole.counts(name, number, slice(at, at + step)) for at in range(0, n_cells, step)]
        block = np.concatenate([statistics_of(piece) for piece in pieces], axis=1)
        shaped = block.reshape(-1, *grid.block[1:])
        summary[:, days, places] = shaped[:, : days.stop - days.start, : places.stop - places.start]
    return summary


def statistics_of(counts: Counts) -> NDArray[np.float64]:
    """Return the statistics of some cells over their members. Shape (member, cell) → (statistic, cell)."""
    spans = (slice(start, start + CELLS) for start in range(0, counts.shape[1], CELLS))
    return np.concatenate([_statistics(np.ascontiguousarray(counts[:, span].T, np.float64)) for span in spans], axis=1)


def _statistics(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum up rows that lie one after another: so the last digit of a cell does not depend on the cells beside it."""
    sd = counts.std(axis=1, ddof=1) if counts.shape[1] > 1 else np.full(len(counts), np.nan)
    return np.stack([counts.mean(axis=1), sd, *np.quantile(counts, QUANTILES, axis=1)])
