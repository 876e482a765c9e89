"""The fast engine: counts of people by member, origin group and place, moved by compiled steps.

People of one group at one place are exchangeable, so their number is split with binomial and multinomial draws: exactly
the distribution of moving them one by one (`reference`), at a cost that does not depend on how many they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tidings.core.counting import agreed, counted
from tidings.core.errors import InputError
from tidings.flow.check import check_inputs
from tidings.flow.compiled import announce_first_compilation
from tidings.flow.parameters import Parameters, load_parameters
from tidings.flow.result import Counts, dataset_of
from tidings.flow.run import Run
from tidings.flow.scenario import Scenario
from tidings.situation.world import World

if TYPE_CHECKING:
    import xarray

Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


def simulate(
    scenario: Scenario,
    worlds: Sequence[World],
    *,
    seed: int,
    members: Sequence[int] | range,
    parameters: Parameters | Sequence[Parameters] | None = None,
    progress: Progress | None = None,
) -> xarray.Dataset:
    """Simulate people on the move, one world a member.

    Parameters
    ----------
    scenario
        Geography, first morning, days, capacities.
    worlds
        One sampled world a member, in the order of `members`.
    seed
        The same seed, member and inputs give the same bytes, whatever else is run.
    members
        Numbers of the members, for example `range(100)`.
    parameters
        For all members, or one set a member. Where not given, the defaults with the scenario's own overrides.
    progress
        Told after each day how many days are done, of how many.

    Returns
    -------
    xarray.Dataset
        `people` (member, day, place) and, beside it, the counts of `flow.result`; persons.

    Raises
    ------
    InputError
        If anything in the inputs cannot be simulated; all problems at once.

    Notes
    -----
    The rules are those of docs/model.md, in the order of `rules.DAY`.
    """
    numbers = list(members)
    check_inputs(scenario, worlds, seed=seed, members=numbers)
    counts = count_people(scenario, worlds, seed, numbers, parameters_of(scenario, parameters, len(numbers)), progress)
    return dataset_of(counts, scenario, numbers, seed)


def count_people(
    scenario: Scenario,
    worlds: Sequence[World],
    seed: int,
    members: Sequence[int],
    parameters: Sequence[Parameters],
    progress: Progress | None = None,
) -> Counts:
    """Run members whose inputs have been checked and return the bare counts, as `flow.result` names them."""
    announce_first_compilation()
    run = Run(scenario, worlds, seed, members, parameters)
    for day in range(scenario.days):
        run.one_day(day)
        if progress:
            progress(day + 1, scenario.days)
    return run.counts


def parameters_of(
    scenario: Scenario, parameters: Parameters | Sequence[Parameters] | None, n_members: int
) -> list[Parameters]:
    """Return the parameters of each member: those given, else the defaults with the scenario's overrides.

    Raises
    ------
    InputError
        If there are too few or too many sets, or an override is wrong.
    """
    if parameters is None:
        parameters = load_parameters(scenario.parameters, "scenario.parameters")
    if isinstance(parameters, Parameters):
        return [parameters] * n_members
    if len(parameters) != n_members:
        sets = f"there {agreed(len(parameters), 'is', 'are')} {counted(len(parameters), 'set')}"
        met = f"{sets} for {counted(n_members, 'member')}"
        raise InputError(where="parameters", met=met, fix="Give one set for all members, or one a member.")
    return list(parameters)
