"""What stands beside a forecast of who is present, in words: the last report, who told it, and what it rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command that renders one document need not wait for the modules of all
    from tidings.forecast.document import LastReport

UNNAMED = "nobody named"
RESIDENTS = {"reports": ", residents on the simulation", "simulation": ", which adds residents"}


def last_report_words(
    last: LastReport | None,
    people: Callable[[float], str] = "{:,.0f}".format,
    day: Callable[[dt.date], str] = str,
) -> str:
    """Return the last report of a place, with its day and source; of sources that are apart, each one's.

    Parameters
    ----------
    people, day
        How a number and a day are written.
    """
    if last is None:
        return "–"
    if not last.apart:
        source = f", {last.source}" if last.source else ""
        return f"{people(last.people)} ({day(last.day)}{source})"
    days = {one.day for one in last.apart}
    if len(days) == 1:
        told = " or ".join(f"{people(one.people)} ({one.source or UNNAMED})" for one in last.apart)
        return f"{told}, {day(*days)}"
    return " or ".join(f"{people(one.people)} ({day(one.day)}, {one.source or UNNAMED})" for one in last.apart)


def basis_words(last: LastReport | None, *, is_moved: bool = False) -> str:
    """Return what the people present at a place rest on.

    Parameters
    ----------
    is_moved
        Whether it is of a scenario other than the base.
    """
    basis: str = last.present_rests_on if last else "simulation"
    residents = RESIDENTS[basis] if last and last.is_beside_residents else ""
    return basis + (", moved by the simulation" if is_moved and basis == "reports" else "") + residents
