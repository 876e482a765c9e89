"""Contract: who holds no office and speaks for no organisation is told by role and place, in every output."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.evidence.extract.reading_aids import document_of
from tests.evidence.extract.readings import Read, read
from tidings.core.ids import ReportId, sha256_of
from tidings.crisis.load import load_crisis
from tidings.crisis.save import new_crisis
from tidings.evidence.claims import claims_of
from tidings.evidence.extract.persons import NO_OFFICE, is_unnamed
from tidings.evidence.extract.withheld import crossed_out, find_withheld, shown_report
from tidings.evidence.intake import LEDGER_FILE, take_in
from tidings.evidence.ledger import Ledger
from tidings.evidence.reading import PlaceRecord
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer
from tidings.present.brief import render_brief
from tidings.present.reading_lines import render_reading
from tidings.present.trace import trace
from tidings.release.claims import list_claims
from tidings.release.folder import release_folder

NOW = dt.datetime(2031, 3, 7, tzinfo=dt.UTC)
PRIVATE = [
    '"They bombed Azaz," Testname, 29, told AFP.',
    '"My brother Testname was killed in Azaz," said a resident.',
    "The road to Azaz is closed, said Xaver Testname, 34, a baker from Azaz. Testname fled.",
    'Xaver Testname, a resident of Azaz, said that 40 families had left Azaz. "All is lost," Testname said.',
    "Xaver Testname from Azaz said the army captured Azaz.",
    "According to Xaver Testname, 30 people were killed in Azaz.",
    "Activist Xaver Testname said the army captured Azaz.",
    "Xaver Testname, brother of the governor, said that 30 people were killed in Azaz.",
    '"They bombed us," said Xaver Testname in the market of Azaz.',
    "The shelling killed Xaver Testname and 12 others in Azaz. Testname's brother fled Azaz.",
    "Xaver Testname was arrested by the army in Azaz.",
    "Shelling hit Azaz, and Mrs. Testname fled. Xaver Testname, 60, stayed.",
    "A boy named Testname was killed in Azaz.",
]
"""Sentences about somebody without an office, made for these tests."""


def report_of(told: Read) -> Report:
    return Report(id=ReportId("r"), name="-", text=told.text, published=told.reading.report.published, language="en")


@pytest.mark.parametrize("text", PRIVATE)
def test_no_field_of_a_reading_and_no_claim_tells_the_name(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    fields = told.reading.model_dump_json(by_alias=True)
    assert "Testname" not in fields
    assert "testname" not in fields
    claims = claims_of(told.reading, report_of(told), known_at=NOW)
    assert "testname" not in str(claims).lower()


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_quoted_crosses_the_name_out_and_moves_nothing(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    shown = shown_report(report_of(told), told.reading.withheld).text
    assert "Testname" not in shown
    assert len(shown) == len(text)
    assert "Testname" not in render_reading(told.reading, report_of(told), explain=True)


@pytest.mark.parametrize(
    ("text", "party", "name", "kind"),
    [
        ("Xaver Testname, a resident of Azaz, said it rained.", "resident-azaz", "resident of Azaz", "civilians"),
        ("Rain, said Xaver Testname, a resident in Azaz.", "resident-azaz", "resident of Azaz", "civilians"),
        ("It rained, said Xaver Testname, 34, a baker from Azaz.", "person-from-azaz", "person from Azaz", "person"),
        ("Xaver Testname from Azaz said it rained.", "person-from-azaz", "person from Azaz", "person"),
        ("Activist Xaver Testname said it rained.", "activist", "activist", "monitor"),
    ],
)  # fmt: skip
def test_a_private_person_is_a_party_by_role_and_place(
    text: str, party: str, name: str, kind: str, gazetteer: Gazetteer
) -> None:
    record = read(text, gazetteer).party(party)
    assert (record.name, record.kind) == (name, kind)


def test_a_name_without_role_or_place_is_a_party_without_a_name(gazetteer: Gazetteer) -> None:
    told = read("Xaver Testname said it rained. Yps Testmann said it was dry. Testname said it rained on.", gazetteer)
    assert [(record.name, len(record.mentions)) for record in told.reading.parties] == [(NO_OFFICE, 2), (NO_OFFICE, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Governor Xaver Testname said the road to Azaz was open.",
        "Xaver Testname, mayor of Azaz, said the road to Azaz was open.",
        "The road to Azaz is open, said Xaver Testname of the Water Committee.",
    ],
)
def test_who_holds_an_office_or_speaks_for_a_body_keeps_the_name(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert told.party("xaver-testname").kind == "person"
    assert told.reading.withheld == ()


def test_a_part_of_a_name_stays_where_it_is_a_place() -> None:
    text = "Xaver Peska, a teacher, said that the army captured Peska. Peska wept."
    towns = (PlaceRecord(id="p", name="Peska", kind="town", mentions=((52, 57),)),)
    spans = find_withheld(document_of(text), (), towns)
    assert [text[slice(*span)] for span in spans] == ["Xaver Peska", "Peska"]
    assert spans[1][0] == 59


def test_a_role_is_told_apart_from_a_name() -> None:
    assert is_unnamed("resident of Azaz")
    assert not is_unnamed("Peska Council")


def test_crossing_out_keeps_marks_and_length() -> None:
    assert crossed_out("by X. al-Test, 5", [(3, 13)]) == "by X. XX-XXXX, 5"


@pytest.mark.parametrize(
    "text",
    [
        "An air strike hit the Testfeld hospital in Azaz and killed 12 people.",
        "Shelling struck an aid convoy near Azaz.",
        "About 400 people were sheltering in Testfeld School in Azaz.",
        "About 3,000 displaced people live in an informal settlement 5 km from Azaz.",
        "Testfeld Hospital in Azaz was bombed.",
    ],
)
def test_sites_of_people_in_need_are_not_placed_but_the_town_around_them_is(text: str, gazetteer: Gazetteer) -> None:
    told = read(text, gazetteer)
    assert {record.name for record in told.reading.places if record.lat is not None} <= {"Azaz"}
    assert "Testfeld" not in json.dumps([record.name for record in told.reading.places])


def test_a_brief_a_trace_and_a_list_of_claims_quote_no_name(tmp_path: Path, gazetteer: Gazetteer) -> None:
    folder = tmp_path / "crisis"
    new_crisis(folder, ["SYR"])
    for text in PRIVATE:
        content = f"Xaver Testname on Azaz\n\n{text}\n".encode()
        report = Report(id=ReportId(sha256_of(content)), name="r.txt", text=content.decode(),
                        title="Xaver Testname on Azaz", published=dt.date(2031, 3, 6))  # fmt: skip
        ledger = Ledger.create(folder / LEDGER_FILE)
        take_in(load_crisis(folder), ledger, gazetteer, report, content, received_at=NOW)
    listed = list_claims(load_crisis(folder), ledger.as_of())
    released = release_folder(folder, "restricted", now=NOW, with_forecast=False)
    told = [render_brief(released), *(trace(released, c.id).model_dump_json() for c in released.claims)]
    told += [listed.model_dump_json(), (folder / "parties.csv").read_text(), (folder / "places.csv").read_text()]
    assert released.claims
    assert not any("testname" in words.lower() for words in told)
