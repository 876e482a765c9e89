"""How many people are at places that are reported of: the mixture of their reports, laid over the simulation.

Decision 0026. A place with reports of three days or more is foretold by its series, as in a hindcast; the simulation
says which member is high and which is low, and what a scenario changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import persons_of, places_of_mixed_units
from tidings.forecast.at_once import at_once_warnings, one_at_once
from tidings.forecast.carried import FEWEST_REPORTS, CarriedSeries
from tidings.forecast.document import QUANTILES, ForecastWarning
from tidings.forecast.history import Floats
from tidings.forecast.oddities import oddities_of
from tidings.forecast.parameters import Fitted
from tidings.forecast.record import Report, series_of
from tidings.forecast.reports_told import report_of, source_of
from tidings.forecast.revisions import as_expected, revision_warnings, revisions_of
from tidings.forecast.series import Seen
from tidings.forecast.sources import source_errors, source_warnings
from tidings.geography.places import names_listed
from tidings.situation.sample import people_at
from tidings.situation.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What reports say of the people at places, day by day of a forecast."""

    levels: Mapping[str, Floats] = field(default_factory=dict)
    """By place: people at the nine levels of `QUANTILES`. Shape (day, level)."""
    bulletins: tuple[Bulletin, ...] = ()
    """Those that the levels rest on."""
    warnings: tuple[ForecastWarning, ...] = ()


def reported_of(
    situation: Situation,
    bulletins: Iterable[Bulletin],
    fitted: Fitted,
    *,
    from_: dt.date,
    days: int,
    outlets: Mapping[str, str] | None = None,
) -> Reported:
    """Forecast the places with stocks of three days or more, from the day before the first simulated one.

    Of a source that corrects its numbers, those that are not settled yet count as they are expected to stand then.
    Places whose residents are known are left to the simulation: a bulletin counts people from elsewhere only, and
    `present` means all who are there.

    Parameters
    ----------
    bulletins
        Those that were public as of the forecast; of them, those up to the day before `from_` count.
    outlets
        By the id of a claim, who answers for it.
    """
    outlets = outlets or {}
    told = _stocks(bulletins, from_, outlets)
    if not told:
        return Reported()
    start = min(bulletin.day for bulletin in told)
    as_told = [report_of(bulletin, start, outlets) for bulletin in told]
    reports = one_at_once(as_told)
    errors, as_of = source_errors(reports), (situation.as_of - start).days
    expected = as_expected(reports, as_of)
    series = tuple(series_of(place, expected, errors) for place in dict.fromkeys(b.place for b in told))
    mixed = {place.id for place in situation.places if people_at(place, 1.0) > 0}
    rows = [n for n, one in enumerate(series) if len(one.days) >= FEWEST_REPORTS and one.place not in mixed]
    seen = Seen(origin=(from_ - start).days - 1, series=series, totals=None)
    pairs = [(row, lead) for row in rows for lead in range(1, days + 1)]
    people = CarriedSeries(fitted)(seen, [row for row, _ in pairs], [lead for _, lead in pairs])
    by_place = people.reshape(len(rows), days, len(QUANTILES))
    levels = {series[row].place: by_place[number] for number, row in enumerate(rows)}
    names = {place.id: place.name for place in situation.places}
    simulated = [names.get(one.place, one.place) for one in series if one.place not in levels]
    used = tuple(bulletin for bulletin in told if bulletin.place in levels)
    of_sources = (*source_warnings(errors), *revision_warnings(revisions_of(reports, as_of))) if levels else ()
    warnings = (*_warnings(levels, simulated, names, as_told), *_mixed_units(used, names), *of_sources)
    return Reported(levels=levels, bulletins=used, warnings=warnings)


def _mixed_units(used: Sequence[Bulletin], names: Mapping[str, str]) -> Iterator[ForecastWarning]:
    if mixed := [names.get(place, place) for place in places_of_mixed_units(used)]:
        met = f"Persons and households are both told of {names_listed(mixed)}"
        yield ForecastWarning(code="units_mixed", message=f"{met}: households count by the size told with them.")


def laid_over(counts: Floats, base: Floats, levels: Floats) -> Floats:
    """Return simulated counts moved so that the base's have the quantiles of a forecast from reports.

    On each day the base's members keep their order: the k-th of M gets the quantile at (k − 1) / (M − 1), linear
    between the levels and level beyond the outermost. A scenario's member is as far from its base's as simulated, but
    never below nobody. Of members that are equal, the one of the lower number counts as lower.

    Parameters
    ----------
    counts, base
        People in a scenario, and in the base. Shape (member, day).
    levels
        Shape (day, level).

    Examples
    --------
    >>> levels = np.array([[0.0, 0, 10, 20, 30, 40, 50, 60, 70]])
    >>> base = np.array([[5.0], [1], [3]])
    >>> laid_over(base, base, levels).ravel(), laid_over(base + 4, base, levels).ravel()
    (array([70.,  0., 30.]), array([74.,  4., 34.]))
    """
    ranks = np.argsort(np.argsort(base, axis=0, kind="stable"), axis=0, kind="stable")
    shares = ranks / max(len(base) - 1, 1)
    moved = np.stack([np.interp(shares[:, day], QUANTILES, row) for day, row in enumerate(levels)], axis=1)
    return np.asarray(np.maximum(moved + counts - base, 0.0), np.float64)


def _stocks(bulletins: Iterable[Bulletin], from_: dt.date, outlets: Mapping[str, str]) -> list[Bulletin]:
    """Return the stocks up to the day before, without bare ranges of a day of which a source has a best value too."""
    told = [b for b in bulletins if b.measure == "stock" and b.day < from_ and persons_of(b) is not None]
    best = {(b.place, b.day, source_of(b, outlets)) for b in told if b.people is not None}
    return [b for b in told if b.people is not None or (b.place, b.day, source_of(b, outlets)) not in best]


def _warnings(
    levels: Mapping[str, NDArray[np.float64]],
    simulated: Sequence[str],
    names: Mapping[str, str],
    reports: Sequence[Report],
) -> Iterator[ForecastWarning]:
    if not levels:
        return
    met = (
        f"How many are present at {names_listed([names.get(place, place) for place in levels])} rests on their reports"
    )
    rest = f"; at {names_listed(simulated)}, reported of too, on the simulation" if simulated else ""
    others = "arrivals, departures, waiting, trapped and what scenarios change rest on the simulation alone"
    apart = "the two are not added up to one number of people"
    yield ForecastWarning(code="from_reports", message=f"{met}{rest}; {others}: {apart}.")
    shown = [replace(r, place=names.get(r.place, r.place)) for r in reports if r.place in levels]
    yield from oddities_of(list(dict.fromkeys(report.place for report in shown)), one_at_once(shown))
    yield from at_once_warnings(shown)
