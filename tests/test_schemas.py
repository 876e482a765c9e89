"""The contract of the schemas: those committed are those of the types, and what the commands print validates."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference" / "schemas"
TIDINGS = Path(sys.executable).parent / "tidings"


def load_schema(name: str) -> Any:
    """Return a committed schema by a document's name, such as tidings/reading@1."""
    return json.loads((FOLDER / f"{name.removeprefix('tidings/')}.json").read_text(encoding="utf-8"))


def check(document: Any) -> None:
    """Fail when a document is not what its own schema says."""
    schema = load_schema(document["schema"])
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(document)


def run_json(*arguments: str | Path, status: int = 0) -> Any:
    """Run a command with --json; return the document, the only thing on its standard output."""
    done = subprocess.run([TIDINGS, *arguments, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout, parse_constant=pytest.fail)


def test_the_committed_schemas_are_those_of_the_types() -> None:
    from tools.write_schemas import schema_texts

    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
    assert committed == schema_texts(), "run 'make docs'"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_is_valid_draft_2020_12_and_leaves_room_for_new_fields(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["schema"]["const"] == f"tidings/{path.stem}"
    assert schema.get("additionalProperties") is not False
    assert set(schema["required"]) == set(schema["properties"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the invented country with its reports in the ledger."""
    from tidings.examples import copy_example

    return copy_example("valdria", tmp_path_factory.mktemp("schemas") / "valdria")


@pytest.fixture(scope="module")
def added(folder: Path) -> Any:
    """Return what `add` printed of the invented country's reports."""
    return run_json("add", folder, *sorted((folder / "reports").iterdir()))


def test_what_read_prints_is_a_reading_a_file_and_a_list_for_several(folder: Path) -> None:
    files = sorted((folder / "reports").iterdir())
    one = run_json("read", files[0], "--crisis", folder)
    check(one)
    several = run_json("read", *files, "--crisis", folder)
    assert several[0] == one
    for reading in several:
        check(reading)


def test_an_explained_reading_is_the_same_with_what_fired(folder: Path) -> None:
    (file, *_) = sorted((folder / "reports").iterdir())
    plain = run_json("read", file, "--crisis", folder)
    explained = run_json("read", file, "--crisis", folder, "--explain")
    check(explained)
    assert plain["explained"] == []
    assert explained["explained"]
    assert {**explained, "explained": []} == plain


@pytest.mark.parametrize(
    "arguments",
    [
        ("claims",),
        ("situation", "--changes-since", "2031-03-02"),
        ("forecast", "--days", "7", "--members", "8"),
        ("brief",),
        ("check",),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_a_command_prints_is_what_its_schema_says(folder: Path, added: Any, arguments: tuple[str, ...]) -> None:
    check(added)
    command, *options = arguments
    check(run_json(command, folder, *options))


def test_what_trace_prints_is_what_its_schema_says(folder: Path, added: Any) -> None:
    first = run_json("claims", folder)["claims"][0]["id"]
    check(run_json("trace", folder, first))


def test_what_new_prints_is_what_its_schema_says(tmp_path: Path) -> None:
    check(run_json("new", tmp_path / "crisis", "--countries", "SYR,TUR"))


def test_what_demo_prints_is_the_brief_that_it_wrote(tmp_path: Path) -> None:
    written = run_json("demo", "-o", tmp_path / "demo")
    check(written)
    assert Path(written["brief"]).stat().st_size == written["bytes"]


def test_wrong_input_prints_the_problems_document_and_exits_with_1(tmp_path: Path) -> None:
    problems = run_json("situation", tmp_path / "nowhere", status=1)
    check(problems)
    assert problems["schema"] == "tidings/problems@1"
    assert problems["problems"]
