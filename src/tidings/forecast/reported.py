"""How many displaced people are at places that are reported of: the mixture of their reports.

Decision 0026. A place with reports of three days or more is foretold by its series, as in a hindcast; the simulation
says which member is high and which is low, and what a scenario changes (`accounts`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import places_of_mixed_units
from tidings.forecast.apart_told import apart_warnings
from tidings.forecast.at_once import at_once_warnings, one_at_once
from tidings.forecast.carried import FEWEST_REPORTS, CarriedSeries
from tidings.forecast.document import QUANTILES, ForecastWarning, LastReport
from tidings.forecast.history import Floats
from tidings.forecast.last_reports import Told, last_reports
from tidings.forecast.levels import Odds, at_level, levels_of, likeliest
from tidings.forecast.oddities import oddities_of
from tidings.forecast.parameters import Fitted
from tidings.forecast.record import expected_series, series_of
from tidings.forecast.reports_told import flows_told, report_of, stocks_told
from tidings.forecast.revisions import revision_warnings, revisions_of
from tidings.forecast.series import Seen
from tidings.forecast.slips import slip_warnings, slips_of
from tidings.forecast.sources import source_errors, source_warnings
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
    """Forecast the places with stocks of three days or more, from the day before the first simulated one.

    Of a source that corrects its numbers, those that are not settled yet count as they are expected to stand then.
    A bulletin counts people from elsewhere only, also where the residents of a place are known. A count of the eve
    itself that nobody doubts is who is there then; else that is foretold too.

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
    as_of, apart = (situation.as_of - start).days, levels_of(reports, odds)
    errors = source_errors(at_level(reports, likeliest(apart)))
    of_places = tuple(dict.fromkeys(b.place for b in told))
    flows = [report_of(bulletin, start, outlets) for bulletin in came]
    expected, otherwise = expected_series(of_places, reports, as_of, errors, apart, flows)
    series = expected or tuple(series_of(place, reports, errors) for place in of_places)
    mixed = {place.id for place in situation.places if people_at(place, 1.0) > 0}
    counted = {place: len({b.day for b in told if b.place == place}) for place in of_places}
    rows = [n for n, one in enumerate(series) if counted.get(one.place, 0) >= FEWEST_REPORTS]
    seen = Seen(origin=(from_ - start).days - 1, series=series, otherwise=otherwise, totals=None)
    pairs = [(row, lead) for row in rows for lead in range(days + 1)]
    people = CarriedSeries(fitted)(seen, [row for row, _ in pairs], [lead for _, lead in pairs])
    by_place = people.reshape(len(rows), 1 + days, len(QUANTILES))
    levels = {series[row].place: _from_eve(by_place[number], seen, row) for number, row in enumerate(rows)}
    names, places = names_shown(situation.places), [one.place for one in series]
    of_sources = (*source_warnings(errors), *revision_warnings(revisions_of(reports, as_of))) if levels else ()
    return Reported(
        levels=levels,
        bulletins=tuple(bulletin for bulletin in (*told, *came) if bulletin.place in levels),
        last=tuple(
            last_reports(
                Told(bulletins=told, reports=reports, start=start, errors=errors, apart=apart, outlets=outlets),
                carried=levels,
                mixed=mixed,
            )
        ),
        warnings=(
            *_what_rests_on_what(places, levels, mixed, names),
            *apart_warnings(apart, reports, start=start, names=names, simulated={*places} - {*levels}),
            *oddities_of(places, reports, start=start, names=names, apart=apart),
            *slip_warnings([slip for slip in slips_of(reports) if slip.place in levels], start=start, names=names),
            *at_once_warnings(as_told, start=start, names=names),
            *_mixed_units(told, names),
            *of_sources,
        ),
    )


def _from_eve(levels: Floats, seen: Seen, row: int) -> Floats:
    """Return levels that begin with the last report, where that is of the eve and nothing makes it doubtful."""
    series = seen.series[row]
    doubts = [each[-1] for each in (series.noise, series.doubt) if each is not None]
    if series.days[-1] == seen.origin and not any(doubts) and series.place not in seen.otherwise:
        levels[0] = series.people[-1]
    return levels


def _mixed_units(told: Sequence[Bulletin], names: Mapping[str, str]) -> Iterator[ForecastWarning]:
    if mixed := [names.get(place, place) for place in places_of_mixed_units(told)]:
        met = f"Persons and households are both told of {names_listed(mixed)}"
        yield ForecastWarning(code="units_mixed", message=f"{met}: households count by the size told with them.")


def _what_rests_on_what(
    places: Sequence[str], levels: Collection[str], mixed: Collection[str], names: Mapping[str, str]
) -> Iterator[ForecastWarning]:
    """Yield which of the places that are reported of are forecast by their reports, and why the others are not."""

    def listed(some: Iterable[str]) -> str:
        return names_listed([names.get(place, place) for place in some])

    if levels:
        met = f"How many are present at {listed(place for place in places if place in levels)} rests on their reports"
        by = "by a mixture that was tested in hindcasts of six conflicts, at camps, 30 to 90 days ahead"
        net = "How many more or fewer there will be is all that reports foretell: arrivals and departures there are net"
        in_between = "from the first day on, and those who come and leave in between are in no number"
        apart = "They and the people of the simulation do not add up to one number"
        message = f"{met}, {by}. {net}, {in_between}. {apart}."
        yield ForecastWarning(code="from_reports", message=message)
    if beside := [place for place in places if place in mixed and place in levels]:
        met = f"Residents are known at {listed(beside)}, and a count there is of people from elsewhere"
        message = f"{met}: these rest on their reports, and the residents are added as simulated."
        yield ForecastWarning(code="reports_beside_residents", message=message)
    if few := [place for place in places if place not in levels]:
        met = f"There are reports of fewer than {FEWEST_REPORTS} days of {listed(few)}"
        message = f"{met}: how many are present rests on the simulation, which starts from the last one."
        yield ForecastWarning(code="reports_too_few", message=message)
