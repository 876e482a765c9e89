"""The base of everything that is read from or written to JSON, YAML or a spreadsheet."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

NOT_A_NUMBER = "truth_for_number"
"""Type of pydantic's error where true or false stands for a number."""
_NUMERIC = ("int", "float")
_NO_SCHEMAS = frozenset({"metadata", "serialization", "default", "expected", "cls", "config", "custom_error_context"})
"""Keys of a core schema under which no schema of a field's values stands."""


def _with_numbers_only(schema: Any) -> Any:
    """Return a core schema in which what is validated as a number is no truth value."""
    if isinstance(schema, list | tuple):
        return type(schema)(_with_numbers_only(part) for part in schema)
    if not isinstance(schema, dict) or _is_done(schema):
        return schema
    if schema.get("type") in _NUMERIC:
        return core_schema.no_info_before_validator_function(_no_truth, cast(core_schema.CoreSchema, schema))
    return {key: part if key in _NO_SCHEMAS else _with_numbers_only(part) for key, part in schema.items()}


def _is_done(schema: dict[str, Any]) -> bool:
    function = schema.get("function")
    return isinstance(function, dict) and function.get("function") is _no_truth


def _no_truth(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticCustomError(NOT_A_NUMBER, "Input should be a number, not true or false")
    return value


class Schema(BaseModel):
    """Frozen, refuses unknown keys, and its field docstrings feed the JSON Schemas.

    True and false are no numbers: YAML reads yes, no, on and off as them, and 1 would come of it in silence. Text that
    is a number is one: YAML reads 1e-3 as text.

    Examples
    --------
    >>> class Camps(Schema):
    ...     are_sinks: bool = False
    ...     per_day: float = 0.5
    >>> Camps(are_sicks=True)
    Traceback (most recent call last):
        ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for Camps
    are_sicks
      Extra inputs are not permitted ...
    >>> Camps(per_day=True)
    Traceback (most recent call last):
        ...
    pydantic_core._pydantic_core.ValidationError: 1 validation error for Camps
    per_day
      Input should be a number, not true or false ...
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, use_attribute_docstrings=True, allow_inf_nan=False
    )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[BaseModel], handler: GetCoreSchemaHandler) -> Any:
        """Refuse true and false in every field of numbers, however deep in its type."""
        return _with_numbers_only(handler(source))


@cache
def _all_fields(model: type[BaseModel]) -> set[str]:
    """Return the names of all fields: one set for all values, which are frozen."""
    return set(model.model_fields)


Model = TypeVar("Model", bound=Schema)


def unchecked(model: type[Model], **fields: Any) -> Model:
    """Return a value of all its fields as they are, unchecked: for the many that our own code makes, not for input.

    Parameters
    ----------
    fields
        All fields of the model by their names in the code, of the very types that the model holds.

    Examples
    --------
    >>> unchecked(Range, value=1.0, low=None, high=None) == Range(value=1.0)
    True
    """
    made = model.__new__(model)
    object.__setattr__(made, "__dict__", fields)
    object.__setattr__(made, "__pydantic_fields_set__", _all_fields(model))
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


class Range(Schema):
    """A quantity of people: best value, low and high; null is unknown."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
