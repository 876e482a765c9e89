"""A small country as a model, and a model that can be watched while it runs, from other processes too."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.ensemble.model import GivenWorlds, Model, TidingsModel

COUNTRY = geography(
    {"home": "city", "village": "village", "gateside": "town", "abroad": "camp"},
    [("home", "village", 31.7), ("home", "gateside", 213.3), ("village", "gateside", 18.9)],
    [("gate", "gateside", "abroad")],
)
N_MEMBERS = 21
WAR, CUT = snapshot(COUNTRY, violence={"home": 7.3}), snapshot(COUNTRY, cut=[("home", "village")])
WORLDS = GivenWorlds(tuple(world(WAR, CUT, after=number % 5 + 1) for number in range(N_MEMBERS)))
SETTING = scenario(COUNTRY, {"home": 90_000, "village": 700}, days=12, per_day={"gate": 120.5})
MODEL = TidingsModel(SETTING, WORLDS, vary=("return_rate", "speed_foot", "awareness_hops"))


@dataclass(frozen=True)
class Growing:
    """Residents who are more from member to member."""

    def at_home(self, seed, members):
        return np.array(members)[:, None] + np.array([[500, 60, 7, 0]])


@dataclass(frozen=True)
class Watched:
    """Another model, which writes down in a file who begins which chunk, and takes its time."""

    inner: Model
    log: str
    nap_seconds: float = 0.0
    members_a_chunk: int = 3

    @property
    def n_days(self) -> int:
        return self.inner.n_days

    def check(self) -> None:
        self.inner.check()

    def bytes_per_member(self) -> int:
        return 2**28 // self.members_a_chunk

    def parameters_of(self, seed: int, members: Sequence[int]):
        return self.inner.parameters_of(seed, members)

    def run(self, *, seed: int, members: Sequence[int], progress: Callable[[int, int], None] | None = None):
        with open(self.log, "a") as log:
            log.write(f"{os.getpid()} {members[0]}\n")
        time.sleep(self.nap_seconds)
        return self.inner.run(seed=seed, members=members, progress=progress)


def begun(log: Path) -> list[tuple[int, int]]:
    """Return, for each chunk that was begun, the process and the first member."""
    lines = log.read_text().splitlines() if log.exists() else []
    return [(int(pid), int(first)) for pid, first in map(str.split, lines)]
