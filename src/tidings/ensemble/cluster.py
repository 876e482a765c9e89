"""Work on a Dask cluster; what a worker that dies was doing is done again elsewhere."""

from __future__ import annotations

import pickle
import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble.fingerprint import code_digest
from tidings.ensemble.workers import Chunk, Finished, Job, as_finished, pickled

SECONDS = 5
"""In which a scheduler, and then a first worker, has to answer."""


def finished_on_cluster(job: Job, chunks: Iterable[Chunk], address: str) -> Finished:
    """Yield each chunk with its result, in the order in which the workers of a cluster finish them.

    The job goes to the scheduler once, which hands it to the workers.

    Raises
    ------
    InputError
        If the address is none, or the model cannot be sent.
    EnvironmentError_
        If the package distributed is missing, no scheduler or no worker answers, the connection is lost, a worker has
        other code than we, or workers die again and again.
    """
    with _connected(address) as client:
        sent = client.submit(pickle.loads, pickled(job), pure=False)  # not scattered: it outlives its worker
        executor = client.get_executor(pure=False)

        def submit(chunk: Chunk) -> Any:
            return executor.submit(_work, sent, chunk, code_digest())

        try:
            yield from as_finished(submit, chunks, lambda: 2 * max(1, sum(client.nthreads().values())))
        finally:
            executor.shutdown(wait=False)


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        met, fix = "a cluster needs a package that is not installed", "Run: pip install 'tidings[cluster]'"
        raise EnvironmentError_(where="cluster", met=met, fix=fix) from None
    _check_answers(address)
    try:
        connect: Any = Client
        with connect(address, timeout=SECONDS, set_as_default=False) as client:
            _check_workers(client, address)
            yield client
    except KilledWorker as error:
        met, fix = "workers died again and again on the same members", "Give them more memory, or fewer threads."
        raise EnvironmentError_(where=f"cluster {address}", met=met, fix=fix) from error
    except (CancelledError, OSError) as error:
        met, fix = "the connection to the scheduler was lost", "See whether it runs, and run the same again."
        raise EnvironmentError_(where=f"cluster {address}", met=met, fix=fix) from error


def _check_answers(address: str) -> None:
    """Ask by ourselves: a client that cannot connect is slow to say so, and to go away."""
    try:
        host, port = urlsplit(address).hostname, urlsplit(address).port
    except ValueError:
        host = port = None
    if not host or not port:
        met, fix = f"'{address}' is no address of a scheduler", "Give one such as tcp://192.0.2.1:8786"
        raise InputError(where="cluster", met=met, fix=fix)
    try:
        socket.create_connection((host, port), timeout=SECONDS).close()
    except OSError as error:
        met, fix = f"no scheduler answers ({error.strerror or error})", "Start one with: dask scheduler"
        raise EnvironmentError_(where=f"cluster {address}", met=met, fix=fix) from error


def _check_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError as error:
        fix = f"Start some with: dask worker {address}"
        raise EnvironmentError_(where=f"cluster {address}", met="it has no workers", fix=fix) from error


def _work(job: Job, chunk: Chunk, code: str) -> Any:
    if code != code_digest():
        met, fix = f"a worker has {code_digest()}, and we have {code}", "Install the same version everywhere."
        raise EnvironmentError_(where="cluster", met=met, fix=fix)
    return job(chunk)
