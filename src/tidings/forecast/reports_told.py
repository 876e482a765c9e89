"""A bulletin as a report of a series: in persons, of its own day, with who tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import persons_of
from tidings.forecast.record import Report


def source_of(bulletin: Bulletin, outlets: Mapping[str, str]) -> str:
    """Return who tells a bulletin: of one from a claim, whose id stands as its source, the outlet of the claim."""
    source = " ".join((bulletin.source or "").split())
    return outlets.get(source, source)


def report_of(bulletin: Bulletin, start: dt.date, outlets: Mapping[str, str]) -> Report:
    """Return a stock as a report of the day that it counts, however late it was published.

    Parameters
    ----------
    outlets
        By the id of a claim, who answers for it.
    """
    day = (bulletin.day - start).days
    published = ((bulletin.published or bulletin.day) - start).days
    return Report(
        place=bulletin.place, day=day, people=persons_of(bulletin) or 0.0, published=max(day, published),
        source=source_of(bulletin, outlets),
    )  # fmt: skip
