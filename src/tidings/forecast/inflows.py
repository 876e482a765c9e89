"""Flows that bulletins tell bring a stock on, from the day counted to theirs (decision 0038).

A flow tells who came, and not who left or who is there. Its row has no first day: it counts the people who came after
the row before it of the same place and source, and the first one those of its own day. What of a period lies after
the last stock counts by its share of the days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.at_once import one_at_once
from tidings.forecast.history import LEAST_PEOPLE, Floats
from tidings.forecast.series import Series

if TYPE_CHECKING:
    from tidings.forecast.record import Report

LEFT_SHARE = 0.5
"""Of those who came since the last stock, how many more or fewer may be there, in 8 of 10 cases. Assumed: nobody tells
who left, or who came without being counted."""
LEAST_SHARE = 0.1
"""The same, of all who are there, at least: a stock that is brought on was not counted."""
WIDTH_OF_80 = 2 * NormalDist().inv_cdf(0.9)
"""Standard deviations from the low to the high of a central 80 % interval of a normal."""

Number = TypeVar("Number", np.int64, np.float64)
Came: TypeAlias = list[tuple[int, float]]
"""Days, rising, and the people who came from a stock's day to the end of each."""


def came_since(day: int, flows: Iterable[Report]) -> Came:
    """Return who came to a place after a day; nothing where no flow is of a later day.

    Sources are not added, for they may count the same people: of several the one with the newest row counts, of those
    the one that tells of most.

    Parameters
    ----------
    day
        The day of the last stock, at the end of which people were counted.
    flows
        Those of one place.

    Examples
    --------
    >>> from tidings.forecast.record import Report
    >>> told = ((7, 70.0), (14, 140.0), (21, 50.0))
    >>> rows = [Report(place="camp", day=day, people=people, published=day) for day, people in told]
    >>> came_since(7, rows), came_since(11, rows), came_since(21, rows)
    ([(14, 140.0), (21, 190.0)], [(14, 60.0), (21, 110.0)], [])
    """
    by_source: dict[str, dict[int, float]] = {}
    for flow in sorted(one_at_once(flows), key=lambda flow: (flow.day, flow.published)):
        by_source.setdefault(flow.source, {})[flow.day] = flow.people
    found = ((source, list(_since(day, rows))) for source, rows in by_source.items())
    told = [(came[-1][0], came[-1][1], source, came) for source, came in found if came]
    return max(told)[-1] if told else []


def _since(day: int, rows: dict[int, float]) -> Iterator[tuple[int, float]]:
    total, before = 0.0, None
    for last, people in rows.items():
        after = last - 1 if before is None else before
        if last > day:
            total += people * (last - max(after, day)) / (last - after)
            yield last, total
        before = last


def brought_on(series: Series, flows: Iterable[Report]) -> Series:
    """Return a series with a number for each day on which flows bring its last stock on; itself where none does.

    What is added is no report: it is never scored, and its doubt, by which a forecast after it is wider, is that of the
    stock and of who came since.
    """
    came = came_since(int(series.days[-1]), (f for f in flows if f.place == series.place)) if len(series.days) else []
    if not came:
        return series
    days, more = np.array([day for day, _ in came], np.int64), np.array([people for _, people in came], np.float64)
    n, last = len(more), float(series.people[-1])
    doubt = np.zeros(len(series.days)) if series.doubt is None else series.doubt
    return Series(
        place=series.place,
        days=_joined(series.days, days),
        people=_joined(series.people, last + more),
        noise=None if series.noise is None else _joined(series.noise, np.repeat(series.noise[-1], n)),
        doubt=_joined(doubt, doubt[-1] + _doubt(last, more)),
    )


def _doubt(last: float, more: Floats) -> Floats:
    """Return the variance of log(x + 100) of stocks that were brought on."""
    people = last + more
    half = np.maximum(LEFT_SHARE * more, LEAST_SHARE * people)
    low, high = (np.log(people + sign * half + LEAST_PEOPLE) for sign in (-1, 1))
    return np.asarray(((high - low) / WIDTH_OF_80) ** 2, np.float64)


def _joined(one: NDArray[Number], other: NDArray[Number]) -> NDArray[Number]:
    both = np.concatenate([one, other])
    both.flags.writeable = False  # every method sees the same arrays
    return both
