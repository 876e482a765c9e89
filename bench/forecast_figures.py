"""The figures of a method over several conflicts: geometric means of ratios, pooled coverage."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from tidings.forecast import scores
from tidings.forecast.scoring import Scores, over_places

Card = Mapping[str, Scores]
Figures = dict[tuple[str, int], float]
"""By measure and horizon; NaN where there is nothing to measure."""

HORIZONS = (30, 60, 90)
SPLITS = ("equal_split", "gravity", "radiation", "nearest_crossing")


def main_at(one: Scores, horizon: int) -> Scores:
    """Return the points of the main table at a horizon."""
    return one.at(np.array([p.is_main and p.horizon == horizon for p in one.points], np.bool_))


def cold_at(one: Scores, horizon: int) -> Scores:
    """Return the points of the cold start at a horizon."""
    return one.at(np.array([p.is_cold and p.horizon == horizon for p in one.points], np.bool_))


def total_wis(one: Scores) -> float:
    """Return the sum of WIS."""
    return float(one.wis.sum())


def total_error(one: Scores) -> float:
    """Return the sum of the median's errors, to which WAPE is proportional on the same points."""
    return float(one.error.sum())


def total_wis_log(one: Scores) -> float:
    """Return the sum of WIS on the log scale."""
    return float(one.wis_log.sum())


def wis_over_places(one: Scores) -> float:
    """Return the mean over places of WIS over truth."""
    return over_places(one, one.wis) or math.nan


def wape_over_places(one: Scores) -> float:
    """Return the mean over places of WAPE."""
    return over_places(one, one.error) or math.nan


RATIOS: tuple[tuple[str, Callable[[Scores], float], str], ...] = (
    ("WIS against last_report", total_wis, "last_report"),
    ("WIS against damped_drift", total_wis, "damped_drift"),
    ("WAPE against last_report", total_error, "last_report"),
    ("over places: WIS against last_report", wis_over_places, "last_report"),
    ("over places: WIS against damped_drift", wis_over_places, "damped_drift"),
    ("over places: WAPE against last_report", wape_over_places, "last_report"),
    ("log scale: WIS against last_report", total_wis_log, "last_report"),
)
"""Measure, what is compared, and with which method's."""
COLD = "cold start: WIS against the best split"
COVERAGE = "{} % interval covers"
MOVED = "80 % interval covers, places that moved"
STILL = "80 % interval covers, the others"
COLD_COVERED = "cold start: 80 % interval covers"
FEW = "fewer than three reports: 80 % interval covers"


def figures_of(cards: Mapping[str, Card], method: str) -> Figures:
    """Return every figure of a method."""
    return dict(_figures(cards, method))


def _figures(cards: Mapping[str, Card], method: str) -> Iterator[tuple[tuple[str, int], float]]:
    for horizon in HORIZONS:
        at = {name: {m: main_at(one, horizon) for m, one in card.items()} for name, card in cards.items()}
        for measure, of, against in RATIOS:
            yield (measure, horizon), geometric_mean([of(c[method]) / of(c[against]) for c in at.values()])
        yield from _coverage([card[method] for card in at.values()], horizon)
        yield (COLD, horizon), geometric_mean([cold_ratio(card, method, horizon) for card in cards.values()])
        cold = [cold_at(card[method], horizon) for card in cards.values()]
        is_main = np.array([point.is_main for one in cold for point in one.points], np.bool_)
        covered = _covered(cold, 80)
        yield (COLD_COVERED, horizon), float(covered.mean())
        yield (FEW, horizon), float(covered[~is_main].mean())


def worst_of(cards: Mapping[str, Card], method: str) -> tuple[float, str, int]:
    """Return the largest ratio of WIS to last_report's of any conflict at any horizon, and where it is."""
    return max(
        (total_wis(main_at(card[method], h)) / total_wis(main_at(card["last_report"], h)), name, h)
        for name, card in cards.items()
        for h in HORIZONS
    )


def cold_ratio(card: Card, method: str, horizon: int) -> float:
    """Return WIS at the cold start over that of the split that is best in this conflict at this horizon."""
    best = min(total_wis(cold_at(card[split], horizon)) for split in SPLITS)
    return total_wis(cold_at(card[method], horizon)) / best if best else math.nan


def _coverage(parts: list[Scores], horizon: int) -> Iterator[tuple[tuple[str, int], float]]:
    for percent in scores.MIDDLES:
        covered = _covered(parts, percent)
        yield (COVERAGE.format(percent), horizon), float(covered.mean())
    covered = _covered(parts, 80)
    moved = np.array([point.has_moved for one in parts for point in one.points], np.bool_)
    yield (MOVED, horizon), float(covered[moved].mean())
    yield (STILL, horizon), float(covered[~moved].mean())


def _covered(parts: list[Scores], percent: int) -> NDArray[np.bool_]:
    return np.concatenate([scores.covers(one.quantiles, one.truth, percent) for one in parts])


def geometric_mean(ratios: list[float]) -> float:
    """Return the geometric mean; NaN stays out.

    Examples
    --------
    >>> geometric_mean([0.5, 2.0, math.nan])
    1.0
    """
    known = [ratio for ratio in ratios if not math.isnan(ratio)]
    return math.exp(sum(map(math.log, known)) / len(known)) if known else math.nan
