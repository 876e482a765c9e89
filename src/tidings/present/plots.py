"""Plots of the forecast: people expected at each destination, with bands that say how sure the model is."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidings.forecast.document import Forecast, LocationKind, Quantity, Target
from tidings.present.svg import render_svg
from tidings.present.words import rounded_words, short_day_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_IN = 7.1
PANEL_IN = 1.75
HEAD_IN = 0.32
COLUMNS = 3
NUMBER_PT = 3.9
"""Width of a character of a number on an axis, in points."""
MOST_PANELS = 6
BASE = "base"
LINE, BAND_50, BAND_90, INK = "#0b4f8a", "#7fb0d8", "#d3e4f2", "#222222"
QUANTITY_WORDS: Mapping[Quantity, str] = {
    "arrivals": "People expected to arrive", "present": "Displaced people expected to be there",
    "waiting": "People expected to wait", "departures": "People expected to leave",
    "trapped": "People expected trapped", "displaced_from": "People expected to be displaced",
}  # fmt: skip

THROUGH_WORDS = "People expected through crossings"


@dataclass(frozen=True)
class Course:
    """One quantity at one location over the days of a forecast, in persons."""

    location: str
    targets: tuple[Target, ...]

    @property
    def days(self) -> list[dt.date]:
        """The days, in order."""
        return [target.day for target in self.targets]

    def level(self, quantile: str) -> list[float]:
        """The course of one quantile."""
        return [target.quantiles[quantile] for target in self.targets]

    @property
    def last(self) -> Target:
        """The last day."""
        return self.targets[-1]


def courses(
    forecast: Forecast, quantity: Quantity, scenario: str = BASE, *, kind: LocationKind | None = None,
    is_nobody_shown: bool = False,
) -> tuple[Course, ...]:  # fmt: skip
    """Return the courses of one quantity, the largest on the last day first.

    Flows are those summed from the forecast's first day.

    Parameters
    ----------
    kind
        Of these locations alone.
    is_nobody_shown
        Keep a location at which nobody is expected in 19 of 20 members.
    """
    found: dict[str, list[Target]] = {}
    for target in forecast.targets:
        is_wanted = target.quantity == quantity and kind in (None, target.location_kind)
        if target.scenario == scenario and is_wanted and _is_whole(target, forecast):
            found.setdefault(target.location, []).append(target)
    every = [Course(place, tuple(sorted(targets, key=lambda t: t.day))) for place, targets in found.items()]
    some = [course for course in every if is_nobody_shown or course.last.quantiles["0.95"] >= 0.5]
    return tuple(sorted(some, key=lambda course: (-course.last.quantiles["0.5"], course.location)))


def plot_expected(
    forecast: Forecast, quantity: Quantity, names: Mapping[str, str], kind: LocationKind | None = None
) -> Figure:
    """Draw the largest courses of a quantity side by side on one scale from 0, with 50 % and 90 % bands.

    Raises
    ------
    ValueError
        If the forecast has nothing of this quantity.
    """
    from matplotlib.figure import Figure

    shown = courses(forecast, quantity, kind=kind)[:MOST_PANELS]
    if not shown:
        raise ValueError(f"the forecast says nothing of '{quantity}'")
    n_rows = math.ceil(len(shown) / COLUMNS)
    height = HEAD_IN + PANEL_IN * n_rows
    figure = Figure(figsize=(WIDTH_IN, height), facecolor="white")
    figure.text(
        0, 1 - 0.11 / height, plot_title(forecast, quantity, kind), size=9, weight="bold", va="center", color=INK
    )
    highest = max(max(course.level("0.95")) for course in shown) * 1.08
    for number, course in enumerate(shown):
        axes = figure.add_axes(_panel(number, n_rows, height, n_characters=len(f"{highest:,.0f}")))
        _draw_course(axes, course, highest)
        _label_course(axes, course, names.get(course.location, course.location), explain=number == 0)
    return figure


def render_expected(
    forecast: Forecast, quantity: Quantity, names: Mapping[str, str], kind: LocationKind | None = None
) -> str:
    """Return the plot of a quantity as SVG text."""
    figure = plot_expected(forecast, quantity, names, kind)
    label = f"Plot. {plot_title(forecast, quantity, kind)}. The table below has the numbers."
    return render_svg(figure, f"plot-{quantity}{f'-{kind}' if kind else ''}", label)


def plot_title(forecast: Forecast, quantity: Quantity, kind: LocationKind | None = None) -> str:
    """Say what a plot shows and in which unit."""
    since = f" since {short_day_words(forecast.from_)}" if quantity in ("arrivals", "departures") else " on each day"
    words = THROUGH_WORDS if (quantity, kind) == ("arrivals", "crossing") else QUANTITY_WORDS[quantity]
    return f"{words}, persons{', total' if 'since' in since else ''}{since}"


def _is_whole(target: Target, forecast: Forecast) -> bool:
    n_days = (target.day - forecast.from_).days
    return target.period_days in (0, n_days, n_days + 1)


def _panel(number: int, n_rows: int, height: float, *, n_characters: int) -> tuple[float, float, float, float]:
    """Return left, bottom, width and height of a panel as shares of the figure, with room for numbers beside it."""
    row, column = divmod(number, COLUMNS)
    width, beside = 1 / COLUMNS, max(0.055, (NUMBER_PT * n_characters + 8) / 72 / WIDTH_IN)
    bottom = (PANEL_IN * (n_rows - 1 - row) + 0.3) / height
    return column * width + beside, bottom, width - beside - 0.06, (PANEL_IN - 0.62) / height


def _draw_course(axes: Axes, course: Course, highest: float) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    days = [(day - course.days[0]).days for day in course.days]
    for low, high, colour in (("0.05", "0.95", BAND_90), ("0.25", "0.75", BAND_50)):
        axes.fill_between(days, course.level(low), course.level(high), color=colour, linewidth=0)
    axes.plot(days, course.level("0.5"), color=LINE, linewidth=1.8, marker="o" if len(days) == 1 else "")
    axes.set(ylim=(0, highest), xlim=(min(days), max(*days, 1)))
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda people, _: f"{people:,.0f}"))
    ticks = sorted({days[0], days[len(days) // 2], days[-1]})
    axes.set_xticks(ticks, [short_day_words(course.days[0] + dt.timedelta(days=tick)) for tick in ticks])
    _quieten(axes)


def _quieten(axes: Axes) -> None:
    axes.tick_params(labelsize=6.8, colors="#444444", length=2.5, width=0.6)
    axes.grid(axis="y", color="#e2e2e2", linewidth=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set(color="#888888", linewidth=0.7)


def _label_course(axes: Axes, course: Course, name: str, *, explain: bool) -> None:
    """Write the place's name above and the last median at the end of its line; name the bands once."""
    last, end = course.last, axes.get_xlim()[1]
    style: dict[str, Any] = {"size": 7.6, "va": "center", "color": LINE, "clip_on": False}
    axes.set_title(name.replace("$", r"\$"), size=8.2, weight="bold", loc="left", pad=5, color=INK)
    median = last.quantiles["0.5"]
    axes.text(end * 1.03, median, rounded_words(median), weight="bold", url="#how-forecast", **style)
    if explain:
        for low, high, text in (("0.75", "0.95", "90 %"), ("0.5", "0.75", "50 %")):
            middle = (last.quantiles[low] + last.quantiles[high]) / 2
            if last.quantiles[high] - median > 0.12 * axes.get_ylim()[1]:
                axes.text(end * 0.985, middle, text, ha="right", **{**style, "size": 6.6, "color": "#33536e"})
