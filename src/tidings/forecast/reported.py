"""How many people are at places that are reported of: the mixture of their reports, laid over the simulation.

Decisions 0026 and 0041. A place with a report is foretold by the method that hindcasts score as `tidings`, from its
first report on; the simulation says which member is high and which is low, and what a scenario changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tidings.core.ids import is_content_id
from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import latest_stocks, persons_of, places_of_mixed_units
from tidings.forecast.at_once import at_once_warnings, one_at_once
from tidings.forecast.carried import FEWEST_REPORTS, CarriedSeries
from tidings.forecast.document import QUANTILES, ForecastWarning, LastReport
from tidings.forecast.history import Floats
from tidings.forecast.newcomers import is_scaled
from tidings.forecast.oddities import oddities_of
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import Fitted
from tidings.forecast.record import expected_series, series_of
from tidings.forecast.reports_told import flows_told, report_of, source_of, stocks_told
from tidings.forecast.revisions import revision_warnings, revisions_of
from tidings.forecast.series import Seen, Zone
from tidings.forecast.slips import slip_warnings, slips_of
from tidings.forecast.sources import source_errors, source_warnings
from tidings.geography.places import names_listed, names_shown
from tidings.situation.sample import people_at
from tidings.situation.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What reports say of the people at places, day by day of a forecast."""

    levels: Mapping[str, Floats] = field(default_factory=dict)
    """By place: people at the nine levels of `QUANTILES`. Shape (day, level)."""
    bulletins: tuple[Bulletin, ...] = ()
    """Those that the levels rest on, flows included."""
    last: tuple[LastReport, ...] = ()
    """The last report of each place that is reported of."""
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
    """Forecast the places with a stock, from the day before the first simulated one.

    Of a source that corrects its numbers, those that are not settled yet count as they are expected to stand then.
    Places whose residents are known are left to the simulation: a bulletin counts people from elsewhere only, and
    `present` means all who are there. So are places where all reports are of nobody, while nothing says how many may
    come: nobody is counted anywhere, and no violence is told of where people live.

    Parameters
    ----------
    bulletins
        Those that were public as of the forecast; of them, those up to the day before `from_` count.
    outlets
        By the id of a claim and by a source as written, who answers for it.
    """
    outlets = outlets or {}
    public = tuple(bulletins)
    told = [bulletin for bulletin in stocks_told(public, outlets) if bulletin.day < from_]
    came = [bulletin for bulletin in flows_told(public) if bulletin.day < from_]
    if not told:
        return Reported()
    start = min(bulletin.day for bulletin in told)
    as_told = [report_of(bulletin, start, outlets) for bulletin in told]
    reports = one_at_once(as_told)
    errors, as_of = source_errors(reports), (situation.as_of - start).days
    of_places = tuple(dict.fromkeys(b.place for b in told))
    flows = [report_of(bulletin, start, outlets) for bulletin in came]
    expected, otherwise = expected_series(of_places, reports, as_of, errors, flows)
    series = expected or tuple(series_of(place, reports, errors) for place in of_places)
    mixed = {place.id for place in situation.places if people_at(place, 1.0) > 0}
    seen = Seen(
        origin=(from_ - start).days - 1, series=series, otherwise=otherwise, totals=None, conflict=_zones(situation)
    )
    counted = {place: len({b.day for b in told if b.place == place}) for place in of_places}
    levels = _levels(seen, [one.place for one in series if one.place not in mixed], days, fitted)
    names = names_shown(situation.places)
    of_sources = (*source_warnings(errors), *revision_warnings(revisions_of(reports, as_of))) if levels else ()
    return Reported(
        levels=levels,
        bulletins=tuple(bulletin for bulletin in (*told, *came) if bulletin.place in levels),
        last=tuple(_last_report(bulletin, levels, mixed, outlets) for bulletin in latest_stocks(told).values()),
        warnings=(
            *_what_rests_on_what(counted, levels, mixed, names),
            *oddities_of(of_places, reports, start=start, names=names),
            *slip_warnings([slip for slip in slips_of(reports) if slip.place in levels], start=start, names=names),
            *at_once_warnings(as_told, start=start, names=names),
            *_mixed_units(told, names),
            *of_sources,
        ),
    )


def _levels(seen: Seen, places: Collection[str], days: int, fitted: Fitted) -> dict[str, Floats]:
    """Forecast places day by day, by the method that hindcasts score; see `Reported.levels`."""
    if not is_scaled(seen):
        places = {one.place for one in seen.series if one.place in places and one.people.any()}
    leads = tuple(range(1, days + 1))
    told = Tidings(CarriedSeries(fitted))(seen, leads) if places else {}
    return {place: np.stack([told[place, lead] for lead in leads]) for place in places}


def _zones(situation: Situation) -> tuple[Zone, ...]:
    """Return the places of which violence is told, with those who live there: all that a newcomer's share asks for."""
    none, nowhere = np.zeros(0, np.int64), np.zeros(0)
    return tuple(
        Zone(place=place.id, began=0, days=none, population=people_at(place, 0.5), km=nowhere, open_km=nowhere)
        for place in situation.places
        if place.violence_p > 0
    )


def _last_report(
    bulletin: Bulletin, levels: Collection[str], mixed: Collection[str], outlets: Mapping[str, str]
) -> LastReport:
    size = bulletin.household_size if bulletin.unit == "household" and bulletin.household_size else 1.0
    return LastReport(
        location=bulletin.place,
        day=bulletin.day,
        people=persons_of(bulletin) or 0.0,
        low=None if bulletin.low is None else bulletin.low * size,
        high=None if bulletin.high is None else bulletin.high * size,
        source=source_of(bulletin, outlets) or None,
        claims=(bulletin.source,) if bulletin.source and is_content_id("c", bulletin.source) else (),
        is_beside_residents=bulletin.place in mixed,
        present_rests_on="reports" if bulletin.place in levels else "simulation",
    )


def _mixed_units(told: Sequence[Bulletin], names: Mapping[str, str]) -> Iterator[ForecastWarning]:
    if mixed := [names.get(place, place) for place in places_of_mixed_units(told)]:
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


def _what_rests_on_what(
    counted: Mapping[str, int], levels: Collection[str], mixed: Collection[str], names: Mapping[str, str]
) -> Iterator[ForecastWarning]:
    """Yield which of the places that are reported of are forecast by their reports, and why the others are not."""

    def listed(some: Iterable[str]) -> str:
        return names_listed([names.get(place, place) for place in some])

    if told := [place for place in counted if place in levels]:
        met = f"How many are present at {listed(told)} rests on their reports"
        by = "by a mixture that was tested in hindcasts of six conflicts, at camps, 30 to 90 days ahead"
        message = f"{met}, {by}. They and the people of the simulation do not add up to one number."
        yield ForecastWarning(code="from_reports", message=message)
    if few := [place for place in told if counted[place] < FEWEST_REPORTS]:
        met = f"There are reports of fewer than {FEWEST_REPORTS} days of {listed(few)}"
        then = "in hindcasts about a third of what was reported later of such places lay outside the 80 % interval"
        yield ForecastWarning(code="reports_few", message=f"{met}: {then}.")
    if beside := [place for place in counted if place in mixed]:
        met = f"Residents are known at {listed(beside)}, and a count there is of people from elsewhere"
        message = f"{met}: how many are present rests on the simulation, which starts from the last count."
        yield ForecastWarning(code="reports_beside_residents", message=message)
    if empty := [place for place in counted if place not in levels and place not in mixed]:
        met = f"All reports of {listed(empty)} are of nobody, and nothing says how many may come"
        message = f"{met}: how many are present rests on the simulation, which starts from nobody."
        yield ForecastWarning(code="reports_of_nobody", message=message)
