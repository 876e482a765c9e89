"""A place's reports made ready to be carried on: false zeros left out, falls and lone jumps taken for changes of level.

Nothing is dropped but zeros at the start that turn out to be a missing baseline. A fall of over 10 % is a correction,
a transfer or a return: reports before it are rescaled, so that no slope runs through it; but three such falls in a row
are a camp that empties (decision 0041). A rise that sticks out is a registration: reports before it are lifted by it.
The slope between two numbers that are less than a week apart counts in part. Reports of a source that is worse than the
best one are believed in part (decision 0033), and so are numbers that are expected to be corrected (decision 0034).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

NEVER = 999.0
"""Days since what has never been."""
FALL = 0.1
FALLS_IN_A_ROW = 3
"""From which on they are the rule: none of them is a change of level."""
TESTED_DAYS = 7.0
"""The shortest span between two numbers over which hindcasts tested a slope."""
JUMP = 0.25
JUMP_TIMES_BEFORE = 2.5
JUMP_FROM_DAYS = 60
BEFORE_DAYS = 120.0
WINDOWS = (30.0, 60.0, 120.0)
REAL_FROM = 200.0
LEAST_PEOPLE = 100.0
DRIFT_PER_DAY = 0.002
"""Variance of the logarithm that a day adds to a level: a quarter in 30 days. Assumed; only noisy reports use it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """What the reports of one place say at an origin."""

    days: Floats
    """Shape (report,): days before the origin as negative numbers, rising."""
    people: Floats
    """Shape (report,): as reported, those that are noisy drawn towards the level before them."""
    growth_per_day: float
    """People a day: the mean of the slopes over the last 30, 60 and 120 days, with lone jumps and without."""
    days_since_shift: float
    """Since the last fall or lone jump; `NEVER` where there was none."""
    told: Floats | None = None
    """Shape (report,): as reported, where that is not `people`."""
    noise: Floats | None = None
    """Shape (report,): variance of the logarithm beyond that of the best source; None: no report is noisy."""
    last_variance: float = 0.0
    """Of the logarithm of the last of `people`, from the noise of reports."""
    last_doubt: float = 0.0
    """The same, as the source of the last report tells it by a low and a high: it widens a forecast and moves none."""

    @property
    def last(self) -> float:
        """People in the last report."""
        return float(self.people[-1])

    @property
    def silent_days(self) -> float:
        """Days from the last report to the origin."""
        return -float(self.days[-1])

    @property
    def known_days(self) -> float:
        """Days from the first report to the origin."""
        return -float(self.days[0])


def history_of(
    days: NDArray[np.int64], people: Floats, origin: int, noise: Floats | None = None, doubt: Floats | None = None
) -> History:
    """Return the history of a place with at least one report by the origin.

    Parameters
    ----------
    noise, doubt
        As in `Series`. Shape (report,).

    Examples
    --------
    >>> camp = history_of(np.array([0, 30, 90]), np.array([0.0, 600.0, 1200.0]), origin=100)
    >>> camp.last, camp.silent_days, camp.known_days
    (1200.0, 10.0, 70.0)
    """
    is_known = days <= origin
    told, people = without_false_zeros(days[is_known].astype(np.float64), people[is_known])
    raw, variance = people, 0.0
    if noise is not None:
        noise = noise[is_known][-len(people) :]
        people, variance = steadied(told, people, noise)
    level = rescaled(people)
    is_jump = jumps(told, level)
    steady = level + np.concatenate([np.cumsum((np.diff(level) * is_jump)[::-1])[::-1], [0.0]])
    slopes = [slope_per_day(told, series, window) for series in (steady, level) for window in WINDOWS]
    shifts = np.flatnonzero(is_jump | level_falls(people))
    return History(
        days=told - origin,
        people=people,
        growth_per_day=float(np.mean(slopes)) * believed(told),
        days_since_shift=float(origin - told[shifts[-1] + 1]) if len(shifts) else NEVER,
        told=raw,
        noise=noise,
        last_variance=variance,
        last_doubt=0.0 if doubt is None else float(doubt[is_known][-1]),
    )


def without_false_zeros(days: Floats, people: Floats) -> tuple[Floats, Floats]:
    """Return reports without the zeros before the first people, once 200 or more are known: nobody had counted yet."""
    first = int(np.argmax(people > 0)) if people.max(initial=0.0) >= REAL_FROM else 0
    return days[first:], people[first:]


def steadied(days: Floats, people: Floats, noise: Floats) -> tuple[Floats, float]:
    r"""Return reports, the noisy ones drawn towards the level before them, and the variance of the last.

    On the scale of :math:`\log(x + 100)` the level is a random walk, filtered report by report (the local level model;
    Durbin and Koopman 2012, ch. 2): a report moves it by the share :math:`P / (P + v)` of what it is off. Without noise
    that is 1, and the report stands as it is.

    Examples
    --------
    >>> people, _ = steadied(np.array([0.0, 10, 20]), np.array([900.0, 1900, 900]), np.array([0.0, 0.18, 0.0]))
    >>> people.round()
    array([900., 972., 900.])
    """
    logs, steady = np.log(people + LEAST_PEOPLE), people.copy()
    level, variance = float(logs[0]), float(noise[0])
    for n in range(1, len(days)):
        before = variance + DRIFT_PER_DAY * float(days[n] - days[n - 1])
        if noise[n] <= 0:
            level, variance = float(logs[n]), 0.0
            continue
        gain = before / (before + float(noise[n]))
        level, variance = level + gain * (float(logs[n]) - level), gain * float(noise[n])
        steady[n] = max(round(float(np.exp(level)) - LEAST_PEOPLE, 3), 0.0)  # a rest of 1e-14 would fall to nobody
    return steady, variance


def falls(people: Floats) -> NDArray[np.bool_]:
    """Return which steps fall by over 10 %. Shape (report - 1,)."""
    fallen: NDArray[np.bool_] = people[1:] < (1 - FALL) * people[:-1]
    return fallen


def level_falls(people: Floats) -> NDArray[np.bool_]:
    """Return which falls of over 10 % are changes of level: those that are not three or more in a row.

    Shape (report - 1,).

    Examples
    --------
    >>> level_falls(np.array([100.0, 80, 80, 70, 60, 50])), level_falls(np.array([100.0, 80, 60]))
    (array([ True, False, False, False, False]), array([ True,  True]))
    """
    fallen = falls(people)
    run = np.cumsum(np.diff(fallen, prepend=False))
    result: NDArray[np.bool_] = fallen & (np.bincount(run)[run] < FALLS_IN_A_ROW)
    return result


def believed(days: Floats) -> float:
    """Return the share of a slope that counts: less than 1 where two numbers are all, and not a week apart.

    The variance of a slope between two numbers falls with the square of their span.

    Examples
    --------
    >>> believed(np.array([0.0, 3.5])), believed(np.array([0.0, 7.0])), believed(np.array([0.0, 1.0, 2.0]))
    (0.25, 1.0, 1.0)
    """
    return min(1.0, float(days[-1] - days[0]) / TESTED_DAYS) ** 2 if len(days) == 2 else 1.0


def rescaled(people: Floats) -> Floats:
    """Return the reports on the level of the last one: those before a fall are multiplied by what it left.

    Examples
    --------
    >>> rescaled(np.array([100.0, 200.0, 100.0, 110.0]))
    array([ 50., 100., 100., 110.])
    """
    left = np.where(level_falls(people), people[1:] / np.maximum(people[:-1], 1.0), 1.0)
    return np.asarray(people * np.concatenate([np.cumprod(left[::-1])[::-1], [1.0]]), np.float64)


def jumps(days: Floats, level: Floats) -> NDArray[np.bool_]:
    """Return which steps stick out: over 25 %, faster than 2.5 times the 120 days before. Shape (report - 1,).

    Not in the first 60 days or the first two steps: there, camps fill up.
    """
    rise = np.diff(level)
    since = np.maximum(days[:-1] - BEFORE_DAYS, days[0])
    before = np.abs(level[:-1] - np.interp(since, days, level)) / np.maximum(days[:-1] - since, 1.0)
    is_fast = rise / np.maximum(np.diff(days), 1.0) > JUMP_TIMES_BEFORE * before
    is_large = rise > JUMP * np.maximum(level[:-1], LEAST_PEOPLE)
    is_late = (days[:-1] - days[0] >= JUMP_FROM_DAYS) & (np.arange(len(rise)) >= 2)
    result: NDArray[np.bool_] = is_fast & is_large & is_late
    return result


def slope_per_day(days: Floats, people: Floats, window_days: float) -> float:
    r"""Return the change a day up to the last report, over a window or since the first report.

    A rise is a mean of people a day. People leave in proportion to those who are there: a decline from :math:`x_0` to
    :math:`x` in :math:`t` days is as fast as its rate leaves it at the end, :math:`x \log(x / x_0) / t`.

    Examples
    --------
    >>> week = np.array([0.0, 7.0])
    >>> slope_per_day(week, np.array([300.0, 1000.0]), 30.0), round(slope_per_day(week, np.array([1000.0, 300]), 30.0))
    (100.0, -52)
    """
    since = max(days[-1] - window_days, days[0])
    last, then = float(people[-1]), float(np.interp(since, days, people))
    change = last - then if last >= then else last * np.log(last / then) if last > 0 else 0.0
    return float(change / max(float(days[-1] - since), 1.0))
