"""The methods of a hindcast by name: our own first, then the baselines that it is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tidings.forecast.baselines import DAMPED_DRIFT, DRIFT, LAST_REPORT, Zero
from tidings.forecast.hindcast import true_total
from tidings.forecast.own import make_tidings, name_known
from tidings.forecast.parameters import FittedSets
from tidings.forecast.record import Record
from tidings.forecast.series import Maker, Method
from tidings.forecast.splits import EQUAL_SPLIT, GRAVITY, NEAREST_CROSSING, RADIATION, last_shares_true_total
from tidings.forecast.total_told import TotalGiven
from tidings.forecast.with_simulation import simulations_for

OWN: Mapping[str, Maker] = {"tidings": make_tidings}
"""By name, makers of our own methods: `tidings`, and parts of it that are shown beside it."""
BASELINES: tuple[Method, ...] = (
    LAST_REPORT, DRIFT, DAMPED_DRIFT, EQUAL_SPLIT, GRAVITY, RADIATION, NEAREST_CROSSING, Zero(),
)  # fmt: skip
"""Those that see no more than our own."""


def methods_for(
    record: Record,
    *,
    members: int,
    seed: int,
    sets: FittedSets | None = None,
    with_simulation: bool = False,
    horizons: Sequence[int] = (),
) -> Iterator[Method]:
    """Yield every method, for one record.

    Parameters
    ----------
    record
        Nothing is learnt from it but what each origin shows; only the two marks that are
        given the true total are told how it turned out.
    sets
        The parameters that our own methods choose from; those that come with the package where none are given.
    with_simulation
        Also the simulation, alone and averaged with `tidings`: minutes instead of seconds (decision 0028).
    horizons
        Days ahead that will be asked for: the simulation runs so long.
    """
    without = name_known(record, sets)
    own = [maker(without=without, members=members, seed=seed, sets=sets) for maker in OWN.values()]
    yield from own
    if with_simulation:
        of_package = name_known(record)  # the prior of the simulation comes with the package, whatever the sets
        yield from simulations_for(own[0], without=of_package, members=members, seed=seed, horizons=horizons)
    yield from BASELINES
    total = dict(true_total(record))

    def total_on(day: int) -> float:
        return total.get(day, 0.0)

    yield last_shares_true_total(total_on)
    yield TotalGiven.of(record, total_on)
