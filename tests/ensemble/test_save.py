"""A NetCDF file reads back as what was saved, and is whole or not there."""

import subprocess
import sys

import pytest
import xarray

from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble.run import run_ensemble
from tidings.ensemble.save import load_netcdf, save_netcdf

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 40)], [("gate", "camp", "home")])
SETTING = scenario(COUNTRY, {"home": 5000}, days=5)
ENSEMBLE = run_ensemble(SETTING, [world(snapshot(COUNTRY))] * 3, members=range(3), seed=2)

FULL_DISK = """
import resource, sys
from pathlib import Path
from tidings.core.errors import EnvironmentError_
from tidings.ensemble.save import load_netcdf, save_netcdf
ensemble = load_netcdf(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    save_netcdf(ensemble, Path(sys.argv[2]))
except EnvironmentError_ as error:
    sys.exit(str(error))
"""


def test_what_is_loaded_is_what_was_saved(tmp_path):
    save_netcdf(ENSEMBLE, tmp_path / "people.nc")
    assert load_netcdf(tmp_path / "people.nc").identical(ENSEMBLE)


def test_saving_again_replaces_the_file_and_leaves_nothing_beside_it(tmp_path):
    for days in (2, 5):
        save_netcdf(ENSEMBLE.isel(day=slice(days)), tmp_path / "people.nc")
    assert load_netcdf(tmp_path / "people.nc").sizes["day"] == 5
    assert [path.name for path in tmp_path.iterdir()] == ["people.nc"]


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(EnvironmentError_, match=r"people\.nc: its folder does not exist"):
        save_netcdf(ENSEMBLE, tmp_path / "nowhere" / "people.nc")


def test_places_stand_by_name_in_the_file_with_their_ids_beside(tmp_path):
    save_netcdf(ENSEMBLE, tmp_path / "people.nc")
    with xarray.open_dataset(tmp_path / "people.nc", engine="h5netcdf") as saved:
        assert saved["place"].to_numpy().tolist() == ENSEMBLE["place_name"].to_numpy().tolist()
        assert saved["place_id"].to_numpy().tolist() == ENSEMBLE["place"].to_numpy().tolist()


def test_a_full_disk_is_said_and_the_old_file_stays(tmp_path):
    whole, path = tmp_path / "whole.nc", tmp_path / "people.nc"
    save_netcdf(ENSEMBLE, whole)
    path.write_bytes(b"old")
    done = subprocess.run([sys.executable, "-c", FULL_DISK, whole, path], capture_output=True, text=True, check=False)
    assert "people.nc: the disk is full. Free some space" in done.stderr
    assert path.read_bytes() == b"old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["people.nc", "whole.nc"]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        load_netcdf(tmp_path / "people.nc")


def test_a_file_that_is_no_netcdf_is_refused(tmp_path):
    path = tmp_path / "people.nc"
    path.write_text("place,people\n")
    with pytest.raises(InputError, match="it is not a NetCDF 4 file"):
        load_netcdf(path)
