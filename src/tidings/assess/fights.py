"""Which sides are told to fight each other: only between those is a line a front line (ROAD-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from tidings.assess.evidence import day_of
from tidings.assess.sides import Sides
from tidings.evidence.claim import Claim, State
from tidings.evidence.reading import Event, RelationRecord
from tidings.evidence.vocabulary import BELIEVABLE

ENEMIES = frozenset({"fights", "hostile_to"})
"""Relations by which two sides fight each other."""
ATTACKS = frozenset(
    {
        "clash", "air_strike", "shelling", "bombing", "suicide_bombing", "explosive_device", "grenade",
        "chemical_attack", "capture", "advance", "siege",
    }
)  # fmt: skip
"""Events by which who acts fights whom it is done to, and whoever was told to hold the place."""
HOLDS = frozenset({"capture", "hold", "territory_transferred"})
"""Events after which the actor's side holds the place."""

Pair = frozenset[str]
Holders = Mapping[str, Sequence[tuple[dt.date, str]]]
"""By place: the sides that were told to hold it, in the order of days."""


def with_fights(sides: Sides, claims: Iterable[Claim]) -> Sides:
    """Return sides with the pairs that claims tell to fight each other.

    Two sides fight where it is told (relations; an attack of one on the other, or a clash of both), where one attacks
    or takes a place that the other was last told to hold, or relieves one that it besieges. Who is a friend of one of
    them stands with it. What is feared, planned or denied tells of no fight.
    """
    believed = [claim for claim in claims if claim.certainty in BELIEVABLE]
    holders = _holders(believed, sides)
    told = {pair for claim in believed for pair in _fights_told(claim, sides, holders)}
    told |= set(_relieved(believed, sides))
    direct = {pair for pair in told if len(pair) == 2}
    return replace(sides, fighting=frozenset(direct | set(_of_friends(direct, sides))))


def _fights_told(claim: Claim, sides: Sides, holders: Holders) -> Iterator[Pair]:
    content = claim.content
    if isinstance(content, RelationRecord) and content.relation in ENEMIES:
        yield frozenset((sides.side(content.subject), sides.side(content.object)))
    if not isinstance(content, Event) or content.type not in ATTACKS:
        return
    actors, targets = ([sides.side(party) for party in told] for told in (content.actors, content.targets))
    yield from map(frozenset, product(actors, targets))
    if content.type == "clash":
        yield from map(frozenset, combinations(actors, 2))
    else:
        day = day_of(claim) + dt.timedelta(days=content.type != "capture")
        held = (_last_holder(holders.get(place, ()), day) for place in content.places)
        yield from map(frozenset, product(actors, (holder for holder in held if holder)))


def _holders(claims: Iterable[Claim], sides: Sides) -> Holders:
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for claim in claims:
        for place, party in _holding(claim):
            found[place].append((day_of(claim), sides.side(party)))
    return {place: sorted(told) for place, told in found.items()}


def _holding(claim: Claim) -> Iterator[tuple[str, str]]:
    content = claim.content
    if isinstance(content, RelationRecord) and content.relation == "controls":
        yield content.object, content.subject
    elif isinstance(content, State) and content.predicate == "held_by":
        yield content.subject, content.value
    elif isinstance(content, Event) and content.type in HOLDS:
        yield from product(content.places, content.actors[:1])


def _last_holder(told: Sequence[tuple[dt.date, str]], day: dt.date) -> str | None:
    """Return who was told last to hold a place before a day: on that of a capture it may be who has just taken it."""
    end = bisect_right(told, (day, ""))
    return told[end - 1][1] if end else None


def _relieved(claims: Iterable[Claim], sides: Sides) -> Iterator[Pair]:
    """Yield who besieged a place with who relieved it."""
    acting: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type in ("siege", "siege_lifted"):
            for place, actor in product(claim.content.places, claim.content.actors):
                acting[place, claim.content.type].add(sides.side(actor))
    for (place, type_), besiegers in acting.items():
        if type_ == "siege":
            yield from map(frozenset, product(besiegers, acting.get((place, "siege_lifted"), ())))


def _of_friends(fighting: Iterable[Pair], sides: Sides) -> Iterator[Pair]:
    """Yield the friends of who fights with whom they fight: one step, for a friend's friend may stand aside."""
    friends: dict[str, set[str]] = defaultdict(set)
    for a, b in map(sorted, sides.allied):
        friends[a].add(b)
        friends[b].add(a)
    for a, b in map(sorted, fighting):
        yield from (frozenset((friend, b)) for friend in friends[a] if friend != b)
        yield from (frozenset((friend, a)) for friend in friends[b] if friend != a)
