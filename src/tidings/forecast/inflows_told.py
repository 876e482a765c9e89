"""What bulletins of people who came do to the first morning of a forecast, and what a reader must know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tidings.crisis.crisis import Bulletin
from tidings.forecast.document import ForecastWarning
from tidings.forecast.inflows import came_since
from tidings.forecast.reports_told import flows_told, report_of
from tidings.geography.places import names_listed

PACE_DAYS = 30
"""Days over which the pace of arrivals is told, at most."""


def came_to(latest: Mapping[str, Bulletin], told: Iterable[Bulletin], from_: dt.date) -> dict[str, float]:
    """Return who came to each place since its last stock, up to the eve of a forecast; only places with such flows.

    Parameters
    ----------
    latest
        The last stock of each place.
    """
    flows = _past(told, from_)
    since = {place: came_since((stock.day - from_).days, [report_of(b, from_, {}) for b in flows if b.place == place])
             for place, stock in latest.items()}  # fmt: skip
    return {place: came[-1][1] for place, came in since.items() if came}


def flows_used(latest: Mapping[str, Bulletin], told: Iterable[Bulletin], from_: dt.date) -> tuple[Bulletin, ...]:
    """Return the flows that bring a last stock on."""
    return tuple(b for b in _past(told, from_) if b.place in latest and b.day > latest[b.place].day)


def inflow_warnings(
    names: Mapping[str, str], told: Sequence[Bulletin], latest: Mapping[str, Bulletin], from_: dt.date
) -> Iterator[ForecastWarning]:
    """Yield who is added to a last stock, and which flows are not used as nobody counted who is there."""
    if came := came_to(latest, told, from_):
        shown = [f"{names[place]} ({people:,.0f} since {latest[place].day})" for place, people in came.items()]
        met = f"Who came since the last count is added to it at {names_listed(shown)}"
        message = f"{met}: nobody tells who left since, so that there may be fewer."
        yield ForecastWarning(code="flow_brings_on", message=message)
    flows = _past(told, from_)
    if alone := [place for place in dict.fromkeys(b.place for b in flows) if place not in latest]:
        shown = [f"{names[place]} ({_pace([b for b in flows if b.place == place], from_)})" for place in alone]
        met = f"People who came are told of {names_listed(shown)}, where nobody has counted who is there"
        message = f"{met}: they are not used. Arrivals there rest on the simulation; hold them against what is told."
        yield ForecastWarning(code="flow_not_used", message=message)


def _pace(flows: Sequence[Bulletin], from_: dt.date) -> str:
    """Say how many came a day, in the last days of which flows of a place tell."""
    first, last = min(b.day for b in flows), max(b.day for b in flows)
    days = min((last - first).days, PACE_DAYS) or 1  # the first row's own period is not told: it counts where alone
    came = came_since((last - from_).days - days, [report_of(b, from_, {}) for b in flows])
    return f"{came[-1][1] / days:,.0f} a day in the {days} day{'s' * (days > 1)} up to {last}"


def _past(told: Iterable[Bulletin], from_: dt.date) -> list[Bulletin]:
    return [bulletin for bulletin in flows_told(told) if bulletin.day < from_]
