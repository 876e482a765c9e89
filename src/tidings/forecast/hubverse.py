"""A forecast as a table in the columns of the forecast hubs (hubverse model output, one row a quantile)."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

from tidings.core.files import write_aside
from tidings.forecast.document import Forecast

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
