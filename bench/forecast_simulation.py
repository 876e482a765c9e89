"""What the simulation adds to forecasts from reports: `python -m bench.forecast_simulation --data FOLDER [--fit FILE]`.

FOLDER holds `flee/<conflict>`. For each conflict the filtered simulation (`tidings.forecast.particles`) is given a
prior from the others; printed are ratios of WIS and WAPE to `last_report` by its weight in the average with `tidings`,
and which weight the other conflicts would choose: for all places, and for those with fewer than three reports alone.
`--fit FILE` writes the priors, each conflict left out in turn, as `simulation.yaml` has them. Minutes a conflict.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import yaml

from bench.forecast import COUNTS_FROM, read_records
from tidings.forecast.baselines import DAMPED_DRIFT, LAST_REPORT
from tidings.forecast.hindcast import HORIZONS, Hindcast, run_hindcast
from tidings.forecast.history import Floats
from tidings.forecast.own import make_tidings
from tidings.forecast.particles import Particles
from tidings.forecast.record import Record
from tidings.forecast.scores import covers, score_wis
from tidings.forecast.with_simulation import Simulation

WEIGHTS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
HEADING = (
    "# Part of simulated changes that was reported, in the other conflicts: python -m bench.forecast_simulation --fit"
)
RATIO_MEMBERS = 20
"""Of the runs from which the prior comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Figures of one conflict by weight; each of shape (weight, horizon)."""

    name: str
    n_main: int
    wis: Floats
    """Over last_report's, of the main table."""
    wape: Floats
    cold: Floats
    """WIS of the cold start over that of damped_drift."""
    covered: Floats
    """Share within the 80 % interval."""
    new: Floats
    """WIS at places with fewer than three reports over that without the simulation; shape (weight,), all horizons."""


def ratio_of(record: Record, seed: int) -> float:
    """Return reported over simulated changes of a whole conflict."""
    particles = Particles(members=RATIO_MEMBERS, seed=seed, prior=1.0)
    return particles.ratio(record.seen(record.last_day))


def priors_of(ratios: Mapping[str, float]) -> dict[str | None, float]:
    """Return for each conflict, and for all (None), the geometric mean of the others' ratios, none below 0.001."""
    known = {name: math.log(max(ratio, 0.001)) for name, ratio in ratios.items() if not math.isnan(ratio)}
    left_out: tuple[str | None, ...] = (None, *ratios)
    return {one: math.exp(np.mean([log for name, log in known.items() if name != one])) for one in left_out}


def trial_of(record: Record, prior: float, members: int, seed: int) -> Trial:
    """Hindcast one conflict and score every weight."""
    plain = make_tidings(without=record.name, members=members, seed=seed)
    simulation = Simulation(Particles(members=members, seed=seed, prior=prior))
    past = run_hindcast(record, (LAST_REPORT, DAMPED_DRIFT, plain, simulation))
    tables = [[_scored(past, weight, horizon) for horizon in HORIZONS] for weight in WEIGHTS]
    wis, wape, cold, covered = np.array(tables).transpose(2, 0, 1)
    new = np.array([_wis_at_new_places(past, weight) for weight in WEIGHTS])
    n_main = sum(point.is_main for point in past.points)
    return Trial(name=record.name, n_main=n_main, wis=wis, wape=wape, cold=cold, covered=covered, new=new / new[0])


def _wis_at_new_places(past: Hindcast, weight: float) -> float:
    told = (1 - weight) * past.quantiles["tidings"] + weight * past.quantiles["simulation"]
    new = np.array([not point.is_main for point in past.points])
    return float(score_wis(told[new], np.array([point.truth for point in past.points])[new]).sum())


def _scored(past: Hindcast, weight: float, horizon: int) -> tuple[float, float, float, float]:
    told = (1 - weight) * past.quantiles["tidings"] + weight * past.quantiles["simulation"]
    truth = np.array([point.truth for point in past.points])
    at = np.array([point.horizon == horizon for point in past.points])
    main, cold = (at & np.array([getattr(p, name) for p in past.points]) for name in ("is_main", "is_cold"))
    last, drift = past.quantiles["last_report"], past.quantiles["damped_drift"]
    wape = np.abs(told - truth[:, None])[main, 4].sum() / np.abs(last - truth[:, None])[main, 4].sum()
    return (
        float(score_wis(told[main], truth[main]).sum() / score_wis(last[main], truth[main]).sum()),
        float(wape),
        float(score_wis(told[cold], truth[cold]).sum() / score_wis(drift[cold], truth[cold]).sum()),
        float(covers(told[main], truth[main], 80).mean()),
    )


def weight_of(trials: Sequence[Trial], left_out: str | None, *, at_new: bool = False) -> int:
    """Return the number of the weight with the least WIS on the other conflicts, over all horizons."""
    others = [trial for trial in trials if trial.name != left_out and trial.n_main >= COUNTS_FROM]
    losses = [np.log(trial.new) if at_new else np.log(trial.wis).mean(axis=1) for trial in others]
    return int(np.argmin(np.mean(losses, axis=0)))


def render(trials: Sequence[Trial], priors: Mapping[str | None, float]) -> str:
    """Return the tables."""
    large = [trial for trial in trials if trial.n_main >= COUNTS_FROM]
    rows = ["| weight of the simulation | WIS | WAPE | cold start, WIS of damped_drift | 80 % interval covers |",
            "|---|---|---|---|---|"]  # fmt: skip
    for number, weight in enumerate(WEIGHTS):
        means = [np.exp(np.mean([np.log(getattr(t, name)[number]) for t in large], axis=0))
                 for name in ("wis", "wape", "cold")]  # fmt: skip
        covered = np.average([t.covered[number] for t in large], axis=0, weights=[t.n_main for t in large])
        rows.append(f"| {weight:g} | {' | '.join(_cells(one) for one in (*means, covered))} |")
    rows += ["", "| conflict | prior from others | tidings, WIS | simulation alone | weight from others | with it |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for trial in trials:
        chosen = weight_of(trials, trial.name)
        told = (_cells(trial.wis[0]), _cells(trial.wis[-1]), f"{WEIGHTS[chosen]:g}", _cells(trial.wis[chosen]))
        rows.append(f"| {trial.name} | {priors[trial.name]:.3f} | {' | '.join(told)} |")
    rows += ["", "| conflict | " + " | ".join(f"{weight:g}" for weight in WEIGHTS) + " | from others |",
             "|---|" + "---|" * (len(WEIGHTS) + 1)]  # fmt: skip
    for trial in trials:
        weight = WEIGHTS[weight_of(trials, trial.name, at_new=True)]
        rows.append(f"| {trial.name} | {' | '.join(f'{value:.3f}' for value in trial.new)} | {weight:g} |")
    return "\n".join(rows)


def _cells(values: Floats) -> str:
    return " ".join(f"{value:.3f}" for value in values)


def main() -> None:
    """Print the tables, and write what was fitted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--members", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--fit", type=Path)
    asked = parser.parse_args()
    records = read_records(asked.data / "flee")
    with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
        found = pool.map(partial(ratio_of, seed=asked.seed), records)
        priors = priors_of({record.name: ratio for record, ratio in zip(records, found, strict=True)})
        of_each = [priors[record.name] for record in records]
        told = pool.map(partial(trial_of, members=asked.members, seed=asked.seed), records, of_each)
        trials = list(told)
    print(render(trials, priors))
    if asked.fit:
        sets = [{"left_out": name, "prior": round(prior, 4)} for name, prior in priors.items()]
        asked.fit.write_text(f"{HEADING}\n{yaml.safe_dump(sets, sort_keys=False)}", encoding="utf-8")


if __name__ == "__main__":
    main()
