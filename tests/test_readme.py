"""The contract of the README: every command of its tour runs, in order, and prints what the page shows."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Shown:
    """A command of the README and what it is shown to print."""

    command: str
    output: str


def shown_commands(page: str) -> list[Shown]:
    """Return the commands of all console blocks, in order, each with the lines under it."""
    blocks = re.findall(r"^```console\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE) if part]
    return [Shown(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader would, with the programs of this environment first."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = {**os.environ, "PATH": path, "COLUMNS": "100"}
    return subprocess.run(
        command, shell=True, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )


def test_the_tour_prints_what_it_shows(tmp_path: Path) -> None:
    commands = shown_commands(README)
    assert len(commands) >= 6
    for shown in commands:
        done = run(shown.command, tmp_path)
        assert done.returncode == 0, f"{shown.command}\n{done.stderr}"
        matches = doctest.OutputChecker().check_output(shown.output, done.stdout, LENIENT)
        assert matches, f"$ {shown.command}\n{done.stdout}"


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_commands_that_the_readme_names_are_in_the_makefile(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_the_picture_of_the_readme_is_there_and_is_a_picture() -> None:
    (picture,) = re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", README)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
