"""Compare our stepper with Flee itself: `python -m bench.flee_reference --data FOLDER [--members M]`.

FOLDER holds `flee/<conflict>` (the instances) and `flee_reference/<conflict>/<setting>` (simsetting.yml, and in
counts.csv.gz the mean and standard deviation over seeded runs of Flee for each day and destination, in units of
`hasten` people). The exit status is 1 where an aim is missed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tidings.flow.flee import FleeModel
from tidings.interchange.flee.read import read_flee
from tidings.interchange.flee.settings import load_flee_settings

Floats = NDArray[np.float64]
SETTINGS = ("plain", "aware", "stints")
WITHIN, EXCESS, SPREAD = 0.99, 0.01, (0.8, 1.25)
"""The aims: at least, less than, and for `plain` between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """What Flee gave. Arrays of the shape (point,), units of `hasten` people."""

    day: NDArray[np.int64]
    place: tuple[str, ...]
    mean: Floats
    sd: Floats
    n_runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How well the means and spreads agree over all (destination, day) points."""

    n_points: int
    within: float
    """Share of points whose means lie within 4 combined standard errors and 1 unit."""
    excess: float
    """Sum of the differences over the sum of the means, less 0.8 of Flee's own standard errors over the same."""
    sd_ratio: float
    """Sum of our standard deviations over the sum of Flee's."""

    def is_met(self, setting: str) -> bool:
        """Whether the aims of a setting are met."""
        low, high = SPREAD
        return self.within >= WITHIN and self.excess < EXCESS and (setting != "plain" or low <= self.sd_ratio <= high)


def read_runs(path: Path) -> Runs:
    """Read counts.csv.gz."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Runs(
        day=np.array([int(row["day"]) for row in rows]),
        place=tuple(row["destination"] for row in rows),
        mean=np.array([float(row["mean"]) for row in rows]),
        sd=np.array([float(row["sd"]) for row in rows]),
        n_runs=int(rows[0]["runs"]),
    )


def model_of(data: Path, conflict: str, setting: str) -> FleeModel:
    """Return the model of a conflict under a setting."""
    instance, _ = read_flee(data / "flee" / conflict / "input_csv")
    settings = load_flee_settings(data / "flee_reference" / conflict / setting / "simsetting.yml")
    return FleeModel(instance=instance, settings=settings)


def agreement(data: Path, conflict: str, setting: str, n_members: int, seed: int = 1) -> Agreement:
    """Simulate a conflict under a setting, and compare."""
    theirs, model = (
        read_runs(data / "flee_reference" / conflict / setting / "counts.csv.gz"),
        model_of(data, conflict, setting),
    )
    ensemble = model.run(seed=seed, members=range(n_members))
    places = list(ensemble["place"].to_numpy())
    at = [places.index(place) for place in theirs.place]
    units = ensemble["people"].to_numpy()[:, theirs.day, at] / model.settings.optimisations.hasten
    mean, sd = units.mean(axis=0), units.std(axis=0, ddof=1)
    own_error = theirs.sd / np.sqrt(theirs.n_runs)
    combined = np.sqrt(own_error**2 + sd**2 / n_members)
    apart = np.abs(mean - theirs.mean)
    return Agreement(
        n_points=len(apart),
        within=float((apart <= 4 * combined + 1).mean()),
        excess=float((apart.sum() - 0.8 * own_error.sum()) / theirs.mean.sum()),
        sd_ratio=float(sd.sum() / theirs.sd.sum()),
    )


def conflicts(data: Path) -> Iterator[str]:
    """Yield the conflicts that Flee was run for."""
    yield from (path.name for path in sorted((data / "flee_reference").iterdir()) if path.is_dir())


def main() -> int:
    """Print a line for each conflict and setting; return 1 where one misses an aim."""
    parser = argparse.ArgumentParser(prog="bench.flee_reference", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--members", type=int, default=100)
    given = parser.parse_args()
    print(f"{'conflict':<14} {'setting':<8} {'points':>7} {'within':>8} {'excess':>8} {'sd ratio':>9}")
    print(f"{'aim':<14} {'':<8} {'':>7} {'>= 99 %':>8} {'< 1 %':>8} {'0.8-1.25':>9}")
    missed = 0
    for conflict in conflicts(given.data):
        for setting in SETTINGS:
            found = agreement(given.data, conflict, setting, given.members)
            missed += not found.is_met(setting)
            print(f"{conflict:<14} {setting:<8} {found.n_points:>7} {found.within:>8.2%} {found.excess:>8.2%} "
                  f"{found.sd_ratio:>9.3f} {'' if found.is_met(setting) else 'missed'}", flush=True)  # fmt: skip
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
