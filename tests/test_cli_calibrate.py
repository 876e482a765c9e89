"""Contract: `tidings calibrate` fits parameters on several folders at once, and a hindcast takes what it wrote."""

import json

import pytest
import yaml
from click.testing import CliRunner

from tests.interchange.flee.folders import flee_folder
from tidings.cli import cli
from tidings.forecast import calibrate as fitting

LONG = "\n".join(f"2031-{month:02d}-{day:02d},{110 * month + 3 * day}" for month in range(3, 13) for day in (1, 11, 21))


def tidings(command, *words, status=0):
    result = CliRunner().invoke(cli, [command, *map(str, words)])
    assert result.exit_code == status, (result.output, result.stderr, result.exception)
    return result


@pytest.fixture
def two(tmp_path, monkeypatch):
    """Two conflicts that are large enough, and a search that ends early."""
    for member in fitting.MOST_STEPS:
        monkeypatch.setitem(fitting.MOST_STEPS, member, 1)
    return [flee_folder(tmp_path / name, dunmere=LONG, elvik=LONG.replace(",", ",1")) for name in ("one", "other")]


def test_each_conflict_is_left_out_once_and_one_set_knows_all(two):
    told = json.loads(tidings("calibrate", *two, "--leave-one-out", "--json").stdout)
    assert told["schema"] == "tidings/calibration@1"
    assert [fitted["left_out"] for fitted in told["sets"]] == ["one", "other", None]
    assert [fitted["provenance"]["conflicts"] for fitted in told["sets"]] == [["other"], ["one"], ["one", "other"]]
    assert told["sets"][0]["provenance"]["command"] == "tidings calibrate one other --leave-one-out"


def test_a_hindcast_takes_the_set_that_does_not_know_its_conflict(two, tmp_path):
    tidings("calibrate", *two, "--leave-one-out", "-o", tmp_path / "fitted.yaml")
    told = json.loads(tidings("hindcast", two[0], "--parameters", tmp_path / "fitted.yaml", "--json").stdout)
    assert told["schema"] == "tidings/scorecard@1"
    assert told["rows"]


def test_a_hindcast_refuses_parameters_that_were_fitted_on_its_conflict(two, tmp_path):
    tidings("calibrate", *two, "-o", tmp_path / "fitted.yaml")
    told = tidings("hindcast", two[0], "--parameters", tmp_path / "fitted.yaml", status=1)
    assert "they were fitted on one, whose reports are to be scored" in told.stderr


def test_the_text_names_conflicts_scores_and_the_file(two, tmp_path):
    told = tidings("calibrate", two[0], "-o", tmp_path / "fitted.yaml").stdout
    assert all(word in told for word in ("one:", "trend.size_up", "fitted.yaml", "One conflict alone"))


def test_all_folders_that_are_wrong_are_told_at_once_and_nothing_is_written(two, tmp_path):
    target = tmp_path / "fitted.yaml"
    told = tidings("calibrate", tmp_path / "nowhere", two[0], tmp_path / "missing", "-o", target, status=1)
    assert "nowhere" in told.stderr
    assert "missing" in told.stderr
    assert not target.exists()


def test_one_conflict_given_twice_is_refused(two):
    assert "several folders" in tidings("calibrate", two[0], two[0], status=1).stderr


def test_conflicts_with_few_reports_are_refused_where_none_is_left(tmp_path):
    told = tidings("calibrate", flee_folder(tmp_path / "short"), status=1)
    assert "0 with at least 50 points (short 0), where 1 must be" in told.stderr


def test_none_can_be_left_out_of_one(two):
    assert "where 2 must be" in tidings("calibrate", two[0], "--leave-one-out", status=1).stderr


@pytest.mark.parametrize(
    ("change", "met"),
    [
        (lambda sets: sets[0]["trend"].update(size_up=-1), "sets.0.trend.size_up"),
        (lambda sets: sets[0]["trend"].update(wind=1), "sets.0.trend.wind"),
        (lambda sets: sets.clear(), "one set with left_out null"),
    ],
)
def test_a_file_of_parameters_that_is_wrong_is_refused_by_the_value(two, tmp_path, change, met):
    target = tmp_path / "fitted.yaml"
    tidings("calibrate", two[0], "-o", target)
    told = yaml.safe_load(target.read_text())
    change(told["sets"])
    target.write_text(yaml.safe_dump(told))
    assert met in tidings("hindcast", two[1], "--parameters", target, status=1).stderr


def test_a_file_that_is_no_yaml_is_refused(two, tmp_path):
    (tmp_path / "fitted.yaml").write_text("[")
    assert (
        "no file of parameters"
        in tidings("hindcast", two[0], "--parameters", tmp_path / "fitted.yaml", status=1).stderr
    )
