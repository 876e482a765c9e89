"""Several numbers of one place and day that a source publishes at once: none is the newer, so their mean counts.

Which of them came later nobody tells; the order of rows in a file, or of sentences in a report, is no sign of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import TYPE_CHECKING

from tidings.forecast.document import ForecastWarning

if TYPE_CHECKING:
    from tidings.forecast.record import Report

MOST_TOLD = 6
"""Numbers that a warning names."""


def one_at_once(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return reports with one number a source, place, day and day of publication: the mean of the different ones,
    with the mean of the doubts that ranges tell.

    Their order is that of the first of each; the result does not depend on the order of those that are told at once.
    """
    return tuple(_mean(same) for same in _together(reports))


def _mean(same: Sequence[Report]) -> Report:
    people, doubt = sorted({report.people for report in same}), [report.doubt for report in same]
    return replace(same[0], people=fmean(people), doubt=fmean(doubt))


def at_once_warnings(
    reports: Iterable[Report], *, start: dt.date, names: Mapping[str, str] | None = None
) -> Iterator[ForecastWarning]:
    """Yield a warning of the numbers of which the mean counts.

    Parameters
    ----------
    start
        The day from which the days of reports are counted.
    names
        By place, its name to be shown; its id where there is none.
    """
    shown = names or {}
    told = sorted(
        f"{shown.get(same[0].place, same[0].place)} ({start + dt.timedelta(days=same[0].day)}: "
        f"{' and '.join(f'{n:,.0f}' for n in numbers)})"
        for same in _together(reports)
        if len(numbers := sorted({report.people for report in same})) > 1
    )
    if told:
        more = f" and {len(told) - MOST_TOLD} more" if len(told) > MOST_TOLD else ""
        met = f"One source published several numbers of one day at once: {', '.join(told[:MOST_TOLD])}{more}"
        yield ForecastWarning(code="numbers_at_once", message=f"{met}. None is the newer: their mean counts.")


def _together(reports: Iterable[Report]) -> Iterator[Sequence[Report]]:
    found: dict[tuple[str, int, int, str], list[Report]] = {}
    for report in reports:
        found.setdefault((report.place, report.day, report.published, report.source), []).append(report)
    yield from found.values()
