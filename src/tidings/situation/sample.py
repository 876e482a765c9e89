"""From a Situation to one World: every probability becomes an answer, and what hangs together falls together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tidings.core.streams import uniform
from tidings.geography.graph import Geography
from tidings.situation.afterwards import ASSUMED_AFTERWARDS, draw_afterwards
from tidings.situation.situation import CrossingState, PlaceState, RoadState, Situation
from tidings.situation.world import POLICIES, Snapshot, World

Floats = NDArray[np.float64]
Luck = Callable[[str, Iterable[str]], Floats]
"""From a process and the keys of its questions to a number in [0, 1) each."""


ASSUMED: Mapping[str, float] = MappingProxyType(
    {
        "unknown_road_passable": 0.7,
        "unknown_place_besieged": 0.0,
        "unknown_crossing_open": 0.4,
        "unknown_crossing_restricted": 0.5,
    }
)
"""The parameters of which the chances of the unknown are made, with their defaults in parameters.yaml."""


class UnknownPriors(NamedTuple):
    """The chances with which a member settles what nobody told. Assumed values, shown with every forecast."""

    road_passable: float
    besieged: float
    crossing_open: float
    crossing_restricted: float
    crossing_closed: float

    @classmethod
    def of(cls, parameters: Mapping[str, float]) -> UnknownPriors:
        """Return the chances that parameters give.

        Examples
        --------
        >>> UnknownPriors.of(ASSUMED).policy
        (0.4, 0.3, 0.3)
        """
        is_open, share = parameters["unknown_crossing_open"], parameters["unknown_crossing_restricted"]
        return cls(
            road_passable=parameters["unknown_road_passable"],
            besieged=parameters["unknown_place_besieged"],
            crossing_open=is_open,
            crossing_restricted=(1 - is_open) * share,
            crossing_closed=(1 - is_open) * (1 - share),
        )

    @property
    def policy(self) -> tuple[float, float, float]:
        """Chances of open, restricted and closed at a crossing."""
        return self.crossing_open, self.crossing_restricted, self.crossing_closed


def sample(
    situation: Situation,
    geography: Geography,
    *,
    seed: int,
    member: int,
    parameters: Mapping[str, float] | None = None,
) -> World:
    """Draw one consistent world from a situation; it holds from the situation's day on.

    The same seed and member give the same world, whatever else is drawn.

    Parameters
    ----------
    seed, member
        The address of the draw.
    parameters
        Those of the member, as `load_parameters` gives them: how likely is what nobody told. By default the defaults.

    Notes
    -----
    As `Sampler.world`, which draws many worlds faster.
    """
    return Sampler.of(situation, geography).world(
        seed, member, {**ASSUMED, **ASSUMED_AFTERWARDS} if parameters is None else parameters
    )


class Odds(NamedTuple):
    """How likely something is as far as it is told, and how much of the answer hangs on the chances of the unknown."""

    told: Floats
    unknown: Floats

    def at(self, prior: Floats | float) -> Floats:
        """Return the odds when what is unknown is settled with a chance.

        Examples
        --------
        >>> Odds(np.array([0.5, 0.0]), np.array([0.2, 1.0])).at(0.5).round(3).tolist()
        [0.6, 0.5]
        """
        return np.asarray(self.told + self.unknown * prior, np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Sampler:
    """A situation laid out for drawing worlds from it.

    Who holds the places and which are besieged is drawn first. A road whose ends then fall to sides that face each
    other is not passable in that world; any other road is passable with the chance that makes its probability over all
    worlds the one of the situation, where who holds one end tells nothing of the other.
    """

    situation: Situation
    parties: tuple[str, ...]
    places: tuple[PlaceState, ...]
    """In the order of the geography."""
    ends: NDArray[np.int64]
    """Shape (road, 2): positions in `places`."""
    is_facing: NDArray[np.bool_]
    """Shape (party + 1, party + 1); the last row and column are nobody."""
    is_decided: NDArray[np.bool_]
    """Shape (road,): whether a front line closes it. A road that a scenario opens, or that is told to be open since the
    front line came, is what its odds say whoever holds its ends."""
    behind: Odds
    """Shape (road,): that it is passable where no front line closes it."""
    besieged: Odds
    p_struck: Floats
    felt: tuple[NDArray[np.int64], NDArray[np.int64], Floats]
    """Positions of a place and of another that is struck, and the events a day that the first feels of it."""
    certain_violence: Floats
    """Shape (place,): events a day that no claim is in doubt of, as a scenario sets them."""
    policy: Odds
    """Shapes (crossing, 3) and (crossing, 1): the policies."""

    @classmethod
    def of(cls, situation: Situation, geography: Geography) -> Sampler:
        """Lay out a situation once for many worlds."""
        by_id = {place.id: place for place in situation.places}
        places = tuple(by_id[place.id] for place in geography.places)
        parties = tuple(sorted({side for place in places for side in place.control}))
        is_facing = _facing(parties, situation.facing)
        index = geography.index
        ends = np.array([(index[r.from_], index[r.to]) for r in situation.roads], np.int64).reshape(-1, 2)
        p_yes = np.array([road.passable.yes for road in situation.roads])
        p_unknown = np.array([road.passable.unknown for road in situation.roads])
        p_front = _p_front(places, parties, ends, is_facing)
        is_decided = (p_front > 0) & (p_yes + p_unknown <= 1 - p_front + 1e-6)
        behind = np.maximum(1 - np.where(is_decided, p_front, 0.0), 1e-12)
        return cls(
            situation=situation,
            parties=parties,
            places=places,
            ends=ends,
            is_facing=is_facing,
            is_decided=is_decided,
            behind=Odds(p_yes / behind, p_unknown / behind),
            besieged=_siege_odds(places),
            p_struck=np.array([place.violence_p for place in places]),
            felt=_felt(places, index),
            certain_violence=np.array([0.0 if place.violence_from else place.violence for place in places]),
            policy=_policy_odds(situation.crossings),
        )

    def world(self, seed: int, member: int, parameters: Mapping[str, float]) -> World:
        """Draw the world of a member. Luck is addressed by what is told: what one sentence tells falls together.

        Parameters
        ----------
        parameters
            Those of the member: how likely is what nobody told, and each course of violence. They change no luck.
        """
        priors = UnknownPriors.of(parameters)

        def luck(process: str, keys: Iterable[str]) -> Floats:
            return np.array([uniform(seed, member, 0, process, key) for key in keys])

        holder = self._holder(luck("held_by", (place.held_by_telling or place.id for place in self.places)))
        sieges = luck("besieged", (place.besieged_telling or place.id for place in self.places))
        snapshot = Snapshot(
            holder=holder,
            besieged=sieges < self.besieged.at(priors.besieged),
            violence=self._violence(luck("violence", (place.violence_telling or place.id for place in self.places))),
            passable=self._passable(luck("passable", map(road_luck, self.situation.roads)), holder, priors),
            policy=self._policy(luck("policy", (crossing.id for crossing in self.situation.crossings)), priors),
        )
        later = draw_afterwards(seed, member, parameters)
        memory_days = self._memory_days(later.fade_days)
        return World(self.parties, ((self.situation.on, snapshot),), memory_days, tends_to=later.tends_to)

    def _holder(self, luck: Floats) -> NDArray[np.int16]:
        numbers = [_answer(place.control, self.parties, u) for place, u in zip(self.places, luck, strict=True)]
        return np.array(numbers, dtype=np.int16)

    def _violence(self, luck: Floats) -> Floats:
        """Return what is felt of the strikes that did happen."""
        place, struck, events = self.felt
        happened = (luck < self.p_struck)[struck]
        felt = np.bincount(place[happened], events[happened], minlength=len(self.places))
        return np.asarray(self.certain_violence + felt, dtype=np.float64)

    def _passable(self, luck: Floats, holder: NDArray[np.int16], priors: UnknownPriors) -> NDArray[np.bool_]:
        is_front = self.is_decided & self.is_facing[holder[self.ends[:, 0]], holder[self.ends[:, 1]]]
        return np.asarray((luck < self.behind.at(priors.road_passable)) & ~is_front, dtype=np.bool_)

    def _policy(self, luck: Floats, priors: UnknownPriors) -> NDArray[np.int8]:
        steps = np.cumsum(self.policy.at(np.array(priors.policy)), axis=1)
        drawn = (luck[:, None] >= steps / np.maximum(steps[:, -1:], 1e-12)).sum(axis=1)
        return np.asarray(np.minimum(drawn, len(POLICIES) - 1), dtype=np.int8)

    def _memory_days(self, days: float) -> Floats | None:
        if self.situation.violence_memory_days is None:
            return None
        return np.array([np.inf if place.is_violence_lasting else days for place in self.places])


def draw_populations(situation: Situation, geography: Geography, *, seed: int, members: Sequence[int]) -> Floats:
    """Draw how many residents each place has in each member; NaN where that is unknown.

    Where a low and a high are known, residents are drawn log-uniformly between them (on log(1 + people), so that a low
    of zero is allowed); with a best value, half of the members lie below it and half above.

    Returns
    -------
    Floats
        Shape (member, place), in the order of the geography.
    """
    by_id = {place.id: place for place in situation.places}

    def drawn(place: str, member: int) -> float:
        return people_at(by_id[place], uniform(seed, member, 0, "population", place))

    people = [[drawn(place.id, member) for place in geography.places] for member in members]
    return np.array(people, np.float64).reshape(len(members), len(geography.places))


def people_at(place: PlaceState, share: float) -> float:
    """Return the residents of a place at a share of what is known of them; NaN where nothing is.

    Examples
    --------
    >>> from tidings.situation.situation import SourcedRange
    >>> town = PlaceState(id="a", name="A", population=SourcedRange(low=99, high=9_999))
    >>> [round(people_at(town, share)) for share in (0.0, 0.5, 1.0)]
    [99, 999, 9999]
    """
    value, low, high = place.population.value, place.population.low, place.population.high
    if low is None or high is None or not low <= high:
        return np.nan if value is None else value
    if value is None or not low <= value <= high:
        return _between(low, high, share)
    return _between(low, value, 2 * share) if share < 0.5 else _between(value, high, 2 * share - 1)


def _between(low: float, high: float, share: float) -> float:
    a, b = np.log1p(low), np.log1p(high)
    return float(np.expm1(a + share * (b - a)))


def road_luck(road: RoadState) -> str:
    """Return the address of a road's luck: roads that rest on the same claims share it."""
    return luck_of(road.claims, road.id)


def luck_of(claims: Iterable[str], road: str) -> str:
    """Return the address of the luck of a road that rests on claims."""
    return ",".join(sorted(claims)) or road


def _answer(odds: dict[str, float], parties: tuple[str, ...], luck: float) -> int:
    total = 0.0
    for side, p in sorted(odds.items()):
        total += p
        if luck < total:
            return parties.index(side)
    return -1


def _felt(
    places: tuple[PlaceState, ...], index: Mapping[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    rows = [
        (number, index[struck], events)
        for number, place in enumerate(places)
        for struck, events in place.violence_from.items()
        if struck in index
    ]
    felt = np.array(rows, np.float64).reshape(-1, 3)
    return felt[:, 0].astype(np.int64), felt[:, 1].astype(np.int64), felt[:, 2]


def _facing(parties: tuple[str, ...], pairs: Iterable[tuple[str, str]]) -> NDArray[np.bool_]:
    is_facing = np.zeros((len(parties) + 1, len(parties) + 1), np.bool_)
    known = {party: number for number, party in enumerate(parties)}
    for a, b in pairs:
        if a in known and b in known:
            is_facing[known[a], known[b]] = is_facing[known[b], known[a]] = True
    return is_facing


def _p_front(
    places: tuple[PlaceState, ...], parties: tuple[str, ...], ends: NDArray[np.int64], is_facing: NDArray[np.bool_]
) -> Floats:
    """Return the chance that the ends of each road are held by sides that face each other, drawn independently."""
    odds = np.array([[place.control.get(party, 0.0) for party in (*parties, "")] for place in places])
    odds = odds.reshape(len(places), len(parties) + 1)
    odds[:, -1] = 0.0
    p_front = np.einsum("rp,pq,rq->r", odds[ends[:, 0]], is_facing.astype(np.float64), odds[ends[:, 1]])
    return np.asarray(p_front, np.float64)


def _siege_odds(places: tuple[PlaceState, ...]) -> Odds:
    return Odds(
        np.array([place.besieged.yes for place in places], np.float64),
        np.array([place.besieged.unknown for place in places], np.float64),
    )


def _policy_odds(crossings: Iterable[CrossingState]) -> Odds:
    odds = [(c.policy.open, c.policy.restricted, c.policy.closed, c.policy.unknown) for c in crossings]
    table = np.array(odds, np.float64).reshape(-1, len(POLICIES) + 1)
    return Odds(table[:, :-1], table[:, -1:])
