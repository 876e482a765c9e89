"""Commands that run or write what others' tools use: simulate, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tidings.cli.frame import FOLDER, cli, cores, documented, in_folder, progress_bar, say, show

if TYPE_CHECKING:
    from tidings.ensemble.model import Model


@cli.command()
@click.argument("folder", metavar="FLEE_DIR", type=FOLDER)
@click.option("--source-data", type=FOLDER, help="Folder with data_layout.csv; source_data beside FLEE_DIR by default.")
@click.option(
    "--settings",
    type=FOLDER,
    help="A simsetting.yml, for rules flee; without it Flee's defaults hold, and hasten is 1.",
)
@click.option("--rules", type=click.Choice(["flee", "tidings"]), default="flee", show_default=True, help="Whose rules.")
@click.option(
    "--members", type=click.IntRange(1, 1_000_000), default=100, show_default=True, help="Members of the ensemble."
)
@click.option("--seed", default=1, show_default=True, help="Seed: the same seed gives the same result.")
@cores
@click.option("-o", "target", type=FOLDER, help="Write the ensemble to this file: .nc NetCDF, .zarr Zarr.")
@documented
def simulate(
    folder: Path,
    source_data: Path | None,
    settings: Path | None,
    rules: Literal["flee", "tidings"],
    members: int,
    seed: int,
    workers: int,
    cluster: str | None,
    target: Path | None,
    as_json: bool,
) -> None:
    """Run a Flee instance as it is: FLEE_DIR holds locations.csv, and sim_period.csv says how many days are run.

    Under rules tidings each member draws every parameter from its plausible range, and there are no --settings: those
    are Flee's alone. Its numbers are an illustration, not validated.

    \b
    Example:
      tidings simulate burundi2015/input_csv --settings simsetting.yml --members 100 -o burundi.nc
    """
    from tidings.ensemble.run import simulate as simulate_ensemble
    from tidings.ensemble.simulation import simulation_of
    from tidings.present.terminal import render_simulation

    model = _model(folder, source_data, settings, rules)
    with progress_bar("Simulating") as progress:
        ensemble = simulate_ensemble(
            model, members=members, seed=seed, workers=workers, cluster=cluster, path=target, progress=progress
        )
    show(simulation_of(ensemble, rules=rules, seed=seed), as_json, render_simulation)


@cli.group()
def export() -> None:
    """Write a crisis in the format of another tool."""


@export.command("flee")
@in_folder
@click.option("-o", "target", type=FOLDER, required=True, help="Folder to make.")
@documented
def export_flee(folder: Path, target: Path, as_json: bool) -> None:
    """Write a crisis folder as a Flee instance: input_csv, source_data and simsetting.yml.

    \b
    Example:
      tidings export flee aleppo -o aleppo-flee
    """
    from tidings.core.files import check_folder_of
    from tidings.core.written import Written
    from tidings.interchange.flee.export import export_flee as export

    check_folder_of(target)
    _warn(export(folder, target))
    show(Written(path=str(target)), as_json, lambda made: f"Wrote {made.path}.")


def _model(folder: Path, source_data: Path | None, settings: Path | None, rules: str) -> Model:
    from tidings.core.errors import InputError
    from tidings.flow.flee import FleeModel
    from tidings.flow.flee_settings import FleeSettings
    from tidings.flow.parameters import parameter_table
    from tidings.interchange.flee.model import tidings_model_of
    from tidings.interchange.flee.read import read_flee
    from tidings.interchange.flee.settings import load_flee_settings, nothing_set, rounded_away

    if settings and rules != "flee":
        fix = "Leave it out, or run --rules flee: our own rules have parameters of their own."
        raise InputError(where="--settings", met=f"a simsetting.yml says nothing under rules {rules}", fix=fix)
    instance, warnings = read_flee(folder, source_data=source_data)
    _warn(warnings)
    if rules == "flee":
        given = load_flee_settings(settings) if settings else FleeSettings()
        _warn([*(nothing_set(given, settings) if settings else ()), *rounded_away(instance, given)])
        return FleeModel(instance=instance, settings=given)
    model, more = tidings_model_of(instance, vary=tuple(parameter_table()))
    _warn([*more, "what rules tidings give is an illustration, not validated"])
    return model


def _warn(warnings: Iterable[object]) -> None:
    for warning in warnings:
        say(f"warning: {warning}", err=True)
