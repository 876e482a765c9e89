"""From the ledger to the Situation on a day, as known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from tidings.assess.access import access, encircled, ways
from tidings.assess.changes import changes
from tidings.assess.control import control_state, divided_places
from tidings.assess.disagreements import disagreements
from tidings.assess.opinions import Opinions
from tidings.assess.populations import populations
from tidings.assess.reconcile import UNKNOWN
from tidings.assess.roads import road_state
from tidings.assess.settings import AssessSettings
from tidings.assess.violence import QUIET, fought_over, violence_by_place
from tidings.crisis.crisis import Crisis
from tidings.evidence.ledger import View
from tidings.evidence.lineage import Lineage, lineage_of
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing
from tidings.situation.situation import (
    CrossingState,
    PlaceState,
    PolicyOdds,
    RoadState,
    Situation,
    Unknown,
    YesNo,
)


def assess(
    crisis: Crisis,
    view: View,
    *,
    on: dt.date,
    as_of: dt.date,
    changes_since: dt.date | None = None,
    lineage: Lineage | None = None,
    settings: AssessSettings | None = None,
) -> Situation:
    """Return the situation on a day, from the claims in a view of the ledger.

    Parameters
    ----------
    view
        `ledger.as_of(as_of)`: claims that became public later are not in it.
    changes_since
        Also list what changed between that day and `on`, as known on `as_of`.
    lineage
        `lineage_of(crisis, view)`, where it is at hand: who assesses many days finds copies once.
    settings
        By default those of the package (docs/assess.md).
    """
    lineage = lineage or lineage_of(crisis, view)
    claims, reports = view.claims(), view.reports()
    now = Opinions.of(crisis, claims, reports, on, lineage, settings)
    situation = _situation(now, as_of)
    if changes_since is None:
        return situation
    then = Opinions.of(crisis, claims, reports, changes_since, lineage, settings)
    return situation.model_copy(update={"changes": changes(_situation(then, as_of), then, situation, now)})


def _situation(now: Opinions, as_of: dt.date) -> Situation:
    geography, settings = now.crisis.geography, now.settings
    divided = divided_places(now.evidence, now.sides, now.on)
    roads = tuple(road_state(now, road) for road in geography.roads)
    out = ways(geography, roads, _hubs(geography), seed=settings.seed, n_worlds=settings.n_worlds)
    places = tuple(_places(now, divided, encircled(out, geography)))
    crossings = tuple(_crossing(now, crossing) for crossing in geography.crossings)
    return Situation(
        on=now.on,
        as_of=as_of,
        places=places,
        roads=roads,
        crossings=crossings,
        access=access(out, roads, places),
        disagreements=disagreements(now.evidence, now.claims, now.on, settings, divided, now.lineage),
        unknown=(*_unknown_places(places), *_unknown_roads(roads), *_unknown_crossings(crossings)),
        facing=_facing(now, places),
        violence_memory_days=settings.memory_days,
    )


def _places(now: Opinions, divided: frozenset[str], shut: Mapping[str, YesNo]) -> Iterator[PlaceState]:
    violence = violence_by_place(now.strikes, now.on, now.crisis.geography, now.settings)
    fights = fought_over(now.strikes, now.on, now.settings)
    people = populations(now.crisis.geography.places, now.claims, now.on, now.lineage)
    for place in now.crisis.geography.places:
        held, siege = now(place.id, "held_by"), now(place.id, "besieged")
        state, holder = control_state(
            held,
            now.sides,
            contested_share=now.settings.contested_share,
            is_divided=place.id in divided,
            is_fought_over=place.id in fights,
        )
        struck = violence.get(place.id, QUIET)
        yield PlaceState(
            id=place.id,
            name=place.name,
            lat=place.lat,
            lon=place.lon,
            state=state,
            held_by=holder,
            control={side: p for side, p in held.odds.items() if side != UNKNOWN},
            unknown=held.odds[UNKNOWN],
            contested=fights.get(place.id, 0.0),
            besieged=YesNo(**{"yes": 0.0, "no": 0.0, **siege.odds}),
            encircled=shut.get(place.id, YesNo()),
            population=people[place.id],
            since=held.since if state == "held" else None,
            claims=tuple(dict.fromkeys((*held.claims, *siege.claims))),
            held_by_telling=now.telling(held),
            besieged_telling=now.telling(siege),
            violence=struck.events_per_day,
            violence_from=struck.felt_from,
            violence_p=struck.p,
            violence_telling=now.sentence_of(struck.own_claims[-1]) if struck.own_claims else None,
            violence_claims=struck.claims,
        )


def _crossing(now: Opinions, crossing: Crossing) -> CrossingState:
    told = now(crossing.id, "policy")
    return CrossingState(
        id=crossing.id,
        name=crossing.name,
        sides=(crossing.side_a, crossing.side_b),
        policy=PolicyOdds(**{"open": 0.0, "restricted": 0.0, "closed": 0.0, **told.odds}),
        per_day=crossing.per_day,
        terms=_terms(now, crossing.id),
        claims=told.claims,
    )


def _terms(now: Opinions, crossing: str) -> tuple[str, ...]:
    told = [p for p in now.evidence if (p.subject, p.predicate) == (crossing, "policy") and p.day <= now.on]
    newest = max((piece.day for piece in told), default=None)
    return tuple(dict.fromkeys(piece.terms for piece in told if piece.day == newest and piece.terms))


def _facing(now: Opinions, places: Iterable[PlaceState]) -> tuple[tuple[str, str], ...]:
    known = {side for place in places for side in place.control}
    known |= {now.sides.side(party.id) for party in now.crisis.parties}
    return tuple(pair for pair in combinations(sorted(known), 2) if now.sides.face(*pair))


def _hubs(geography: Geography) -> tuple[str, ...]:
    """Return the places from which access is asked: the two sides of the crossings."""
    return tuple(dict.fromkeys(side for crossing in geography.crossings for side in (crossing.side_a, crossing.side_b)))


def _unknown_places(places: Iterable[PlaceState]) -> Iterator[Unknown]:
    for place in places:
        if place.state == "unknown":
            why = "what was told is too old, too weak or too mixed" if place.claims else "no report tells who holds it"
            yield Unknown(subject=place.id, predicate="held_by", why=why)
        if place.population.value is None and place.population.low is None:
            yield Unknown(subject=place.id, predicate="population", why="no report and no table tells it")
        if place.lat is None:
            yield Unknown(subject=place.id, predicate="coordinates", why="not found in the gazetteer")


def _unknown_roads(roads: Iterable[RoadState]) -> Iterator[Unknown]:
    for road in roads:
        if road.passable.unknown > 0.5:
            yield Unknown(subject=road.id, predicate="passable", why="no report tells, and an end's holder is unknown")


def _unknown_crossings(crossings: Iterable[CrossingState]) -> Iterator[Unknown]:
    for crossing in crossings:
        if crossing.policy.likeliest == "unknown":
            yield Unknown(subject=crossing.id, predicate="policy", why="no report tells whether it is open")
        if crossing.per_day is None:
            yield Unknown(subject=crossing.id, predicate="per_day", why="crossings.csv gives no throughput")
