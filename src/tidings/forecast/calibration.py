"""What a calibration found, as a document (`tidings/calibration@1`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tidings.core.schema import Schema
from tidings.forecast.document import ForecastWarning
from tidings.forecast.known import ConflictKnown
from tidings.forecast.parameters import Fitted, FittedSets


class ConflictUsed(Schema):
    """A conflict that was handed in."""

    name: str
    points: int
    """Points of the main table: reports that a place's first three foretell."""
    is_used: bool
    """False: too few points to fit on."""
    marks: tuple[str, ...] = ()
    """Of its reports, by which it is known whatever its folder is called."""


class Calibration(Schema):
    """Parameters fitted on several conflicts (`tidings/calibration@1`)."""

    schema_: Literal["tidings/calibration@1"] = Field(default="tidings/calibration@1", alias="schema")
    conflicts: tuple[ConflictUsed, ...]
    sets: tuple[Fitted, ...]
    """One without each conflict where asked for, and one of all of them."""
    file: str | None = None
    """Where the sets were written."""
    warnings: tuple[ForecastWarning, ...] = ()

    def to_keep(self) -> FittedSets:
        """Return what a file of parameters holds: the sets, and by what the conflicts are known."""
        conflicts = tuple(ConflictKnown(name=one.name, marks=one.marks) for one in self.conflicts)
        return FittedSets(sets=self.sets, conflicts=conflicts)
