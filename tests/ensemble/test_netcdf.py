"""A NetCDF file is written whole or not at all, and HDF5 is not told when a disk fills up under it."""

import errno
import io

import pytest
import xarray

from tests.ensemble.models import MODEL
from tidings.ensemble.netcdf import Enduring, write_netcdf
from tidings.ensemble.packed import packed
from tidings.ensemble.run import simulate
from tidings.ensemble.summaries import summarise

ENSEMBLE = simulate(MODEL, members=3)


class Full(io.BytesIO):
    """A file on a disk that fills up."""

    def write(self, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    truncate = flush = write


def test_the_first_failure_is_kept_and_not_raised():
    file = Enduring(Full())
    assert file.write(b"four") == 4
    first = file.failed
    assert file.truncate(9) == 9
    file.flush()
    assert file.failed is first
    assert isinstance(first, OSError)


@pytest.mark.parametrize("act", [lambda file: file.truncate(9), lambda file: file.flush(None)])
def test_each_act_that_fails_is_remembered(act):
    inner = Full()
    inner.flush = lambda: inner.write(b"")
    file = Enduring(inner)
    file.truncate(9)
    assert file.failed is not None
    other = Enduring(inner)
    other.flush()
    assert other.failed is not None


def test_what_is_written_is_read_back():
    file = Enduring(io.BytesIO())
    file.write(b"abcdef")
    file.seek(2)
    assert file.read(3) == b"cde"
    assert file.tell() == 5
    file.truncate(1)
    assert file.inner.getvalue() == b"a"


def test_the_file_opens_as_a_tree_with_the_summary_on_the_same_days_and_places(tmp_path):
    write_netcdf(packed(ENSEMBLE), summarise(ENSEMBLE), tmp_path / "people.nc")
    with xarray.open_datatree(tmp_path / "people.nc", engine="h5netcdf") as tree:
        summary = tree["summary"].to_dataset()
        assert summary["people"].sizes == {"statistic": 11, "day": 12, "place": 4}
        assert summary["people"].sel(place="Home", statistic="mean").dims == ("day",)


def test_the_summary_alone_is_selected_from_by_name_and_by_day(tmp_path):
    write_netcdf(packed(ENSEMBLE), summarise(ENSEMBLE), tmp_path / "people.nc")
    with xarray.open_dataset(tmp_path / "people.nc", engine="h5netcdf", group="summary") as summary:
        assert summary["people"].sel(place="Home", statistic="mean").dims == ("day",)
        assert summary["waiting"].sel(crossing=str(summary["crossing"][0].item()), day=3).dims == ("statistic",)
        assert summary["on_road"].sel(group=summary["group"][0]).dims == ("statistic", "day")
        assert summary["place_id"].to_numpy().tolist() == ["home", "village", "gateside", "abroad"]
        assert summary["date"].to_numpy()[0].astype(str).startswith("2031-03-01")


def test_the_file_tells_what_made_it_and_each_members_parameters(tmp_path):
    write_netcdf(packed(ENSEMBLE), summarise(ENSEMBLE), tmp_path / "people.nc")
    with xarray.open_dataset(tmp_path / "people.nc", engine="h5netcdf") as opened:
        assert (opened.attrs["rules"], opened.attrs["validated"]) == ("tidings", "false")
        assert opened["parameters"].dims == ("member", "parameter")
        told = opened["parameters"].sel(parameter="speed_foot").to_numpy()
        assert told.tolist() == MODEL.parameters_of(1, range(3))["speed_foot"].tolist()


def test_others_find_counts_units_and_days_in_it(tmp_path):
    write_netcdf(packed(ENSEMBLE), summarise(ENSEMBLE), tmp_path / "people.nc")
    with xarray.open_dataset(tmp_path / "people.nc", engine="h5netcdf") as opened:
        assert opened["people"].dims == ("member", "day", "place")
        assert opened["people"].attrs["units"] == "persons"
        assert opened["people"].dtype == "int64"
        assert opened["date"].to_numpy()[0].astype(str).startswith("2031-03-01")
