"""Contract: with two sources of bulletins, hindcast and forecast tell how far each is off and how late it publishes."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from tidings.cli import cli
from tidings.examples import copy_example

OFF = (1.0, 1.5, 0.7, 1.3, 0.6)


def tidings(*words):
    result = CliRunner().invoke(cli, [*map(str, words)])
    assert result.exit_code == 0, (result.output, result.stderr)
    return result.stdout


def row(place, day, people, source, published):
    return f"{place},{day},stock,{people:.0f},,,person,,{source},{published},\n"


@pytest.fixture
def folder(tmp_path):
    """Valdria before its war: the camp is counted by a registry, and by a radio that is off and ten days late."""
    crisis = copy_example("valdria", tmp_path / "valdria")
    for report in sorted((crisis / "reports").iterdir()):
        tidings("add", crisis, report)
    start, table = dt.date(2031, 2, 24), crisis / "bulletins.csv"
    head = table.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    days = [start + dt.timedelta(days=number) for number in range(0, 150, 5)]
    registry = [row("lindra-camp", day, 2000 + 20 * n, "Registry", day) for n, day in enumerate(days)]
    radio = [
        row(
            "lindra-camp",
            day + dt.timedelta(days=2),
            OFF[n % 5] * (2000 + 20 * n),
            "Radio",
            day + dt.timedelta(days=12),
        )
        for n, day in enumerate(days)
    ]
    table.write_text(head + "".join(registry + radio), encoding="utf-8")
    return crisis


def warnings(document):
    return {warning["code"]: warning["message"] for warning in json.loads(document)["warnings"]}


def test_a_hindcast_tells_the_errors_and_delays_of_sources(folder):
    told = warnings(tidings("hindcast", folder, "--horizons", "30", "--json"))
    assert "Radio is off by" in told["source_errors"]
    assert "published 10 days after the day counted" in told["source_errors"]
    assert "Registry is off by" in tidings("hindcast", folder, "--horizons", "30")


def test_a_forecast_tells_them_too_and_that_rows_are_out_of_order(folder):
    asked = ("forecast", folder, "--from", "2031-07-20", "--as-of", "2031-07-19", "--days", 3, "--members", 4)
    told = warnings(tidings(*asked, "--json"))
    assert "Radio is off by" in told["source_errors"]
    assert "published 10 days after the day counted" in told["source_errors"]
    assert told["bulletins_out_of_order"] == "Bulletins are out of order: they are sorted by day."


def test_bulletins_from_claims_have_the_outlet_as_their_source_and_not_the_claim(folder):
    told = warnings(tidings("hindcast", folder, "--horizons", "30", "--json"))["source_errors"]
    claims = json.loads(tidings("claims", folder, "--json"))
    assert not any(claim["id"] in told for claim in claims["claims"])


def test_a_hindcast_says_what_its_seed_changes(folder):
    assert "draw nothing" in tidings("hindcast", folder, "--horizons", "30")
