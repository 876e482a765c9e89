"""The command line: parse, call, print. The only module that prints or exits."""

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

from tidings.core.errors import EnvironmentError_, InputError, TidingsError

if TYPE_CHECKING:
    from tidings.core.dates import Day
    from tidings.core.schema import Schema
    from tidings.evidence.readers import Received
    from tidings.geography.gazetteer import Gazetteer

SLOW_SECONDS, EXAMPLE = 1.0, "aleppo-2016"
PROFILES = ("restricted", "partner", "public")
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


def _codes(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    """Read countries, or refuse them as a wrong command line."""
    from tidings.crisis.countries import country_problem

    codes = tuple(code.strip().upper() for code in value.split(",") if code.strip())
    problems = [problem for code in codes if (problem := country_problem(code, param.opts[0]))]
    if problems:
        raise click.BadParameter(" ".join(f"{p.met}. {p.fix}" for p in problems), ctx, param)
    return codes


in_folder = click.argument("folder", metavar="DIR", type=FOLDER)
as_of_day = click.option("--as-of", type=DAY, help="Only what was public by the end of that day.")


def _where_untold(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--published` and `--publisher`."""
    told = "goes before what the file says."
    publisher = click.option("--publisher", help=f"Who published it; {told}")
    return click.option("--published", type=DAY, help=f"Day of publication; {told}")(publisher(command))


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


def main() -> NoReturn:
    """Run the command line; the exit status is 0 done, 1 wrong input, 2 wrong command line, 3 wrong environment."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(cli(prog_name="tidings"))


def documented(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--json`, and turn errors into the promised documents and exit statuses."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
    @functools.wraps(command)
    def wrapped(*args: Any, as_json: bool, **kwargs: Any) -> None:
        try:
            command(*args, as_json=as_json, **kwargs)
        except TidingsError as error:
            _fail(error, as_json)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(0)
        except OSError as error:
            met = error.strerror or str(error)
            _fail(
                EnvironmentError_(where=str(error.filename or "disk"), met=met, fix="Check the disk and path."), as_json
            )

    return wrapped


def _fail(error: TidingsError, as_json: bool) -> NoReturn:
    if as_json:
        from tidings.core.problems import problems_document

        click.echo(problems_document(error.problems).model_dump_json(by_alias=True, indent=2))
    else:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
    sys.exit(error.exit_status)


def _show(document: Schema, as_json: bool, render: Callable[[Any], str]) -> None:
    click.echo(document.model_dump_json(by_alias=True, indent=2) if as_json else render(document))


@contextlib.contextmanager
def _progress(label: str) -> Iterator[Callable[[int, int], None]]:
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
    _take_in(folder, tuple(folder / "reports" / name for name in example_reports(EXAMPLE)), None, None)
    _write_brief(folder, folder / "brief.html", "restricted", as_json)


@cli.command()
@in_folder
@click.option("--countries", callback=_codes, required=True, help="ISO 3166 codes, joined by commas.")
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
    _show(made, as_json, lambda new: f"Made {new.folder}. Next: tidings add {new.folder} REPORT")


@cli.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@_where_untold
@click.option("--countries", callback=_codes, default="", help="ISO 3166 codes, joined by commas.")
@click.option("--crisis", "folder", type=FOLDER, help="A crisis folder whose places and parties come first.")
@click.option("--explain", is_flag=True, help="Show the rule and the sentence of each record.")
@documented
def read(
    files: tuple[str, ...], countries: tuple[str, ...], folder: Path | None, explain: bool, as_json: bool, **told: Any
) -> None:
    """Show what is read in reports (- for pasted text); nothing is stored.

    \b
    Example:
      tidings read report.txt --published 2016-02-08 --countries SYR,TUR
    """
    from tidings.crisis.load import load_crisis
    from tidings.evidence.intake import read_prose
    from tidings.present.terminal import render_reading

    crisis = load_crisis(folder) if folder else None
    received = [_bytes_of(file) for file in files]
    read = read_prose(received, _gazetteer(), countries=countries, crisis=crisis, **told)
    if as_json:
        documents = [reading.model_dump(mode="json", by_alias=True) for _, reading in read]
        click.echo(json.dumps(documents if len(documents) > 1 else documents[0], ensure_ascii=False, indent=2))
        return
    for report, reading in read:
        click.echo(render_reading(reading, report, explain=explain))


@cli.command()
@in_folder
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@_where_untold
@documented
def add(folder: Path, files: tuple[str, ...], published: Day | None, publisher: str | None, as_json: bool) -> None:
    """Read reports into the ledger; the same file twice changes nothing.

    \b
    Example:
      tidings add aleppo report.txt --published 2016-02-08 --publisher "A newspaper"
    """
    from tidings.present.terminal import render_intakes

    _show(_take_in(folder, files, published, publisher), as_json, render_intakes)


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
    """
    from tidings.evidence.review import review_of
    from tidings.present.terminal import render_claims
    from tidings.release.claims import list_claims
    from tidings.release.folder import Opened

    opened = Opened.folder(folder)
    if act:
        if not claim_id or not reviewer:
            raise click.UsageError(f"{act} needs the id of a CLAIM and --reviewer NAME.")
        view, crisis = opened.ledger.as_of(), opened.crisis
        review = review_of(view, claim_id, act, reviewer, correction, known_at=_now(), crisis=crisis)
        opened.ledger.append_claims([review])
    found = list_claims(opened.crisis, opened.ledger.as_of(as_of), only=claim_id, **asked)
    _show(found, as_json, render_claims)


@cli.command()
@in_folder
@click.option("--on", type=DAY, help="The day asked about; the day of the last report by default.")
@as_of_day
@click.option("--changes-since", type=DAY, help="Also what changed since that day.")
@documented
def situation(folder: Path, on: Day | None, as_of: Day | None, changes_since: Day | None, as_json: bool) -> None:
    """Who holds what, cut roads, sieges and crossings, with sources and disagreements.

    \b
    Example:
      tidings situation aleppo --on 2016-02-08 --changes-since 2016-02-01
    """
    from tidings.present.terminal import render_situation
    from tidings.release.folder import Opened, assess_folder

    assessed = assess_folder(Opened.folder(folder), on=on, as_of=as_of, changes_since=changes_since)
    _show(assessed.situation, as_json, functools.partial(render_situation, crisis=assessed.opened.crisis))


@cli.command()
@in_folder
@click.option("--from", "from_", type=DAY, help="First day simulated; by default the day after the last report's.")
@click.option("--as-of", type=DAY, help="Only what was public by the end of that day; --from by default.")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Days ahead.")
@click.option(
    "--members", type=click.IntRange(2, 100_000), default=200, show_default=True, help="Members of the ensemble."
)
@click.option("--seed", default=1, show_default=True, help="Seed: the same seed gives the same forecast.")
@click.option("--scenario", "scenarios", multiple=True, help="A scenario of crisis.yaml, compared with the base.")
@click.option(
    "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Cores to use; the result is the same."
)
@click.option("-o", "netcdf", type=FOLDER, help="Write the ensemble to this NetCDF file.")
@click.option("--hubverse", type=FOLDER, help="Write the quantiles to this CSV file in hubverse columns.")
@documented
def forecast(
    folder: Path, as_of: Day | None, netcdf: Path | None, hubverse: Path | None, as_json: bool, **options: Any
) -> None:
    """Forecast who will come where, with intervals. Illustration: not validated.

    \b
    Example:
      tidings forecast aleppo --days 14 --members 200 --seed 1 -o aleppo.nc
    """
    from tidings.forecast.forecast import Run
    from tidings.forecast.hubverse import save_hubverse
    from tidings.present.terminal import render_forecast
    from tidings.release.folder import Opened, assess_for_forecast, first_day, forecast_folder

    assessed = assess_for_forecast(Opened.folder(folder), from_=options.pop("from_"), as_of=as_of)
    run = Run(from_=first_day(assessed.situation), **options)
    with _progress("Simulating") as progress:
        document, ensembles = forecast_folder(assessed, run, issued=_now(), progress=progress)
    if netcdf:
        from tidings.ensemble.save import save_netcdf

        for name, ensemble in ensembles.items():
            save_netcdf(ensemble, netcdf if name == "base" else netcdf.with_suffix(f".{name}{netcdf.suffix}"))
    if hubverse:
        save_hubverse(document, hubverse)
    _show(document, as_json, functools.partial(render_forecast, crisis=assessed.opened.crisis))


@cli.command()
@in_folder
@click.option("-o", "target", type=FOLDER, help="File to write; DIR/brief.html by default.")
@click.option("--profile", type=click.Choice(PROFILES), default=PROFILES[0], show_default=True, help="For whom.")
@documented
def brief(folder: Path, target: Path | None, profile: str, as_json: bool) -> None:
    """Write the brief: one HTML file that opens offline and prints on A4.

    \b
    Example:
      tidings brief aleppo -o aleppo.html
    """
    _write_brief(folder, target or folder / "brief.html", profile, as_json)


@cli.command()
@in_folder
@click.argument("wanted", metavar="ID")
@documented
def trace(folder: Path, wanted: str, as_json: bool) -> None:
    """Lead from any claim, report, place, road, crossing or forecast back to the words.

    \b
    Example:
      tidings trace aleppo azaz
      tidings trace aleppo forecast/azaz/arrivals/2016-02-20
    """
    from tidings.present.terminal import render_trace
    from tidings.present.trace import trace as trace_back
    from tidings.release.folder import release_folder

    released = release_folder(folder, "restricted", now=_now(), with_forecast=wanted.startswith("forecast"))
    _show(trace_back(released, wanted), as_json, render_trace)


@cli.command()
@in_folder
@documented
def check(folder: Path, as_json: bool) -> None:
    """Tell every problem in a crisis folder at once.

    \b
    Example:
      tidings check aleppo
    """
    from tidings.core.problems import problems_document
    from tidings.crisis.check import warnings_of
    from tidings.crisis.load import load_crisis
    from tidings.release.folder import problems_in, reports_amiss

    problems = problems_in(folder)
    if problems:
        raise InputError(problems=problems)
    for warning in (*warnings_of(load_crisis(folder)), *reports_amiss(folder)):
        click.echo(f"warning: {warning}", err=True)
    document = problems_document(())
    click.echo(document.model_dump_json(by_alias=True, indent=2) if as_json else f"{folder}: no problems")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _gazetteer() -> Gazetteer:
    from tidings.geography.gazetteer import open_gazetteer

    with _progress("Building the gazetteer (once)") as progress:
        return open_gazetteer(progress=progress)


def _bytes_of(file: str | Path) -> Received:
    from tidings.core.files import read_bytes
    from tidings.evidence.readers import PASTED, Received

    if str(file) == PASTED:
        return Received(PASTED, sys.stdin.buffer.read())
    return Received(Path(file).name, read_bytes(Path(file)))


def _take_in(folder: Path, files: tuple[str | Path, ...], published: Day | None, publisher: str | None) -> Schema:
    from tidings.evidence.intake import take_in_files

    received = tuple(_bytes_of(file) for file in files)
    gazetteer = _gazetteer()
    with _progress("Reading") as progress:
        return take_in_files(
            folder, received, gazetteer, published=published, publisher=publisher, now=_now(), progress=progress
        )


def _write_brief(folder: Path, target: Path, profile: str, as_json: bool) -> None:
    from tidings.core.files import write_aside
    from tidings.core.written import WrittenBrief
    from tidings.present.brief import render_brief
    from tidings.release.folder import release_folder

    with _progress("Simulating") as progress:
        page = render_brief(release_folder(folder, profile, now=_now(), progress=progress))
    write_aside(target, page)
    written = WrittenBrief(brief=str(target), bytes=len(page.encode()), profile=profile)
    _show(written, as_json, lambda made: str(made.brief))


if __name__ == "__main__":
    main()
