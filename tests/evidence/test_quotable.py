"""Contract: a table's notes are quoted without private persons, with the crisis's names, and in the same places."""

from __future__ import annotations

import dataclasses

import pytest

from tests.evidence.making import report_of
from tidings.crisis.crisis import Crisis
from tidings.crisis.load import load_crisis
from tidings.evidence.quotable import quotable_reports
from tidings.examples import copy_example

HEADER = "subject,predicate,value,note\n"


@pytest.fixture(scope="module")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Crisis:
    return load_crisis(copy_example("valdria", tmp_path_factory.mktemp("crisis") / "valdria"))


def quotable(text: str, crisis: Crisis) -> str:
    report = dataclasses.replace(report_of(text), name="states.csv")
    (shown,) = quotable_reports(crisis, (report,), ())
    return shown.text


def test_a_resident_whom_a_note_names_is_crossed_out_where_the_name_stands(crisis: Crisis) -> None:
    row = 'hallenz,besieged,yes,"said Ada Wirth, a resident of Hallenz"\n'
    assert quotable(HEADER + row, crisis) == HEADER + row.replace("Ada Wirth", "XXX XXXXX")


def test_ways_to_reach_somebody_are_crossed_out_too(crisis: Crisis) -> None:
    assert "555" not in quotable(f"{HEADER}hallenz,besieged,yes,call +1 202 555 0100\n", crisis)


@pytest.mark.parametrize("note", ["shells fell on Dorvik", "as the ministry said on Monday"])
def test_a_note_without_private_persons_stays(note: str, crisis: Crisis) -> None:
    text = f"{HEADER}hallenz,besieged,yes,{note}\n"
    assert quotable(text, crisis) == text


def test_every_place_and_party_of_the_crisis_keeps_its_name_in_a_note(crisis: Crisis) -> None:
    names = [each.name for each in (*crisis.geography.places, *crisis.parties)]
    text = HEADER + "".join(f'hallenz,besieged,yes,"{name}, a resident said"\n' for name in names)
    assert quotable(text, crisis) == text


def test_a_table_of_events_stays_as_the_import_kept_it(crisis: Crisis) -> None:
    text = "event,day,place\nXVA1,2031-03-01,said Ada Wirth a resident\n"
    assert quotable(text, crisis) == text
