r"""Who is at a place that is reported of, who came and who left: one account, which adds up in every member.

Decision 0040. Reports tell stocks, and what they foretell is how many more or fewer there will be: a rise is people who
arrived, a fall people who departed, so that both are net. In member :math:`m`, :math:`t` days on,

.. math:: X_m(t) = X_m(0) + A_m(t) - D_m(t), \qquad X, A, D \ge 0, \quad A \text{ and } D \text{ never falling}.

A scenario takes from arrivals and departures the share that it takes from the simulated ones, and adds whom it adds in
the simulation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tidings.forecast.document import QUANTILES
from tidings.forecast.history import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Account:
    """People at one place. Flows are summed from the first day."""

    eve: Floats
    """Who is there before the first day. Shape (member,)."""
    arrivals: Floats
    """Shape (member, day): at least 0, never falling."""
    departures: Floats
    """Shape (member, day): at least 0, never falling, at most those who were there or arrived."""

    @property
    def present(self) -> Floats:
        """Who is there at the end of each day. Shape (member, day)."""
        # both sides are sums of many days: what is left of a whole crowd that leaves may be -1e-12
        return np.asarray(np.maximum(self.eve[:, None] + self.arrivals - self.departures, 0.0), np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Simulated:
    """Displaced people at one place in a simulation. Shapes (member, day); flows are summed from the first day."""

    people: Floats
    arrivals: Floats
    departures: Floats
    is_besieged: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((1, 1), np.bool_))
    """Whether somebody is trapped; one flag may stand for all members and days."""


def account_of(levels: Floats, base: Simulated) -> Account:
    """Return the account of a forecast from reports, each member on one quantile of it from the eve to the last day.

    The member with the fewest simulated people, summed over the days, is on the lowest: the k-th of M is at
    (k - 1) / (M - 1), linear between the levels and level beyond the outermost. Of members that are equal, the one of
    the lower number counts as lower.

    Parameters
    ----------
    levels
        People at the levels of `QUANTILES`, on the eve and on each day. Shape (1 + day, level).

    Examples
    --------
    >>> levels = np.array([[10.0] * 9, [0, 0, 10, 20, 30, 40, 50, 60, 70]])
    >>> people = np.array([[5.0], [1], [3]])
    >>> told = account_of(levels, Simulated(people=people, arrivals=people, departures=people))
    >>> told.present.ravel(), told.arrivals.ravel(), told.departures.ravel()
    (array([70.,  0., 30.]), array([60.,  0., 20.]), array([ 0., 10.,  0.]))
    """
    ranks = np.argsort(np.argsort(base.people.sum(axis=1), kind="stable"), kind="stable")
    shares = ranks / max(len(ranks) - 1, 1)
    people = np.stack([np.interp(shares, QUANTILES, row) for row in levels], axis=1)
    change = np.diff(people, axis=1)
    return Account(
        eve=people[:, 0],
        arrivals=np.maximum(change, 0.0).cumsum(axis=1),
        departures=np.maximum(-change, 0.0).cumsum(axis=1),
    )


def in_scenario(account: Account, base: Simulated, scenario: Simulated) -> Account:
    """Return the account of a place in a scenario; that of the base where both simulations are the same.

    What a scenario takes away is never more than the base has, and nobody leaves who is not there. Who does not leave
    as he never came is no reason for others to stay, unless it is a siege that keeps them.
    """
    is_trapped = (scenario.is_besieged & ~base.is_besieged).any(axis=1)
    never_came = np.where(is_trapped, 0.0, np.maximum(base.arrivals[:, -1] - scenario.arrivals[:, -1], 0.0))
    arrivals = changed(account.arrivals, base.arrivals, scenario.arrivals)
    departures = changed(account.departures, base.departures, scenario.departures, never_came)
    return Account(
        eve=account.eve,
        arrivals=arrivals,
        departures=np.minimum(departures, account.eve[:, None] + arrivals),
    )


def changed(flow: Floats, base: Floats, scenario: Floats, excused: Floats | float = 0.0) -> Floats:
    """Return a flow as a scenario changes it: fewer by the share that is simulated to stay away, more by the people.

    A share of what is simulated can be taken from any number, people only from as many; people who come in addition are
    somebody, whom a share of a much larger flow would multiply. In a member in which nobody moves in the base the
    share is that of all members together.

    Parameters
    ----------
    flow
        In the base, as reports foretell it. Shape (member, day), summed from the first day, as all three.
    base, scenario
        As simulated.
    excused
        Of those who do not move in the scenario, so many count as if they did. Shape (member,).

    Examples
    --------
    >>> flow, base = np.array([[100.0, 200.0]] * 3), np.array([[0.0, 10], [0, 20], [0, 0]])
    >>> changed(flow, base, np.array([[0.0, 5], [7, 30], [0, 0]]))
    array([[ 50., 100.],
           [107., 210.],
           [100., 200.]])
    """
    before, after = base[:, -1], scenario[:, -1]
    moved = after + excused
    of_all = moved.sum() / before.sum() if before.sum() else 1.0
    kept = np.minimum(np.where(before > 0, moved / np.maximum(before, 1.0), of_all), 1.0)
    more = np.minimum(np.maximum.accumulate(np.maximum(scenario - base, 0.0), axis=1), (after - before)[:, None])
    return np.asarray(flow * kept[:, None] + np.maximum(more, 0.0), np.float64)


def through(account: Account, arrivals: Floats, crossed: Floats) -> Floats:
    """Return who of those who arrive comes out of a crossing: the share that does so in the simulation, by member.

    Where nobody is simulated to arrive it is unknown which way people come, and none is put on a crossing.

    Parameters
    ----------
    arrivals, crossed
        As simulated, summed from the first day. Shape (member, day).

    Examples
    --------
    >>> told = Account(eve=np.zeros(2), arrivals=np.array([[40.0, 80.0]] * 2), departures=np.zeros((2, 2)))
    >>> through(told, np.array([[0.0, 8.0], [0.0, 0.0]]), np.array([[0.0, 6.0], [0.0, 0.0]]))
    array([[30., 60.],
           [ 0.,  0.]])
    """
    share = crossed[:, -1] / np.maximum(arrivals[:, -1], 1.0)
    return np.asarray(account.arrivals * share[:, None], np.float64)
