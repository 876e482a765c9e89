"""How many displaced people are at places that are reported of: the mixture of their reports.

Decisions 0026 and 0041. A place with a report is foretold by the method that hindcasts score as `tidings`, from its
first report on; the simulation says which member is high and which is low, and what a scenario changes (`accounts`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import places_of_mixed_units
from tidings.forecast.apart_told import apart_warnings
from tidings.forecast.at_once import at_once_warnings, one_at_once
from tidings.forecast.carried import FEWEST_REPORTS, CarriedSeries
from tidings.forecast.document import ForecastWarning, LastReport
from tidings.forecast.history import Floats
from tidings.forecast.last_reports import Told, last_reports
from tidings.forecast.levels import Odds
from tidings.forecast.newcomers import is_scaled
from tidings.forecast.oddities import oddities_of
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import Fitted
from tidings.forecast.record import compared, expected_series, series_of
from tidings.forecast.reports_told import flows_told, report_of, stocks_told
from tidings.forecast.revisions import revision_warnings, revisions_of
from tidings.forecast.series import Seen, Series, Zone
from tidings.forecast.slips import put_right, slip_warnings, slips_of
from tidings.forecast.sources import source_warnings
from tidings.geography.places import names_listed, names_shown
from tidings.situation.sample import people_at
from tidings.situation.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What reports say of the people at places, day by day of a forecast."""

    levels: Mapping[str, Floats] = field(default_factory=dict)
    """By place: displaced people at the nine levels of `QUANTILES`, on the eve of the forecast and on each of its days.
    Shape (1 + day, level)."""
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
    odds: Odds | None = None,
) -> Reported:
    """Forecast the places with a stock, from the day before the first simulated one.

    Of a source that corrects its numbers, those that are not settled yet count as they are expected to stand then.
    A bulletin counts people from elsewhere only, also where the residents of a place are known. A count of the eve
    itself that nobody doubts is who is there then; else that is foretold too.
    Places where all reports are of nobody are left to the simulation while nothing says how many may come: nobody is
    counted anywhere, and no violence is told of where people live.

    Parameters
    ----------
    bulletins
        Those that were public as of the forecast; of them, those up to the day before `from_` count.
    outlets
        By the id of a claim and by a source as written, who answers for it.
    odds
        By source, the odds factor of its grade (`graded`).
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
    as_of, (apart, errors) = (situation.as_of - start).days, compared(reports, odds)
    settled = put_right(reports, [slip for slip in slips_of(reports) if not slip.is_open])
    of_places = tuple(dict.fromkeys(b.place for b in told))
    flows = [report_of(bulletin, start, outlets) for bulletin in came]
    expected, otherwise = expected_series(of_places, reports, as_of, errors, apart, flows)
    series = expected or tuple(series_of(place, reports, errors) for place in of_places)
    mixed = {place.id for place in situation.places if people_at(place, 1.0) > 0}
    seen = Seen(
        origin=(from_ - start).days - 1, series=series, otherwise=otherwise, totals=None, conflict=_zones(situation)
    )
    counted = {place: len({b.day for b in told if b.place == place}) for place in of_places}
    levels = _levels(seen, days, fitted)
    names, places = names_shown(situation.places), [one.place for one in series]
    of_sources = (*source_warnings(errors), *revision_warnings(revisions_of(reports, as_of))) if levels else ()
    return Reported(
        levels=levels,
        bulletins=tuple(bulletin for bulletin in (*told, *came) if bulletin.place in levels),
        last=tuple(
            last_reports(
                Told(bulletins=told, reports=settled, start=start, errors=errors, apart=apart, outlets=outlets),
                carried=levels,
                mixed=mixed,
            )
        ),
        warnings=(
            *_what_rests_on_what(counted, levels, mixed, names),
            *apart_warnings(apart, settled, start=start, names=names, simulated={*places} - {*levels}),
            *oddities_of(places, reports, start=start, names=names, apart=apart),
            *slip_warnings([slip for slip in slips_of(reports) if slip.place in levels], start=start, names=names),
            *at_once_warnings(as_told, start=start, names=names),
            *_mixed_units(told, names),
            *of_sources,
        ),
    )


def _from_eve(levels: Floats, seen: Seen, series: Series) -> Floats:
    """Return levels that begin with the last report, where that is of the eve and nothing makes it doubtful."""
    doubts = [each[-1] for each in (series.noise, series.doubt) if each is not None]
    if series.days[-1] == seen.origin and not any(doubts) and series.place not in seen.otherwise:
        levels[0] = series.people[-1]
    return levels


def _levels(seen: Seen, days: int, fitted: Fitted) -> dict[str, Floats]:
    """Forecast places day by day, from the eve on, by the method that hindcasts score; see `Reported.levels`."""
    places = {one.place: one for one in seen.series if is_scaled(seen) or one.people.any()}
    leads = tuple(range(days + 1))
    told = Tidings(CarriedSeries(fitted))(seen, leads) if places else {}
    return {
        place: _from_eve(np.stack([told[place, lead] for lead in leads]), seen, series)
        for place, series in places.items()
    }


def _zones(situation: Situation) -> tuple[Zone, ...]:
    """Return the places of which violence is told, with those who live there: all that a newcomer's share asks for."""
    none, nowhere = np.zeros(0, np.int64), np.zeros(0)
    return tuple(
        Zone(place=place.id, began=0, days=none, population=people_at(place, 0.5), km=nowhere, open_km=nowhere)
        for place in situation.places
        if place.violence_p > 0
    )


def _mixed_units(told: Sequence[Bulletin], names: Mapping[str, str]) -> Iterator[ForecastWarning]:
    if mixed := [names.get(place, place) for place in places_of_mixed_units(told)]:
        met = f"Persons and households are both told of {names_listed(mixed)}"
        yield ForecastWarning(code="units_mixed", message=f"{met}: households count by the size told with them.")


def _what_rests_on_what(
    counted: Mapping[str, int], levels: Collection[str], mixed: Collection[str], names: Mapping[str, str]
) -> Iterator[ForecastWarning]:
    """Yield which of the places that are reported of are forecast by their reports, and why the others are not."""

    def listed(some: Iterable[str]) -> str:
        return names_listed([names.get(place, place) for place in some])

    if told := [place for place in counted if place in levels]:
        met = f"How many are present at {listed(told)} rests on their reports"
        by = "by a mixture that was tested in hindcasts of six conflicts, at camps, 30 to 90 days ahead"
        net = "How many more or fewer there will be is all that reports foretell: arrivals and departures there are net"
        in_between = "from the first day on, and those who come and leave in between are in no number"
        apart = "They and the people of the simulation do not add up to one number"
        message = f"{met}, {by}. {net}, {in_between}. {apart}."
        yield ForecastWarning(code="from_reports", message=message)
    if few := [place for place in told if counted[place] < FEWEST_REPORTS]:
        met = f"There are reports of fewer than {FEWEST_REPORTS} days of {listed(few)}"
        then = "in hindcasts about a third of what was reported later of such places lay outside the 80 % interval"
        yield ForecastWarning(code="reports_few", message=f"{met}: {then}.")
    if beside := [place for place in counted if place in mixed and place in levels]:
        met = f"Residents are known at {listed(beside)}, and a count there is of people from elsewhere"
        message = f"{met}: these rest on their reports, and the residents are added as simulated."
        yield ForecastWarning(code="reports_beside_residents", message=message)
    if empty := [place for place in counted if place not in levels]:
        met = f"All reports of {listed(empty)} are of nobody, and nothing says how many may come"
        message = f"{met}: how many are present rests on the simulation, which starts from nobody."
        yield ForecastWarning(code="reports_of_nobody", message=message)
