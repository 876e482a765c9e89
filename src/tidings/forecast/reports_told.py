"""A bulletin as a report of a series: in persons, of its own day, with who tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np

from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import persons_of
from tidings.forecast.history import LEAST_PEOPLE
from tidings.forecast.inflows import WIDTH_OF_80
from tidings.forecast.record import Report


def source_of(bulletin: Bulletin, outlets: Mapping[str, str]) -> str:
    """Return who tells a bulletin by the one name that they go by: of one from a claim, whose id is its source, too."""
    source = " ".join((bulletin.source or "").split())
    return outlets.get(source, source)


def stocks_told(bulletins: Iterable[Bulletin], outlets: Mapping[str, str]) -> list[Bulletin]:
    """Return the stocks that are told in persons, without bare ranges of a day of which a source told a best value.

    A best value that was published after a range does not take it back: the range counts until then, and the value,
    published last, from then on. So what was told by a day does not depend on what was told later.

    Parameters
    ----------
    outlets
        By the id of a claim and by a source as written, who answers for it.

    Examples
    --------
    >>> best = Bulletin(place="camp", day=dt.date(2031, 3, 1), measure="stock", people=500)
    >>> bare = Bulletin(place="camp", day=dt.date(2031, 3, 1), measure="stock", low=100, high=300)
    >>> [bulletin.people for bulletin in stocks_told([best, bare], {})]
    [500.0]
    """
    told = [b for b in bulletins if b.measure == "stock" and persons_of(b) is not None]
    best: dict[tuple[str, dt.date, str], dt.date] = {}
    for b in told:
        if b.people is not None:
            key, published = _of_one(b, outlets), b.published or b.day
            best[key] = min(best.get(key, published), published)
    return [
        b for b in told if b.people is not None or (b.published or b.day) < best.get(_of_one(b, outlets), dt.date.max)
    ]


def flows_told(bulletins: Iterable[Bulletin]) -> list[Bulletin]:
    """Return the flows that are told in persons."""
    return [b for b in bulletins if b.measure == "flow" and persons_of(b) is not None]


def _of_one(bulletin: Bulletin, outlets: Mapping[str, str]) -> tuple[str, dt.date, str]:
    return bulletin.place, bulletin.day, source_of(bulletin, outlets)


def report_of(bulletin: Bulletin, start: dt.date, outlets: Mapping[str, str]) -> Report:
    """Return a stock, or a flow, as a report of the day that it counts, however late it was published.

    Parameters
    ----------
    outlets
        By the id of a claim and by a source as written, who answers for it.
    """
    day = (bulletin.day - start).days
    published = ((bulletin.published or bulletin.day) - start).days
    return Report(
        place=bulletin.place, day=day, people=persons_of(bulletin) or 0.0, published=max(day, published),
        source=source_of(bulletin, outlets), doubt=_doubt(bulletin),
    )  # fmt: skip


def _doubt(bulletin: Bulletin) -> float:
    """Return the variance of log(x + 100) that a low and a high tell; 0 where they are not both told.

    They are taken for an 80 % interval, which is assumed: hardly a source says what its range is.
    """
    if bulletin.low is None or bulletin.high is None:
        return 0.0
    size = bulletin.household_size or 1.0 if bulletin.unit == "household" else 1.0
    low, high = (np.log(end * size + LEAST_PEOPLE) for end in (bulletin.low, bulletin.high))
    return float((max(high - low, 0.0) / WIDTH_OF_80) ** 2)
