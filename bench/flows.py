"""What flows add to a forecast of stocks: `python -m bench.flows --data FOLDER [--every 60]`.

No record at hand tells stocks and flows of one place. So of each conflict's reports those that are at least `--every`
days apart stay stocks, and between all reports a flow is made: how many more were reported than before, and nobody
where fewer were. It hides who left, as a count at a gate does. `tidings` forecasts the stocks that are left, with these
flows and without. FOLDER is that of `bench.forecast`.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.forecast import read_records
from tidings.forecast.hindcast import HORIZONS, run_hindcast
from tidings.forecast.own import make_tidings
from tidings.forecast.record import Record, Report
from tidings.forecast.scores import covers
from tidings.forecast.scoring import Scores, scores_of

COUNTS_FROM = 8
"""Points at a horizon from which a conflict counts in the mean."""
Row = tuple[int, float, float, float, float]
"""Points; WIS and error with flows, over those without; how often the 80 % interval covers, without and with."""


def thinned(record: Record, every_days: int) -> tuple[Record, Record]:
    """Return a record of few stocks, alone and with the flows between all reports."""
    kept: list[Report] = []
    flows: list[Report] = []
    for place in record.places:
        reports = sorted((r for r in record.reports if r.place == place), key=lambda report: report.day)
        kept += _apart(reports, every_days)
        flows += [replace(b, people=max(b.people - a.people, 0.0)) for a, b in itertools.pairwise(reports)]
    alone = replace(record, reports=tuple(kept))
    return alone, replace(alone, flows=tuple(flows))


def _apart(reports: Sequence[Report], every_days: int) -> Iterator[Report]:
    last = -every_days
    for report in reports:
        if report.day >= last + every_days:
            last = report.day
            yield report


def scored(record: Record) -> Scores:
    """Forecast a record by parameters that were fitted without it, and score the places that have a series."""
    past = scores_of(run_hindcast(record, [make_tidings(without=record.name, members=2, seed=1)]), "tidings")
    return past.at(np.array([point.is_main for point in past.points], np.bool_))


def compared(alone: Scores, with_flows: Scores, horizon: int) -> Row:
    """Hold the scores with flows against those without, at one horizon."""
    is_asked = np.array([point.horizon == horizon for point in alone.points], np.bool_)
    one, other = alone.at(is_asked), with_flows.at(is_asked)
    before, after = (float(covers(some.quantiles, some.truth, 80).mean()) for some in (one, other))
    wis, error = other.wis.sum() / one.wis.sum(), other.error.sum() / one.error.sum()
    return len(one.points), float(wis), float(error), before, after


def main(words: Sequence[str] | None = None) -> int:
    """Print each conflict and horizon, and the geometric mean over conflicts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--every", type=int, default=60)
    asked = parser.parse_args(words)
    both: dict[str, tuple[Scores, Scores]] = {}
    for record in read_records(asked.data / "flee"):
        alone, with_flows = thinned(record, asked.every)
        both[record.name] = scored(alone), scored(with_flows)
    for horizon in HORIZONS:
        enough = {name: pair for name, pair in both.items()
                  if sum(point.horizon == horizon for point in pair[0].points) >= COUNTS_FROM}  # fmt: skip
        rows = {name: compared(*pair, horizon) for name, pair in enough.items()}
        for name, row in rows.items():
            _print(name, horizon, row)
        if rows:
            _print("all", horizon, _mean(list(rows.values())))
    return 0


def _mean(rows: Sequence[Row]) -> Row:
    """Return the geometric mean of ratios, and the cover pooled over points."""
    n, wis, error, before, after = np.array(rows).T
    ratios = [float(np.exp(np.log(ratio).mean())) for ratio in (wis, error)]
    within = [float(np.average(share, weights=n)) for share in (before, after)]
    return int(n.sum()), ratios[0], ratios[1], within[0], within[1]


def _print(name: str, horizon: int, row: Row) -> None:
    n, wis, error, before, after = row
    print(f"{name:12} {horizon:3} days {n:4} points  WIS × {wis:.2f}  error × {error:.2f}  80 % covers", end=" ")
    print(f"{before:.2f} → {after:.2f}")


if __name__ == "__main__":
    sys.exit(main())
