"""The Python files that `rules:` of crisis.yaml names: read as text, from within the folder alone, and never run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from tidings.core.errors import Problem
from tidings.core.files import read_bytes
from tidings.crisis.crisis import RuleChoice


def read_rule_files(folder: Path, rules: Mapping[str, RuleChoice], problems: list[Problem]) -> dict[str, str]:
    """Return the texts of the files by the names that crisis.yaml gives them; problems are added to the list.

    Raises
    ------
    EnvironmentError_
        If the machine does not let us read a file.
    """
    texts: dict[str, str] = {}
    for decision, choice in rules.items():
        if not choice.file or choice.file in texts:
            continue
        text = _text(folder, choice.file, f"crisis.yaml: rules.{decision}")
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts[choice.file] = text
    return texts


def _text(folder: Path, name: str, where: str) -> str | Problem:
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or PurePosixPath(name).is_absolute() or "\\" in name:
        return Problem(where, f"'{name}' is no file of this folder", "Copy it into the folder beside crisis.yaml.")
    if not path.is_file():
        return Problem(where, f"there is no file '{name}'", "Write it, or correct the name.")
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        return Problem(name, "the file is not UTF-8 text", "Save it again as UTF-8.")
