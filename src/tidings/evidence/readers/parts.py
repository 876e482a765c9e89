"""Several reports in one file: those that can be read, and on the first of them what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from tidings.core.counting import agreed, counted
from tidings.core.errors import InputError
from tidings.evidence.readers.received import Received, no_text
from tidings.evidence.report import Report

MAX_PARTS = 20_000
TOLD = 10
"""So many of the parts that were left out are told one by one."""


def read_parts(
    received: Received,
    contents: Iterable[bytes],
    read: Callable[[Received], Report],
    called: Callable[[bytes], str] = lambda content: "",
) -> tuple[Report, ...]:
    """Read each part of a file; the same part twice is one report.

    Parameters
    ----------
    contents
        Of each part what its id is hashed from: nothing that changes when other parts come or go.
    read
        Reads one.
    called
        What the file calls a part, so that people find it; nothing where it has no name.

    Raises
    ------
    InputError
        If no part can be read, with what is wrong with the first ones; or if there are too many.
    """
    reports: dict[str, Report] = {}
    left_out: list[str] = []
    for number, content in enumerate(contents):
        if number == MAX_PARTS:
            met = f"it holds more than {MAX_PARTS:,} reports"
            raise InputError(where=received.name, met=met, fix="Cut it into several files.")
        try:
            report = read(received.part(content))
        except InputError as error:
            named = f" ('{name}')" if (name := called(content)) else ""
            left_out.append(f"part {number + 1}{named} was left out: {error.problems[0].met}")
        else:
            reports.setdefault(report.id, report)
    return _with_told(received, list(reports.values()), left_out)


def _with_told(received: Received, reports: list[Report], left_out: list[str]) -> tuple[Report, ...]:
    n_more = len(left_out) - TOLD
    more = [f"{counted(n_more, 'more part')} {agreed(n_more, 'was', 'were')} left out"] if n_more > 0 else []
    told = [*left_out[:TOLD], *more]
    if not reports:
        if not told:
            raise no_text(received.name)
        raise InputError(where=received.name, met="; ".join(told), fix="Hand in a file with a report that has text.")
    return (replace(reports[0], warnings=(*told, *reports[0].warnings)), *reports[1:])
