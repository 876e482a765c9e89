"""A run of Flee's rules laid out for tests of what happens within a day: ways, graph, desk, and where all are."""

from functools import cache

import numpy as np

from tests.flow.flee_worlds import settings
from tidings.flow.flee import FleeModel, _Run
from tidings.flow.flee_chain import at_station

KEY = np.uint64(20)
"""An address of draws."""


def laid_out(country, rules=None, n_members=1, seed=5):
    """A run before its first day."""
    return _Run(FleeModel(instance=country, settings=rules or settings()), seed, range(n_members))


@cache
def conditions(run):
    """The conditions of its first spell."""
    return next(run.stretches())[2].today


def put(run, people, member=0):
    """Put {position of a place: people} at places, without a route and after their first journey; nobody elsewhere."""
    run.now[member] = 0
    for at, number in people.items():
        run.now[member, at_station(run.chain.shape, at, 0, 0)] = number
    return run.now[member]


def after(run):
    """Who is where at the end of the day: {place: people}, and -1 for all roads together."""
    places, counts = run.chain.states.place, run.desk.after
    return {int(at): int(counts[places == at].sum()) for at in np.unique(places) if counts[places == at].any()}
