"""Compile functions with Numba; keep the machine code in the user's cache folder, one folder for each version of it.

Numba's own cache notices a change of the file that a function is in, but not of the files whose functions it calls; and
the folder of an installed package may be read-only. A folder named after all compiled sources settles both. Numba would
keep apart what was compiled from the same sources in two places; here another installation finds it compiled. The
variable NUMBA_CACHE_DIR moves it; where nothing can be written, code is compiled anew in each process.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
import platformdirs
from numba.core import caching
from numba.core import config as numba_config

config: Any = numba_config  # its variables are set at run time
logger = logging.getLogger(__name__)

SETTINGS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""Outside the interpreter's lock, with IEEE division; not to be called from C, so that it is compiled sooner."""
NOBODY = cast(int, np.int64(0))
"""What a sum begins with in compiled code: with a literal 0, what it is handed to would be compiled twice."""

HERE = Path(__file__).parent
SOURCES = (b"@compiled", b"@inner", b"NamedTuple")
"""What marks a source that compiled code comes from: functions, and the records that they are handed."""
BY_FOLDER: Any = caching.UserProvidedCacheLocator if hasattr(caching, "UserProvidedCacheLocator") else object
"""Numba's own way to a cache in CACHE_DIR, by the path of the source; older versions of Numba have no other."""

Function = TypeVar("Function", bound=Callable[..., Any])


@cache
def kernel_folder() -> Path:
    """Return the folder that keeps the compiled code of these very sources."""
    stamp = hashlib.sha256()
    sources = (path.read_bytes() for path in sorted(HERE.glob("*.py")))
    for source in sources:
        if any(mark in source for mark in SOURCES):
            stamp.update(source)
    root = Path(config.CACHE_DIR) if config.CACHE_DIR else platformdirs.user_cache_path("tidings")
    return root / f"kernels-{stamp.hexdigest()[:12]}"


@cache
def announce_first_compilation() -> None:
    """Tell, once in a process, that the first run will take some seconds more, where nothing is compiled yet."""
    if not any(kernel_folder().rglob("*.nbi")):
        logger.warning("first run of this version: compiling the simulation, about 20 seconds, once")


def compiled(function: Function) -> Function:
    """Compile on first use, without the interpreter's lock, from the cache where one can be written.

    Arithmetic is IEEE (no fast-math), so that results are the same bytes everywhere the same code runs.
    """
    return _kept(function, SETTINGS)


def inner(function: Function) -> Function:
    """Compile as `compiled` does what makes no array: it need not count who else holds those that it is handed.

    That count costs more than a draw for each array and call. Numba refuses a function that does make one.
    """
    return _kept(function, SETTINGS | {"_nrt": False})


def inlined(function: Function) -> Function:
    """Compile a formula into the functions that call it, so that their loops fit wide registers."""
    return cast(Function, numba.njit(inline="always", **SETTINGS)(function))


class KernelLocator(BY_FOLDER):  # type: ignore[misc]  # Numba has no types
    """Tells Numba where compiled functions of this package are kept: wherever it is installed, in the same place."""

    @classmethod
    def from_function(cls, function: Callable[..., Any], file: str) -> Any:
        """Return the way to the cache of a function of this package; None for another's, or without a folder."""
        return super().from_function(function, file) if Path(file).parent == HERE else None

    @classmethod
    def get_suitable_cache_subpath(cls, file: str) -> str:
        """Return the folder within that of these sources: the same for all, wherever they are."""
        return HERE.name

    def get_source_stamp(self) -> str:
        """Return what tells other sources: all of those that are compiled, not the one file."""
        return kernel_folder().name


@cache
def _locators() -> str:
    """Return the names of all ways to a cache, ours first and then those that Numba has been told or has of its own."""
    names = config.CACHE_LOCATOR_CLASSES.split(",") if config.CACHE_LOCATOR_CLASSES else [
        f"{each.__module__}.{each.__name__}" for each in caching.CacheImpl._locator_classes
    ]  # fmt: skip
    return ",".join([f"{__name__}.{KernelLocator.__name__}", *names])


def _kept(function: Function, settings: dict[str, Any]) -> Function:
    """Compile with a cache; Numba's settings are those of before afterwards."""
    before = config.CACHE_DIR, getattr(config, "CACHE_LOCATOR_CLASSES", "")
    config.CACHE_DIR = str(kernel_folder())
    if BY_FOLDER is not object and hasattr(config, "CACHE_LOCATOR_CLASSES"):
        config.CACHE_LOCATOR_CLASSES = _locators()
    try:
        kernel: Any = numba.njit(cache=True, **settings)(function)
    except RuntimeError as error:  # what Numba raises where no folder can be written
        logger.warning("compiled code cannot be kept (%s): it is compiled anew in each process", error)
        kernel = numba.njit(**settings)(function)
    finally:
        config.CACHE_DIR, config.CACHE_LOCATOR_CLASSES = before
    return cast(Function, kernel)
