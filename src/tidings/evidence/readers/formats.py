"""The formats that can be read: ours and those of plug-ins, all found by the entry points `tidings.readers`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tidings.core.errors import EnvironmentError_, InputError, TidingsError
from tidings.evidence.plugins import Plugin, find_plugins
from tidings.evidence.readers.received import Reader, Received
from tidings.evidence.report import Report

logger = logging.getLogger(__name__)

GROUP = "tidings.readers"
FALLBACK = "text"
"""The format of whatever no other one knows."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read. Its module is imported before every reading: heavy imports belong into the reader.

    Examples
    --------
    >>> from tidings.evidence.readers.text import read_text
    >>> Format("notes", (".note",), lambda content: content.startswith(b"NOTE"), read_text).name
    'notes'
    """

    name: str
    suffixes: tuple[str, ...]
    """Of files, with the point, in lower case; asked only when no format knows the bytes."""
    is_known_by: Callable[[bytes], bool]
    """Whether the bytes of a file are of the format, told from how they begin."""
    reader: Reader


@cache
def plugins() -> tuple[Plugin, ...]:
    """Return the formats with where they come from: ours, then those of others, each by name.

    Raises
    ------
    EnvironmentError_
        If ours are not declared: the installation is not of this version.
    """
    found = find_plugins(GROUP, lambda value, found: format_problem(value))
    if FALLBACK not in {plugin.value.name for plugin in found if plugin.is_ours}:
        fix = "Install it again: make, or pip install --no-deps --editable . in its folder."
        raise EnvironmentError_(where="tidings", met="the installation is of another version than the code", fix=fix)
    return found


def formats() -> tuple[Format, ...]:
    """Return the formats that can be read.

    Examples
    --------
    >>> [known.name for known in formats()][:7]
    ['DOCX', 'feed', 'HTML', 'mailbox', 'e-mail', 'PDF', 'text']
    """
    return tuple(plugin.value for plugin in plugins())


def format_problem(value: Any) -> str | None:
    """Tell what keeps a value from being a format.

    Examples
    --------
    >>> format_problem("HTML")
    'it is no Format, but str'
    """
    if not isinstance(value, Format):
        return f"it is no Format, but {type(value).__name__}"
    if not isinstance(value.name, str) or not value.name.strip():
        return "it has no name"
    if not isinstance(value.suffixes, tuple) or not all(_is_suffix(each) for each in value.suffixes):
        return f"its suffixes {value.suffixes!r} are no tuple of such as '.txt', in lower case"
    broken = [name for name in ("is_known_by", "reader") if not callable(getattr(value, name))]
    return f"its {broken[0]} cannot be called" if broken else None


def _is_suffix(text: object) -> bool:
    return isinstance(text, str) and text.startswith(".") and text == text.lower() and len(text) > 1


def format_of(received: Received) -> Format:
    """Return the format of bytes: what they begin with goes before what their name says."""
    value: Format = _plugin_of(received).value
    return value


def read_by_format(received: Received) -> tuple[Report, ...]:
    """Read bytes by the first format that knows their beginning or their name.

    Raises
    ------
    InputError
        If they cannot be read; a plug-in that fails, or gives what is no report, is named.
    """
    plugin = _plugin_of(received)
    if plugin.is_ours:
        return tuple(plugin.value.reader(received))
    try:
        reports = tuple(plugin.value.reader(received))
    except TidingsError:
        raise
    except Exception as error:  # somebody else's code may fail in any way
        logger.debug("the reader of %s failed", plugin.distribution, exc_info=True)
        raise _failed(received, plugin, f"failed on it ({type(error).__name__}: {error})") from error
    if problem := reports_problem(reports):
        raise _failed(received, plugin, f"gave {problem}")
    return reports


def reports_problem(reports: tuple[Any, ...]) -> str | None:
    """Tell what keeps the values that a reader gave from being reports.

    Examples
    --------
    >>> reports_problem(())
    'no report'
    """
    if not reports:
        return "no report"
    for report in reports:
        if not isinstance(report, Report):
            return f"{type(report).__name__} for a report"
        if not isinstance(report.text, str) or not report.body.strip():
            return "a report without text"
        if any(not 0 <= start < end <= len(report.text) for start, end in report.furniture):
            return "a report with furniture outside its text"
    return None


def _failed(received: Received, plugin: Plugin, met: str) -> InputError:
    met = f"the reader '{plugin.value.name}' of {plugin.distribution} {met}"
    return InputError(where=received.name, met=met, fix=f"Update {plugin.distribution}, or uninstall it.")


def _plugin_of(received: Received) -> Plugin:
    known = plugins()
    special_first = sorted(known, key=lambda plugin: plugin.is_ours)  # who reads one kind of HTML goes before HTML
    by_content = (plugin for plugin in special_first if _knows(plugin, received.content))
    suffix = Path(received.name).suffix.lower()
    by_name = (plugin for plugin in known if suffix in plugin.value.suffixes)
    fallback = (plugin for plugin in known if plugin.value.name == FALLBACK)
    return next(by_content, None) or next(by_name, None) or next(fallback)


def _knows(plugin: Plugin, content: bytes) -> bool:
    if plugin.is_ours:
        return bool(plugin.value.is_known_by(content))
    try:
        return bool(plugin.value.is_known_by(content))
    except Exception as error:  # somebody else's code may fail in any way
        told = "reader '%s' of %s was not asked: its is_known_by failed (%s: %s)"
        logger.warning(told, plugin.value.name, plugin.distribution, type(error).__name__, error)
        return False
