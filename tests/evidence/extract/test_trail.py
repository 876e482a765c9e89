"""Contract: with `explain` a reading tells for every field of every record which rule fired on which words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tidings
from tests.evidence.extract.reading_aids import article
from tests.evidence.extract.readings import PUBLISHED, crisis_of
from tidings.core.ids import ReportId
from tidings.core.schema import Schema
from tidings.crisis.crisis import Crisis, Party
from tidings.evidence.extract.lexicons import lexicon
from tidings.evidence.extract.pipeline import read_report
from tidings.evidence.extract.trail import Because, Trail
from tidings.evidence.readers import Received
from tidings.evidence.readers.registry import read_received
from tidings.evidence.reading import Fired, Reading
from tidings.evidence.report import Report
from tidings.geography.gazetteer import Gazetteer
from tidings.geography.places import Place
from tidings.present.reading_lines import render_reading

TOLD = {
    "figures": ("value", "quantifier", "unit", "group", "status", "measure", "certainty", "at", "extent", "origin",
                "destination", "period", "attribution", "same_as"),
    "events": ("type", "actors", "targets", "places", "when", "certainty", "condition", "attribution",
               "same_as"),
    "places": ("name", "relative_to"),
    "parties": ("name", "parent"),
    "relations": ("relation", "when", "certainty", "attribution"),
    "attributions": ("cue_span", "speakers", "relayed_by"),
}  # fmt: skip
"""Fields of records that have an explanation wherever they hold more than their default."""
PRIVATE = "About 300 people fled Azaz, said Xaver Testname, a baker from Azaz. Testname said the army could retreat."
EXAMPLES = ("aleppo-2016", "valdria")
SOURCE = Path(tidings.__file__).parent


def read(text: str, gazetteer: Gazetteer, *, crisis: Crisis | None = None, explain: bool = True) -> Reading:
    return read_report(report_of(text), gazetteer, countries=("SYR", "TUR"), crisis=crisis, explain=explain)


def report_of(text: str) -> Report:
    return Report(id=ReportId("r"), name="-", text=text, published=PUBLISHED, language="en")


def packaged() -> list[Report]:
    folders = [SOURCE / "examples" / name / "reports" for name in EXAMPLES]
    files = [path for folder in folders for path in sorted(folder.iterdir())]
    return [report for path in files for report in read_received(Received(path.name, path.read_bytes()))]


def records(reading: Reading) -> list[tuple[str, str, Schema]]:
    """Return every record of a reading with its list and id."""
    found = [(name, each.id, each) for name in TOLD if name != "relations" for each in getattr(reading, name)]
    return found + [("relations", f"r{number}", tie) for number, tie in enumerate(reading.relations, 1)]


def unexplained(reading: Reading) -> list[tuple[str, str, str]]:
    """Return list, id and field of all that is told and not explained."""
    kinds = {"figures": "figure", "events": "event", "places": "place", "parties": "party", "relations": "relation",
             "attributions": "attribution"}  # fmt: skip
    told = {(fired.kind, fired.record, fired.field) for fired in reading.explained}
    return [
        (name, record, field)
        for name, record, values in records(reading)
        for field in TOLD[name]
        if field == TOLD[name][0] or getattr(values, field) != type(values).model_fields[field].get_default()
        if (kinds[name], record, field) not in told
    ]


def entry(reading: Reading, kind: str, field: str) -> list[Fired]:
    return [fired for fired in reading.explained if (fired.kind, fired.field) == (kind, field)]


def check(reading: Reading, text: str) -> None:
    assert unexplained(reading) == []
    assert all(0 <= fired.start < fired.end <= len(text) for fired in reading.explained)


@pytest.mark.parametrize("report", packaged(), ids=lambda report: report.name)
def test_every_field_of_a_packaged_report_is_explained_by_words_of_it(report: Report, gazetteer: Gazetteer) -> None:
    reading = read_report(report, gazetteer, explain=True)
    assert reading.explained
    check(reading, report.text)


def test_every_field_of_the_article_is_explained_by_words_of_it(gazetteer: Gazetteer) -> None:
    check(read(article(), gazetteer), article())


@pytest.mark.parametrize("report", packaged(), ids=lambda report: report.name)
def test_a_reading_is_the_same_whether_or_not_it_is_explained(report: Report, gazetteer: Gazetteer) -> None:
    plain, explained = (read_report(report, gazetteer, explain=explain) for explain in (False, True))
    assert plain.explained == ()
    assert explained.model_copy(update={"explained": ()}) == plain


@pytest.mark.parametrize("report", packaged(), ids=lambda report: report.name)
def test_a_rule_names_an_entry_of_a_lexicon_or_a_module_that_is_there(report: Report, gazetteer: Gazetteer) -> None:
    modules = {path.stem for path in SOURCE.rglob("*.py")}
    for fired in read_report(report, gazetteer, explain=True).explained:
        for name, section in re.findall(r"(\w+)\.yaml (\w+)", fired.rule):
            types = {event["type"] for event in lexicon("events")["events"]} if name == "events" else set()
            assert section in lexicon(name) or section in types, fired.rule
        plain = re.match(r"(\w+)(?:, \w+)*: ", fired.rule)
        assert ".yaml" in fired.rule or ".csv" in fired.rule or "taken over" in fired.rule or plain, fired.rule
        assert plain is None or plain[1] in modules, fired.rule


@pytest.mark.parametrize(
    ("text", "kind", "field", "words", "rule"),
    [
        ("Floods killed at least 12 people.", "figure", "quantifier", "at least",
         "numbers.yaml quantifiers more_than: 'at least'"),
        ("Floods killed 12 people.", "figure", "status", "killed", "figures.yaml status killed before: 'killed'"),
        ("Floods displaced tens of thousands of people.", "figure", "value", "tens of thousands",
         "numbers.yaml vague: 'tens of thousands'"),
        ("About 300 families fled to Azaz.", "figure", "unit", "families", "figures.yaml households: 'families'"),
        ("About 300 people fled to Azaz.", "figure", "destination", "to Azaz",
         "figures.yaml destination_prepositions: 'to'"),
        ("About 300 people could flee.", "figure", "certainty", "could", "modality.yaml clause projected: 'could'"),
        ("About 300 people were not displaced.", "figure", "certainty", "not", "modality.yaml negations: 'not'"),
        ("An air strike killed 20 soldiers and 30 villagers.", "figure", "status", "and", "taken over from f1"),
        ("The army captured Azaz.", "event", "type", "captured", "events.yaml capture: verb 'capture' (past)"),
        ("The army captured Azaz on Monday.", "event", "actors", "army", "event_arguments: subject of the verb"),
        ("The army captured Azaz on Monday.", "event", "when", "on Monday", "times:"),
        ("Unless the road to Azaz is reopened, it said.", "event", "certainty", "Unless the road to Azaz is reopened",
         "modality.yaml conditions: 'unless'"),
        ("Road from Azaz to Afrin: CUT since 2 March", "event", "type", "CUT", "status_lines.yaml closed: 'cut'"),
        ("The army was 5 km from Azaz.", "event", "type", "5 km", "places.yaml lengths_km: 'km'"),
        ("The rebel-held town of Azaz was quiet.", "relation", "relation", "rebel-held town of Azaz",
         "relations.yaml held"),
        ("The rebel-held town of Azaz was quiet.", "place", "name", "Azaz", "places.yaml kinds: 'town' and 'of'"),
        ("The rebel-held town of Azaz was quiet.", "place", "id", "Azaz", "gazetteer: by"),
        ("The Azaz Brigade left.", "party", "name", "Azaz Brigade", "organisations: a name whose noun"),
        ("The road is shut, the mayor of Azaz said.", "attribution", "cue_span", "said",
         "attributions.yaml verbs clause: 'said'"),
    ],
)  # fmt: skip
def test_the_rule_that_fired_is_told_with_its_words(
    text: str, kind: str, field: str, words: str, rule: str, gazetteer: Gazetteer
) -> None:
    found = [(text[fired.start : fired.end], fired.rule) for fired in entry(read(text, gazetteer), kind, field)]
    assert any(told == words and named.startswith(rule) for told, named in found), found


def test_the_crisis_own_places_and_parties_are_told_as_such(gazetteer: Gazetteer) -> None:
    crisis = crisis_of((Place(id="orlo", name="Orlo", kind="town"),), parties=(Party(id="blue", name="Blue Front"),))
    reading = read("The Blue Front captured the town of Orlo.", gazetteer, crisis=crisis)
    assert [fired.rule for fired in entry(reading, "party", "id")] == ["parties.csv: a party of the crisis"]
    assert [fired.rule.partition(":")[0] for fired in entry(reading, "place", "id")] == ["places.csv, crossings.csv"]


def test_what_one_telling_takes_over_from_another_is_told(gazetteer: Gazetteer) -> None:
    text = "On Monday the army captured the town of Azaz. The capture of Azaz was a blow."
    whens = [fired for fired in entry(read(text, gazetteer), "event", "when") if fired.rule.startswith("taken over")]
    assert [text[fired.start : fired.end] for fired in whens] == ["On Monday"]


def test_no_rule_and_no_line_tells_the_name_of_a_private_person(gazetteer: Gazetteer) -> None:
    reading = read(PRIVATE, gazetteer)
    shown = render_reading(reading, report_of(PRIVATE), explain=True)
    assert not any("testname" in fired.rule.lower() for fired in reading.explained)
    assert "testname" not in f"{reading.model_dump_json()}{shown}".lower()
    assert "XXXXX XXXXXXXX" in shown


def test_a_text_with_marks_of_no_width_is_explained_by_its_own_offsets(gazetteer: Gazetteer) -> None:
    text = "Floods killed at\u200b least 1\u200b2 people."
    told = {fired.field: text[fired.start : fired.end] for fired in read(text, gazetteer).explained}
    assert (told["value"], told["quantifier"]) == ("1\u200b2", "at\u200b least")


def test_a_trail_tells_what_it_noted_once_by_record_and_field() -> None:
    trail = Trail("event")
    for start in (5, 1, 5):
        trail.note("e1", "actors", Because("rule", start, start + 1))
    trail.take_over("e2", "actors", "e1", "the same")
    told = [(fired.record, fired.start, fired.rule) for fired in trail.fired(["e2", "e1", "e3"])]
    again = "taken over from e1: the same"
    assert told == [("e2", 1, again), ("e2", 5, again), ("e1", 1, "rule"), ("e1", 5, "rule")]
