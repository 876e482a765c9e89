"""roads.csv of a crisis from an OpenStreetMap extract; what a person wrote there is not lost silently."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

from tidings.core.counting import counted
from tidings.core.errors import InputError
from tidings.core.files import locked, read_bytes, write_aside
from tidings.core.written import ImportedRoads
from tidings.crisis.crisis import Crisis
from tidings.crisis.load import load_crisis
from tidings.crisis.reach import AREAS
from tidings.crisis.save import format_header
from tidings.crisis.tables import ROADS, format_rows
from tidings.geography.places import MAPPED, Place, Road
from tidings.interchange.osm.network import Found, roads_between, snap
from tidings.interchange.osm.ways import Extract, read_ways

WITHIN_KM = 5.0
"""How far from a place its nearest road may be, by default."""
LEAST_KM = 0.1


def import_osm(
    path: Path,
    folder: Path,
    *,
    within_km: float = WITHIN_KM,
    tracks: bool = False,
    existing: Literal["refuse", "keep", "replace"] = "refuse",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportedRoads:
    """Write the roads between a crisis's places into its roads.csv.

    Rows of an earlier import are replaced. Of rows that a person wrote, `refuse` refuses to do anything; `keep` keeps
    them, and no road is added where one of them joins the same two places; `replace` takes them out.

    Parameters
    ----------
    within_km
        How far from a place its nearest road may be.
    tracks
        Whether tracks count as roads.
    progress
        Called with (places done, places in all).

    Raises
    ------
    InputError
        If the file is none, fewer than two places have coordinates, or roads.csv has rows of a person and `existing`
        refuses.
    EnvironmentError_
        If the package that reads the file is not installed.
    """
    with locked(folder):
        crisis = load_crisis(folder)
        written = tuple(road for road in crisis.geography.roads if not is_from_osm(road))
        if written and existing == "refuse":
            raise _refused(written)
        places = _places(crisis)
        extract, ways = read_ways(path, tracks=tracks)
        points = snap(places, ways, within_km=within_km)
        reached = [place for place, point in zip(places, points, strict=True) if point.step >= 0]
        found = roads_between(ways, [point.step for point in points if point.step >= 0], progress=progress)
        kept = written if existing == "keep" else ()
        roads = (*kept, *_new(found, reached, extract, kept))
        is_changed = _write(folder, roads, crisis)
    joined = {end for road in roads for end in (road.from_, road.to)}
    before = {road.id for road in crisis.geography.roads}
    return ImportedRoads(
        file=path.name,
        sha256=extract.sha256,
        map_day=extract.day,
        n_roads=len(roads) - len(kept),
        n_kept=len(kept),
        n_removed=len(before - {road.id for road in roads}),
        is_changed=is_changed,
        far=tuple(place.name for place, point in zip(places, points, strict=True) if point.step < 0),
        apart=tuple(place.name for place in reached if place.id not in joined),
    )


def is_from_osm(road: Road) -> bool:
    """Whether a road was imported from OpenStreetMap.

    Examples
    --------
    >>> is_from_osm(Road(id="a--b", **{"from": "a", "to": "b"}, source="OpenStreetMap, as of 2026-01-02, sha256 12"))
    True
    """
    return (road.source or "").startswith(MAPPED)


def _refused(written: tuple[Road, ...]) -> InputError:
    met = f"the table has {counted(len(written), 'row')} that a person wrote, the first is {written[0].id}"
    fix = "Give --keep to add roads only where none of them joins the two places, or --replace to lose them."
    return InputError(where=ROADS.file, met=met, fix=fix)


def _places(crisis: Crisis) -> tuple[Place, ...]:
    """Return the places that a road can lead to."""
    places = tuple(place for place in crisis.geography.places if place.is_located and place.kind not in AREAS)
    if len(places) < 2:
        met = f"{len(places)} of its places have coordinates; a road joins two"
        raise InputError(where="places.csv", met=met, fix="Fill in lat and lon of the places first.")
    return places


def _new(found: Iterable[Found], places: list[Place], extract: Extract, kept: tuple[Road, ...]) -> tuple[Road, ...]:
    joined = {frozenset((road.from_, road.to)) for road in kept}
    taken = {road.id for road in kept}
    ends = ((road, places[road.start].id, places[road.end].id) for road in found)
    return tuple(
        _row(road, start, end, extract, taken) for road, start, end in ends if frozenset((start, end)) not in joined
    )


def _row(road: Found, start: str, end: str, extract: Extract, taken: set[str]) -> Road:
    an_id = f"{start}--{end}"
    km = max(LEAST_KM, round(road.km, 1))
    speed = round(road.km / road.days) if road.days > 0 else None
    return Road.model_validate(
        {
            "id": f"{an_id}-osm" if an_id in taken else an_id, "from": start, "to": end, "length_km": km,
            "speed_km_per_day": speed, "source": extract.source,
            "note": "speed assumed by class of road" if speed else None,
        }
    )  # fmt: skip


def _write(folder: Path, roads: tuple[Road, ...], crisis: Crisis) -> bool:
    if roads == crisis.geography.roads:
        return False
    content = (format_header(ROADS) + format_rows(roads, ROADS.columns)).encode()
    path = folder / ROADS.file
    if path.exists() and read_bytes(path) == content:
        return False
    write_aside(path, content)
    return True
