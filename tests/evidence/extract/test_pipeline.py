"""Contract: a report becomes one reading; what is not read is said, and reading twice gives the same."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.evidence.extract.readings import PUBLISHED, read
from tidings.core.ids import ReportId
from tidings.evidence.extract.pipeline import EXTRACTORS, read_report
from tidings.evidence.readers import read_pasted
from tidings.evidence.reading import Reading
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer

TEXT = "The Syrian army captured Azaz on Monday. About 4,000 people fled to Turkey, a resident of Azaz said."


def reading(gazetteer: Gazetteer, text: str = TEXT, **fields: object) -> Reading:
    given = {"published": PUBLISHED, "language": "en", **fields}
    return read_report(Report(id=ReportId("r"), name="-", text=text, **given), gazetteer)  # type: ignore[arg-type]


def test_every_kind_of_record_is_read(gazetteer: Gazetteer) -> None:
    found = reading(gazetteer)
    assert found.figures
    assert found.events
    assert found.places
    assert found.parties
    assert found.attributions
    assert found.report.characters == len(TEXT)


def test_reading_twice_gives_the_same(gazetteer: Gazetteer) -> None:
    assert reading(gazetteer) == reading(gazetteer)


def test_another_language_is_not_read_and_that_is_said(gazetteer: Gazetteer) -> None:
    found = reading(gazetteer, "Die Armee nahm am Montag Azaz ein.", language="de")
    assert [warning.code for warning in found.warnings] == ["language"]
    assert not found.places


def test_another_language_is_told_once(gazetteer: Gazetteer) -> None:
    (report,) = read_pasted("Die Armee hat die Straße in die Stadt gesperrt, und niemand kann sie mehr verlassen.")
    assert [warning.code for warning in read_report(report, gazetteer).warnings] == ["language"]


def test_without_a_date_relative_times_stay_open_and_that_is_said(gazetteer: Gazetteer) -> None:
    found = reading(gazetteer, published=None)
    assert "no_date" in [warning.code for warning in found.warnings]
    (event,) = [event for event in found.events if event.type == "capture"]
    assert event.when is None or event.when.from_ is None


def test_an_empty_report_has_a_warning_and_no_records(gazetteer: Gazetteer) -> None:
    found = reading(gazetteer, "  \n")
    assert [warning.code for warning in found.warnings] == ["no_text"]


def test_what_the_reader_of_the_file_met_is_passed_on(gazetteer: Gazetteer) -> None:
    assert ("reader", "two odd bytes") in [
        (w.code, w.message) for w in reading(gazetteer, warnings=("two odd bytes",)).warnings
    ]


def test_furniture_is_not_read(gazetteer: Gazetteer) -> None:
    assert not reading(gazetteer, furniture=((0, len(TEXT)),)).places


def test_ids_in_a_reading_point_at_records_in_it(gazetteer: Gazetteer) -> None:
    found = reading(gazetteer)
    places, parties = {p.id for p in found.places}, {p.id for p in found.parties}
    for event in found.events:
        assert set(event.places) <= places
        assert {*event.actors, *event.targets} <= parties
    for attribution in found.attributions:
        assert set(attribution.speakers) <= parties


ODD_TEXTS = (
    ["\u202e\u200b\x07 Azaz", "A" * 20_000, "Azaz, " * 3_000, "(" * 5_000, "the the the " * 2_000, "X-" * 5_000,
      "İ’s ß Azaz’s"]
)  # fmt: skip


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_text_does_not_fail(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert all(told.text[event.start : event.end] == event.text for event in told.reading.events)


def test_each_extractor_is_named_once() -> None:
    assert len(dict(EXTRACTORS)) == len(EXTRACTORS)
    assert dt.date(2031, 3, 6) == PUBLISHED
