"""Packed blocks give back the counts that were packed, and are what HDF5 itself would write."""

import h5py
import numpy as np
import pytest

from tidings.ensemble.blocks import BLOCK_VALUES, LEVEL, Grid, pack, unpack

SHAPES = [(3, 5, 4), (64, 400, 7), (2, 3, BLOCK_VALUES), (1, 1, 1), (5, 0, 3), (5, 3, 0)]


def counts(shape):
    return np.random.default_rng(5).integers(0, 2**50, shape)


def joined(blocks, grid, n_members):
    whole = np.zeros((n_members, grid.n_days, grid.n_places), np.int64)
    for (days, places), block in zip(grid.spots(), blocks, strict=True):
        n_days, n_places = days.stop - days.start, places.stop - places.start
        whole[:, days, places] = unpack(block, grid)[:n_members, :n_days, :n_places]
    return whole


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("more_rows", [0, 2])
def test_what_is_unpacked_is_what_was_packed(shape, more_rows):
    grid, given = Grid(shape[0] + more_rows, *shape[1:]), counts(shape)
    assert np.array_equal(joined(pack(given, grid), grid, shape[0]), given)
    assert len(pack(given, grid)) == len(grid)


@pytest.mark.parametrize("shape", [*SHAPES, (64, 1095, 10_000)])
def test_no_block_is_larger_than_it_may_be_unless_it_is_a_single_day_and_place(shape):
    members, days, places = Grid(*shape).block
    assert members * days * places <= max(BLOCK_VALUES, members)


def test_rows_beyond_the_last_member_are_zeros():
    grid = Grid(4, 2, 2)
    assert not unpack(pack(counts((3, 2, 2)), grid)[0], grid)[3].any()


def test_a_block_is_byte_for_byte_what_hdf5_writes():
    given = counts((8, 6, 5))
    with h5py.File.in_memory() as file:
        written = file.create_dataset(
            "people", data=given, chunks=given.shape, compression="gzip", compression_opts=LEVEL, shuffle=True
        )
        _, block = written.id.read_direct_chunk((0, 0, 0))
    (ours,) = pack(given, Grid(8, 6, 5))
    assert np.array_equal(unpack(block, Grid(8, 6, 5)), given)
    assert np.array_equal(unpack(ours, Grid(8, 6, 5)), given)
