"""The folder beside a target keeps whole parts of one making, and gives nothing else."""

import pytest

from tests.ensemble.models import MODEL
from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble.packed import frame_of, packed_part
from tidings.ensemble.parts import PartsFolder
from tidings.ensemble.run import simulate

THREE = simulate(MODEL, members=3, seed=4)
MADE_FROM = {"model": "a", "seed": 4}


def filled(tmp_path):
    folder = PartsFolder.beside(tmp_path / "people.nc", MADE_FROM)
    folder.keep((0, 1, 2), packed_part(THREE, 3), frame_of(THREE))
    return folder


def test_what_was_kept_is_found_again(tmp_path):
    filled(tmp_path)
    again = PartsFolder.beside(tmp_path / "people.nc", MADE_FROM)
    part = again.find((0, 1, 2), 3)
    assert part is not None
    assert again.packed([part]).members == [0, 1, 2]
    assert again.packed([part]).frame.identical(frame_of(THREE))


@pytest.mark.parametrize(("members", "rows"), [((0, 1), 3), ((0, 2, 1), 3), ((0, 1, 2), 64)])
def test_parts_of_other_members_or_rows_are_not_found(tmp_path, members, rows):
    assert filled(tmp_path).find(members, rows) is None


def test_parts_without_their_frame_are_not_found(tmp_path):
    folder = filled(tmp_path)
    (folder.folder / "frame.nc").unlink()
    assert folder.find((0, 1, 2), 3) is None


@pytest.mark.parametrize("made_from", [{"model": "b", "seed": 4}, {"model": "a", "seed": 5}])
def test_parts_of_another_making_are_refused(tmp_path, made_from):
    filled(tmp_path)
    with pytest.raises(
        InputError, match=r"people\.nc\.parts: it holds finished parts of another model, seed or version"
    ):
        PartsFolder.beside(tmp_path / "people.nc", made_from)


def test_a_folder_without_a_part_is_taken_over(tmp_path):
    PartsFolder.beside(tmp_path / "people.nc", MADE_FROM)
    other = PartsFolder.beside(tmp_path / "people.nc", {"model": "b"})
    assert PartsFolder.beside(tmp_path / "people.nc", {"model": "b"}) == other


def test_what_is_removed_is_ours_alone(tmp_path):
    folder = filled(tmp_path)
    (folder.folder / "notes.txt").write_text("not ours")
    folder.remove()
    assert [path.name for path in folder.folder.iterdir()] == ["notes.txt"]
    (folder.folder / "notes.txt").unlink()
    folder.remove()
    assert not folder.folder.exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    with pytest.raises(EnvironmentError_, match="its folder does not exist"):
        PartsFolder.beside(tmp_path / "nowhere" / "people.nc", MADE_FROM)
