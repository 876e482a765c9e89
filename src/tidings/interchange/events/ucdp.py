"""UCDP's georeferenced events (GED): CSV with or without header, or GeoJSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tidings.core.errors import InputError, Problem
from tidings.interchange.events.rows import (
    ActorTold,
    Cells,
    Deaths,
    EventFile,
    EventRow,
    Foreign,
    PlaceTold,
    Precision,
    Told,
    refuse_other,
)

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best",
    "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""Columns of the table, by which a file without a header is read."""
NEEDED = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "where_coordinates", "latitude", "longitude",
    "country", "date_start", "date_end", "best", "high", "low",
)  # fmt: skip
OLDER = {"best_est": "best", "high_est": "high", "low_est": "low"}
MOST_DAYS = 3660


def read_ucdp(file: EventFile) -> Iterator[Told]:
    """Yield the events of a UCDP file, or what is wrong with each row.

    Raises
    ------
    InputError
        If it is neither the table nor GeoJSON with its columns.
    """
    return _features(file) if file.is_json else _rows(file)


def _rows(file: EventFile) -> Iterator[Told]:
    header: list[str] = []
    for line, record in file.records():
        where = f"{file.path.name}:{line}"
        if not header:
            header, is_named = _header(record, where)
            if is_named:
                continue
        if len(record) != len(header):
            fix = "Put quotation marks around a cell that holds a comma."
            yield (Problem(where, f"the row has {len(record)} cells, not {len(header)}", fix),)
        else:
            yield _event(Cells(where, dict(zip(header, record, strict=True))))


def _header(record: list[str], where: str) -> tuple[list[str], bool]:
    """Return the columns, and whether the first row names them."""
    named = [_column(name) for name in record]
    refuse_other(named, "ucdp", where)
    if "type_of_violence" in named:
        missing = [name for name in NEEDED if name not in named]
        if missing:
            fix = "Give the table as UCDP publishes it, with all its columns."
            raise InputError(where=where, met=f"columns are missing: {', '.join(missing)}", fix=fix)
        return named, True
    if len(record) != len(COLUMNS):
        met = f"there is no header, and {len(record)} cells where a table of UCDP GED has {len(COLUMNS)}"
        raise InputError(where=where, met=met, fix="Give the table as UCDP publishes it, or put its header first.")
    return list(COLUMNS), False


def _column(name: str) -> str:
    name = name.strip().casefold()
    return OLDER.get(name, name)


def _features(file: EventFile) -> Iterator[Told]:
    name = file.path.name
    try:
        with file.opened() as text:
            features = json.load(text)["features"]
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, TypeError, KeyError, RecursionError):
        fix = "Give the table as CSV, or GeoJSON as UCDP publishes it."
        raise InputError(where=name, met="this is no GeoJSON with features", fix=fix) from None
    for number, feature in enumerate(features, start=1):
        where = f"{name}:feature {number}"
        values = _values(feature)
        if values is None:
            yield (Problem(where, "this is no feature with properties", "Take it out, or give its properties."),)
            continue
        if number == 1:
            refuse_other(values, "ucdp", where)
        yield _event(Cells(where, values))


def _values(feature: object) -> dict[str, str] | None:
    """Return the properties of a feature as a row has them, its point as latitude and longitude."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return None
    told = {_column(str(key)): "" if value is None else str(value) for key, value in feature["properties"].items()}
    lon, lat = _point(feature.get("geometry"))
    return {"latitude": lat, "longitude": lon} | told


def _point(geometry: Any) -> tuple[str, str]:
    at = geometry.get("coordinates") if isinstance(geometry, Mapping) else None
    return (str(at[0]), str(at[1])) if isinstance(at, list) and len(at) >= 2 else ("", "")


def _event(cells: Cells) -> Told:
    event, kind = cells.needed("id"), cells.code("type_of_violence", "ucdp_types")
    first, last = _day(cells, "date_start"), _day(cells, "date_end")
    if first and last and not 0 <= (last - first).days <= MOST_DAYS:
        cells.wrong(f"date_end {last} is before date_start {first}, or years after", "Correct the days.")
    side_a, side_b = _side(cells, "side_a"), _side(cells, "side_b")
    place, (deaths, doubt) = _place(cells), _deaths(cells)
    if cells.problems or first is None or last is None:
        return tuple(cells.problems)
    is_mutual = kind["type"] == "clash"
    return EventRow(
        where=cells.where, event=event, type=kind["type"], words=kind["words"], first=first,
        until=last + dt.timedelta(days=1), place=place, actors=(*side_a, *side_b) if is_mutual else side_a,
        targets=() if is_mutual else side_b, deaths=deaths, source=cells.text("source_office"),
        doubt=doubt,
    )  # fmt: skip


def _day(cells: Cells, column: str) -> dt.date | None:
    written = cells.needed(column)
    try:
        return dt.date.fromisoformat(re.split(r"[ T]", written)[0]) if written else None
    except ValueError:
        cells.wrong(f"{column} '{written}' is not a day", "Write it as 2016-02-08.")
        return None


def _side(cells: Cells, column: str) -> tuple[ActorTold, ...]:
    """Return who fights on a side: allies are joined by commas."""
    return tuple(ActorTold(name) for name in dict.fromkeys(re.split(r",\s+", cells.needed(column))) if name)


def _place(cells: Cells) -> PlaceTold:
    precision: Precision = cells.code("where_prec", "ucdp_places") or "country"
    told, country = cells.text("where_coordinates"), cells.needed("country")
    lat, lon = cells.degrees("latitude", 90), cells.degrees("longitude", 180)
    if precision in ("point", "around"):
        if not told:
            cells.wrong("where_coordinates is empty", "Fill in the place, or give a coarser where_prec.")
        if lat is None or lon is None:
            cells.wrong(f"where_prec {cells.text('where_prec')} without coordinates", "Fill in latitude and longitude.")
        return PlaceTold(told, precision, country, lat, lon)
    name = {"admin2": cells.text("adm_2") or told, "admin1": cells.text("adm_1") or told, "area": told}
    return PlaceTold(name.get(precision, "") or country, precision if name.get(precision) else "country", country)


def _deaths(cells: Cells) -> tuple[Deaths | None, str]:
    """Return the estimates, and what is doubtful about them: bounds that cross are widened to hold all three."""
    best, low, high = (cells.count(name) for name in ("best", "low", "high"))
    if best is None or not (best or high):
        return None, ""
    bounds = [each for each in (best, low, high) if each is not None]
    is_crossed = (low is not None and low > best) or (high is not None and high < best)
    doubt = f"best {best} is not between low {low} and high {high}" if is_crossed else ""
    return (Deaths(best, min(bounds), max(bounds)) if is_crossed else Deaths(best, low, high)), doubt


UCDP = Foreign("ucdp", "UCDP GED", "ucdp@1", read_ucdp)
