"""The Situation: who holds what, which roads are cut, who is besieged, as known on a day (`tidings/situation@1`)."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from tidings.core.later import Lazy
from tidings.core.schema import Range, Schema

ControlState = Literal["held", "contested", "divided", "unknown"]
Policy = Literal["open", "restricted", "closed", "unknown"]


class YesNo(Schema):
    """Probabilities of an answer; they sum to one."""

    yes: float = 0.0
    no: float = 0.0
    unknown: float = 1.0


class PolicyOdds(Schema):
    """Probabilities of a crossing's policy; they sum to one."""

    open: float = 0.0
    restricted: float = 0.0
    closed: float = 0.0
    unknown: float = 1.0

    @property
    def likeliest(self) -> Policy:
        """The policy with the highest probability."""
        odds: dict[Policy, float] = {
            "open": self.open, "restricted": self.restricted, "closed": self.closed, "unknown": self.unknown
        }  # fmt: skip
        return max(odds, key=lambda policy: odds[policy])


class SourcedRange(Range):
    """A quantity of people and where it comes from."""

    source: str | None = None


class PlaceState(Schema):
    """What is known of one place."""

    id: str
    name: str
    lat: float | None = None
    lon: float | None = None
    state: ControlState = "unknown"
    held_by: str | None = None
    control: dict[str, float] = Field(default_factory=dict)
    """Probability by party id; with `unknown` it sums to one."""
    inferred: dict[str, str] = Field(default_factory=dict)
    """By party id, of those that nobody told to hold it: from what it follows that they may."""
    unknown: float = 1.0
    contested: float = 0.0
    """Probability that it is fought over: that not all who lately told of a clash there are wrong."""
    besieged: YesNo = YesNo()
    """What claims say of a siege."""
    encircled: YesNo = YesNo()
    """What the roads say, without a word of a siege: whether all ways out are shut, over sampled worlds."""
    population: SourcedRange = SourcedRange()
    since: dt.date | None = None
    claims: tuple[str, ...] = ()
    held_by_telling: str | None = None
    """The sentence (report and offset) or the claim that told last who holds it: what it tells of several places is
    right of all of them or of none."""
    besieged_telling: str | None = None
    """The same for a siege."""
    violence: float = 0.0
    """Violent events at the place a day, if all that is told is so: a sum over events, each decaying with its age."""
    violence_from: dict[str, float] = Field(default_factory=dict)
    """The same by the place that is struck, for what strikes one place is felt around it. Empty: it is for certain."""
    violence_p: float = 0.0
    """Probability that what is told of violence at the place itself is so; 0 where nothing is told of it."""
    violence_telling: str | None = None
    """As `held_by_telling`, of violence at the place itself."""
    violence_claims: tuple[str, ...] = ()
    violence_told: tuple[str, ...] = ()
    """Those of `violence_claims` that tell of the place itself, and not of one near it."""
    is_violence_lasting: bool = False
    """Whether the violence stays as it is on the days to come, as a scenario has set it; else members differ in it."""


class RoadState(Schema):
    """What is known of one road; `passable` is for a civilian vehicle over its whole length."""

    id: str
    from_: str = Field(alias="from")
    to: str
    length_km: float
    assumed: bool = False
    passable: YesNo = YesNo()
    why: str | None = None
    told: YesNo = YesNo()
    """What claims about the road itself say; `passable` also weighs who holds its ends."""
    claims: tuple[str, ...] = ()


class CrossingState(Schema):
    """What is known of one border crossing."""

    id: str
    name: str
    sides: tuple[str, str]
    policy: PolicyOdds = PolicyOdds()
    per_day: float | None = None
    """Persons a day that it lets through when open, as crossings.csv gives it, else as the newest reports tell it."""
    per_day_claims: tuple[str, ...] = ()
    """The claims that tell it, where crossings.csv does not."""
    terms: tuple[str, ...] = ()
    """For whom it is open or closed, in the words of the newest reports that tell it."""
    claims: tuple[str, ...] = ()


class Access(Schema):
    """Which hubs and crossings a place can be reached from by passable road."""

    place: str
    reachable_from: tuple[str, ...] = ()
    cut_off: YesNo = YesNo()
    """From all of them."""
    cut_off_from: dict[str, YesNo] = Field(default_factory=dict)
    """From each of them, by its id."""
    people: Range = Range()


class SituationPosition(Schema):
    """One answer to a question, who gives it, and in which claims."""

    value: str
    speakers: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class Disagreement(Schema):
    """One question on which sources give different answers."""

    subject: str
    predicate: str
    positions: tuple[SituationPosition, ...]


class Unknown(Schema):
    """A question that nobody answered, or none well enough."""

    subject: str
    predicate: str
    why: str
    claims: tuple[str, ...] = ()
    """Those that tell of it all the same, too weakly, too long ago or of later days; empty where nobody told."""
    told: dt.date | None = None
    """The last day by then of which it was told."""
    answer: str | None = None
    """The likeliest of what was told, with its probability `p`; null where nothing is left of it."""
    p: float | None = None


class SituationWarning(Schema):
    """What was told and moves nothing in the situation, and what to do about it."""

    code: Literal["road_not_in_table", "crossing_not_in_table", "place_not_in_table"]
    message: str
    claims: tuple[str, ...] = ()


class Change(Schema):
    """A state that is not what it was."""

    subject: str
    predicate: str
    hub: str | None = None
    """With the predicate `cut_off`: the place from which the subject is cut off, or reached again."""
    before: str | None = None
    after: str | None = None
    day: dt.date
    """The day of the news that changed it; where none did, the day that was asked about."""
    why: str | None = None
    claims: tuple[str, ...] = ()
    """The claims that made the change; where none did, those that the state rests on."""


class Situation(Lazy):
    """The state of a crisis on a day, as known on a day (`tidings/situation@1`)."""

    schema_: Literal["tidings/situation@1"] = Field(default="tidings/situation@1", alias="schema")
    on: dt.date
    as_of: dt.date
    places: tuple[PlaceState, ...] = ()
    roads: tuple[RoadState, ...] = ()
    crossings: tuple[CrossingState, ...] = ()
    access: tuple[Access, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    changes: tuple[Change, ...] = ()
    warnings: tuple[SituationWarning, ...] = ()
    facing: tuple[tuple[str, str], ...] = ()
    """Pairs of sides that somebody told to fight each other: a front line crosses a road between their areas."""
    facing_untold: tuple[tuple[str, str], ...] = ()
    """Pairs of armed sides, no allies, of whom nobody told that they fight: whether a road between their areas is
    passable is unknown."""
    violence_memory_days: float | None = None
    """E-folding time with which violence ages after the day it was told of, up to `on`; null: it does not, and stays as
    it is on the days to come too."""
