"""What a command that writes says it has written, as documents."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from tidings.core.schema import Schema


class NewFolder(Schema):
    """A crisis folder was made (`tidings/new@1`).

    Examples
    --------
    >>> NewFolder(folder="aleppo", countries=("SYR", "TUR")).model_dump(by_alias=True)["schema"]
    'tidings/new@1'
    """

    schema_: Literal["tidings/new@1"] = Field(default="tidings/new@1", alias="schema")
    folder: str
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-3."""


class WrittenBrief(Schema):
    """A brief was written (`tidings/brief@1`)."""

    schema_: Literal["tidings/brief@1"] = Field(default="tidings/brief@1", alias="schema")
    brief: str
    """Path of the page."""
    bytes: int
    profile: str
    """For whom it is."""


class Written(Schema):
    """A file or folder was written (`tidings/written@1`)."""

    schema_: Literal["tidings/written@1"] = Field(default="tidings/written@1", alias="schema")
    path: str
