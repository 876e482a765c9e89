"""Memory: when many values are made that stay, looking for circles among them is lost time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for circles of values (not the freeing of others) while a block runs.

    Among a million claims each search takes as long as what is searched for takes to make, and finds nothing. What was
    made then counts as old: circles among it are found by the next full search, not right behind the block.

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
            if not gc.get_freeze_count():
                gc.freeze()  # together: all is old, without being searched
                gc.unfreeze()
            gc.enable()
