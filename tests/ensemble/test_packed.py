"""A part holds its members packed, is whole or refused; a packed ensemble gives them back by block."""

import numpy as np
import pytest

from tests.ensemble.models import MODEL, N_MEMBERS
from tidings.core.errors import InputError
from tidings.ensemble.packed import Part, dims_of, frame_of, packed, packed_part
from tidings.ensemble.run import simulate

ENSEMBLE = simulate(MODEL, members=N_MEMBERS, seed=4)


def test_a_part_is_the_same_in_memory_and_in_a_file(tmp_path):
    content = packed_part(ENSEMBLE, N_MEMBERS)
    (tmp_path / "one.part").write_bytes(content)
    kept, held = Part.of(tmp_path / "one.part"), Part.of(content)
    assert kept.members == held.members == tuple(range(N_MEMBERS))
    for name in held.blocks:
        assert kept.block(str(name), 0) == held.block(str(name), 0)


@pytest.mark.parametrize("cut", [0, 10, 23, 200, -1])
def test_a_part_that_is_cut_short_is_refused(cut):
    with pytest.raises(ValueError, match="part"):
        Part.of(packed_part(ENSEMBLE, N_MEMBERS)[:cut])


def test_what_is_no_part_is_refused():
    with pytest.raises(ValueError, match="it is no part of an ensemble"):
        Part.of(b"place,people\n" * 20)


def test_cells_of_a_block_come_over_all_members(monkeypatch):
    monkeypatch.setattr("tidings.ensemble.packed.MEMBERS_A_PART", 4)
    whole = packed(ENSEMBLE)
    assert [len(part.members) for part in whole.parts] == [4, 4, 4, 4, 4, 1]
    people = ENSEMBLE["people"].to_numpy().reshape(N_MEMBERS, -1)
    assert np.array_equal(whole.counts("people", 0, slice(5, 9)), people[:, 5:9])
    starts = [start for start, _ in whole.placed("people")]
    assert starts == [(row, 0, 0) for row in range(0, 24, 4)]


def test_a_frame_tells_all_but_counts_and_members():
    frame = frame_of(ENSEMBLE)
    assert dims_of(frame)["waiting"] == ("member", "day", "crossing")
    assert "member" not in frame.coords
    assert frame["people"].attrs["units"] == "persons"
    assert frame.attrs == ENSEMBLE.attrs


@pytest.mark.parametrize(
    "wrong",
    [ENSEMBLE["people"].astype(float), ENSEMBLE["people"].isel(day=0), ENSEMBLE["people"].transpose("day", ...)],
)
def test_what_is_no_count_by_member_day_and_place_is_refused(wrong):
    with pytest.raises(InputError, match=r"ensemble: people: it has the dims .* Give whole numbers over member, day"):
        frame_of(ENSEMBLE.assign(people=wrong))
