"""Contract: a long text is read part by part, and what is told of it is as if it had been read at once."""

from __future__ import annotations

import datetime as dt

import pytest

from tidings.core.ids import ReportId
from tidings.evidence.extract import long_reports
from tidings.evidence.extract.long_reports import LONGEST_PART, parts_of
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.extract.withheld import shown_report
from tidings.evidence.reading import Reading
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

PARAGRAPH = (
    "The army captured the town of Azaz on Monday, the Observatory said. Shelling killed 12 people in Azaz. "
    "About 3,000 people fled to Turkey. The governor said that the road to Aleppo was cut.\n\n"
)
PUBLISHED = dt.date(2031, 3, 6)


def report_of(text: str, **more: object) -> Report:
    return Report(id=ReportId("r"), name="-", text=text, published=PUBLISHED, language="en", **more)  # type: ignore[arg-type]


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer) -> Reading:
    monkeypatch.setattr(long_reports, "LONGEST_PART", 2 * len(PARAGRAPH) + 10)
    return read_report(report_of(PARAGRAPH * 6), gazetteer, countries=("SYR",), explain=True)


@pytest.fixture
def at_once(gazetteer: Gazetteer) -> Reading:
    return read_report(report_of(PARAGRAPH * 6), gazetteer, countries=("SYR",), explain=True)


def test_a_report_of_usual_length_is_one_part() -> None:
    report = report_of(PARAGRAPH)
    assert [part.report for part in parts_of(report)] == [report]


def test_parts_end_with_paragraphs_and_lose_nothing() -> None:
    text = PARAGRAPH * (3 * LONGEST_PART // len(PARAGRAPH))
    parts = parts_of(report_of(text))
    assert len(parts) > 2
    assert "".join(part.report.text for part in parts) == text
    assert all(part.report.text.endswith("\n\n") for part in parts[:-1])
    assert all(len(part.report.text) <= LONGEST_PART for part in parts)


def test_a_line_without_any_blank_is_cut_all_the_same() -> None:
    text = "x" * (2 * LONGEST_PART + 1)
    assert [len(part.report.text) for part in parts_of(report_of(text))] == [LONGEST_PART, LONGEST_PART, 1]


def test_furniture_is_furniture_in_its_parts() -> None:
    text = "x" * (LONGEST_PART + 50)
    parts = parts_of(report_of(text, furniture=((LONGEST_PART - 5, LONGEST_PART + 5),)))
    assert [part.report.furniture for part in parts] == [((LONGEST_PART - 5, LONGEST_PART),), ((0, 5),)]


def test_figures_and_speeches_are_those_of_the_whole(in_parts: Reading, at_once: Reading) -> None:
    for read, whole in ((in_parts.figures, at_once.figures), (in_parts.attributions, at_once.attributions)):
        assert [record.model_dump() for record in read] == [record.model_dump() for record in whole]


def test_events_are_those_of_the_whole_but_point_at_none_of_another_part(in_parts: Reading, at_once: Reading) -> None:
    without = {"same_as"}
    assert [e.model_dump(exclude=without) for e in in_parts.events] == [
        e.model_dump(exclude=without) for e in at_once.events
    ]


def test_a_place_and_a_party_of_several_parts_is_one_with_all_its_mentions(in_parts: Reading, at_once: Reading) -> None:
    for read, whole in ((in_parts.places, at_once.places), (in_parts.parties, at_once.parties)):
        assert {record.id: record.mentions for record in read} == {record.id: record.mentions for record in whole}


def test_every_id_is_given_once_and_every_reference_leads_somewhere(in_parts: Reading) -> None:
    ids = [record.id for kind in (in_parts.figures, in_parts.events, in_parts.attributions) for record in kind]
    assert len(ids) == len(set(ids))
    told = [*in_parts.figures, *in_parts.events, *in_parts.relations]
    assert {record.attribution for record in told} - {None} <= set(ids)
    named = {fired.record for fired in in_parts.explained if fired.kind in ("figure", "event", "attribution")}
    assert named == set(ids)


def test_what_is_told_once_of_a_report_is_warned_of_once(monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer) -> None:
    monkeypatch.setattr(long_reports, "LONGEST_PART", 2 * len(PARAGRAPH) + 10)
    report = Report(id=ReportId("r"), name="-", text=PARAGRAPH * 6, language="en", warnings=("a page was empty",))
    codes = [warning.code for warning in read_report(report, gazetteer, countries=("SYR",)).warnings]
    assert codes == ["reader", "no_date"]


def test_the_report_is_told_of_as_a_whole(in_parts: Reading) -> None:
    assert (in_parts.report.id, in_parts.report.characters) == ("r", len(PARAGRAPH) * 6)


def test_a_name_that_one_part_tells_is_withheld_in_all(monkeypatch: pytest.MonkeyPatch, gazetteer: Gazetteer) -> None:
    monkeypatch.setattr(long_reports, "LONGEST_PART", 2 * len(PARAGRAPH) + 10)
    told = "Witness Xaver Testname said shells hit Azaz.\n\n"
    text = (
        "Shells hit the Testname bakery. Testname watched.\n\n" + PARAGRAPH * 3 + told + PARAGRAPH * 3 + "Testname ran."
    )
    report = report_of(text, title="Testname of Azaz")
    reading = read_report(report, gazetteer, countries=("SYR",), explain=True)
    assert "Testname" not in reading.model_dump_json()
    assert "Testname" not in shown_report(report, reading.withheld).text
    assert list(reading.withheld) == sorted(reading.withheld)
