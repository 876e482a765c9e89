"""locations.csv: the places of a run, read by position as Flee reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tidings.crisis.suggest import near
from tidings.flow.flee_instance import Location
from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.rows import Row, Sheet, column_name, read_sheet, real, refuse_twin_columns, whole

FILE = "locations.csv"
COLUMNS = ("name", "region", "country", "lat", "lon", "location_type", "conflict_date", "pop/cap")
NUMBERS = ("initial_idps", "conflict_intensity", "capacity_per_day")
"""Extra columns that Flee reads as numbers."""
NEEDED = 6
"""Cells that a row must have; conflict_date and population may be left out at its end."""
KINDS = ("conflict_zone", "conflict", "town", "camp", "idpcamp", "forwarding_hub", "marker", "flood_zone")
_KNOWN = ("camp", "conflict", "forward", "marker", "flood_zone", "default", "town")
"""A kind is known by one of these in it, whatever its case, as in Flee."""
_ALIASES = (
    {"name"}, {"region"}, {"country"}, {"lat", "latitude"}, {"lon", "long", "longitude"}, {"location_type", "type"},
    {"conflict_date"}, {"pop/cap", "population", "pop", "capacity", "cap", "pop_cap", "population/capacity"},
)  # fmt: skip


def read_locations(path: Path, found: Findings) -> tuple[Location, ...]:
    """Read the places in the order of the file.

    A row with a problem still gives a place, so that its name is known to what is read next.

    Raises
    ------
    InputError
        If there is no such file.
    """
    sheet = read_sheet(path, found, names=frozenset({"name"}))
    _check_header(sheet, found)
    refuse_twin_columns(sheet, len(COLUMNS), found)
    locations = tuple(_location(row, sheet.names(len(COLUMNS)), found) for row in sheet.rows)
    if not locations:
        found.refuse(path.name, "it holds no places", "Add the places, one a row.")
    _refuse_twins(locations, found)
    for place in locations:
        _tell_gaps(place, found)
    return locations


def is_camp(place: Location) -> bool:
    """Whether people are sheltered there (camp, Camp, idpcamp)."""
    return "camp" in place.kind.casefold()


def is_conflict_zone(place: Location) -> bool:
    """Whether the file says that there is conflict, or will be."""
    return "conflict" in place.kind.casefold()


def _tell_gaps(place: Location, found: Findings) -> None:
    if place.lat is None:
        done = "They stay unknown; nothing in a run needs them."
        found.survive(place.where, f"'{place.name}' has no coordinates", done)
    if is_camp(place) and place.people == 0:
        found.survive(place.where, f"'{place.name}' has a capacity of 0", "It is taken as unlimited, as in Flee.")


def _check_header(sheet: Sheet, found: Findings) -> None:
    if sheet.header is None:
        if sheet.rows:
            found.survive(f"{sheet.file}:1", "there is no header", "Cells are read by position; extra ones are not.")
        return
    where = sheet.header.where
    for number, (cell, known) in enumerate(zip(sheet.header.cells, _ALIASES, strict=False)):
        name = column_name(cell).casefold()
        if name in known:
            continue
        if any(name in others for others in _ALIASES[1:6]):
            fix = f"Order the columns: {', '.join(COLUMNS)}."
            found.refuse(where, f"column {number + 1} is '{name}', and is read as {COLUMNS[number]}", fix)
        else:
            done = "Columns are read by their position, as Flee reads them."
            found.survive(where, f"column {number + 1} is called '{name}', not {COLUMNS[number]}", done)


def _location(row: Row, extra: tuple[str, ...], found: Findings) -> Location:
    _check_length(row, len(COLUMNS) + len(extra), found)
    if not row.cell(0):
        found.refuse(row.where, "the row has no name", "Fill in the name, or remove the row.")
    if not row.cell(2) and "marker" not in row.cell(5).casefold():
        found.refuse(row.where, f"'{row.cell(0)}' has no country", "Fill it in: closures and scores go by country.")
    lat, lon = _coordinates(row, found)
    told = attributes(row, extra, len(COLUMNS), found)
    check_numbers(told, row.where, NUMBERS, found)
    people = whole(row.cell(7), row.where, "population", found) if row.cell(7) else None
    return Location(
        name=row.cell(0), region=row.cell(1), country=row.cell(2), lat=lat, lon=lon, kind=_kind(row, found),
        conflict_date=whole(row.cell(6), row.where, "conflict_date", found, least=None) if row.cell(6) else None,
        people=people, attributes=told, where=row.where,
    )  # fmt: skip


def _check_length(row: Row, width: int, found: Findings) -> None:
    if len(row.cells) < NEEDED:
        fix = f"Write: {', '.join(COLUMNS)}, with commas between."
        found.refuse(row.where, f"the row has {len(row.cells)} cells", fix)
    elif len(row.cells) < len(COLUMNS):
        done = "The cells that lack at its end are taken as empty; Flee stops at it."
        found.survive(row.where, f"the row has {len(row.cells)} cells, not {len(COLUMNS)}", done)
    elif any(row.cells[width:]):
        extra = next(cell for cell in row.cells[width:] if cell)
        found.survive(row.where, f"'{extra}' stands in no named column", "It is passed over.")


def attributes(row: Row, names: tuple[str, ...], first: int, found: Findings) -> dict[str, str]:
    """Return the filled cells of the named extra columns."""
    filled = {name: row.cell(first + number) for number, name in enumerate(names) if row.cell(first + number)}
    if "" in filled:
        found.survive(row.where, f"'{filled.pop('')}' stands in a column without a name", "It is passed over.")
    return filled


def check_numbers(told: Mapping[str, str], where: str, names: Iterable[str], found: Findings) -> None:
    """Refuse attributes that are read as numbers and are none."""
    for name in names:
        if name in told:
            real(told[name], where, name, found)


def _coordinates(row: Row, found: Findings) -> tuple[float | None, float | None]:
    lat, lon = (_degrees(row, column, limit, found) for column, limit in ((3, 90), (4, 180)))
    if bool(row.cell(3)) != bool(row.cell(4)):
        found.refuse(row.where, "only one of lat and lon is given", "Give both, or leave both empty.")
    return lat, lon


def _degrees(row: Row, column: int, limit: int, found: Findings) -> float | None:
    cell = row.cell(column)
    if not cell:
        return None
    degrees = real(cell.removeprefix("-"), row.where, COLUMNS[column], found)
    if degrees is not None and degrees > limit:
        fix = "Write degrees; latitude comes before longitude."
        found.refuse(row.where, f"{COLUMNS[column]} {cell} is out of range", fix)
    return None if degrees is None else (-degrees if cell.startswith("-") else degrees)


def _kind(row: Row, found: Findings) -> str:
    kind = row.cell(5)
    if not any(known in kind.casefold() for known in _KNOWN):
        fix = f"{near(kind, KINDS)}Use one of: {', '.join(KINDS)}."
        found.refuse(row.where, f"location_type '{kind}' is not known", fix)
    elif "flood" in kind.casefold():
        done = "It is taken as a town: floods are not in the model."
        found.survive(row.where, f"'{row.cell(0)}' is a flood zone", done)
    return kind


def _refuse_twins(locations: tuple[Location, ...], found: Findings) -> None:
    first: dict[str, Location] = {}
    for place in locations:
        if place.name and first.setdefault(place.name, place) is not place:
            met = f"the name '{place.name}' is there already, on line {first[place.name].where.partition(':')[2]}"
            fix = "Give each place a name of its own: Flee leads roads to one of the two only."
            found.refuse(place.where, met, fix)
