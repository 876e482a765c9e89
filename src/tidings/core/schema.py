"""The base of everything that is read from or written to JSON, YAML or a spreadsheet."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """Frozen, refuses unknown keys, and its field docstrings feed the JSON Schemas.

    Examples
    --------
    >>> class Camps(Schema):
    ...     are_sinks: bool = False
    >>> Camps(are_sicks=True)
    Traceback (most recent call last):
        ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for Camps
    are_sicks
      Extra inputs are not permitted ...
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True, allow_inf_nan=False
    )


class Range(Schema):
    """A quantity of people: best value, low and high; null is unknown."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
