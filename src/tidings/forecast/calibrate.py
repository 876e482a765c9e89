"""Fit the forecasting methods' parameters on several conflicts at once, one of them left out in turn.

What is made least is the mean, over conflicts and horizons, of the log ratio of WIS to `last_report`: each conflict
counts alike, however many people it has. A small penalty holds every parameter near its start, as five conflicts can
tell little about many parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tidings.core.errors import InputError, Problem, raise_all
from tidings.forecast.baselines import LAST_REPORT
from tidings.forecast.calibrate_newcomers import fit_newcomers
from tidings.forecast.calibration import Calibration, ConflictUsed
from tidings.forecast.document import ForecastWarning
from tidings.forecast.hindcast import Hindcast, points_of, run_hindcast
from tidings.forecast.history import Floats, History, history_of
from tidings.forecast.known import known
from tidings.forecast.mixture import mixture_quantiles
from tidings.forecast.parameters import (
    Fitted,
    FittedSets,
    Provenance,
    StateSpaceParameters,
    TrendParameters,
    packaged_parameters,
)
from tidings.forecast.record import Record
from tidings.forecast.scores import score_wis
from tidings.forecast.series import Series
from tidings.forecast.state_space import state_space_quantiles
from tidings.forecast.trend import trend_quantiles

Parameters = TypeVar("Parameters", TrendParameters, StateSpaceParameters)
Member = Callable[[Sequence[History], Floats, Parameters], Floats]

FEWEST_POINTS = 50
"""A conflict with fewer points is not fitted on."""
PULL = 0.002
"""Weight of the squared distance from the start, on the scale that is searched."""
MOST_LOG, MOST_LOG_TAIL, MOST_FREE = 40.0, 3.0, 10.0
"""Bounds of what a step of the search may try: beyond them powers and exponentials are no numbers."""
MOST_STEPS = {"trend": 80, "state_space": 40}

TREND_START = TrendParameters(
    lag_power=0.5, size_up=0.082, size_down=0.082, growth_up=0.6, growth_down=0.6, tail_up=1.65, tail_down=1.35,
    after_shift=0.0, with_age=0.0,
)  # fmt: skip
STATE_SPACE_START = StateSpaceParameters(
    damping_days=60.0, level_noise=4e-5, slope_noise=1e-7, report_noise=1e-5, surprise_weight=0.7, clip=3.0, tail=1.5,
    memory_months=3.0, own_power=0.8,
)  # fmt: skip
SHARES_OF_ONE = frozenset({"lag_power", "own_power"})
FREE = frozenset({"after_shift", "with_age"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Training:
    """Points of several conflicts, ready to be forecast many times."""

    histories: tuple[History, ...]
    """Each once."""
    history: NDArray[np.int64]
    """Number of each point's history. Shape (point,)."""
    lead_days: Floats
    truth: Floats
    cell: NDArray[np.int64]
    """Which conflict and horizon each point is of, counted from 0. Shape (point,)."""
    mark: Floats
    """Sum of WIS of `last_report`. Shape (cell,)."""

    conflicts: tuple[str, ...]

    def of_points(self) -> list[History]:
        """Return the history of each point."""
        return [self.histories[number] for number in self.history]

    def score(self, quantiles: Floats) -> float:
        """Return the mean log ratio of WIS to `last_report` over conflicts and horizons."""
        wis = np.bincount(self.cell, score_wis(quantiles, self.truth), minlength=len(self.mark))
        return float(np.mean(np.log(wis / self.mark)))


def training_on(records: Sequence[Record]) -> Training:
    """Return the points of the main table of some conflicts."""
    return _joined([run_hindcast(record, [LAST_REPORT]) for record in records])


def _joined(hindcasts: Sequence[Hindcast]) -> Training:
    number: dict[tuple[str, str, int], int] = {}
    histories: list[History] = []
    cells: dict[tuple[str, int], int] = {}
    rows: list[tuple[int, float, float, int, float]] = []
    for hindcast in hindcasts:
        by_origin: dict[int, dict[str, Series]] = {}
        for point, baseline in zip(hindcast.points, hindcast.quantiles[LAST_REPORT.name], strict=True):
            if not point.is_main:
                continue
            key = (point.instance, point.place, point.origin)
            if key not in number:
                number[key] = len(histories)
                if point.origin not in by_origin:  # what was public then: the truth is weighed by what came later
                    seen = hindcast.record.seen(point.origin)
                    by_origin[point.origin] = {one.place: one for one in seen.expected or seen.series}
                told = by_origin[point.origin][point.place]
                histories.append(history_of(told.days, told.people, point.origin, told.noise, told.doubt))
            cell = cells.setdefault((point.instance, point.horizon), len(cells))
            mark = float(score_wis(baseline[None], np.array([point.truth]))[0])
            rows.append((number[key], float(point.lead), point.truth, cell, mark))
    table = np.array(rows, np.float64)
    cell_of = table[:, 3].astype(np.int64)
    return Training(
        histories=tuple(histories), history=table[:, 0].astype(np.int64), lead_days=table[:, 1], truth=table[:, 2],
        cell=cell_of, mark=np.bincount(cell_of, table[:, 4]).astype(np.float64),
        conflicts=tuple(hindcast.record.name for hindcast in hindcasts),
    )  # fmt: skip


def fit_member(member: Member[Parameters], start: Parameters, training: Training, *, most_steps: int) -> Parameters:
    """Fit the parameters of one member, by L-BFGS-B from a start (SciPy).

    Parameters
    ----------
    start
        Where the search starts, and what it is pulled to.
    most_steps
        Iterations after which the search ends where it is.
    """
    from scipy.optimize import minimize  # only calibration needs SciPy

    origin = _searched(start)
    histories = training.of_points()

    def loss(x: Floats) -> float:
        quantiles = member(histories, training.lead_days, _parameters(start, x))
        return training.score(quantiles) + PULL * float(((x - origin) ** 2).sum())

    found = minimize(loss, origin, method="L-BFGS-B", options={"maxiter": most_steps})
    return _rounded(_parameters(start, np.asarray(found.x, np.float64)))


def fit(records: Sequence[Record], *, left_out: str | None, command: str) -> Fitted:
    """Fit both members on some conflicts.

    Parameters
    ----------
    left_out
        A conflict that is not among the records, for which the set is meant; None for use elsewhere.
    command
        What was run, for the record.
    """
    used = [record for record in records if record.name != left_out]
    training = training_on(used)
    trend = fit_member(trend_quantiles, TREND_START, training, most_steps=MOST_STEPS["trend"])
    state = fit_member(state_space_quantiles, STATE_SPACE_START, training, most_steps=MOST_STEPS["state_space"])
    packaged = packaged_parameters().without(left_out)
    newcomers = fit_newcomers(used)
    kept = () if newcomers else ("newcomers",)
    provenance = Provenance(conflicts=training.conflicts, command=command, score=0.0, kept=kept)
    fitted = Fitted(
        left_out=left_out, trend=trend, state_space=state, newcomers=newcomers or packaged.newcomers,
        provenance=provenance,
    )  # fmt: skip
    score = round(training.score(mixture_quantiles(training.of_points(), training.lead_days, fitted)), 4)
    return fitted.model_copy(update={"provenance": provenance.model_copy(update={"score": score})})


def calibrate(records: Sequence[Record], *, command: str, leave_one_out: bool = True) -> Calibration:
    """Fit one set on all conflicts that are large enough, and one without each where asked.

    Parameters
    ----------
    command
        What was run, for the record.
    leave_one_out
        Also fit a set without each conflict: the only one that may be scored on it.

    Raises
    ------
    InputError
        If two conflicts have one name, or too few are large enough to be fitted on.
    """
    raise_all(_same_names(records))
    conflicts = [_looked_at(record) for record in records]
    large = [record for record, one in zip(records, conflicts, strict=True) if one.is_used]
    _check_enough(conflicts, 2 if leave_one_out else 1)
    left_out = (*(record.name for record in large if leave_one_out), None)
    sets = FittedSets(sets=tuple(fit(large, left_out=name, command=command) for name in left_out)).sets
    return Calibration(conflicts=tuple(conflicts), sets=sets, warnings=tuple(_warnings(conflicts, sets[-1])))


def _looked_at(record: Record) -> ConflictUsed:
    n = _n_points(record)
    return ConflictUsed(name=record.name, points=n, is_used=n >= FEWEST_POINTS, marks=known(record).marks)


def _same_names(records: Sequence[Record]) -> Iterator[Problem]:
    names = [record.name for record in records]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem(name, "several folders are of one conflict of this name", "Give each once, or rename a folder.")


def _check_enough(conflicts: Sequence[ConflictUsed], least: int) -> None:
    n_used = sum(one.is_used for one in conflicts)
    if n_used < least:
        told = ", ".join(f"{one.name} {one.points}" for one in conflicts)
        met = f"{n_used} with at least {FEWEST_POINTS} points ({told}), where {least} must be"
        raise InputError(where="conflicts", met=met, fix="Add conflicts, or longer series of reports.")


def _warnings(conflicts: Sequence[ConflictUsed], last: Fitted) -> Iterator[ForecastWarning]:
    if small := [one.name for one in conflicts if not one.is_used]:
        message = f"With fewer than {FEWEST_POINTS} points not fitted on: {', '.join(small)}."
        yield ForecastWarning(code="conflict_too_small", message=message)
    if len(last.provenance.conflicts) == 1:
        message = "One conflict alone tells how one conflict went: elsewhere its parameters may fit badly."
        yield ForecastWarning(code="one_conflict", message=message)
    if kept := last.provenance.kept:
        message = f"These conflicts tell nothing of {', '.join(kept)}: the values that come with the package are kept."
        yield ForecastWarning(code="parts_kept", message=message)


def _n_points(record: Record) -> int:
    return sum(point.is_main for point in points_of(record)[0])


def _searched(parameters: TrendParameters | StateSpaceParameters) -> Floats:
    """Return parameters on the scale that is searched: logits of shares, logs of positive numbers. Shape (name,)."""
    values = parameters.model_dump()
    return np.array([_forth(name, value) for name, value in values.items()])


def _parameters(like: Parameters, x: Floats) -> Parameters:
    names = type(like).model_fields
    return type(like).model_validate({name: _back(name, value) for name, value in zip(names, x, strict=True)})


def _rounded(parameters: Parameters) -> Parameters:
    values = {name: float(f"{value:.4g}") for name, value in parameters.model_dump().items()}
    return type(parameters).model_validate(values)


def _forth(name: str, value: float) -> float:
    if name in FREE:
        return value
    return float(np.log(value / (1 - value))) if name in SHARES_OF_ONE else float(np.log(value))


def _back(name: str, value: float) -> float:
    most = MOST_LOG_TAIL if name.startswith("tail") else MOST_FREE if name in FREE else MOST_LOG
    within = float(np.clip(value, -most, most))
    if name in FREE:
        return within
    return float(1 / (1 + np.exp(-within)) if name in SHARES_OF_ONE else np.exp(within))
