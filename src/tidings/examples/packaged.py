"""Copy a packaged crisis folder out of the installed package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tidings.core.errors import InputError
from tidings.core.files import write_folder


def example_names() -> tuple[str, ...]:
    """Return the names of the packaged examples.

    Examples
    --------
    >>> example_names()
    ('aleppo-2016', 'valdria')
    """
    folders = (entry for entry in files("tidings.examples").iterdir() if entry.is_dir())
    return tuple(sorted(entry.name for entry in folders if (entry / "crisis.yaml").is_file()))


def copy_example(name: str, folder: Path) -> Path:
    """Copy a packaged example into a new or empty folder.

    Parameters
    ----------
    name
        One of `example_names()`.
    folder
        Where to put it; made where it is missing.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If there is no such example, or the folder holds something already.
    EnvironmentError_
        If the disk is full or read-only; the folder is then as it was before.
    """
    if name not in example_names():
        fix = f"Use one of: {', '.join(example_names())}."
        raise InputError(where=name, met="there is no such example", fix=fix)
    found = dict(_files(files("tidings.examples") / name, ""))
    settings = found.pop("crisis.yaml")
    write_folder(folder, {**found, "crisis.yaml": settings})
    return folder


def example_reports(name: str) -> tuple[str, ...]:
    """Return the file names of a packaged example's reports.

    Examples
    --------
    >>> example_reports("valdria")[0]
    '2031-03-01-dorvik.txt'
    """
    folder = files("tidings.examples") / name / "reports"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_file()))


def is_example(name: str, folder: Path) -> bool:
    """Whether a folder was made from a packaged example: its crisis.yaml is the packaged one.

    Examples
    --------
    >>> is_example("valdria", Path("nowhere"))
    False
    """
    settings = folder / "crisis.yaml"
    return (
        settings.is_file() and settings.read_bytes() == (files("tidings.examples") / name / "crisis.yaml").read_bytes()
    )


def _files(entry: Traversable, address: str) -> Iterator[tuple[str, bytes]]:
    for child in sorted(entry.iterdir(), key=lambda item: item.name):
        if child.is_dir():
            yield from _files(child, f"{address}{child.name}/")
        else:
            yield f"{address}{child.name}", child.read_bytes()
