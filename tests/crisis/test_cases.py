"""The corpus of crisis folders: a valid one loads; an invalid one is refused with the message on its first line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tidings.core.errors import InputError
from tidings.crisis.check import check_folder
from tidings.crisis.load import load_crisis

CASES = Path(__file__).resolve().parent.parent / "cases"
VALID = sorted((CASES / "valid").glob("*.yaml"))
INVALID = sorted((CASES / "invalid").glob("*.yaml"))


def lay_out(case: Path, folder: Path) -> str:
    """Write the files of a case; returns its first line."""
    text = case.read_text(encoding="utf-8")
    for name, content in yaml.safe_load(text).items():
        (folder / name).write_bytes(content.encode())
    return text.partition("\n")[0].removeprefix("# ")


def test_the_corpus_is_there() -> None:
    assert len(INVALID) >= 15
    assert VALID


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_a_valid_folder_loads(case: Path, tmp_path: Path) -> None:
    lay_out(case, tmp_path)
    assert load_crisis(tmp_path).settings.title == "Case"
    assert check_folder(tmp_path) == ()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_an_invalid_folder_is_refused_with_its_message_and_nothing_else(case: Path, tmp_path: Path) -> None:
    message = lay_out(case, tmp_path)
    with pytest.raises(InputError) as refused:
        load_crisis(tmp_path)
    assert message in str(refused.value)
    assert all(problem.where and problem.met and problem.fix for problem in refused.value.problems)
    assert len(refused.value.problems) == 1 or "circular" in case.stem
    assert check_folder(tmp_path) == refused.value.problems
