"""Many members, in chunks, on one core or several; the result is the same bytes however the work is cut up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tidings.core.errors import InputError
from tidings.flow.check import check_inputs
from tidings.flow.engine import count_people, parameters_of
from tidings.flow.parameters import Parameters
from tidings.flow.result import Counts, dataset_of
from tidings.flow.scenario import Scenario
from tidings.situation.world import World

if TYPE_CHECKING:
    import xarray

CHUNK = 64
"""Members simulated at once, fewer where their state would fill the memory."""
CHUNK_BYTES = 2**28

Progress = Callable[[int, int], None]


def run_ensemble(
    scenario: Scenario,
    worlds: Sequence[World],
    *,
    members: Sequence[int] | range,
    seed: int,
    parameters: Parameters | Sequence[Parameters] | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> xarray.Dataset:
    """Simulate an ensemble; the kernels run outside the interpreter's lock, so workers are threads.

    Parameters
    ----------
    worlds
        One sampled world a member, in the order of `members`.
    members
        Their numbers, for example `range(200)`. Members asked for later do not change these.
    parameters
        One set for all members or one a member (`ensemble.design`); the scenario's own where not given.
    workers
        Threads; the result does not depend on them.
    progress
        Told how many members are done, of how many, from the thread that calls.

    Returns
    -------
    xarray.Dataset
        As `flow.engine.simulate`.

    Raises
    ------
    InputError
        If anything in the inputs cannot be simulated, or workers is less than 1.
    """
    if workers < 1:
        raise InputError(where="workers", met=f"{workers} is less than 1", fix="Give 1 or more.")
    numbers = list(members)
    check_inputs(scenario, worlds, seed=seed, members=numbers)
    sets = parameters_of(scenario, parameters, len(numbers))
    chunks = chunks_of(len(numbers), chunk_size(scenario, len(numbers), workers))
    tasks = [
        partial(count_people, scenario.of_members(a, b), worlds[a:b], seed, numbers[a:b], sets[a:b]) for a, b in chunks
    ]
    counts = _on_threads(tasks, chunks, workers, progress) if workers > 1 else _in_turn(tasks, chunks, progress)
    return dataset_of(joined(counts), scenario, numbers, seed)


def chunk_size(scenario: Scenario, n_members: int, workers: int) -> int:
    """Return how many members to simulate at once: few enough for the memory, and for all workers to have some."""
    n_groups, n_places = len(scenario.groups), len(scenario.geography.places)
    state = 8 * (n_groups + 8) * (n_places + len(scenario.geography.crossings)) * 16
    ways_home = 2 * n_places**2  # members with speeds of their own have a network each
    bytes_each = state + ways_home
    return max(1, min(CHUNK, CHUNK_BYTES // bytes_each, -(-n_members // workers)))


def chunks_of(n_members: int, size: int) -> list[tuple[int, int]]:
    """Cut members into half-open spans.

    Examples
    --------
    >>> chunks_of(5, 2)
    [(0, 2), (2, 4), (4, 5)]
    """
    return [(start, min(start + size, n_members)) for start in range(0, n_members, size)]


def joined(counts: Sequence[Counts]) -> Counts:
    """Put the members of several chunks one after another."""
    return {name: np.concatenate([chunk[name] for chunk in counts]) for name in counts[0]}


def _in_turn(
    tasks: Sequence[Callable[..., Counts]], chunks: Sequence[tuple[int, int]], progress: Progress | None
) -> list[Counts]:
    n_members = chunks[-1][1]

    def within(start: int, end: int, day: int, days: int) -> None:
        if progress:
            progress(start + (end - start) * day // days, n_members)

    return [task(progress=partial(within, *chunk)) for task, chunk in zip(tasks, chunks, strict=True)]


def _on_threads(
    tasks: Sequence[Callable[..., Counts]], chunks: Sequence[tuple[int, int]], workers: int, progress: Progress | None
) -> list[Counts]:
    done, pool = 0, ThreadPoolExecutor(workers)
    try:
        futures = {pool.submit(task): end - start for task, (start, end) in zip(tasks, chunks, strict=True)}
        for future in as_completed(futures):
            future.result()  # what failed in a thread is raised here, and the rest is not begun
            done += futures[future]
            if progress:
                progress(done, chunks[-1][1])
        return [future.result() for future in futures]
    finally:
        pool.shutdown(cancel_futures=True)
