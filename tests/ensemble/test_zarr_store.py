"""A Zarr store is written whole or not at all, and nothing that is no store is replaced."""

import sys

import pytest
import xarray

from tests.ensemble.models import MODEL
from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble import zarr_store
from tidings.ensemble.run import simulate
from tidings.ensemble.save import load_ensemble, save_ensemble

ENSEMBLE = simulate(MODEL, members=5)


def test_others_open_it_without_a_word(tmp_path):
    save_ensemble(ENSEMBLE, tmp_path / "people.zarr")
    with xarray.open_zarr(tmp_path / "people.zarr", chunks=None) as opened:
        assert opened["people"].sel(place="Home").dims == ("member", "day")
        assert opened["people"].dtype == "int64"


def test_the_summary_alone_is_selected_from_by_name(tmp_path):
    save_ensemble(ENSEMBLE, tmp_path / "people.zarr")
    with xarray.open_zarr(tmp_path / "people.zarr", group="summary", chunks=None) as summary:
        assert summary["people"].sel(place="Home", statistic="mean").dims == ("day",)


def test_saving_again_replaces_the_store_and_leaves_nothing_beside_it(tmp_path):
    for members in (2, 5):
        save_ensemble(ENSEMBLE.isel(member=slice(members)), tmp_path / "people.zarr")
    assert load_ensemble(tmp_path / "people.zarr").identical(ENSEMBLE)
    assert [path.name for path in tmp_path.iterdir()] == ["people.zarr"]


def test_a_folder_that_is_no_store_is_not_replaced(tmp_path):
    (tmp_path / "people.zarr").mkdir()
    (tmp_path / "people.zarr" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"people\.zarr: something is there that is no Zarr store"):
        simulate(MODEL, members=2, path=tmp_path / "people.zarr")
    assert (tmp_path / "people.zarr" / "notes.txt").read_text() == "mine"


def test_a_failure_in_the_midst_leaves_the_old_store(tmp_path, monkeypatch):
    save_ensemble(ENSEMBLE, tmp_path / "people.zarr")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zarr_store, "_write_variable", full)
    with pytest.raises(EnvironmentError_, match=r"people\.zarr: the disk is full"):
        save_ensemble(ENSEMBLE.isel(member=[0]), tmp_path / "people.zarr")
    assert load_ensemble(tmp_path / "people.zarr").identical(ENSEMBLE)
    assert [path.name for path in tmp_path.iterdir()] == ["people.zarr"]


def test_a_missing_package_is_named_before_anything_is_simulated(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "zarr", None)
    with pytest.raises(EnvironmentError_, match=r"pip install 'tidings\[zarr\]', or write \.nc"):
        simulate(MODEL, members=2, path=tmp_path / "people.zarr")
    assert not list(tmp_path.iterdir())
