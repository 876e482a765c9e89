"""Contract: a reading as text shows every record; explained, each with its sentence and the rules that fired."""

from __future__ import annotations

import re

from tidings.core.ids import ReportId
from tidings.evidence.reading import (
    Attribution,
    Figure,
    Fired,
    PartyRecord,
    PlaceRecord,
    Reading,
    RecordKind,
    RelationRecord,
    RelativeTo,
    ReportRecord,
)
from tidings.evidence.report import Report
from tidings.present.reading_lines import render_reading

TEXT = "Some 300 to 400 people fled Orlo\nand Ruma, Xaver Testname said."
REPORT = Report(id=ReportId("r"), name="note.txt", text=TEXT)


def words_at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def fired(kind: RecordKind, record: str, field: str, words: str, rule: str) -> Fired:
    start, end = words_at(words)
    return Fired(kind=kind, record=record, field=field, rule=rule, start=start, end=end)


def reading(*explained: Fired) -> Reading:
    start, end = words_at("300 to 400")
    figure = Figure(
        id="f1", start=start, end=end, text="300 to 400", low=300, high=400, quantifier="between", status="fled",
        measure="flow", certainty="claimed", origin=("orlo", "ruma"), attribution="a1",
    )  # fmt: skip
    ruma = PlaceRecord(id="ruma", name="Ruma", relative_to=RelativeTo(place="orlo", km=5, bearing="north"))
    said = Attribution(id="a1", speaker_text="a baker", cue_span=words_at("said"), content=((0, 40),))
    return Reading(
        report=ReportRecord(id="r", characters=len(TEXT)), figures=(figure,), attributions=(said,),
        places=(PlaceRecord(id="orlo", name="Orlo", kind="town", lat=1.5, lon=2.25), ruma),
        parties=(PartyRecord(id="army", name="the army", kind="state_military"),),
        relations=(RelationRecord(subject="army", relation="controls", object="orlo", start=28, end=32),),
        withheld=(words_at("Xaver Testname"),), explained=explained,
    )  # fmt: skip


def lines(*explained: Fired, explain: bool = True) -> list[str]:
    return render_reading(reading(*explained), REPORT, explain=explain).splitlines()


def test_without_explain_each_record_is_one_line() -> None:
    assert lines(explain=False) == [
        "note.txt: no title (no date)",
        "Figures",
        "  fled                 300–400 people from Orlo, Ruma [claimed, says a baker]",
        "Events",
        "Relations",
        "  the army controls Orlo [stated]",
        "Places",
        "  Orlo (town): 1.500, 2.250",
        "  Ruma (kind unknown): unresolved",
    ]


def test_explained_each_record_stands_with_its_sentence_on_one_line_and_names_crossed_out() -> None:
    assert "    f1, 5–15 in: Some 300 to 400 people fled Orlo and Ruma, XXXXX XXXXXXXX said." in lines()
    assert {"Parties", "  the army (state_military)", "Who says so", "  a baker (indirect)"} <= set(lines())


def test_fields_values_words_and_offsets_are_aligned() -> None:
    told = lines(
        fired("figure", "f1", "value", "300 to 400", "numbers: a range"),
        fired("figure", "f1", "status", "fled", "figures.yaml status"),
    )
    start = told.index("Figures") + 3
    assert told[start : start + 2] == [
        "    value   300 – 400  «300 to 400»  5–15   numbers: a range",
        "    status  fled       «fled»        23–27  figures.yaml status",
    ]


def test_a_rule_that_fired_on_more_words_is_told_once_and_a_field_named_once() -> None:
    told = lines(
        fired("figure", "f1", "origin", "Orlo", "one rule"),
        fired("figure", "f1", "origin", "Ruma", "one rule"),
        fired("figure", "f1", "origin", "Orlo\nand Ruma", "another rule"),
    )
    rows = [line.split("  ") for line in told if "rule" in line]
    assert [row[-1] for row in rows] == ["one rule (1 more)", "another rule"]
    assert [("origin" in row[2], "Orlo, Ruma" in row[3:4]) for row in rows] == [(True, True), (False, False)]
    assert "«Orlo and Ruma»" in "".join(rows[1])


def test_a_place_told_from_another_one_says_so_by_its_name() -> None:
    (line,) = [line for line in lines(fired("place", "ruma", "relative_to", "Ruma", "a rule")) if "a rule" in line]
    assert "5 km north of Orlo" in line


def test_words_that_fired_are_crossed_out_where_a_name_is_withheld() -> None:
    (line,) = [
        line for line in lines(fired("attribution", "a1", "speakers", "Xaver Testname", "a rule")) if "a rule" in line
    ]
    assert re.search(r"«X{5} X{8}»", line)
