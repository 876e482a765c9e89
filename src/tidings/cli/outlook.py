"""Commands that tell what is and what may come: situation, forecast, brief, trace, check."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tidings.cli.frame import DAY, FOLDER, as_of_day, cli, cores, documented, in_folder, now, progress_bar, say, show
from tidings.core.errors import InputError

if TYPE_CHECKING:
    from tidings.core.dates import Day

PROFILES = ("restricted", "partner", "public")


@cli.command()
@in_folder
@click.option("--on", type=DAY, help="The day asked about; by default the last that is told of.")
@as_of_day
@click.option("--changes-since", type=DAY, help="Also what changed since that day.")
@documented
def situation(folder: Path, on: Day | None, as_of: Day | None, changes_since: Day | None, as_json: bool) -> None:
    """Who holds what, cut roads, sieges and crossings, with sources and disagreements.

    \b
    Example:
      tidings situation aleppo --on 2016-02-08 --changes-since 2016-02-01
    """
    from tidings.present.terminal_situation import render_situation
    from tidings.release.folder import Opened, assess_folder
    from tidings.release.tellings import Tellings

    assessed = assess_folder(Opened.folder(folder), on=on, as_of=as_of, changes_since=changes_since)
    crisis = assessed.opened.crisis
    tellings = {} if as_json else Tellings(crisis, assessed.view)
    show(assessed.situation, as_json, functools.partial(render_situation, crisis=crisis, tellings=tellings))


@cli.command()
@in_folder
@click.option(
    "--from",
    "from_",
    type=DAY,
    help="First day simulated; by default the one after the last told of, or when its bulletins were public.",
)
@click.option("--as-of", type=DAY, help="Only what was public by the end of that day; --from by default.")
@click.option("--days", type=click.IntRange(1, 3650), default=30, show_default=True, help="Days ahead.")
@click.option(
    "--members", type=click.IntRange(2, 100_000), default=200, show_default=True, help="Members of the ensemble."
)
@click.option("--seed", default=1, show_default=True, help="Seed: the same seed gives the same forecast.")
@click.option("--scenario", "scenarios", multiple=True, help="A scenario of crisis.yaml, compared with the base.")
@click.option(
    "--sensitivity",
    metavar="ID",
    help="Also what each uncertain input changes at a place, a crossing, or 'all'.",
)
@cores
@click.option("-o", "netcdf", type=FOLDER, help="Write the ensemble to this file: .nc NetCDF, .zarr Zarr.")
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
    from tidings.core.files import check_writable
    from tidings.ensemble.save import check_target
    from tidings.forecast.assumptions import file_warning
    from tidings.forecast.forecast import Run
    from tidings.forecast.hubverse import save_hubverse
    from tidings.present.terminal_forecast import render_forecast
    from tidings.release.folder import Opened, assess_for_forecast, first_day, forecast_folder
    from tidings.release.tellings import Tellings

    if netcdf:
        check_target(netcdf)
    if hubverse:
        check_writable(hubverse)
    assessed = assess_for_forecast(Opened.for_forecast(folder), from_=options.pop("from_"), as_of=as_of)
    run = Run(from_=first_day(assessed.situation), path=netcdf, **options)
    with progress_bar("Simulating") as progress:
        document, ensembles = forecast_folder(assessed, run, issued=now(), progress=progress)
    for ensemble in ensembles.values():
        ensemble.close()
    if hubverse:
        save_hubverse(document, hubverse)
    crisis = assessed.opened.crisis
    by_reports = [one.location for one in document.last_reports if one.present_rests_on == "reports"]
    if netcdf and (told := file_warning(netcdf.name, [crisis.geography.shown_names[place] for place in by_reports])):
        say(f"warning: {told}", err=True)
    tellings = {} if as_json else Tellings(crisis, assessed.view)
    show(document, as_json, functools.partial(render_forecast, crisis=crisis, tellings=tellings))


@cli.command()
@in_folder
@click.option("-o", "target", type=FOLDER, help="File to write; DIR/brief.html by default.")
@click.option("--profile", type=click.Choice(PROFILES), default=PROFILES[0], show_default=True, help="For whom.")
@click.option(
    "--sensitivity",
    metavar="ID",
    help="Also what would change the forecast at a place, a crossing, or 'all'; takes longer.",
)
@documented
def brief(folder: Path, target: Path | None, profile: str, sensitivity: str | None, as_json: bool) -> None:
    """Write the brief: one HTML file that opens offline and prints on A4.

    \b
    Example:
      tidings brief aleppo -o aleppo.html
    """
    write_brief(folder, target or folder / "brief.html", profile, as_json, sensitivity)


@cli.command()
@in_folder
@click.argument("wanted", metavar="ID")
@documented
def trace(folder: Path, wanted: str, as_json: bool) -> None:
    """Lead from any claim, report, place, road, crossing or forecast back to the words.

    Of the id of a claim or a report the first 8 characters will do, if no other begins so.

    \b
    Example:
      tidings trace aleppo azaz
      tidings trace aleppo forecast/azaz/arrivals/2016-02-20
    """
    from tidings.present.terminal import render_trace
    from tidings.present.trace import trace as trace_back
    from tidings.release.folder import release_folder

    released = release_folder(folder, "restricted", now=now(), with_forecast=wanted.startswith("forecast"))
    show(trace_back(released, wanted), as_json, render_trace)


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

    problems = problems_in(folder, today=now().date())
    if problems:
        raise InputError(problems=problems)
    for warning in (*warnings_of(load_crisis(folder)), *reports_amiss(folder)):
        say(f"warning: {warning}", err=True)
    document = problems_document(())
    show(document, as_json, lambda _: f"{folder}: no problems")


def write_brief(folder: Path, target: Path, profile: str, as_json: bool, sensitivity: str | None = None) -> None:
    """Write the brief of a folder and print its path; `sensitivity` as `release_folder`."""
    from tidings.core.files import check_writable, write_aside
    from tidings.core.written import WrittenBrief
    from tidings.present.brief import render_brief
    from tidings.release.folder import release_folder

    check_writable(target)
    with progress_bar("Simulating") as progress:
        page = render_brief(release_folder(folder, profile, now=now(), sensitivity=sensitivity, progress=progress))
    write_aside(target, page)
    written = WrittenBrief(brief=str(target), bytes=len(page.encode()), profile=profile)
    show(written, as_json, lambda made: str(made.brief))
