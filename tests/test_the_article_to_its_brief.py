"""Contract: a real report of 8 February 2016 goes through new, add, situation, forecast and brief with its own figures.

The report is read from beside the repository when it is there; nothing of it is kept here.
"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tidings.cli import cli
from tidings.examples import copy_example

SHARED = Path(__file__).resolve().parents[2] / "shared" / "report"
REPORTS = sorted(SHARED.glob("*.txt")) if SHARED.is_dir() else []
pytestmark = pytest.mark.skipif(not REPORTS, reason="the report stands in ../shared/report, which is not here")


def run(*words):
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.stdout


def document(*words):
    return json.loads(run(*words, "--json"))


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh") / "aleppo"
    run("new", folder, "--countries", "SYR,TUR")
    run("add", folder, REPORTS[0], "--published", "2016-02-08")
    run("brief", folder)
    return folder


@pytest.fixture(scope="module")
def mapped(tmp_path_factory):
    """The article with the example's geography and none of the example's reports."""
    folder = copy_example("aleppo-2016", tmp_path_factory.mktemp("mapped") / "aleppo")
    for report in (folder / "reports").iterdir():
        report.unlink()
    run("add", folder, REPORTS[0], "--published", "2016-02-08")
    return folder


def places(folder, *words):
    return {p["name"]: p for p in document("situation", folder, *words)["places"]}


def figures(folder):
    return [c for c in document("claims", folder)["claims"] if c["kind"] == "figure"]


def test_the_figures_are_those_of_the_article(fresh):
    told = {(c["content"]["value"], c["predicate"], c["certainty"]) for c in figures(fresh)}
    assert {
        (77_000, "in_camp", "claimed"),
        (2_500_000, "sheltered", "stated"),
        (250_000, "killed", "stated"),
        (11_000_000, "displaced", "stated"),
        (350_000, "population", "stated"),
    } <= told


def test_the_77000_are_said_by_the_deputy_prime_minister_by_name(fresh):
    (claim,) = [c for c in figures(fresh) if c["content"]["value"] == 77_000]
    names = {line.split(",")[0]: line.split(",")[1] for line in (fresh / "parties.csv").read_text().splitlines()}
    assert [names[speaker] for speaker in claim["speakers"]] == ["Numan Kurtulmus"]


def test_the_worst_case_is_never_an_observation(fresh):
    (claim,) = [c for c in figures(fresh) if 600_000 in (c["content"]["value"], c["content"]["high"])]
    assert claim["certainty"] == "projected"


def test_every_claim_leads_to_its_exact_words(fresh):
    text = REPORTS[0].read_text()
    for claim in document("claims", fresh)["claims"]:
        assert claim["words"] == text[claim["source"]["start"] : claim["source"]["end"]]


@pytest.mark.parametrize("place", ["Nubul", "Zahraa"])
def test_relieved_towns_are_held_by_who_relieved_them(fresh, place):
    state = places(fresh)[place]
    assert (state["state"], state["besieged"]["no"] > 0.5) == ("held", True)


@pytest.mark.parametrize("place", ["Mayer", "Kafin"])
def test_captured_towns_have_changed_hands(fresh, place):
    assert places(fresh)[place]["held_by"] == places(fresh)["Nubul"]["held_by"]


def test_towns_whose_fall_is_only_supposed_have_not_fallen(fresh):
    now = places(fresh)
    assert now["Tal Rafaat"]["held_by"] == "rebels"
    assert now["Azaz"]["held_by"] != now["Mayer"]["held_by"]


def test_the_supposed_captures_are_conditional(fresh):
    events = [c for c in document("claims", fresh)["claims"] if c["predicate"] in ("capture", "loss")]
    supposed = {place for c in events if c["certainty"] == "conditional" for place in c["content"]["places"]}
    stated = {place for c in events if c["certainty"] in ("stated", "claimed") for place in c["content"]["places"]}
    ids = {p["name"]: p["id"] for p in places(fresh).values()}
    assert {ids["Tal Rafaat"], ids["Azaz"]} <= supposed
    assert not {ids["Tal Rafaat"], ids["Azaz"]} & stated
    assert {ids["Mayer"], ids["Kafin"]} <= stated


def test_a_divided_city_is_divided_and_its_population_of_before_the_war_is_not_that_of_today(fresh):
    aleppo = places(fresh)["Aleppo"]
    assert aleppo["state"] == "divided"
    assert aleppo["population"]["value"] != 2_000_000


def test_the_road_is_cut_and_the_crossing_closed(fresh):
    stated = {c["predicate"] for c in document("claims", fresh)["claims"] if c["certainty"] == "stated"}
    assert {"road_cut", "crossing_closed"} <= stated


def test_the_brief_shows_each_figure_with_a_link_to_its_sentence(fresh):
    page = (fresh / "brief.html").read_text()
    for number in ("77,000", "600,000", "2.5 million", "250,000", "11 million", "350,000"):
        assert number in page
    for claim in figures(fresh):
        assert f'href="#claim-{claim["id"]}"' in page
        assert f'id="claim-{claim["id"]}"' in page
    assert "Numan Kurtulmus" in page


def test_without_roads_the_brief_says_what_to_fill_in(fresh):
    assert "roads.csv" in (fresh / "brief.html").read_text()


def test_with_a_geography_the_article_gives_a_situation_and_a_forecast(mapped):
    state = document("situation", mapped)
    crossing = next(c for c in state["crossings"] if c["id"] == "bab-al-salama")
    assert crossing["policy"]["closed"] + crossing["policy"]["restricted"] > 0.5
    now = places(mapped)
    assert now["Mayer"]["held_by"] == now["Kafin"]["held_by"] == "syrian-government"
    assert now["Afrin"]["held_by"] == "ypg"
    forecast = document("forecast", mapped, "--days", "7", "--members", "20")
    assert {t["quantity"] for t in forecast["targets"]} >= {"arrivals", "present"}
    assert document("forecast", mapped, "--from", "2016-02-08", "--days", "3", "--members", "8")["from"] == "2016-02-08"
    run("brief", mapped)
