"""Compile functions with Numba; keep the machine code in the user's cache folder, one folder for each version of it.

Numba's own cache notices a change of the file that a function is in, but not of the files whose functions it calls; and
the folder of an installed package may be read-only. A folder named after all compiled sources settles both. The
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
from numba.core import config as numba_config

config: Any = numba_config  # its variables are set at run time
logger = logging.getLogger(__name__)

SETTINGS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
"""Outside the interpreter's lock, with IEEE division; not to be called from C, so that it is compiled sooner."""
NOBODY = cast(int, np.int64(0))
"""What a sum begins with in compiled code: with a literal 0, what it is handed to would be compiled twice."""

Function = TypeVar("Function", bound=Callable[..., Any])


@cache
def kernel_folder() -> Path:
    """Return the folder that keeps the compiled code of these very sources."""
    stamp = hashlib.sha256()
    sources = (path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    for source in sources:
        if b"@compiled" in source or b"@inner" in source:
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


def _kept(function: Function, settings: dict[str, Any]) -> Function:
    folder, before = str(kernel_folder()), config.CACHE_DIR
    config.CACHE_DIR = folder
    try:
        kernel: Any = numba.njit(cache=True, **settings)(function)
    except RuntimeError as error:  # what Numba raises where no folder can be written
        logger.warning("compiled code cannot be kept (%s): it is compiled anew in each process", error)
        kernel = numba.njit(**settings)(function)
    finally:
        config.CACHE_DIR = before
    return cast(Function, kernel)
