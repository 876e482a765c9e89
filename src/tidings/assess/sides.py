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
        known = {party.id for party in parties}
        for relation in relations:
            if relation.relation in JOINS and relation.subject not in known:
                parent.setdefault(relation.subject, relation.object)
        bare = cls(parent, frozenset())
        allied = {frozenset((bare.side(r.subject), bare.side(r.object))) for r in relations if r.relation in ALLIES}
        return cls(parent, frozenset(pair for pair in allied if len(pair) == 2))

    def side(self, party: str) -> str:
        """Return the side of a party: its last ancestor.

        Examples
        --------
        >>> Sides({"army": "government", "brigade": "army"}, frozenset()).side("brigade")
        'government'
        """
        seen = {party}
        while (above := self.parent.get(party)) is not None and above not in seen:
            seen.add(above)
            party = above
        return party

    def face(self, a: str, b: str) -> bool:
        """Whether a line between the areas of two sides is a front line: two sides that are not allied."""
        return a != b and frozenset((a, b)) not in self.allied
