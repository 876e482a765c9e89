"""The crisis as one immutable value: settings, geography, parties and bulletins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from tidings.core.schema import Schema
from tidings.geography.graph import Geography

PartyKind = Literal[
    "government", "state_military", "armed_group", "militia", "coalition", "person", "international_organisation",
    "humanitarian", "monitor", "media", "civilians",
]  # fmt: skip


class Source(Schema):
    """A source of reports, as crisis.yaml grades it (Admiralty: reliability A–F, credibility 1–6)."""

    kind: str | None = None
    grade: str | None = Field(default=None, pattern="^[A-F]([1-6])?$")
    interest: str | None = None
    """The party whose success it has an interest in."""


class Settings(Schema):
    """What holds for the crisis as a whole."""

    title: str
    """As it stands on the brief."""
    countries: tuple[str, ...] = Field(min_length=1)
    """ISO 3166-1 alpha-3."""
    start: dt.date | None = None
    """First day of the crisis."""
    sources: dict[str, Source] = Field(default_factory=dict)
    """By name of publisher or speaker: kind, grade (Admiralty, A–F and 1–6), interest (a party)."""
    rules: dict[str, Any] = Field(default_factory=dict)
    """Rules of the flow; this version has none that can be named: what stands here is not used, and `check` says so."""
    parameters: dict[str, float] = Field(default_factory=dict)
    """Overrides of flow parameters by name (docs/model.md)."""
    scenarios: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """By name, what is different: places (held_by, besieged, violence), roads (open, cut), crossings (open, restricted,
    closed), parameters."""
    notes: str | None = None
    """For people."""


class Party(Schema):
    """One row of parties.csv."""

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    other_names: tuple[str, ...] = ()
    kind: PartyKind = "armed_group"
    parent: str | None = None
    """The side that it belongs to, by party id."""
    interest: str | None = None
    note: str | None = None
    """For people. A row that a report added says so here; it reads no other report until a person has changed this."""


class Bulletin(Schema):
    """One row of bulletins.csv: a number of people at a place, published by somebody."""

    place: str
    day: dt.date
    """The day counted, not the day of publication."""
    measure: Literal["stock", "flow"]
    """stock: people there on the day; flow: people who came in the period that ends then."""
    people: float | None = Field(default=None, ge=0)
    """Best value, in `unit`."""
    low: float | None = Field(default=None, ge=0)
    high: float | None = Field(default=None, ge=0)
    unit: Literal["person", "household"] = "person"
    household_size: float | None = Field(default=None, gt=0)
    """Persons a household; needed where the unit is household."""
    source: str | None = None
    published: dt.date | None = None
    """Day on which it became public; the day itself where empty."""
    note: str | None = None


@dataclass(frozen=True)
class Crisis:
    """All that the folder says, without the ledger."""

    folder: Path
    settings: Settings
    geography: Geography = field(default_factory=Geography)
    parties: tuple[Party, ...] = ()
    bulletins: tuple[Bulletin, ...] = ()
