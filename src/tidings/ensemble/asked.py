"""What somebody asks of an ensemble, checked: which members, of which seed, on how many workers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tidings.core.errors import Problem, raise_all

SEED_LIMIT = 2**63


def members_asked(members: int | Sequence[int], seed: int, workers: int, cluster: str | None) -> list[int]:
    """Return the numbers of the members.

    Raises
    ------
    InputError
        If anything that is asked cannot be; all problems at once.

    Examples
    --------
    >>> members_asked(3, seed=1, workers=1, cluster=None)
    [0, 1, 2]
    """
    numbers: Sequence[int] = range(members) if _is_whole(members) else members  # type: ignore[arg-type,assignment]
    raise_all([*_of_members(numbers), *_of_seed(seed), *_of_workers(workers, cluster)])
    return [int(member) for member in numbers]


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


def _is_whole(number: Any) -> bool:
    return isinstance(number, int | np.integer) and not isinstance(number, bool)
