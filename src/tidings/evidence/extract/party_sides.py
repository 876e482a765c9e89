"""The side that a party belongs to, as the relations of a report tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tidings.evidence.extract.trail import Because, Trail
from tidings.evidence.reading import PartyRecord, RelationRecord

BELONGS = frozenset(["member_of", "part_of", "official_of"])


def with_parents(
    parties: tuple[PartyRecord, ...], relations: Iterable[RelationRecord], trail: Trail | None = None
) -> tuple[PartyRecord, ...]:
    """Return parties with the side that each is said to belong to: an official's body, a group's coalition.

    A parent that is known already stays; none is ever, through others, its own parent.
    """
    parents = {party.id: party.parent for party in parties if party.parent}
    for tie in relations:
        belongs = tie.relation in BELONGS and tie.certainty == "stated" and tie.subject not in parents
        if belongs and tie.subject not in _above(tie.object, parents):
            parents[tie.subject] = tie.object
            if trail is not None:
                rule = f"party_sides: the relation {tie.relation}"
                trail.note(tie.subject, "parent", Because(rule, tie.start, tie.end))
    return tuple(
        party if party.parent == parents.get(party.id) else party.model_copy(update={"parent": parents[party.id]})
        for party in parties
    )


def _above(party: str, parents: Mapping[str, str]) -> list[str]:
    """Return a party and all that it belongs to."""
    found = [party]
    while (parent := parents.get(found[-1])) and parent not in found:
        found.append(parent)
    return found
