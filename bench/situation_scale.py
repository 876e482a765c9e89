"""Print what a situation takes at 10,000 places and many claims: `python -m bench.situation_scale [--claims N,…]`.

Each size runs in a process of its own. Seconds are of the CPU, on one core; a figure that is asked several times is the
median. `--write FILE` puts the table between its two marks in a page.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from bench.country import country
from bench.news import N_DAYS, START, Added, Newsroom
from tidings.assess.assess import Assessor, assess
from tidings.crisis.crisis import Crisis
from tidings.evidence.ledger import Ledger, View
from tidings.evidence.lineage import Lineage, lineage_of
from tidings.situation.situation import Situation

SIZES = (10_000, 100_000, 1_000_000)
PLACES = 10_000
REPORTS_AT_ONCE = 500
TIMES = 5
ONE_CORE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
EXTRACTOR = "bench@1"
RECEIVED = dt.datetime(2032, 1, 1, tzinfo=dt.UTC)
Value = TypeVar("Value")
BEGIN, END = "<!-- scale: begin -->", "<!-- scale: end -->"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one size took."""

    claims: int
    added_per_second: float
    place_ms: float
    lineage_s: float
    kept_s: float
    claims_s: float
    prepare_s: float
    first_day_s: float
    day_s: float
    next_day_s: float
    looked_at_s: float
    cold_s: float
    memory_mb: float


TITLES = {
    "claims": "claims", "added_per_second": "added a second", "place_ms": "claims of a place, ms",
    "lineage_s": "lineage, s", "kept_s": "lineage that is kept, s", "claims_s": "claims read, s",
    "prepare_s": "evidence of all claims, s", "first_day_s": "first day, s", "day_s": "any other day, s",
    "next_day_s": "next day, s", "looked_at_s": "all of a day looked at, s", "cold_s": "new process, all of a day, s",
    "memory_mb": "peak MB",
}  # fmt: skip


def measure(n_claims: int, folder: Path) -> Measured:
    """Fill a ledger in a folder, and measure what is asked of it."""
    crisis = country(PLACES)
    ledger = Ledger.create(folder / "ledger.db")
    adding_s = sum(_added(ledger, some) for some in _parts(Newsroom(crisis).reports(n_claims)))
    view, last = ledger.as_of(), START + dt.timedelta(days=N_DAYS - 2 * TIMES)
    asked = [crisis.geography.places[number * 977].id for number in range(2 * TIMES)]
    place_s = statistics.median(_seconds(partial(view.claims, subject=place)) for place in asked)
    lineage_s, lineage = _timed(lambda: lineage_of(crisis, view))
    kept_s = _seconds(lambda: lineage_of(crisis, view))
    of_days = _days_measured(crisis, view, lineage, last)
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(
        claims=n_claims, added_per_second=n_claims / adding_s, place_ms=1_000 * place_s, lineage_s=lineage_s,
        kept_s=kept_s, cold_s=float(_apart("--cold", str(folder))), memory_mb=memory_mb, **of_days,
    )  # fmt: skip


def _days_measured(crisis: Crisis, view: View, lineage: Lineage, last: dt.date) -> dict[str, float]:
    """Assess days from one view; what that takes is freed when they are."""
    claims_s, assessor = _timed(lambda: Assessor.of(crisis, view, lineage=lineage))
    prepare_s = _seconds(assessor.ground.prepare)
    first_day_s = _day(assessor, last)
    next_s = [_day(assessor, last + dt.timedelta(days=1 + number)) for number in range(TIMES)]
    _look_at_all(assessor.on(last, as_of=last))
    shown = [assessor.on(last + dt.timedelta(days=1 + number), as_of=last) for number in range(TIMES)]
    looked_s = [_seconds(partial(_look_at_all, situation)) for situation in shown]
    day_s = [_day(assessor, last - dt.timedelta(days=91 * (1 + number))) for number in range(TIMES)]
    return {
        "claims_s": claims_s, "prepare_s": prepare_s, "first_day_s": first_day_s, "day_s": statistics.median(day_s),
        "next_day_s": statistics.median(next_s), "looked_at_s": statistics.median(looked_s),
    }  # fmt: skip


def cold(folder: Path) -> float:
    """Return the seconds from the opening of a ledger, whose lineage is kept, to all that is said of a day."""
    crisis, day = country(PLACES), START + dt.timedelta(days=N_DAYS - 2 * TIMES)
    return _seconds(lambda: _look_at_all(assess(crisis, Ledger.open(folder / "ledger.db").as_of(), on=day, as_of=day)))


def _look_at_all(situation: Situation) -> None:
    situation.model_copy()


def _timed(call: Callable[[], Value]) -> tuple[float, Value]:
    start = time.process_time()
    value = call()
    return time.process_time() - start, value


def _added(ledger: Ledger, reports: Sequence[Added]) -> float:
    return _seconds(lambda: ledger.append_all(reports, received_at=RECEIVED, extractor=EXTRACTOR))


def _parts(reports: Iterator[Added]) -> Iterator[list[Added]]:
    while some := list(islice(reports, REPORTS_AT_ONCE)):
        yield some


def _day(assessor: Assessor, day: dt.date) -> float:
    return _seconds(lambda: assessor.on(day, as_of=day))


def _seconds(call: Callable[[], object]) -> float:
    return _timed(call)[0]


def _apart(*arguments: str) -> str:
    """Run this module in a process of its own, on one core, and return what it prints."""
    command = [sys.executable, "-m", "bench.situation_scale", *arguments]
    return subprocess.run(command, env=os.environ | ONE_CORE, stdout=subprocess.PIPE, text=True, check=True).stdout


def measure_apart(n_claims: int) -> Measured:
    """Measure in a process and a folder of its own."""
    return Measured(**json.loads(_apart("--claims", str(n_claims), "--raw")))


def table(rows: Sequence[Measured]) -> str:
    """Return the figures as a table of Markdown, one size a column."""
    lines = [["", *(f"{row.claims:,} claims" for row in rows)], ["---"] * (1 + len(rows))]
    for field in fields(Measured)[1:]:
        lines.append([TITLES[field.name], *(f"{getattr(row, field.name):,.3g}" for row in rows)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def write(page: Path, rows: Sequence[Measured]) -> None:
    """Put the table between its marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{table(rows)}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(prog="bench.situation_scale", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--claims", default=",".join(map(str, SIZES)))
    parser.add_argument("--write", type=Path, help="a page in which the table stands between its marks")
    parser.add_argument("--raw", action="store_true", help="measure one size here, and print JSON")
    parser.add_argument("--cold", type=Path, help="print what a new process takes with the ledger of a folder")
    given = parser.parse_args(arguments)
    if given.cold:
        print(cold(given.cold))
        return 0
    sizes = [int(size) for size in given.claims.split(",")]
    if given.raw:
        folder = Path(tempfile.mkdtemp(prefix="tidings-bench-"))
        try:
            print(json.dumps(asdict(measure(sizes[0], folder))))
        finally:
            shutil.rmtree(folder)
        return 0
    rows = []
    for size in sizes:
        rows.append(measure_apart(size))
        print(rows[-1], file=sys.stderr, flush=True)
    print(table(rows))
    if given.write:
        write(given.write, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
