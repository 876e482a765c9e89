"""The roads of a Flee instance between the places where people may be: markers on a road are joined away."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tidings.core.errors import Problem, raise_all
from tidings.flow.flee_instance import Closure, FleeInstance, Location, Route
from tidings.interchange.flee.findings import Oddity

SPEED = "max_move_speed"
"""The attribute of a road that is its speed, km a day."""
_MOVING = frozenset({"country", "location", "link"})
"""Closures that close roads under our rules."""
LEFT_OUT = "Under our own rules the shortest of the roads counts alone."
KEPT = "Under our own rules they are one road with the length of the shortest, closed while all of them are."


@dataclass(frozen=True, slots=True)
class Way:
    """A road, or several that meet at markers."""

    places: tuple[int, ...]
    """Positions in `FleeInstance.locations`: an end, the markers between, the other end."""
    routes: tuple[Route, ...]
    """One between each two of them."""
    closed_by: frozenset[int]
    """Positions in `FleeInstance.closures`."""

    @property
    def ends(self) -> frozenset[int]:
        """The two ends."""
        return frozenset((self.places[0], self.places[-1]))

    @property
    def km(self) -> float:
        """Its whole length."""
        return sum(route.km for route in self.routes)


def is_marker(place: Location) -> bool:
    """Whether a place is a mere point on a road, at which nobody stops."""
    return "marker" in place.kind.casefold()


def ways_of(instance: FleeInstance) -> tuple[tuple[tuple[Way, ...], ...], tuple[Oddity, ...]]:
    """Return for each two joined places that are no markers the ways between them, and what a reader must know.

    A marker is replaced by ways between each two of its neighbours. The shortest way comes first; a longer one stays
    only where it is open at a time at which the shorter ones are not.
    """
    ways, doubles = _needed(_of_route(instance, route) for route in instance.routes)
    for number in (number for number, place in enumerate(instance.locations) if is_marker(place)):
        meeting = [way for way in ways if number in way.ends]
        joined = (_joined(instance, number, one, other) for one, other in itertools.combinations(meeting, 2))
        elsewhere = (way for way in ways if number not in way.ends)
        ways, more = _needed([*elsewhere, *(way for way in joined if len(way.ends) > 1)])
        doubles = [*doubles, *(way for way in more if len(set(way.places)) == len(way.places))]
    between = _by_ends(ways)
    further = [way for several in between.values() for way in several[1:]]
    told = (*(_told(instance, way, LEFT_OUT) for way in doubles), *(_told(instance, way, KEPT) for way in further))
    return tuple(map(tuple, between.values())), told


def check_markers(instance: FleeInstance) -> None:
    """Refuse people at a marker: nobody stops there under our own rules.

    Raises
    ------
    InputError
        With every marker that has a population or registered people.
    """
    raise_all(list(_people_at_markers(instance)))


def _people_at_markers(instance: FleeInstance) -> Iterator[Problem]:
    fix = "Make it a town or a camp, or remove its people: under our own rules nobody stops at a marker."
    markers = {place.name: place for place in instance.locations if is_marker(place)}
    for place in markers.values():
        if place.people:
            yield Problem(place.where, f"the marker '{place.name}' has a population", fix)
    for row in instance.registered:
        if row.name in markers and row.people.any():
            yield Problem(row.where, f"people are registered at the marker '{row.name}'", fix)


def _of_route(instance: FleeInstance, route: Route) -> Way:
    return _way(instance, (route.one, route.other), (route,))


def _joined(instance: FleeInstance, marker: int, one: Way, other: Way) -> Way:
    there, on = _ending_at(marker, one), _ending_at(marker, other)
    places = (*there.places, *reversed(on.places[:-1]))
    return _way(instance, places, (*there.routes, *reversed(on.routes)))


def _ending_at(place: int, way: Way) -> Way:
    return way if way.places[-1] == place else Way(way.places[::-1], way.routes[::-1], way.closed_by)


def _way(instance: FleeInstance, places: tuple[int, ...], routes: tuple[Route, ...]) -> Way:
    path = [instance.locations[number] for number in places]
    closed_by = (number for number, closure in enumerate(instance.closures) if _closes(closure, path))
    return Way(places, routes, frozenset(closed_by))


def _closes(closure: Closure, path: Sequence[Location]) -> bool:
    """Whether a closure closes a way; for a closed border, a marker without a country is passed over."""
    names = [place.name for place in path]
    if closure.kind not in _MOVING:
        return False
    if closure.kind == "location":
        return closure.one in names
    told = [place.country for place in path if place.country] if closure.kind == "country" else names
    return any({one, other} == {closure.one, closure.other} for one, other in itertools.pairwise(told))


def _needed(ways: Iterable[Way]) -> tuple[list[Way], list[Way]]:
    """Return the ways, the shortest first, and those beside which one no longer is open whenever they are."""
    kept: dict[frozenset[int], list[Way]] = {}
    doubles: list[Way] = []
    for way in sorted(ways, key=lambda way: way.km):
        shorter = kept.setdefault(way.ends, [])
        (doubles if any(each.closed_by <= way.closed_by for each in shorter) else shorter).append(way)
    return sorted(itertools.chain(*kept.values()), key=lambda way: way.km), doubles


def _by_ends(ways: Iterable[Way]) -> dict[frozenset[int], list[Way]]:
    between: dict[frozenset[int], list[Way]] = {}
    for way in ways:
        between.setdefault(way.ends, []).append(way)
    return between


def _told(instance: FleeInstance, way: Way, done: str) -> Oddity:
    one, other = (instance.locations[way.places[end]].name for end in (0, -1))
    met = f"'{one}' and '{other}' are joined more than once"
    return Oddity(way.routes[0].where, met, done)
