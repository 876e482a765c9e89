"""The crisis as one immutable value: settings, geography, parties and bulletins."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from tidings.core.schema import Schema
from tidings.geography.graph import Geography
from tidings.geography.places import MOST_PEOPLE

PartyKind = Literal[
    "government", "state_military", "armed_group", "militia", "coalition", "person", "international_organisation",
    "humanitarian", "monitor", "media", "civilians",
]  # fmt: skip


MOST_IN_A_HOUSEHOLD = 1000
"""Persons: a larger size is most often the number of persons itself."""
RULE_NAMED = r"^(.+\.py:)?[A-Za-z_]\w*$"


class Source(Schema):
    """A source of reports, as crisis.yaml grades it (Admiralty: reliability A–F, credibility 1–6)."""

    kind: str | None = None
    grade: str | None = Field(default=None, pattern="^[A-F]([1-6])?$")
    interest: str | None = None
    """The party whose success it has an interest in."""


class RuleChoice(Schema):
    """A rule as crisis.yaml names it: FILE.py:CLASS, or a class of our own; with values of its fields beside it."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int | float | bool | str] = Field(init=False)

    rule: str = Field(pattern=RULE_NAMED)
    """The class: FILE.py:CLASS of a file in the folder, or CLASS of ours."""

    @model_validator(mode="before")
    @classmethod
    def _named_alone(cls, written: Any) -> Any:
        return {"rule": written} if isinstance(written, str) else written

    @property
    def file(self) -> str:
        """The file in the folder that holds the class; none for our own."""
        return self.rule.rpartition(":")[0]

    @property
    def name(self) -> str:
        """The class."""
        return self.rule.rpartition(":")[2]

    @property
    def given(self) -> dict[str, int | float | bool | str]:
        """Values of its fields."""
        return dict(self.__pydantic_extra__)


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
    rules: dict[str, RuleChoice] = Field(default_factory=dict)
    """By decision, the rule that takes it: a class in a Python file of the folder, as in `leave: rules.py:Winter`, or
    with values of its fields, as in `leave: {rule: rules.py:Winter, share: 0.4}` (docs/rules.md)."""
    parameters: dict[str, Annotated[float, Field(allow_inf_nan=True)]] = Field(default_factory=dict)
    """Overrides of flow parameters by name (docs/model.md); the flow model refuses what is no number, with the rest."""
    scenarios: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """By name, what is different: places (held_by, besieged, violence), roads (open, cut), crossings (open, restricted,
    closed), violence (dies_down, persists, escalates), parameters."""
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
    """stock: people there on the day; flow: people who came in the period that ends then. It begins after the row
    before it of the same place and source; of a first row it is the day itself."""
    people: float | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    """Best value, in `unit`."""
    low: float | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    high: float | None = Field(default=None, ge=0, le=MOST_PEOPLE)
    unit: Literal["person", "household"] = "person"
    household_size: float | None = Field(default=None, gt=0, le=MOST_IN_A_HOUSEHOLD)
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
    rule_files: dict[str, str] = field(default_factory=dict)
    """Texts of the Python files that `settings.rules` names, by their name; loading runs nothing of them."""
    bulletin_lines: tuple[int, ...] = field(default=(), compare=False)
    """The line of bulletins.csv on which each of `bulletins` stands; empty where they were not read from a file."""

    def where_of(self, number: int) -> str:
        """Return where one of the bulletins stands: the file, and its line where that is known."""
        return f"bulletins.csv:{self.bulletin_lines[number]}" if self.bulletin_lines else "bulletins.csv"
