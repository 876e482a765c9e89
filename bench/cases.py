"""What is measured. A case prepares for a number of places and returns the call that is measured."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.copies import one_finding
from bench.country import SIDES, START, country
from tidings.core.dates import DateSpan, end_of_day
from tidings.core.ids import ClaimId, ReportId
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, State, TableRow
from tidings.situation.situation import (
    CrossingState,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    SourcedRange,
    YesNo,
)

Call = Callable[[], object]
REPORT_CHARACTERS = 6_000


def claims_of(crisis: Crisis) -> list[Claim]:
    """Return two claims a place, of two days, on who holds it."""
    return [
        Claim(
            id=ClaimId(f"c{place.id}-{age}"),
            content=State(subject=place.id, predicate="held_by", value=SIDES[(number + age) % 5 == 0]),
            certainty="stated",
            source=TableRow(report=ReportId("table"), row=number),
            valid=DateSpan.of(START - dt.timedelta(days=age)),
            known_at=end_of_day(START - dt.timedelta(days=age)),
            extractor="bench@1",
        )
        for number, place in enumerate(crisis.geography.places)
        for age in (9, 2)
    ]


def situation_of(crisis: Crisis) -> Situation:
    """Return a situation with violence in a tenth of the places and every twentieth road cut."""
    geography = crisis.geography
    return Situation(
        on=START,
        as_of=START,
        places=tuple(
            PlaceState(
                id=place.id, name=place.name, lat=place.lat, lon=place.lon, state="held", held_by=SIDES[n % 2],
                control={SIDES[n % 2]: 1.0}, unknown=0.0, violence=float(n % 10 == 0),
                population=SourcedRange(value=place.population),
            )
            for n, place in enumerate(geography.places)
        ),
        roads=tuple(
            RoadState.model_validate({
                "id": road.id, "from": road.from_, "to": road.to, "length_km": geography.length_km(road)[0],
                "passable": YesNo(yes=float(n % 20 != 0), no=float(n % 20 == 0), unknown=0.0),
            })
            for n, road in enumerate(geography.roads)
        ),
        crossings=tuple(
            CrossingState(id=c.id, name=c.name, sides=(c.side_a, c.side_b), policy=PolicyOdds(open=1.0, unknown=0.0))
            for c in geography.crossings
        ),
    )  # fmt: skip


def flow(n_places: int, n_days: int, n_members: int) -> Call:
    """Prepare a simulation of people on the move."""
    from tidings.flow.engine import simulate
    from tidings.forecast.start import scenario_of
    from tidings.situation.sample import sample

    crisis = country(n_places)
    state = situation_of(crisis)
    scenario, _, _ = scenario_of(crisis, state, (), from_=START, days=n_days)
    worlds = [sample(state, crisis.geography, seed=1, member=member) for member in range(n_members)]
    return lambda: simulate(scenario, worlds, seed=1, members=range(n_members))


def one_day(n_places: int) -> Call:
    """Prepare one day of one member."""
    return flow(n_places, 1, 1)


def one_member(n_places: int) -> Call:
    """Prepare thirty days of one member."""
    return flow(n_places, 30, 1)


def one_ensemble(n_places: int) -> Call:
    """Prepare thirty days of twenty members."""
    return flow(n_places, 30, 20)


def one_as_of(n_places: int) -> Call:
    """Prepare the situation on a day from a ledger of two claims a place."""
    from tidings.assess.assess import assess
    from tidings.evidence.ledger import Ledger

    crisis = country(n_places)
    ledger = Ledger.create(Path(tempfile.mkdtemp(prefix="tidings-bench-")) / "ledger.db")
    ledger.append_claims(claims_of(crisis))
    return lambda: assess(crisis, ledger.as_of(START), on=START, as_of=START)


def one_report(n_places: int) -> Call:
    """Prepare the reading of a report of 6 000 characters, in a crisis of many places."""
    from tidings.evidence.extract.pipeline import read_report
    from tidings.evidence.report import Report
    from tidings.geography.gazetteer import open_gazetteer

    gazetteer, crisis = open_gazetteer(), country(n_places)
    told = (
        "Shelling of Town {0} drove 4,{0:03} people to Town {1} on Monday, an aid worker said. The road from Town {0} "
        "to Town {2} is cut, and the northern side says that it took Town {2} and held it. "
    )
    text = "".join(told.format(n, n + 1, n + 2) for n in range(3, 999, 3))[:REPORT_CHARACTERS]
    report = Report(id=ReportId("bench"), name="bench.txt", text=text, published=START, language="en")
    return lambda: read_report(report, gazetteer, countries=("UTO",), crisis=crisis)


def one_map(n_places: int) -> Call:
    """Prepare the situation map."""
    from tidings.present.map import render_map
    from tidings.release.released import Released

    crisis = country(n_places)
    released = Released(
        profile="restricted", title=crisis.settings.title, countries=("UTO",), geography=crisis.geography,
        parties=crisis.parties, situation=situation_of(crisis), forecast=None, forecast_missing=(), reports=(),
        readings=(), claims=(), generated=end_of_day(START), code="bench",
    )  # fmt: skip
    return lambda: render_map(released)


CASES: dict[str, Callable[[int], Call]] = {
    "day": one_day,
    "member": one_member,
    "ensemble": one_ensemble,
    "as_of": one_as_of,
    "report": one_report,
    "map": one_map,
    "copies": one_finding,  # of as many reports
}
