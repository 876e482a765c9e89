"""A place, a road and a person, as the person-by-person reading of Flee's rules (`flee_reference`) sees them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tidings.flow.flee_sites import Site


@dataclass(slots=True, eq=False)
class Place:
    """A place on a day."""

    site: Site
    p_move: float
    is_camp: bool
    is_town: bool
    capacity: float
    population: int
    intensity: float
    since: int = 0
    """Day on which the conflict began."""
    people: int = 0
    roads: list[Road] = field(default_factory=list)
    """Open roads from here."""
    score: float = 1.0


@dataclass(slots=True, eq=False)
class Road:
    """One direction of a route. A road that closes is another one when it opens again."""

    start: Place
    end: Place
    km: float
    speed: float
    """Of a vehicle; km a day."""
    p_walk: float
    is_closed: bool = False


@dataclass(slots=True, eq=False)
class Person:
    """Somebody on the move."""

    place: Place | None
    road: Road | None = None
    km: float = 0.0
    """Done on the road."""
    route: tuple[Place, ...] = ()
    """Places still to come."""
    has_arrived: bool = False
    """Whether a first journey is over."""
    recent: float = 0.0
    """Recent travel: the mean of itself and the day's share of a day's drive, day after day."""
    today_km: float = 0.0
