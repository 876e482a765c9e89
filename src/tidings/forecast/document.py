"""The forecast as a document (`tidings/forecast@1`)."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from tidings.core.schema import Schema

QUANTILES = (0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975)
Quantity = Literal["present", "arrivals", "departures", "waiting", "trapped", "displaced_from"]
"""Of a crossing, `arrivals` are the people who come out on its side b; of a place, those who come there to stay."""
LocationKind = Literal["place", "crossing", "area"]


InputKind = Literal[
    "road", "crossing", "siege", "holder", "residents", "violence", "violence_ahead", "parameter",
    "report", "source", "growth",
]  # fmt: skip


class Target(Schema):
    """The distribution of one quantity of persons at one location on one day."""

    scenario: str
    location: str
    location_kind: LocationKind
    quantity: Quantity
    period_days: int
    """0: a stock on the day; else the days up to and including `day` over which a flow is summed."""
    day: dt.date
    mean: float
    quantiles: dict[str, float]
    """Keyed by level: "0.025", "0.05", "0.1", "0.25", "0.5", "0.75", "0.9", "0.95", "0.975"."""


class Difference(Schema):
    """One scenario less another, member by member."""

    scenario: str
    against: str
    location: str
    location_kind: LocationKind
    quantity: Quantity
    period_days: int
    day: dt.date
    mean: float
    quantiles: dict[str, float]


class Sensitivity(Schema):
    """How much an uncertain input, held at its ends, moves the answer that was asked about."""

    input: str
    kind: InputKind
    subject: str | None = None
    """The id of the place, road or crossing, or the name of the parameter, that the input is of."""
    low: float
    high: float
    """Of a question of yes and no 0 and 1; else in the input's own unit."""
    ends: tuple[str, str] = ("", "")
    """What the input is at its low and at its high, in words; of who holds a place, the parties' ids."""
    effect_low: float
    """People more on the mean, on the last day, with the input at its low; fewer where negative."""
    effect_high: float
    claims: tuple[str, ...] = ()
    source: str | None = None
    """Of a count or a source: who tells it; null where nobody is named."""
    day: dt.date | None = None
    """Of a count or a source: the last day counted."""


class ForecastWarning(Schema):
    """What a reader of the forecast must know."""

    code: str
    message: str


class MadeFrom(Schema):
    """What the forecast was made from."""

    claims: tuple[str, ...] = ()
    bulletins: tuple[str, ...] = ()
    parameters: dict[str, float] = Field(default_factory=dict)
    """By name; the default where each member drew its own."""
    parameter_ranges: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """By name, low and high: the range from which each member drew its own value."""
    rules: tuple[str, ...] = ()
    """How people behave, as far as crisis.yaml names rules; the others are our own."""
    assumptions: dict[str, float | str] = Field(default_factory=dict)
    """By name, what was taken where nobody said anything."""
    code: str = ""


class CountTold(Schema):
    """What one of several sources that are apart told last of a place."""

    source: str | None = None
    """Null where nobody is named."""
    day: dt.date
    people: float
    chance: float
    """That it is right, as the forecast takes it; of all those of a place they add up to 1."""
    claims: tuple[str, ...] = ()


class LastReport(Schema):
    """The last stock that was told of a place, as the forecast uses it.

    Of several numbers of the day it is their mean; where sources are apart, the last on the level of the likeliest.
    """

    location: str
    day: dt.date
    people: float
    """Persons; of a bare range its middle."""
    low: float | None = None
    high: float | None = None
    """Where one number of one source is used."""
    source: str | None = None
    """Who tells it, all of them where several do; null where nobody is named."""
    claims: tuple[str, ...] = ()
    on_eve: float | None = None
    """People from elsewhere who are expected to be there before the first day, from which `arrivals` and `departures`
    count: the median. Null where that rests on the simulation."""
    is_beside_residents: bool = False
    """Whether it counts people from elsewhere alone, at a place whose residents `present` counts too."""
    present_rests_on: Literal["reports", "simulation"]
    """What the people from elsewhere at the place rest on: its reports, as hindcasts tested them, then `arrivals` and
    `departures` are net, as a rise and a fall; or the simulation alone, then they are all who come and leave."""
    apart: tuple[CountTold, ...] = ()
    """Where sources differ by more than noise explains: what each told last, the likeliest first."""


class Forecast(Schema):
    """An ensemble forecast, summed up (`tidings/forecast@1`).

    `from` is the first simulated day: it starts from what was so at the end of the day before.
    """

    schema_: Literal["tidings/forecast@1"] = Field(default="tidings/forecast@1", alias="schema")
    issued: dt.datetime
    as_of: dt.date
    from_: dt.date = Field(alias="from")
    days: int
    members: int
    seed: int
    scenarios: tuple[str, ...] = ("base",)
    validated: bool = False
    targets: tuple[Target, ...] = ()
    last_reports: tuple[LastReport, ...] = ()
    """Of each place that is reported of, in the order of days."""
    differences: tuple[Difference, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    sensitivity_of: str | None = None
    """What `sensitivity` is about: a place, then its arrivals up to the last day, or who is present on it where that
    rests on reports; a crossing, then who waits on it; or `all`, then who is away from home."""
    sensitivity_quantity: Quantity | None = None
    """Which of these it is."""
    sensitivity_mean: float | None = None
    """The mean that the effects are added to: of the members that were simulated again, with nothing held."""
    warnings: tuple[ForecastWarning, ...] = ()
    made_from: MadeFrom = MadeFrom()
