"""The contract of the pages with examples: every block runs, in order, and gives what the page shows."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.interchange.flee.folders import flee_folder
from tests.test_readme import run, shown_commands
from tidings.cli import cli

DOCS = Path(__file__).resolve().parent.parent / "docs"
LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the crisis folder and the Flee folder that the pages speak of."""
    folder = tmp_path_factory.mktemp("docs")
    done = CliRunner().invoke(cli, ["demo", "-o", str(folder / "aleppo")])
    assert done.exit_code == 0, done.output
    flee_folder(folder / "norland")
    (folder / "norland" / "simsetting.yml").write_text("optimisations:\n  hasten: 10\n")
    return folder


@pytest.mark.parametrize("name", ["ensembles.md", "flee.md", "reading.md"])
def test_the_examples_of_a_page_give_what_it_shows(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    examples = doctest.DocTestParser().get_doctest((DOCS / name).read_text(encoding="utf-8"), {}, name, name, 0)
    assert len(examples.examples) >= 3
    results = doctest.DocTestRunner(optionflags=LENIENT).run(examples)
    assert results.failed == 0


@pytest.mark.parametrize("name", ["reading.md"])
def test_the_commands_of_a_page_print_what_it_shows(name: str, folder: Path) -> None:
    commands = shown_commands((DOCS / name).read_text(encoding="utf-8"))
    assert commands
    for shown in commands:
        done = run(shown.command, folder)
        assert done.returncode == 0, f"{shown.command}\n{done.stderr}"
        matches = doctest.OutputChecker().check_output(shown.output, done.stdout, LENIENT)
        assert matches, f"$ {shown.command}\n{done.stdout}"
