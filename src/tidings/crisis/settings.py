"""crisis.yaml: from its text to settings, every problem with its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tidings.core.dates import parse_day
from tidings.core.errors import InputError, Problem
from tidings.crisis.countries import country_problem
from tidings.crisis.crisis import Settings, Source
from tidings.crisis.suggest import near
from tidings.crisis.tables import problem_of, shown

FILE = "crisis.yaml"
Address = tuple[str | int, ...]


def read_settings(content: bytes) -> tuple[Settings | None, tuple[Problem, ...]]:
    """Read crisis.yaml, or all that is wrong with it.

    Examples
    --------
    >>> settings, problems = read_settings(b"title: Floods\\ncountries: [SYR]\\nstrat: 2016-02-01\\n")
    >>> print(problems[0])
    crisis.yaml:3: unknown key 'strat'. Did you mean 'start'? The keys are: title, countries, start, sources, rules, ...
    """
    try:
        text = content.decode("utf-8-sig")
        node = yaml.compose(text, yaml.SafeLoader)
        written = yaml.safe_load(text)
    except UnicodeDecodeError:
        return None, (Problem(FILE, "the file is not UTF-8 text", "Save it again as UTF-8."),)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, (_syntax_problem(error),)
    if not isinstance(written, dict) or not isinstance(node, yaml.MappingNode):
        return None, (Problem(FILE, "it holds no keys", "Write at least title and countries."),)
    lines: dict[Address, int] = {}
    problems = [*_index(node, (), lines, set()), *_odd_start(written, lines)]
    settings, found = _validated(written, lines)
    return settings, (*problems, *found)


def _validated(written: dict[str, Any], lines: dict[Address, int]) -> tuple[Settings | None, tuple[Problem, ...]]:
    try:
        settings = Settings.model_validate({str(key): value for key, value in written.items()})
    except ValidationError as error:
        return None, tuple(dict.fromkeys(_yaml_problem(found, lines) for found in error.errors()))
    places = ((code, _where(("countries", number), lines)) for number, code in enumerate(settings.countries))
    return settings, tuple(found for code, where in places if (found := country_problem(code, where)))


def _syntax_problem(error: Exception) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"{FILE}:{mark.line + 1}" if mark else FILE
    said = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return Problem(where, f"it is not readable YAML ({said})", "Check indents, colons and quotation marks there.")


def _index(node: yaml.Node, address: Address, lines: dict[Address, int], seen: set[int]) -> Iterator[Problem]:
    """Fill in the line of every key and entry; yield the keys that stand twice, which YAML would swallow."""
    pairs: list[tuple[str | int, yaml.Node, yaml.Node]] = []
    if id(node) in seen:  # an alias may stand in itself, or many times over
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        pairs = [(str(key.value), key, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = [(number, value, value) for number, value in enumerate(node.value)]
    for name, key, value in pairs:
        here, line = (*address, name), key.start_mark.line + 1
        if here in lines:
            yield Problem(f"{FILE}:{line}", f"key '{name}' is there twice", "Keep one of them.")
        lines[here] = line
        yield from _index(value, here, lines, seen)


def _odd_start(written: dict[str, Any], lines: dict[Address, int]) -> Iterator[Problem]:
    start = written.get("start")
    if start is None or type(start) is dt.date:
        return
    try:
        written["start"] = parse_day(str(start), _where(("start",), lines))
    except InputError as error:
        del written["start"]
        yield from error.problems


def _yaml_problem(error: ErrorDetails, lines: dict[Address, int]) -> Problem:
    address, kind = error["loc"], error["type"]
    where = _where(address, lines)
    if kind == "extra_forbidden":
        keys = tuple(Settings.model_fields if len(address) == 1 else Source.model_fields)
        fix = f"{near(str(address[-1]), keys)}The keys are: {', '.join(keys)}."
        return Problem(where, f"unknown key '{address[-1]}'", fix)
    if address[0] == "rules" and len(address) > 1 and kind != "missing":
        return _rule_problem(where, address, shown(error["input"]))
    if kind == "missing":
        return Problem(where, f"key '{address[-1]}' is missing", f"Add {address[-1]}.")
    if address[0] == "countries" and len(address) == 1:
        return Problem(where, f"countries '{shown(error['input'])}' is not a list", "Write them as [SYR, TUR].")
    if address[-1] == "grade":
        fix = "Write a letter A to F and a figure 1 to 6, as in B2."
        return Problem(where, f"grade '{shown(error['input'])}' is not an Admiralty grade", fix)
    return problem_of(error, where)


def _rule_problem(where: str, address: Address, written: object) -> Problem:
    name = ".".join(map(str, address[:3]))
    if len(address) > 2 and address[2] != "rule":
        return Problem(where, f"{name} '{written}' is no value of a field", "Write a number, true or false, or text.")
    fix = "Write FILE.py:CLASS for a class in a file of the folder, or the name of a rule of ours (docs/rules.md)."
    return Problem(where, f"{name} '{written}' names no rule", fix)


def _where(address: Address, lines: dict[Address, int]) -> str:
    """Return the line of the nearest key that is written."""
    for length in range(len(address), 0, -1):
        if address[:length] in lines:
            return f"{FILE}:{lines[address[:length]]}"
    return FILE
