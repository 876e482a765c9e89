"""A forecast as a table in the columns of the forecast hubs (hubverse model output, one row a quantile)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import numpy as np

from tidings.core.files import write_aside
from tidings.forecast.document import QUANTILES, Forecast
from tidings.forecast.hindcast import Hindcast

COLUMNS = (
    "reference_date", "target_end_date", "horizon", "location", "target", "model_id", "output_type", "output_type_id",
    "value",
)  # fmt: skip


def render_hubverse(forecast: Forecast) -> str:
    """Return the forecast's quantiles as CSV; `target` is the quantity, `horizon` is in days.

    `reference_date` is the day before the first simulated one: that of the last thing known.
    """
    origin = forecast.from_ - dt.timedelta(days=1)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for target in forecast.targets:
        model = "tidings" if target.scenario == "base" else f"tidings-{target.scenario}"
        horizon = (target.day - origin).days
        for level, value in target.quantiles.items():
            writer.writerow(
                (origin, target.day, horizon, target.location, target.quantity, model, "quantile", level, value)
            )
    return table.getvalue()


def save_hubverse(forecast: Forecast, path: Path) -> None:
    """Write the table, whole or not at all."""
    write_aside(path, render_hubverse(forecast))


def render_hindcast(hindcast: Hindcast) -> str:
    """Return every past forecast as CSV, one row a quantile, with the report's day as `target_end_date`.

    A day that is asked about at two horizons by one origin is there once: `horizon` is the days from the origin to it.
    A forecast that is missing has no rows.
    """
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for model, rows in hindcast.quantiles.items():
        told = {(point.origin, point.place, point.day): row for point, row in zip(hindcast.points, rows, strict=True)}
        for (origin, place, day), row in told.items():
            if np.isnan(row).any():
                continue
            issued, until = (hindcast.record.start + dt.timedelta(days=number) for number in (origin, day))
            for level, value in zip(QUANTILES, row, strict=True):
                cells = (issued, until, day - origin, place, "stock", model, "quantile", level, round(float(value), 1))
                writer.writerow(cells)
    return table.getvalue()
