"""Commands that take reports in and show what they say: demo, new, read, add, claims."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tidings.cli.frame import (
    DAY,
    FOLDER,
    as_of_day,
    cli,
    codes,
    documented,
    in_folder,
    now,
    progress_bar,
    say,
    say_json,
    show,
)
from tidings.cli.outlook import write_brief

if TYPE_CHECKING:
    from tidings.core.dates import Day
    from tidings.core.errors import Problem
    from tidings.core.schema import Schema
    from tidings.evidence.readers import Received
    from tidings.geography.gazetteer import Gazetteer

EXAMPLE = "aleppo-2016"


def where_untold(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--published` and `--publisher`."""
    told = "goes before what the file says."
    publisher = click.option("--publisher", help=f"Who published it; {told}")
    return click.option("--published", type=DAY, help=f"Day of publication; {told}")(publisher(command))


@cli.command()
@click.option("-o", "folder", type=FOLDER, default=Path("tidings-demo"), show_default=True, help="Folder to make.")
@documented
def demo(folder: Path, as_json: bool) -> None:
    """Make the packaged example, northern Aleppo on 8 February 2016, and its brief.

    \b
    Example:
      tidings demo -o my-demo
    """
    from tidings.examples import copy_example, example_reports, is_example

    if not is_example(EXAMPLE, folder):
        copy_example(EXAMPLE, folder)
    take_in(folder, tuple(folder / "reports" / name for name in example_reports(EXAMPLE)), None, None)
    write_brief(folder, folder / "brief.html", "restricted", as_json)


@cli.command()
@in_folder
@click.option("--countries", callback=codes, required=True, help="ISO 3166 codes, joined by commas.")
@click.option("--title", help="Title of the crisis; the countries by default.")
@documented
def new(folder: Path, countries: tuple[str, ...], title: str | None, as_json: bool) -> None:
    """Make an empty crisis folder; `add` fills in the places that reports name.

    \b
    Example:
      tidings new aleppo --countries SYR,TUR --title "Northern Aleppo"
    """
    from tidings.core.written import NewFolder
    from tidings.crisis.save import new_crisis

    new_crisis(folder, countries, title=title)
    made = NewFolder(folder=str(folder), countries=countries)
    show(made, as_json, lambda new: f"Made {new.folder}. Next: tidings add {new.folder} REPORT")


@cli.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@where_untold
@click.option("--countries", callback=codes, default="", help="ISO 3166 codes, joined by commas.")
@click.option("--crisis", "folder", type=FOLDER, help="A crisis folder whose places and parties come first.")
@click.option("--explain", is_flag=True, help="Show which rule fired on which words, for each record.")
@documented
def read(
    files: tuple[str, ...], countries: tuple[str, ...], folder: Path | None, explain: bool, as_json: bool, **told: Any
) -> None:
    """Show what is read in reports (- for pasted text); nothing is stored.

    What cannot be read is told at the end, all at once, and the exit status is 1; with --json it alone is told.

    \b
    Example:
      tidings read report.txt --published 2016-02-08 --countries SYR,TUR
    """
    from tidings.core.errors import raise_all
    from tidings.crisis.load import load_crisis
    from tidings.evidence.intake import read_prose
    from tidings.present.reading_lines import render_reading

    crisis = load_crisis(folder) if folder else None
    received, unopened = opened(files)
    gazetteer = opened_gazetteer()
    read, unread = read_prose(received, gazetteer, countries=countries, crisis=crisis, explain=explain, **told)
    if as_json:
        raise_all((*unopened, *unread))
        documents = [reading.model_dump_json(by_alias=True, indent=2) for _, reading in read]
        say_json("[{}]".format(",\n".join(documents)) if len(documents) > 1 else documents[0])
        return
    for report, reading in read:
        say(render_reading(reading, report, explain=explain))
    raise_all((*unopened, *unread))


@cli.command()
@in_folder
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@where_untold
@documented
def add(folder: Path, files: tuple[str, ...], published: Day | None, publisher: str | None, as_json: bool) -> None:
    """Read reports into the ledger; the same file twice changes nothing.

    \b
    Example:
      tidings add aleppo report.txt --published 2016-02-08 --publisher "A newspaper"
    """
    from tidings.present.terminal import render_intakes

    show(take_in(folder, files, published, publisher), as_json, render_intakes)


@cli.command()
@in_folder
@click.argument("act", required=False, type=click.Choice(["accept", "reject", "correct"]))
@click.argument("claim_id", required=False, metavar="CLAIM")
@click.option("--place", help="Only claims about this place, road or crossing (id or name).")
@click.option("--predicate", help="Only this status, event type, relation or state.")
@as_of_day
@click.option("--on", type=DAY, help="Only what holds on that day.")
@click.option("--reviewer", help="Your name, with accept, reject and correct.")
@click.option("--to", "correction", help="With correct: the fields to change, as JSON.")
@documented
def claims(
    folder: Path,
    act: str | None,
    claim_id: str | None,
    as_of: Day | None,
    reviewer: str | None,
    correction: str | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """List claims; or accept, reject or correct one: a review is a claim too, and nothing is removed.

    \b
    Example:
      tidings claims aleppo --place Azaz --as-of 2016-02-08
      tidings claims aleppo reject c0123456789abcdef --reviewer "Duty officer"
      tidings claims aleppo correct c0123456789abcdef --reviewer "Duty officer" \\
        --to '{"value": 350, "status": "fled"}'
    """
    from functools import partial

    from tidings.evidence.review import review_of
    from tidings.present.terminal import names_of, render_claims
    from tidings.release.claims import list_claims
    from tidings.release.folder import Opened

    opened = Opened.folder(folder)
    if act:
        if not claim_id or not reviewer:
            raise click.UsageError(f"{act} needs the id of a CLAIM and --reviewer NAME.")
        view, crisis = opened.ledger.as_of(), opened.crisis
        review = review_of(view, claim_id, act, reviewer, correction, known_at=now(), crisis=crisis)
        opened.ledger.append_claims([review])
    found = list_claims(opened.crisis, opened.ledger.as_of(as_of), only=claim_id, **asked)
    show(found, as_json, partial(render_claims, names=names_of(opened.crisis)))


def opened_gazetteer() -> Gazetteer:
    """Open the gazetteer, with a bar while it is built."""
    from tidings.geography.gazetteer import open_gazetteer

    with progress_bar("Building the gazetteer (once)") as progress:
        return open_gazetteer(progress=progress)


def bytes_of(file: str | Path) -> Received:
    """Return a file, or what is pasted for -."""
    from tidings.core.files import read_bytes
    from tidings.evidence.readers import PASTED, Received

    if str(file) == PASTED:
        return Received(PASTED, sys.stdin.buffer.read())
    return Received(os.fsencode(Path(file).name).decode("utf-8", errors="replace"), read_bytes(Path(file)))


def opened(files: Iterable[str | Path]) -> tuple[list[Received], list[Problem]]:
    """Return the files that can be opened, and what is wrong with all the others."""
    from tidings.core.errors import InputError

    received: list[Received] = []
    problems: list[Problem] = []
    for file in files:
        try:
            received.append(bytes_of(file))
        except InputError as error:
            problems += error.problems
    return received, problems


def take_in(folder: Path, files: tuple[str | Path, ...], published: Day | None, publisher: str | None) -> Schema:
    from tidings.evidence.intake import take_in_files

    received, unopened = opened(files)
    gazetteer = opened_gazetteer()
    with progress_bar("Reading") as progress:
        return take_in_files(
            folder, received, gazetteer, published=published, publisher=publisher, now=now(), progress=progress,
            unopened=unopened,
        )  # fmt: skip
