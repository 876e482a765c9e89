"""From the ledger to the Situation on a day, as known on a day."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tidings.assess.access import access
from tidings.assess.control import (
    FIGHTING_DAYS,
    control_state,
    divided_places,
    front_probabilities,
    same_side_probabilities,
)
from tidings.assess.disagreements import disagreements
from tidings.assess.evidence import BELIEVABLE, VIOLENT, Reader, day_of, report_of
from tidings.assess.reconcile import HALF_LIFE_DAYS, NOTHING, UNKNOWN, Evidence, Opinion, Reliability, reconcile
from tidings.assess.sides import Sides
from tidings.crisis.crisis import Crisis
from tidings.evidence.claim import Claim, TextSpan
from tidings.evidence.extract.words import Document
from tidings.evidence.ledger import View
from tidings.evidence.reading import Event, Figure
from tidings.evidence.report import Report
from tidings.geography.graph import Geography
from tidings.geography.places import Place, Road
from tidings.situation.situation import (
    Change,
    CrossingState,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    SourcedRange,
    Unknown,
    YesNo,
)

VIOLENCE_MEMORY_DAYS = 7.0
"""E-folding time of violence after the day that it was told of: reports tell of campaigns more than of single blows
(assumed)."""
SAME_SIDE_TRUST = 0.8
"""Chance that a road whose two ends are held by one side is passable (assumed)."""
ACCESS_SEED = 1


@dataclass(frozen=True)
class _Assessor:
    """The opinions on one day, from one view of the ledger."""

    crisis: Crisis
    on: dt.date
    claims: tuple[Claim, ...]
    sides: Sides
    evidence: tuple[Evidence, ...]
    opinions: Mapping[tuple[str, str], Opinion]
    p_front: Mapping[str, float]
    p_same: Mapping[str, float]

    def opinion(self, subject: str, predicate: str) -> Opinion:
        return self.opinions.get((subject, predicate), NOTHING)


def assess(
    crisis: Crisis, view: View, *, on: dt.date, as_of: dt.date, changes_since: dt.date | None = None
) -> Situation:
    """Return the situation on a day, from the claims in a view of the ledger.

    Parameters
    ----------
    view
        `ledger.as_of(as_of)`: claims that became public later are not in it.
    changes_since
        Also list what changed between that day and `on`, as known on `as_of`.
    """
    claims, reports = view.claims(), view.reports()
    now = _assessor(crisis, claims, reports, on)
    situation = _situation(now, as_of)
    if changes_since is None:
        return situation
    before = _situation(_assessor(crisis, claims, reports, changes_since), as_of)
    return situation.model_copy(update={"changes": _changes(before, situation)})


def _assessor(crisis: Crisis, claims: tuple[Claim, ...], reports: tuple[Report, ...], on: dt.date) -> _Assessor:
    sides = Sides.of(crisis.parties, claims)
    documents = {str(report.id): Document(report) for report in reports}
    publishers = {str(report.id): report.publisher for report in reports}
    reader = Reader(crisis, sides, Reliability(), publishers, lambda claim: _sentence(documents, claim))
    of_control = [piece for piece in reader.read(claims) if piece.predicate == "held_by"]
    control = {place: opinion for (place, _), opinion in _reconciled(of_control, on).items()}
    p_front = front_probabilities(crisis.geography, control, sides)
    evidence = replace(reader, p_front=p_front).read(claims)
    return _Assessor(
        crisis, on, claims, sides, evidence, _reconciled(evidence, on), p_front,
        same_side_probabilities(crisis.geography, control, sides),
    )  # fmt: skip


def _sentence(documents: Mapping[str, Document], claim: Claim) -> str:
    source = claim.source
    if not isinstance(source, TextSpan) or source.report not in documents:
        return ""
    document = documents[source.report]
    sentence = document.sentence_at(source.start)
    return document.body[sentence.start : sentence.end].lower()


def _reconciled(evidence: Iterable[Evidence], on: dt.date) -> dict[tuple[str, str], Opinion]:
    by_question: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for piece in evidence:
        by_question[piece.subject, piece.predicate].append(piece)
    return {
        question: reconcile(pieces, on, HALF_LIFE_DAYS[question[1]])
        for question, pieces in by_question.items()
        if question[1] in HALF_LIFE_DAYS
    }


def _situation(now: _Assessor, as_of: dt.date) -> Situation:
    geography = now.crisis.geography
    violence = _violence(now.claims, now.on)
    divided = divided_places(now.evidence, {c.id: report_of(c) for c in now.claims}, now.on)
    fought = _fought_over(now.claims, now.on)
    places = tuple(
        _place(now, place, violence.get(place.id, (0.0, ())), place.id in divided, place.id in fought)
        for place in geography.places
    )
    roads = tuple(_road(now, road) for road in geography.roads)
    crossings = tuple(_crossing(now, number) for number in range(len(geography.crossings)))
    return Situation(
        on=now.on,
        as_of=as_of,
        places=places,
        roads=roads,
        crossings=crossings,
        access=access(geography, places, roads, _hubs(geography), seed=ACCESS_SEED),
        disagreements=disagreements(now.evidence, now.claims, now.on, divided),
        unknown=(*_unknown_places(places), *_unknown_roads(roads), *_unknown_crossings(crossings)),
    )


def _place(
    now: _Assessor, place: Place, violence: tuple[float, tuple[str, ...]], is_divided: bool, is_fought_over: bool
) -> PlaceState:
    held, siege = now.opinion(place.id, "held_by"), now.opinion(place.id, "besieged")
    state, holder = control_state(held, is_divided=is_divided, is_fought_over=is_fought_over)
    return PlaceState(
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        state=state,
        held_by=holder,
        control={side: p for side, p in held.odds.items() if side != UNKNOWN},
        unknown=held.odds[UNKNOWN],
        besieged=YesNo(**{"yes": 0.0, "no": 0.0, **siege.odds}),
        population=_population(now, place),
        since=held.since if state == "held" else None,
        claims=tuple(dict.fromkeys((*held.claims, *siege.claims))),
        violence=violence[0],
        violence_claims=violence[1],
    )


def _population(now: _Assessor, place: Place) -> SourcedRange:
    told = [
        (day_of(claim), str(claim.id), claim.content)
        for claim in now.claims
        if isinstance(claim.content, Figure)
        and claim.content.status == "population"
        and claim.content.unit == "person"
        and claim.certainty in BELIEVABLE
        and claim.content.at == (place.id,)
        and now.on in claim.valid
    ]
    if told:
        return _newest_range(told)
    if place.population is None:
        return SourcedRange()
    return SourcedRange(value=place.population, source=place.population_source or "places.csv")


def _newest_range(told: list[tuple[dt.date, str, Figure]]) -> SourcedRange:
    """Take the newest figure; where those of one day differ none is better, and only their range is known."""
    newest = max(day for day, _, _ in told)
    figures = {claim_id: figure for day, claim_id, figure in sorted(told, key=lambda e: e[1]) if day == newest}
    source, first = next(iter(figures.items()))
    if len({figure.value for figure in figures.values()}) == 1:
        return SourcedRange(value=first.value, low=first.low, high=first.high, source=source)
    told_people = [n for f in figures.values() for n in (f.low, f.value, f.high) if n is not None]
    return SourcedRange(low=min(told_people, default=None), high=max(told_people, default=None), source=source)


def _road(now: _Assessor, road: Road) -> RoadState:
    told = now.opinion(road.id, "passable")
    p_front, p_same = now.p_front[road.id], now.p_same[road.id]
    p_no = 1 - (1 - told.odds.get("no", 0.0)) * (1 - p_front)
    p_open = max(told.odds.get("yes", 0.0), SAME_SIDE_TRUST * p_same * (1 - told.odds.get("no", 0.0)))
    p_yes = (1 - p_front) * p_open
    length_km, assumed = now.crisis.geography.length_km(road)
    ends = [now.opinion(end, "held_by").claims for end in (road.from_, road.to)]
    return RoadState(
        id=road.id,
        **{"from": road.from_},
        to=road.to,
        length_km=round(length_km, 1),
        assumed=assumed,
        passable=YesNo(yes=p_yes, no=p_no, unknown=round(max(0.0, 1 - p_yes - p_no), 9)),
        why=_why(told, p_front, p_same),
        claims=told.claims or (tuple(dict.fromkeys((*ends[0], *ends[1]))) if max(p_front, p_same) > 0 else ()),
    )


def _why(told: Opinion, p_front: float, p_same: float) -> str | None:
    reasons = []
    if told.claims:
        reasons.append(
            {"yes": "said to be open", "no": "said to be cut"}.get(told.likeliest, "said to be cut, perhaps")
        )
    if p_front >= 0.5:
        reasons.append("a front line crosses it")
    elif p_same >= 0.5:
        reasons.append("both ends are held by one side")
    return "; ".join(reasons) or None


def _crossing(now: _Assessor, number: int) -> CrossingState:
    crossing = now.crisis.geography.crossings[number]
    told = now.opinion(crossing.id, "policy")
    return CrossingState(
        id=crossing.id,
        name=crossing.name,
        sides=(crossing.side_a, crossing.side_b),
        policy=PolicyOdds(**{"open": 0.0, "restricted": 0.0, "closed": 0.0, **told.odds}),
        per_day=crossing.per_day,
        claims=told.claims,
    )


def _violence(claims: Iterable[Claim], on: dt.date) -> dict[str, tuple[float, tuple[str, ...]]]:
    """Sum events by place, each decaying from its day; one kind on one day counts once, however many tell it."""
    told: dict[str, dict[tuple[str, dt.date], str]] = defaultdict(dict)
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type in VIOLENT and claim.certainty in BELIEVABLE:
            for place in claim.content.places:
                if day_of(claim) <= on:
                    told[place].setdefault((claim.content.type, day_of(claim)), claim.id)
    return {
        place: (
            sum(math.exp(-(on - day).days / VIOLENCE_MEMORY_DAYS) for _, day in events),
            tuple(events.values()),
        )
        for place, events in told.items()
    }


def _fought_over(claims: Iterable[Claim], on: dt.date) -> frozenset[str]:
    since = on - dt.timedelta(days=FIGHTING_DAYS)
    clashes = (
        claim
        for claim in claims
        if isinstance(claim.content, Event) and claim.content.type == "clash" and claim.certainty in BELIEVABLE
    )
    return frozenset(place for c in clashes if since < day_of(c) <= on for place in c.content.places)  # type: ignore[union-attr]


def _unknown_places(places: Iterable[PlaceState]) -> Iterable[Unknown]:
    for place in places:
        if place.state == "unknown":
            yield Unknown(subject=place.id, predicate="held_by", why="no report tells who holds it")
        if place.population.value is None and place.population.low is None:
            yield Unknown(subject=place.id, predicate="population", why="no report and no table tells it")
        if place.lat is None:
            yield Unknown(subject=place.id, predicate="coordinates", why="not found in the gazetteer")


def _unknown_roads(roads: Iterable[RoadState]) -> Iterable[Unknown]:
    for road in roads:
        if road.passable.unknown > 0.5:
            yield Unknown(subject=road.id, predicate="passable", why="no report tells, and an end's holder is unknown")


def _unknown_crossings(crossings: Iterable[CrossingState]) -> Iterable[Unknown]:
    for crossing in crossings:
        if crossing.policy.likeliest == "unknown":
            yield Unknown(subject=crossing.id, predicate="policy", why="no report tells whether it is open")
        if crossing.per_day is None:
            yield Unknown(subject=crossing.id, predicate="per_day", why="crossings.csv gives no throughput")


def _changes(before: Situation, after: Situation) -> tuple[Change, ...]:
    old = {key: value for key, value, _, _ in _answers(before)}
    return tuple(
        Change(subject=key[0], predicate=key[1], before=old.get(key), after=value, day=day or after.on, claims=claims)
        for key, value, day, claims in _answers(after)
        if value != old.get(key)
    )


def _answers(
    situation: Situation,
) -> Iterable[tuple[tuple[str, str], str, dt.date | None, tuple[str, ...]]]:
    for place in situation.places:
        held = place.held_by if place.state == "held" else place.state
        yield (place.id, "held_by"), held or "unknown", place.since, place.claims
        yield (place.id, "besieged"), _answer(place.besieged), None, place.claims
    for road in situation.roads:
        yield (road.id, "passable"), _answer(road.passable), None, road.claims
    for crossing in situation.crossings:
        yield (crossing.id, "policy"), crossing.policy.likeliest, None, crossing.claims


def _answer(odds: YesNo) -> str:
    return max(("unknown", "no", "yes"), key=lambda answer: getattr(odds, answer))


def _hubs(geography: Geography) -> tuple[str, ...]:
    """Return the places from which access is asked: the two sides of the crossings."""
    return tuple(dict.fromkeys(side for crossing in geography.crossings for side in (crossing.side_a, crossing.side_b)))
