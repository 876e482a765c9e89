"""From a Situation to one World: every probability becomes an answer, and what hangs together falls together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tidings.core.schema import Schema
from tidings.core.streams import uniform
from tidings.geography.graph import Geography
from tidings.situation.situation import CrossingState, PlaceState, RoadState, Situation
from tidings.situation.world import POLICIES, Snapshot, World


class UnknownPriors(Schema):
    """What a member takes where nobody said anything. Assumed values, shown with every forecast."""

    passable: float = 0.7
    """Chance that a road of which nothing is known is passable."""
    besieged: float = 0.0
    """Chance that a place of which nothing is known is besieged."""
    policy: tuple[float, float, float] = (0.4, 0.3, 0.3)
    """Chances of open, restricted and closed at a crossing of which nothing is known."""


NOTHING_TOLD = UnknownPriors()


def sample(
    situation: Situation, geography: Geography, *, seed: int, member: int, priors: UnknownPriors = NOTHING_TOLD
) -> World:
    """Draw one consistent world from a situation; it holds from the situation's day on.

    The luck of a question is addressed by the claims that it rests on, so that roads cut by one claim are cut together.
    The same seed and member give the same world, whatever else is drawn.

    Parameters
    ----------
    seed, member
        The address of the draw.
    """
    parties = tuple(sorted({side for place in situation.places for side in place.control}))
    by_id = {place.id: place for place in situation.places}
    places = tuple(by_id[place.id] for place in geography.places)

    def luck(process: str, key: str) -> float:
        return uniform(seed, member, 0, process, key)

    snapshot = Snapshot(
        holder=np.array([_holder(p, parties, luck("held_by", p.id)) for p in places], dtype=np.int16),
        besieged=_besieged(places, [luck("besieged", p.id) for p in places], priors),
        violence=np.array([place.violence for place in places], dtype=np.float64),
        passable=_passable(situation.roads, [luck("passable", road_luck(r)) for r in situation.roads], priors),
        policy=_policy(situation.crossings, [luck("policy", c.id) for c in situation.crossings], priors),
    )
    return World(parties, ((situation.on, snapshot),))


def road_luck(road: RoadState) -> str:
    """Return the address of a road's luck: roads that rest on the same claims share it."""
    return ",".join(sorted(road.claims)) or road.id


def _holder(place: PlaceState, parties: tuple[str, ...], luck: float) -> int:
    total = 0.0
    for side, p in sorted(place.control.items()):
        total += p
        if luck < total:
            return parties.index(side)
    return -1


def _besieged(places: Iterable[PlaceState], luck: Iterable[float], priors: UnknownPriors) -> NDArray[np.bool_]:
    chances = (place.besieged.yes + place.besieged.unknown * priors.besieged for place in places)
    return np.array([u < p for u, p in zip(luck, chances, strict=True)], dtype=np.bool_)


def _passable(roads: Iterable[RoadState], luck: Iterable[float], priors: UnknownPriors) -> NDArray[np.bool_]:
    chances = (road.passable.yes + road.passable.unknown * priors.passable for road in roads)
    return np.array([u < p for u, p in zip(luck, chances, strict=True)], dtype=np.bool_)


def _policy(crossings: Iterable[CrossingState], luck: Iterable[float], priors: UnknownPriors) -> NDArray[np.int8]:
    chosen = []
    for crossing, u in zip(crossings, luck, strict=True):
        told = (crossing.policy.open, crossing.policy.restricted, crossing.policy.closed)
        odds = [p + crossing.policy.unknown * prior for p, prior in zip(told, priors.policy, strict=True)]
        steps = np.cumsum(odds) / sum(odds)
        chosen.append(min(int(np.searchsorted(steps, u, side="right")), len(POLICIES) - 1))
    return np.array(chosen, dtype=np.int8)
