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
    "nearest_crossing", "zero", "tidings", "tidings_total_given",
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
    told = json.loads(hindcast(folder, "--source-data", tmp_path / "counts", "--json").stdout)
    assert told["rows"]


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


def test_whatever_is_odd_in_bulletins_is_told_in_the_warnings_and_the_rest_is_scored(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    camp = [f"lindra-camp,{line.replace(',', ',stock,')},,,person,,,,\n" for line in LONG.splitlines()]
    odd = (
        "hallenz,2031-05-01,stock,0,,,person,,,,\n"  # a first report of nobody
        "hallenz,2031-06-01,stock,9000,,,person,,,,\n"
        "hallenz,2031-07-01,stock,3000,,,person,,,,\n"  # a fall
        "hallenz,2031-07-01,stock,3100,,,person,,,2031-07-03,\n"  # the day again
        "hallenz,2031-04-20,stock,700,,,household,5,,,\n"  # out of order, and in households
        "brusk,2031-06-01,flow,50,,,person,,,,\n"
        "brusk,2031-06-05,stock,,100,300,person,,,,\n"
    )
    append(crisis, "".join(camp) + odd.replace("hallenz,2031-04-20", "hallenz,2031-06-20"))
    told = json.loads(hindcast(crisis, "--horizons", "30", "--json").stdout)
    assert {warning["code"] for warning in told["warnings"]} >= {
        "bulletins_out_of_order", "repeated_day", "stock_falls", "implausible_jump", "units_mixed",
        "first_report_of_nobody", "flow_brings_on", "bulletin_range",
    }  # fmt: skip
    assert {row["n"] for row in told["summary"]} != {0}


def test_households_without_a_size_are_refused(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    append(crisis, "brusk,2031-06-01,stock,80,,,household,,,,\n")
    assert "household_size is empty" in hindcast(crisis, status=1).stderr


def test_a_bulletin_of_a_day_that_lies_ahead_is_refused(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    settings = crisis / "crisis.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("start: 2031-02-24", "start: 2020-01-01"))
    assert "after today" in hindcast(crisis, status=1).stderr


def test_the_simulation_is_scored_beside_the_forecast_where_it_is_asked_for(folder):
    told = json.loads(hindcast(folder, "--with-simulation", "--members", "4", "--horizons", "30", "--json").stdout)
    assert {"simulation", "tidings_with_simulation"} <= set(told["methods"])
    assert {row["failures"] for row in told["summary"] if "simulation" in row["method"]} == {0}


def test_a_folder_that_is_neither_is_refused(tmp_path):
    told = hindcast(tmp_path, status=1).stderr
    assert (
        f"{tmp_path}: it holds neither crisis.yaml nor locations.csv. Name a crisis folder with bulletins.csv" in told
    )


def test_a_folder_that_is_not_there_says_where_and_what_to_name_instead(tmp_path):
    told = hindcast(tmp_path / "nowhere", status=1).stderr
    assert f"{tmp_path / 'nowhere'}: there is no such folder. Name a crisis folder with bulletins.csv" in told
    (tmp_path / "file").write_text("")
    assert "file: this is a file, not a folder. Name a crisis folder" in hindcast(tmp_path / "file", status=1).stderr


def test_a_crisis_folder_without_stocks_says_which_file_and_which_columns_to_fill(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    (crisis / "bulletins.csv").unlink()
    told = hindcast(crisis, status=1).stderr
    assert f"{crisis / 'bulletins.csv'}: there is no such file, and no report tells a stock of people" in told
    assert "Add stocks to it: place, day, measure stock, people" in told
    (crisis / "bulletins.csv").write_text("place,day,measure,people\n")
    assert "bulletins.csv: it holds no stock of people, and no report tells one" in hindcast(crisis, status=1).stderr


def test_source_data_of_a_crisis_folder_is_refused(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    assert "--source-data" in hindcast(crisis, "--source-data", tmp_path, status=1).stderr


@pytest.mark.parametrize("horizons", ["", "0", "30,x", "-5", "366", "30,,60"])
def test_horizons_that_are_no_days_are_refused(folder, horizons):
    assert "are not days from 1 to 365" in hindcast(folder, "--horizons", horizons, status=2).stderr
