"""An ensemble in packed parts, in memory or on the disk, and its frame: all but the counts and their members."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tidings.core.errors import InputError
from tidings.ensemble.blocks import Counts, Grid, pack, unpack
from tidings.ensemble.names import by_name

if TYPE_CHECKING:
    import xarray

MAGIC = b"tidings part 1\n"
MEMBERS_A_PART = 64
"""Where nothing else is told."""
PARAMETERS = "parameters"
"""The one variable that counts nobody: (member, parameter)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some members, packed. As bytes: a line that tells what it is, the length of a header, the header, the blocks."""

    members: tuple[int, ...]
    rows: int
    """Members in a block: as many as the part has, or more where it is the last."""
    blocks: Mapping[str, Sequence[tuple[int, int]]]
    """Where the blocks of each variable begin and end in the source."""
    source: bytes | Path

    @classmethod
    def of(cls, source: bytes | Path) -> Part:
        """Open a part.

        Raises
        ------
        ValueError
            If it is none, or not whole.
        """
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        head = _slice(source, 0, len(MAGIC) + 8)
        start = len(head) + int.from_bytes(head[len(MAGIC) :], "little")
        if not head.startswith(MAGIC) or start > size:
            raise ValueError("it is no part of an ensemble")
        told = json.loads(_slice(source, len(head), start))
        blocks = {}
        for name, lengths in told["blocks"].items():
            blocks[name] = list(pairwise(accumulate(lengths, initial=start)))
            start += sum(lengths)
        if start != size:
            raise ValueError("the part is not whole")
        return cls(tuple(told["members"]), told["rows"], blocks, source)

    def block(self, name: str, number: int) -> bytes:
        """Return a packed block of a variable."""
        return _slice(self.source, *self.blocks[name][number])


@dataclass(frozen=True)
class Packed:
    """A whole ensemble: parts of equally many members, but for the last, in the order of its members."""

    frame: xarray.Dataset
    parts: tuple[Part, ...]
    drawn: xarray.DataArray | None = None
    """The parameters of each member, where they are known: `PARAMETERS`, dims (member, parameter)."""
    check: Callable[[], None] = lambda: None
    """Called now and then while it is read; it may raise to end that."""

    @cached_property
    def members(self) -> list[int]:
        """Numbers of the members."""
        return [member for part in self.parts for member in part.members]

    @cached_property
    def grids(self) -> dict[str, Grid]:
        """How each variable is cut into blocks."""
        return {name: grid_of(self.frame, name, self.parts[0].rows) for name in dims_of(self.frame)}

    def counts(self, name: str, number: int, cells: slice) -> Counts:
        """Return some cells (a day and a place each) of a block, unpacked, over all members. Shape (member, cell)."""
        self.check()
        grid, counts = self.grids[name], []
        for part in self.parts:
            block = unpack(part.block(name, number), grid)
            counts.append(block.reshape(grid.n_members, -1)[: len(part.members), cells])
        return np.concatenate(counts)

    def placed(self, name: str) -> Iterator[tuple[tuple[int, int, int], bytes]]:
        """Yield every packed block of a variable with where it begins in the whole: member, day, place."""
        for number, (days, places) in enumerate(self.grids[name].spots()):
            self.check()
            for row, part in enumerate(self.parts):
                yield (row * part.rows, days.start, places.start), part.block(name, number)


def frame_of(ensemble: xarray.Dataset) -> xarray.Dataset:
    """Return an ensemble without its counts and members: each variable is a bare number that tells its dims.

    Raises
    ------
    InputError
        If a variable is no count over member, day and one thing more.
    """
    ensemble = ensemble.drop_vars([PARAMETERS, "parameter"], errors="ignore")
    counted = {str(name): variable for name, variable in ensemble.data_vars.items()}
    for name, variable in counted.items():
        if variable.dims[:2] != ("member", "day") or variable.ndim != 3 or variable.dtype.kind not in "iu":
            met = f"it has the dims {variable.dims} and holds {variable.dtype}"
            raise InputError(where=f"ensemble: {name}", met=met, fix="Give whole numbers over member, day and place.")
    frame = ensemble.drop_vars([*counted, "member"])
    for name, variable in counted.items():
        frame[name] = ((), np.int64(0), {**variable.attrs, "dims": " ".join(map(str, variable.dims))})
    return frame


def head_of(whole: Packed) -> xarray.Dataset:
    """Return what stands in a file beside the variables, in the same order wherever the ensemble has been."""
    import xarray

    coordinates = by_name(whole.frame).assign_coords(member=np.array(whole.members, np.int64)).coords
    ordered = {name: coordinates[name].variable for name in sorted(coordinates, key=str)}
    head = xarray.Dataset(coords=ordered, attrs=whole.frame.attrs).drop_encoding()
    return head if whole.drawn is None else head.assign({PARAMETERS: whole.drawn.drop_encoding()})


def dims_of(frame: xarray.Dataset) -> dict[str, tuple[str, ...]]:
    """Return the dims of each variable of a frame."""
    return {str(name): tuple(frame[name].attrs["dims"].split()) for name in frame.data_vars}


def grid_of(frame: xarray.Dataset, name: str, rows: int) -> Grid:
    """Return how a variable is cut into blocks of so many members."""
    n_days, n_places = (frame.sizes[dim] for dim in dims_of(frame)[name][1:])
    return Grid(rows, n_days, n_places)


def packed_part(ensemble: xarray.Dataset, rows: int) -> bytes:
    """Pack the members of an ensemble into one part, in blocks of so many rows."""
    frame = frame_of(ensemble)
    blocks = {name: pack(ensemble[name].to_numpy(), grid_of(frame, name, rows)) for name in dims_of(frame)}
    lengths = {name: [len(block) for block in each] for name, each in blocks.items()}
    members = [int(member) for member in ensemble["member"].to_numpy()]
    header = json.dumps({"members": members, "rows": rows, "blocks": lengths}).encode()
    body = (block for each in blocks.values() for block in each)
    return b"".join([MAGIC, len(header).to_bytes(8, "little"), header, *body])


def packed(ensemble: xarray.Dataset) -> Packed:
    """Pack an ensemble that is in memory."""
    n_members = ensemble.sizes["member"]
    rows = min(n_members, MEMBERS_A_PART)
    cuts = (ensemble.isel(member=slice(start, start + rows)) for start in range(0, n_members, rows))
    parts = tuple(Part.of(packed_part(cut, rows)) for cut in cuts)
    return Packed(frame_of(ensemble), parts, ensemble.get(PARAMETERS))


def _slice(source: bytes | Path, start: int, end: int) -> bytes:
    if isinstance(source, bytes):
        return source[start:end]
    with source.open("rb") as file:
        file.seek(start)
        return file.read(end - start)
