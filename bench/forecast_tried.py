"""What was tried and not kept, as far as it is a matter of numbers: `python -m bench.forecast_tried --data FOLDER`.

FOLDER holds `flee/<conflict>` and `flee_reference/accuracy.csv`. Printed are, as geometric means over conflicts at
30/60/90 days: `tidings` with other weights of its conformal correction (decision 23), WIS against `last_report`;
WIS at the cold start against the best of the four splits in each conflict, of each split alone and of every place
carried on (decision 23); and the error with the true total given, over Flee's, of a smaller panel (decision 25).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.forecast import COUNTS_FROM, read_records
from bench.forecast_figures import HORIZONS, SPLITS, cold_ratio, geometric_mean, main_at, total_wis
from bench.forecast_methods import Alone
from bench.forecast_total import run_of
from tidings.forecast import conformal
from tidings.forecast.baselines import LAST_REPORT
from tidings.forecast.hindcast import Hindcast, run_hindcast
from tidings.forecast.methods import methods_for
from tidings.forecast.own import make_tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.record import Record
from tidings.forecast.scoring import scores_of
from tidings.forecast.series import Forecasts, Method, Seen
from tidings.forecast.total_given import PANEL
from tidings.interchange.flee.read import read_flee

PRIORS, ELSEWHERE = (1.0, 4.0, 10.0), (0.0, 0.3, 1.0)
SMALL = tuple(choice for choice in PANEL if choice.form == "rank" and choice.within == 1.0)
"""Rank alone, and countries by nearness alone."""


@dataclass(frozen=True, slots=True)
class EveryPlace:
    """The average of the members wherever there is a report, however few; elsewhere what another method tells."""

    carried: Alone
    others: Method
    name: str = "every place carried on"

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        return {**self.others(seen, horizons), **self.carried(seen, horizons)}


@contextmanager
def weights(prior: float, elsewhere: float) -> Iterator[None]:
    """Let the conformal correction have other weights for a while."""
    kept = conformal.PRIOR_WEIGHT, conformal.ELSEWHERE
    conformal.PRIOR_WEIGHT, conformal.ELSEWHERE = prior, elsewhere
    try:
        yield
    finally:
        conformal.PRIOR_WEIGHT, conformal.ELSEWHERE = kept


def own(records: Sequence[Record]) -> str:
    """Return the ratios of WIS of `tidings` to `last_report`'s, at each horizon."""
    told = [run_hindcast(one, [LAST_REPORT, make_tidings(without=one.name, members=2, seed=1)]) for one in records]
    return " ".join(f"{_main_ratio(told, horizon):.3f}" for horizon in HORIZONS)


def _main_ratio(told: Sequence[Hindcast], horizon: int) -> float:
    ours, mark = (
        [total_wis(main_at(scores_of(one, name), horizon)) for one in told] for name in ("tidings", "last_report")
    )
    return geometric_mean([a / b for a, b in zip(ours, mark, strict=True)])


def cold_starts(records: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Yield by method the ratios of WIS at the cold start to the best split's, at each horizon."""
    cards = []
    for record in records:
        methods = {one.name: one for one in methods_for(record, members=2, seed=1) if one.name in (*SPLITS, "tidings")}
        carried = Alone("average", packaged_parameters().without(record.name))
        past = run_hindcast(record, [*methods.values(), EveryPlace(carried, methods["tidings"])])
        cards.append({name: scores_of(past, name) for name in past.quantiles})
    for name in cards[0]:
        told = (geometric_mean([cold_ratio(card, name, horizon) for card in cards]) for horizon in HORIZONS)
        yield name, " ".join(f"{ratio:.2f}" for ratio in told)


def panels(folder: Path, names: Sequence[str]) -> Mapping[str, float]:
    """Return the error with the true total given over Flee's, of both panels."""
    with (folder / "flee_reference" / "accuracy.csv").open(encoding="utf-8") as file:
        flee = {row["conflict"]: float(row["wape_report_dates"]) for row in csv.DictReader(file)}
    runs = {name: run_of(read_flee(folder / "flee" / name)[0]) for name in names if name in flee}
    return {
        f"{len(panel)} choices": geometric_mean(
            [run.wape(run.told(panel).mean(axis=0)) / flee[name] for name, run in runs.items()]
        )
        for panel in (PANEL, SMALL)
    }


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    asked = parser.parse_args()
    records = [one for one in read_records(asked.data / "flee") if _n_main(one) >= COUNTS_FROM]
    print("| conformal weights: prior, elsewhere | WIS |\n|---|---|")
    for prior in PRIORS:
        for elsewhere in ELSEWHERE:
            with weights(prior, elsewhere):
                print(f"| {prior:g}, {elsewhere:g} | {own(records)} |", flush=True)
    print("\n| cold start | WIS against the best split |\n|---|---|")
    for name, told in cold_starts(records):
        print(f"| {name} | {told} |")
    print("\n| panel | error over Flee's |\n|---|---|")
    for name, error in panels(asked.data, [record.name for record in records]).items():
        print(f"| {name} | {error:.2f} |")


def _n_main(record: Record) -> int:
    return int(np.sum([point.is_main for point in run_hindcast(record, [LAST_REPORT]).points]))


if __name__ == "__main__":
    main()
