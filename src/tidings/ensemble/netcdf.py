"""A packed ensemble as one NetCDF 4 file: written block by block, aside, and then renamed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from tidings.core.files import written_aside
from tidings.ensemble.blocks import LEVEL
from tidings.ensemble.packed import Packed, dims_of, head_of

if TYPE_CHECKING:
    import xarray


def write_netcdf(whole: Packed, summary: xarray.Dataset, path: Path) -> None:
    """Write an ensemble and, in the group `summary`, what it sums up to.

    Raises
    ------
    EnvironmentError_
        If the folder is missing or read-only, or the disk is full. A file of that name is then as it was before.
    """
    with written_aside(path) as aside:
        file = Enduring(aside)
        try:
            aside.write(bytes(head_of(whole).to_netcdf(engine="h5netcdf")))
            _make_variables(file, whole, summary)
            _fill(file, whole)
        except Exception as error:  # HDF5 tells a full disk in many ways; the file itself knows
            raise (file.failed or error) from error
        if file.failed:
            raise file.failed


class Enduring(io.RawIOBase):
    """A file that keeps the first failure to itself, and then takes what is written to it for written.

    The HDF5 library can crash where a disk fills up under it. So it is not told; whoever opened the file looks here.
    """

    def __init__(self, inner: BinaryIO) -> None:
        self.inner = inner
        self.failed: OSError | None = None

    def write(self, content: Any) -> int:
        """Write, or remember why not."""
        if self.failed is None:
            try:
                return self.inner.write(content)
            except OSError as error:
                self.failed = error
        return len(content)

    def truncate(self, size: int | None = None) -> int:
        """Set the length, or remember why not."""
        if self.failed is None:
            try:
                return self.inner.truncate(size)
            except OSError as error:
                self.failed = error
        return size or 0

    def flush(self) -> None:
        """Hand what is written to the system, or remember why not."""
        if self.failed is None and not self.inner.closed:
            try:
                self.inner.flush()
            except OSError as error:
                self.failed = error

    def readinto(self, buffer: Any) -> int:
        """Read."""
        content = self.inner.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a position."""
        return self.inner.seek(offset, whence)

    def tell(self) -> int:
        """Return the position."""
        return self.inner.tell()


def _make_variables(file: Enduring, whole: Packed, summary: xarray.Dataset) -> None:
    import h5netcdf
    import h5py

    with h5netcdf.File(file, "a") as target:
        group = target.create_group("summary")
        group.dimensions["statistic"] = summary.sizes["statistic"]
        group.create_variable("statistic", ("statistic",), h5py.string_dtype(), data=summary["statistic"].to_numpy())
        _repeat_coordinates(target, group)
        for name, dims in dims_of(whole.frame).items():
            grid, told = whole.grids[name], summary[name].attrs
            packing = {"chunks": grid.block, "compression": "gzip", "compression_opts": LEVEL, "shuffle": True}
            counts = target.create_variable(name, dims, np.int64, **(packing if len(grid) else {}))
            summed = group.create_variable(name, summary[name].dims, np.float64, data=summary[name].to_numpy())
            counts.attrs.update(told)
            summed.attrs.update(told)


def _repeat_coordinates(target: Any, group: Any) -> None:
    """Let who opens a group alone find places by name and days by date there."""
    import h5py

    of_counts = {
        name: each for name, each in target.variables.items() if not {"member", "parameter"} & {*each.dimensions}
    }
    for name, each in of_counts.items():
        for dimension, size in zip(each.dimensions, each.shape, strict=True):
            if dimension not in group.dimensions:
                group.dimensions[dimension] = size
        kind = h5py.string_dtype() if each.dtype == str else each.dtype
        group.create_variable(name, each.dimensions, kind, data=each[...]).attrs.update(each.attrs)
    group.attrs["coordinates"] = " ".join(name for name, each in of_counts.items() if (name,) != each.dimensions)


def _fill(file: Enduring, whole: Packed) -> None:
    import h5py

    with h5py.File(file, "r+") as target:
        for name in whole.grids:
            for start, block in whole.placed(name):
                target[name].id.write_direct_chunk(start, block)
                if file.failed:
                    raise file.failed
