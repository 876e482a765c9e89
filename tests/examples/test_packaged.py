"""The packaged examples are sound crises and hold nothing later than their day."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from tidings.core.errors import InputError
from tidings.crisis.check import missing_for_forecast
from tidings.crisis.crisis import Crisis
from tidings.crisis.load import load_crisis
from tidings.evidence.readers import read_file
from tidings.evidence.report import Report
from tidings.examples import copy_example, example_names

LAST_DAY = dt.date(2016, 2, 8)


@pytest.fixture(params=example_names())
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return copy_example(request.param, tmp_path / request.param)


@pytest.fixture
def aleppo(tmp_path: Path) -> Crisis:
    return load_crisis(copy_example("aleppo-2016", tmp_path / "aleppo"))


def reports_of(folder: Path) -> list[Report]:
    return [report for path in sorted((folder / "reports").iterdir()) for report in read_file(path)]


def test_an_example_is_sound_and_lacks_nothing_for_a_forecast(folder: Path) -> None:
    assert missing_for_forecast(load_crisis(folder)) == ()


def test_every_report_has_a_title_a_date_a_publisher_and_is_english(folder: Path) -> None:
    for report in reports_of(folder):
        assert report.title
        assert report.published
        assert report.publisher
        assert report.language == "en"
        assert report.warnings == ()


def test_no_example_holds_states(folder: Path) -> None:
    words = " ".join(path.read_text() for path in folder.glob("*.*"))
    assert not re.search("held_by|besieged:|passable:", words)
    assert not (folder / "ledger.db").exists()


def test_an_unknown_example_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"there is no such example\. Use one of: aleppo-2016, valdria"):
        copy_example("atlantis", tmp_path / "a")


def test_an_example_is_not_copied_over_somebodys_files(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="the folder is not empty"):
        copy_example("valdria", tmp_path)


def test_valdria_has_seven_places_two_of_them_either_side_of_its_one_crossing(tmp_path: Path) -> None:
    crisis = load_crisis(copy_example("valdria", tmp_path / "valdria"))
    geography = crisis.geography
    assert len(geography.places) == 7
    assert len(geography.crossings) == 1
    countries = {
        geography.place_by_id[side].country for side in (geography.crossings[0].side_a, geography.crossings[0].side_b)
    }
    assert countries == {"XVA", "XKE"}


def test_nothing_in_the_aleppo_example_is_later_than_8_february_2016(aleppo: Crisis) -> None:
    days = [bulletin.published or bulletin.day for bulletin in aleppo.bulletins]
    days += [report.published for report in reports_of(aleppo.folder) if report.published]
    assert max(days) <= LAST_DAY
    words = " ".join(path.read_text() for path in aleppo.folder.rglob("*.*") if path.is_file())
    assert not re.search(r"\b201[7-9]\b|\b202[0-9]\b|2016[-/](?:02[-/](?:09|[12])|0[3-9]|1)", words)


def test_the_aleppo_example_has_at_least_four_short_reports_one_of_them_a_page(aleppo: Crisis) -> None:
    reports = reports_of(aleppo.folder)
    assert len(reports) >= 4
    assert any(report.name.endswith(".html") for report in reports)
    assert all(120 <= len(report.body.split()) <= 250 for report in reports)


def test_the_northern_and_the_western_way_into_eastern_aleppo_are_both_on_the_map(aleppo: Crisis) -> None:
    ends = {frozenset((road.from_, road.to)) for road in aleppo.geography.roads}
    assert {"haritan", "eastern-aleppo"} in ends
    assert {"mayer", "haritan"} in ends
    assert {"anadan", "darat-izza"} in ends


def test_no_road_leads_round_a_crossing(aleppo: Crisis) -> None:
    countries = {place.id: place.country for place in aleppo.geography.places}
    assert all(countries[road.from_] == countries[road.to] for road in aleppo.geography.roads)


def test_places_without_a_sourced_point_say_so(aleppo: Crisis) -> None:
    notes = {place.id: place.note or "" for place in aleppo.geography.places}
    assert all("placed by the words of a report" in notes[name] for name in ("mayer", "kafin", "eastern-aleppo"))


def test_what_is_said_of_the_camps_is_a_stock_and_the_worst_case_is_no_bulletin(aleppo: Crisis) -> None:
    assert [(b.people, b.measure, b.day) for b in aleppo.bulletins] == [
        (20000, "stock", dt.date(2016, 2, 5)),
        (77000, "stock", dt.date(2016, 2, 8)),
    ]
