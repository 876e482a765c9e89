"""Sources that are apart, told: who counts how many, by how much they differ, and what the forecast makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tidings.core.counting import counted
from tidings.forecast.document import ForecastWarning
from tidings.forecast.gaps import Gap, Pair
from tidings.forecast.levels import Apart, ApartByPlace
from tidings.geography.places import names_listed

if TYPE_CHECKING:
    from tidings.forecast.record import Report

MOST_TOLD = 6
"""Places, and pairs of sources at one, that are told of."""
UNNAMED = "an unnamed source"


def last_of_source(reports: Sequence[Report], place: str, source: str) -> Report:
    """Return the report of the last day that a source tells of at a place, as published last."""
    own = (report for report in reports if (report.place, report.source) == (place, source))
    return max(own, key=lambda report: (report.day, report.published))


def apart_warnings(
    apart: ApartByPlace,
    reports: Sequence[Report],
    *,
    start: dt.date,
    names: Mapping[str, str] | None = None,
    simulated: Collection[str] = (),
) -> Iterator[ForecastWarning]:
    """Yield a warning for each place at which sources are apart.

    Parameters
    ----------
    start
        The day from which the days of reports are counted.
    names
        By place, its name to be shown; its id where there is none.
    simulated
        Places that are not forecast by their reports.
    """
    shown = names or {}
    for place, found in list(apart.items())[:MOST_TOLD]:
        told = names_listed([_told(level.source, last_of_source(reports, place, level.source), start)
                             for level in found.levels])  # fmt: skip
        differ = "; ".join(_differ(pair, gap, start) for pair, gap in list(found.gaps.items())[:MOST_TOLD])
        done = _simulated() if place in simulated else _spanned(found)
        message = f"Sources disagree on how many are at {shown.get(place, place)}: {told}. {differ}. {done}"
        yield ForecastWarning(code="sources_apart", message=message)
    if len(apart) > MOST_TOLD:
        message = f"Sources disagree on how many are at {counted(len(apart) - MOST_TOLD, 'more place')} too."
        yield ForecastWarning(code="sources_apart", message=message)


def leaps_between(apart: ApartByPlace, start: dt.date, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the leaps from the last number of one source to the first of another, as a warning lists them."""
    for place, found in apart.items():
        for (before, after), gap in found.gaps.items():
            if gap.switched:
                (_, last), (day, new) = gap.switched
                when = start + dt.timedelta(days=day)
                told = f"{last:,.0f} by {before or UNNAMED} to {new:,.0f} by {after or UNNAMED}"
                yield f"{names.get(place, place)} ({when}: {told})"


def _told(source: str, report: Report, start: dt.date) -> str:
    return f"{source or UNNAMED} tells of {report.people:,.0f} ({start + dt.timedelta(days=report.day)})"


def _differ(pair: Pair, gap: Gap, start: dt.date) -> str:
    first, other = (source or UNNAMED for source in pair)
    if gap.switched:
        began = start + dt.timedelta(days=gap.switched[1].day)
        return f"{other} begins on {began} where {first} ends, with a number that does not follow from its last"
    more, less, ratio = (first, other, gap.ratio) if gap.ratio >= 1 else (other, first, 1 / gap.ratio)
    return f"{more} counts {ratio - 1:.0%} more than {less} ({counted(gap.n_compared, 'comparison')})"


def _spanned(found: Apart) -> str:
    chances = names_listed([f"{level.source or UNNAMED} {level.p:.0%}" for level in found.levels])
    why = f"by {names_listed(found.reasons)}" if found.reasons else "nothing decides between them"
    return f"Chances to be right, {why}: {chances}. The forecast spans them; its median may be nobody's number."


def _simulated() -> str:
    return "The simulation starts from one of them alone: what it gives holds only if that one is right."
