"""A packed ensemble as a Zarr store, a folder: written block by block, aside, and then renamed."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tidings.core.errors import EnvironmentError_, InputError
from tidings.core.files import cannot_write
from tidings.ensemble.blocks import unpack
from tidings.ensemble.names import by_name
from tidings.ensemble.packed import Packed, head_of

if TYPE_CHECKING:
    import xarray
    import zarr

MARK = ".zgroup"
"""The file that makes a folder a Zarr store of format 2, which every reader of Zarr knows."""
FORMAT: Final = 2


def check_zarr(path: Path) -> None:
    """Refuse to begin what could not be finished.

    Raises
    ------
    EnvironmentError_
        If the package zarr is missing.
    InputError
        If something is there that is no Zarr store: it would be replaced.
    """
    try:
        import zarr  # noqa: F401
    except ImportError:
        met = "writing Zarr needs a package that is not installed"
        raise EnvironmentError_(where=str(path), met=met, fix="pip install 'tidings[zarr]', or write .nc.") from None
    if path.exists() and not (path / MARK).is_file():
        raise InputError(where=str(path), met="something is there that is no Zarr store", fix="Name another path.")


def write_zarr(whole: Packed, summary: xarray.Dataset, path: Path) -> None:
    """Write an ensemble and, in the group `summary`, what it sums up to.

    Raises
    ------
    EnvironmentError_
        If the package zarr is missing, the folder is missing or read-only, or the disk is full. A store of that name is
        then as it was before.
    InputError
        If something else than a Zarr store has that name.
    """
    check_zarr(path)
    mark = secrets.token_hex(6)
    aside, before = (path.with_name(f".{path.name}.{mark}{end}") for end in ("", ".before"))
    try:
        aside.mkdir()
        _write(whole, summary, aside)
        if path.exists():
            os.replace(path, before)
        os.replace(aside, path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(before, ignore_errors=True)


def _write(whole: Packed, summary: xarray.Dataset, folder: Path) -> None:
    import zarr

    head_of(whole).to_zarr(folder, mode="w", zarr_format=FORMAT, consolidated=False)
    by_name(summary).drop_encoding().to_zarr(folder, group="summary", mode="a", zarr_format=FORMAT, consolidated=False)
    store = zarr.open_group(folder, mode="r+", zarr_format=FORMAT)
    for name in whole.grids:
        _write_variable(store, whole, name)
    zarr.consolidate_metadata(store.store, zarr_format=FORMAT)


def _write_variable(store: zarr.Group, whole: Packed, name: str) -> None:
    grid, about = whole.grids[name], whole.frame[name].attrs
    told = {**about, "dims": None, "_ARRAY_DIMENSIONS": about["dims"].split()}
    shape = (len(whole.members), grid.n_days, grid.n_places)
    counts = store.create_array(
        name, shape=shape, chunks=grid.block, dtype="int64", fill_value=None,
        attributes={key: value for key, value in told.items() if value is not None},
    )  # fmt: skip
    for start, block in whole.placed(name):
        fitting = unpack(block, grid)[tuple(slice(size - at) for size, at in zip(shape, start, strict=True))]
        counts[tuple(slice(at, at + size) for at, size in zip(start, fitting.shape, strict=True))] = fitting
