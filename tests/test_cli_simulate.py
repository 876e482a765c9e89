"""Contract: a Flee folder runs as it is from the command line, by either rules, and a crisis becomes one."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import xarray
from click.testing import CliRunner

from tests.interchange.flee.folders import flee_folder
from tidings.cli import cli
from tidings.examples import copy_example


def tidings(*words, status=0):
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == status, (result.output, result.stderr, result.exception)
    return result


def documents(*words, **kwargs):
    return json.loads(tidings(*words, "--json", **kwargs).stdout)


@pytest.fixture
def folder(tmp_path):
    return flee_folder(tmp_path / "instance")


@pytest.mark.parametrize("rules", ["flee", "tidings"])
def test_a_simulation_tells_who_is_where_on_the_last_day(folder, rules):
    told = documents("simulate", folder, "--rules", rules, "--members", 5, "--seed", 3)
    assert told["schema"] == "tidings/simulation@1"
    assert (told["days"], told["members"], told["rules"], told["seed"]) == (5, 5, rules, 3)
    assert [each["place"] for each in told["places"]] == ["Aldra", "Beska", "Corin", "Dunmere", "Elvik"]
    assert told["people"] >= sum(each["mean"] for each in told["places"]) > 0


def test_flee_has_the_registered_total_and_a_unit_is_hasten_people(folder, tmp_path):
    settings = tmp_path / "simsetting.yml"
    settings.write_text("optimisations:\n  hasten: 10\n")
    target = tmp_path / "flee.nc"
    told = documents("simulate", folder, "--settings", settings, "--members", 4, "-o", target)
    assert told["people"] == 700  # 300 on day 0, and all who were registered since
    with xarray.open_dataset(target, engine="h5netcdf") as ensemble:
        assert ensemble["people"].dims == ("member", "day", "place")
        assert list(ensemble["place"].to_numpy()) == ["Aldra", "Beska", "Corin", "Dunmere", "Elvik"]
        assert np.all(ensemble["people"].to_numpy() % 10 == 0)


def test_the_seed_decides_and_the_workers_do_not(folder, tmp_path):
    files = [tmp_path / f"{name}.nc" for name in ("one", "two", "other")]
    for target, words in zip(files, (["--seed", 1], ["--seed", 1, "--workers", 2], ["--seed", 2]), strict=True):
        tidings("simulate", folder, "--members", 6, "-o", target, *words)
    assert files[0].read_bytes() == files[1].read_bytes() != files[2].read_bytes()


def running(target, folder, workers):
    """Start a simulation that would take minutes, and return it once a part is finished."""
    command = [sys.executable, "-c", "from tidings.cli import main; main()", "simulate", str(folder)]
    words = ["--members", "200000", "--workers", str(workers), "-o", str(target)]
    run = subprocess.Popen([*command, *words], stderr=subprocess.PIPE, text=True, start_new_session=True)
    ends = time.monotonic() + 180
    while not list(target.with_name(f"{target.name}.parts").glob("*.part")):
        assert run.poll() is None
        assert time.monotonic() < ends
        time.sleep(0.02)
    return run


def alive(group):
    """Return the processes of a group that have not ended."""
    told = subprocess.run(["ps", "-e", "-o", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return [row for line in told.splitlines() if (row := line.split())[0] == str(group) and not row[1].startswith("Z")]


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes")
@pytest.mark.parametrize(
    ("workers", "sent", "status", "pauses"),
    [
        (2, signal.SIGINT, 130, ()),
        (2, signal.SIGINT, 130, (0.05,)),
        (2, signal.SIGINT, 130, (0.01,) * 12),
        (2, signal.SIGTERM, 143, (0.05,)),
        (1, signal.SIGINT, 130, (0.05, 0.3)),
    ],
)
def test_a_simulation_ends_at_the_first_signal_whatever_follows(folder, tmp_path, workers, sent, status, pauses):
    run = running(tmp_path / "long.nc", folder, workers)
    os.killpg(run.pid, sent)
    for pause in pauses:
        time.sleep(pause)
        if run.poll() is None:
            os.killpg(run.pid, sent)
    _, told = run.communicate(timeout=60)
    assert run.returncode == status
    lines = [line for line in told.splitlines() if not line.startswith("warning")]
    assert lines[0] == "stopping: closing the simulation, what is finished is kept"
    assert [line.partition(":")[0] for line in lines[1:]] == ["not finished", "interrupted"]
    time.sleep(0.2)  # the tracker of multiprocessing ends by itself
    assert not alive(run.pid)
    assert not (tmp_path / "long.nc").exists()


def test_our_own_rules_are_told_to_be_an_illustration_and_fewer_units_than_people_are_told(folder, tmp_path):
    own = tidings("simulate", folder, "--rules", "tidings", "--members", 2)
    assert own.stderr.count("warning: what rules tidings give is an illustration, not validated\n") == 1
    assert "People, residents and displaced, on the last day" in own.stdout
    assert documents("simulate", folder, "--rules", "tidings", "--members", 2)["validated"] is False
    settings = tmp_path / "simsetting.yml"
    settings.write_text("optimisations:\n  hasten: 100000\n")
    flee = tidings("simulate", folder, "--settings", settings, "--members", 2)
    assert "warning: hasten: a unit (hasten) is 100,000 people" in flee.stderr
    assert "Displaced people on the last day: 0" in flee.stdout
    assert "illustration" not in flee.stderr


def test_what_is_odd_in_a_folder_is_told_on_standard_error(tmp_path):
    folder = flee_folder(tmp_path / "odd", ("routes.csv", "Beska,Corin,60,0\n", "Beska,Corin,60,0\nCorin,Beska,60,0\n"))
    result = tidings("simulate", folder, "--members", 2)
    assert "routes.csv:4" in result.stderr
    assert "Dunmere" in result.stdout


def test_every_problem_of_a_folder_is_told_at_once(tmp_path):
    folder = flee_folder(
        tmp_path / "bad",
        ("routes.csv", "Aldra,Beska,50,0", "Aldra,Beska,-50,0"),
        ("locations.csv", "town,,3000", "town,,3x"),
    )
    told = documents("simulate", folder, status=1)
    assert told["schema"] == "tidings/problems@1"
    assert {problem["where"].partition(":")[0].rpartition("/")[2] for problem in told["problems"]} == {
        "routes.csv",
        "locations.csv",
    }


def test_a_folder_that_is_no_flee_instance_is_refused(tmp_path):
    assert "locations.csv" in tidings("simulate", tmp_path, status=1).stderr


def test_unknown_settings_are_refused_by_name(folder, tmp_path):
    settings = tmp_path / "simsetting.yml"
    settings.write_text("move_rules:\n  awarenes_level: 2\n")
    assert "awareness_level" in tidings("simulate", folder, "--settings", settings, status=1).stderr


def test_settings_of_flee_are_refused_under_our_own_rules(folder, tmp_path):
    settings = tmp_path / "simsetting.yml"
    settings.write_text("optimisations:\n  hasten: 10\n")
    result = tidings("simulate", folder, "--rules", "tidings", "--settings", settings, status=1)
    assert "--settings: a simsetting.yml says nothing under rules tidings" in result.stderr


def test_an_export_into_a_folder_that_is_not_there_is_refused(tmp_path):
    copy_example("valdria", tmp_path / "valdria")
    result = tidings("export", "flee", tmp_path / "valdria", "-o", tmp_path / "none" / "flee", status=3)
    assert "its folder does not exist" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_crisis_is_written_as_a_flee_instance_that_runs(tmp_path):
    crisis = tmp_path / "valdria"
    copy_example("valdria", crisis)
    tidings("add", crisis, *sorted((crisis / "reports").iterdir()))
    made = documents("export", "flee", crisis, "-o", tmp_path / "as-flee")
    assert made["path"] == str(tmp_path / "as-flee")
    exported = tmp_path / "as-flee" / "input_csv"
    told = documents("simulate", exported, "--members", 2)
    assert {"Dorvik"} <= {each["place"] for each in told["places"]}
    own = documents("simulate", exported, "--members", 2, "--rules", "tidings")
    rows = [line.split(",") for line in (exported / "locations.csv").read_text().splitlines()]
    markers = {row[0] for row in rows if "marker" in row}
    assert markers
    assert {"Dorvik"} <= {each["place"] for each in own["places"]}
    assert not markers & {each["place"] for each in own["places"]}
