"""Roads and crossings of a crisis in Flee's terms: routes, and gates, which are points on a way that may be closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from tidings.flow.flee_instance import Route
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Road
from tidings.interchange.flee.findings import Findings
from tidings.situation.situation import CrossingState, RoadState, Situation

GATE_KM = 1.0
"""Length of a crossing where neither a road nor coordinates tell it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A point in the middle of a way: a crossing, or a road that is cut on some days."""

    id: str
    name: str
    one: str
    """A place, by id."""
    other: str
    km: float
    """From one place to the other."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    closed: tuple[tuple[int, int | None], ...] = ()
    """Spans of days on which nobody passes, half-open; None where the end is not known."""


def gates_of(geography: Geography, situations: Sequence[Situation], found: Findings) -> tuple[Gate, ...]:
    """Return the crossings, and the roads that are cut on a day of the situations."""
    _tell_crossings(situations[-1].crossings, found)
    crossings = (_crossing_gate(crossing, geography, situations) for crossing in geography.crossings)
    roads = (_road_gate(road, geography, situations) for road in _roads(geography))
    return (*crossings, *(gate for gate in roads if gate.closed))


def routes_of(
    geography: Geography, situation: Situation, gates: Sequence[Gate], order: Sequence[str], found: Findings
) -> tuple[Route, ...]:
    """Return the routes between places and gates.

    Parameters
    ----------
    order
        The ids of places and gates in the order of the instance's locations.
    """
    _tell_roads(geography, situation, found)
    index = {id_: number for number, id_ in enumerate(order)}
    gated = {gate.id for gate in gates}
    plain = (_route(road, geography, index) for road in _roads(geography) if _road_id(road) not in gated)
    return (*plain, *(half for gate in gates for half in _halves(gate, index)))


def _roads(geography: Geography) -> tuple[Road, ...]:
    """Return the roads but those that join the two sides of a crossing, which are the crossing."""
    sides = {frozenset((crossing.side_a, crossing.side_b)) for crossing in geography.crossings}
    return tuple(road for road in geography.roads if frozenset((road.from_, road.to)) not in sides)


def _route(road: Road, geography: Geography, index: Mapping[str, int]) -> Route:
    km = round(geography.length_km(road)[0], 3)
    return Route(one=index[road.from_], other=index[road.to], km=km, attributes=_attributes(road))


def _halves(gate: Gate, index: Mapping[str, int]) -> Iterator[Route]:
    for end in (gate.one, gate.other):
        yield Route(one=index[end], other=index[gate.id], km=round(gate.km / 2, 3), attributes=gate.attributes)


def _crossing_gate(crossing: Crossing, geography: Geography, situations: Sequence[Situation]) -> Gate:
    by_day = [{state.id: state for state in situation.crossings}[crossing.id] for situation in situations]
    return Gate(
        id=f"crossing {crossing.id}",
        name=crossing.name,
        one=crossing.side_a,
        other=crossing.side_b,
        km=_crossing_km(crossing, geography),
        closed=_spans([state.policy.likeliest == "closed" for state in by_day]),
    )


def _crossing_km(crossing: Crossing, geography: Geography) -> float:
    """Return the length of the road between the sides, else of the line between them with a factor, else 1 km."""
    sides = (crossing.side_a, crossing.side_b)
    told = [road for road in geography.roads if {road.from_, road.to} == {*sides}]
    if told:
        return min(geography.length_km(road)[0] for road in told)
    if not all(geography.place_by_id[side].is_located for side in sides):
        return GATE_KM
    return geography.length_km(Road.model_validate({"id": crossing.id, "from": sides[0], "to": sides[1]}))[0]


def _road_gate(road: Road, geography: Geography, situations: Sequence[Situation]) -> Gate:
    by_day = [{state.id: state for state in situation.roads}[road.id] for situation in situations]
    return Gate(
        id=_road_id(road),
        name=road.id,
        one=road.from_,
        other=road.to,
        km=geography.length_km(road)[0],
        attributes=_attributes(road),
        closed=_spans([_is_cut(state) for state in by_day]),
    )


def _road_id(road: Road) -> str:
    return f"road {road.id}"


def _is_cut(road: RoadState) -> bool:
    return road.passable.no > 0.5


def _attributes(road: Road) -> dict[str, str]:
    """Return Flee's columns for the speed of a road: a speed of its own, or a walk."""
    if road.speed_km_per_day is not None:
        return {"max_move_speed": f"{road.speed_km_per_day:g}"}
    return {"walk_probability": "1"} if road.mode == "foot" else {}


def _spans(is_closed: Sequence[bool]) -> tuple[tuple[int, int | None], ...]:
    """Return the spans of days that are true; the end of one that lasts until the last day is not known.

    Examples
    --------
    >>> _spans([False, True, True, False, True])
    ((1, 3), (4, None))
    """
    edges = [day for day, (was, now) in enumerate(pairwise((False, *is_closed))) if was != now]
    return tuple(zip_longest(edges[::2], edges[1::2]))


def _tell_crossings(crossings: Iterable[CrossingState], found: Findings) -> None:
    crossings = tuple(crossings)
    restricted = [crossing.name for crossing in crossings if crossing.policy.likeliest == "restricted"]
    unknown = [crossing.name for crossing in crossings if crossing.policy.likeliest == "unknown"]
    limited = [crossing.name for crossing in crossings if crossing.per_day is not None]
    for names, met, done in (
        (restricted, "restricted", "In Flee a crossing is open or closed: written as open."),
        (unknown, "unknown whether it can be crossed", "Written as open."),
        (limited, "a number of people a day is let through", "Flee has no such limit and no queue: it is left out."),
    ):
        if names:
            found.survive("crossings.csv", f"{met}: {', '.join(names)}", done)


def _tell_roads(geography: Geography, situation: Situation, found: Findings) -> None:
    roads = _roads(geography)
    names = {place.id: place.name for place in geography.places}
    states = {state.id: state for state in situation.roads}
    unsure = [road for road in roads if not _is_cut(states[road.id]) and states[road.id].passable.yes <= 0.5]
    assumed = [road for road in roads if geography.length_km(road)[1]]
    by_water = [road for road in roads if road.mode == "water"]
    for listed, met, done in (
        (unsure, "unknown whether it can be passed", "Written as open."),
        (assumed, "without a length", "The length is that of the straight line times 1.3."),
        (by_water, "by water", "Written as a road."),
    ):
        if listed:
            ends = ", ".join(f"{names[road.from_]} – {names[road.to]}" for road in listed)
            found.survive("roads.csv", f"{met}: {ends}", done)
