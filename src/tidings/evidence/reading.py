"""What was read in one report: the document `tidings/reading@1`."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from tidings.core.schema import Schema
from tidings.crisis.crisis import PartyKind
from tidings.evidence.vocabulary import (
    AttributionKind,
    Certainty,
    EventType,
    Group,
    Measure,
    Quantifier,
    RelationType,
    Status,
    Unit,
)
from tidings.geography.places import PlaceKind

Span = tuple[int, int]


class When(Schema):
    """A span of days told in words: half-open; null is an open end; `span` holds the words' offsets."""

    from_: dt.date | None = Field(default=None, alias="from")
    until: dt.date | None = None
    text: str | None = None
    span: Span | None = None


class ReportRecord(Schema):
    """The report itself."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    language: str | None = None
    characters: int
    furniture: tuple[Span, ...] = ()


class HelixCode(Schema):
    """IDMC's words for a figure."""

    category: str
    term: str


class Figure(Schema):
    """A number of people or households; `start`–`end` are its number words."""

    id: str
    start: int
    end: int
    text: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    quantifier: Quantifier = "exact"
    unit: Unit = "person"
    household_size: float | None = None
    """Persons a household, where the source tells it."""
    group: Group = "unknown"
    status: Status
    measure: Measure
    certainty: Certainty = "stated"
    at: tuple[str, ...] = ()
    """Place ids of this reading."""
    extent: Literal["whole", "part", "around"] = "whole"
    """Whether it is told of all of the place, of a part of it, or of it and what lies around it."""
    origin: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    period: When | None = None
    attribution: str | None = None
    same_as: str | None = None
    helix: HelixCode | None = None


class Condition(Schema):
    """What a conditional event hangs on."""

    span: Span
    event: str | None = None


class Event(Schema):
    """Something that happened or is said to; `start`–`end` are the words that tell it."""

    id: str
    type: EventType
    start: int
    end: int
    text: str
    actors: tuple[str, ...] = ()
    """Party ids of this reading."""
    targets: tuple[str, ...] = ()
    """Party ids (who it is done to)."""
    places: tuple[str, ...] = ()
    """Place ids: what is captured, struck, cut; roads and crossings too."""
    when: When | None = None
    certainty: Certainty = "stated"
    condition: Condition | None = None
    attribution: str | None = None
    same_as: str | None = None


class RelativeTo(Schema):
    """A place told from another one: '25 km from the border'."""

    place: str
    km: float | None = None
    bearing: str | None = None


class PlaceRecord(Schema):
    """A place that the report names.

    `id` is the crisis's own place or crossing id where it has one, else `gn` + the GeoNames id, else
    `unresolved-` + the folded name: the same place has the same id in every report of a crisis.
    """

    id: str
    name: str
    kind: PlaceKind | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    pcode: str | None = None
    p: float = 0.0
    """Confidence in the resolution; 0 is unresolved."""
    relative_to: RelativeTo | None = None
    mentions: tuple[Span, ...] = ()


class PartyRecord(Schema):
    """A party that the report names; `id` is the crisis's own party id where it has one, else a slug of the name."""

    id: str
    name: str
    kind: PartyKind | None = None
    parent: str | None = None
    """The side that it belongs to, by party id: an army's government, an official's body, a group's coalition."""
    mentions: tuple[Span, ...] = ()


class RelationRecord(Schema):
    """A relation between parties, or `controls` between a party and a place id."""

    subject: str
    relation: RelationType
    object: str
    start: int
    end: int
    when: When | None = None
    certainty: Certainty = "stated"
    attribution: str | None = None


class Attribution(Schema):
    """Who is said to have said what: `content` holds the spans of what is said."""

    id: str
    speakers: tuple[str, ...] = ()
    speaker_text: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    content: tuple[Span, ...] = ()
    kind: AttributionKind = "indirect"
    relayed_by: str | None = None


class Position(Schema):
    """One side of a disagreement."""

    attributions: tuple[str, ...] = ()
    says: str


class ReadingDisagreement(Schema):
    """Two speakers, one question, two answers."""

    topic: str
    positions: tuple[Position, ...]


class ReadingWarning(Schema):
    """What the reader skipped or doubts."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


RecordKind = Literal["figure", "event", "place", "party", "relation", "attribution"]


class Fired(Schema):
    """A rule that gave a field of a record, and the words text[start:end] on which it fired."""

    kind: RecordKind
    record: str
    """Id of the record; of the nth relation `r` + n."""
    field: str
    """The field that the rule gave, such as `value`, `actors` or `at`; `name` is how a name was found."""
    rule: str
    """The lexicon's file and entry, or the module and what its rule says; it quotes no words of the report."""
    start: int
    end: int


class Reading(Schema):
    """Everything read in one report (`tidings/reading@1`)."""

    schema_: Literal["tidings/reading@1"] = Field(default="tidings/reading@1", alias="schema")
    report: ReportRecord
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[PlaceRecord, ...] = ()
    parties: tuple[PartyRecord, ...] = ()
    relations: tuple[RelationRecord, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    disagreements: tuple[ReadingDisagreement, ...] = ()
    withheld: tuple[Span, ...] = ()
    """Where names of private persons stand in the text: wherever it is quoted, they are crossed out."""
    warnings: tuple[ReadingWarning, ...] = ()
    explained: tuple[Fired, ...] = ()
    """Which rule fired on which words; empty unless it is asked for (`tidings read --explain`)."""
