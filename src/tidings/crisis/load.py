"""Load a crisis folder as one value, or say everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import read_bytes
from tidings.core.schema import Schema
from tidings.crisis import settings as yaml_settings
from tidings.crisis.consistency import Entry, inconsistencies
from tidings.crisis.crisis import Crisis, Party, Settings
from tidings.crisis.names import Names
from tidings.crisis.rule_files import read_rule_files
from tidings.crisis.tables import BULLETINS, CROSSINGS, PARTIES, PLACES, ROADS, Row, Table, read_sheet, to_model
from tidings.geography.graph import Geography

Model = TypeVar("Model", bound=Schema)
Prepared = tuple[Row, list[Problem]]


@dataclass(frozen=True, slots=True)
class _Read(Generic[Model]):
    """One table: all its rows as written, and the values of the sound ones."""

    rows: tuple[Row, ...] = ()
    entries: tuple[Entry[Model], ...] = ()

    @property
    def values(self) -> tuple[Model, ...]:
        return tuple(value for _, value in self.entries)


def load_crisis(folder: Path) -> Crisis:
    """Load a crisis folder; a table whose file is absent is empty.

    Parameters
    ----------
    folder
        Holds crisis.yaml and the tables (docs: the crisis folder).

    Returns
    -------
    Crisis
        Ends of roads, sides of crossings, places of bulletins and parents of parties are ids, however written.

    Raises
    ------
    InputError
        With every problem of the whole folder, each with file and line.
    EnvironmentError_
        If the machine does not let us read a file.
    """
    crisis, problems = read_folder(folder)
    raise_all(problems)
    return crisis


def read_folder(folder: Path) -> tuple[Crisis, tuple[Problem, ...]]:
    """Read all files of a folder: the crisis as far as it is sound, and all problems.

    Raises
    ------
    InputError
        If the folder is none, or holds no crisis.yaml.
    """
    _refuse_no_folder(folder)
    settings, found = yaml_settings.read_settings(read_bytes(folder / yaml_settings.FILE))
    problems = list(found)
    places = _read(folder, PLACES, problems)
    names = Names.of("place", PLACES.file, places.rows)
    roads = _read(folder, ROADS, problems, _road_step(names))
    crossings = _read(folder, CROSSINGS, problems, _resolving(names, "side_a", "side_b"))
    parties = _read_parties(folder, problems)
    bulletins = _read(folder, BULLETINS, problems, _resolving(names, "place"))
    problems += inconsistencies(places.entries, roads.entries, crossings.entries, parties.entries, bulletins.entries)
    settings = _with_interests(settings or _unknown(folder), parties, problems)
    geography = Geography(places.values, roads.values, crossings.values)
    rule_files = read_rule_files(folder, settings.rules, problems)
    lines = tuple(row.line for row, _ in bulletins.entries)
    crisis = Crisis(folder, settings, geography, parties.values, bulletins.values, rule_files, lines)
    return crisis, _in_order(problems)


def _unknown(folder: Path) -> Settings:
    """Stand in for settings that could not be read, so that the tables are checked all the same."""
    return Settings(title=folder.name, countries=("ZZZ",))


def _refuse_no_folder(folder: Path) -> None:
    fix = f"Make a crisis folder with: tidings new {folder} --countries SYR,TUR"
    if not folder.is_dir():
        met = "this is a file, not a crisis folder" if folder.exists() else "there is no such folder"
        raise InputError(where=str(folder), met=met, fix=fix)
    if not (folder / yaml_settings.FILE).is_file():
        raise InputError(where=str(folder), met="the folder holds no crisis.yaml", fix=fix)


def _as_written(row: Row) -> Prepared:
    return row, []


def _read(
    folder: Path, table: Table[Model], problems: list[Problem], prepare: Callable[[Row], Prepared] = _as_written
) -> _Read[Model]:
    """Read one table; problems are added to the list."""
    path = folder / table.file
    if not path.exists():
        return _Read()
    sheet = read_sheet(read_bytes(path), table.file, table.columns, table.required)
    problems += sheet.problems
    entries: list[Entry[Model]] = []
    for written in sheet.rows:
        row, unresolved = prepare(written)
        model, found = to_model(row, table)
        problems += unresolved
        problems += [problem for problem in found if not _is_told(problem, sheet.problems)]
        if model is not None:
            entries.append((row, model))
    return _Read(sheet.rows, tuple(entries))


def _is_told(problem: Problem, told: Iterable[Problem]) -> bool:
    """Whether a whole column is missing and was named already, so that its every row need not be."""
    column = problem.met.removesuffix(" is empty")
    return any(header.met == f"column '{column}' is missing" for header in told)


def _resolving(names: Names, *columns: str) -> Callable[[Row], Prepared]:
    """Return a step that turns the names in some columns into ids."""

    def prepare(row: Row) -> Prepared:
        meant = {name: names.resolve(row.cells[name], row.where, name) for name in columns if name in row.cells}
        ids = {name: found for name, found in meant.items() if isinstance(found, str)}
        unknown = [found for found in meant.values() if isinstance(found, Problem)]
        return replace(row, cells={**row.cells, **ids}), unknown

    return prepare


def _road_step(names: Names) -> Callable[[Row], Prepared]:
    """Return a step that resolves the ends of a road and gives it an id where it has none."""
    resolve = _resolving(names, "from", "to")

    def prepare(row: Row) -> Prepared:
        resolved, unknown = resolve(row)
        an_id = f"{resolved.cells.get('from', '')}--{resolved.cells.get('to', '')}"
        return replace(resolved, cells={"id": an_id, **resolved.cells}), unknown

    return prepare


def _read_parties(folder: Path, problems: list[Problem]) -> _Read[Party]:
    """Read the parties, then turn parents and interests, which may stand further down, into ids."""
    read = _read(folder, PARTIES, problems)
    resolve = _resolving(Names.of("party", PARTIES.file, read.rows), "parent", "interest")
    entries = []
    for row, party in read.entries:
        resolved, unknown = resolve(row)
        problems += unknown
        update = {name: resolved.cells.get(name) for name in ("parent", "interest")}
        entries.append((row, party.model_copy(update=update)))
    return replace(read, entries=tuple(entries))


def _with_interests(settings: Settings, parties: _Read[Party], problems: list[Problem]) -> Settings:
    """Turn the interests of sources into party ids."""
    names = Names.of("party", PARTIES.file, parties.rows)
    sources = dict(settings.sources)
    for name, source in settings.sources.items():
        if source.interest is None:
            continue
        meant = names.resolve(source.interest, yaml_settings.FILE, f"the interest of source '{name}',")
        if isinstance(meant, Problem):
            problems.append(meant)
        else:
            sources[name] = source.model_copy(update={"interest": meant})
    return settings.model_copy(update={"sources": sources})


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by file and line, as a person works through them."""
    files = [yaml_settings.FILE, *(table.file for table in (PLACES, ROADS, CROSSINGS, PARTIES, BULLETINS))]

    def address(problem: Problem) -> tuple[int, int]:
        file, _, line = problem.where.partition(":")
        return (files.index(file) if file in files else len(files), int(line) if line.isdigit() else 0)

    return tuple(sorted(dict.fromkeys(problems), key=address))
