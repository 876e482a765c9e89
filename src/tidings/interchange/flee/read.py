"""Read a Flee folder: everything at once, every oddity told, every problem named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence, Set
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tidings.core.errors import InputError
from tidings.flow.flee_instance import FleeInstance, Location, Registered
from tidings.interchange.flee import closures, conflicts, layout, locations, period, routes
from tidings.interchange.flee.findings import MOST_LINES, Findings, Oddity
from tidings.interchange.flee.home import home_country
from tidings.interchange.flee.period import Period

Part = TypeVar("Part")
Floats = NDArray[np.float64]

OTHER_FILES = {
    "major_routes.csv": "fixed routes are not in the model",
    "flood_level.csv": "floods are not in the model",
    "location_changes.csv": "changes of a place's kind are not in the model",
    "agents.csv": "people with attributes of their own are not in the model",
    "demographics_*.csv": "demographic classes are not in the model",
    "region_attributes_*.csv": "food security is not in the model",
    "IPC.csv": "food security is not in the model",
}
"""Files that Flee reads and we do not."""
READ = frozenset(
    {
        locations.FILE, routes.FILE, closures.FILE, conflicts.FILE, period.FILE, layout.CORRECTIONS, "simsetting.yml",
        "simsetting.yaml",
    }
)  # fmt: skip
ABSENT = {
    layout.FILE: "Name the folder that holds it with --source-data.",
    conflicts.FILE: "Add it: an instance that is driven by floods (flood_level.csv) cannot be run.",
}
"""What to do about a file that is not there."""
_ANY_DAY = dt.date(2000, 1, 1)
"""Stands in for a start that could not be read, so that the rest is checked all the same."""


def read_flee(folder: Path, *, source_data: Path | None = None) -> tuple[FleeInstance, tuple[Oddity, ...]]:
    """Read a Flee instance.

    Parameters
    ----------
    folder
        Holds locations.csv, or a folder input_csv that does.
    source_data
        Holds data_layout.csv. By default a folder of that name beside `folder`, else one in it.

    Returns
    -------
    instance
        What the folder says; counts are persons, registration corrections applied.
    oddities
        What was odd and has been survived, each with its file and line (docs/flee.md).

    Raises
    ------
    InputError
        With every problem of the folder at once, each with file, line and how to mend it.
    EnvironmentError_
        If the machine does not let us read a file.
    """
    folder = _input_folder(folder)
    found = Findings()
    _tell_unread(folder, found)
    data = source_data or _data_folder(folder)
    instance = _instance(folder, data, found)
    return instance, found.checked()


def _input_folder(folder: Path) -> Path:
    if not folder.is_dir():
        met = "this is a file, not a folder" if folder.exists() else "there is no such folder"
        raise InputError(where=str(folder), met=met, fix="Name the folder that holds locations.csv.")
    for candidate in (folder, folder / "input_csv"):
        if (candidate / locations.FILE).is_file():
            return candidate
    raise InputError(where=str(folder), met="it holds no locations.csv", fix="Name the folder that holds it.")


def _data_folder(folder: Path) -> Path:
    beside = folder.resolve().parent / "source_data"
    return beside if (beside / layout.FILE).is_file() else folder / "source_data"


def _instance(folder: Path, data: Path, found: Findings) -> FleeInstance:
    places = locations.read_locations(folder / locations.FILE, found)
    span = _part(folder / period.FILE, lambda path: period.read_period(path, found), found)
    told = found if places else Findings()  # without places all that names one would look wrong
    n_problems = len(found.problems)
    roads = _part(folder / routes.FILE, lambda path: routes.read_routes(path, places, told), found) or ()
    known_roads = roads if len(found.problems) == n_problems else None
    days = span.days if span else None
    closed = closures.read_closures(folder / closures.FILE, places, known_roads, days, told)
    fought = _part(folder / conflicts.FILE, lambda path: conflicts.read_conflicts(path, places, span, told), found)
    fought = np.zeros((0, len(places))) if fought is None else fought
    _tell_home(places, fought, found)
    registered = _registered(folder, data, span, places, found)
    return FleeInstance(
        name=_name(folder),
        start=span.start if span else _ANY_DAY,
        days=days or 0,
        locations=places,
        routes=roads,
        closures=closed,
        conflicts=fought,
        total=next((row for row in registered if row.name == layout.TOTAL), None),
        registered=tuple(row for row in registered if row.name != layout.TOTAL),
        corrections=layout.corrections_told(folder / layout.CORRECTIONS, span.start if span else _ANY_DAY),
    )


def _part(path: Path, read: Callable[[Path], Part], found: Findings) -> Part | None:
    """Read a file that must be there; None, with a problem, where it is not."""
    if path.is_file():
        return read(path)
    found.refuse(str(path), "there is no such file", ABSENT.get(path.name, "A Flee folder needs it: add it."))
    return None


def _registered(
    folder: Path, data: Path, span: Period | None, places: Sequence[Location], found: Findings
) -> tuple[Registered, ...]:
    start = span.start if span else _ANY_DAY
    rows = _part(data / layout.FILE, lambda path: layout.read_registered(path.parent, start, found), found) or ()
    if rows:
        _tell_strays(data, {layout.FILE, *layout.files_named(data)}, f"not named in {layout.FILE}", found)
    if span is None or not rows:
        return rows
    rows = layout.corrected(folder / layout.CORRECTIONS, rows, start, found)
    layout.tell_registered(rows, places, span, found)
    return rows


def _tell_unread(folder: Path, found: Findings) -> None:
    told = {path.name: why for pattern, why in OTHER_FILES.items() for path in folder.glob(pattern)}
    for name, why in sorted(told.items()):
        found.survive(name, f"Flee may read this file, but {why}", "It is not read.")
    _tell_strays(folder, READ | told.keys(), "not a file of a Flee instance", found)


def _tell_strays(folder: Path, read: Set[str], why: str, found: Findings) -> None:
    """Tell in one line which files of a folder are not read."""
    there = {path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")}
    if strays := sorted(there - read):
        more = f" and {len(strays) - MOST_LINES} more" if len(strays) > MOST_LINES else ""
        met = f"{', '.join(strays[:MOST_LINES])}{more}: {why}"
        found.survive(f"{folder.name}/", met, "What stands there is not read.")


def _tell_home(places: Sequence[Location], fought: Floats, found: Findings) -> None:
    at_war = home_country(places, fought)
    if places and places[0].country != at_war:
        met = f"the first place lies in {places[0].country}, and most of the conflict in {at_war}"
        done = f"Rules flee take {places[0].country} as the home country, as Flee does; our own {at_war}."
        found.survive(places[0].where, met, done)
    for number, place in enumerate(places):
        if fought[:, number].any() and not place.people:
            done = "Where people flee from places by population, nobody flees from there."
            found.survive(place.where, f"'{place.name}' has conflict and no population", done)


def _name(folder: Path) -> str:
    resolved = folder.resolve()
    return resolved.parent.name if resolved.name == "input_csv" else resolved.name
