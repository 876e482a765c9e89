"""Run the named steps of the checks one after the other, stop at the first that fails, and say how long each took.

python tools/run_steps.py lint types tests
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
ON_TWO_CORES = ("-n", "2", "--dist", "worksteal")
"""Neighbouring tests stay together, so that what a module prepares is seldom prepared twice."""
STEPS: dict[str, tuple[str, ...]] = {
    "lint": (f"{BIN}/ruff", "check", "--quiet", "."),
    "format": (f"{BIN}/ruff", "format", "--quiet", "--check", "."),
    "types": (f"{BIN}/mypy",),
    "layers": (f"{BIN}/lint-imports", "--no-logo"),
    "licences": (PYTHON, "tools/check_licences.py"),
    "tests": (PYTHON, "-m", "pytest", "-q", *ON_TWO_CORES, "--durations", "5"),
    "verification": (PYTHON, "-m", "pytest", "-q", *ON_TWO_CORES, "verification", "-m", "not slow"),
    "verification-all": (PYTHON, "-m", "pytest", "-q", "verification"),
    "wheel": (PYTHON, "tools/try_wheel.py"),
}


def run_step(name: str) -> tuple[int, float]:
    """Run one step; return its exit status and the seconds that it took."""
    print(f"── {name}", flush=True)
    start = time.perf_counter()
    status = subprocess.run(STEPS[name], cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    return status, time.perf_counter() - start


def report(seconds: dict[str, float], failed: str | None) -> str:
    """Return the table of times, and which step failed."""
    lines = [f"{name:>16} {taken:7.1f} s" for name, taken in seconds.items()]
    lines.append(f"{'together':>16} {sum(seconds.values()):7.1f} s")
    return "\n".join([*lines, f"FAILED: {failed}" if failed else "All steps passed."])


def main(names: Sequence[str]) -> int:
    """Run the steps by name; return the exit status of the first that failed, else 0."""
    unknown = [name for name in names if name not in STEPS]
    if unknown or not names:
        print(f"unknown steps {unknown}: name some of {', '.join(STEPS)}", file=sys.stderr)
        return 2
    seconds: dict[str, float] = {}
    status, failed = 0, None
    for name in names:
        status, seconds[name] = run_step(name)
        if status:
            failed = name
            break
    print(report(seconds, failed), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
