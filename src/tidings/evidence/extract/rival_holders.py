"""Two speakers who each give one place to another party: "rebels say they hold it; the army says it took it"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from tidings.evidence.reading import Event, RelationRecord, When

HOLDING = frozenset(["capture", "hold"])
MOST = 40
"""Claims of control compared with one another: a longer list is a chronicle and no quarrel."""


class Holding(NamedTuple):
    """That a party holds a place, as one speaker has it."""

    place: str
    party: str
    record: Event | RelationRecord


def rival_holdings(
    events: Sequence[Event], relations: Sequence[RelationRecord]
) -> Iterator[tuple[Event | RelationRecord, Event | RelationRecord]]:
    """Yield the pairs of claims, each on somebody's word, that give one place to two parties at one time."""
    held = list(_holdings(events, relations))[:MOST]
    seen: set[tuple[str, frozenset[str]]] = set()
    for first, second in combinations(held, 2):
        key = (first.place, frozenset((first.party, second.party)))
        if (
            first.place == second.place
            and first.party != second.party
            and key not in seen
            and _at_one_time(first, second)
        ):
            seen.add(key)
            yield first.record, second.record


def _holdings(events: Sequence[Event], relations: Sequence[RelationRecord]) -> Iterator[Holding]:
    told: list[tuple[int, Holding]] = [
        (r.start, Holding(r.object, r.subject, r))
        for r in relations if r.relation == "controls" and r.certainty == "claimed"
    ] + [
        (e.start, Holding(place, e.actors[0], e))
        for e in events if e.type in HOLDING and e.certainty == "claimed" and len(e.actors) == 1
        for place in e.places
    ]  # fmt: skip
    return (holding for _, holding in sorted(told, key=lambda pair: pair[0]))


def _at_one_time(first: Holding, second: Holding) -> bool:
    """Whether two times are not told apart: a later capture is news and no quarrel."""
    one, two = _days(first.record.when), _days(second.record.when)
    return one is None or two is None or one == two


def _days(when: When | None) -> tuple[object, object] | None:
    return (when.from_, when.until) if when and (when.from_ or when.until) else None
