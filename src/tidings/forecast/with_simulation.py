"""The forecast with the simulation as one more part: its quantiles, stretched by its own past errors, averaged in.

It is not the default: decision 0028 shows what it adds. The prior was fitted on other conflicts than the one that is
scored (`simulation.yaml`); the weight is not fitted: other conflicts would mostly choose none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import Field

from tidings.core.schema import Schema
from tidings.forecast.carried import CHECK_EVERY_DAYS, CHECKED_HORIZONS, MOVED_DAYS, MOVED_SHARE, nearest_horizon
from tidings.forecast.conformal import PastErrors, standardised_errors, stretch, stretched
from tidings.forecast.particles import EVERY_DAYS, LONGEST_DAYS, Particles
from tidings.forecast.series import Forecasts, Method, Seen, Series
from tidings.forecast.simulated import key_of, seen_earlier

Floats = NDArray[np.float64]

WEIGHT = 0.1
"""Of the simulation in the average with `tidings`: mild, and the same everywhere."""


class SimulationParameters(Schema):
    """What other conflicts say of the simulation."""

    left_out: str | None
    """The conflict that these know nothing of; None: of all."""
    prior: float = Field(gt=0)
    """Part of the simulated changes that was reported."""


@cache
def simulation_parameters(without: str | None) -> SimulationParameters:
    """Return the values that were fitted without a conflict; of all where it was never in any."""
    text = files("tidings.forecast").joinpath("simulation.yaml").read_text(encoding="utf-8")
    sets = {one.left_out: one for one in map(SimulationParameters.model_validate, yaml.safe_load(text))}
    return sets.get(without, sets[None])


@dataclass(frozen=True, slots=True)
class Simulation:
    """The filtered simulation alone."""

    particles: Particles
    name: str = "simulation"
    _errors: dict[object, tuple[float, bool]] = field(default_factory=dict)

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon up to the run's length; later ones by the last day of the run."""
        pairs = [(row, lead) for row in range(len(seen.series)) for lead in horizons]
        rows = [row for row, _ in pairs]
        plain = self.particles.quantiles(seen, rows, [min(lead, self.particles.days) for _, lead in pairs])
        past = self._past(seen)
        factors = [
            stretch(past, row, nearest_horizon(lead), is_moving=is_moving(seen.series[row], seen.origin))
            for row, lead in pairs
        ]
        told = stretched(plain, np.array(factors))
        return {(seen.series[row].place, lead): people for (row, lead), people in zip(pairs, told, strict=True)}

    def _past(self, seen: Seen) -> PastErrors:
        """Return how far the simulation was off at each report known since, each a horizon after a past origin."""
        told = [
            (row, horizon, day, *self._error(seen_earlier(seen, origin), row, day, people))
            for row, series in enumerate(seen.series)
            for horizon in CHECKED_HORIZONS
            for day, people, origin in _checks(series, horizon)
        ]
        return PastErrors(
            place=np.array([one[0] for one in told], np.int64),
            horizon=np.array([one[1] for one in told], np.int64),
            is_moving=np.array([one[4] for one in told], bool),
            age_days=np.array([seen.origin - one[2] for one in told], np.float64),
            error=np.array([one[3] for one in told], np.float64),
        )

    def _error(self, earlier: Seen, row: int, day: int, people: float) -> tuple[float, bool]:
        key = (key_of(earlier), row, day, people)
        if key not in self._errors:
            told = self.particles.quantiles(earlier, [row], [day - earlier.origin])
            error = standardised_errors(told, np.array([people]))
            self._errors[key] = float(error[0]), is_moving(earlier.series[row], earlier.origin)
        return self._errors[key]


def _checks(series: Series, horizon: int) -> Iterator[tuple[int, float, int]]:
    """Yield the last report of each fortnight, and the origin that foretold it; only where there was one before."""
    fortnight = series.days // CHECK_EVERY_DAYS
    for number in np.flatnonzero(np.append(fortnight[1:] != fortnight[:-1], len(series.days) > 0)):
        day = int(series.days[number])
        origin = round((day - horizon) / EVERY_DAYS) * EVERY_DAYS
        if origin >= 0 and series.days[0] <= origin:
            yield day, float(series.people[number]), origin


def is_moving(series: Series, origin: int) -> bool:
    """Return whether a place changed by over 5 % in the 30 days before an origin."""
    if not len(series.days):
        return False
    before, now = np.interp([origin - MOVED_DAYS, origin], series.days, series.people)
    return bool(abs(now - before) > MOVED_SHARE * max(float(before), 1.0))


@dataclass(frozen=True, slots=True)
class WithSimulation:
    """The quantile average of `tidings` and the simulation."""

    plain: Method
    simulation: Method
    weight: float
    name: str = "tidings_with_simulation"

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Forecast every place for every horizon."""
        simulated = self.simulation(seen, horizons)
        return {
            key: (1 - self.weight) * people + self.weight * simulated[key]
            for key, people in self.plain(seen, horizons).items()
        }


def simulations_for(
    plain: Method, *, without: str, members: int, seed: int, horizons: Sequence[int] = ()
) -> tuple[Method, Method]:
    """Return the simulation alone, and averaged with another method, for one conflict.

    Parameters
    ----------
    without
        The conflict that is scored: the prior is of others.
    horizons
        Days ahead: runs last a week longer than the longest of them.
    """
    fitted = simulation_parameters(without)
    days = max(LONGEST_DAYS, *(horizon + EVERY_DAYS // 2 + 1 for horizon in (0, *horizons)))
    simulation = Once(Simulation(Particles(members=members, seed=seed, prior=fitted.prior, days=days)))
    return simulation, WithSimulation(plain, simulation, WEIGHT)


@dataclass(frozen=True, slots=True)
class Once:
    """A method whose forecasts of an origin are remembered, so that an average does not make them again."""

    inner: Method
    name: str = "simulation"
    _told: dict[object, Forecasts] = field(default_factory=dict)

    def __call__(self, seen: Seen, horizons: tuple[int, ...]) -> Forecasts:
        """Return what the method tells, asked once."""
        key = (key_of(seen), horizons)
        if key not in self._told:
            self._told[key] = self.inner(seen, horizons)
        return self._told[key]
