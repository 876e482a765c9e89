"""Ctrl-C and SIGTERM while members are simulated: the first is told and ends the work, later ones change nothing."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

logger = logging.getLogger(__name__)
SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(SystemExit):
    """The command line is to end; the code is its exit status, as shells have it: 128 and the signal's number."""


def leave(number: int, _: FrameType | None) -> None:
    """Handle a signal: end, whatever is under way.

    Raises
    ------
    Interrupted
        Always.
    """
    raise Interrupted(128 + number)


@contextmanager
def leaving() -> Iterator[None]:
    """Let signals end the block by `Interrupted`, and have no effect after it: for a process that ends then."""
    ours = [number for number in SIGNALS if _is_default(signal.getsignal(number))]
    try:
        for number in ours:
            signal.signal(number, leave)
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_IGN)


class Interruption:
    """What signals do within a `with` in the main thread, where nobody else sees to them.

    The first one is told in a line of the log and raised: `KeyboardInterrupt` for Ctrl-C, `SystemExit` for SIGTERM.
    More of them do nothing, so that what is under way can be closed in peace.

    Parameters
    ----------
    told
        The line.
    """

    def __init__(self, told: str) -> None:
        self._told = told
        self._number: int | None = None
        self._is_held = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            handlers = {number: signal.getsignal(number) for number in SIGNALS}
            self._before = {number: each for number, each in handlers.items() if each is leave or _is_default(each)}
            for number in self._before:
                signal.signal(number, self._heed)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if kind is None:
            self.check()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raise nothing in the block but where `check` is called: for work that must not be torn apart."""
        before, self._is_held = self._is_held, True
        try:
            yield
        finally:
            self._is_held = before

    def check(self) -> None:
        """Raise what a signal has asked for, be it that it was held, or got lost where nobody could hear it."""
        if self._number is not None:
            self._raise(self._number)

    def _heed(self, number: int, _: FrameType | None) -> None:
        if self._number is None:
            self._number = number
            logger.warning("%s", self._told)
            if not self._is_held:
                self._raise(number)

    def _raise(self, number: int) -> None:
        before = self._before[number]
        if not callable(before):
            raise SystemExit(128 + number)
        before(number, None)


def _is_default(handler: Any) -> bool:
    return handler in (signal.SIG_DFL, signal.default_int_handler)
