"""Which sides are told to fight each other: only between those is a line a front line (ROAD-1 in docs/assess.md)."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

from tidings.assess.evidence import day_of
from tidings.assess.sides import Fight, Sides
from tidings.evidence.claim import Claim, State, TextSpan
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
"""Events by which who acts fights whom it is done to, or whoever was told to hold the place."""
HOLDS = frozenset({"capture", "hold", "territory_transferred"})
"""Events after which the actor's side holds the place."""

LEAVING = frozenset({"retreat", "loss"})
BESIDE = 300
"""Characters between a capture and a withdrawal of which it is not told whence: two or three sentences."""

Pair = frozenset[str]
Told = tuple[Pair, dt.date, str]
"""Two sides, the day of which it is told that they fight, and the claim."""
Holders = Mapping[str, Sequence[tuple[dt.date, str]]]
"""By place: the sides that were told to hold it, in the order of days."""


def with_fights(sides: Sides, claims: Iterable[Claim]) -> Sides:
    """Return sides with the pairs that claims tell to fight each other, each from the first day told.

    Two sides fight where it is told (relations; an attack of one on the other, or a clash of both), where one takes a
    place that the other was last told to hold, or attacks it and no other target is named, or relieves one that it
    besieges, or withdraws as the other takes the place. Who is a friend of one of them stands with it. What is feared,
    planned or denied tells of no fight.
    """
    believed = [claim for claim in claims if claim.certainty in BELIEVABLE]
    holders = _holders(believed, sides)
    told = [(pair, day_of(claim), claim.id) for claim in believed for pair in _fights_told(claim, sides, holders)]
    found = (*told, *_relieved(believed, sides), *_driven_out(believed, sides))
    direct = _first([each for each in found if len(each[0]) == 2])
    return replace(sides, fights=_first([*_each_told(direct), *_of_friends(direct, sides)]))


def _first(told: Iterable[Told]) -> dict[Pair, Fight]:
    """Return for each pair the first day on which it is told to fight, and the claims that tell of that day."""
    days: dict[Pair, dt.date] = {}
    claims: dict[tuple[Pair, dt.date], dict[str, None]] = defaultdict(dict)
    for pair, day, claim in told:
        days[pair] = min(day, days.get(pair, day))
        claims[pair, day][claim] = None
    return {pair: Fight(day, tuple(claims[pair, day])) for pair, day in days.items()}


def _each_told(fights: Mapping[Pair, Fight]) -> Iterator[Told]:
    return ((pair, fight.day, claim) for pair, fight in fights.items() for claim in fight.claims)


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
    elif _strikes_holder(content, targets, sides):
        day = day_of(claim) + dt.timedelta(days=content.type != "capture")
        held = (holder for place in content.places for holder in _last_holders(holders.get(place, ()), day))
        yield from map(frozenset, product(actors, held))


def _strikes_holder(event: Event, targets: Iterable[str], sides: Sides) -> bool:
    """Whether an attack is on who holds the place: it is taken, or nobody who bears arms is named as the target.

    Who advances may come to help.
    """
    is_on_others = any(target not in sides.unarmed for target in targets)
    return event.type == "capture" or not (is_on_others or event.type == "advance")


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


def _last_holders(told: Sequence[tuple[dt.date, str]], day: dt.date) -> tuple[str, ...]:
    """Return who was told last to hold a place before a day, all of them if several were told of one day.

    On the day of a capture it may be who has just taken it.
    """
    end = bisect_right(told, (day, ""))
    last = told[end - 1][0] if end else None
    return tuple(dict.fromkeys(side for told_of, side in told[:end] if told_of == last))


def _relieved(claims: Iterable[Claim], sides: Sides) -> Iterator[Told]:
    """Yield who besieged a place with who relieved it, from the first day by which both are told."""
    acting: dict[tuple[str, str], dict[str, tuple[dt.date, str]]] = defaultdict(dict)
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type in ("siege", "siege_lifted"):
            for place, actor in product(claim.content.places, claim.content.actors):
                of_place, side = acting[place, claim.content.type], sides.side(actor)
                of_place[side] = min((day_of(claim), claim.id), of_place.get(side, (dt.date.max, "")))
    for (place, type_), besiegers in acting.items():
        for (a, laid), (b, lifted) in product(besiegers.items(), acting.get((place, "siege_lifted"), {}).items()):
            if type_ == "siege":
                yield frozenset((a, b)), *max(laid, lifted)


def _driven_out(claims: Iterable[Claim], sides: Sides) -> Iterator[Told]:
    """Yield who takes a place with who withdraws from there, or right beside it not told whence, in the same report."""
    found: dict[tuple[str, bool], list[tuple[int, Claim, Event]]] = defaultdict(list)
    for claim in claims:
        event, source = claim.content, claim.source
        if isinstance(event, Event) and isinstance(source, TextSpan) and event.type in ("capture", *LEAVING):
            found[source.report, event.type in LEAVING].append((source.start, claim, event))
    for (report, is_leaving), captures in found.items():
        for (at, claim, capture), (near, other, retreat) in product(captures, found.get((report, True), ())):
            is_there = not {*retreat.places}.isdisjoint(capture.places)
            if is_leaving or not (is_there or (capture.places and not retreat.places and abs(near - at) <= BESIDE)):
                continue
            pairs = map(frozenset, product(map(sides.side, capture.actors), map(sides.side, retreat.actors)))
            day = max(day_of(claim), day_of(other))
            yield from ((pair, day, claim.id) for pair in pairs if not sides.unarmed.intersection(pair))


def _of_friends(fights: Mapping[Pair, Fight], sides: Sides) -> Iterator[Told]:
    """Yield the friends of who fights with whom they fight: one step, for a friend's friend may stand aside."""
    friends: dict[str, set[str]] = defaultdict(set)
    for a, b in map(sorted, sides.allied):
        friends[a].add(b)
        friends[b].add(a)
    for pair, day, claim in _each_told(fights):
        a, b = sorted(pair)
        yield from ((frozenset((friend, b)), day, claim) for friend in friends[a] if friend != b)
        yield from ((frozenset((friend, a)), day, claim) for friend in friends[b] if friend != a)
