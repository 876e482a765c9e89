"""A crisis folder as a record: its bulletins, those that reports tell, and the news of violence, by day published."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from tidings.assess.bulletins import bulletins_of, outlets_of
from tidings.assess.violence import VIOLENT
from tidings.core.dates import day_known
from tidings.core.errors import InputError, Problem, raise_all
from tidings.crisis.ahead import BULLETINS, bulletins_ahead, is_exercise
from tidings.crisis.crisis import Bulletin, Crisis
from tidings.crisis.stocks import persons_of, places_of_mixed_units
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event
from tidings.evidence.vocabulary import BELIEVABLE
from tidings.evidence.voices import Voices
from tidings.forecast.apart_told import apart_warnings
from tidings.forecast.at_once import at_once_warnings, one_at_once
from tidings.forecast.document import ForecastWarning
from tidings.forecast.graded import odds_by_grade
from tidings.forecast.oddities import odd_households, oddities_of, out_of_order
from tidings.forecast.record import Fought, Record, compared
from tidings.forecast.reports_told import flows_told, report_of, stocks_told
from tidings.forecast.revisions import revision_warnings, revisions_of
from tidings.forecast.slips import slip_warnings, slips_of
from tidings.forecast.sources import source_warnings
from tidings.forecast.ways import Ways
from tidings.geography.graph import Geography
from tidings.geography.places import great_circle_km

GATE_KM = 1.0
"""Length of a crossing whose sides have no coordinates."""


def record_of_crisis(
    crisis: Crisis, claims: Sequence[Claim], *, today: dt.date, voices: Voices | None = None
) -> Record:
    """Return what a crisis's bulletins and claims tell, day by day.

    Of one day's stock at a place, each number counts from its publication until a later one, and of several that a
    source publishes at once their mean. Conflict is at a place on
    the days on which news of violence there was published: nobody knew of it earlier.

    Parameters
    ----------
    claims
        All of the ledger, as read; without their copies sorted out, for that is known only later.
    voices
        Who publishes the reports that claims stand in: their source where nobody is named who says it.

    Raises
    ------
    InputError
        If a bulletin counts or was published after `today`, while the crisis began before, or no stock is told at all.
    """
    told = (*bulletins_of(claims, crisis.geography), *crisis.bulletins)
    outlets = outlets_of(claims, voices or Voices({}), crisis)
    stocks = stocks_told(told, outlets)
    if not stocks:
        raise InputError(problems=(_no_stock(crisis.folder / BULLETINS),))
    start = crisis.settings.start or min(b.day for b in stocks)
    raise_all(bulletins_ahead(crisis, today, start=start))
    as_told = tuple(report_of(b, start, outlets) for b in stocks)
    reports = one_at_once(as_told)
    counted = {b.place for b in stocks}
    places = tuple(place.id for place in crisis.geography.places if place.id in counted)
    names, odds = crisis.geography.shown_names, odds_by_grade(crisis, sorted({report.source for report in reports}))
    apart, errors = compared(reports, odds)
    return Record(
        name=crisis.folder.resolve().name,
        start=start,
        places=places,
        reports=reports,
        flows=tuple(report_of(b, start, outlets) for b in flows_told(told) if b.place in counted),
        odds=odds,
        fought=_fought(crisis.geography, claims, start),
        ways=_ways(crisis.geography),
        warnings=(
            *_exercise(start, today),
            *_warnings(told, crisis.geography),
            *out_of_order(crisis.bulletins),
            *apart_warnings(apart, reports, start=start, names=names),
            *oddities_of(places, reports, start=start, names=names, apart=apart),
            *slip_warnings(slips_of(reports), start=start, names=names),
            *at_once_warnings(as_told, start=start, names=names),
            *source_warnings(errors),
            *revision_warnings(revisions_of(reports, max(report.published for report in reports))),
        ),
    )


def _no_stock(table: Path) -> Problem:
    if table.is_file():
        met = "it holds no stock of people, and no report tells one"
    else:
        met = "there is no such file, and no report tells a stock of people"
    fix = (
        "Add stocks to it: place, day, measure stock, people; a hindcast needs three days of a place, and a later one."
    )
    return Problem(str(table), met, fix)


def _exercise(start: dt.date, today: dt.date) -> Iterator[ForecastWarning]:
    if is_exercise(start, today):
        message = f"The crisis begins on {start}, which lies ahead: it is taken as an exercise."
        yield ForecastWarning(code="exercise", message=message)


def _fought(geography: Geography, claims: Iterable[Claim], start: dt.date) -> Fought:
    news = {(place, (day_known(claim.known_at) - start).days) for claim, place in _strikes(claims)}
    zones = [place for place in geography.places if any(place.id == struck for struck, _ in news)]
    rows = [[(zone.id, day) in news for zone in zones] for day in range(max((day for _, day in news), default=-1) + 1)]
    return Fought(
        places=tuple(zone.id for zone in zones),
        population=tuple(math.nan if zone.population is None else float(zone.population) for zone in zones),
        intensity=np.array(rows, np.float64).reshape(len(rows), len(zones)),
    )


def _strikes(claims: Iterable[Claim]) -> Iterator[tuple[Claim, str]]:
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type in VIOLENT and claim.certainty in BELIEVABLE:
            yield from ((claim, place) for place in claim.content.places)


def _ways(geography: Geography) -> Ways:
    roads = [(road.from_, road.to, km) for road, km in zip(geography.roads, geography.lengths_km, strict=True)]
    gates = [(gate.side_a, gate.side_b, _gate_km(geography, gate.side_a, gate.side_b)) for gate in geography.crossings]
    return Ways(roads=(*roads, *gates), country={place.id: place.country or "" for place in geography.places})


def _gate_km(geography: Geography, one: str, other: str) -> float:
    a, b = geography.place_by_id[one], geography.place_by_id[other]
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return GATE_KM
    return max(GATE_KM, great_circle_km(a.lat, a.lon, b.lat, b.lon))


def _warnings(told: Sequence[Bulletin], geography: Geography) -> Iterator[ForecastWarning]:
    def names(bulletins: Iterable[Bulletin]) -> str:
        return ", ".join(dict.fromkeys(geography.shown_names[b.place] for b in bulletins))

    stocks, flows = [b for b in told if b.measure == "stock"], flows_told(told)
    for code, some, met, done in (
        ("flow_not_used", [b for b in flows if b.place not in {stock.place for stock in stocks}],
         "People who came are told of", "nobody counted who is there, so that there is nothing to bring on"),
        ("flow_brings_on", [b for b in flows if b.place in {stock.place for stock in stocks}],
         "People who came are told of", "they bring the last stock on, until the next one; what is scored are stocks"),
        ("household_size_unknown", [b for b in told if persons_of(b) is None],
         "Households without their size are told of", "they are not used"),
        ("bulletin_range", [b for b in stocks if b.people is None and persons_of(b) is not None],
         "Only a low and a high are told of", "the middle counts"),
    ):  # fmt: skip
        if some:
            yield ForecastWarning(code=code, message=f"{met} {names(some)}: {done}.")
    yield from odd_households(stocks, geography.shown_names)
    if mixed := places_of_mixed_units(stocks):
        shown = ", ".join(geography.shown_names[place] for place in mixed)
        met = f"Persons and households are both told of {shown}"
        yield ForecastWarning(code="units_mixed", message=f"{met}: households count by the size told with them.")
