"""Memory: when many values are made that stay, looking for circles among them is lost time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for circles of values (not the freeing of others) while a block runs.

    Among a million claims each search takes as long as what is searched for takes to make, and finds nothing.

    Examples
    --------
    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
