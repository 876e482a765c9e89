"""What somebody asks of an ensemble, checked: of which model, which members, of which seed, by whom and to where."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tidings.core.errors import Problem, raise_all
from tidings.flow.scenario import Scenario

SEED_LIMIT = 2**63
OF_A_MODEL = ("n_days", "check", "bytes_per_member", "run")
"""What a `Model` has."""


def members_asked(
    model: Any, members: int | Sequence[int], *, seed: int, workers: int, cluster: Any = None, path: Any = None
) -> list[int]:
    """Return the numbers of the members.

    Raises
    ------
    InputError
        If anything that is asked cannot be; all problems at once.
    """
    numbers: Sequence[int] = range(members) if _is_whole(members) else members  # type: ignore[arg-type,assignment]
    whom = (*_of_workers(workers, cluster), *_of_cluster(cluster))
    raise_all([*_of_model(model), *_of_members(numbers), *_of_seed(seed), *whom, *_of_path(path)])
    return [int(member) for member in numbers]


def _of_model(model: Any) -> Iterator[Problem]:
    if isinstance(model, Scenario):
        fix = "Wrap it: TidingsModel(scenario, OneWorld(world)), or with the worlds of a Sampler."
        yield Problem("model", "it is a scenario without a world", fix)
    elif isinstance(model, type):
        yield Problem("model", "it is a class and no model", "Make one of it, with its values.")
    elif not all(hasattr(model, name) for name in OF_A_MODEL):
        fix = "Give a model: TidingsModel, FleeModel, or load_model(folder) for a crisis folder."
        yield Problem("model", f"it is a {type(model).__name__}, which simulates nothing", fix)


def _of_members(members: Any) -> Iterator[Problem]:
    if not isinstance(members, Sequence | np.ndarray) or isinstance(members, str):
        yield Problem("members", f"{members!r} is no number and no list of numbers", "Say how many, or which.")
    elif len(members) == 0:
        yield Problem("members", "there are none", "Ask for at least one member.")
    elif not all(_is_whole(member) and member >= 0 for member in members):
        yield Problem("members", "a member's number is negative or not whole", "Number members 0, 1, 2 …")
    elif len(set(members)) != len(members):
        yield Problem("members", "a number is there twice", "Give each member once.")


def _of_seed(seed: Any) -> Iterator[Problem]:
    if not _is_whole(seed):
        yield Problem("seed", f"{seed!r} is a {type(seed).__name__}", "Give a whole number.")
    elif not -SEED_LIMIT <= seed < SEED_LIMIT:
        yield Problem("seed", f"{seed} has more than 64 bits", "Give a smaller number.")


def _of_workers(workers: Any, cluster: str | None) -> Iterator[Problem]:
    if not _is_whole(workers):
        yield Problem("workers", f"{workers!r} is a {type(workers).__name__}", "Give a whole number.")
    elif workers < 1:
        yield Problem("workers", f"{workers} is less than 1", "Give 1 or more.")
    elif workers > 1 and cluster is not None:
        yield Problem("workers", "there is a cluster too", "Name one of them: workers of this machine, or a cluster.")


def _of_cluster(cluster: Any) -> Iterator[Problem]:
    if cluster is not None and not isinstance(cluster, str):
        fix = "Give the address of a Dask scheduler, such as 'tcp://192.0.2.1:8786'."
        yield Problem("cluster", f"{cluster!r} is a {type(cluster).__name__}", fix)


def _of_path(path: Any) -> Iterator[Problem]:
    if path is not None and not isinstance(path, str | os.PathLike):
        yield Problem("path", f"{path!r} is a {type(path).__name__}", "Name a file or a .zarr store.")


def _is_whole(number: Any) -> bool:
    return isinstance(number, int | np.integer) and not isinstance(number, bool)
