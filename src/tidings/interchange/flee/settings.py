"""simsetting.yml: Flee's settings from and to YAML, every problem with its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from tidings.core.counting import counted
from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import read_bytes
from tidings.flow.flee_instance import FleeInstance
from tidings.flow.flee_settings import FleeSettings
from tidings.interchange.flee.findings import MOST_LINES, Oddity

FILE = "simsetting.yml"


def load_flee_settings(path: Path) -> FleeSettings:
    """Read a settings file.

    Raises
    ------
    InputError
        If there is no such file, it is no YAML, a key stands twice or is not known, or a value is out of its range;
        all problems at once.
    EnvironmentError_
        If the machine does not let us read it.
    """
    content = read_bytes(path)
    try:
        text = content.decode("utf-8-sig")
        node, document = yaml.compose(text, yaml.SafeLoader), yaml.safe_load(text)
    except UnicodeDecodeError:
        met, fix = "the file is not UTF-8 text", "Save it again as UTF-8."
        raise InputError(where=path.name, met=met, fix=fix) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise_all([_syntax_problem(error, path.name)])
    keys = list(_keys(node, "", set()))
    lines = dict(reversed(keys))
    raise_all(_twice(keys, path.name))
    try:
        return FleeSettings.of(document, path.name)
    except InputError as error:
        raise_all(_with_line(problem, path.name, lines) for problem in error.problems)
        raise


def nothing_set(settings: FleeSettings, path: Path) -> Iterator[Oddity]:
    """Tell where a file sets nothing, for example because it is empty."""
    if settings == FleeSettings():
        yield Oddity(path.name, "it sets nothing that is not Flee's default", "All are defaults; hasten is 1.")


def rounded_away(instance: FleeInstance, settings: FleeSettings) -> Iterator[Oddity]:
    """Tell of which places nobody is in a run, because a unit is more people than were ever registered there.

    All at once, as `gathered` has it.
    """
    hasten = settings.optimisations.hasten
    rows = (*instance.registered, *([instance.total] if instance.total else []))
    fewer = [row.name for row in rows if len(row.people) and 0 < row.people.max() < hasten]
    if fewer:
        named = f"{', '.join(fewer[:MOST_LINES])}{f' and {len(fewer) - MOST_LINES} more' if fewer[MOST_LINES:] else ''}"
        met = f"a unit (hasten) is {counted(hasten, 'person', 'people')}, and fewer were ever registered in {named}"
        yield Oddity("hasten", met, "They are rounded away: give a smaller hasten.")


def settings_text(settings: FleeSettings) -> str:
    """Return settings as the text of a settings file; what is off, or not given, is left out.

    Examples
    --------
    >>> settings_text(FleeSettings.of({"optimisations": {"hasten": 10}}, FILE)).splitlines()[-2:]
    ['optimisations:', '  hasten: 10']
    """
    document = settings.model_dump(mode="json", exclude_none=True)
    sections = {name: _said(section) for name, section in document.items()}
    return yaml.safe_dump({name: section for name, section in sections.items() if section}, sort_keys=False)


def _said(section: dict[str, Any]) -> dict[str, Any]:
    """Leave out switches that are off, which is the default of all but two of them."""
    on_by_default = ("insert_day0", "sum_from_camps")
    return {name: value for name, value in section.items() if value is not False or name in on_by_default}


def _syntax_problem(error: Exception, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"{file}:{mark.line + 1}" if mark else file
    said = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return Problem(where, f"it is not readable YAML ({said})", "Check indents, colons and quotation marks there.")


def _keys(node: yaml.Node | None, address: str, seen: set[int]) -> Iterator[tuple[str, int]]:
    """Yield the address of each key, as in `move_rules.camp_weight`, and its line."""
    if not isinstance(node, yaml.MappingNode) or id(node) in seen:  # an alias may stand in itself, or many times over
        return
    seen.add(id(node))
    for key, value in node.value:
        here = f"{address}.{key.value}".lstrip(".")
        yield here, key.start_mark.line + 1
        yield from _keys(value, here, seen)


def _twice(keys: list[tuple[str, int]], file: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for key, line in keys:
        if first.setdefault(key, line) != line:
            met = f"key '{key}' is there already, on line {first[key]}"
            yield Problem(f"{file}:{line}", met, "Keep one of them: YAML would take the last in silence.")


def _with_line(problem: Problem, file: str, lines: dict[str, int]) -> Problem:
    key = problem.where.removeprefix(f"{file}: ")
    while key and key not in lines:
        key = key.rpartition(".")[0]
    if not key:
        return problem
    return replace(problem, where=f"{file}:{lines[key]}: {problem.where.removeprefix(f'{file}: ')}")
