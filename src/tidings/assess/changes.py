"""What changed between two days, as known on one, and which claims tell it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tidings.assess.opinions import Opinions
from tidings.assess.roads import road_since
from tidings.situation.situation import Change, Situation, YesNo

Answer = tuple[tuple[str, str], str, dt.date | None, tuple[str, ...]]
"""Subject and predicate, the answer, since when, the claims."""


def changes(
    before: Situation, before_opinions: Opinions, after: Situation, after_opinions: Opinions
) -> tuple[Change, ...]:
    """Return every state that is not what it was; `day` is the day of the claim that changed it, where it is told."""
    old = {key: value for key, value, _, _ in _answers(before, before_opinions)}
    return tuple(
        Change(subject=key[0], predicate=key[1], before=old.get(key), after=value, day=day or after.on, claims=claims)
        for key, value, day, claims in _answers(after, after_opinions)
        if value != old.get(key)
    )


def _answers(situation: Situation, opinions: Opinions) -> Iterator[Answer]:
    for place in situation.places:
        held, siege = opinions(place.id, "held_by"), opinions(place.id, "besieged")
        holder = place.held_by if place.state == "held" else place.state
        yield (place.id, "held_by"), holder or "unknown", held.since, held.claims
        yield (place.id, "besieged"), _likeliest(place.besieged), siege.since, siege.claims
    for state, road in zip(situation.roads, opinions.crisis.geography.roads, strict=True):
        yield (road.id, "passable"), _likeliest(state.passable), road_since(opinions, road), state.claims
    for crossing in situation.crossings:
        policy = opinions(crossing.id, "policy")
        yield (crossing.id, "policy"), crossing.policy.likeliest, policy.since, policy.claims


def _likeliest(odds: YesNo) -> str:
    return max(("unknown", "no", "yes"), key=lambda answer: getattr(odds, answer))
