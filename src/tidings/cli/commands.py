"""The command line with all its commands, and how it ends."""

from __future__ import annotations

import contextlib
import gc
import sys
from typing import NoReturn

from tidings.cli import exchange, outlook, past, reports
from tidings.cli.frame import cli
from tidings.ensemble.interruption import leaving

__all__ = ["cli", "exchange", "main", "outlook", "past", "reports"]


def main() -> NoReturn:
    """Run the command line; the exit status is 0 done, 1 wrong input, 2 wrong command line, 3 wrong environment.

    Ctrl-C ends it with 130, SIGTERM with 143; further ones while it ends change nothing.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    gc.set_threshold(100_000, 50, 100)  # records are made by the thousand and few are cycles: looking costs more
    with leaving():
        sys.exit(cli(prog_name="tidings"))
