"""What is saved reads back as it was, and is whole or not there."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
import xarray

from tests.ensemble.models import MODEL, N_MEMBERS
from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble.run import simulate
from tidings.ensemble.save import check_target, load_ensemble, load_summary, open_ensemble, save_ensemble
from tidings.ensemble.summaries import summarise

ENSEMBLE = simulate(MODEL, members=N_MEMBERS)

FULL_DISK = """
import resource, sys
from pathlib import Path
from tidings.core.errors import EnvironmentError_
from tidings.ensemble.save import load_ensemble, save_ensemble
ensemble = load_ensemble(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    save_ensemble(ensemble, Path(sys.argv[2]))
except EnvironmentError_ as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("name", ["people.nc", "people.zarr"])
def test_what_is_loaded_is_what_was_saved(tmp_path, name):
    save_ensemble(ENSEMBLE, tmp_path / name)
    assert load_ensemble(tmp_path / name).identical(ENSEMBLE)
    assert load_summary(tmp_path / name).identical(summarise(ENSEMBLE))


def test_an_ensemble_is_opened_without_reading_its_counts(tmp_path):
    save_ensemble(ENSEMBLE, tmp_path / "people.nc")
    with open_ensemble(tmp_path / "people.nc") as opened:
        assert not opened["people"].variable._in_memory
        assert opened["people"].sel(place="home", member=3).equals(ENSEMBLE["people"].sel(place="home", member=3))


def test_what_is_saved_is_what_a_simulation_writes(tmp_path):
    simulate(MODEL, members=N_MEMBERS, path=tmp_path / "written.nc").close()
    save_ensemble(ENSEMBLE, tmp_path / "saved.nc")
    assert (tmp_path / "written.nc").read_bytes() == (tmp_path / "saved.nc").read_bytes()


def test_saving_again_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    for days in (2, 5):
        save_ensemble(ENSEMBLE.isel(day=slice(days)), tmp_path / "people.nc")
    assert load_ensemble(tmp_path / "people.nc").sizes["day"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["people.nc"]


@pytest.mark.parametrize("name", ["people.txt", "people", "people.nc.gz"])
def test_a_name_that_is_of_no_ensemble_is_refused(tmp_path, name):
    for refuses in (check_target, partial(save_ensemble, ENSEMBLE)):
        with pytest.raises(InputError, match=r"its name ends in '.*'\. Let it end in \.nc .* or \.zarr"):
            refuses(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(EnvironmentError_, match=r"people\.nc: its folder does not exist"):
        save_ensemble(ENSEMBLE, tmp_path / "nowhere" / "people.nc")
    with pytest.raises(EnvironmentError_, match=r"people\.nc: its folder does not exist"):
        check_target(tmp_path / "nowhere" / "people.nc")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="this is a folder, not a file"):
        check_target(tmp_path)


def test_a_file_that_is_no_netcdf_is_not_replaced(tmp_path):
    (tmp_path / "notes.nc").write_text("mine")
    with pytest.raises(
        InputError, match=r"notes\.nc: something is there that is no NetCDF file, and would be replaced"
    ):
        simulate(MODEL, members=2, path=tmp_path / "notes.nc")
    assert (tmp_path / "notes.nc").read_text() == "mine"
    (tmp_path / "empty.nc").touch()
    check_target(tmp_path / "empty.nc")


def test_a_folder_in_which_nothing_can_be_made_is_said_of_the_path_that_was_given():
    if not Path("/proc/self").exists():
        pytest.skip("there is no /proc")
    with pytest.raises(EnvironmentError_, match=r"^/proc/people\.nc: (nothing can be made in its|the) folder"):
        simulate(MODEL, members=2, path="/proc/people.nc")


def test_places_stand_by_name_in_the_file_with_their_ids_beside(tmp_path):
    save_ensemble(ENSEMBLE, tmp_path / "people.nc")
    with xarray.open_dataset(tmp_path / "people.nc", engine="h5netcdf") as saved:
        assert saved["place"].to_numpy().tolist() == ENSEMBLE["place_name"].to_numpy().tolist()
        assert saved["place_id"].to_numpy().tolist() == ENSEMBLE["place"].to_numpy().tolist()


@pytest.mark.parametrize("size", [2_000, 20_000, 60_000])
def test_a_full_disk_is_said_and_the_old_file_stays(tmp_path, size):
    whole, path = tmp_path / "whole.nc", tmp_path / "people.nc"
    save_ensemble(ENSEMBLE, whole)
    assert whole.stat().st_size > size
    save_ensemble(ENSEMBLE.isel(member=[0]), path)
    old = path.read_bytes()
    command = [sys.executable, "-c", FULL_DISK, whole, path, str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "people.nc: the disk is full. Free some space" in done.stderr
    assert done.returncode == 1
    assert path.read_bytes() == old
    assert sorted(each.name for each in tmp_path.iterdir()) == ["people.nc", "whole.nc"]


@pytest.mark.parametrize("name", ["people.nc", "people.zarr"])
def test_a_file_that_is_not_there_is_refused(tmp_path, name):
    with pytest.raises(InputError, match="there is no such file"):
        load_ensemble(tmp_path / name)


def test_a_file_that_is_no_ensemble_is_refused(tmp_path):
    path = tmp_path / "people.nc"
    path.write_text("place,people\n")
    with pytest.raises(InputError, match="it is no ensemble"):
        load_ensemble(path)


def test_a_file_without_a_summary_is_refused(tmp_path):
    ENSEMBLE.to_netcdf(tmp_path / "people.nc", engine="h5netcdf")
    with pytest.raises(InputError, match="it is no ensemble with a summary"):
        load_summary(tmp_path / "people.nc")
