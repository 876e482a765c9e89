"""The fitted parameters of the forecasting methods: what they mean, where they come from, and the file they lie in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, ValidationError, model_validator

from tidings.core.errors import InputError, Problem
from tidings.core.files import read_bytes
from tidings.core.packaged import packaged_yaml
from tidings.core.schema import Schema
from tidings.forecast.known import ConflictKnown, recognised


class TrendParameters(Schema):
    """The spread of a trend carried on (`trend`). Shares are of the last report after 30 days, at the 80 % interval."""

    lag_power: float = Field(ge=0, le=1)
    """How the spread grows with the days since the last report: 0.5 as a random walk, 1 in proportion."""
    size_up: float = Field(ge=0)
    size_down: float = Field(ge=0)
    growth_up: float = Field(ge=0)
    """Spread in units of the growth that is added."""
    growth_down: float = Field(ge=0)
    tail_up: float = Field(ge=0)
    """1: the tail of a normal distribution; more is heavier."""
    tail_down: float = Field(ge=0)
    after_shift: float
    """Log factor right after a fall or a jump, dying out with 60 days."""
    with_age: float
    """Power of the days that a place is known for, over 180."""


class StateSpaceParameters(Schema):
    """The noises of a local trend on the square-root scale (`state_space`), the most ever reported taken as 1."""

    damping_days: float = Field(gt=0)
    level_noise: float = Field(gt=0)
    """Variance of the level a day."""
    slope_noise: float = Field(gt=0)
    """Variance of the slope a day."""
    report_noise: float = Field(gt=0)
    """Variance of a report."""
    surprise_weight: float = Field(gt=0)
    """Reports that the prior of a place's own noise counts for."""
    clip: float = Field(gt=0)
    """Standard deviations from which a report moves the slope less."""
    tail: float = Field(ge=0)
    memory_months: float = Field(gt=0)
    own_power: float = Field(ge=0, le=1)
    """How far a place's own noise counts: 0 not at all, 1 in full."""


class NewcomerParameters(Schema):
    """Counts at places where nobody was counted yet (`newcomers`)."""

    of_population: float = Field(ge=0, le=1)
    """Share of the people of zones with conflict that counts as if it had fled already."""
    parts: tuple[Annotated[float, Field(ge=0)], ...] = Field(min_length=9, max_length=9)
    """The nine quantiles of counts, in equal parts of the people counted and to come."""

    @model_validator(mode="after")
    def _rise(self) -> NewcomerParameters:
        if list(self.parts) != sorted(self.parts):
            raise ValueError(f"parts {self.parts} do not rise: give nine quantiles in order")
        return self


class Provenance(Schema):
    """Where fitted values come from."""

    conflicts: tuple[str, ...]
    command: str
    score: float
    """Mean log ratio of WIS to `last_report` on these conflicts: what was made least."""
    kept: tuple[str, ...] = ()
    """Parts of which these conflicts tell nothing: their values are those that come with the package."""


class Fitted(Schema):
    """One set of parameters and its provenance."""

    left_out: str | None
    """The conflict that this set knows nothing of; None: of all, for use."""
    trend: TrendParameters
    state_space: StateSpaceParameters
    newcomers: NewcomerParameters
    provenance: Provenance


class FittedSets(Schema):
    """All sets of parameters."""

    sets: tuple[Fitted, ...]
    conflicts: tuple[ConflictKnown, ...] = ()
    """All that were at hand, by what they are known: a folder may be called anything."""

    @model_validator(mode="after")
    def _one_knows_all(self) -> FittedSets:
        names = [fitted.left_out for fitted in self.sets]
        if names.count(None) != 1 or len(set(names)) != len(names):
            raise ValueError("it takes one set with left_out null, and at most one for each conflict left out")
        return self

    def without(self, conflict: str | None) -> Fitted:
        """Return the set that was fitted without a conflict; the one of all where the conflict was never in any."""
        by_name = {fitted.left_out: fitted for fitted in self.sets}
        return by_name.get(conflict, by_name[None])

    def name_of(self, marks: frozenset[str]) -> str | None:
        """Return the name under which a conflict with these marks was at hand; None where it was not."""
        return recognised(self.conflicts, marks)


@cache
def packaged_parameters() -> FittedSets:
    """Read the parameters that come with the package."""
    return FittedSets.model_validate(packaged_yaml("tidings.forecast", "fitted.yaml"))


def read_parameters(path: Path) -> FittedSets:
    """Read a file that `tidings calibrate -o` wrote.

    Raises
    ------
    InputError
        If there is no such file, it is no YAML, or a value is missing, unknown or out of range: all at once.
    """
    fix = "Write the file with 'tidings calibrate DIR -o FILE'."
    try:
        return FittedSets.model_validate(yaml.safe_load(read_bytes(path)))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise InputError(where=str(path), met="it is no file of parameters in YAML", fix=fix) from None
    except ValidationError as error:
        found = [(".".join(map(str, one["loc"])) or "sets", one["msg"]) for one in error.errors()]
        raise InputError(problems=[Problem(f"{path}: {where}", met, fix) for where, met in found]) from None


def render_parameters(sets: FittedSets) -> str:
    """Return the text of a file of parameters."""
    return yaml.safe_dump(sets.model_dump(mode="json"), sort_keys=False)
