"""How past forecasts fared, as a document (`tidings/scorecard@1`)."""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from pydantic import Field

from tidings.core.schema import Schema
from tidings.forecast.document import ForecastWarning


class ScoreRow(Schema):
    """A method at one origin and horizon: the points of the main table."""

    instance: str
    origin: dt.date
    horizon_days: int
    method: str
    n: int
    """Points: reports that were foretold."""
    wape: float | None
    """Sum of absolute errors of the median over the sum of the truth; null where the truth is nobody."""
    wis: float
    """Weighted interval score, mean, in people."""
    crps: float
    coverage_50: float
    """Share of points within the central 50 % interval."""
    coverage_80: float
    coverage_95: float
    bias: float | None
    """Sum of median less truth over the sum of the truth: above 0, too many were foretold."""


class Summary(Schema):
    """A method at one horizon, over all points; `relative_` is against last_report, below 1 is better."""

    horizon_days: int
    method: str
    n: int
    failures: int
    """Points without a sound forecast: each is scored as a forecast of nobody, without spread."""
    wape: float | None
    wis: float
    relative_wape: float | None
    relative_wis: float | None
    absolute_error: float
    """Of the median, mean, in people."""
    crps: float
    coverage_50: float
    coverage_80: float
    coverage_95: float
    coverage_80_moved: float | None
    """At places that changed by over 5 % in the 30 days before the origin."""
    coverage_80_still: float | None
    """At the others."""
    bias: float | None
    wis_log: float
    """WIS of log(1 + people)."""
    relative_wis_log: float | None
    wape_flow: float | None
    """Sum of absolute errors over the sum of the changes since the last report known at the origin: of net arrivals."""
    wape_places: float | None
    """Mean of the places' own wape."""
    wis_places: float | None
    """Mean over places of WIS over truth."""
    relative_wape_places: float | None
    relative_wis_places: float | None
    brier: float | None
    """Of "more than 5,000 new arrivals", at 30 days; null at other horizons."""
    pit: tuple[float, ...]
    """Shares of points in ten equal bins of the probability integral transform: 0.1 each where calibrated."""


FITTED_WITHOUT: Final = "fitted without this conflict"
FITTED_ON_ALL: Final = "fitted on all"


class ParametersUsed(Schema):
    """The fitted parameters that `tidings` was scored with."""

    set: Literal["fitted without this conflict", "fitted on all"]
    """`fitted on all`: on all conflicts that were at hand, of which this is none."""
    left_out: str | None
    """The conflict that was left out; null: none."""
    is_recognised: bool
    """Whether the reports are those of a conflict that was at hand, whatever the folder is called."""
    conflicts: tuple[str, ...]
    """Those fitted on."""


class Protocol(Schema):
    """What holds for every forecast of the scorecard."""

    as_of: Literal[True] = True
    future_conflict_known: Literal[False] = False
    capacities_before_origin: Literal[True] = True
    report_dates_only: Literal[True] = True
    members: int
    seed: int
    origin_every_days: int
    most_days_off: int
    main_from_reports: int
    cold_days: int
    told_the_true_total: tuple[str, ...] = ()
    """Methods that are given the total as it turned out: marks to hold others to, no forecasts."""
    parameters: ParametersUsed | None = None
    """Those of `tidings`; null where it was not scored."""


class Scorecard(Schema):
    """Past forecasts, scored beside the baselines (`tidings/scorecard@1`)."""

    schema_: Literal["tidings/scorecard@1"] = Field(default="tidings/scorecard@1", alias="schema")
    rows: tuple[ScoreRow, ...] = ()
    summary: tuple[Summary, ...] = ()
    cold_start: tuple[Summary, ...] = ()
    """Places with fewer than three reports at the origin, and the first 60 days of the conflict."""
    methods: tuple[str, ...] = ()
    protocol: Protocol
    warnings: tuple[ForecastWarning, ...] = ()
