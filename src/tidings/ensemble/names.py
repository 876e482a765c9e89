"""Places and crossings: by id in memory, by name in a file, where their ids stand beside the names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import xarray

NAMED = ("place", "crossing")
TEXTS = (*NAMED, *(f"{name}_{end}" for name in NAMED for end in ("id", "name")), "group", "parameter")
"""Coordinates that hold text; where there are none of a kind, a file does not tell."""


def by_name(ensemble: xarray.Dataset) -> xarray.Dataset:
    """Return an ensemble, or its frame, as it stands in a file; of places that share a name each carries its id."""
    for dimension in _with(ensemble, "name"):
        ids, names = ensemble[dimension].to_numpy(), ensemble[f"{dimension}_name"].to_numpy()
        times = Counter(names)
        shown = [f"{name} ({id_})" if times[name] > 1 else name for id_, name in zip(ids, names, strict=True)]
        ensemble = ensemble.drop_vars(f"{dimension}_name").assign_coords(
            {f"{dimension}_id": (dimension, ids), dimension: (dimension, np.array(shown, dtype=object))}
        )
    return ensemble


def by_id(ensemble: xarray.Dataset) -> xarray.Dataset:
    """Return what a file holds as it was in memory."""
    ensemble = with_texts(ensemble)
    for dimension in _with(ensemble, "id"):
        ids, shown = ensemble[f"{dimension}_id"].to_numpy(), ensemble[dimension].to_numpy()
        names = [name.removesuffix(f" ({id_})") for id_, name in zip(ids, shown, strict=True)]
        ensemble = ensemble.drop_vars(f"{dimension}_id").assign_coords(
            {dimension: (dimension, ids), f"{dimension}_name": (dimension, np.array(names, dtype=object))}
        )
    return ensemble


def with_texts(ensemble: xarray.Dataset) -> xarray.Dataset:
    """Return what a file holds with all its text as Python's own."""
    texts = [name for name in ensemble.coords if name in TEXTS or ensemble[name].dtype.kind in "UT"]
    return ensemble.assign_coords(
        {name: (ensemble[name].dims, ensemble[name].to_numpy().astype(object), ensemble[name].attrs) for name in texts}
    )


def _with(ensemble: xarray.Dataset, what: str) -> list[str]:
    return [dimension for dimension in NAMED if f"{dimension}_{what}" in ensemble.coords]
