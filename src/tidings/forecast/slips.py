r"""Numbers that look like a slip of a digit: forecast both as told and put right, until another number settles it.

A number is suspected where it leaps or falls implausibly from the one before of its source (`oddities`), and with a
digit less, or more, would not: :math:`x / 10` or :math:`10 x` is within the bounds of a plausible step. At a place that
fills up people do come tenfold: so not in the first 60 days, or the first two steps, as for lone jumps (`history`).
What settles it is the next number that the source counts anew, or one of another source from a week before on: the
suspect is taken for what that number is nearer to, on the scale of :math:`\log(x + 100)`. A number that is only told
again settles nothing. Until then it is a slip with the chance

.. math:: p = \frac{a + n_{slip}}{a + b + n_{slip} + n_{stood}}, \qquad a = 4, \quad b = 1,

the mean of a beta posterior, from the suspects that were settled by then, at all places; :math:`a` and :math:`b` are
assumed (decision 0039).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tidings.core.counting import agreed
from tidings.forecast.document import ForecastWarning
from tidings.forecast.history import JUMP_FROM_DAYS, LEAST_PEOPLE
from tidings.forecast.sources import CLOSE_DAYS
from tidings.geography.places import names_listed

if TYPE_CHECKING:
    from tidings.forecast.record import Report

JUMP = 1.5
"""Times the report before, at least: a rise that no earlier report leads to."""
FALL = 0.6
"""Times the report before, at most."""
MANY = 1000.0
"""People by which a jump must change a place."""
SLIPPED, STOOD = 4.0, 1.0
"""Suspects that are taken to have been settled before the first: the median then is that of a slip, and the 80 %
interval holds both."""
FACTORS = (0.1, 10.0)
FIRST_STEP = 2

Key = tuple[str, str, int]
"""Place, source, day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A number that is, or may be, ten times too high or too low."""

    place: str
    source: str
    days: tuple[int, ...]
    """The day of the number, and those on which the source told it again."""
    before: float
    people: float
    """As told."""
    factor: float
    """By which it is put right."""
    p: float
    """That it is a slip; 1 once another number has settled it."""

    @property
    def is_open(self) -> bool:
        """Whether nothing has settled it yet."""
        return self.p < 1

    @property
    def keys(self) -> tuple[Key, ...]:
        """Place, source and day of all its numbers."""
        return tuple((self.place, self.source, day) for day in self.days)


@dataclass(frozen=True, slots=True)
class _Suspect:
    slip: Slip
    is_slip: bool | None
    """None: nothing has settled it."""


def slips_of(reports: Iterable[Report]) -> tuple[Slip, ...]:
    """Return the numbers that are taken for slips, and those that may be, from the reports that were public by a day.

    The order of reports is irrelevant; of numbers told anew of the same day, the one published last counts.
    """
    ordered = sorted(reports, key=lambda r: (r.place, r.source, r.day, r.published, r.people))
    lines: dict[tuple[str, str], dict[int, list[float]]] = {}
    for report in ordered:
        lines.setdefault((report.place, report.source), {}).setdefault(report.day, []).append(report.people)
    by_place: dict[str, dict[str, dict[int, float]]] = {}
    for (place, source), told in lines.items():
        by_place.setdefault(place, {})[source] = {day: people[-1] for day, people in told.items()}
    found = [s for place, told in by_place.items() for source in told for s in _suspects(place, source, told)]
    n_put_right = sum(_is_put_right(people) for told in lines.values() for people in told.values())
    n_slips = n_put_right + sum(suspect.is_slip is True for suspect in found)
    n_stood = sum(suspect.is_slip is False for suspect in found)
    p = (SLIPPED + n_slips) / (SLIPPED + STOOD + n_slips + n_stood)
    return tuple(
        replace(suspect.slip, p=1.0 if suspect.is_slip else p) for suspect in found if suspect.is_slip is not False
    )


def put_right(reports: Sequence[Report], slips: Iterable[Slip]) -> Sequence[Report]:
    """Return reports with slips put right: the very same object where there are none."""
    factors = {key: slip.factor for slip in slips for key in slip.keys}
    if not factors:
        return reports
    return [
        replace(report, people=report.people * factors.get((report.place, report.source, report.day), 1.0))
        for report in reports
    ]


def slip_warnings(
    slips: Sequence[Slip], *, start: dt.date, names: Mapping[str, str] | None = None
) -> Iterator[ForecastWarning]:
    """Yield which numbers look like a slip of a digit, and what is made of them.

    Parameters
    ----------
    start
        The day from which the days of reports are counted.
    names
        By place, its name to be shown; its id where there is none.
    """
    for is_open in (True, False):
        some = [slip for slip in slips if slip.is_open == is_open]
        if not some:
            continue
        told = names_listed([_told(slip, start, names or {}) for slip in some])
        met = f"{agreed(len(some), 'A number looks', 'Numbers look')} like a slip of a digit: {told}"
        done = (
            f"put right with a chance of {some[0].p:.0%} and as told with the rest, until another number settles it"
            if is_open
            else "put right, for the next number settled it"
        )
        code = "digit_slipped_perhaps" if is_open else "digit_slipped"
        yield ForecastWarning(code=code, message=f"{met}. It counts {done}. Correct it by a row published later.")


def _told(slip: Slip, start: dt.date, names: Mapping[str, str]) -> str:
    when = start + dt.timedelta(days=slip.days[0])
    by = f", {slip.source}" if slip.source else ""
    right = slip.people * slip.factor
    return (
        f"{names.get(slip.place, slip.place)} ({when}{by}: {slip.before:,.0f} to {slip.people:,.0f}, or {right:,.0f})"
    )


def _suspects(place: str, source: str, told: Mapping[str, Mapping[int, float]]) -> Iterator[_Suspect]:
    """Yield the suspects of one source at one place, each against the number before, put right where that is one."""
    line = list(told[source].items())
    others = sorted((day, people) for name, other in told.items() if name != source for day, people in other.items())
    right = [people for _, people in line]
    for n in range(1, len(line)):
        (day, people), before = line[n], right[n - 1]
        if people == line[n - 1][1]:
            right[n] = before
            continue
        factor = slipped_factor(before, people)
        if factor is None or n < FIRST_STEP + 1 or line[n - 1][0] - line[0][0] < JUMP_FROM_DAYS:
            continue
        last = next((k for k in range(n, len(line)) if line[k][1] != people), len(line))
        days = tuple(day for day, _ in line[n:last])
        slip = Slip(
            place=place, source=source, days=days, before=before, people=people, factor=factor, p=0.0
        )  # fmt: skip
        evidence = [*line[last : last + 1], *(other for other in others if other[0] >= day - CLOSE_DAYS)]
        is_slip = _settled(slip, min(evidence)[1]) if evidence else None
        if is_slip is not False:
            right[n] = people * factor
        yield _Suspect(slip, is_slip)


def slipped_factor(before: float, people: float) -> float | None:
    """Return by what a number would be put right; None where it is plausible, or a digit does not make it so.

    Examples
    --------
    >>> [slipped_factor(2000.0, people) for people in (21_000.0, 190.0, 9000.0, 2500.0)]
    [0.1, 10.0, None, None]
    """
    if not is_jump(before, people):
        return None
    return next((factor for factor in FACTORS if _is_plausible(before, people * factor)), None)


def is_jump(before: float, after: float) -> bool:
    """Return whether a number leaps or falls implausibly from the one before."""
    return before > 0 and abs(after - before) >= MANY and not _is_plausible(before, after)


def _is_plausible(before: float, after: float) -> bool:
    return FALL * before < after < JUMP * before


def _settled(slip: Slip, people: float) -> bool:
    """Return whether another number is nearer to the one put right than to the one told."""
    told, right, other = (np.log(n + LEAST_PEOPLE) for n in (slip.people, slip.people * slip.factor, people))
    return bool(abs(other - right) < abs(other - told))


def _is_put_right(vintages: Sequence[float]) -> bool:
    """Return whether a source corrected a number of one day by a digit."""
    return len(vintages) > 1 and slipped_factor(vintages[-1], vintages[0]) is not None
