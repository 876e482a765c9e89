"""Who came to a place, took it or besieges it by all that is told: whom a claim means that names nobody (CONTROL-1)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from tidings.assess.sides import Sides
from tidings.evidence.claim import Claim
from tidings.evidence.reading import Event

Comers = Mapping[str, Sequence[tuple[dt.date, str]]]
"""By place: the days on which sides are told to have come into it."""


def comers(claims: Iterable[Claim], sides: Sides, day_of: Callable[[Claim], dt.date]) -> Comers:
    """Return who is told to have come into each place, and when."""
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for claim in claims:
        event = claim.content
        if isinstance(event, Event) and event.type == "advance" and event.actors:
            side = sides.side(event.actors[0])
            for place in event.places if side not in sides.unarmed else ():
                found[place].append((day_of(claim), side))
    return found


def only_comer(told: Iterable[tuple[dt.date, str]], day: dt.date, days: int) -> str | None:
    """Return the one side that is told to have come into a place within some days of a day; None where several are.

    Examples
    --------
    >>> told = [(dt.date(2031, 3, 9), "rebels"), (dt.date(2031, 1, 1), "army")]
    >>> only_comer(told, dt.date(2031, 3, 10), 14), only_comer(told, dt.date(2031, 3, 10), 90)
    ('rebels', None)
    """
    near = {side for came, side in told if abs((came - day).days) <= days}
    return near.pop() if len(near) == 1 else None


def besiegers_told(claims: Iterable[Claim], sides: Sides) -> dict[str, frozenset[str]]:
    """Return who is told to besiege each place."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type == "siege":
            for place in claim.content.places:
                found[place].update(sides.side(actor) for actor in claim.content.actors)
    return {place: frozenset(besieging) for place, besieging in found.items()}


def relieved_told(
    claims: Iterable[Claim], sides: Sides, day_of: Callable[[Claim], dt.date]
) -> dict[str, list[tuple[dt.date, str]]]:
    """Return whose siege of each place is told to have been broken, by anybody but himself, and when."""
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type == "siege_lifted":
            speakers = {sides.side(speaker) for speaker in claim.speakers}
            broken = {sides.side(party) for party in claim.content.targets} - speakers
            for place in claim.content.places:
                found[place] += [(day_of(claim), side) for side in sorted(broken)]
    return found


def takers_told(
    claims: Iterable[Claim], sides: Sides, day_of: Callable[[Claim], dt.date]
) -> dict[str, list[tuple[dt.date, str]]]:
    """Return who is told to have taken each place, and when."""
    found: dict[str, list[tuple[dt.date, str]]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim.content, Event) and claim.content.type == "capture":
            for place in claim.content.places:
                found[place] += [(day_of(claim), sides.side(actor)) for actor in claim.content.actors[:1]]
    return found


def last_taker(told: Iterable[tuple[dt.date, str]], day: dt.date) -> str | None:
    """Return who was told last, by a day, to have taken a place; None where several were told of that day."""
    by_then = [each for each in told if each[0] <= day]
    newest = max((told_of for told_of, _ in by_then), default=day)
    last = {side for told_of, side in by_then if told_of == newest}
    return last.pop() if len(last) == 1 else None
