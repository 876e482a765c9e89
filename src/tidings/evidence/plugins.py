"""Plug-ins, found by the entry points of what is installed; a broken one is told and left out, and is never fatal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any

logger = logging.getLogger(__name__)

OURS = "tidings"
"""The distribution whose plug-ins are our own: they come first, so that nobody takes their names."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """Something that an installed distribution declares."""

    value: Any
    distribution: str

    @property
    def is_ours(self) -> bool:
        """Whether it comes with Tidings itself."""
        return self.distribution == OURS


def find_plugins(
    group: str, problem_of: Callable[[Any, Sequence[Any]], str | None], taken: Iterable[str] = ()
) -> tuple[Plugin, ...]:
    """Load what is declared in a group of entry points: ours first, then by distribution and name.

    What cannot be loaded, is no plug-in of the group or has a name that is taken is logged as a warning and left out.

    Parameters
    ----------
    group
        Such as "tidings.readers".
    problem_of
        Tells what is wrong with a value, beside those found before it; None where it is a plug-in of the group. Those
        have a `name`.
    taken
        Names that no plug-in may have.
    """
    found: list[Plugin] = []
    names = {name.casefold(): "Tidings itself" for name in taken}
    for entry in sorted(entry_points(group=group), key=_order):
        try:
            value = entry.load()
            problem = problem_of(value, [plugin.value for plugin in found])
        except (Exception, SystemExit) as error:  # whatever somebody else's module does when it is imported
            problem, value = f"it cannot be loaded ({type(error).__name__}: {error})", None
        if not problem and value.name.casefold() in names:
            problem = f"the name '{value.name}' is taken by {names[value.name.casefold()]}"
        if problem:
            _leave_out(entry, problem)
            continue
        names[value.name.casefold()] = _distribution(entry)
        found.append(Plugin(value, _distribution(entry)))
    return tuple(found)


def _order(entry: EntryPoint) -> tuple[bool, str, str]:
    return _distribution(entry) != OURS, _distribution(entry), entry.name


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else "?"


def _leave_out(entry: EntryPoint, problem: str) -> None:
    told = "plug-in '%s' (%s) of %s is left out: %s. Update %s, or uninstall it."
    logger.warning(told, entry.name, entry.value, _distribution(entry), problem, _distribution(entry))
