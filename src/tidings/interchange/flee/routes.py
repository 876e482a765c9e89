"""routes.csv: the roads between places, in both directions; copies of a road are roads of their own, as in Flee."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tidings.crisis.suggest import near
from tidings.flow.flee_instance import Location, Route
from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.locations import attributes, check_numbers
from tidings.interchange.flee.rows import Row, Sheet, column_name, read_sheet, real, refuse_twin_columns

FILE = "routes.csv"
COLUMNS = ("name1", "name2", "distance", "forced_redirection")
NEEDED = 3
MOST_KM = 40_000.0
"""Around the Earth: a longer road is a slip, or told in metres."""
NUMBERS = ("max_move_speed", "walk_probability")
"""Extra columns that Flee reads as numbers."""
REDIRECTIONS = ("0", "1", "2")


def read_routes(path: Path, locations: Sequence[Location], found: Findings) -> tuple[Route, ...]:
    """Read the roads in the order of the file.

    Raises
    ------
    InputError
        If there is no such file.
    """
    sheet = read_sheet(path, found, names=frozenset({"name1", "name", "from"}))
    _check_header(sheet, found)
    refuse_twin_columns(sheet, len(COLUMNS), found)
    index = {place.name: number for number, place in reversed(list(enumerate(locations)))}
    extra = sheet.names(len(COLUMNS))
    read = (_route(row, extra, index, found) for row in sheet.rows)
    routes = tuple(route for route in read if route is not None)
    _tell_copies(routes, locations, found)
    _tell_unjoined(routes, locations, found)
    return routes


def _check_header(sheet: Sheet, found: Findings) -> None:
    if sheet.header is None:
        if sheet.rows:
            done = "Its first row is read as a road, as in Flee; cells are read by position."
            found.survive(f"{sheet.file}:1", "there is no header", done)
        return
    for number, (cell, wanted) in enumerate(zip(sheet.header.cells, COLUMNS, strict=False)):
        if number >= NEEDED and column_name(cell).casefold() != wanted:
            done = "Columns are read by their position, as Flee reads them."
            met = f"column {number + 1} is called '{column_name(cell)}', not {wanted}"
            found.survive(sheet.header.where, met, done)


def _route(row: Row, extra: tuple[str, ...], index: dict[str, int], found: Findings) -> Route | None:
    if len(row.cells) < NEEDED:
        fix = "Write: name1, name2, distance in km, with commas between."
        found.refuse(row.where, f"the row has {len(row.cells)} cells", fix)
        return None
    _check_end(row, len(COLUMNS) + len(extra), found)
    ends = [_end(row, name, index, found) for name in row.cells[:2]]
    if row.cell(0) and row.cell(0) == row.cell(1):
        fix = "Name two different places, or remove the row: Flee never uses it."
        found.refuse(row.where, f"both ends are '{row.cell(0)}'", fix)
    km = real(row.cell(2), row.where, "distance", found, most=MOST_KM)
    told = attributes(row, extra, len(COLUMNS), found)
    check_numbers(told, row.where, NUMBERS, found)
    if km == 0:
        found.survive(row.where, "the distance is 0 km", "It is taken as it is; under our own rules as 0.1 km.")
    one, other = ends
    if one is None or other is None or km is None:
        return None
    return Route(
        one=one, other=other, km=km, forced_redirection=_redirection(row, found),
        attributes=told, where=row.where,
    )  # fmt: skip


def _check_end(row: Row, width: int, found: Findings) -> None:
    if len(row.cells) < len(COLUMNS):
        found.survive(row.where, "the row has no cell for forced_redirection", "It is taken as 0.")
    elif any(row.cells[width:]):
        extra = next(cell for cell in row.cells[width:] if cell)
        found.survive(row.where, f"'{extra}' stands in no named column", "It is passed over.")


def _end(row: Row, name: str, index: dict[str, int], found: Findings) -> int | None:
    if name not in index:
        met = f"the road ends at '{name}', which is not a place" if name else "an end of the road is empty"
        found.refuse(row.where, met, f"{near(name, index)}Add the place to locations.csv or correct the name.")
    return index.get(name)


def _redirection(row: Row, found: Findings) -> int:
    cell = row.cell(3) or "0"
    if cell not in REDIRECTIONS:
        found.refuse(row.where, f"forced_redirection '{cell}' is not known", "Write 0, 1 or 2, or leave it empty.")
        return 0
    return int(cell)


def _tell_copies(routes: Sequence[Route], locations: Sequence[Location], found: Findings) -> None:
    first: dict[frozenset[int], Route] = {}
    for route in routes:
        earlier = first.setdefault(frozenset((route.one, route.other)), route)
        if earlier is not route and route.one != route.other:
            pair = f"{locations[route.one].name} – {locations[route.other].name}"
            met = f"the road {pair} is there already, on line {earlier.where.partition(':')[2]}"
            done = "Under rules flee each copy is a way of its own, and together they draw more people: keep one."
            found.survive(route.where, met, done)


def _tell_unjoined(routes: Sequence[Route], locations: Sequence[Location], found: Findings) -> None:
    for place in _unjoined(routes, locations):
        done = "It is kept: who is there stays, and nobody comes."
        found.survive(place.where, f"no road leads to '{place.name}'", done)


def _unjoined(routes: Sequence[Route], locations: Sequence[Location]) -> Iterator[Location]:
    joined = {end for route in routes for end in (route.one, route.other)}
    return (place for number, place in enumerate(locations) if number not in joined)
