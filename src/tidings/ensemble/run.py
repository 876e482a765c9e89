"""Many members, in chunks, on one core, several or a cluster; the result is the same however the work is cut up."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tidings.core.errors import InputError
from tidings.ensemble.asked import members_asked
from tidings.ensemble.cluster import finished_on_cluster
from tidings.ensemble.fingerprint import code_digest, fingerprint
from tidings.ensemble.interruption import Interruption
from tidings.ensemble.model import Model, Progress
from tidings.ensemble.packed import MEMBERS_A_PART, PARAMETERS, Part, frame_of, packed_part
from tidings.ensemble.parts import PartsFolder
from tidings.ensemble.save import check_target, open_ensemble, save_packed
from tidings.ensemble.workers import Chunk, Finished, finished_here, finished_on_processes

if TYPE_CHECKING:
    import xarray

CHUNK_BYTES = 2**28
"""What the members of a chunk may take while they run."""
IN_MEMORY_BYTES = 2**32
"""What an ensemble may take that is not written to a file."""

logger = logging.getLogger(__name__)


def simulate(
    model: Model,
    *,
    members: int | Sequence[int] = 200,
    seed: int = 1,
    workers: int = 1,
    cluster: str | None = None,
    path: str | Path | None = None,
    progress: Progress | None = None,
) -> xarray.Dataset:
    """Simulate an ensemble.

    Parameters
    ----------
    model
        Such as `TidingsModel`.
    members
        How many, or their numbers. A member is a function of the model, the seed and its number: those asked for later
        do not change these.
    seed
        The same seed gives the same ensemble, on any number of workers and on a cluster.
    workers
        Processes of this machine. In a script, more than one need the call to be under `if __name__ == "__main__":`.
    cluster
        Address of a Dask scheduler, such as "tcp://192.0.2.1:8786", instead.
    path
        Where to write the ensemble as its members finish: a NetCDF file, or a Zarr store where the name ends in .zarr.
        An interrupted run leaves what is finished in a folder beside it, `path` + ".parts", and the same call goes on
        from there; more members may be asked for then. Without a path, all is held in memory.
    progress
        Told how many members are done, of how many, from the thread that calls.

    Returns
    -------
    xarray.Dataset
        Counts of people over (member, day, place or crossing or group). With a path it is open on the file, and counts
        are read when they are asked for.

    Raises
    ------
    InputError
        If anything in the inputs cannot be simulated, the ensemble is too large to be held in memory, or finished parts
        of something else are in the way.
    EnvironmentError_
        If the disk is full or cannot be written, or workers or the cluster fail. Finished parts stay.
    """
    numbers = members_asked(model, members, seed=seed, workers=workers, cluster=cluster, path=path)
    model.check()
    size = max(1, min(MEMBERS_A_PART, len(numbers), CHUNK_BYTES // max(1, model.bytes_per_member())))
    stopping = f"stopping: closing the simulation{', what is finished is kept' if path else ''}"
    with Interruption(stopping) as interruption:
        crew = Crew(workers, cluster, progress, len(numbers), interruption)
        if path is None:
            return _in_memory(Simulation(model, seed), numbers, min(size, -(-len(numbers) // workers)), crew)
        return _to_file(Simulation(model, seed, rows=size), numbers, Path(path), crew)


@dataclass(frozen=True, slots=True)
class Simulation:
    """Members of a model to simulate and, where the rows of a block are told, to pack."""

    model: Model
    seed: int
    rows: int | None = None

    def __call__(self, chunk: Chunk, progress: Progress | None = None) -> Any:
        """Return the ensemble of some members; where rows are told, its frame and its part."""
        ensemble = self.model.run(seed=self.seed, members=chunk, progress=progress)
        return ensemble if self.rows is None else (frame_of(ensemble), packed_part(ensemble, self.rows))


@dataclass(slots=True)
class Crew:
    """Where chunks are simulated, and how many members are done."""

    workers: int
    cluster: str | None
    progress: Progress | None
    n_members: int
    interruption: Interruption
    done: int = 0

    def finished(self, job: Simulation, chunks: Sequence[Chunk]) -> Finished:
        """Yield each chunk with its result, and tell of the progress."""
        are_apart = self.cluster is None and min(self.workers, len(chunks)) > 1
        with self.interruption.held() if are_apart else nullcontext(), closing(self._finished(job, chunks)) as finished:
            for chunk, result in finished:
                yield chunk, result
                self.tell(len(chunk))

    def tell(self, n_members: int) -> None:
        """Tell that so many more members are done."""
        self.done += n_members
        if self.progress:
            self.progress(self.done, self.n_members)

    def _finished(self, job: Simulation, chunks: Sequence[Chunk]) -> Finished:
        if self.cluster is not None:
            return finished_on_cluster(job, chunks, self.cluster)
        if min(self.workers, len(chunks)) > 1:
            return finished_on_processes(job, chunks, min(self.workers, len(chunks)), self.interruption.check)
        return finished_here(job, chunks, self._within)

    def _within(self, chunk: Chunk, day: int, days: int) -> None:
        self.interruption.check()
        if self.progress and day < days:
            self.progress(self.done + len(chunk) * day // days, self.n_members)


def chunks_of(members: Sequence[int], size: int) -> list[Chunk]:
    """Cut members into chunks.

    Examples
    --------
    >>> chunks_of(range(5), 2)
    [(0, 1), (2, 3), (4,)]
    """
    return [tuple(members[start : start + size]) for start in range(0, len(members), size)]


def _in_memory(job: Simulation, members: list[int], size: int, crew: Crew) -> xarray.Dataset:
    row_of = {member: row for row, member in enumerate(members)}
    counts: dict[Any, Any] = {}
    with closing(crew.finished(job, chunks_of(members, size))) as finished:
        for chunk, ensemble in finished:
            counts = counts or _room_for(ensemble, len(members))
            for name, (_, values, _) in counts.items():
                values[row_of[chunk[0]] : row_of[chunk[-1]] + 1] = ensemble[name].to_numpy()
    whole: xarray.Dataset = ensemble.drop_vars([*counts, "member"]).assign_coords(member=np.array(members, np.int64))
    drawn = _drawn(job, members)
    return whole.assign(counts if drawn is None else {**counts, PARAMETERS: drawn})


def _drawn(job: Simulation, members: list[int]) -> xarray.DataArray | None:
    """Return the parameters of each member, where the model tells them."""
    import xarray

    if not hasattr(job.model, "parameters_of"):
        return None
    told = job.model.parameters_of(job.seed, members)
    return xarray.DataArray(
        np.stack([*told.values()], axis=1),
        {"member": np.array(members, np.int64), "parameter": np.array([*told], dtype=object)},
        name=PARAMETERS, attrs={"long_name": "parameters of each member; docs/model.md has their units"},
    )  # fmt: skip


def _room_for(part: xarray.Dataset, n_members: int) -> dict[Any, Any]:
    """Return the variables of an ensemble of which one part is known, to be filled."""
    needed = sum(each.nbytes for each in part.data_vars.values()) // part.sizes["member"] * n_members
    if needed > IN_MEMORY_BYTES:
        met = f"{n_members:,} would take {needed / 2**30:,.1f} GiB in memory"
        fix = "Give a path to write them to (-o FILE.nc), or ask for fewer members or days."
        raise InputError(where="members", met=met, fix=fix)
    return {
        name: (each.dims, np.empty((n_members, *each.shape[1:]), each.dtype), each.attrs)
        for name, each in part.data_vars.items()
    }


def _to_file(job: Simulation, members: list[int], path: Path, crew: Crew) -> xarray.Dataset:
    check_target(path)
    made_from = {"model": fingerprint(job.model), "seed": int(job.seed), "code": code_digest()}
    folder, chunks = PartsFolder.beside(path, made_from), chunks_of(members, job.rows or 1)
    parts = {chunk: part for chunk in chunks if (part := folder.find(chunk, job.rows or 1))}
    try:
        crew.tell(sum(map(len, parts)))
        _finish(job, [chunk for chunk in chunks if chunk not in parts], folder, parts, crew)
        whole = folder.packed([parts[chunk] for chunk in chunks])
        whole = replace(whole, drawn=_drawn(job, members), check=crew.interruption.check)
        with crew.interruption.held():  # the HDF5 library can crash where an exception comes through it
            save_packed(whole, path)
    except BaseException as error:  # an interruption too leaves the parts as they are; raised again
        _leave(folder, chunks, job.rows or 1, is_failure=isinstance(error, Exception))
        raise
    folder.remove()
    return open_ensemble(path)


def _finish(job: Simulation, chunks: list[Chunk], folder: PartsFolder, parts: dict[Chunk, Part], crew: Crew) -> None:
    with closing(crew.finished(job, chunks)) as finished:
        for chunk, (frame, content) in finished:
            parts[chunk] = folder.keep(chunk, content, frame)


def _leave(folder: PartsFolder, chunks: list[Chunk], rows: int, *, is_failure: bool) -> None:
    n_kept = sum(folder.find(chunk, rows) is not None for chunk in chunks)
    if not n_kept:
        folder.remove()
        if not is_failure:  # a failure tells of itself
            logger.warning("nothing was finished yet: the same again begins anew")
        return
    told = "not finished: %d of %d parts are kept in %s, and the same again goes on from there"
    logger.warning(told, n_kept, len(chunks), folder.folder)
