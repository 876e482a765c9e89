"""Contract: `tidings forecast --scenario` compares layers with shared luck; `--sensitivity` tells what matters."""

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner

from tidings.cli import cli
from tidings.examples import copy_example

LAYERS = """
scenarios:
  border_opens: {crossings: {orlest-bridge: open}}
  town_falls: {places: {hallenz: {held_by: ilvane-front, violence: 2}}}
  road_reopens: {roads: {velmora--dorvik: open}}
  nothing_changes: {}
"""
NAMES = ("border_opens", "town_falls", "road_reopens", "nothing_changes")


def tidings(*words):
    result = CliRunner().invoke(cli, [*map(str, words)])
    assert result.exit_code == 0, (result.output, result.stderr)
    return result.stdout


@pytest.fixture(scope="module")
def valdria(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crisis") / "valdria"
    copy_example("valdria", folder)
    settings = folder / "crisis.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + LAYERS, encoding="utf-8")
    tidings("add", folder, *sorted((folder / "reports").iterdir()))
    return folder


@pytest.fixture(scope="module")
def told(valdria):
    words = [word for name in NAMES for word in ("--scenario", name)]
    return json.loads(tidings("forecast", valdria, "--days", "10", "--members", "40", "--json", *words))


def difference(told, scenario, location):
    last = max(date.fromisoformat(one["day"]) for one in told["differences"]).isoformat()
    (found,) = (one for one in told["differences"]
                if (one["scenario"], one["location"], one["quantity"], one["day"])
                == (scenario, location, "arrivals", last))  # fmt: skip
    return found


def test_a_border_that_opens_lets_more_people_across(told):
    across = difference(told, "border_opens", "ketterby")
    assert across["against"] == "base"
    assert across["quantiles"]["0.05"] >= 0 < across["mean"]


def test_a_town_that_falls_drives_people_to_the_next(told):
    assert difference(told, "town_falls", "orlest")["quantiles"]["0.1"] > 0


def test_a_town_that_falls_is_said_to_be_held_from_the_first_day_so_that_nobody_fled_before(told):
    (warning,) = (one["message"] for one in told["warnings"] if one["code"] == "held_from_first_day")
    assert warning.startswith("In town_falls Hallenz changes hands before the first day")
    assert "border_opens" not in warning


def test_a_road_that_reopens_brings_people_along_it(told):
    assert difference(told, "road_reopens", "velmora")["mean"] > 0


def test_luck_is_shared_so_that_a_layer_of_nothing_makes_no_difference(told):
    assert "nothing_changes" in told["scenarios"]
    assert {one["scenario"] for one in told["differences"]} == {*NAMES} - {"nothing_changes"}


def test_each_difference_has_its_interval(told):
    for one in told["differences"]:
        levels = list(one["quantiles"].values())
        assert len(levels) == 9
        assert levels == sorted(levels)


def test_what_matters_most_is_printed_with_both_ends(valdria):
    page = tidings("forecast", valdria, "--days", "5", "--members", "20", "--sensitivity", "ketterby")
    rows = page.splitlines()
    at = rows.index("  Crossing at Orlest Bridge")
    assert rows[at + 1].count("#") > 1
    assert "closed: -" in rows[at + 1]
    assert "open: +" in rows[at + 1]
    assert re.fullmatch(r"    to verify: .* 2031-\d\d-\d\d: c[0-9a-f]{12}.*", rows[at + 2])
    assert "parameter " not in page


def test_a_brief_that_is_asked_tells_what_would_change_the_forecast(valdria, tmp_path):
    page = tmp_path / "brief.html"
    tidings("brief", valdria, "-o", page, "--sensitivity", "orlest-bridge")
    told = page.read_text(encoding="utf-8").partition('id="what-would-change"')[2].partition('id="how-forecast"')[0]
    assert "People waiting at Orlest Bridge on" in told
    assert 'href="#claim-c' in told


def test_a_brief_asked_about_what_is_no_place_is_refused_before_anything_is_simulated(valdria, tmp_path):
    page = tmp_path / "brief.html"
    result = CliRunner().invoke(cli, ["brief", str(valdria), "-o", str(page), "--sensitivity", "orlest-brigde"])
    assert result.exit_code == 1
    assert "'orlest-brigde' is no place or crossing of the crisis" in result.stderr
    assert not page.exists()


def test_the_courses_of_violence_are_compared_without_a_line_in_crisis_yaml(valdria):
    words = [word for name in ("dies_down", "escalates") for word in ("--scenario", f"violence_{name}")]
    told = json.loads(tidings("forecast", valdria, "--days", "10", "--members", "40", "--json", *words))
    less, more = (difference(told, f"violence_{name}", "orlest") for name in ("dies_down", "escalates"))
    assert less["mean"] < 0 < more["mean"]
    assert less["quantiles"]["0.975"] == 0 == more["quantiles"]["0.025"]
