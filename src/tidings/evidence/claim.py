"""The claim: what one source said. Never changed, only added to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tidings.core.dates import DateSpan
from tidings.core.ids import ClaimId, PartyId, ReportId
from tidings.core.schema import Schema
from tidings.evidence.reading import Event, Figure, RelationRecord
from tidings.evidence.vocabulary import Certainty

StatePredicate = Literal["held_by", "besieged", "passable", "policy", "population"]


class State(Schema):
    """A state told outright, by a table row: who holds a place, whether a road is passable, how many live there."""

    subject: str
    predicate: StatePredicate
    value: str


class Review(Schema):
    """A reviewer's act about a claim; it is a claim too."""

    about: ClaimId
    verdict: Literal["accept", "reject", "correct"]
    correction: str | None = None
    """JSON of the content as the reviewer reads it, with the verdict `correct`."""


Content = Figure | Event | RelationRecord | State | Review


class TextSpan(Schema):
    """Words of a report: exactly text[start:end]."""

    report: ReportId
    start: int
    end: int


class TableRow(Schema):
    """A row of a table that was added."""

    report: ReportId
    row: int


class Reviewer(Schema):
    """A person of the team, by the name that they give."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source said."""

    id: ClaimId
    """Hash of its content."""
    content: Content
    certainty: Certainty
    speakers: tuple[PartyId, ...] = ()
    relayed_by: PartyId | None = None
    source: TextSpan | TableRow | Reviewer
    valid: DateSpan
    known_at: dt.datetime
    extractor: str

    @property
    def kind(self) -> str:
        """figure, event, relation, state or review."""
        return "relation" if isinstance(self.content, RelationRecord) else type(self.content).__name__.lower()

    @property
    def predicate(self) -> str:
        """What the claim is about its subjects: a status, an event type, a relation, a state's predicate."""
        content = self.content
        if isinstance(content, Figure):
            return content.status
        if isinstance(content, Event):
            return content.type
        if isinstance(content, RelationRecord):
            return content.relation
        return content.predicate if isinstance(content, State) else "review"

    @property
    def subjects(self) -> tuple[str, ...]:
        """Ids of the places, roads, crossings and parties that the claim is about, places first."""
        content = self.content
        if isinstance(content, Figure):
            return tuple(dict.fromkeys((*content.at, *content.origin, *content.destination)))
        if isinstance(content, Event):
            return tuple(dict.fromkeys((*content.places, *content.actors, *content.targets)))
        if isinstance(content, RelationRecord):
            return (
                (content.object, content.subject)
                if content.relation == "controls"
                else (content.subject, content.object)
            )
        return (content.subject,) if isinstance(content, State) else (content.about,)
