"""Forecasts of camps that two sources report of, with their errors learnt and with all reports taken for one source's.

`python -m bench.two_sources` prints the scores.

The truth is drawn: each camp grows or shrinks by a random walk. Source A counts every 30 days, 3 % off; source B tells
every 7 days, 25 % off, a fifth too many, and publishes 14 days late. Forecasts are scored against the truth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.carried import CarriedSeries
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.record import Record, Report
from tidings.forecast.scores import covers, score_wis

DAYS = 400
ORIGINS = range(120, 330, 14)
HORIZONS = (30, 60)
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Source:
    """How a source tells of people."""

    name: str
    every_days: int
    error: float
    bias: float
    late_days: int


ACCURATE = Source(name="A", every_days=30, error=0.03, bias=0.0, late_days=0)
NOISY = Source(name="B", every_days=7, error=0.25, bias=0.2, late_days=14)


def truth_of(rng: np.random.Generator, camps: int) -> Floats:
    """Draw the people at camps, day by day. Shape (camp, day)."""
    start = rng.uniform(np.log(2_000), np.log(60_000), (camps, 1))
    trend = rng.normal(0.001, 0.002, (camps, 1))
    return np.asarray(np.exp(start + np.cumsum(trend + rng.normal(0, 0.012, (camps, DAYS)), axis=1)))


def reports_of(rng: np.random.Generator, truth: Floats, source: Source) -> Iterator[Report]:
    """Yield what a source tells of each camp."""
    for camp, people in enumerate(truth):
        for day in range(int(rng.integers(source.every_days)), DAYS, source.every_days):
            told = round(people[day] * np.exp(source.bias + source.error * rng.normal()))
            yield Report(
                place=f"camp {camp}", day=day, people=told, published=day + source.late_days, source=source.name
            )


def scores_of(truth: Floats, reports: tuple[Report, ...]) -> tuple[float, float]:
    """Return the mean WIS as a share of the people, and how often the 80 % interval holds the truth."""
    places = tuple(f"camp {camp}" for camp in range(len(truth)))
    record = Record(name="two_sources", start=dt.date(2031, 1, 1), places=places, reports=reports)
    method = Tidings(CarriedSeries(packaged_parameters().without(None)))
    quantiles, people = [], []
    for origin in ORIGINS:
        told = method(record.seen(origin), HORIZONS)
        quantiles += [told[place, horizon] for place in places for horizon in HORIZONS]
        people += [row[origin + horizon] for row in truth for horizon in HORIZONS]
    wanted, levels = np.array(people), np.array(quantiles)
    return float(np.mean(score_wis(levels, wanted) / wanted)), float(covers(levels, wanted, 80).mean())


def compared(seed: int, camps: int, *sources: Source) -> dict[str, tuple[float, float]]:
    """Return the scores with errors by source, with all reports taken for one source's, and of the first alone."""
    rng = np.random.default_rng(seed)
    truth = truth_of(rng, camps)
    reports = tuple(report for source in sources for report in reports_of(rng, truth, source))
    return {
        "errors by source": scores_of(truth, reports),
        "one source for all": scores_of(truth, tuple(replace(report, source="") for report in reports)),
        f"{sources[0].name} alone": scores_of(truth, tuple(r for r in reports if r.source == sources[0].name)),
    }
