"""Sides: which parties stand together, and which face each other across a front line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tidings.crisis.crisis import Party
from tidings.evidence.claim import Claim
from tidings.evidence.reading import RelationRecord

JOINS = frozenset({"member_of", "part_of"})
ALLIES = frozenset({"ally_of", "supports"})


@dataclass(frozen=True, slots=True)
class Sides:
    """The side of each party (the root of its parents), and the pairs of sides that are allied."""

    parent: dict[str, str]
    allied: frozenset[frozenset[str]]

    @classmethod
    def of(cls, parties: Iterable[Party], claims: Iterable[Claim]) -> Sides:
        """Take parents from parties.csv; where it gives none, from membership that somebody stated.

        Alliances come from claims. A party without a parent is a side of its own.
        """
        parent = {party.id: party.parent for party in parties if party.parent}
        relations = [c.content for c in claims if isinstance(c.content, RelationRecord) and c.certainty == "stated"]
        for relation in sorted(relations, key=lambda r: (r.subject, r.object)):
            if relation.relation in JOINS:
                parent.setdefault(relation.subject, relation.object)
        bare = cls(parent, frozenset())
        allied = {frozenset((bare.side(r.subject), bare.side(r.object))) for r in relations if r.relation in ALLIES}
        return cls(parent, frozenset(pair for pair in allied if len(pair) == 2))

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
        return self.line(party)[-1]

    def face(self, a: str, b: str) -> bool:
        """Whether a line between the areas of two sides is a front line: two sides that are not allied."""
        return a != b and frozenset((a, b)) not in self.allied
