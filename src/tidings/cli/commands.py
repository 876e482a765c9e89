"""The command line with all its commands, and how it ends."""

from __future__ import annotations

import contextlib
import sys
from typing import NoReturn

from tidings.cli import exchange, outlook, reports
from tidings.cli.frame import cli

__all__ = ["cli", "exchange", "main", "outlook", "reports"]


def main() -> NoReturn:
    """Run the command line; the exit status is 0 done, 1 wrong input, 2 wrong command line, 3 wrong environment.

    Ctrl-C ends it with 130, SIGTERM in a simulation with 143.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(cli(prog_name="tidings"))
