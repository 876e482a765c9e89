"""An ensemble in a file (NetCDF 4) or a Zarr store: whole or not there; places by name, their ids beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tidings.core.errors import InputError
from tidings.core.files import check_folder_of
from tidings.ensemble.names import by_id
from tidings.ensemble.netcdf import write_netcdf
from tidings.ensemble.packed import Packed, packed
from tidings.ensemble.summaries import summary_of
from tidings.ensemble.zarr_store import check_zarr, write_zarr

if TYPE_CHECKING:
    import xarray

NETCDF, ZARR = ".nc", ".zarr"
"""Ends of the names of a NetCDF file and of a Zarr store."""


MARKS = (b"\x89HDF\r\n\x1a\n", b"CDF")
"""Which a NetCDF file starts with, of format 4 and of the older ones."""


def save_ensemble(ensemble: xarray.Dataset, path: str | Path) -> None:
    """Write an ensemble as NetCDF 4, or as a Zarr store where the name ends in .zarr, with its summary beside it.

    Places and crossings stand by name, their ids beside the names; of places that share a name each carries its id in
    brackets. The group `summary` holds mean, standard deviation and quantiles, as `summarise` gives them.

    Raises
    ------
    EnvironmentError_
        If the folder is missing or read-only, or the disk is full. A file of that name is then as it was before.
    InputError
        If a variable is no count over member, day and place, or the name ends in neither .nc nor .zarr.
    """
    check_target(Path(path))
    save_packed(packed(ensemble), Path(path))


def save_packed(whole: Packed, path: Path) -> None:
    """Write a packed ensemble, as `save_ensemble`."""
    write = write_zarr if path.suffix == ZARR else write_netcdf
    write(whole, summary_of(whole), path)


def check_target(path: Path) -> None:
    """Refuse a path at which nothing can be written, before anything is simulated.

    Raises
    ------
    EnvironmentError_
        If its folder is missing, or the name asks for Zarr and the package is missing.
    InputError
        If the name ends in neither .nc nor .zarr, or something is there that would have to be removed first.
    """
    check_folder_of(path)
    if path.suffix == ZARR:
        check_zarr(path)
    elif path.is_dir():
        raise InputError(where=str(path), met="this is a folder, not a file", fix="Name a file, or a .zarr store.")
    elif path.suffix != NETCDF:
        fix = "Let it end in .nc (a NetCDF file) or .zarr (a Zarr store)."
        raise InputError(where=str(path), met=f"its name ends in '{path.suffix}'", fix=fix)
    elif path.is_file() and not _may_be_replaced(path):
        met = "something is there that is no NetCDF file, and would be replaced"
        raise InputError(where=str(path), met=met, fix="Name another path, or remove the file.")


def _may_be_replaced(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(max(map(len, MARKS)))
    return not start or start.startswith(MARKS)


def open_ensemble(path: str | Path) -> xarray.Dataset:
    """Open an ensemble that was written; counts are read when they are asked for. Close it, or use it in a `with`.

    Raises
    ------
    InputError
        If there is no such file, or it is neither NetCDF 4 nor a Zarr store.
    """
    opened = _opened(Path(path), None)
    ensemble = by_id(opened)
    ensemble.set_close(opened.close)
    return ensemble


def load_ensemble(path: str | Path) -> xarray.Dataset:
    """Read a whole ensemble into memory, as `open_ensemble`."""
    with open_ensemble(path) as ensemble:
        return ensemble.load()


def load_summary(path: str | Path) -> xarray.Dataset:
    """Read the summary of an ensemble that was written, as `summarise` gives it.

    Raises
    ------
    InputError
        As `open_ensemble`, or if there is no summary in it.
    """
    with open_ensemble(path) as ensemble, _opened(Path(path), "summary") as summary:
        about = ensemble.drop_vars([*ensemble.data_vars, "member", "parameter"], errors="ignore")
        return by_id(summary.load()).assign_coords(about.coords).assign_attrs(about.attrs)


def _opened(path: Path, group: str | None) -> xarray.Dataset:
    import xarray

    if not path.exists():
        raise InputError(where=str(path), met="there is no such file", fix="Check the path.")
    if path.suffix == ZARR:
        check_zarr(path)
    try:
        return xarray.open_dataset(path, engine="zarr" if path.suffix == ZARR else "h5netcdf", group=group)
    except (OSError, KeyError, ValueError):
        met = f"it is no ensemble{f' with a {group}' if group else ''}"
        raise InputError(where=str(path), met=met, fix="Name a file that a simulation has written.") from None
