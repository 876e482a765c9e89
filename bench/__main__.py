"""Print time and memory of each part at 100, 1 000 and 10 000 places: `python -m bench [CASE…] [--places N,…]`.

Each measurement runs in a process of its own, after one unmeasured call that compiles and fills caches, so that memory
is that of the case alone. Seconds are of the CPU, on one core.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bench.cases import CASES

SIZES = (100, 1_000, 10_000)
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
LONG_ENOUGH_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one call of a case took."""

    cpu_seconds: float
    memory_mb: float
    """Peak of the process, packages and compiled code included."""


def measure(case: str, n_places: int) -> Measured:
    """Prepare a case, call it once to warm up, then until half a second is spent; return the mean of a call."""
    call = CASES[case](n_places)
    call()
    n_calls, start = 0, time.process_time()
    while not n_calls or time.process_time() - start < LONG_ENOUGH_SECONDS:
        call()
        n_calls += 1
    spent = (time.process_time() - start) / n_calls
    return Measured(cpu_seconds=spent, memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def measure_apart(case: str, n_places: int) -> Measured | None:
    """Measure in a process of its own; None when that process failed."""
    command = [sys.executable, "-m", "bench", case, "--places", str(n_places), "--raw"]
    done = subprocess.run(command, env=os.environ | ONE_CORE, stdout=subprocess.PIPE, text=True, check=False)
    return Measured(**json.loads(done.stdout)) if done.returncode == 0 else None


def row(case: str, n_places: int, measured: Measured | None) -> str:
    """Return a line of the table."""
    if measured is None:
        return f"{case:<12} {n_places:>7} failed"
    return f"{case:<12} {n_places:>7} {measured.cpu_seconds:>12.4f} {measured.memory_mb:>10.0f}"


def main(arguments: Sequence[str]) -> int:
    """Measure the cases named, or all; return 1 when one failed."""
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"some of {', '.join(CASES)}")
    parser.add_argument("--places", default=",".join(map(str, SIZES)))
    parser.add_argument("--raw", action="store_true", help="measure one case here, and print JSON")
    given = parser.parse_args(arguments)
    if unknown := set(given.cases) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    sizes = [int(size) for size in given.places.split(",")]
    if given.raw:
        print(json.dumps(asdict(measure(given.cases[0], sizes[0]))))
        return 0
    print(f"{'case':<12} {'places':>7} {'CPU s a call':>12} {'peak MB':>10}", flush=True)
    status = 0
    for case in given.cases or CASES:
        for n_places in sizes:
            measured = measure_apart(case, n_places)
            status |= measured is None
            print(row(case, n_places, measured), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
