"""What docs/rules.md says is so: its tables are those of the code, and its example runs as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from tidings.flow.rules import DECISIONS
from tidings.flow.seen import Map, Seen, SeenWays

PAGE = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
TIDINGS = Path(sys.executable).parent / "tidings"
AXES = {"_places": "place", "_ways": "way", "_targets": "place, then crossing", "_crossings": "crossing"}


def block(language: str, first: str = "") -> str:
    """Return the one block of the page in a language that begins with a line."""
    (found,) = re.findall(rf"^```{language}\n({re.escape(first)}.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)
    return str(found)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the invented country with its reports in the ledger and the rules of the page beside it, not named yet."""
    from tidings.examples import copy_example

    folder = copy_example("valdria", tmp_path_factory.mktemp("rules") / "valdria")
    reports = sorted((folder / "reports").iterdir())
    subprocess.run([TIDINGS, "add", folder, *reports], check=True, capture_output=True)
    (folder / "rules.py").write_text(block("python", "# rules.py"), encoding="utf-8")
    return folder


def name_rules(folder: Path, rules: dict[str, Any]) -> None:
    """Write rules to crisis.yaml, in the place of those that it named."""
    settings = yaml.safe_load((folder / "crisis.yaml").read_text(encoding="utf-8"))
    (folder / "crisis.yaml").write_text(yaml.safe_dump({**settings, "rules": rules}), encoding="utf-8")


def forecast(folder: Path, rules: dict[str, Any]) -> tuple[Any, str]:
    """Return the ensemble of a forecast by rules, and what was told on the way."""
    from tidings.ensemble.save import load_ensemble

    name_rules(folder, rules)
    file = folder / "forecast.nc"
    command = [TIDINGS, "forecast", folder, "--days", "12", "--members", "40", "-o", file]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return load_ensemble(file), done.stderr + done.stdout


def test_the_example_passes_its_own_test(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text(block("python", "# rules.py"), encoding="utf-8")
    (tmp_path / "test_rules.py").write_text(block("python", "# test_rules.py"), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_rules.py"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert "1 passed" in done.stdout, done.stdout


def test_the_example_changes_a_forecast_as_it_says(folder: Path) -> None:
    ours, told = forecast(folder, {})
    assert "rules.py" not in told
    theirs, told = forecast(folder, yaml.safe_load(block("yaml"))["rules"])
    assert "running rules.py of the crisis folder" in told
    assert "leave: LeaveInWinter of rules.py (winter_share 0.2)" in told
    left = [float(each["departures"].sel(place="dorvik").sum()) for each in (ours, theirs)]
    assert left[1] < 0.6 * left[0]  # it is March
    shares = [
        float(each["arrivals"].sel(place="lindra-camp").sum() / each["arrivals"].sum()) for each in (ours, theirs)
    ]
    assert shares[1] > 1.3 * shares[0]


def test_check_runs_nothing_and_tells_what_shows(folder: Path) -> None:
    name_rules(folder, {})
    settings = (folder / "crisis.yaml").read_text(encoding="utf-8").replace("rules: {}\n", "")
    (folder / "ruin.py").write_text("raise SystemExit('this was run')\nclass Some: pass\n", encoding="utf-8")

    def check(rules: str) -> tuple[int, str]:
        (folder / "crisis.yaml").write_text(f"{settings}\n{rules}\n", encoding="utf-8")
        done = subprocess.run([TIDINGS, "check", folder], check=False, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    status, told = check("rules: {leave: ruin.py:Some}")
    assert status == 0, told
    assert "this was run" not in told
    status, told = check("rules: {leaf: ruin.py:Some, leave: ruin.py:Other, calm: {rule: ruin.py:Some, days: 3}}")
    assert status == 1
    for message in ("Did you mean leave?", "ruin.py has no class 'Other'", "rules.calm.days: the rule has no field"):
        assert message in told


def test_the_table_of_decisions_is_that_of_the_code() -> None:
    for name, decision in DECISIONS.items():
        most = "true or false" if decision.most is None else f"{decision.most:g}"
        axis = AXES[decision.size.__name__]
        assert f"| `{name}` | `{decision.rule.__name__}` | {decision.means} | {axis} | {most} |" in PAGE
    assert len(re.findall(r"^\| `\w+` \| `\w+` \|", PAGE, flags=re.MULTILINE)) == len(DECISIONS)


@pytest.mark.parametrize("part", [Seen, SeenWays, Map])
def test_all_that_can_be_seen_is_on_the_page(part: type) -> None:
    assert not [field.name for field in fields(part) if f"`{field.name}`" not in PAGE]


def test_the_number_of_rules_is_the_one_told() -> None:
    assert ("thirteen rules" in PAGE, len(DECISIONS)) == (True, 13)
    assert np.isinf(DECISIONS["let_through"].most or 0)
