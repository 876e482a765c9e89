"""All that was ever published about a conflict, each thing with its day: what was known at an origin is cut from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.document import ForecastWarning
from tidings.forecast.inflows import brought_on
from tidings.forecast.levels import Apart, ApartByPlace, Level, Odds, at_level, levels_of, likeliest
from tidings.forecast.revisions import as_expected
from tidings.forecast.series import Closed, Correction, Otherwise, Seen, Series, Zone
from tidings.forecast.slips import put_right, slips_of
from tidings.forecast.sources import SourceErrors, source_errors, weighed
from tidings.forecast.ways import Ways


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A stock that was published. Days are days since the conflict's start."""

    place: str
    day: int
    """The day counted."""
    people: float
    published: int
    """The day from which it was public; never before `day`."""
    source: str = ""
    """Who tells it; empty where nobody is named."""
    variance: float = 0.0
    """Of the logarithm of `people`, where they are what the number is expected to be corrected to."""
    doubt: float = 0.0
    """Variance of log(people + 100) that the source tells itself, by a low and a high."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fought:
    """Days of conflict at the places where there ever was any."""

    places: tuple[str, ...] = ()
    population: tuple[float, ...] = ()
    """Persons before the conflict; NaN where nobody tells."""
    intensity: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    """Shape (day, place), from the conflict's start on; above 0 where there was conflict."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """A conflict as its reports told it, day by day."""

    name: str
    start: dt.date
    places: tuple[str, ...]
    """Destinations that are forecast and scored."""
    reports: tuple[Report, ...]
    flows: tuple[Report, ...] = ()
    """Of people who came in the period that ends on the day: they bring stocks on, and are never scored."""
    totals: tuple[Report, ...] = ()
    fought: Fought = field(default_factory=Fought)
    ways: Ways = field(default_factory=lambda: Ways(roads=()))
    closures: tuple[Closed, ...] = ()
    """Whole, with the day of opening as it turned out."""
    corrections: tuple[Correction, ...] = ()
    are_places_listed: bool = False
    """Whether the list of places was public from the start; else each is heard of with its first report."""
    odds: Odds = field(default_factory=dict)
    """By source, the odds factor of its grade: of sources that are apart, one is right (`levels`)."""
    warnings: tuple[ForecastWarning, ...] = ()
    """What is odd in the record, and what is made of it."""

    @property
    def last_day(self) -> int:
        """The last day that a report counts."""
        return max((report.day for report in self.reports), default=0)

    def truth(self) -> dict[str, Series]:
        """Return what was reported of each place in the end: several sources are weighed by their errors of all days.

        Of sources that are apart the likeliest counts, and the others are brought to its level. It is for scores, never
        for a forecast: those are made from `seen`, which weighs by what was public then.
        """
        apart, errors = compared(self.reports, self.odds)
        reports = at_level(self.reports, likeliest(apart))
        return {place: series_of(place, reports, errors) for place in self.places}

    def seen(self, origin: int) -> Seen:
        """Return what was known at the end of a day, and nothing else."""
        reports = [report for report in self.reports if report.published <= origin]
        totals = [report for report in self.totals if report.published <= origin]
        flows = [flow for flow in self.flows if flow.published <= origin and flow.day <= origin]
        apart, errors = compared(reports, self.odds)
        expected, otherwise = expected_series(self.places, reports, origin, errors, apart, flows)
        closures = tuple(_as_known(closure, origin) for closure in self.closures if closure.start <= origin)
        return Seen(
            origin=origin,
            series=tuple(series_of(place, reports, errors) for place in self.places),
            expected=expected,
            otherwise=otherwise,
            totals=series_of("total", totals) if self.totals else None,
            conflict=tuple(_zones(self, origin, closures)),
            conflict_until=min(origin, len(self.fought.intensity) - 1),
            closures=closures,
            corrections=tuple(correction for correction in self.corrections if correction.day <= origin),
            ways=self.ways,
            are_places_listed=self.are_places_listed,
        )


def compared(reports: Sequence[Report], odds: Odds | None = None) -> tuple[ApartByPlace, SourceErrors]:
    """Return where sources are apart, and how far each is off: by their numbers with slips of a digit put right."""
    right = put_right(reports, slips_of(reports))
    apart = levels_of(right, odds)
    return apart, source_errors(at_level(right, likeliest(apart)))


def expected_series(
    places: Iterable[str],
    reports: Sequence[Report],
    origin: int,
    errors: SourceErrors,
    apart: ApartByPlace | None = None,
    flows: Sequence[Report] = (),
) -> tuple[tuple[Series, ...] | None, Mapping[str, Sequence[Otherwise]]]:
    """Return the series of places as numbers are expected to stand once corrected, and what they may be otherwise.

    Parameters
    ----------
    reports, flows
        All that were public by the origin; flows are those of days up to it.
    apart
        The places where sources are apart.

    Returns
    -------
    expected
        One a place, slips of a digit put right, on the level of the likeliest source and brought on by flows; None
        where nothing is expected but what was told.
    otherwise
        By place, its series if a number that nothing has settled yet is no slip, and if another source is right.
    """
    apart = apart or {}
    slips = slips_of(reports)
    settled = put_right(as_expected(reports, origin), [slip for slip in slips if not slip.is_open])
    may_be = {slip.place: slip.p for slip in slips if slip.is_open}
    right = put_right(settled, [slip for slip in slips if slip.is_open])
    expected = at_level(right, likeliest(apart))
    if expected is reports and not flows:
        return None, {}

    def expected_of(place: str, some: Sequence[Report]) -> Series:
        return brought_on(series_of(place, some, errors), flows)

    otherwise = {
        place: tuple(
            Otherwise(series=expected_of(place, some), p=p)
            for some, p in _otherwise(place, {True: right, False: settled}, may_be.get(place, 1.0), apart.get(place))
        )
        for place in dict.fromkeys((*may_be, *apart))
    }
    return tuple(expected_of(place, expected) for place in places), otherwise


def _otherwise(
    place: str, told: Mapping[bool, Sequence[Report]], p_slip: float, apart: Apart | None
) -> Iterator[tuple[Sequence[Report], float]]:
    """Yield all that a place's reports may say but the likeliest, each with its chance.

    Parameters
    ----------
    told
        The reports where a number that may be a slip of a digit is one, and where it is none.
    p_slip
        That it is one; 1 where there is no such number.
    """
    levels: Sequence[Level | None] = apart.levels if apart else (None,)
    stories = [(level, is_slip) for level in levels for is_slip in (True, False)]
    for level, is_slip in stories[1:]:
        p = (p_slip if is_slip else 1 - p_slip) * (level.p if level else 1.0)
        if p > 0:
            yield at_level(told[is_slip], {place: level} if level else {}), p


def series_of(place: str, reports: Iterable[Report], errors: SourceErrors | None = None) -> Series:
    """Return the stocks of a place in the order of days; of those of one day, each source's published last.

    Parameters
    ----------
    errors
        By source, where there are several: those of one day are weighed by them. Without it all are of one source.

    Examples
    --------
    >>> told = [Report(place="camp", day=day, people=n, published=when) for day, n, when in
    ...         ((9, 500.0, 9), (3, 100.0, 3), (3, 120.0, 5))]
    >>> series_of("camp", told).people
    array([120., 500.])
    """
    by_day: dict[int, dict[str, Report]] = {}
    for report in sorted((r for r in reports if r.place == place), key=lambda r: (r.day, r.published)):
        by_day.setdefault(report.day, {})[report.source if errors else ""] = report
    people, noise = _people_and_noise(by_day, errors)
    days = np.array(list(by_day), np.int64)
    people.flags.writeable = days.flags.writeable = False  # every method sees the same arrays
    return Series(place=place, days=days, people=people, noise=noise, doubt=_doubt(by_day))


def _doubt(by_day: Mapping[int, Mapping[str, Report]]) -> NDArray[np.float64] | None:
    """Return the doubt of each day's number: of several sources that of their mean, as if each erred alone."""
    doubt = np.array([fmean(report.doubt for report in same.values()) / len(same) for same in by_day.values()])
    doubt.flags.writeable = False
    return doubt if doubt.any() else None


def _people_and_noise(
    by_day: Mapping[int, Mapping[str, Report]], errors: SourceErrors | None
) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
    if errors:
        told = [weighed({name: (r.people, r.variance) for name, r in same.items()}, errors) for same in by_day.values()]
    else:
        told = [(report.people, report.variance) for same in by_day.values() for report in same.values()]
    both = np.array(told, np.float64).reshape(len(by_day), 2)
    people, noise = np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1])
    noise.flags.writeable = False
    return people, noise if errors or noise.any() else None


def _as_known(closure: Closed, origin: int) -> Closed:
    """Return a closure without the day of opening where that lies ahead."""
    end = closure.end if closure.end is not None and closure.end <= origin else None
    return Closed(kind=closure.kind, one=closure.one, other=closure.other, start=closure.start, end=end)


def _zones(record: Record, origin: int, closures: Sequence[Closed]) -> Iterable[Zone]:
    fought = record.fought
    so_far = fought.intensity[: origin + 1] > 0
    begun = [number for number in range(len(fought.places)) if so_far[:, number].any()]
    names = [fought.places[number] for number in begun]
    km, open_km = record.ways.km(names, record.places), record.ways.km(names, record.places, closures)
    km.flags.writeable = open_km.flags.writeable = False
    for row, number in enumerate(begun):
        days = np.flatnonzero(so_far[:, number])
        yield Zone(
            place=fought.places[number], began=int(days[0]), days=days, population=fought.population[number],
            km=km[row], open_km=open_km[row],
        )  # fmt: skip
