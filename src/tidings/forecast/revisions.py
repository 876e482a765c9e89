r"""By how much the numbers of a source are corrected later, learnt from what was public by an origin (decision 0034).

A number tells of a place and a day; some sources publish it again, corrected. With :math:`y = \log(x + 100)`, a
number that is :math:`a` days old (since its first publication) has still to move by :math:`r(a) = y_{last} - y(a)`:
one cell of a reporting triangle (Mack 1993). A number is settled once it is as old as the latest correction that its
source ever made, of those within 90 days. From the :math:`n` settled numbers of the source,

.. math:: \mu(a) = \frac{n}{\nu_0 + n} \, \mathrm{median}\, r, \qquad v(a) = \min\Bigl(\overline{(r - \mu)^2},
    \frac{\mathrm{median}\, (r - \mu)^2}{0.455}\Bigr), \qquad \nu_0 = 4,

is what a number of that age is still expected to move by, drawn towards 0 as by four numbers that never changed, and
the variance about it, in which what the drawing leaves counts too. Medians, as for the errors of sources: a slip of the
pen that is put right says nothing of other numbers, and a source that corrects less than half of them is left as it
is. Nothing is learnt before three numbers were corrected, nor of who is not named: another may have told the second.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tidings.core.counting import counted
from tidings.forecast.document import ForecastWarning
from tidings.forecast.history import LEAST_PEOPLE
from tidings.forecast.sources import typical

if TYPE_CHECKING:
    from tidings.forecast.record import Report

PRIOR_COUNT = 4.0
FEWEST_CORRECTED = 3
LONGEST_DAYS = 90
"""Corrections later than that are of another kind: they are used once they are made, and not foreseen."""
SHOWN = 6
"""Sources that a warning names."""

Vintages: TypeAlias = Sequence[tuple[int, float]]
"""Of one number of one source: the days of publication, rising, and the people told then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a number has still to move by, on the scale of log(x + 100)."""

    mean: float = 0.0
    variance: float = 0.0

    def settled(self, people: float) -> float:
        """Return the people that a number is expected to tell of in the end; of nobody, nobody.

        Examples
        --------
        >>> round(Ahead(mean=0.1).settled(900.0), 1), Ahead(mean=0.1).settled(0.0)
        (1005.2, 0.0)
        """
        return max((people + LEAST_PEOPLE) * float(np.exp(self.mean)) - LEAST_PEOPLE, 0.0) if people > 0 else people


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """What is known of the corrections of one source at an origin."""

    settled_after: int
    """Days from the first publication of a number to the latest correction seen."""
    settled: Sequence[Vintages] = field(repr=False)
    """Numbers that are as old as that; all that were corrected stand among them."""

    def ahead(self, age_days: int) -> Ahead:
        """Return what a number has still to move by, so many days after it was first published.

        Parameters
        ----------
        age_days
            At least 0.
        """
        if age_days >= self.settled_after:
            return Ahead()
        moves = [_log(told[-1][1]) - _log(_at_age(told, age_days)) for told in self.settled]
        mean = median(moves) * len(moves) / (PRIOR_COUNT + len(moves))
        return Ahead(mean=mean, variance=typical([(move - mean) ** 2 for move in moves]))


RevisionsBySource: TypeAlias = Mapping[str, Revisions]
"""Of the sources that corrected three numbers or more."""


def revisions_of(reports: Iterable[Report], origin: int) -> RevisionsBySource:
    """Return how each source corrects its numbers, from the reports that were public by an origin.

    Numbers of nobody are left out: nobody had counted yet. The order of reports is irrelevant.
    """
    numbers: dict[tuple[str, str, int], list[tuple[int, float]]] = {}
    for report in sorted(reports, key=lambda r: (r.published, r.people)):
        numbers.setdefault(_number(report), []).append((report.published, report.people))
    by_source: dict[str, list[Vintages]] = {}
    for (source, _, _), told in numbers.items():
        if source and all(people > 0 for _, people in told):
            by_source.setdefault(source, []).append(told)
    known = ((source, _of_source(told, origin)) for source, told in by_source.items())
    return {source: revisions for source, revisions in known if revisions}


def _of_source(numbers: Sequence[Vintages], origin: int) -> Revisions | None:
    corrected = [days for days in map(_corrected_after, numbers) if days]
    if len(corrected) < FEWEST_CORRECTED:
        return None
    last = max(corrected)
    return Revisions(settled_after=last, settled=tuple(one for one in numbers if origin - one[0][0] >= last))


def as_expected(reports: Sequence[Report], origin: int) -> Sequence[Report]:
    """Return reports as they are expected to stand once corrected, each with the variance of what is ahead.

    Parameters
    ----------
    reports
        All that were public by the origin.

    Returns
    -------
    Sequence[Report]
        The same ones where no source ever corrected a number: the very same object.
    """
    revisions = revisions_of(reports, origin)
    if not revisions:
        return reports
    first: dict[tuple[str, str, int], int] = {}
    for report in reports:
        first[_number(report)] = min(first.get(_number(report), report.published), report.published)
    return [_expected(report, origin - first[_number(report)], revisions.get(report.source)) for report in reports]


def _expected(report: Report, age_days: int, revisions: Revisions | None) -> Report:
    ahead = Ahead() if revisions is None else revisions.ahead(age_days)
    return replace(report, people=ahead.settled(report.people), variance=ahead.variance) if report.people else report


def _number(report: Report) -> tuple[str, str, int]:
    return report.source, report.place, report.day


def revision_warnings(revisions: RevisionsBySource) -> Iterator[ForecastWarning]:
    """Yield what is expected of the numbers that were told last, where a source corrects its own."""
    told = [(source, one, one.ahead(0)) for source, one in sorted(revisions.items())]
    told = [(source, one, ahead) for source, one, ahead in told if ahead != Ahead()]
    if not told:
        return
    shown = "; ".join(
        f"{source} moves its numbers by {np.expm1(ahead.mean):+.0%} "
        f"({np.sqrt(ahead.variance):.0%} more or less) "
        f"within {counted(one.settled_after, 'day')} ({counted(len(one.settled), 'number')})"
        for source, one, ahead in told[:SHOWN]
    )
    shown += f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    message = f"Numbers are corrected later: {shown}. Those that are younger count as they are expected to stand then."
    yield ForecastWarning(code="numbers_corrected_later", message=message)


def _corrected_after(told: Vintages) -> int:
    """Return after how many days a number was changed last, of those that are foreseen; 0 where it was not."""
    ages = ((published - told[0][0], people != before) for (_, before), (published, people) in pairwise(told))
    return max((days for days, is_changed in ages if is_changed and days <= LONGEST_DAYS), default=0)


def _at_age(told: Vintages, age_days: int) -> float:
    return told[bisect_right(told, told[0][0] + age_days, key=lambda vintage: vintage[0]) - 1][1]


def _log(people: float) -> float:
    return float(np.log(people + LEAST_PEOPLE))
