"""The contract of the lexicons' page: every list of words is described, none that is not there, and who asks for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import fields
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tidings.evidence.extract.event_lexicon import TriggerSense

ROOT = Path(__file__).resolve().parent.parent
EXTRACT = ROOT / "src" / "tidings" / "evidence" / "extract"
PAGE = (ROOT / "docs" / "lexicons.md").read_text(encoding="utf-8")
FILES = sorted((EXTRACT / "lexicon" / "en").glob("*.yaml"))
LANGUAGES = sorted(path for path in (EXTRACT / "lexicon").iterdir() if path.is_dir())
MADE = {"form", "is_predicate", "word"}
"""Fields of a meaning that no entry writes: they are made of its verbs, nouns and predicates."""
ROW = re.compile(r"^\| `(?P<key>\w+)` \| (?P<asked>[^|]*) \| (?P<holds>[^|]*) \|$", re.MULTILINE)
FIELD = re.compile(r"^\| `(?P<field>\w+)` \| [^|]+ \|$", re.MULTILINE)


def keys_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def section(path: Path) -> str:
    parts = re.split(rf"^### {re.escape(path.name)}$", PAGE, flags=re.MULTILINE)
    return re.split(r"^##", parts[1], flags=re.MULTILINE)[0] if len(parts) == 2 else ""


@cache
def texts_in(module: str) -> frozenset[str]:
    """Return the texts that a module's code holds."""
    tree = ast.parse((EXTRACT / f"{module}.py").read_text(encoding="utf-8"))
    return frozenset(n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def modules(asked: str) -> Iterable[str]:
    return re.findall(r"`(\w+)`", asked)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_key_of_a_lexicon_is_described_and_no_other(path: Path) -> None:
    described = [row["key"] for row in ROW.finditer(section(path)) if row["holds"].strip()]
    assert sorted(described) == sorted(keys_of(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_who_is_said_to_ask_for_a_key_does(path: Path) -> None:
    rows = ((row["key"], module) for row in ROW.finditer(section(path)) for module in modules(row["asked"]))
    assert [(key, module) for key, module in rows if key not in texts_in(module)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_lexicon_says_at_its_head_what_it_is_and_where_it_is_from(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = list(takewhile(lambda line: line.startswith("#"), lines))
    assert len(head) > 1
    assert any(re.match(r"# Sources?: ", line) for line in head), "say it in the comment that opens the file"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_lines_of_a_lexicon_can_be_read(path: Path) -> None:
    long = [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if len(line) > 120]
    assert long == []


def test_every_field_of_an_entry_of_events_is_described_and_no_other() -> None:
    text = section(EXTRACT / "events.yaml")
    ours = {field.name for field in fields(TriggerSense)} - MADE | {"verbs", "nouns", "predicates"}
    assert {row["field"] for row in FIELD.finditer(text)} == ours
    assert {key for entry in keys_of(FILES[0].with_name("events.yaml"))["events"] for key in entry} <= ours


@pytest.mark.parametrize("folder", LANGUAGES, ids=lambda path: path.name)
def test_every_language_has_every_list_of_every_file(folder: Path) -> None:
    told = {path.name: sorted(keys_of(path)) for path in folder.glob("*.yaml")}
    assert told == {path.name: sorted(keys_of(path)) for path in FILES}


def test_every_module_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(\w+\.py)`", PAGE))
    assert sorted(name for name in named if not (EXTRACT / name).exists() and name not in ("names.py",)) == []
