"""Chunks are worked on here or on other processes, a few at a time, and what happens to a process is told."""

import multiprocessing
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tidings.core.errors import EnvironmentError_, InputError
from tidings.ensemble.workers import as_finished, finished_here, finished_on_processes

CHUNKS = [(0, 1), (2, 3), (4,)]


@dataclass(frozen=True)
class Sums:
    """Adds up the members, and tells of two days."""

    def __call__(self, chunk, progress=None):
        for day in (1, 2):
            progress(day, 2)
        return sum(chunk)


@dataclass(frozen=True)
class Dies:
    """Kills its own process, as the system does where memory runs out."""

    def __call__(self, chunk, progress=None):
        os.kill(os.getpid(), signal.SIGKILL)


def test_chunks_are_done_here_one_after_another():
    told = []
    results = list(finished_here(Sums(), CHUNKS, lambda chunk, day, days: told.append((chunk, day, days))))
    assert results == [((0, 1), 1), ((2, 3), 5), ((4,), 4)]
    assert told[:2] == [((0, 1), 1, 2), ((0, 1), 2, 2)]


def test_processes_give_the_same():
    assert sorted(finished_on_processes(Sums(), CHUNKS, workers=2)) == [((0, 1), 1), ((2, 3), 5), ((4,), 4)]


def test_what_cannot_be_sent_is_refused():
    with pytest.raises(InputError, match="model: it cannot be sent to another process"):
        list(finished_on_processes(lambda chunk, progress=None: 1, CHUNKS, workers=2))


def test_a_process_that_is_killed_is_told():
    with pytest.raises(EnvironmentError_, match="workers: a worker process was killed or could not start") as told:
        list(finished_on_processes(Dies(), CHUNKS, workers=2))
    assert told.value.exit_status == 3


def test_no_more_are_under_way_than_asked():
    running, most = [0], [0]
    lock = threading.Lock()

    def work(chunk):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        with lock:
            running[0] -= 1
        return len(chunk)

    with ThreadPoolExecutor(8) as pool:
        chunks = [(number,) for number in range(50)]
        finished = list(as_finished(lambda chunk: pool.submit(work, chunk), chunks, lambda: 3))
    assert sorted(finished) == [((number,), 1) for number in range(50)]
    assert most[0] <= 3


@dataclass(frozen=True)
class Fails:
    """Raises what a worker process met."""

    def __call__(self, chunk, progress=None):
        raise ValueError(f"member {chunk[0]}")


def test_what_fails_on_a_process_says_there_where():
    with pytest.raises(ValueError, match="member 0") as told:
        list(finished_on_processes(Fails(), CHUNKS[:1], workers=1))
    assert "In a worker process:" in told.value.__notes__[0]
    assert "in __call__" in told.value.__notes__[0]


@dataclass(frozen=True)
class Sleeps:
    """Takes longer than any test."""

    def __call__(self, chunk, progress=None):
        time.sleep(600)


def test_the_work_ends_in_the_midst_of_a_chunk_and_no_process_stays():
    looked = []

    def check():
        looked.append(None)
        if len(looked) > 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        list(finished_on_processes(Sleeps(), CHUNKS, 2, check))
    assert not multiprocessing.active_children()


@dataclass(frozen=True)
class SignalsItself:
    """Sends its own process what a terminal sends to all."""

    def __call__(self, chunk, progress=None):
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(os.getpid(), number)
        return sum(chunk)


def test_processes_are_deaf_to_what_is_sent_to_all():
    assert sorted(finished_on_processes(SignalsItself(), CHUNKS, workers=2)) == [((0, 1), 1), ((2, 3), 5), ((4,), 4)]
