"""Forecasts of camps whose numbers are corrected later, with the corrections foreseen and without.

`python -m bench.revised_reports` prints the scores.

The truth is drawn as for two sources. One source counts every 30 days, tells a first number days later that misses
people who are not yet registered, and corrects it once. Forecasts are scored against the truth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tidings.forecast.carried import CarriedSeries
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.record import Record, Report
from tidings.forecast.scores import covers, score_wis
from verification.two_sources import DAYS, HORIZONS, ORIGINS, Floats, truth_of

COUNT_ERROR = 0.03
"""Standard deviation of a settled number's logarithm about the truth."""


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """How a source tells of people."""

    every_days: int = 30
    late_days: int = 7
    """From the day counted to the first number."""
    missed: float = 0.0
    """How much the logarithm of the first number lies below the settled one, in the mean."""
    missed_spread: float = 0.0
    corrected_after_days: int = 30
    """From the first number to the correction."""
    corrected_share: float = 1.0
    """Of the numbers; the others are settled at once."""
    n_leaping: int = 0
    """Camps to which tenfold the people come on one day, and stay."""


PROMPT = Reporting(late_days=0, corrected_share=0.0)
LATE = Reporting(late_days=30, corrected_share=0.0)
CORRECTED = Reporting(missed=0.2, missed_spread=0.1)
UNSTEADY = Reporting(missed_spread=0.15)
SOME_CORRECTED = Reporting(missed=0.22, corrected_share=0.1)
SLIPS = Reporting(missed=-np.log(10), corrected_share=0.02)
"""Numbers ten times too large, put right."""
SLIPS_LEFT = Reporting(missed=-np.log(10), corrected_share=0.02, corrected_after_days=9999)
TENTHS = Reporting(missed=np.log(10), corrected_share=0.02)
LEAPS = Reporting(corrected_share=0.0, n_leaping=3)
"""People who do come tenfold."""


def reports_of(rng: np.random.Generator, truth: Floats, how: Reporting) -> Iterator[Report]:
    """Yield what the source tells of each camp: first numbers, and corrections where there are any."""
    for camp, people in enumerate(truth):
        for day in range(int(rng.integers(how.every_days)), DAYS, how.every_days):
            settled = people[day] * np.exp(COUNT_ERROR * rng.normal())
            is_corrected = rng.random() < how.corrected_share
            missed = how.missed + how.missed_spread * rng.normal() if is_corrected else 0.0
            first = settled * np.exp(-missed)
            report = Report(
                place=f"camp {camp}", day=day, people=round(first), published=day + how.late_days, source="registry"
            )
            yield report
            if is_corrected:
                later = report.published + how.corrected_after_days
                yield replace(report, people=round(settled), published=later)


def scores_of(truth: Floats, record: Record, *, is_foreseen: bool) -> tuple[float, float]:
    """Return the mean WIS as a share of the people, and how often the 80 % interval holds the truth."""
    method = Tidings(CarriedSeries(packaged_parameters().without(None)))
    quantiles, people = [], []
    for origin in ORIGINS:
        seen = record.seen(origin)
        told = method(seen if is_foreseen else replace(seen, expected=None, otherwise={}), HORIZONS)
        quantiles += [told[place, horizon] for place in record.places for horizon in HORIZONS]
        people += [row[origin + horizon] for row in truth for horizon in HORIZONS]
    wanted, levels = np.array(people), np.array(quantiles)
    return float(np.mean(score_wis(levels, wanted) / wanted)), float(covers(levels, wanted, 80).mean())


def compared(seed: int, camps: int, how: Reporting) -> dict[str, tuple[float, float]]:
    """Return the scores with corrections foreseen, with numbers as told, and had the settled ones come at once."""
    rng = np.random.default_rng(seed)
    truth = truth_of(rng, camps)
    for camp, day in enumerate(rng.integers(120, DAYS - 90, how.n_leaping)):
        truth[camp, day:] *= 10
    reports = list(reports_of(rng, truth, how))
    return {
        "corrections foreseen": scores_of(truth, _record(camps, reports), is_foreseen=True),
        "numbers as told": scores_of(truth, _record(camps, reports), is_foreseen=False),
        "settled at once": scores_of(truth, _record(camps, _settled_at_once(reports)), is_foreseen=False),
    }


def _record(camps: int, reports: Sequence[Report]) -> Record:
    places = tuple(f"camp {camp}" for camp in range(camps))
    return Record(name="revised_reports", start=dt.date(2031, 1, 1), places=places, reports=tuple(reports))


def _settled_at_once(reports: Sequence[Report]) -> list[Report]:
    first: dict[tuple[str, int], int] = {}
    last: dict[tuple[str, int], Report] = {}
    for report in reports:
        first.setdefault((report.place, report.day), report.published)
        last[report.place, report.day] = report
    return [replace(report, published=first[key]) for key, report in last.items()]
