"""What a command that writes says it has written, as documents."""

from __future__ import annotations

import datetime as dt
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


class EventCount(Schema):
    """How many events of a type began in a year."""

    type: str
    words: str
    """The type in the table's words."""
    year: int
    events: int
    killed: int
    """Sum of the best estimates that are told, in persons."""


class Imported(Schema):
    """What importing a table of events has changed (`tidings/import@1`)."""

    schema_: Literal["tidings/import@1"] = Field(default="tidings/import@1", alias="schema")
    kind: Literal["acled", "ucdp"]
    file: str
    report: str
    is_new: bool
    """False where the same file was imported before: nothing is changed then."""
    published: dt.date
    n_events: int
    """Events in the file."""
    n_claims: int
    """Claims that were not in the ledger before."""
    n_placed: int
    """Events at a place; the others are told of a surrounding, a province or a country."""
    counts: tuple[EventCount, ...]
    places_added: int
    """Rows added to places.csv."""
    parties_added: int
    """Rows added to parties.csv."""
    warnings: tuple[str, ...] = ()


class ImportedRoads(Schema):
    """What importing roads has changed (`tidings/import-roads@1`)."""

    schema_: Literal["tidings/import-roads@1"] = Field(default="tidings/import-roads@1", alias="schema")
    kind: Literal["osm"] = "osm"
    file: str
    sha256: str
    map_day: dt.date | None
    """Day of the map, as the file's header tells; null where it does not."""
    n_roads: int
    """Roads found between places of the crisis."""
    n_kept: int
    """Rows that a person wrote, and that stay."""
    n_removed: int
    """Rows that were there and are no more."""
    is_changed: bool
    far: tuple[str, ...]
    """Names of places with no road within the distance, which are joined to nothing."""
    apart: tuple[str, ...]
    """Names of places at a road that leads to no other place of the crisis."""
