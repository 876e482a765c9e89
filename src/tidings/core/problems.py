"""Problems as a document (`tidings/problems@1`): what a command prints with `--json` when the input is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import Field

from tidings.core.errors import Problem
from tidings.core.schema import Schema


class ProblemRecord(Schema):
    """One thing that is wrong."""

    where: str
    """The file and line, the option, or the key."""
    met: str
    """What was met there."""
    fix: str
    """What to do."""


class Problems(Schema):
    """All that is wrong, at once; empty when nothing is (`tidings/problems@1`)."""

    schema_: Literal["tidings/problems@1"] = Field(default="tidings/problems@1", alias="schema")
    problems: tuple[ProblemRecord, ...]


def problems_document(problems: Iterable[Problem]) -> Problems:
    """Return problems as the document that is printed.

    Examples
    --------
    >>> problems_document([Problem("roads.csv:2", "no such place: 'x'", "Add it.")]).problems[0].where
    'roads.csv:2'
    """
    return Problems(problems=tuple(ProblemRecord(where=p.where, met=p.met, fix=p.fix) for p in problems))
