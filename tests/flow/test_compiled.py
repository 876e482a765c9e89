"""Compiled code is kept for each version of the sources, and where it cannot be kept everything works without."""

import os
import subprocess
import sys
from pathlib import Path

from tidings.flow.compiled import kernel_folder

SUM_UP = """
import logging
logging.basicConfig(level=logging.WARNING, format="%(message)s")
from tidings.flow.compiled import compiled, kernel_folder

@compiled
def double(number):
    return 2 * number

print(double(21), kernel_folder())
"""


def run(tmp_path, **variables):
    script = tmp_path / "double.py"
    script.write_text(SUM_UP)
    environment = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    return subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True, env={**environment, **variables}
    )


def test_the_folder_is_named_after_the_sources():
    assert kernel_folder().name.startswith("kernels-")


def test_numbas_own_variable_moves_the_folder(tmp_path):
    done = run(tmp_path, NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    number, folder = done.stdout.split()
    assert number == "42"
    assert Path(folder).parent == tmp_path / "cache"
    assert list(Path(folder).rglob("*.nbi"))


def test_the_users_cache_folder_is_used_otherwise(tmp_path):
    done = run(tmp_path, XDG_CACHE_HOME=str(tmp_path / "home"))
    assert list((tmp_path / "home" / "tidings").rglob("*.nbi"))
    assert done.stderr == ""


def test_where_nothing_can_be_written_it_is_compiled_anew(tmp_path):
    (tmp_path / "file").write_text("in the way")
    (tmp_path / "__pycache__").write_text("in the way")
    blocked = str(tmp_path / "file" / "cache")
    done = run(tmp_path, NUMBA_CACHE_DIR=blocked, XDG_CACHE_HOME=blocked, HOME=blocked)
    assert done.stdout.split()[0] == "42"
    assert "compiled code cannot be kept" in done.stderr
