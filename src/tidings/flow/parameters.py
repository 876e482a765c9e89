"""Parameters of the flow model: one YAML file gives names, units, ranges, defaults, sources, checks and docs."""

from __future__ import annotations

import difflib
import math
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.packaged import packaged_yaml
from tidings.core.schema import Schema

BEGIN, END = "<!-- parameters: begin -->", "<!-- parameters: end -->"
"""Marks in docs/model.md between which the table stands."""


class Parameter(Schema):
    """One entry of parameters.yaml."""

    name: str
    means: str
    rule: str
    """The numbered rule of docs/model.md that uses it."""
    unit: str
    default: float
    range: tuple[float, float]
    """Values outside are refused."""
    plausible: tuple[float, float]
    """What an ensemble with uncertain parameters draws from."""
    scale: Literal["log", "linear", "whole"]
    source: str = Field(min_length=1)

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.scale == "whole"


@cache
def parameter_table() -> dict[str, Parameter]:
    """Return every parameter by its name, in the order of the file.

    Examples
    --------
    >>> parameter_table()["speed_foot"].unit
    'km per day'
    """
    entries = packaged_yaml("tidings.flow", "parameters.yaml")
    return {name: Parameter(name=name, **entry) for name, entry in entries.items()}


class Parameters(Mapping[str, float]):
    """A value for every parameter, checked and frozen; made by `load_parameters`.

    Examples
    --------
    >>> load_parameters({"speed_foot": 20})["speed_foot"]
    20.0
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = {name: float(values[name]) for name in parameter_table()}

    def __getitem__(self, name: str) -> float:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))

    def __repr__(self) -> str:
        table = parameter_table()
        changed = (f"{name}={value:g}" for name, value in self.items() if value != table[name].default)
        return f"Parameters({', '.join(changed)})"

    def replaced(self, overrides: Mapping[str, float], where: str = "parameters") -> Parameters:
        """Return the same parameters but for some.

        Raises
        ------
        InputError
            If a name is unknown or a value is out of range; all problems at once.
        """
        raise_all(parameter_problems(overrides, where))
        return Parameters({**self._values, **overrides})


def load_parameters(overrides: Mapping[str, float] | None = None, where: str = "parameters") -> Parameters:
    """Return the defaults of parameters.yaml but for the overrides.

    Parameters
    ----------
    overrides
        New values by name, in the units of docs/model.md.
    where
        Where the overrides stand, for messages; for example "crisis.yaml: parameters".

    Raises
    ------
    InputError
        If a name is unknown or a value is no number or out of range; all problems at once.

    Examples
    --------
    >>> load_parameters({"sped_foot": 30})
    Traceback (most recent call last):
        ...
    tidings.core.errors.InputError: parameters.sped_foot: there is no parameter of this name. Did you mean speed_foot?
    """
    defaults = Parameters({name: entry.default for name, entry in parameter_table().items()})
    return defaults.replaced(overrides or {}, where)


def parameter_problems(overrides: Mapping[str, float], where: str) -> Iterator[Problem]:
    """Yield every problem of values by name: a name that is no parameter, a value that is no number or out of range."""
    for name, value in overrides.items():
        entry = parameter_table().get(name)
        problem = _unknown(name) if entry is None else _unfit(entry, value)
        if problem:
            yield Problem(f"{where}.{name}", *problem)


def _unknown(name: str) -> tuple[str, str]:
    near = difflib.get_close_matches(str(name), parameter_table(), n=3, cutoff=0.8)
    fix = f"Did you mean {' or '.join(near)}?" if near else "The names are listed in docs/model.md."
    return "there is no parameter of this name", fix


def _unfit(entry: Parameter, value: object) -> tuple[str, str] | None:
    low, high = entry.range
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return f"{value!r} is not a number", f"Write a number from {low:g} to {high:g} ({entry.unit})."
    if not low <= value <= high:
        return f"{value:g} is out of range", f"Write a number from {low:g} to {high:g} ({entry.unit})."
    if entry.is_whole and value != int(value):
        return f"{value:g} is not a whole number", f"Write a whole number from {low:g} to {high:g} ({entry.unit})."
    return None


def parameter_schema() -> dict[str, object]:
    """Return the JSON Schema of overrides by name: `parameters` in crisis.yaml.

    Examples
    --------
    >>> parameter_schema()["properties"]["speed_foot"]["maximum"]
    100.0
    """
    properties = {entry.name: _property(entry) for entry in parameter_table().values()}
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _property(entry: Parameter) -> dict[str, object]:
    low, high = entry.range
    least, most = entry.plausible
    told = f"{entry.means} Unit: {entry.unit}. Plausible: {least:g} to {most:g}. Rule {entry.rule}. {entry.source}"
    kind = "integer" if entry.is_whole else "number"
    return {"type": kind, "minimum": low, "maximum": high, "default": entry.default, "description": told}


def render_parameter_table() -> str:
    """Return the Markdown table of all parameters, as it stands in docs/model.md."""
    head = ("name", "what it is", "rule", "unit", "default", "range", "plausible", "source")
    rows = (_row(entry) for entry in parameter_table().values())
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows))


def _row(entry: Parameter) -> tuple[str, ...]:
    (low, high), (least, most) = entry.range, entry.plausible
    return (f"`{entry.name}`", entry.means, entry.rule, entry.unit, f"{entry.default:g}", f"{low:g} – {high:g}",
            f"{least:g} – {most:g}", entry.source)  # fmt: skip


def with_parameter_table(page: str, where: str = "docs/model.md") -> str:
    """Return a page with the current table between its two marks.

    Raises
    ------
    InputError
        If a mark is missing.
    """
    if BEGIN not in page or END not in page:
        raise InputError(where=where, met="the marks of the table are missing", fix=f"Add the lines {BEGIN} and {END}.")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{render_parameter_table()}\n{END}{after}"


def main(path: Path) -> None:
    """Write the current table into a page."""
    path.write_text(with_parameter_table(path.read_text(encoding="utf-8"), str(path)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
