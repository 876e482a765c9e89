"""Score past forecasts of several conflicts: `python -m bench.forecast --data FOLDER [--with-simulation]`.

FOLDER holds `flee/<conflict>` (the instances) and `flee_reference/accuracy.csv` (Flee's own errors where it is told
the true total). Each is forecast by methods that learnt nothing from it (docs/hindcast.md). `--write FILE` puts
the tables into a page, between its marks. `--with-simulation` also forecasts with the simulation as a part, and prints
all figures with it and without: minutes instead of seconds. `--workers N` forecasts N conflicts at once. The exit
status is 1 where `tidings` misses what it must reach.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from bench.forecast_figures import Figures, figures_of, worst_of
from bench.forecast_tables import (
    by_conflict,
    main_table,
    methods_table,
    missed,
    notes,
    page_with,
    scores_table,
    total_table,
    with_and_without,
)
from bench.forecast_total import Total, totals_of
from tidings.forecast.hindcast import run_hindcast
from tidings.forecast.methods import OWN, methods_for
from tidings.forecast.record import Record
from tidings.forecast.record_of_flee import record_of_flee
from tidings.forecast.scoring import Scores, scores_of
from tidings.interchange.flee.read import read_flee

COUNTS_FROM = 50
"""Points in the main table from which a conflict counts in the means."""
PRODUCT = "tidings"
"""The method whose figures must reach something."""
WITH, ALONE = "tidings_with_simulation", "simulation"
"""The same with the simulation as one part, and the simulation by itself."""
Card = Mapping[str, Scores]


def read_records(folder: Path) -> list[Record]:
    """Return the records of all conflicts in a folder."""
    return [record_of_flee(read_flee(path)[0]) for path in sorted(folder.iterdir()) if path.is_dir()]


def run_one(record: Record, members: int, seed: int, with_simulation: bool = False) -> tuple[Card, float]:
    """Forecast and score a conflict; also return the CPU seconds that it took."""
    start = time.process_time()
    methods = methods_for(record, members=members, seed=seed, with_simulation=with_simulation)
    past = run_hindcast(record, methods)
    card = {method: scores_of(past, method) for method in past.quantiles}
    seconds = time.process_time() - start
    print(f"{record.name}: seed {seed}, {seconds:.0f} s", file=sys.stderr, flush=True)
    return card, seconds


def run_all(
    records: Sequence[Record], members: int, seed: int, *, with_simulation: bool = False, workers: int = 1
) -> tuple[dict[str, Card], float]:
    """Forecast and score every conflict, by name; also return the CPU seconds of all."""
    one = partial(run_one, members=members, seed=seed, with_simulation=with_simulation)
    if workers == 1:
        told = [one(record) for record in records]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            told = list(pool.map(one, records))
    cards = {record.name: card for record, (card, _) in zip(records, told, strict=True)}
    return cards, sum(seconds for _, seconds in told)


def n_main(card: Card) -> int:
    """Return how many points a conflict has in the main table."""
    return sum(point.is_main for point in next(iter(card.values())).points)


def over_seeds(runs: Sequence[Mapping[str, Card]], method: str) -> Figures:
    """Return a method's figures, the mean over seeds; conflicts with too few points are left out."""
    told = [figures_of({n: c for n, c in run.items() if n_main(c) >= COUNTS_FROM}, method) for run in runs]
    return {key: float(np.mean([figures[key] for figures in told])) for key in told[0]}


def main(words: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--with-simulation", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--write", type=Path, help="A page with marks, such as docs/validation.md.")
    asked = parser.parse_args(words)
    records = read_records(asked.data / "flee")
    start, told = time.monotonic(), []
    for seed in range(1, 1 + asked.seeds):
        how = {"with_simulation": asked.with_simulation, "workers": asked.workers}
        told.append(run_all(records, asked.members, seed, **how))
    runs, elapsed = [cards for cards, _ in told], (time.monotonic() - start) / len(told)
    seconds = sum(spent for _, spent in told) / len(told)
    text, misses = tables(
        runs, asked.members, totals_of(asked.data, {name: n_main(card) for name, card in runs[0].items()})
    )
    print(text)
    spent = f"{seconds:.0f} s of CPU, {elapsed:.0f} s by the clock with {asked.workers} workers"
    print(f"{spent}, for each whole hindcast of {len(records)} conflicts", file=sys.stderr)
    if asked.write:
        asked.write.write_text(page_with(asked.write.read_text(encoding="utf-8"), text), encoding="utf-8")
    for miss in misses:
        print(f"{PRODUCT} misses: {miss}", file=sys.stderr)
    return 1 if misses else 0


def tables(runs: Sequence[Mapping[str, Card]], members: int, totals: Sequence[Total]) -> tuple[str, tuple[str, ...]]:
    """Return the tables of all runs, and what our own method misses."""
    figures = {method: over_seeds(runs, method) for method in next(iter(runs[0].values()))}
    shown = [method for method in (*OWN, WITH, "damped_drift") if method in figures]
    counted = {name: n_main(card) for name, card in runs[0].items()}
    large = {name: card for name, card in runs[0].items() if counted[name] >= COUNTS_FROM}
    worst = {method: worst_of(large, method) for method in shown}
    parts = (
        notes(counted, COUNTS_FROM, len(runs), members),
        *(main_table(method, figures[method], worst[method]) for method in shown),
        *([with_and_without(figures, PRODUCT, WITH, ALONE)] if WITH in figures else []),
        methods_table(figures),
        scores_table(large, ["last_report", *shown]),
        by_conflict(runs[0], shown),
        total_table(totals),
    )
    misses = tuple(missed(figures[PRODUCT], worst[PRODUCT][0], totals)) if PRODUCT in figures else ()
    return "\n\n".join(parts), misses


if __name__ == "__main__":
    sys.exit(main())
