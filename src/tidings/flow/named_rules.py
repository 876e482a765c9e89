"""Rules that a crisis names: which class decides what, from its text to a rule that any process can run.

The text of a rule's file travels with the scenario, so that a worker on another machine runs the same. Nothing of it is
run before a simulation is; `problems` reads it without running it.
"""

from __future__ import annotations

import ast
import logging
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tidings.core.errors import InputError, Problem, raise_all
from tidings.core.files import read_bytes
from tidings.core.ids import sha256_of
from tidings.flow.parameters import parameter_problems, parameter_table
from tidings.flow.rules import DECISIONS, Chosen, missing_field, unknown_decision, unknown_field

if TYPE_CHECKING:
    from tidings.crisis.crisis import RuleChoice

logger = logging.getLogger(__name__)
OF_NUMBERS = ("float", "int", "bool", "Numbers")
"""Types of fields that hold no text."""
_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRule:
    """A rule by name, as plain values: one of our own, or a class in a file of somebody's.

    Examples
    --------
    >>> NamedRule(decision="calm", name="CalmForDays", given={"calm_days": 30}).chosen().given
    {'calm_days': 30}
    """

    decision: str
    """One of `rules.DECISIONS`."""
    name: str
    """The class."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Values of its fields; the others are parameters of the same names, our own rules, or have a default."""
    file: str = ""
    """The file of the class, as messages name it; none for our own."""
    text: str = ""
    """What the file holds."""

    @classmethod
    def read(cls, decision: str, file: Path, name: str, **given: Any) -> NamedRule:
        """Read the file of a rule; nothing of it is run.

        Raises
        ------
        InputError
            If there is no such file, or a problem of the rule shows without running it.
        """
        rule = cls(decision=decision, name=name, given=given, file=file.name, text=_text(file))
        raise_all(rule.problems())
        return rule

    def __str__(self) -> str:
        """Return it for people, as in `leave: LeaveInWinter of rules.py (winter_share 0.4)`."""
        given = ", ".join(f"{name} {value}" for name, value in self.given.items())
        return f"{self.decision}: {self.name}{f' of {self.file}' if self.file else ''}{f' ({given})' if given else ''}"

    def problems(self) -> list[Problem]:
        """Return what is wrong as far as it shows without running the file."""
        where = f"crisis.yaml: rules.{self.decision}"
        if self.decision not in DECISIONS:
            return [unknown_decision(self.decision, where)]
        return list(self._of_file(where) if self.file else self._of_ours(where))

    def chosen(self) -> Chosen:
        """Return the class and its fields. The first call in a process runs the file, and a warning says so.

        Raises
        ------
        InputError
            With file and line, if the file cannot be run or has no such class.
        """
        if not self.file:
            raise_all(self.problems())
            return Chosen(DECISIONS[self.decision].rule, self.given)
        rule = getattr(_module_of(self.file, self.text), self.name, None)
        if not isinstance(rule, type):
            raise InputError(where=self.file, met=f"there is no class '{self.name}'", fix="Correct crisis.yaml: rules.")
        return Chosen(rule, self.given)

    def _of_ours(self, where: str) -> Iterator[Problem]:
        ours = DECISIONS[self.decision].rule
        if self.name != ours.__name__:
            met = f"none of our rules for '{self.decision}' is called '{self.name}'"
            fix = f"Ours is {ours.__name__}; a class of your own is named with its file, as in rules.py:{self.name}."
            yield Problem(where, met, fix)
        else:
            yield from Chosen(ours, self.given).problems(self.decision)

    def _of_file(self, where: str) -> Iterator[Problem]:
        try:
            names = _defined(ast.parse(self.text))
        except (SyntaxError, ValueError) as error:
            yield _no_python(self.file, error)
            return
        if self.name not in names:
            found = ", ".join(name for name, node in names.items() if node) or "none"
            yield Problem(where, f"{self.file} has no class '{self.name}'", f"Correct the name; it has: {found}.")
        elif (own := _fields(names[self.name])) is not None:
            yield from (unknown_field(f"{where}.{name}", name, own) for name in self.given if name not in own)
            yield from self._of_fields(own, where)
        ranged = {name: value for name, value in self.given.items() if name in parameter_table()}
        yield from parameter_problems(ranged, where)

    def _of_fields(self, own: Mapping[str, ast.AnnAssign], where: str) -> Iterator[Problem]:
        """Yield the plain fields that have no value, and those of numbers that are given a text."""
        for name in (name for name in own if name not in parameter_table()):
            kind, value = _kind(own[name]), self.given.get(name)
            if name not in self.given and kind in (*OF_NUMBERS, "str") and own[name].value is None:
                yield missing_field(where, name)
            elif isinstance(value, str) and kind in OF_NUMBERS:
                fix = f"Write {'true or false' if kind == 'bool' else 'a number'}."
                yield Problem(f"{where}.{name}", f"'{value}' is a text, and the field is a {kind}", fix)


def rules_named(choices: Mapping[str, RuleChoice], files: Mapping[str, str]) -> dict[str, NamedRule]:
    """Return the rules that a crisis names, by decision; nothing of its files is run.

    Parameters
    ----------
    choices
        What stands under `rules:` in crisis.yaml.
    files
        The texts of the files that it names.

    Raises
    ------
    InputError
        With every problem that shows without running a file.
    """
    rules = {
        decision: NamedRule(
            decision=decision, name=each.name, given=each.given, file=each.file, text=files.get(each.file, "")
        )
        for decision, each in choices.items()
    }
    raise_all(dict.fromkeys(problem for rule in rules.values() for problem in rule.problems()))
    return rules


def chosen_rules(rules: Mapping[str, NamedRule]) -> dict[str, Chosen]:
    """Return the classes of named rules, by decision; runs their files where this process has not yet.

    Raises
    ------
    InputError
        With file and line, if a file cannot be run or lacks a class.
    """
    return {decision: rule.chosen() for decision, rule in rules.items()}


def _text(file: Path) -> str:
    try:
        return read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(where=str(file), met="the file is not UTF-8 text", fix="Save it again as UTF-8.") from None


def _defined(tree: ast.Module) -> dict[str, ast.ClassDef | None]:
    """Return the names that a module has once it is run: its classes, and what else may be one."""
    names: dict[str, ast.ClassDef | None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name: None for alias in node.names}
        elif isinstance(node, ast.Assign):
            names |= {target.id: None for target in node.targets if isinstance(target, ast.Name)}
    return names | {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def _fields(node: ast.ClassDef | None) -> dict[str, ast.AnnAssign] | None:
    """Return the fields of a class; None where they cannot be told from its text."""
    if node is None or node.bases:
        return None
    own = (part for part in node.body if isinstance(part, ast.AnnAssign))
    return {part.target.id: part for part in own if isinstance(part.target, ast.Name)}


def _kind(field: ast.AnnAssign) -> str:
    """Return the last word of a field's type, as in `Numbers` for `behaviour.Numbers`."""
    return ast.unparse(field.annotation).strip("'\"").rpartition(".")[2]


def _module_of(file: str, text: str) -> ModuleType:
    """Run the text of a file as a module of its own; rules of one file share it."""
    name = f"tidings_rules_{sha256_of(text.encode())[:16]}"
    with _ONE_AT_A_TIME:
        if name not in sys.modules:
            logger.warning("running %s of the crisis folder: its rules decide how people behave", file)
            _run(file, text, ModuleType(name))
        return sys.modules[name]


def _run(file: str, text: str, module: ModuleType) -> None:
    path = module.__file__ = f"<crisis folder>/{file}"
    sys.modules[module.__name__] = module  # dataclasses look their module up while it runs
    try:
        exec(compile(text, path, "exec"), module.__dict__)
    except BaseException as error:  # a file of rules may do anything while it runs, SystemExit too
        del sys.modules[module.__name__]
        if isinstance(error, KeyboardInterrupt):
            raise
        raise InputError(problems=[_failure(file, path, error)]) from error


def _failure(file: str, path: str, error: BaseException) -> Problem:
    if isinstance(error, SyntaxError | ValueError) and not _lines(path, error):
        return _no_python(file, error)  # it was not even begun
    fix = "Mend the file: a rule's file is run whenever a simulation is."
    if isinstance(error, ImportError):
        fix = "A rule's file can import what is installed, and no other file of the folder."
    line = next(reversed(_lines(path, error)), 1)
    return Problem(f"{file}:{line}", f"it fails when it is run ({type(error).__name__}: {error})", fix)


def _lines(path: str, error: BaseException) -> list[int]:
    return [frame.lineno or 1 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == path]


def _no_python(file: str, error: BaseException) -> Problem:
    line = getattr(error, "lineno", None) or 1
    return Problem(f"{file}:{line}", f"it is not readable Python ({getattr(error, 'msg', error)})", "Mend the line.")
