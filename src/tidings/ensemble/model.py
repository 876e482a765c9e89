"""What an ensemble runs: a model, whose members are functions of the seed and their number alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from tidings.core.errors import InputError, raise_all
from tidings.core.provenance import code_version
from tidings.ensemble.design import draw_parameters
from tidings.flow.check import check_inputs, check_scenario
from tidings.flow.engine import count_people
from tidings.flow.parameters import Parameters, load_parameters, parameter_table
from tidings.flow.result import dataset_of
from tidings.flow.scenario import Scenario
from tidings.situation.world import World

if TYPE_CHECKING:
    import xarray

NOT_VALIDATED = {"validated": "false", "note": "an illustration: these rules have not been validated"}
SIMULATED = {
    "holds": "members as simulated; where reports of a place are many, tidings forecast lays them over these members, "
    "and its numbers of people there are others"
}
"""Of our own rules: that `people` is not what a forecast tells everywhere."""
Progress = Callable[[int, int], None]
"""Told how much is done, of how much."""


class Model(Protocol):
    """What `simulate` asks of a model. A model is a frozen dataclass of plain values, and can be pickled."""

    @property
    def n_days(self) -> int:
        """Days that a member is simulated for."""

    def check(self) -> None:
        """Raise one `InputError` with every problem of the model's own inputs."""

    def bytes_per_member(self) -> int:
        """Return about how much memory one member takes while it runs: its state and its counts."""

    def run(self, *, seed: int, members: Sequence[int], progress: Progress | None = None) -> xarray.Dataset:
        """Simulate members by number; `progress` is told after each day how many are done, of how many.

        Returns
        -------
        xarray.Dataset
            Variables of whole numbers, dims (member, day, place or crossing or group), as `flow.result.dataset_of`.
            All but its members is the same for any members.
        """


class Worlds(Protocol):
    """Where the world of a member comes from; `situation.sample.Sampler` draws them from a situation."""

    def world(self, seed: int, member: int, parameters: Mapping[str, float]) -> World:
        """Return the world of a member, which has these parameters: how likely is what nobody told."""


class Residents(Protocol):
    """Where the residents of members come from, who are known as ranges."""

    def at_home(self, seed: int, members: Sequence[int]) -> NDArray[np.int64]:
        """Return the residents who have not left. Shape (member, place)."""


@dataclass(frozen=True, slots=True)
class OneWorld:
    """The same world for every member."""

    each: World

    def world(self, seed: int, member: int, parameters: Mapping[str, float] | None = None) -> World:
        """Return that world."""
        return self.each


@dataclass(frozen=True, slots=True)
class GivenWorlds:
    """A world made beforehand for each member, by number."""

    worlds: tuple[World, ...]

    def world(self, seed: int, member: int, parameters: Mapping[str, float] | None = None) -> World:
        """Return the world at the member's number."""
        if member >= len(self.worlds):
            raise InputError(
                where="worlds", met=f"there is none for member {member}", fix="Give one world a member, from 0 on."
            )
        return self.worlds[member]


@dataclass(frozen=True, slots=True)
class TidingsModel:
    """Our own rules on a scenario: each member in its world and, where they vary, with its own parameters."""

    scenario: Scenario
    worlds: Worlds
    parameters: Parameters | None = None
    """Those of all members; where not given, the defaults with the scenario's own overrides."""
    vary: tuple[str, ...] = ()
    """Names of the parameters that each member draws from its plausible range instead."""
    residents: Residents | None = None
    """Where members differ in them, and then `at_home` of the scenario is not used; where not given, it is."""
    about: Mapping[str, str] = field(default_factory=dict)
    """What else a result is to tell of where the model comes from, by name: its folder, its scenario."""

    @property
    def n_days(self) -> int:
        """Days that a member is simulated for."""
        return self.scenario.days

    def check(self) -> None:
        """Refuse a scenario that cannot be simulated, and parameters that there are not.

        Raises
        ------
        InputError
            With every problem of the scenario, or if a name is unknown.
        """
        raise_all(check_scenario(self._of_members(0, (0,))))
        self._sets(seed=0, members=())

    def bytes_per_member(self) -> int:
        """Return about how much memory one member takes: people on the road above all, then ways home and counts."""
        scenario, geography = self.scenario, self.scenario.geography
        n_groups, n_places, n_crossings = len(scenario.groups), len(geography.places), len(geography.crossings)
        state = 8 * (n_groups + 8) * (n_places + n_crossings) * 16
        ways_home = 2 * n_places**2  # members with speeds of their own have a network each
        counts = 8 * scenario.days * (5 * n_places + 2 * n_crossings + 2 * n_groups)
        return state + ways_home + counts

    def run(self, *, seed: int, members: Sequence[int], progress: Progress | None = None) -> xarray.Dataset:
        """Simulate members by number, each in its world and with its parameters.

        Raises
        ------
        InputError
            If anything in the inputs cannot be simulated; all problems at once.
        """
        numbers = list(members)
        sets = self._sets(seed, numbers)
        worlds = [self.worlds.world(seed, member, each) for member, each in zip(numbers, sets, strict=True)]
        scenario = self._of_members(seed, numbers)
        check_inputs(scenario, worlds, seed=seed, members=numbers)
        counts = count_people(scenario, worlds, seed, numbers, sets, progress)
        return dataset_of(counts, scenario, numbers, seed).assign_attrs(self._told())

    def parameters_of(self, seed: int, members: Sequence[int]) -> Mapping[str, NDArray[np.float64]]:
        """Return the value of every parameter for each member, by name. Shape (member,)."""
        sets = self._sets(seed, members)
        return {name: np.array([each[name] for each in sets], np.float64) for name in parameter_table()}

    def _told(self) -> dict[str, str]:
        varied, named = json.dumps([*self.vary]), sorted(self.scenario.rules)
        own = {"named_rules": json.dumps(named)} if named else {}
        always = {**SIMULATED, **NOT_VALIDATED}
        return {"code": code_version(), "rules": "tidings", "varied": varied, **own, **self.about, **always}

    def _sets(self, seed: int, members: Sequence[int]) -> tuple[Parameters, ...]:
        given = self.parameters or load_parameters(self.scenario.parameters, "scenario.parameters")
        return draw_parameters(given, members=members, seed=seed, vary=self.vary)

    def _of_members(self, seed: int, members: Sequence[int]) -> Scenario:
        if self.residents is not None:
            return replace(self.scenario, at_home=self.residents.at_home(seed, members))
        if self.scenario.at_home.ndim > 1:
            fix = "Give the model residents, who are drawn by a member's number."
            raise InputError(where="scenario.at_home", met="it has rows, and a row tells no member", fix=fix)
        return self.scenario
