"""Write a Flee instance as a folder that Flee reads: input_csv, source_data and, with settings, simsetting.yml."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from tidings.core.errors import Problem, raise_all
from tidings.core.files import write_folder
from tidings.core.ids import slug
from tidings.flow.flee_instance import FleeInstance, Location, Registered, Route
from tidings.flow.flee_settings import FleeSettings
from tidings.interchange.flee import closures, conflicts, layout, locations, period, routes
from tidings.interchange.flee import settings as settings_file
from tidings.interchange.flee.findings import Oddity

INPUT, DATA = "input_csv", "source_data"


def write_flee(instance: FleeInstance, settings: FleeSettings | None, folder: Path) -> tuple[Oddity, ...]:
    """Write an instance into a new or empty folder; reading it again gives the same instance.

    Registration corrections are not written, since the counts are corrected ones, rounded to whole persons.

    Returns
    -------
    tuple of Oddity
        What the files cannot hold as it is.

    Raises
    ------
    InputError
        If the folder holds something already, or a name cannot be written so that Flee reads it.
    EnvironmentError_
        If the disk is full or read-only; nothing is then left of the folder.
    """
    raise_all(_unwritable(instance))
    rows = ((instance.total,) if instance.total else ()) + instance.registered
    named = _file_names(rows)
    files = {
        f"{INPUT}/{period.FILE}": _csv([(period.START, instance.start), (period.LENGTH, instance.days)]),
        f"{INPUT}/{routes.FILE}": _routes(instance),
        f"{INPUT}/{closures.FILE}": _closures(instance),
        f"{INPUT}/{conflicts.FILE}": _conflicts(instance),
        **{f"{DATA}/{named[row.name]}": _counts(row, instance.start) for row in rows},
        f"{DATA}/{layout.FILE}": _csv([("#name", "file"), *((row.name, named[row.name]) for row in rows)]),
        **({settings_file.FILE: settings_file.settings_text(settings)} if settings else {}),
        f"{INPUT}/{locations.FILE}": _locations(instance.locations),  # last: it makes the folder an instance
    }
    write_folder(folder, files)
    return tuple(_not_held(instance, rows))


def _not_held(instance: FleeInstance, rows: Iterable[Registered]) -> Iterator[Oddity]:
    if instance.registered and instance.total is None:
        met = "no row 'total' is written, since the instance has none"
        yield Oddity(layout.FILE, met, "Flee takes the first row as the total, and leaves its arrivals out.")
    fractions = [row.name for row in rows if not np.array_equal(row.people, np.rint(row.people))]
    if fractions:
        met = f"counts of {', '.join(fractions)} are fractions of persons, after corrections or sums"
        yield Oddity(layout.FILE, met, "They are rounded to whole persons, as Flee's files have them.")


def _unwritable(instance: FleeInstance) -> Iterator[Problem]:
    """Yield the names that would be read as something else: comments, other names, two rows."""
    times = Counter(place.name for place in instance.locations)
    for place in instance.locations:
        yield from _bad_name(place.name, place.where)
        if times[place.name] > 1:
            yield Problem(place.where, f"the name '{place.name}' is there twice", "Give each place a name of its own.")
    for row in instance.registered:
        yield from _bad_name(row.name, row.where)
        if row.name == layout.TOTAL:
            yield Problem(
                row.where, "a place is called 'total'", "Call it otherwise: Flee keeps that name for the sum."
            )


def _bad_name(name: str, where: str) -> Iterator[Problem]:
    if not name or name.startswith("#") or name != name.strip() or re.search(r"[\r\n]", name):
        fix = "Use a name without '#' at its start, blanks at its ends, and line breaks."
        yield Problem(where, f"the name '{name}' cannot be written", fix)


def _csv(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _extra(rows: Sequence[Location] | Sequence[Route]) -> tuple[str, ...]:
    """Return the names of all attributes, in the order in which they are met with."""
    attributes: Iterable[Mapping[str, str]] = (row.attributes for row in rows)
    return tuple(dict.fromkeys(name for each in attributes for name in each))


def _locations(places: Sequence[Location]) -> str:
    extra = _extra(places)
    rows = (
        (p.name, p.region, p.country, p.lat, p.lon, p.kind, p.conflict_date, p.people, *map(p.attributes.get, extra))
        for p in places
    )
    return _csv([("#" + locations.COLUMNS[0], *locations.COLUMNS[1:], *extra), *rows])


def _routes(instance: FleeInstance) -> str:
    names, extra = [place.name for place in instance.locations], _extra(instance.routes)
    rows = (
        (names[route.one], names[route.other], route.km, route.forced_redirection, *map(route.attributes.get, extra))
        for route in instance.routes
    )
    return _csv([("#" + routes.COLUMNS[0], *routes.COLUMNS[1:], *extra), *rows])


def _closures(instance: FleeInstance) -> str:
    header = ("#closure_type", "name1", "name2", "closure_start", "closure_end")
    return _csv([header, *((c.kind, c.one, c.other, c.start, c.end) for c in instance.closures)])


def _conflicts(instance: FleeInstance) -> str:
    header = ("#Day", *(place.name for place in instance.locations))
    return _csv([header, *((day, *map(float, row)) for day, row in enumerate(instance.conflicts))])


def _counts(row: Registered, start: dt.date) -> str:
    days = [start + dt.timedelta(days=round(day)) for day in row.days]
    return _csv([("Date", "people"), *zip(days, map(round, row.people), strict=True)])


def _file_names(rows: Iterable[Registered]) -> dict[str, str]:
    """Return a file name of its own for each row."""
    named: dict[str, str] = {}
    for row in rows:
        base = "refugees" if row.name == layout.TOTAL else slug(row.name)[:80] or "place"
        taken = {*named.values(), layout.FILE}
        numbered = (f"{base}{'' if number == 1 else f'-{number}'}.csv" for number in range(1, len(named) + 3))
        named[row.name] = next(name for name in numbered if name not in taken)
    return named
