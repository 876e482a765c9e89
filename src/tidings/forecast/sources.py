r"""How far each source is off, learnt from what was published by an origin (decision 0033).

Of three reports of one source in a row, at most 60 days from first to last, the middle one is off the line through the
others by :math:`r`, on the scale :math:`y = \log(x + 100)`. Where reports err alone with variance :math:`v`,
:math:`r^2 / (1 + w^2 + (1 - w)^2)` has mean :math:`v`, :math:`w` being where the middle stands between the others. The
source that is least off so is the reference; reports of the others are held against its line too, which shows a bias,
and the larger of the two counts.
With :math:`n` such squares :math:`e^2` of a source,

.. math:: v_s = \frac{\nu_0 \bar{v} + \sum e^2}{\nu_0 + n}, \qquad \nu_0 = 4,

the scale of the posterior of a variance with a scaled inverse chi-square prior (Gelman et al., Bayesian Data Analysis,
3rd ed., § 2.6), whose scale is the mean square over all sources. The squares overlap, so :math:`n` counts for too much;
:math:`\nu_0` is assumed, not fitted.

The noise of reports that was fitted on other conflicts is that of a single source. What is added to a report is how
much worse its source is than the best one here: with one source nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.document import ForecastWarning
from tidings.forecast.history import LEAST_PEOPLE

if TYPE_CHECKING:
    from tidings.forecast.record import Report

PRIOR_COUNT = 4.0
LONGEST_SPAN_DAYS = 60
MOST_SQUARE = 1.0
"""One report's square counts for no more: it may be a transfer or a misprint."""
LEAST_ERROR = 0.02
"""On the log scale: nobody counts people better."""

Line: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]
"""Days, rising, and logarithms of people. Each of shape (report,)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceError:
    """What is known of one source at an origin."""

    variance: float
    """Of the logarithm of its numbers, never below that of `LEAST_ERROR`."""
    n_compared: int
    """Squares that it rests on; with none it is the pooled one."""
    delay_days: float
    """The median from the day counted to the publication."""

    @property
    def share(self) -> float:
        """Its standard error, roughly as a share of the people."""
        return float(np.sqrt(self.variance))


SourceErrors: TypeAlias = Mapping[str, SourceError]
"""By source; empty where there is one alone."""


def source_errors(reports: Iterable[Report]) -> SourceErrors:
    """Return the error of each source, of reports that were public by an origin; empty with fewer than two sources.

    Zeros are left out: nobody had counted yet, or the place was left. The order of reports is irrelevant.
    """
    told = list(reports)
    sources = sorted({report.source for report in told})
    if len(sources) < 2:
        return {}
    lines = _lines(told)
    own = {source: [e for (_, name), line in lines.items() if name == source for e in _off_neighbours(line)]
           for source in sources}  # fmt: skip
    pooled = _mean([e for squares in own.values() for e in squares])
    reference = min(sources, key=lambda source: (_shrunk(own[source], pooled), source))
    against = {source: list(_off(source, reference, lines)) for source in sources}
    return {
        source: SourceError(
            variance=max(
                *(_shrunk(squares, pooled) for squares in _found(own[source], against[source])), LEAST_ERROR**2
            ),
            n_compared=len(own[source]) + len(against[source]),
            delay_days=_delay_days(source, told),
        )
        for source in sources
    }


def weighed(told: Mapping[str, float], errors: SourceErrors) -> tuple[float, float]:
    """Return the people whom sources tell of on one day, and by how much their variance exceeds the best source's.

    Each counts by one over its variance; one alone counts as it stands.

    Examples
    --------
    >>> good, bad = (SourceError(variance=v, n_compared=9, delay_days=0.0) for v in (0.01, 0.03))
    >>> weighed({"good": 100.0, "bad": 200.0}, {"good": good, "bad": bad})
    (125.0, 0.0)
    """
    best = min(error.variance for error in errors.values())
    if len(told) == 1:
        ((source, people),) = told.items()
        return people, errors[source].variance - best
    weights = {source: 1 / errors[source].variance for source in sorted(told)}
    total = sum(weights.values())
    people = sum(weight * told[source] for source, weight in weights.items()) / total
    return people, max(1 / total - best, 0.0)


def source_warnings(errors: SourceErrors) -> Iterator[ForecastWarning]:
    """Yield what is taken of each source, where there are several."""
    if not errors:
        return
    shown = "; ".join(
        f"{source or 'an unnamed source'} is off by {error.share:.0%} ({_compared(error.n_compared)}), "
        f"published {error.delay_days:g} days after the day counted"
        for source, error in errors.items()
    )
    message = f"Sources are weighed by how far their reports were off: {shown}. Those that are worse count less."
    yield ForecastWarning(code="source_errors", message=message)


def _compared(n: int) -> str:
    return "taken as all together" if n == 0 else f"{n} comparison{'s' if n > 1 else ''}"


def _lines(reports: Iterable[Report]) -> dict[tuple[str, str], Line]:
    """Return by place and source the numbers above 0, of each day the one published last."""
    last: dict[tuple[str, str], dict[int, float]] = {}
    for report in sorted(reports, key=lambda r: (r.place, r.source, r.day, r.published)):
        last.setdefault((report.place, report.source), {})[report.day] = report.people
    peopled = {key: {day: n for day, n in by_day.items() if n > 0} for key, by_day in last.items()}
    return {
        key: (np.array(list(by_day), np.float64), np.log(np.array(list(by_day.values())) + LEAST_PEOPLE))
        for key, by_day in peopled.items()
    }


def _off_neighbours(line: Line) -> Iterator[float]:
    """Yield the squares of reports between two others of the same source."""
    days, logs = line
    for n in range(1, len(days) - 1):
        span = days[n + 1] - days[n - 1]
        if span <= LONGEST_SPAN_DAYS:
            w = (days[n] - days[n - 1]) / span
            off = logs[n] - (1 - w) * logs[n - 1] - w * logs[n + 1]
            yield min(float(off**2 / (1 + w**2 + (1 - w) ** 2)), MOST_SQUARE)


def _off(source: str, reference: str, lines: Mapping[tuple[str, str], Line]) -> Iterator[float]:
    """Yield the squares of a source's reports against the line of the reference at the same place."""
    if source == reference:
        return
    for (place, name), (days, logs) in lines.items():
        if name != source or (place, reference) not in lines:
            continue
        known, levels = lines[place, reference]
        for day, log in zip(days, logs, strict=True):
            before, after = np.searchsorted(known, day, "right") - 1, np.searchsorted(known, day)
            if before >= 0 and after < len(known) and known[after] - known[before] <= LONGEST_SPAN_DAYS:
                yield min(float((log - np.interp(day, known, levels)) ** 2), MOST_SQUARE)


def _found(own: list[float], against: list[float]) -> tuple[list[float], ...]:
    """Return the squares that tell of a source; none against the reference say nothing."""
    return (own, against) if against else (own,)


def _delay_days(source: str, reports: Iterable[Report]) -> float:
    """Return the median from the day counted to the first publication of its number."""
    first: dict[tuple[str, int], int] = {}
    for report in reports:
        if report.source == source:
            key = (report.place, report.day)
            first[key] = min(first.get(key, report.published), report.published)
    return float(median(published - day for (_, day), published in first.items()))


def _mean(squares: list[float]) -> float:
    return sum(squares) / len(squares) if squares else LEAST_ERROR**2


def _shrunk(squares: list[float], pooled: float) -> float:
    return (PRIOR_COUNT * pooled + sum(squares)) / (PRIOR_COUNT + len(squares))
