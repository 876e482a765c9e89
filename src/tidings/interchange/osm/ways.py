"""Ways of an OpenStreetMap extract on which a vehicle can drive, as stretches between junctions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from tidings.core.errors import EnvironmentError_, InputError
from tidings.core.files import read_bytes
from tidings.core.packaged import packaged_yaml
from tidings.geography.places import EARTH_RADIUS_KM

NO_ENTRY = frozenset({"no", "private"})
ACCESS_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
"""Who may drive: the most particular key that a way has decides."""
CHUNK_BYTES = 1 << 20

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Extract:
    """Which file the roads come from."""

    name: str
    sha256: str
    day: dt.date | None
    """Day of the map, from the header; None where it does not tell."""

    @property
    def source(self) -> str:
        """What the source column of roads.csv says."""
        day = f"as of {self.day}" if self.day else "day not told"
        return f"OpenStreetMap, {day}, sha256 {self.sha256[:12]}"


@dataclass(frozen=True, slots=True)
class Ways:
    """All nodes along all ways, one way after the other; a node that ways share stands once for each."""

    refs: Ints
    """Ids of the nodes. Shape (step,)."""
    lat: Floats
    lon: Floats
    """Degrees. Shape (step,)."""
    way: Ints
    """Number of the way of each step. Shape (step,)."""
    km_per_day: Floats
    """Assumed speed by way. Shape (way,)."""


@lru_cache(maxsize=1)
def speeds() -> Mapping[str, float]:
    """Return the assumed km a day by class of highway."""
    loaded: dict[str, float] = packaged_yaml("tidings.interchange.osm", "speeds.yaml")
    return loaded


def read_ways(path: Path, *, tracks: bool) -> tuple[Extract, Ways]:
    """Read the ways of a file that a vehicle may use, in both directions.

    Ferries and ways closed to vehicles (access no or private, unless a more particular key lets vehicles in) are left
    out; tracks too, unless they are asked for. One-way rules are not kept: the two lanes of a divided road are two
    ways, and a road of the crisis stands for both.

    Raises
    ------
    InputError
        If it is no such file, or holds no road.
    EnvironmentError_
        If the package that reads it is not installed.
    """
    osmium = _osmium(path)
    digest = _sha256(path)
    taken = {kind: km for kind, km in speeds().items() if tracks or kind != "track"}
    refs: list[int] = []
    lats: list[float] = []
    lons: list[float] = []
    lengths: list[int] = []
    km_per_day: list[float] = []
    try:
        processor = osmium.FileProcessor(str(path)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
        day = _day(processor.header)
        for way in processor:
            speed = _speed(way, taken) if way.is_way() else None
            if speed is None:
                continue
            steps = [(node.ref, node.location.lat, node.location.lon) for node in way.nodes if node.location.valid()]
            if len(steps) > 1:
                for into, values in zip((refs, lats, lons), zip(*steps, strict=True), strict=True):
                    into.extend(values)  # type: ignore[attr-defined]
                lengths.append(len(steps))
                km_per_day.append(speed)
    except RuntimeError as error:
        fix = "Give an OpenStreetMap extract, FILE.osm.pbf, as a whole."
        raise InputError(where=str(path), met=f"the file cannot be read as OpenStreetMap ({error})", fix=fix) from None
    if not lengths:
        fix = "Give an extract that covers the crisis, with its ways."
        raise InputError(where=str(path), met="the file holds no road that a vehicle may use", fix=fix)
    way_of = np.repeat(np.arange(len(lengths)), lengths)
    ways = Ways(np.array(refs), np.array(lats), np.array(lons), way_of, np.array(km_per_day))
    return Extract(path.name, digest, day), ways


def _speed(way: Any, taken: Mapping[str, float]) -> float | None:
    tags = way.tags
    if tags.get("route") == "ferry" or tags.get("area") == "yes":
        return None
    told = next((tags.get(key) for key in ACCESS_KEYS if key in tags), None)
    return None if told in NO_ENTRY else taken.get(tags.get("highway", ""))


def step_km(ways: Ways) -> Floats:
    """Return the great-circle length from each step to the next; 0 where the way ends. Shape (step,), km."""
    lat, lon = np.radians(ways.lat), np.radians(ways.lon)
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return np.append(np.where(np.diff(ways.way) == 0, km, 0.0), 0.0)


def _day(header: Any) -> dt.date | None:
    written = header.get("osmosis_replication_timestamp") or header.get("timestamp")
    try:
        return dt.date.fromisoformat(str(written)[:10]) if written else None
    except ValueError:
        return None


def _sha256(path: Path) -> str:
    if not path.is_file():
        read_bytes(path)  # says what is wrong with it
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _osmium(path: Path) -> Any:
    try:
        import osmium
    except ImportError:
        met = "reading OpenStreetMap needs a package that is not installed"
        raise EnvironmentError_(where=str(path), met=met, fix="pip install 'tidings[osm]'.") from None
    return osmium
