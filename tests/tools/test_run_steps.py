"""The contract of tools.run_steps: steps run in order, the first that fails ends them, and every time is shown."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tools import run_steps


@pytest.fixture(autouse=True)
def three_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put steps that end at once in the place of the real ones."""
    end = {"good": 0, "bad": 7, "never": 0}
    steps = {name: (sys.executable, "-c", f"import sys; sys.exit({status})") for name, status in end.items()}
    monkeypatch.setattr(run_steps, "STEPS", steps)


def test_the_first_step_that_fails_gives_the_exit_status_and_ends_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_steps.main(["good", "bad", "never"]) == 7
    shown = capsys.readouterr().out
    assert "FAILED: bad" in shown
    assert "never" not in shown


def test_the_time_of_each_step_and_of_all_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_steps.main(["good"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"good +\d+\.\d s", shown)
    assert re.search(r"together +\d+\.\d s", shown)


def test_an_unknown_step_is_refused_with_the_names_of_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_steps.main(["god"]) == 2
    assert "good, bad, never" in capsys.readouterr().err


def test_every_step_of_make_is_known() -> None:
    makefile = (Path(run_steps.ROOT) / "Makefile").read_text(encoding="utf-8")
    called = {name for line in re.findall(r"run_steps\.py (.+)", makefile) for name in line.split()}
    source = Path(run_steps.__file__).read_text(encoding="utf-8")
    assert not [name for name in called if f'"{name}":' not in source]
