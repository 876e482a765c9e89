"""What all commands share: the group, days and countries as options, `--json`, errors and progress."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tidings.core.errors import EnvironmentError_, TidingsError
from tidings.core.printable import printable, printable_json
from tidings.ensemble.interruption import Interrupted

if TYPE_CHECKING:
    from tidings.core.schema import Schema

SLOW_SECONDS = 1.0
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it: 128 and the number of the signal."""
FOLDER = click.Path(path_type=Path)


class DayType(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the day, or refuse it as a wrong command line."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise click.BadParameter(f"'{value}' is no day of the form YYYY-MM-DD.", ctx, param) from None


DAY = DayType()


def codes(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """Read countries, or refuse them as a wrong command line."""
    from tidings.crisis.countries import country_problem

    codes = tuple(code.strip().upper() for code in value.split(",") if code.strip())
    problems = [problem for code in codes if (problem := country_problem(code, param.opts[0]))]
    if problems:
        raise click.BadParameter(" ".join(f"{p.met}. {p.fix}" for p in problems), ctx, param)
    return codes


in_folder = click.argument("folder", metavar="DIR", type=FOLDER)
as_of_day = click.option("--as-of", type=DAY, help="Only what was public by the end of that day.")


def cores(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--workers` and `--cluster`: who does the work, which the result does not depend on."""
    workers = click.option(
        "--workers",
        type=click.IntRange(1, 256),
        default=1,
        show_default=True,
        help="Cores to use; the result is the same.",
    )
    cluster = click.option(
        "--cluster", metavar="ADDRESS", help="Dask scheduler to use instead, such as tcp://10.0.0.1:8786."
    )
    return workers(cluster(command))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="tidings")
def cli() -> None:
    """From reports to roads to people: claims, situation, forecast and a sourced brief, offline.

    \b
    Example:
      tidings demo
      tidings new aleppo --countries SYR,TUR
      tidings add aleppo report.txt --published 2016-02-08
      tidings brief aleppo
    """


def documented(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--json`, and turn errors into the promised documents and exit statuses."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
    @functools.wraps(command)
    def wrapped(*args: Any, as_json: bool, **kwargs: Any) -> None:
        try:
            command(*args, as_json=as_json, **kwargs)
        except TidingsError as error:
            fail(error, as_json)
        except (KeyboardInterrupt, Interrupted) as error:
            say("interrupted", err=True)
            sys.exit(error.code if isinstance(error, Interrupted) else INTERRUPTED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            met = error.strerror or str(error)
            fail(
                EnvironmentError_(where=str(error.filename or "disk"), met=met, fix="Check the disk and path."), as_json
            )

    return wrapped


def fail(error: TidingsError, as_json: bool) -> NoReturn:
    """Tell every problem and end with the error's exit status."""
    if as_json:
        from tidings.core.problems import problems_document

        document = problems_document(error.problems).model_dump(by_alias=True)
        say_json(json.dumps(document, ensure_ascii=False, indent=2))  # a name may hold what is no text
    else:
        for problem in error.problems:
            say(f"error: {problem}", err=True)
    sys.exit(error.exit_status)


def show(document: Schema, as_json: bool, render: Callable[[Any], str]) -> None:
    """Print a document as JSON, or as text for people."""
    if as_json:
        say_json(document.model_dump_json(by_alias=True, indent=2))
    else:
        say(render(document))


def say(text: str, *, err: bool = False) -> None:
    """Print a text; what reports and names of files hold steers no terminal."""
    click.echo(printable(text), err=err)


def say_json(document: str) -> None:
    """Print a JSON document; neither does that."""
    click.echo(printable_json(document))


@contextlib.contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error when work takes over a second."""
    began = time.monotonic()
    bars: list[Any] = []

    def update(done: int, total: int) -> None:
        if not bars and total and sys.stderr.isatty() and time.monotonic() - began > SLOW_SECONDS:
            bars.append(click.progressbar(length=total, label=label, file=sys.stderr).__enter__())
        if bars:
            bars[0].length = total
            bars[0].update(done - bars[0].pos)

    try:
        yield update
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


def now() -> dt.datetime:
    """Return the clock, in UTC and whole seconds."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
