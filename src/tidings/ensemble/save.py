"""An ensemble as NetCDF: made in memory, written aside, then renamed, so that a file is whole or not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tidings.core.errors import InputError
from tidings.core.files import read_bytes, write_aside

if TYPE_CHECKING:
    import xarray


def save_netcdf(ensemble: xarray.Dataset, path: Path) -> None:
    """Write an ensemble as NetCDF 4, with places and crossings by name; their ids stand beside the names.

    Of places that share a name each carries its id in brackets.

    The HDF5 library can crash where the disk fills up under it, so it writes to memory and we write the file.

    Raises
    ------
    EnvironmentError_
        If the folder is missing or read-only, or the disk is full. A file of that name is then as it was before.
    """
    packing = {str(name): {"zlib": True, "complevel": 4, "shuffle": True} for name in ensemble.data_vars}
    write_aside(path, bytes(_by_name(ensemble).to_netcdf(engine="h5netcdf", encoding=packing)))


def _by_name(ensemble: xarray.Dataset) -> xarray.Dataset:
    for dimension in ("place", "crossing"):
        ids, names = ensemble[dimension].to_numpy(), ensemble[f"{dimension}_name"].to_numpy()
        shown = [f"{n} ({i})" if list(names).count(n) > 1 else n for i, n in zip(ids, names, strict=True)]
        ensemble = ensemble.drop_vars(f"{dimension}_name").assign_coords(
            {f"{dimension}_id": (dimension, ids), dimension: (dimension, np.array(shown, dtype=object))}
        )
    return ensemble


def _by_id(ensemble: xarray.Dataset) -> xarray.Dataset:
    for dimension in ("place", "crossing"):
        ids, shown = ensemble[f"{dimension}_id"].to_numpy(), ensemble[dimension].to_numpy()
        names = np.array([n.removesuffix(f" ({i})") for i, n in zip(ids, shown, strict=True)], dtype=object)
        ensemble = ensemble.drop_vars(f"{dimension}_id").assign_coords(
            {dimension: (dimension, ids), f"{dimension}_name": (dimension, names)}
        )
    return ensemble


def load_netcdf(path: Path) -> xarray.Dataset:
    """Read an ensemble that `save_netcdf` has written.

    Raises
    ------
    InputError
        If there is no such file, or it is no NetCDF 4.
    """
    import io

    import xarray

    content = read_bytes(path)
    if not content.startswith(b"\x89HDF"):
        raise InputError(
            where=str(path), met="it is not a NetCDF 4 file", fix="Name a file that a forecast has written."
        )
    with xarray.open_dataset(io.BytesIO(content), engine="h5netcdf") as ensemble:
        return _by_id(ensemble.load())
