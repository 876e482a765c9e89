r"""How far each source is off, learnt from what was published by an origin (decision 0033).

Of three reports of one source in a row, at most 60 days from first to last, the middle one is off the line through
the others by :math:`r`, on the scale :math:`y = \log(x + 100)`. Where reports err alone with variance :math:`v`,
:math:`r^2 / (1 + w^2 + (1 - w)^2)` has mean :math:`v`, :math:`w` being where the middle stands between the others.
The source that is least off so is the reference. Reports of another are held against its reports of the same place at
most 7 days apart, which shows a bias, and the larger of the two counts. A source that has fewer than three such pairs
is taken for as good as the reference: nothing tells its errors from what it counts.
With :math:`n` such squares :math:`e^2` of a source,

.. math:: v_s = \frac{\nu_0 \bar{v} + n\, m}{\nu_0 + n}, \qquad m = \min\Bigl(\overline{e^2},
    \frac{\mathrm{median}\, e^2}{0.455}\Bigr), \qquad \nu_0 = 4,

the scale of the posterior of a variance with a scaled inverse chi-square prior (Gelman et al., Bayesian Data Analysis,
3rd ed., § 2.6), with the median where the mean is larger (0.455 is that of :math:`\chi^2_1`): people who do come or
leave at once are a few large squares and no error. The prior's scale is :math:`m` of all sources. The squares overlap,
so :math:`n` counts for too much; :math:`\nu_0` is assumed, not fitted.

The noise of reports that was fitted on other conflicts is that of a single source. What is added to a report is how
much worse its source is than the best one here: with one source nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tidings.core.counting import agreed, counted
from tidings.forecast.document import ForecastWarning
from tidings.forecast.history import LEAST_PEOPLE
from tidings.geography.places import names_listed

if TYPE_CHECKING:
    from tidings.forecast.record import Report

PRIOR_COUNT = 4.0
LONGEST_SPAN_DAYS = 60
CLOSE_DAYS = 7
"""Reports of two sources that are at most so far apart tell of the same people."""
FEWEST_PAIRS = 3
SHOWN = 6
"""Sources that a warning names."""
MEDIAN_SQUARE = 0.455
"""The median of a square that is 1 in the mean (chi-square with one degree of freedom)."""
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
    """Its reports that were held against the steadiest source's."""
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
    lines = lines_of(told)
    own = {source: [e for (_, name), line in lines.items() if name == source for e in off_neighbours(line)]
           for source in sources}  # fmt: skip
    pooled = typical([e for squares in own.values() for e in squares])
    alone = {source: shrunk(own[source], pooled) for source in sources}
    reference = min(sources, key=lambda source: (alone[source], source))
    against = {source: list(_off(source, reference, lines)) for source in sources}
    return {
        source: SourceError(
            variance=max(
                (alone[source], shrunk(squares, pooled), LEAST_ERROR**2)
                if len(squares := against[source]) >= FEWEST_PAIRS
                else (alone[reference], LEAST_ERROR**2)
            ),
            n_compared=len(against[source]),
            delay_days=_delay_days(source, told),
        )
        for source in sources
    }


def weighed(told: Mapping[str, tuple[float, float]], errors: SourceErrors) -> tuple[float, float]:
    """Return the people whom sources tell of on one day, and by how much their variance exceeds the best source's.

    Each counts by one over its variance; one alone counts as it stands.

    Parameters
    ----------
    told
        By source: people, and what their variance has beyond the source's.

    Examples
    --------
    >>> good, bad = (SourceError(variance=v, n_compared=9, delay_days=0.0) for v in (0.01, 0.03))
    >>> weighed({"good": (100.0, 0.0), "bad": (200.0, 0.0)}, {"good": good, "bad": bad})
    (125.0, 0.0)
    """
    best = min(error.variance for error in errors.values())
    variances = {source: errors[source].variance + more for source, (_, more) in sorted(told.items())}
    if len(told) == 1:
        ((source, (people, _)),) = told.items()
        return people, variances[source] - best
    weights = {source: 1 / variance for source, variance in variances.items()}
    total = sum(weights.values())
    people = sum(weight * told[source][0] for source, weight in weights.items()) / total
    return people, max(1 / total - best, 0.0)


def source_warnings(errors: SourceErrors) -> Iterator[ForecastWarning]:
    """Yield what is taken of each source, where there are several."""
    if not errors:
        return
    compared = [named for named in errors.items() if named[1].n_compared >= FEWEST_PAIRS]
    worst = sorted(compared, key=lambda named: (-named[1].variance, named[0]))
    shown = [
        f"{source or 'an unnamed source'} is off by {error.share:.0%} ({counted(error.n_compared, 'comparison')}), "
        f"published {error.delay_days:g} {agreed(error.delay_days, 'day', 'days')} after the day counted"
        for source, error in worst[:SHOWN]
    ]
    n_more = len(worst) - SHOWN
    more = [f"{n_more} more {agreed(n_more, 'is', 'are')} nearer"] if n_more > 0 else []
    others = names_listed(sorted(source or "an unnamed source" for source in errors if source not in dict(compared)))
    why = f"under {FEWEST_PAIRS} numbers within {CLOSE_DAYS} days of another's at the same place"
    if not worst:
        message = f"Of {others} none can be held against another ({why}): all count alike."
    else:
        message = f"Sources are weighed by how far they were off, worse ones count less: {'; '.join((*shown, *more))}."
        message += f" The steadiest, and those that none can be held against ({why}), count in full: {others}."
    yield ForecastWarning(code="source_errors", message=message)


def lines_of(reports: Iterable[Report]) -> dict[tuple[str, str], Line]:
    """Return by place and source the numbers above 0, of each day the one published last."""
    last: dict[tuple[str, str], dict[int, float]] = {}
    for report in sorted(reports, key=lambda r: (r.place, r.source, r.day, r.published)):
        last.setdefault((report.place, report.source), {})[report.day] = report.people
    peopled = {key: {day: n for day, n in by_day.items() if n > 0} for key, by_day in last.items()}
    return {
        key: (np.array(list(by_day), np.float64), np.log(np.array(list(by_day.values())) + LEAST_PEOPLE))
        for key, by_day in peopled.items()
    }


def off_neighbours(line: Line) -> Iterator[float]:
    """Yield the squares of reports between two others of the same source; a number told again counts once."""
    days, logs = _changing(line)
    for n in range(1, len(days) - 1):
        span = days[n + 1] - days[n - 1]
        if span <= LONGEST_SPAN_DAYS:
            w = (days[n] - days[n - 1]) / span
            off = logs[n] - (1 - w) * logs[n - 1] - w * logs[n + 1]
            yield float(off**2 / (1 + w**2 + (1 - w) ** 2))


def _changing(line: Line) -> Line:
    """Return the reports that tell another number than the one before: who repeats an old one has not counted anew."""
    days, logs = line
    is_new = np.append(True, np.diff(logs) != 0)[: len(days)]
    return days[is_new], logs[is_new]


def _off(source: str, reference: str, lines: Mapping[tuple[str, str], Line]) -> Iterator[float]:
    """Yield the squares of a source's reports against the reference's nearest report of the same place."""
    if source == reference:
        return
    for (place, name), (days, logs) in lines.items():
        if name != source or (place, reference) not in lines:
            continue
        known, levels = lines[place, reference]
        if not len(known):  # it told of nobody there
            continue
        for day, log in zip(days, logs, strict=True):
            nearest = int(np.abs(known - day).argmin())
            if abs(known[nearest] - day) <= CLOSE_DAYS:
                yield float((log - levels[nearest]) ** 2)


def _delay_days(source: str, reports: Iterable[Report]) -> float:
    """Return the median from the day counted to the first publication of its number."""
    first: dict[tuple[str, int], int] = {}
    for report in reports:
        if report.source == source:
            key = (report.place, report.day)
            first[key] = min(first.get(key, report.published), report.published)
    return float(median(published - day for (_, day), published in first.items()))


def typical(squares: Sequence[float]) -> float:
    """Return the mean of squares, or what their median tells of it where that is less."""
    return min(median(squares) / MEDIAN_SQUARE, fmean(squares)) if squares else LEAST_ERROR**2


def shrunk(squares: list[float], pooled: float) -> float:
    n = len(squares)
    return (PRIOR_COUNT * pooled + n * typical(squares)) / (PRIOR_COUNT + n)
