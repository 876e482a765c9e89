"""The last report of each place, as a forecast uses it, with who tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidings.core.ids import is_content_id
from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import latest_stocks, persons_of
from tidings.forecast.apart_told import last_of_source
from tidings.forecast.document import QUANTILES, CountTold, LastReport
from tidings.forecast.history import Floats
from tidings.forecast.levels import Apart, ApartByPlace
from tidings.forecast.record import Report, series_of
from tidings.forecast.reports_told import source_of
from tidings.forecast.sources import SourceErrors
from tidings.geography.places import names_listed

MEDIAN = QUANTILES.index(0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All stocks that were told before a forecast begins, and what was made of them."""

    bulletins: Sequence[Bulletin]
    reports: Sequence[Report]
    """The same in persons, with one number a source, place, day and publication, settled slips of a digit put right."""
    start: dt.date
    """The day from which the days of reports are counted."""
    errors: SourceErrors
    apart: ApartByPlace
    outlets: Mapping[str, str]


def last_reports(told: Told, *, carried: Mapping[str, Floats], mixed: Collection[str]) -> Iterator[LastReport]:
    """Yield the last report of each place, in the order of days.

    Parameters
    ----------
    carried
        Quantiles of each place that is forecast by its reports, from the eve on. Shape (day, quantile). A simulation
        starts from one bulletin of each other place.
    mixed
        Places whose residents are known.
    """
    for bulletin in latest_stocks(told.bulletins).values():
        place, apart = bulletin.place, told.apart.get(bulletin.place)
        off_level = apart.levels[0].factors if apart else ()
        used = _newest(told, place, without=off_level) if place in carried else [bulletin]
        low, high = _range(used)
        yield LastReport(
            location=place,
            day=used[0].day,
            people=_people(told, place, off_level) if place in carried else persons_of(bulletin) or 0.0,
            low=low,
            high=high,
            source=_sources(told, used) or None,
            claims=_claims(used),
            on_eve=round(float(carried[place][0][MEDIAN]), 1) if place in carried else None,
            is_beside_residents=place in mixed,
            present_rests_on="reports" if place in carried else "simulation",
            apart=tuple(_apart(told, place, apart)) if apart else (),
        )


def _people(told: Told, place: str, off_level: Collection[str]) -> float:
    """Return the last number of a place without those of sources that count otherwise than the likeliest."""
    reports = [report for report in told.reports if report.source not in off_level]
    return round(float(series_of(place, reports, told.errors).people[-1]), 1)


def _newest(told: Told, place: str, *, only: str | None = None, without: Collection[str] = ()) -> list[Bulletin]:
    """Return what was published last of the last day of a place, by each source, or by some."""
    named = ((source_of(b, told.outlets), b) for b in told.bulletins if b.place == place)
    own = [b for source, b in named if only in (None, source) and source not in without]
    last = [b for b in own if b.day == max(b.day for b in own)]
    published: dict[str, dt.date] = {}
    for b in last:
        name = source_of(b, told.outlets)
        published[name] = max(published.get(name, dt.date.min), b.published or b.day)
    return [b for b in last if (b.published or b.day) == published[source_of(b, told.outlets)]]


def _range(used: Sequence[Bulletin]) -> tuple[float | None, float | None]:
    if len(used) != 1:
        return None, None
    (only,) = used
    size = only.household_size if only.unit == "household" and only.household_size else 1.0
    return (None if only.low is None else only.low * size), (None if only.high is None else only.high * size)


def _sources(told: Told, used: Sequence[Bulletin]) -> str:
    return names_listed(sorted({source for b in used if (source := source_of(b, told.outlets))}))


def _claims(used: Sequence[Bulletin]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(b.source for b in used if b.source and is_content_id("c", b.source)))


def _apart(told: Told, place: str, apart: Apart) -> Iterator[CountTold]:
    for level in apart.levels:
        report = last_of_source(told.reports, place, level.source)
        yield CountTold(
            source=level.source or None,
            day=told.start + dt.timedelta(days=report.day),
            people=report.people,
            chance=round(level.p, 4),
            claims=_claims(_newest(told, place, only=level.source)),
        )
