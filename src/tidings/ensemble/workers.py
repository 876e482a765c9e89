"""Work on this process, on several beside it, or on a Dask cluster: the results are the same bytes everywhere."""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Any, Protocol

from tidings.core.errors import EnvironmentError_, InputError

Chunk = tuple[int, ...]
"""Numbers of members that are simulated together."""
Finished = Generator[tuple[Chunk, Any], None, None]
Progress = Callable[[int, int], None]


class Job(Protocol):
    """What is done with a chunk; it can be pickled."""

    def __call__(self, chunk: Chunk, progress: Progress | None = None) -> Any:
        """Return the result of a chunk; `progress` is told after each day, and may raise to end the work."""


def finished_here(job: Job, chunks: Iterable[Chunk], within: Callable[[Chunk, int, int], None]) -> Finished:
    """Yield each chunk with its result, done one after another; `within` is told the days done of a chunk."""
    for chunk in chunks:
        yield chunk, job(chunk, partial(within, chunk))


def finished_on_processes(job: Job, chunks: Iterable[Chunk], workers: int) -> Finished:
    """Yield each chunk with its result, in the order in which processes of this machine finish them.

    They are new processes, not copies of this one; they end with it, in the midst of a chunk where it is interrupted.

    Raises
    ------
    InputError
        As `pickled`.
    EnvironmentError_
        If a process was killed, as the system does where memory runs out.
    """
    context = get_context("spawn")
    sent, stop = pickled(job), context.Event()
    pool = ProcessPoolExecutor(workers, context, initializer=_begin_worker, initargs=(sent, stop))
    try:
        with _deaf_to_ctrl_c():
            for _ in range(workers):
                pool.submit(_go_on, 0, 0)  # starts a process, which ignores what is ignored here
        yield from as_finished(lambda chunk: pool.submit(_work, chunk), chunks, lambda: 2 * workers)
    except BrokenProcessPool as error:
        raise EnvironmentError_(
            where="workers",
            met="a worker process was killed or could not start",
            fix="Use fewer where memory ran out; in a script, simulate under: if __name__ == '__main__'.",
        ) from error
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def pickled(job: Job) -> bytes:
    """Return a job as it is sent to another process.

    Raises
    ------
    InputError
        If its model holds what cannot be sent.
    """
    try:
        return pickle.dumps(job)
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        met = f"it cannot be sent to another process ({error})"
        raise InputError(where="model", met=met, fix="Make it of plain values, or use one worker.") from error


def as_finished(submit: Callable[[Chunk], Future[Any]], chunks: Iterable[Chunk], ahead: Callable[[], int]) -> Finished:
    """Yield each chunk with its result as it is finished, never more than `ahead` of them under way."""
    waiting, running = iter(chunks), dict[Future[Any], Chunk]()
    while True:
        for chunk in islice(waiting, max(0, ahead() - len(running))):
            running[submit(chunk)] = chunk
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), future.result()


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM end the work as Ctrl-C does, by an exception, so that what is finished is kept and told."""

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    if signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    with _handled(signal.SIGTERM, leave):
        yield


def _deaf_to_ctrl_c() -> AbstractContextManager[None]:
    """Ctrl-C goes to all processes of a terminal: those that work for us are to be stopped by us alone."""
    return _handled(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _handled(number: signal.Signals, handler: Any) -> Iterator[None]:
    """Handle a signal in another way; signals can be seen to in the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


_OF_WORKER: dict[str, Any] = {}
"""In a worker process: its job, and the event that tells it to stop."""


class _Stopped(Exception):
    """The run was interrupted."""


def _begin_worker(job: bytes, stop: Any) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _OF_WORKER.update(job=pickle.loads(job), stop=stop)


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _work(chunk: Chunk) -> Any:
    return _OF_WORKER["job"](chunk, _go_on)


def _go_on(_: int, __: int) -> None:
    if _OF_WORKER["stop"].is_set():
        raise _Stopped
