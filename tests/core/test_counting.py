"""Contract: one thing is one thing: in no output does a one stand before a plural."""

import re

import pytest
from click.testing import CliRunner

from tests.interchange.flee.folders import flee_folder
from tidings.cli import cli
from tidings.core.counting import agreed, counted
from tidings.examples import copy_example

ONE_OF_MANY = re.compile(
    r"(?<![\d.,])1 (?:days|members|reports|roads|rows|claims|bulletins|places|points|numbers|people|past forecasts)"
)
DAYS = "\n".join(f"2031-{month:02d}-01,{100 * month}" for month in (3, 4, 5, 6))


def shown(*words):
    result = CliRunner().invoke(cli, [*map(str, words)])
    assert result.exit_code in (0, 1), result.exception
    return result.stdout + result.stderr


def test_numbers_and_nouns_agree():
    assert [counted(n, "row") for n in (0, 1, 2, 1000)] == ["0 rows", "1 row", "2 rows", "1,000 rows"]
    assert (counted(1, "person", "people"), counted(2, "person", "people")) == ("1 person", "2 people")
    assert [agreed(n, "is", "are") for n in (0, 1, 2)] == ["are", "is", "are"]


def test_a_forecast_of_one_day_from_one_bulletin_says_so(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    for report in sorted((crisis / "reports").iterdir()):
        shown("add", crisis, report)
    told = shown("forecast", crisis, "--days", 1, "--members", 2, "--from", "2031-03-06")
    assert "1 day, 2 members" in told
    assert ONE_OF_MANY.findall(told + shown("check", crisis) + shown("situation", crisis)) == []


@pytest.mark.parametrize("horizon", [1, 30])
def test_a_hindcast_of_one_day_or_one_report_says_so(tmp_path, horizon):
    folder = flee_folder(tmp_path / "instance", dunmere=DAYS)
    told = shown("hindcast", folder, "--horizons", horizon)
    assert "ahead" in told
    assert ONE_OF_MANY.findall(told) == []


def test_a_simulation_of_one_day_says_so(tmp_path):
    folder = flee_folder(tmp_path / "instance")
    period = folder / "sim_period.csv"
    period.write_text(re.sub(r"(?m)^(Length\s*,\s*)\d+", r"\g<1>1", period.read_text()))
    assert ONE_OF_MANY.findall(shown("simulate", folder, "--members", 2)) == []
