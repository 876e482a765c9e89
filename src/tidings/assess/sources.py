"""What crisis.yaml and parties.csv say of a source: its grade, and whose success it has an interest in."""

from __future__ import annotations

from dataclasses import dataclass, field

from tidings.assess.sides import Sides
from tidings.core.ids import slug
from tidings.crisis.crisis import Crisis


@dataclass(frozen=True, slots=True)
class SourceBook:
    """Grades and interests by party id and by folded name of a publisher."""

    grades: dict[str, str]
    stakes: dict[str, frozenset[str]]
    sides: Sides
    _told: dict[str, tuple[str | None, frozenset[str]]] = field(default_factory=dict)
    """Grade and interests by source, as they were found: a million claims have few sources."""

    @classmethod
    def of(cls, crisis: Crisis, sides: Sides) -> SourceBook:
        """Match the names under `sources:` with parties by id, name and other names; the rest are publishers."""
        by_name = {slug(name): party.id for party in crisis.parties for name in (party.name, *party.other_names)}
        by_name |= {slug(party.id): party.id for party in crisis.parties}
        entries = {by_name.get(slug(name), slug(name)): source for name, source in crisis.settings.sources.items()}
        stakes = {party.id: frozenset({sides.side(party.interest)}) for party in crisis.parties if party.interest}
        for name, source in entries.items():
            if source.interest:
                stakes[name] = stakes.get(name, frozenset()) | {sides.side(source.interest)}
        return cls({name: source.grade for name, source in entries.items() if source.grade}, stakes, sides)

    def grade(self, source: str) -> str | None:
        """Return the Admiralty grade (letter, perhaps number) of a party, else of one above it, or of a publisher."""
        return self._of(source)[0]

    def interests(self, source: str) -> frozenset[str]:
        """Return the sides whose success a source would tell of anyhow: its own, and those it has an interest in."""
        return self._of(source)[1]

    def _of(self, source: str) -> tuple[str | None, frozenset[str]]:
        if source not in self._told:
            line = self.sides.line(source)
            names = (*line, slug(source))
            grade = next((self.grades[name] for name in names if name in self.grades), None)
            stakes = (self.stakes.get(name, frozenset()) for name in names)
            self._told[source] = grade, frozenset({line[-1]}).union(*stakes)
        return self._told[source]
