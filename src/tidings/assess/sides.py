"""Sides: which parties stand together, and which face each other across a front line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from tidings.crisis.crisis import Party
from tidings.evidence.claim import Claim
from tidings.evidence.reading import RelationRecord

JOINS = frozenset({"member_of", "part_of"})
ALLIES = frozenset({"ally_of", "supports"})
UNARMED = frozenset({"civilians", "humanitarian", "media", "monitor", "international_organisation", "person"})
"""Kinds of parties that fight nobody."""

NOBODYS = frozenset({"officials", "diplomats"})
"""Names under which reports tell of officials whose side they do not say: without a parent they fight nobody."""


class Fight(NamedTuple):
    """That two sides fight each other."""

    day: dt.date
    """The first of which it is told."""
    claims: tuple[str, ...]
    """Those that tell of that day."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The side of each party (the root of its parents), the pairs that are allied, and who fights nobody."""

    parent: dict[str, str]
    allied: frozenset[frozenset[str]]
    armed: frozenset[str] = frozenset()
    """Sides with an armed party in parties.csv."""
    unarmed: frozenset[str] = frozenset()
    """Sides in parties.csv without one. Of a side that only claims know, nobody knows."""
    fights: Mapping[frozenset[str], Fight] = field(default_factory=dict)
    """Pairs that are told to fight, or of which one is told to fight a friend of the other (`fights.with_fights`)."""
    _found: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """By party: its side, as it was asked for."""

    @classmethod
    def of(cls, parties: Iterable[Party], claims: Iterable[Claim]) -> Sides:
        """Take parents from parties.csv; where it gives none, from membership that somebody stated.

        Alliances come from claims, and from the `interest` that parties.csv gives: who has an interest in a side's
        success faces neither it nor others who have. A party without a parent is a side of its own.
        """
        known = tuple(parties)
        parent = {party.id: party.parent for party in known if party.parent}
        relations = [c.content for c in claims if isinstance(c.content, RelationRecord) and c.certainty == "stated"]
        for relation in sorted(relations, key=lambda r: (r.subject, r.object)):
            if relation.relation in JOINS:
                parent.setdefault(relation.subject, relation.object)
        bare = cls(parent, frozenset())
        pairs = [(r.subject, r.object) for r in relations if r.relation in ALLIES]
        pairs += _of_one_interest(known)
        allied = {frozenset((bare.side(a), bare.side(b))) for a, b in pairs}
        armed = frozenset(bare.side(party.id) for party in known if _may_fight(party))
        unarmed = frozenset(bare.side(party.id) for party in known) - armed
        return cls(parent, frozenset(pair for pair in allied if len(pair) == 2), armed, unarmed)

    def line(self, party: str) -> tuple[str, ...]:
        """Return a party and all above it, up to its side.

        Examples
        --------
        >>> Sides({"army": "government", "brigade": "army"}, frozenset()).line("brigade")
        ('brigade', 'army', 'government')
        """
        line = [party]
        while (above := self.parent.get(line[-1])) is not None and above not in line:
            line.append(above)
        return tuple(line)

    def side(self, party: str) -> str:
        """Return the side of a party: the last one above it."""
        if party not in self._found:
            self._found[party] = self.line(party)[-1]
        return self._found[party]

    def face(self, a: str, b: str) -> bool:
        """Whether two sides may fight each other: both are armed, and they are not allied.

        Examples
        --------
        >>> sides = Sides({}, frozenset(), unarmed=frozenset({"villagers"}))
        >>> sides.face("army", "rebels"), sides.face("army", "villagers")
        (True, False)
        """
        return a != b and frozenset((a, b)) not in self.allied and not {a, b} & self.unarmed

    def fight(self, a: str, b: str, on: dt.date = dt.date.max) -> bool:
        """Whether a line between the areas of two sides is a front line on a day: it was told by then.

        Examples
        --------
        >>> told = Fight(dt.date(2031, 3, 9), ("c1",))
        >>> sides = Sides({}, frozenset(), fights={frozenset(("army", "rebels")): told})
        >>> sides.fight("rebels", "army"), sides.fight("rebels", "guards"), sides.face("rebels", "guards")
        (True, False, True)
        >>> sides.fight("rebels", "army", dt.date(2031, 3, 8))
        False
        """
        fight = self.fights.get(frozenset((a, b)))
        return fight is not None and fight.day <= on and self.face(a, b)


def _may_fight(party: Party) -> bool:
    is_nobodys = party.id in NOBODYS and party.parent is None
    return party.kind not in UNARMED and not is_nobodys


def _of_one_interest(parties: Iterable[Party]) -> list[tuple[str, str]]:
    friends: dict[str, list[str]] = {}
    for party in parties:
        if party.interest:
            friends.setdefault(party.interest, [party.interest]).append(party.id)
    return [pair for group in friends.values() for pair in combinations(group, 2)]
