"""What each part of the forecast adds: `python -m bench.forecast_methods --data FOLDER [--weights] [--fit FILE]`.

FOLDER holds `flee/<conflict>`. Printed are ratios of WIS and WAPE to `last_report`, geometric means over conflicts, and
how often the 80 % interval covers, for the trend, the state space, their average, and the average stretched by past
errors. `--weights` adds the same with weights learnt from past scores (decision 0030). `--fit FILE` fits all parameters
anew, each conflict left out in turn, and writes them. `--know FILE` writes those of the package as they are, with the
marks by which the conflicts of FOLDER are known.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.forecast import COUNTS_FROM, read_records
from tidings.forecast.baselines import LAST_REPORT
from tidings.forecast.calibrate import calibrate
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.hindcast import HORIZONS, Hindcast, run_hindcast
from tidings.forecast.history import Floats, History, history_of
from tidings.forecast.known import known
from tidings.forecast.mixture import mixture_quantiles
from tidings.forecast.own import Tidings, make_tidings
from tidings.forecast.parameters import Fitted, packaged_parameters, render_parameters
from tidings.forecast.record import Record
from tidings.forecast.scores import score_wis
from tidings.forecast.series import Forecasts, Method, Seen
from tidings.forecast.state_space import state_space_quantiles
from tidings.forecast.trend import trend_quantiles
from tidings.forecast.weights import WeightLearning

Member = Callable[[Sequence[History], Floats, Fitted], Floats]
MEMBERS: dict[str, Member] = {
    "trend": lambda histories, leads, fitted: trend_quantiles(histories, leads, fitted.trend),
    "state_space": lambda histories, leads, fitted: state_space_quantiles(histories, leads, fitted.state_space),
    "average": mixture_quantiles,
}

LEARNING = {
    f"weights, prior {prior:g}, rate {rate:g}": WeightLearning(prior_count=prior, rate=rate)
    for prior in (3, 10, 30)
    for rate in (0.5, 1, 2, 4)
}


@dataclass(frozen=True, slots=True)
class Alone:
    """One member on its own, for places with reports; nobody elsewhere."""

    name: str
    fitted: Fitted

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        told = [series for series in seen.series if len(series.days)]
        pairs = [(series, lead) for series in told for lead in horizons]
        if not pairs:
            return {}
        histories = {one.place: history_of(one.days, one.people, seen.origin) for one in told}
        leads = np.array([lead for _, lead in pairs], np.float64)
        people = MEMBERS[self.name]([histories[series.place] for series, _ in pairs], leads, self.fitted)
        return {(series.place, lead): row for (series, lead), row in zip(pairs, people, strict=True)}


def methods_of(record: Record, learning: Mapping[str, WeightLearning]) -> list[Method]:
    """Return the baseline, each member alone, the whole, and the whole with weights learnt in several ways."""
    fitted = packaged_parameters().without(record.name)
    whole = make_tidings(without=record.name, members=2, seed=1)
    learnt = [Tidings(CarriedSeries(fitted, learning), name) for name, learning in learning.items()]
    return [LAST_REPORT, *(Alone(name, fitted) for name in MEMBERS), whole, *learnt]


def figures(hindcasts: Sequence[Hindcast], method: str, horizon: int) -> tuple[float, float, float]:
    """Return the ratios of WIS and WAPE to `last_report`, and the coverage of the 80 % interval, of the main table."""
    wis, wape = [], []
    inside: list[np.bool_] = []
    for hindcast in hindcasts:
        rows = [number for number, point in enumerate(hindcast.points) if point.is_main and point.horizon == horizon]
        truth = np.array([hindcast.points[number].truth for number in rows])
        ours, mark = (hindcast.quantiles[name][rows] for name in (method, LAST_REPORT.name))
        wis.append(score_wis(ours, truth).sum() / score_wis(mark, truth).sum())
        wape.append(np.abs(ours[:, 4] - truth).sum() / np.abs(mark[:, 4] - truth).sum())
        inside.extend((truth >= ours[:, 2]) & (truth <= ours[:, 6]))
    return float(np.exp(np.mean(np.log(wis)))), float(np.exp(np.mean(np.log(wape)))), float(np.mean(inside))


def main() -> None:
    """Print the table, or fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--know", type=Path)
    parser.add_argument("--weights", action="store_true")
    asked = parser.parse_args()
    records = read_records(asked.data / "flee")
    if asked.fit:
        sets = calibrate(records, command="python -m bench.forecast_methods --fit").to_keep()
        asked.fit.write_text(render_parameters(sets), encoding="utf-8")
        return
    if asked.know:
        sets = packaged_parameters().model_copy(update={"conflicts": tuple(map(known, records))})
        asked.know.write_text(render_parameters(sets), encoding="utf-8")
        return
    learning = LEARNING if asked.weights else {}
    hindcasts = [run_hindcast(record, methods_of(record, learning)) for record in records]
    large = [one for one in hindcasts if sum(point.is_main for point in one.points) >= COUNTS_FROM]
    print("| method | WIS | WAPE | 80 % interval covers |\n|---|---|---|---|")
    for method in (*MEMBERS, "tidings", *learning):
        columns = zip(*(figures(large, method, horizon) for horizon in HORIZONS), strict=True)
        print(f"| {method} | " + " | ".join(" ".join(f"{value:.3f}" for value in column) for column in columns) + " |")


if __name__ == "__main__":
    main()
