"""How counts lie in a file: in blocks, shuffled and deflated as HDF5 does it, so that a file takes them as they are.

Whoever has simulated members packs them too, on whatever machine; the file is then put together without unpacking.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK_VALUES = 2**17
"""Numbers in a block, at most, unless one day at one place is more."""
LEVEL = 1
"""Of zlib. Counts shrink to a tenth or less; higher levels take two or three times as long for a tenth less."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Grid:
    """The blocks of the members of one part, in a variable of shape (member, day, place or crossing or group)."""

    n_members: int
    """Members in a block; those of a part with fewer are filled up with zeros."""
    n_days: int
    n_places: int

    @property
    def block(self) -> tuple[int, int, int]:
        """Shape of a block."""
        places = max(1, min(self.n_places, BLOCK_VALUES // self.n_members))
        return self.n_members, max(1, min(self.n_days, BLOCK_VALUES // (self.n_members * places))), places

    def spots(self) -> Iterator[tuple[slice, slice]]:
        """Yield the days and places of each block; none where there is nothing to count."""
        _, days, places = self.block
        for day in range(0, self.n_days if self.n_places else 0, days):
            for place in range(0, self.n_places, places):
                yield slice(day, min(day + days, self.n_days)), slice(place, min(place + places, self.n_places))

    def __len__(self) -> int:
        _, days, places = self.block
        return math.ceil(self.n_days / days) * math.ceil(self.n_places / places)


def pack(counts: Counts, grid: Grid) -> list[bytes]:
    """Return the packed blocks of one part's members. Shape (member, day, place).

    Examples
    --------
    >>> grid = Grid(n_members=2, n_days=3, n_places=4)
    >>> packed = pack(np.arange(24).reshape(2, 3, 4), grid)
    >>> len(packed), int(unpack(packed[0], grid)[1, 2, 3])
    (1, 23)
    """
    return [_deflated(_filled_up(counts[:, days, places], grid.block)) for days, places in grid.spots()]


def unpack(packed: bytes, grid: Grid) -> Counts:
    """Return a block's counts, the zeros that fill it up included. Shape (member, day, place)."""
    each_byte = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(8, -1)
    return np.ascontiguousarray(each_byte.T).view("<i8").reshape(grid.block)


def _filled_up(counts: Counts, shape: tuple[int, ...]) -> Counts:
    if counts.shape == shape:
        return counts
    whole = np.zeros(shape, np.int64)
    whole[tuple(slice(size) for size in counts.shape)] = counts
    return whole


def _deflated(counts: Counts) -> bytes:
    each_byte = np.ascontiguousarray(counts, "<i8").view(np.uint8).reshape(-1, 8)
    return zlib.compress(each_byte.T.tobytes(), LEVEL)
