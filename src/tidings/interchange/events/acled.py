"""ACLED's table: one row an event, as its export files have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

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

NEEDED = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "country", "location",
    "latitude", "longitude", "geo_precision", "fatalities",
)  # fmt: skip
DATES = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y")
"""Forms of a day; 02/03/2031 can be two days, and is refused."""
WEEK = dt.timedelta(days=6)
"""Where only the week of an event is known, it was at most so long before or after the day that stands for the week."""


def read_acled(file: EventFile) -> Iterator[Told]:
    """Yield the events of an ACLED file, or what is wrong with each row.

    Raises
    ------
    InputError
        If it is no CSV with the columns.
    """
    if file.is_json:
        fix = "Give ACLED's events as CSV; GeoJSON of UCDP is taken in by: tidings import ucdp FILE DIR."
        raise InputError(where=file.path.name, met="this is JSON, not CSV", fix=fix)
    header: list[str] = []
    for line, record in file.records():
        where = f"{file.path.name}:{line}"
        if not header:
            header = [name.strip().casefold() for name in record]
            _check_header(header, where)
        elif len(record) > len(header):
            fix = "Put quotation marks around a cell that holds a comma."
            yield (Problem(where, f"the row has {len(record)} cells, the header {len(header)}", fix),)
        else:
            yield _event(Cells(where, dict(zip(header, record, strict=False))))


def _check_header(header: list[str], where: str) -> None:
    refuse_other(header, "acled", where)
    missing = [name for name in NEEDED if name not in header]
    if missing:
        fix = "Give a file as ACLED exports it, with all columns and the header."
        raise InputError(where=where, met=f"columns are missing: {', '.join(missing)}", fix=fix)


def _event(cells: Cells) -> Told:
    day, precision = _day(cells), cells.needed("time_precision")
    first, until = _span(day, precision, cells)
    kind = cells.code("sub_event_type", "acled_types")
    actors, targets = _actor(cells, "1"), _actor(cells, "2")
    event, place, deaths = cells.needed("event_id_cnty"), _place(cells), cells.count("fatalities")
    known_at = _published(cells)
    if cells.problems:
        return tuple(cells.problems)
    if kind in ("clash", "agreement"):  # who began it is not told by the order of the two
        actors, targets = (*actors, *targets), ()
    return EventRow(
        where=cells.where, event=event, type=kind, words=cells.text("sub_event_type"), first=first, until=until,
        place=place, actors=actors, targets=targets, deaths=Deaths(deaths) if deaths else None,
        source=cells.text("source"), known_at=known_at,
    )  # fmt: skip


def _day(cells: Cells) -> dt.date:
    written = cells.needed("event_date")
    day = day_written(written)
    if written and day is None:
        cells.wrong(f"event_date '{written}' is not a day", "Write it as 2016-02-08 or 08 February 2016.")
    return day or dt.date(2000, 1, 1)


@lru_cache(maxsize=20_000)
def day_written(written: str) -> dt.date | None:
    """Return a day as an export writes it; None where it is none.

    Examples
    --------
    >>> day_written("08 February 2016"), day_written("08/02/2016")
    (datetime.date(2016, 2, 8), None)
    """
    for form in DATES:
        try:
            return dt.datetime.strptime(written, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None


def _span(day: dt.date, precision: str, cells: Cells) -> tuple[dt.date, dt.date]:
    one = dt.timedelta(days=1)
    if precision == "2":
        return day - WEEK, day + WEEK + one
    if precision == "3":
        first = day.replace(day=1)
        return first, (first + dt.timedelta(days=32)).replace(day=1)
    if precision not in ("", "1"):
        cells.wrong(f"time_precision '{precision}' is not known", "Use one of: 1, 2, 3.")
    return day, day + one


def _place(cells: Cells) -> PlaceTold:
    precision: Precision = cells.code("geo_precision", "acled_places") or "country"
    name, country = cells.needed("location"), cells.needed("country")
    lat, lon = cells.degrees("latitude", 90), cells.degrees("longitude", 180)
    if precision == "admin1":
        return PlaceTold(cells.text("admin1") or country, "admin1" if cells.text("admin1") else "country", country)
    if lat is None or lon is None:
        return PlaceTold(name, "area", country)
    return PlaceTold(name, precision, country, lat, lon)


def _actor(cells: Cells, number: str) -> tuple[ActorTold, ...]:
    name = cells.text(f"actor{number}")
    return (ActorTold(name, cells.text(f"inter{number}")),) if name else ()


def _published(cells: Cells) -> dt.datetime | None:
    written = cells.text("timestamp")
    if not written:
        return None
    try:
        return dt.datetime.fromtimestamp(int(float(written)), tz=dt.UTC)
    except (ValueError, OverflowError, OSError):
        cells.wrong(f"timestamp '{written}' is no instant", "Write seconds since 1970, or leave it empty.")
    return None


ACLED = Foreign("acled", "ACLED", "acled@1", read_acled)
