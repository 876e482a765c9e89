"""What is odd in the reports of a place: told, and left in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import LIKELY_HOUSEHOLD, is_household_odd
from tidings.forecast.apart_told import leaps_between
from tidings.forecast.document import ForecastWarning
from tidings.forecast.history import LEAST_PEOPLE, level_falls
from tidings.forecast.levels import ApartByPlace
from tidings.forecast.record import Report, series_of
from tidings.forecast.series import Series
from tidings.forecast.slips import is_jump

CLEARLY_PEOPLED = 200.0
"""People of whom a first report of nobody tells that it was no count."""
MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class _Told:
    """What one source tells of one place."""

    series: Series
    source: str
    """Empty where the place has but one, or nobody is named."""


def oddities_of(
    places: Sequence[str],
    reports: Sequence[Report],
    *,
    start: dt.date,
    names: Mapping[str, str] | None = None,
    apart: ApartByPlace | None = None,
) -> Iterator[ForecastWarning]:
    """Yield a warning for each kind of oddity, with the places and days that it was met at.

    Each source is held against itself: that two of them count differently is no fall, and a jump only where one begins
    when the other ends.

    Parameters
    ----------
    start
        The day from which the days of reports are counted.
    names
        By place, its name to be shown; its id where there is none.
    apart
        The places where sources are apart.
    """
    names = names or {}
    told = [one for place in places for one in _by_source(place, reports)]
    jumps = [jump for one in told for jump in _jumps(one, start, names)]
    jumps += leaps_between(apart or {}, start, names)
    zeros = [_shown(place, names) for place in places if starts_from_nothing(series_of(place, reports))]
    if zeros:
        met = f"The first report of {_listed(zeros)} is of nobody, and a later one of many"
        message = f"{met}: forecasts leave it out once the later one is known; a hindcast scores it as a report."
        yield ForecastWarning(code="first_report_of_nobody", message=message)
    if jumps:
        met = f"Reports that leap or fall from the one before: {_listed(jumps)}"
        message = f"{met}. None is left out; a slip is put right by the right number, in a row published later."
        yield ForecastWarning(code="implausible_jump", message=message)
    if falling := list(dict.fromkeys(_shown(one.series.place, names) for one in told if _falls(one.series))):
        message = f"Stocks of {_listed(falling)} fall by over 10 % at once: changes of level, no slopes."
        yield ForecastWarning(code="stock_falls", message=message)
    if twice := [_shown(place, names) for place in _twice(reports)]:
        done = (
            "of one source, the one published last by an origin counts; several sources are weighed where they agree,"
            " and where a simulation starts from one, the largest of those published last counts"
        )
        message = f"Several numbers of one day are told of {_listed(twice)}: {done}."
        yield ForecastWarning(code="repeated_day", message=message)


def out_of_order(bulletins: Sequence[Bulletin]) -> Iterator[ForecastWarning]:
    """Yield a warning where the rows of a file are not in the order of days."""
    days = [bulletin.day for bulletin in bulletins]
    if days != sorted(days):
        message = "Bulletins are out of order: they are sorted by day."
        yield ForecastWarning(code="bulletins_out_of_order", message=message)


def odd_households(bulletins: Iterable[Bulletin], names: Mapping[str, str]) -> Iterator[ForecastWarning]:
    """Yield a warning of households of a size that no country has on average."""
    odd = [b for b in bulletins if b.measure == "stock" and is_household_odd(b)]
    if told := list(dict.fromkeys(f"{_shown(b.place, names)} ({b.household_size:g})" for b in odd)):
        least, most = LIKELY_HOUSEHOLD
        met = f"Households of a size that is not between {least} and {most} are told of {_listed(told)}"
        message = (
            f"{met}: they count as told. Households of countries have about 2 to 9 persons on average (UN DESA 2017)."
        )
        yield ForecastWarning(code="household_size_odd", message=message)


def starts_from_nothing(series: Series) -> bool:
    """Whether the first report is of nobody, and the first that is not is of many.

    Examples
    --------
    >>> import numpy as np
    >>> starts_from_nothing(Series(place="camp", days=np.array([0, 30]), people=np.array([0.0, 5000.0])))
    True
    """
    peopled = series.people[series.people > 0]
    return len(peopled) > 0 and series.people[0] == 0 and bool(peopled[0] >= CLEARLY_PEOPLED)


def _by_source(place: str, reports: Iterable[Report]) -> Iterator[_Told]:
    of_place = [report for report in reports if report.place == place]
    sources = list(dict.fromkeys(report.source for report in of_place))
    for source in sources:
        series = series_of(place, [report for report in of_place if report.source == source])
        yield _Told(series, source if len(sources) > 1 else "")


def _jumps(told: _Told, start: dt.date, names: Mapping[str, str]) -> Iterator[str]:
    series, by = told.series, f", {told.source}" if told.source else ""
    for (_, before), (day, after) in pairwise(zip(series.days, series.people, strict=True)):
        if is_jump(before, after):
            when = start + dt.timedelta(days=int(day))
            yield f"{_shown(series.place, names)} ({when}{by}: {before:,.0f} to {after:,.0f})"


def _shown(place: str, names: Mapping[str, str]) -> str:
    return names.get(place, place)


def _falls(series: Series) -> bool:
    """Whether a stock falls as `history` takes for a change of level, by 100 people or more."""
    before, after = series.people[:-1], series.people[1:]
    return bool((level_falls(series.people) & (before - after >= LEAST_PEOPLE)).any())


def _twice(reports: Iterable[Report]) -> list[str]:
    ordered = sorted(reports, key=lambda report: (report.place, report.day))
    grouped = groupby(ordered, key=lambda report: (report.place, report.day))
    return list(dict.fromkeys(place for (place, _), same in grouped if len({report.people for report in same}) > 1))


def _listed(told: Sequence[str]) -> str:
    more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    return ", ".join(told[:MOST_TOLD]) + more
