"""Contract: who holds no office is named by no command, as text or as JSON, though the quoted sentence names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tidings.cli import cli
from tidings.examples import copy_example

REPORT = """Selma Brandt buries her two sons in Dorvik

Shells hit Dorvik on Monday. At least 40 people were killed, said Selma Brandt, a resident of the town.
"We saw 12 bodies in the market of Dorvik," said Mila Kovar, 34, a witness who fled Hallenz with her three children.
Brandt said that 3,000 people had fled Dorvik. Among the dead in Dorvik was Jonas Tarn, a baker.
Mrs. Kovar said the road from Dorvik to Hallenz was closed. Rebels arrested Ruta Eskil, a teacher, in Dorvik on Monday.
The victim, identified as Pavo Lindt, had fled Hallenz.
"""
TABLE = """subject,predicate,value,note
hallenz,besieged,yes,"said Ada Wirth, a resident of Hallenz"
"""
PRIVATE = re.compile(r"selma|brandt|mila|kovar|jonas|tarn|ruta|eskil|pavo|lindt|\bada\b|wirth", re.IGNORECASE)


def shown(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, (result.output, result.exception)
    return result.output


@pytest.fixture(scope="module")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_example("valdria", tmp_path_factory.mktemp("crisis") / "valdria")
    for name, text in (("report.txt", REPORT), ("table.csv", TABLE)):
        (folder.parent / name).write_text(text)
        shown("add", folder, folder.parent / name, "--published", "2031-03-04")
    return folder


def commands(folder: Path) -> Iterator[tuple[object, ...]]:
    report = folder.parent / "report.txt"
    yield ("read", report, "--published", "2031-03-04", "--crisis", folder)
    yield ("read", report, "--published", "2031-03-04", "--crisis", folder, "--explain")
    yield ("claims", folder)
    yield ("situation", folder)
    yield ("hindcast", folder)
    yield ("forecast", folder, "--members", 4, "--days", 3)
    yield from (("trace", folder, wanted) for wanted in ("Dorvik", "Hallenz"))


def test_no_command_names_a_private_person(crisis: Path) -> None:
    for words in commands(crisis):
        for form in ((), ("--json",)):
            told = shown(*words, *form)
            assert "dorvik" in told.casefold() or words[0] == "hindcast"  # which tells of places with bulletins alone
            assert PRIVATE.findall(told) == [], (words, form)


def test_the_trace_of_every_claim_quotes_its_sentence_without_the_name(crisis: Path) -> None:
    ids = re.findall(r"^c[0-9a-f]{16}", shown("claims", crisis), re.MULTILINE)
    told = "".join(shown("trace", crisis, each) for each in ids)
    assert "said XXXXX XXXXXX, a resident of the town" in told
    assert PRIVATE.findall(told) == []


def test_the_brief_names_no_private_person_in_its_page_or_its_json(crisis: Path) -> None:
    page = crisis.parent / "brief.html"
    told = shown("brief", crisis, "-o", page, "--json") + page.read_text(encoding="utf-8")
    assert "XXXXX XXXXXX" in told
    assert PRIVATE.findall(told) == []


def test_what_an_import_or_a_report_adds_to_the_tables_names_no_private_person(crisis: Path) -> None:
    told = "".join((crisis / name).read_text(encoding="utf-8") for name in ("places.csv", "parties.csv"))
    assert PRIVATE.findall(told) == []
