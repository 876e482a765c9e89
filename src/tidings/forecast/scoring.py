"""From past forecasts to the scorecard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tidings.core.counting import counted
from tidings.forecast import hindcast as protocol
from tidings.forecast import scores
from tidings.forecast.document import ForecastWarning
from tidings.forecast.hindcast import Hindcast, Point
from tidings.forecast.scorecard import ParametersUsed, Protocol, Scorecard, ScoreRow, Summary

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

MARK = "last_report"
MANY_ARRIVALS = 5000.0
ARRIVAL_HORIZON = 30
TOLD_TOTAL = ("last_shares_true_total", "tidings_total_given")
DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """Points of one method with their scores. Arrays of the shape (point,)."""

    points: tuple[Point, ...]
    quantiles: Floats
    """Shape (point, level); nobody where a forecast failed."""
    is_failed: Flags
    truth: Floats
    last: Floats
    wis: Floats
    crps: Floats
    error: Floats
    """Of the median, absolute."""
    wis_log: Floats

    def at(self, keep: Flags) -> Scores:
        """Return the points that are kept."""
        points = tuple(point for point, is_kept in zip(self.points, keep, strict=True) if is_kept)
        arrays = {name: getattr(self, name)[keep] for name in self.__slots__ if name != "points"}
        return Scores(points=points, **arrays)


def scores_of(hindcast: Hindcast, method: str) -> Scores:
    """Score every point of a method; a failure counts as a forecast of nobody, without spread."""
    told = hindcast.quantiles[method]
    quantiles = np.nan_to_num(told, nan=0.0)
    truth = np.array([point.truth for point in hindcast.points])
    on_log = scores.score_wis(scores.on_log_scale(quantiles), scores.on_log_scale(truth))
    return Scores(
        points=hindcast.points,
        quantiles=quantiles,
        is_failed=np.asarray(np.isnan(told).any(axis=1)),
        truth=truth,
        last=np.array([point.last for point in hindcast.points]),
        wis=scores.score_wis(quantiles, truth),
        crps=scores.score_crps(quantiles, truth),
        error=scores.score_absolute_error(quantiles, truth),
        wis_log=on_log,
    )


def scorecard_of(hindcast: Hindcast, *, members: int, seed: int, parameters: ParametersUsed | None = None) -> Scorecard:
    """Return the scorecard of a record; `parameters` are those that `tidings` was made with."""
    by_method = {method: scores_of(hindcast, method) for method in hindcast.quantiles}
    main = np.array([point.is_main for point in hindcast.points], np.bool_)
    cold = np.array([point.is_cold for point in hindcast.points], np.bool_)
    return Scorecard(
        rows=tuple(_rows(hindcast, {method: one.at(main) for method, one in by_method.items()})),
        summary=tuple(summaries({method: one.at(main) for method, one in by_method.items()})),
        cold_start=tuple(summaries({method: one.at(cold) for method, one in by_method.items()})),
        methods=tuple(by_method),
        protocol=Protocol(
            members=members,
            seed=seed,
            origin_every_days=protocol.ORIGIN_EVERY_DAYS,
            most_days_off=protocol.MOST_DAYS_OFF,
            main_from_reports=protocol.MAIN_FROM_REPORTS,
            cold_days=protocol.COLD_DAYS,
            told_the_true_total=tuple(method for method in TOLD_TOTAL if method in by_method),
            parameters=parameters,
        ),
        warnings=(*hindcast.record.warnings, *_failures(hindcast)),
    )


def _failures(hindcast: Hindcast) -> Iterator[ForecastWarning]:
    for method, points in hindcast.failures.items():
        first = points[0]
        missed = counted(len(points), "point")
        met = f"{method} gave no sound forecast of {missed}, the first of {first.place} on day {first.day}"
        yield ForecastWarning(code="forecast_missing", message=f"{met}: each counts as a forecast of nobody.")


def _rows(hindcast: Hindcast, by_method: dict[str, Scores]) -> Iterator[ScoreRow]:
    for method, all_scores in by_method.items():
        groups = dict.fromkeys((point.origin, point.horizon) for point in all_scores.points)
        for origin, horizon in groups:
            keep = [point.origin == origin and point.horizon == horizon for point in all_scores.points]
            some = all_scores.at(np.array(keep))
            yield ScoreRow(
                instance=hindcast.record.name,
                origin=hindcast.record.start + dt.timedelta(days=origin),
                horizon_days=horizon,
                method=method,
                n=len(some.points),
                wape=ratio(some.error.sum(), some.truth.sum()),
                wis=_mean(some.wis),
                crps=_mean(some.crps),
                bias=ratio((some.quantiles[:, scores.MEDIAN] - some.truth).sum(), some.truth.sum()),
                **_coverage(some),
            )


def summaries(by_method: dict[str, Scores]) -> Iterator[Summary]:
    """Yield the summary of each method at each horizon that has points."""
    horizons = sorted({point.horizon for some in by_method.values() for point in some.points})
    for horizon in horizons:
        at = {method: some.at(_is_at(some, horizon)) for method, some in by_method.items()}
        for method, some in at.items():
            yield _summary(horizon, method, some, at.get(MARK, some))


def _is_at(some: Scores, horizon: int) -> Flags:
    return np.array([point.horizon == horizon for point in some.points], np.bool_)


def _summary(horizon: int, method: str, some: Scores, mark: Scores) -> Summary:
    moved = np.array([point.has_moved for point in some.points], np.bool_)
    is_covered = scores.covers(some.quantiles, some.truth, 80)
    return Summary(
        horizon_days=horizon,
        method=method,
        n=len(some.points),
        failures=int(some.is_failed.sum()),
        wape=ratio(some.error.sum(), some.truth.sum()),
        wis=_mean(some.wis),
        relative_wape=ratio(some.error.sum(), mark.error.sum()),
        relative_wis=ratio(some.wis.sum(), mark.wis.sum()),
        absolute_error=_mean(some.error),
        crps=_mean(some.crps),
        coverage_80_moved=_mean_or_none(is_covered[moved]),
        coverage_80_still=_mean_or_none(is_covered[~moved]),
        bias=ratio((some.quantiles[:, scores.MEDIAN] - some.truth).sum(), some.truth.sum()),
        wis_log=_mean(some.wis_log),
        relative_wis_log=ratio(some.wis_log.sum(), mark.wis_log.sum()),
        wape_flow=ratio(some.error.sum(), np.abs(some.truth - some.last).sum()),
        wape_places=over_places(some, some.error),
        wis_places=over_places(some, some.wis),
        relative_wape_places=_ratio_or_none(over_places(some, some.error), over_places(mark, mark.error)),
        relative_wis_places=_ratio_or_none(over_places(some, some.wis), over_places(mark, mark.wis)),
        brier=brier_of(some) if horizon == ARRIVAL_HORIZON else None,
        pit=pit_of(some),
        **_coverage(some),
    )


def brier_of(some: Scores) -> float:
    """Return the Brier score of "over 5,000 more than the last report known at the origin"."""
    threshold = some.last + MANY_ARRIVALS
    p = 1.0 - scores.p_below(some.quantiles, threshold)
    return _mean(scores.score_brier(p, some.truth > threshold))


def pit_of(some: Scores) -> tuple[float, ...]:
    """Return the shares of points in ten equal bins of the probability integral transform."""
    counts, _ = np.histogram(scores.p_below(some.quantiles, some.truth), bins=10, range=(0, 1))
    return tuple(round(float(share), DIGITS) for share in counts / max(len(some.points), 1))


def over_places(some: Scores, score: Floats) -> float | None:
    """Return the mean over places of a score over the truth; places where the truth is nobody are left out."""
    names = np.array([f"{point.instance}/{point.place}" for point in some.points])
    shares = [ratio(score[names == name].sum(), some.truth[names == name].sum()) for name in dict.fromkeys(names)]
    return _mean_or_none(np.array([share for share in shares if share is not None]))


def ratio(part: float, whole: float) -> float | None:
    """Return part over whole; None where the whole is nothing."""
    return round(float(part) / float(whole), DIGITS) if whole else None


def _ratio_or_none(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None else ratio(part, whole)


def _coverage(some: Scores) -> dict[str, float]:
    return {
        f"coverage_{percent}": _mean(scores.covers(some.quantiles, some.truth, percent)) for percent in scores.MIDDLES
    }


def _mean(values: NDArray[np.generic]) -> float:
    return round(float(values.mean(dtype=np.float64)), DIGITS)


def _mean_or_none(values: NDArray[np.generic]) -> float | None:
    return _mean(values) if len(values) else None
