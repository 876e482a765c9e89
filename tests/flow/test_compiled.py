"""Compiled code is kept for each version of the sources, and where it cannot be kept everything works without."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import tidings
from tidings.flow.compiled import compiled, kernel_folder

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


MIX = """
import numpy as np
from tidings.flow.draws import mix
mixed = mix(np.uint64(3))
print(mixed, sum(mix.stats.cache_hits.values()), mix._cache.cache_path)
"""


def mixed(root, cache):
    """Return a number that was mixed by the sources of a folder, how often compiled code was found, and where."""
    done = subprocess.run(
        [sys.executable, "-c", MIX], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(root), "NUMBA_CACHE_DIR": str(cache)},
    )  # fmt: skip
    return done.stdout.split()


def installed(folder):
    shutil.copytree(Path(tidings.__file__).parent, folder / "tidings", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_another_installation_of_the_same_sources_finds_them_compiled(tmp_path):
    first = mixed(installed(tmp_path / "here"), tmp_path / "cache")
    second = mixed(installed(tmp_path / "there"), tmp_path / "cache")
    assert (first[0], first[2]) == (second[0], second[2])
    assert (first[1], second[1]) == ("0", "1")


def test_another_installation_of_other_sources_is_compiled_anew(tmp_path):
    first = mixed(installed(tmp_path / "here"), tmp_path / "cache")
    other = installed(tmp_path / "there")
    with (other / "tidings" / "flow" / "networks.py").open("a") as file:
        file.write("# another line\n")
    second = mixed(other, tmp_path / "cache")
    assert second[2] != first[2]
    assert second[1] == "0"


def test_numbas_settings_are_those_of_before_afterwards():
    import numba

    before = numba.config.CACHE_DIR, numba.config.CACHE_LOCATOR_CLASSES

    @compiled
    def double(number):
        return 2 * number

    assert double(21) == 42
    assert before == (numba.config.CACHE_DIR, numba.config.CACHE_LOCATOR_CLASSES)
