"""The commands that look back: hindcast and calibrate."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tidings.cli.frame import FOLDER, cli, documented, now, say, show

if TYPE_CHECKING:
    from tidings.core.errors import Problem
    from tidings.forecast.record import Record

LONGEST_DAYS = 365


def days_ahead(ctx: click.Context, param: click.Parameter, value: str) -> tuple[int, ...]:
    """Read horizons, or refuse them as a wrong command line."""
    written = [part.strip() for part in value.split(",")]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part[:9]) <= LONGEST_DAYS for part in written):
        raise click.BadParameter(f"'{value}' are not days from 1 to {LONGEST_DAYS}, as in 30,60,90.", ctx, param)
    return tuple(sorted({int(part) for part in written}))


@cli.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--source-data", type=FOLDER, help="Folder with data_layout.csv, where DIR is a Flee folder.")
@click.option(
    "--horizons", metavar="DAYS,…", default="30,60,90", show_default=True, callback=days_ahead, help="Days ahead."
)
@click.option(
    "--members", type=click.IntRange(2, 100_000), default=200, show_default=True, help="Members of an ensemble."
)
@click.option("--seed", default=1, show_default=True, help="Seed: the same seed gives the same forecasts.")
@click.option("--with-simulation", is_flag=True, help="Also the simulation, alone and as a part: minutes.")
@click.option("--forecasts", type=FOLDER, help="Write every forecast to this CSV file in hubverse columns.")
@click.option("--parameters", type=FOLDER, help="A file that calibrate wrote, instead of the package's parameters.")
@documented
def hindcast(
    folder: Path,
    source_data: Path | None,
    horizons: tuple[int, ...],
    members: int,
    seed: int,
    with_simulation: bool,
    forecasts: Path | None,
    parameters: Path | None,
    as_json: bool,
) -> None:
    """Forecast the past from what was known then, and score it beside simple methods.

    DIR is a crisis folder with bulletins, or a Flee folder that holds locations.csv.

    \b
    Example:
      tidings hindcast burundi2015/input_csv --forecasts burundi.csv
    """
    from tidings.core.files import check_writable, write_aside
    from tidings.forecast.hindcast import run_hindcast
    from tidings.forecast.hubverse import render_hindcast
    from tidings.forecast.methods import methods_for
    from tidings.forecast.own import parameters_used
    from tidings.forecast.parameters import read_parameters
    from tidings.forecast.scoring import scorecard_of
    from tidings.present.terminal_scorecard import render_scorecard

    if forecasts:
        check_writable(forecasts)
    sets = read_parameters(parameters) if parameters else None
    record = _record(folder, source_data, now().date())
    methods = methods_for(
        record, members=members, seed=seed, sets=sets, with_simulation=with_simulation, horizons=horizons
    )
    past = run_hindcast(record, methods, horizons)
    if forecasts:
        write_aside(forecasts, render_hindcast(past))
    used = parameters_used(record, sets)
    show(scorecard_of(past, members=members, seed=seed, parameters=used), as_json, render_scorecard)


def _record(folder: Path, source_data: Path | None, today: dt.date) -> Record:
    from tidings.core.errors import InputError
    from tidings.crisis.load import load_crisis
    from tidings.evidence.intake import LEDGER_FILE
    from tidings.evidence.ledger import Ledger
    from tidings.evidence.voices import Voices
    from tidings.forecast.record_of_crisis import record_of_crisis
    from tidings.forecast.record_of_flee import record_of_flee
    from tidings.interchange.flee.read import read_flee

    if problem := _neither(folder):
        raise InputError(problems=(problem,))
    if not (folder / "crisis.yaml").is_file():
        instance, oddities = read_flee(folder, source_data=source_data)
        for oddity in oddities:
            say(f"warning: {oddity}", err=True)
        return record_of_flee(instance)
    if source_data:
        fix = "Leave it out: the bulletins of a crisis folder are in bulletins.csv."
        raise InputError(where="--source-data", met="it belongs to a Flee folder, and DIR is a crisis folder", fix=fix)
    ledger = folder / LEDGER_FILE
    crisis = load_crisis(folder)
    if not ledger.exists():
        return record_of_crisis(crisis, (), today=today)
    view = Ledger.open(ledger).as_of()
    voices = Voices.of(crisis.parties, view.reports(), ())  # by no later claim: origins know only what was public
    return record_of_crisis(crisis, view.claims(), today=today, voices=voices)


def _neither(folder: Path) -> Problem | None:
    """Say what is wrong with a folder that is neither a crisis folder nor a Flee folder."""
    from tidings.core.errors import Problem

    if any((folder / name).is_file() for name in ("crisis.yaml", "locations.csv", "input_csv/locations.csv")):
        return None
    met = "it holds neither crisis.yaml nor locations.csv"
    if not folder.is_dir():
        met = "this is a file, not a folder" if folder.exists() else "there is no such folder"
    fix = "Name a crisis folder with bulletins.csv, or a Flee folder that holds locations.csv."
    return Problem(str(folder), met, fix)


@cli.command()
@click.argument("folders", metavar="DIR…", type=FOLDER, nargs=-1, required=True)
@click.option("-o", "target", type=FOLDER, help="Write the parameters to this file (YAML).")
@click.option("--leave-one-out", is_flag=True, help="Also fit a set without each conflict, to be scored on it.")
@documented
def calibrate(folders: tuple[Path, ...], target: Path | None, leave_one_out: bool, as_json: bool) -> None:
    """Fit the forecast's parameters on the reports of several conflicts at once.

    Each DIR is a crisis folder with bulletins, or a Flee folder that holds locations.csv. Takes minutes.

    \b
    Example:
      tidings calibrate burundi2015/input_csv mali2012/input_csv --leave-one-out -o fitted.yaml
    """
    from tidings.core.files import check_writable, write_aside
    from tidings.forecast.calibrate import calibrate as fit_all
    from tidings.forecast.parameters import render_parameters
    from tidings.present.terminal_calibration import render_calibration

    _check_extra()
    if target:
        check_writable(target)
    records = _records(folders, now().date())
    command = f"tidings calibrate {' '.join(record.name for record in records)}"
    found = fit_all(records, command=command + " --leave-one-out" * leave_one_out, leave_one_out=leave_one_out)
    if target:
        write_aside(target, render_parameters(found.to_keep()))
        found = found.model_copy(update={"file": str(target)})
    show(found, as_json, render_calibration)


def _check_extra() -> None:
    from importlib.util import find_spec

    from tidings.core.errors import EnvironmentError_

    if find_spec("scipy") is None:
        fix = "Install it with: pip install 'tidings[calibrate]'."
        raise EnvironmentError_(where="tidings calibrate", met="SciPy is not installed", fix=fix)


def _records(folders: tuple[Path, ...], today: dt.date) -> list[Record]:
    """Read all folders, and tell what is wrong in any of them at once."""
    from tidings.core.errors import InputError, raise_all

    records: list[Record] = []
    problems: list[Problem] = []
    for folder in folders:
        try:
            records.append(_record(folder, None, today))
        except InputError as error:
            problems += error.problems
    raise_all(problems)
    return records
