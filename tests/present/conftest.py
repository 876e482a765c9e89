"""An invented country, built by hand: two reports, what was read in them, the situation and a forecast."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tidings.core.dates import DateSpan, end_of_day
from tidings.core.errors import Problem
from tidings.core.ids import ClaimId, PartyId, ReportId, content_id, sha256_of
from tidings.crisis.crisis import Party
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.reading import (
    Attribution,
    Event,
    Figure,
    PartyRecord,
    PlaceRecord,
    Reading,
    ReadingDisagreement,
    ReadingWarning,
    ReportRecord,
)
from tidings.evidence.reading import Position as ReadingPosition
from tidings.evidence.report import Report
from tidings.forecast.document import QUANTILES, Forecast, ForecastWarning, MadeFrom, Target
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.release.released import Released
from tidings.situation.situation import (
    Access,
    Change,
    CrossingState,
    Disagreement,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    SituationPosition,
    SourcedRange,
    Unknown,
    YesNo,
)

DAY = dt.date(2031, 5, 9)
TEXT = (
    "The northern army took Pellan on Thursday, the interior ministry said.\n"
    "Some 41,500 people are sheltering in camps at Vidra, the relief office said. "
    "It warned that as many as 300,000 could follow.\n"
    "Tens of thousands have fled Kelmar since Monday. "
    "The road from Pellan to Kelmar is cut, a monitor said, and the crossing at Sorrel is closed to most.\n"
    "If Ostry fell, only Vidra would be left. Villagers in Nowhereton said that the siege of Quint goes on."
)
OTHER = "The relief office counts 38,000 people in the camps at Vidra. Kelmar is still held by both sides."
PLACES = (
    ("kelmar", "Kelmar", "city", -20.60, -130.10, 420_000),
    ("pellan", "Pellan", "town", -20.42, -130.02, 31_000),
    ("ostry", "Ostry", "town", -20.30, -129.95, 24_500),
    ("quint", "Quint", "village", -20.45, -130.22, None),
    ("vidra", "Vidra", "camp", -20.18, -129.97, None),
    ("tamsin", "Lower Tamsin", "town", -20.70, -130.45, 8_200),
    ("farrow", "Farrow", "city", -14.00, -128.00, 90_000),
)


def make_report(text: str, title: str, published: dt.date) -> Report:
    """Make a report of a text."""
    name, publisher = f"{title.lower().replace(' ', '-')}.txt", "Meridian Wire"
    identity = ReportId(sha256_of(text.encode()))
    return Report(
        id=identity, name=name, text=text, title=title, publisher=publisher, published=published, language="en"
    )


REPORT = make_report(TEXT, "Army nears the river", DAY)
SECOND = make_report(OTHER, "Relief bulletin", DAY - dt.timedelta(days=1))


def make_claim(report: Report, content: Any, day: dt.date | None = None, speakers: tuple[str, ...] = ()) -> Claim:
    """Make the claim of a figure or an event."""
    valid = DateSpan.on(day) if day else DateSpan.of(None, None)
    return Claim(
        id=ClaimId(content_id("c", [report.id, content.model_dump(mode="json")])),
        content=content,
        certainty=content.certainty,
        speakers=tuple(PartyId(speaker) for speaker in speakers),
        source=TextSpan(report=report.id, start=content.start, end=content.end),
        valid=valid,
        known_at=end_of_day(report.published or DAY),
        extractor="test@1",
    )


def told(report: Report, words: str, **fields: Any) -> dict[str, Any]:
    """Return the offsets of words beside other fields."""
    start = report.text.index(words)
    return {"id": f"x{start}", "start": start, "end": start + len(words), "text": words, **fields}


def claims_of_report() -> tuple[Claim, ...]:
    """Return the claims of the fixture, by day known."""
    camp: dict[str, Any] = {"status": "in_camp", "measure": "stock", "group": "idp", "at": ("vidra",)}
    second = Figure(**told(SECOND, "38,000", value=38_000, certainty="claimed", **camp))
    figure = Figure(
        **told(REPORT, "Some 41,500", value=41_500, quantifier="approximately", certainty="claimed", **camp),
        attribution="a2",
    )
    worst = Figure(
        **told(REPORT, "as many as 300,000", value=300_000, quantifier="less_than", certainty="projected"), **camp
    )
    fled = Figure(
        **told(REPORT, "Tens of thousands", low=20_000, high=99_999), status="fled", measure="flow", origin=("kelmar",)
    )
    capture = Event(
        **told(REPORT, "took Pellan", type="capture", certainty="claimed", attribution="a1"),
        actors=("army",),
        places=("pellan",),
    )
    cut = Event(**told(REPORT, "is cut", type="road_cut", certainty="claimed", attribution="a3"), places=("r1",))
    closed = Event(**told(REPORT, "closed to most", type="crossing_closed", certainty="claimed"), places=("sorrel",))
    supposed = Event(**told(REPORT, "If Ostry fell", type="capture", certainty="conditional"), places=("ostry",))
    siege = Event(**told(REPORT, "the siege of Quint", type="siege", certainty="claimed"), places=("quint",))
    return (
        make_claim(SECOND, second, DAY - dt.timedelta(days=1), ("relief",)),
        make_claim(REPORT, figure, DAY, ("relief",)),
        make_claim(REPORT, worst, None, ("relief",)),
        make_claim(REPORT, fled, dt.date(2031, 5, 5)),
        make_claim(REPORT, capture, DAY - dt.timedelta(days=1), ("ministry",)),
        make_claim(REPORT, cut, DAY),
        make_claim(REPORT, closed, DAY),
        make_claim(REPORT, supposed),
        make_claim(REPORT, siege, dt.date(2031, 4, 2)),
    )


CLAIMS = claims_of_report()
SECOND_41, FIGURE, WORST, FLED, CAPTURE, CUT, CLOSED, SUPPOSED, SIEGE = (claim.id for claim in CLAIMS)
ROADS = (("r1", "pellan", "kelmar"), ("r2", "pellan", "ostry"), ("r3", "ostry", "vidra"), ("r4", "tamsin", "kelmar"))


def make_geography() -> Geography:
    """Return the places, roads and the crossing."""
    places = tuple(
        Place(
            id=key,
            name=name,
            kind=kind,
            country="XAA",
            lat=lat,
            lon=lon,
            population=people,
            population_source="census 2025",
        )
        for key, name, kind, lat, lon, people in PLACES
    )
    side = Place(id="sorrel-north", name="Sorrel North", kind="crossing", country="XBB", lat=-20.10, lon=-129.93)
    roads = tuple(Road.model_validate({"id": key, "from": a, "to": b}) for key, a, b in ROADS)
    crossing = Crossing(id="sorrel", name="Sorrel Bridge", side_a="vidra", side_b="sorrel-north", per_day=900)
    return Geography((*places, side), roads, (crossing,))


def place_state(key: str, **fields: Any) -> PlaceState:
    """Return what is known of one place."""
    place = next(place for place in make_geography().places if place.id == key)
    people = SourcedRange(value=place.population, source=place.population_source)
    return PlaceState(id=key, name=place.name, lat=place.lat, lon=place.lon, population=people, **fields)


def make_situation() -> Situation:
    """Return a situation with every kind of state in it."""
    states = (
        place_state("kelmar", state="divided", control={"army": 0.5, "league": 0.5}, unknown=0.0, claims=(FLED,)),
        place_state(
            "pellan", state="held", held_by="army", control={"army": 0.9}, unknown=0.1, since=DAY, claims=(CAPTURE,)
        ),
        place_state("ostry", state="held", held_by="league", control={"league": 0.8}, unknown=0.2, claims=(SUPPOSED,)),
        place_state(
            "quint",
            state="contested",
            control={"league": 0.6, "army": 0.4},
            besieged=YesNo(yes=0.9, unknown=0.1),
            claims=(SIEGE,),
        ),
        place_state("vidra", claims=(FIGURE,)),
        place_state("tamsin"),
        place_state("farrow", state="held", held_by="army", control={"army": 1.0}, unknown=0.0, claims=(CAPTURE,)),
    )
    roads = tuple(
        RoadState.model_validate({"id": key, "from": a, "to": b, "length_km": 24.0, "assumed": True, **known})
        for (key, a, b), known in zip(ROADS, ROAD_STATES, strict=True)
    )
    crossing = CrossingState(
        id="sorrel",
        name="Sorrel Bridge",
        sides=("vidra", "sorrel-north"),
        policy=PolicyOdds(closed=0.7, restricted=0.3, unknown=0),
        per_day=900,
        claims=(CLOSED,),
    )
    return Situation(on=DAY, as_of=DAY, places=states, roads=roads, crossings=(crossing,), **open_questions())


ROAD_STATES: tuple[dict[str, Any], ...] = (
    {"passable": YesNo(no=0.95, unknown=0.05), "why": "said to be cut", "claims": (CUT,)},
    {"passable": YesNo(yes=0.8, unknown=0.2), "claims": (CAPTURE,)},
    {"passable": YesNo(yes=0.9, unknown=0.1), "claims": (CAPTURE,)},
    {},
)


def open_questions() -> dict[str, Any]:
    """Return what is disputed, not known, changed and cut off."""
    positions = (
        SituationPosition(value="41500", speakers=("relief",), claims=(FIGURE,)),
        SituationPosition(value="38000", speakers=("relief",), claims=(SECOND_41,)),
    )
    change = Change(subject="pellan", predicate="held_by", before="league", after="army", day=DAY, claims=(CAPTURE,))
    return {
        "disagreements": (Disagreement(subject="vidra", predicate="in_camp", positions=positions),),
        "unknown": (Unknown(subject="tamsin", predicate="held_by", why="no report says who holds it"),),
        "changes": (change,),
        "access": (Access(place="kelmar", reachable_from=("tamsin",), cut_off=YesNo(yes=0.6, no=0.1, unknown=0.3)),),
    }


def make_target(location: str, kind: str, lead: int, median: float) -> Target:
    """Return the distribution of arrivals at one place on one day."""
    spread = {str(level): median * (0.4 + 1.2 * level) for level in QUANTILES}
    return Target(
        scenario="base", location=location, location_kind=kind, quantity="arrivals", period_days=lead,
        day=DAY + dt.timedelta(days=lead), mean=median, quantiles=spread,
    )  # fmt: skip


def make_forecast() -> Forecast:
    """Return a forecast of arrivals at two places over two weeks."""
    targets = [make_target("vidra", "place", lead, 900.0 * lead) for lead in (1, 3, 7, 14)]
    targets += [make_target("sorrel", "crossing", lead, 120.0 * lead) for lead in (1, 3, 7, 14)]
    made = MadeFrom(claims=(FLED, CUT), bulletins=("vidra 2031-05-08",), parameters={"leave_rate": 0.04}, code="0.1.0")
    return Forecast(
        issued=end_of_day(DAY), as_of=DAY, days=14, members=200, seed=1, targets=tuple(targets), made_from=made,
        warnings=(ForecastWarning(code="assumed", message="Road lengths are assumed."),), **{"from": DAY},
    )  # fmt: skip


def make_readings() -> tuple[Reading, ...]:
    """Return what was read in both reports."""
    parties = (
        PartyRecord(id="ministry", name="the interior ministry"),
        PartyRecord(id="relief", name="the relief office"),
    )
    attributions = (
        Attribution(id="a1", speakers=("ministry",)),
        Attribution(id="a2", speakers=("relief",)),
        Attribution(id="a3", speaker_text="a monitor"),
    )
    unresolved = PlaceRecord(id="unresolved-nowhereton", name="Nowhereton")
    position = ReadingPosition(attributions=("a1",), says="the town was taken")
    first = Reading(
        report=ReportRecord(id=REPORT.id, characters=len(TEXT)), parties=parties, attributions=attributions,
        places=(unresolved, PlaceRecord(id="vidra", name="Vidra", geonames_id=1, p=0.9)),
        disagreements=(ReadingDisagreement(topic="who holds Pellan", positions=(position,)),),
        warnings=(ReadingWarning(code="unresolved", message="The place 'Nowhereton' was not found."),),
    )  # fmt: skip
    return Reading(report=ReportRecord(id=SECOND.id, characters=len(OTHER)), parties=parties), first


def make_released(**changes: Any) -> Released:
    """Return the whole fixture; `changes` replace fields of it."""
    fields: dict[str, Any] = {
        "profile": "restricted", "title": "Meridia, north", "countries": ("XAA",), "geography": make_geography(),
        "parties": (Party(id="army", name="Northern army"), Party(id="league", name="River league")),
        "situation": make_situation(), "forecast": make_forecast(), "forecast_missing": (),
        "reports": (SECOND, REPORT), "readings": make_readings(), "claims": CLAIMS,
        "generated": dt.datetime(2031, 5, 10, 6, tzinfo=dt.UTC), "code": "0.1.0",
    }  # fmt: skip
    return Released(**{**fields, **changes})


@pytest.fixture
def released() -> Released:
    """Return the released value of an invented crisis."""
    return make_released()


@pytest.fixture
def released_without_forecast() -> Released:
    """Return one that lacks its roads, so that no forecast was made."""
    problem = Problem("roads.csv", "the crisis has no roads", "Write the roads between places into roads.csv.")
    return make_released(forecast=None, forecast_missing=(problem,))
