"""The command that looks back: hindcast."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tidings.cli.frame import FOLDER, cli, documented, now, say, show

if TYPE_CHECKING:
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
@click.option("--forecasts", type=FOLDER, help="Write every forecast to this CSV file in hubverse columns.")
@documented
def hindcast(
    folder: Path,
    source_data: Path | None,
    horizons: tuple[int, ...],
    members: int,
    seed: int,
    forecasts: Path | None,
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
    from tidings.forecast.scoring import scorecard_of
    from tidings.present.terminal_scorecard import render_scorecard

    if forecasts:
        check_writable(forecasts)
    record = _record(folder, source_data, now().date())
    past = run_hindcast(record, methods_for(record, members=members, seed=seed), horizons)
    if forecasts:
        write_aside(forecasts, render_hindcast(past))
    show(scorecard_of(past, members=members, seed=seed), as_json, render_scorecard)


def _record(folder: Path, source_data: Path | None, today: dt.date) -> Record:
    from tidings.core.errors import InputError
    from tidings.crisis.load import load_crisis
    from tidings.evidence.intake import LEDGER_FILE
    from tidings.evidence.ledger import Ledger
    from tidings.forecast.record_of_crisis import record_of_crisis
    from tidings.forecast.record_of_flee import record_of_flee
    from tidings.interchange.flee.read import read_flee

    if not (folder / "crisis.yaml").is_file():
        instance, oddities = read_flee(folder, source_data=source_data)
        for oddity in oddities:
            say(f"warning: {oddity}", err=True)
        return record_of_flee(instance)
    if source_data:
        fix = "Leave it out: the bulletins of a crisis folder are in bulletins.csv."
        raise InputError(where="--source-data", met="it belongs to a Flee folder, and DIR is a crisis folder", fix=fix)
    ledger = folder / LEDGER_FILE
    claims = Ledger.open(ledger).as_of().claims() if ledger.exists() else ()
    return record_of_crisis(load_crisis(folder), claims, today=today)
