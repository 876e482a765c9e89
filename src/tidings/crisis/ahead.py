"""Bulletins of days that lie ahead: refused, for an expected number is not a bulletin; but for exercises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tidings.core.errors import Problem
from tidings.crisis.crisis import Bulletin, Crisis

BULLETINS = "bulletins.csv"


def is_exercise(start: dt.date | None, today: dt.date) -> bool:
    """Return whether a crisis lies ahead as a whole: then it is an exercise, and its days are taken as they are.

    Examples
    --------
    >>> is_exercise(dt.date(2031, 3, 1), dt.date(2030, 1, 1)), is_exercise(None, dt.date(2030, 1, 1))
    (True, False)
    """
    return start is not None and start > today


def bulletins_ahead(crisis: Crisis, today: dt.date, *, start: dt.date | None = None) -> Iterator[Problem]:
    """Yield a problem for each bulletin that counts a day after today, or was published after it, with its line.

    Parameters
    ----------
    start
        The first day of the crisis; by default that of crisis.yaml, else that of its first bulletin.
    """
    first = start or crisis.settings.start or min((b.day for b in crisis.bulletins), default=None)
    for number, bulletin in () if is_exercise(first, today) else enumerate(crisis.bulletins):
        if told := _day_ahead(bulletin, today):
            met = f"the {bulletin.measure} at '{bulletin.place}' {told}, after today ({today})"
            yield Problem(crisis.where_of(number), met, "Correct the day; an expected number is not a bulletin.")


def _day_ahead(bulletin: Bulletin, today: dt.date) -> str:
    """Say which day of a bulletin lies ahead; nothing where none does."""
    if bulletin.day > today:
        return f"is of {bulletin.day}"
    published = bulletin.published or bulletin.day
    return f"was published on {published}" if published > today else ""
