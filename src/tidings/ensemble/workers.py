"""Work on this process, on several beside it, or on a Dask cluster: the results are the same bytes everywhere."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble.interruption import SIGNALS

Chunk = tuple[int, ...]
"""Numbers of members that are simulated together."""
Finished = Generator[tuple[Chunk, Any], None, None]
Progress = Callable[[int, int], None]
CHECK_SECONDS = 0.1
"""How often, at least, somebody who waits for processes looks whether to stop."""
LAST_SECONDS = 5.0
"""Which a process has to end once there is nothing left to do."""


class Job(Protocol):
    """What is done with a chunk; it can be pickled."""

    def __call__(self, chunk: Chunk, progress: Progress | None = None) -> Any:
        """Return the result of a chunk; `progress` is told after each day, and may raise to end the work."""


def finished_here(job: Job, chunks: Iterable[Chunk], within: Callable[[Chunk, int, int], None]) -> Finished:
    """Yield each chunk with its result, done one after another; `within` is told the days done of a chunk."""
    for chunk in chunks:
        yield chunk, job(chunk, partial(within, chunk))


def finished_on_processes(
    job: Job, chunks: Iterable[Chunk], workers: int, check: Callable[[], None] | None = None
) -> Finished:
    """Yield each chunk with its result, in the order in which processes of this machine finish them.

    They are new processes, not copies of this one, and deaf to Ctrl-C and SIGTERM, which whole groups of processes can
    get: they are ended from here, in the midst of a chunk where the work is left or `check` raises.

    Raises
    ------
    InputError
        As `pickled`.
    EnvironmentError_
        If a process was killed, as the system does where memory runs out.
    """
    sent, hands, is_done = pickled(job), list[_Hand](), False
    try:
        for _ in range(workers):
            hands.append(_Hand.started(sent))
        yield from _dealt(hands, chunks, check or (lambda: None))
        is_done = True
    finally:
        _end(hands, LAST_SECONDS if is_done else 0)


@dataclass(frozen=True, slots=True)
class _Hand:
    """A process that works for us, and the line to it."""

    process: BaseProcess
    line: Connection

    @classmethod
    def started(cls, job: bytes) -> _Hand:
        context = get_context("spawn")
        line, its_end = context.Pipe()
        process = context.Process(target=_serve, args=(job, its_end))
        with _signals_held_back():
            process.start()
        its_end.close()  # so that the line ends where the process does
        return cls(process, line)

    def give(self, chunk: Chunk) -> None:
        with _alive():
            self.line.send(chunk)

    def take(self) -> Any:
        with _alive():
            is_result, content = self.line.recv()
        if not is_result:
            raise content
        return content


def _dealt(hands: list[_Hand], chunks: Iterable[Chunk], check: Callable[[], None]) -> Finished:
    """Give each process a chunk, and another one whenever it has finished."""
    waiting, at_work = iter(chunks), dict[Any, tuple[_Hand, Chunk]]()

    def give(hand: _Hand) -> None:
        for chunk in islice(waiting, 1):
            hand.give(chunk)
            at_work[hand.line] = hand, chunk

    for hand in hands:
        give(hand)
    while at_work:
        check()
        for line in wait(list(at_work), CHECK_SECONDS):
            hand, chunk = at_work.pop(line)
            result = hand.take()
            give(hand)
            yield chunk, result


def _end(hands: list[_Hand], seconds: float) -> None:
    for hand in hands:
        hand.line.close()
    for hand in hands:
        hand.process.join(seconds)
        hand.process.kill()
        hand.process.join()


@contextmanager
def _alive() -> Iterator[None]:
    try:
        yield
    except (EOFError, ConnectionError) as error:
        raise EnvironmentError_(
            where="workers",
            met="a worker process was killed or could not start",
            fix="Use fewer where memory ran out; in a script, simulate under: if __name__ == '__main__'.",
        ) from error


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Let signals wait for a moment: a process that is started then hears none before it can ignore them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # if it were started within, it would let them through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
        for future in wait_for(running, return_when=FIRST_COMPLETED).done:
            yield running.pop(future), future.result()


def _serve(job: bytes, line: Connection) -> None:
    """Do what comes along the line, in a process of its own, until it ends."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work = pickle.loads(job)
    with suppress(EOFError, ConnectionError):
        while True:
            _do(work, line.recv(), line)


def _do(work: Job, chunk: Chunk, line: Connection) -> None:
    try:
        line.send((True, work(chunk, lambda *_: None)))
    except ConnectionError:
        raise
    except Exception as error:  # whatever it is, the parent process raises it
        error.add_note(f"In a worker process:\n{traceback.format_exc()}")
        line.send((False, error))


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)
