r"""A particle filter over the simulation: members that foretold past reports better count more.

Each member :math:`m` is a particle: its parameters and its luck. Its state is set anew to the reports at each origin
(`simulated`), so that what is filtered is how members move people on. From each fortnight before the origin it foretold
the reports of about a month later. How many people the simulation moves is mended first, by

.. math:: \alpha_m = \frac{\sum_j w_j A_j + c_m \alpha_0}{\sum_j w_j S_{mj} + c_m}

with :math:`A_j` the people reported more at all places together in that month, :math:`S_{mj}` those simulated,
:math:`w_j` halved in 120 days, :math:`c_m` one mean month and :math:`\alpha_0` what other conflicts gave. The same is
then done for each place, with :math:`\alpha_m` in place of :math:`\alpha_0`: where people go is learnt as well. Both
are kept between a floor and a cap. Then members are weighed by the Laplace likelihood of the mended changes at each
place, tempered so that at least a quarter of them count (sequential Monte Carlo with static parameters, Chopin 2002;
tempering: Del Moral, Doucet and Jasra 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.document import QUANTILES
from tidings.forecast.series import Seen
from tidings.forecast.simulated import Simulated, key_of, seen_earlier, simulate_on

Floats = NDArray[np.float64]
_T = TypeVar("_T")

EVERY_DAYS = 14
SHORTEST_LEAD, LONGEST_LEAD = 23, 37
"""Days after an origin within which a report says how good a month's forecast was."""
HALF_LIFE_DAYS = 120.0
FLOOR, CAP = 0.001, 3.0
"""Of the part of simulated changes that is told."""
MOST_PER_DAY = 0.02
"""Of everybody counted: no place gains or loses more a day, whatever is simulated."""
REPORT_ERROR = 0.1
"""Scale of the Laplace likelihood, in parts of the last report."""
LEAST_PEOPLE, LEAST_COUNTED = 100.0, 1000.0
MOST_OFF = 5.0
"""Scales beyond which a miss counts no more: one registration must not decide."""
LEAST_COUNTING = 0.25
"""Share of members that the weights leave in effect."""
LONGEST_DAYS = 98


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What past reports say of members."""

    part: Floats
    """Of the simulated changes that is told. Shape (member, series)."""
    weight: Floats
    """Sums to one. Shape (member,)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Month:
    """One past origin's foretold changes and those reported; at places without a report both are 0."""

    age_days: float
    size: Floats
    """Shape (series,): the last report before, at least 100."""
    reported: Floats
    """Shape (series,): people more than in it."""
    simulated: Floats
    """Shape (member, series)."""


@dataclass(frozen=True, slots=True)
class Particles:
    """The filter for one conflict; remembers runs, which depend on nothing but what was seen at their origin."""

    members: int
    seed: int
    prior: float
    days: int = LONGEST_DAYS
    _runs: dict[object, Simulated] = field(default_factory=dict)
    _learnt: dict[object, Learnt] = field(default_factory=dict)

    def run(self, seen: Seen) -> Simulated:
        """Return the members run on from an origin."""
        return _kept(self._runs, key_of(seen), lambda: self._simulated(seen))

    def _simulated(self, seen: Seen) -> Simulated:
        return simulate_on(seen, days=self.days, members=self.members, seed=self.seed)

    def learnt(self, seen: Seen) -> Learnt:
        """Return what the reports up to an origin say of members."""
        return _kept(self._learnt, key_of(seen), lambda: self._weighed(seen))

    def _weighed(self, seen: Seen) -> Learnt:
        return _learnt(list(self._months(seen)), (self.members, len(seen.series)), self.prior)

    def quantiles(self, seen: Seen, rows: Sequence[int], lead_days: Sequence[int]) -> Floats:
        """Forecast some places, one lead each.

        Returns
        -------
        Floats
            People at the levels of `QUANTILES`, rising, at least 0. Shape (forecast, level).
        """
        run, learnt = self.run(seen), self.learnt(seen)
        counted = max(sum(_last(seen, row) for row in range(len(seen.series))), LEAST_COUNTED)
        told = np.zeros((len(rows), len(QUANTILES)))
        for number, (row, lead) in enumerate(zip(rows, lead_days, strict=True)):
            last, most = _last(seen, row), MOST_PER_DAY * lead * counted
            change = np.clip(learnt.part[:, row] * (run.on(row, lead) - last), -most, most)
            told[number] = weighted_quantiles(np.maximum(last + change, 0.0), learnt.weight)
        return told

    def ratio(self, seen: Seen) -> float:
        """Return reported over simulated changes up to an origin, the mean member's; NaN where nothing is simulated."""
        months = list(self._months(seen))
        reported = sum(float(month.reported.sum()) for month in months)
        simulated = sum(float(month.simulated.sum(axis=1).mean()) for month in months)
        return reported / simulated if simulated > 0 else np.nan

    def _months(self, seen: Seen) -> Iterator[_Month]:
        for origin in range(0, seen.origin - SHORTEST_LEAD + 1, EVERY_DAYS):
            earlier = seen_earlier(seen, origin)
            found = [(row, day, people) for row in range(len(seen.series))
                     if len(earlier.series[row].people)
                     for day, people in _report_of_month(seen, row, origin)]  # fmt: skip
            if earlier.conflict and found:
                yield self._month(seen, earlier, found)

    def _month(self, seen: Seen, earlier: Seen, found: Sequence[tuple[int, int, float]]) -> _Month:
        run, last = self.run(earlier), np.array([_last(earlier, row) for row in range(len(seen.series))])
        reported, simulated = np.zeros(len(last)), np.zeros((self.members, len(last)))
        for row, day, people in found:
            reported[row] = people - last[row]
            simulated[:, row] = run.on(row, day - earlier.origin) - last[row]
        age_days = float(max(seen.origin - earlier.origin - LONGEST_LEAD, 0))
        return _Month(age_days, np.maximum(last, LEAST_PEOPLE), reported, simulated)


def _kept(known: dict[object, _T], key: object, make: Callable[[], _T]) -> _T:
    if key not in known:
        known[key] = make()
    return known[key]


def _last(seen: Seen, row: int) -> float:
    people = seen.series[row].people
    return float(people[-1]) if len(people) else 0.0


def _report_of_month(seen: Seen, row: int, origin: int) -> Iterator[tuple[int, float]]:
    """Yield the report of a place that is nearest to 30 days after an origin, where there is one about then."""
    days = seen.series[row].days
    near = np.flatnonzero((days >= origin + SHORTEST_LEAD) & (days <= origin + LONGEST_LEAD))
    if len(near):
        best = near[np.argmin(np.abs(days[near] - origin - 30))]
        yield int(days[best]), float(seen.series[row].people[best])


def _learnt(told: Sequence[_Month], shape: tuple[int, int], prior: float) -> Learnt:
    if not told:
        return Learnt(np.full(shape, prior), np.full(shape[0], 1 / shape[0]))
    fade = 0.5 ** (np.array([month.age_days for month in told]) / HALF_LIFE_DAYS)
    reported = np.stack([month.reported for month in told])
    simulated = np.stack([month.simulated for month in told])
    of_all = _part(
        fade, reported.sum(axis=1)[:, None], simulated.sum(axis=2)[:, :, None], np.full((shape[0], 1), prior)
    )
    part = _part(fade, reported, simulated, np.broadcast_to(of_all, shape))
    size = np.stack([month.size for month in told])[:, None, :]
    off = np.abs(part * simulated - reported[:, None, :]) / (REPORT_ERROR * size)
    return Learnt(part, tempered(-np.tensordot(fade, np.minimum(off, MOST_OFF).sum(axis=2), axes=1)))


def _part(fade: Floats, reported: Floats, simulated: Floats, prior: Floats) -> Floats:
    """Return which part of simulated changes was reported; one mean month more speaks for the prior.

    Shapes (month,), (month, series), (month, member, series); of the prior and what is returned (member, series).
    """
    total = np.tensordot(fade, np.maximum(simulated, 0.0), axes=1)
    one = np.maximum(total / fade.sum(), 1.0)
    return np.asarray(np.clip((fade @ np.maximum(reported, 0.0) + one * prior) / (total + one), FLOOR, CAP))


def tempered(log_likelihood: Floats) -> Floats:
    """Return weights by the highest power of the likelihood, up to 1, that leaves a quarter of the members in effect.

    Examples
    --------
    >>> tempered(np.array([0.0, 0.0])).tolist(), tempered(np.array([0.0, -900.0, -900.0, -900.0])).round(2).tolist()
    ([0.5, 0.5], [1.0, 0.0, 0.0, 0.0])
    """
    low, power = 0.0, 1.0
    if _in_effect(_weights(log_likelihood, 1.0)) < LEAST_COUNTING:
        high = 1.0
        for _ in range(40):
            power = (low + high) / 2
            low, high = (power, high) if _in_effect(_weights(log_likelihood, power)) >= LEAST_COUNTING else (low, power)
        power = low
    return _weights(log_likelihood, power)


def _weights(log_likelihood: Floats, power: float) -> Floats:
    weight = np.exp(power * (log_likelihood - log_likelihood.max()))
    return np.asarray(weight / weight.sum())


def _in_effect(weight: Floats) -> float:
    """Return the effective number of members over their number."""
    return float(1 / (weight**2).sum() / len(weight))


def weighted_quantiles(people: Floats, weight: Floats) -> Floats:
    """Return the nine quantiles of weighted members, linear between the middles of their weights. Shape (level,).

    Examples
    --------
    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.full(3, 1 / 3))[4].item()
    2.0
    """
    order = np.argsort(people, kind="stable")
    middle = np.cumsum(weight[order]) - weight[order] / 2
    return np.maximum.accumulate(np.interp(np.array(QUANTILES, np.float64), middle, people[order]))
