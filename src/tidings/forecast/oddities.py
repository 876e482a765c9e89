"""What is odd in the reports of a place: told, and left in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from tidings.crisis.crisis import Bulletin
from tidings.forecast.document import ForecastWarning
from tidings.forecast.history import LEAST_PEOPLE, falls
from tidings.forecast.record import Report, series_of
from tidings.forecast.series import Series

CLEARLY_PEOPLED = 200.0
"""People of whom a first report of nobody tells that it was no count."""
JUMP = 1.5
"""Times the report before, at least: a rise that no earlier report leads to."""
FALL = 0.6
"""Times the report before, at most."""
MANY = 1000.0
"""People by which a jump must change a place."""
MOST_TOLD = 6


def oddities_of(places: Sequence[str], reports: Sequence[Report]) -> Iterator[ForecastWarning]:
    """Yield a warning for each kind of oddity, with the places and days that it was met at."""
    truth = [series_of(place, reports) for place in places]
    jumps = [told for series in truth for told in _jumps(series)]
    zeros = [series.place for series in truth if starts_from_nothing(series)]
    if zeros:
        met = f"The first report of {_listed(zeros)} is of nobody, and a later one of many"
        message = f"{met}: it stays in, as a report; that it was no count is known from the later one on."
        yield ForecastWarning(code="first_report_of_nobody", message=message)
    if jumps:
        message = f"Reports that leap or fall from the one before: {_listed(jumps)}. None is left out."
        yield ForecastWarning(code="implausible_jump", message=message)
    if falling := [series.place for series in truth if _falls(series)]:
        message = f"Stocks of {_listed(falling)} fall by over 10 % at once: changes of level, no slopes."
        yield ForecastWarning(code="stock_falls", message=message)
    if twice := _twice(reports):
        done = "of one source, the one published last by an origin counts; several sources are weighed"
        message = f"Several numbers of one day are told of {_listed(twice)}: {done}."
        yield ForecastWarning(code="repeated_day", message=message)


def out_of_order(bulletins: Sequence[Bulletin]) -> Iterator[ForecastWarning]:
    """Yield a warning where the rows of a file are not in the order of days."""
    days = [bulletin.day for bulletin in bulletins]
    if days != sorted(days):
        message = "Bulletins are out of order: they are sorted by day."
        yield ForecastWarning(code="bulletins_out_of_order", message=message)


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


def _jumps(series: Series) -> Iterator[str]:
    for (_, before), (day, after) in pairwise(zip(series.days, series.people, strict=True)):
        if before > 0 and abs(after - before) >= MANY and not FALL * before < after < JUMP * before:
            yield f"{series.place} (day {day}: {before:,.0f} to {after:,.0f})"


def _falls(series: Series) -> bool:
    """Whether a stock falls as `history` takes for a change of level, by 100 people or more."""
    before, after = series.people[:-1], series.people[1:]
    return bool((falls(series.people) & (before - after >= LEAST_PEOPLE)).any())


def _twice(reports: Iterable[Report]) -> list[str]:
    ordered = sorted(reports, key=lambda report: (report.place, report.day))
    grouped = groupby(ordered, key=lambda report: (report.place, report.day))
    return list(dict.fromkeys(place for (place, _), same in grouped if len({report.people for report in same}) > 1))


def _listed(told: Sequence[str]) -> str:
    more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
    return ", ".join(told[:MOST_TOLD]) + more
