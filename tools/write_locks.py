"""Write the lock files from pyproject.toml: exact versions with hashes, one file for every system and Python from 3.11.

    python tools/write_locks.py [--upgrade]

requirements.lock is what runs, requirements-extras.lock that with what a cluster, OpenStreetMap and Zarr need,
requirements-build.lock what builds, requirements-dev.lock all of these and what tests.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("--extra", "calibrate", "--extra", "cluster", "--extra", "osm", "--extra", "zarr")
HEADER = """\
# {what}. Exact versions with hashes, for any system and Python from 3.11 on.
# Written by 'make lock': do not edit.
"""


def compile_lock(lock: str, what: str, sources: Sequence[str], stdin: str | None, upgrade: bool) -> None:
    """Resolve requirements and write one lock file; versions already locked stay unless upgraded."""
    resolve = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11",
               "--generate-hashes", "--no-header", "--output-file", lock, *sources]  # fmt: skip
    subprocess.run(
        [*resolve, *(["--upgrade"] if upgrade else [])], input=stdin, text=True, cwd=ROOT, check=True, stdout=sys.stderr
    )
    path = ROOT / lock
    path.write_text(HEADER.format(what=what) + path.read_text(encoding="utf-8"), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Write all four; later ones are held to the versions of the earlier."""
    upgrade = "--upgrade" in arguments
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], check=True)
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    held = ["--constraint", "requirements.lock"]
    compile_lock("requirements.lock", "What Tidings runs on", ["pyproject.toml"], None, upgrade)
    compile_lock("requirements-extras.lock", "What Tidings runs on, with a cluster, OpenStreetMap and Zarr",
                 ["pyproject.toml", *EXTRAS, *held], None, upgrade)  # fmt: skip
    held += ["--constraint", "requirements-extras.lock"]
    compile_lock("requirements-build.lock", "What builds Tidings", ["-", *held], "\n".join(build), upgrade)
    held += ["--constraint", "requirements-build.lock"]
    compile_lock("requirements-dev.lock", "What tests and builds Tidings",
                 ["pyproject.toml", "--extra", "dev", *EXTRAS, *held], None, upgrade)  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
