"""The forecast's section: illustration, not validated; every number leads to how it was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from tidings.core.errors import Problem
from tidings.forecast.document import Forecast, LastReport, LocationKind, Quantity, Target
from tidings.geography.places import names_listed
from tidings.present.brief_parts import FORECAST_ANCHOR, Dated, Desk, Line, Linked, dated
from tidings.present.brief_tornado import Tornado, tornado
from tidings.present.forecast_words import basis_words, last_report_words
from tidings.present.plots import Course, courses, render_expected
from tidings.present.svg import inline
from tidings.present.words import EN_DASH, count_words, day_words, rounded_words

LEADS = (7, 14, 30, 60, 90)
MOST_LOCATIONS = 8
MOST_CLAIMS = 300
SHOWN: tuple[tuple[Quantity, LocationKind, str], ...] = (
    ("arrivals", "place", "Arrivals, summed from the first day"),
    ("arrivals", "crossing", "Through crossings, summed from the first day"),
    ("waiting", "crossing", "Waiting at a crossing on the day"),
    ("present", "place", "People in camps on the day"),
)  # fmt: skip
PLOTTED = ("arrivals", "waiting")


@dataclass(frozen=True)
class ExpectedRow:
    """One location on one day."""

    name: str
    day: Dated
    median: Linked
    half: Linked
    nine_tenths: Linked
    last: Line = ()
    """The last report of the place, for who is present."""
    basis: str = ""
    """What the row rests on: reports or the simulation."""


@dataclass(frozen=True)
class ExpectedTable:
    """One quantity: its plot, where there is one, and its numbers at the largest locations."""

    caption: str
    plot: str
    rows: tuple[ExpectedRow, ...]
    n_left: int
    """Locations with fewer people, which are left out."""
    is_beside_reports: bool = False
    """Whether the last report and what a row rests on stand beside it."""


@dataclass(frozen=True)
class ForecastSection:
    """The forecast, or what is missing for one."""

    missing: tuple[Problem, ...]
    tables: tuple[ExpectedTable, ...] = ()
    warnings: tuple[str, ...] = ()
    made: tuple[tuple[str, Line], ...] = ()
    changes: Tornado | None = None
    """What would change it, where that was asked for."""
    heading: str = "Illustration, not validated"


def forecast_section(desk: Desk) -> ForecastSection:
    """Return the forecast's plots and tables or, without one, which file to fill."""
    forecast = desk.released.forecast
    if forecast is None:
        return ForecastSection(missing=desk.released.forecast_missing)
    tables = (_table(desk, forecast, *shown) for shown in SHOWN)
    return ForecastSection(
        missing=(),
        tables=tuple(table for table in tables if table.rows),
        warnings=tuple(dict.fromkeys(warning.message for warning in forecast.warnings)),
        made=made_from(desk, forecast),
        changes=tornado(desk, forecast),
    )


def headline(desk: Desk) -> Line:
    """Say in one line what the forecast is; no number of an untested one stands at the top of a page."""
    forecast = desk.released.forecast
    if forecast is None or not courses(forecast, "arrivals"):
        return ()
    last = forecast.from_ + dt.timedelta(days=forecast.days - 1)
    return (
        "Simulated up to ",
        dated(last),
        " from the claims and tables below, never tested on a case like this: \
do not plan by its numbers",
    )


def made_from(desk: Desk, forecast: Forecast) -> tuple[tuple[str, Line], ...]:
    """Return what the forecast was made from, term by term."""
    made = forecast.made_from
    span = forecast.days - 1
    fixed = sorted((name, value) for name, value in made.parameters.items() if name not in made.parameter_ranges)
    assumed = "; ".join(f"{name}: {taken}" for name, taken in made.assumptions.items())
    drawn = (f"{name} {low:g} to {high:g}" for name, (low, high) in sorted(made.parameter_ranges.items()))
    return (
        ("Days", (dated(forecast.from_), " to ", dated(forecast.from_ + dt.timedelta(days=span)))),
        ("Known by", (dated(forecast.as_of),)),
        ("Simulated", (f"{forecast.members} times, seed {forecast.seed}, with {made.code or desk.released.code}",)),
        ("Claims used", desk.references(made.claims, most=MOST_CLAIMS) or ("none",)),
        ("Bulletins used", ("; ".join(made.bulletins) or "none",)),
        ("Taken where nobody said anything", (assumed or "nothing",)),
        ("Parameters drawn for each course", ("; ".join(drawn) or "none",)),
        ("Parameters fixed", ("; ".join(f"{name} = {value:g}" for name, value in fixed) or "none",)),
    )


def _table(desk: Desk, forecast: Forecast, quantity: Quantity, kind: LocationKind, caption: str) -> ExpectedTable:
    is_through = (quantity, kind) == ("arrivals", "crossing")  # there nobody is an answer: the others are unknown
    every = courses(forecast, quantity, kind=kind, is_nobody_shown=is_through)
    found = [course for course in every if quantity != "present" or _is_camp(desk, course)]
    shown = found[:MOST_LOCATIONS]
    is_stock = quantity == "present"
    reported = {one.location: one for one in forecast.last_reports} if is_stock else {}
    rows = tuple(
        _row(desk, course, target, reported.get(course.location))
        for course in shown
        for target in _milestones(course, forecast)
    )
    is_plotted = quantity in PLOTTED and courses(forecast, quantity, kind=kind)
    plot = inline(render_expected(forecast, quantity, desk.names.by_id, kind)) if is_plotted else ""
    told = f"{caption}{_net_at(desk, forecast, shown)}" if (quantity, kind) == ("arrivals", "place") else caption
    return ExpectedTable(told, plot, rows, len(found) - len(shown), is_beside_reports=is_stock)


def _net_at(desk: Desk, forecast: Forecast, shown: Iterable[Course]) -> str:
    """Say at which places arrivals rest on reports: they are then net, and at the others all who come."""
    reported = {last.location for last in forecast.last_reports if last.present_rests_on == "reports"}
    net = [desk.names.by_id.get(course.location, course.location) for course in shown if course.location in reported]
    return f"; net, as reports foretell, at {names_listed(net)}" if net else ""


def _is_camp(desk: Desk, course: Course) -> bool:
    """Elsewhere the people present are mostly residents, and the model's bands on them say nothing."""
    return desk.kinds.get(course.location) == "camp"


def _milestones(course: Course, forecast: Forecast) -> list[Target]:
    """Return the days that the table shows: after one week, two weeks …, and the last."""
    days = {forecast.from_ + dt.timedelta(days=lead - 1) for lead in LEADS}
    return [target for target in course.targets if target.day in days or target is course.last]


def _row(desk: Desk, course: Course, target: Target, last: LastReport | None) -> ExpectedRow:
    name = desk.names[course.location]
    bands = _band(target, "0.25", "0.75"), _band(target, "0.05", "0.95")
    told = last_report_words(last, count_words, day_words)
    line: Line = (desk.number(told, last.claims, f"#{FORECAST_ANCHOR}"),) if last else (told,)
    return ExpectedRow(name, dated(target.day), _median(target), *bands, line, basis_words(last))


def _median(target: Target) -> Linked:
    return Linked(rounded_words(target.quantiles["0.5"]), f"#{FORECAST_ANCHOR}")


def _band(target: Target, low: str, high: str) -> Linked:
    ends = (rounded_words(target.quantiles[low]), rounded_words(target.quantiles[high]))
    return Linked(EN_DASH.join(ends), f"#{FORECAST_ANCHOR}")
