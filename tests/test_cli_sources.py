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


def bulletins(crisis, *rows):
    table = crisis / "bulletins.csv"
    head = table.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    table.write_text(head + "".join(rows), encoding="utf-8")


def counted(month, day, people):
    return row("lindra-camp", dt.date(2031, month, day), people, "Registry", dt.date(2031, month, day))


def forecast(crisis, *words):
    return json.loads(tidings("forecast", crisis, "--days", 2, "--members", 4, "--json", *words))


BEFORE = [counted(2, 24, 4000), counted(3, 1, 4500), counted(3, 5, 5000)]


def test_a_forecast_begins_after_a_bulletin_that_is_newer_than_the_last_report(folder):
    bulletins(folder, *BEFORE, counted(3, 20, 15_000))
    made = forecast(folder)
    assert (made["from"], made["as_of"]) == ("2031-03-21", "2031-03-20")
    assert [(last["day"], last["people"]) for last in made["last_reports"] if last["location"] == "lindra-camp"] == [
        ("2031-03-20", 15_000)
    ]
    told = {warning["code"]: warning["message"] for warning in made["warnings"]}
    assert "last bulletin is of 2031-03-20 and the last report of 2031-03-06" in told["bulletin_after_reports"]
    assert "bulletins_not_used" not in told
    tidings("brief", folder)
    assert "21 March 2031" in (folder / "brief.html").read_text(encoding="utf-8")


def came(month, day, people, place="lindra-camp"):
    return counted(month, day, people).replace("stock", "flow").replace("lindra-camp", place)


def test_a_forecast_begins_after_the_newest_flow_where_people_were_counted_and_starts_from_both(folder):
    bulletins(folder, *BEFORE, came(3, 12, 700), came(3, 19, 1400), came(3, 25, 90, "hallenz"))
    made = forecast(folder)
    assert made["from"] == "2031-03-20"
    told = {warning["code"]: warning["message"] for warning in made["warnings"]}
    assert "Lindra camp (2,100 since 2031-03-06): nobody tells who left since" in told["flow_brings_on"]
    assert "lindra-camp 2031-03-19: came, 1,400 (Registry)" in made["made_from"]["bulletins"]
    (last,) = (last for last in made["last_reports"] if last["location"] == "lindra-camp")
    assert last["day"] == "2031-03-06"
    there = next(t for t in made["targets"] if (t["location"], t["quantity"]) == ("lindra-camp", "present"))
    assert last["people"] + 1500 < there["quantiles"]["0.5"] < last["people"] + 3000
    assert told["bulletins_not_used"].startswith("1 bulletin after 2031-03-19 is not used")


def test_bulletins_that_a_first_day_leaves_unused_are_counted(folder):
    bulletins(folder, *BEFORE, counted(3, 20, 15_000))
    told = {warning["code"]: warning["message"] for warning in forecast(folder, "--from", "2031-03-07")["warnings"]}
    assert told["bulletins_not_used"].startswith(
        "1 bulletin after 2031-03-06 is not used: the forecast begins on 2031-03-07"
    )


def test_a_folder_with_bulletins_and_no_ledger_is_forecast_as_it_is_hindcast(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    bulletins(crisis, *BEFORE)
    made = forecast(crisis)
    assert made["from"] == "2031-03-06"
    codes = {warning["code"] for warning in made["warnings"]}
    assert {"nothing_told", "from_reports"} <= codes
    assert made["made_from"]["claims"] == []
    assert not (crisis / "ledger.db").exists()
    tidings("brief", crisis)
    page = (crisis / "brief.html").read_text(encoding="utf-8")
    assert "The reports give no figure of people; the crisis’s bulletins do" in page


def test_a_folder_without_bulletins_and_ledger_still_asks_for_a_report(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    bulletins(crisis)
    result = CliRunner().invoke(cli, ["forecast", str(crisis)])
    assert (result.exit_code, "there is no ledger" in result.stderr) == (1, True)


@pytest.mark.parametrize("command", ["check", "forecast", "brief", "hindcast"])
def test_a_bulletin_of_a_day_that_lies_ahead_is_refused_by_every_command_but_for_an_exercise(folder, command):
    bulletins(folder, *BEFORE, counted(3, 20, 15_000))
    settings = folder / "crisis.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("start: 2031-02-24", "start: 2020-01-01"))
    result = CliRunner().invoke(cli, [command, str(folder)])
    assert result.exit_code == 1
    assert "bulletins.csv:5: the stock at 'lindra-camp' is of 2031-03-20, after today" in result.stderr


def warnings(document):
    return {warning["code"]: warning["message"] for warning in json.loads(document)["warnings"]}


def test_a_hindcast_tells_the_errors_and_delays_of_sources(folder):
    told = warnings(tidings("hindcast", folder, "--horizons", "30", "--json"))
    assert "Radio is off by" in told["source_errors"]
    assert "published 10 days after the day counted" in told["source_errors"]
    assert "count in full: Orlest Relief Committee, Registry, " in tidings("hindcast", folder, "--horizons", "30")


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


def test_check_tells_what_is_wrong_in_tables_parameters_and_scenarios_at_once(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    day = dt.date(2031, 3, 1)
    bulletins(crisis, row("nowhere", day, 5, "Registry", day))
    with (crisis / "crisis.yaml").open("a", encoding="utf-8") as file:
        file.write("parameters: {no_such_thing: 3}\nscenarios:\n  opens: {roads: {no-such-road: open}}\n")
    told = CliRunner().invoke(cli, ["check", str(crisis)]).stderr
    assert "place 'nowhere' is not a place" in told
    assert "no_such_thing" in told
    assert "'no-such-road' is not in roads.csv" in told


def test_scenarios_are_not_held_against_tables_that_could_not_be_read(tmp_path):
    crisis = copy_example("valdria", tmp_path / "valdria")
    (crisis / "roads.csv").write_text("from,to\nvelmora,nowhere\n", encoding="utf-8")
    with (crisis / "crisis.yaml").open("a", encoding="utf-8") as file:
        file.write("scenarios:\n  opens: {roads: {velmora--dorvik: open}}\n")
    told = CliRunner().invoke(cli, ["check", str(crisis)]).stderr
    assert "'nowhere'" in told
    assert "velmora--dorvik" not in told


def test_the_office_of_a_bulletin_and_the_name_of_a_claim_are_one_source(tmp_path):
    crisis = copy_example("aleppo-2016", tmp_path / "aleppo")
    for report in sorted((crisis / "reports").iterdir()):
        tidings("add", crisis, report)
    assert "Of Numan Kurtulmus, United Nations none can be held" in tidings("hindcast", crisis)
    told = json.loads(tidings("forecast", crisis, "--members", 4, "--days", 3, "--json"))
    assert {last["source"] for last in told["last_reports"]} <= {"Numan Kurtulmus", "United Nations"}
