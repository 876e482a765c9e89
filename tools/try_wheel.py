"""Build the wheel, install it in an empty environment from the lock file, and run the demo there.

python tools/try_wheel.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(command: Sequence[str | Path], cwd: Path) -> str:
    """Run a command; return what it printed, or stop with its status and all that it said."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(command, cwd=cwd, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False)  # fmt: skip
    if done.returncode:
        print(f"failed: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}", file=sys.stderr)
        sys.exit(done.returncode)
    return done.stdout


def build_wheel(into: Path) -> Path:
    """Build the wheel with the locked build tools."""
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", into, ROOT], ROOT)
    return next(into.glob("tidings-*.whl"))


def install(wheel: Path, environment: Path) -> Path:
    """Make an empty environment with the locked versions and the wheel; return its folder of programs.

    The pip of this environment installs into it; of thousands of modules, only those that the demo uses are compiled.
    """
    run([sys.executable, "-m", "venv", "--without-pip", environment], ROOT)
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", environment / "bin" / "python"]
    install: list[str | Path] = ["install", "-qq", "--no-compile", "--progress-bar", "off", "--only-binary", ":all:"]
    run([*pip, *install, "--require-hashes", "-r", ROOT / "requirements.lock"], ROOT)
    run([*pip, *install, "--no-deps", wheel], ROOT)
    run([*pip, "check"], ROOT)
    return environment / "bin"


def check_demo(programs: Path, away: Path) -> Path:
    """Run the demo away from the sources; return the brief, which the last line printed names."""
    printed = run([programs / "tidings", "demo", "-o", "example"], away)
    brief = away / printed.strip().splitlines()[-1]
    text = brief.read_text(encoding="utf-8")
    if "</html>" not in text or "not for release" not in text.lower():
        sys.exit(f"{brief} is not a whole brief")
    return brief


def main() -> None:
    """Do all of it in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tidings-wheel-") as name:
        folder = Path(name)
        wheel = build_wheel(folder / "dist")
        away = folder / "away"
        away.mkdir()
        brief = check_demo(install(wheel, folder / "env"), away)
        print(
            f"{wheel.name} ({wheel.stat().st_size / 1e6:.1f} MB) wrote a brief of {brief.stat().st_size / 1e6:.2f} MB"
        )


if __name__ == "__main__":
    main()
