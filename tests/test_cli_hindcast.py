"""Contract: `tidings hindcast` scores past forecasts of a Flee folder or a crisis folder, beside the baselines."""

import csv
import json

import pytest
from click.testing import CliRunner

from tests.interchange.flee.folders import flee_folder
from tidings.cli import cli
from tidings.examples import copy_example

METHODS = {
    "last_report", "drift", "damped_drift", "equal_split", "last_shares_true_total", "gravity", "radiation",
    "nearest_crossing", "zero",
}  # fmt: skip
LONG = "\n".join(f"2031-{month:02d}-{day:02d},{100 * month + day}" for month in range(3, 9) for day in (1, 15))


def hindcast(*words, status=0):
    result = CliRunner().invoke(cli, ["hindcast", *map(str, words)])
    assert result.exit_code == status, (result.output, result.stderr, result.exception)
    return result


def append(crisis, rows):
    table = crisis / "bulletins.csv"
    table.write_text(table.read_text() + rows)


@pytest.fixture
def folder(tmp_path):
    return flee_folder(tmp_path / "instance", dunmere=LONG)


def test_the_scorecard_holds_what_the_contract_promises(folder):
    told = json.loads(hindcast(folder, "--horizons", "60,30", "--json").stdout)
    assert told["schema"] == "tidings/scorecard@1"
    assert set(told["methods"]) >= METHODS
    assert {row["horizon_days"] for row in told["rows"]} == {30, 60}
    protocol = {"as_of": True, "future_conflict_known": False, "capacities_before_origin": True,
                "report_dates_only": True, "members": 200, "seed": 1}  # fmt: skip
    assert protocol.items() <= told["protocol"].items()
    last = next(row for row in told["summary"] if row["method"] == "last_report")
    assert (last["relative_wape"], last["relative_wis"]) == (1, 1)


def test_every_forecast_is_written_in_hubverse_columns(folder, tmp_path):
    target = tmp_path / "forecasts.csv"
    hindcast(folder, "--forecasts", target)
    rows = list(csv.DictReader(target.read_text().splitlines()))
    assert {row["model_id"] for row in rows} >= METHODS
    assert {row["location"] for row in rows} == {"Dunmere"}


def test_the_same_folder_gives_the_same_bytes(folder, tmp_path):
    told = [hindcast(folder, "--json", "--forecasts", tmp_path / name).stdout for name in ("a.csv", "b.csv")]
    assert told[0] == told[1]
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_source_data_may_stand_elsewhere(folder, tmp_path):
    (folder.parent / "source_data").rename(tmp_path / "counts")
    hindcast(folder, "--source-data", tmp_path / "counts")


def test_a_crisis_folder_is_scored_by_its_bulletins(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    more = (f"lindra-camp,{line.replace(',', ',stock,')},,,person,,,,\n" for line in LONG.splitlines())
    append(crisis, "".join(more))
    told = json.loads(hindcast(crisis, "--horizons", "30", "--json").stdout)
    assert {row["instance"] for row in told["rows"]} == {"valdria"}
    assert any(warning["code"] == "exercise" for warning in told["warnings"])


def test_a_bulletin_of_what_is_no_place_is_refused(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    append(crisis, "nowhere,2031-03-01,stock,100,,,person,,,,\n")
    assert "nowhere" in hindcast(crisis, status=1).stderr


def test_a_folder_that_is_neither_is_refused(tmp_path):
    assert "it holds no locations.csv" in hindcast(tmp_path, status=1).stderr


def test_source_data_of_a_crisis_folder_is_refused(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    assert "--source-data" in hindcast(crisis, "--source-data", tmp_path, status=1).stderr


@pytest.mark.parametrize("horizons", ["", "0", "30,x", "-5", "366", "30,,60"])
def test_horizons_that_are_no_days_are_refused(folder, horizons):
    assert "are not days from 1 to 365" in hindcast(folder, "--horizons", horizons, status=2).stderr
