"""Commands that run or write what others' tools use: simulate, import, export."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tidings.cli.frame import DAY, FOLDER, cli, cores, documented, in_folder, now, progress_bar, say, show
from tidings.cli.reports import opened_gazetteer

if TYPE_CHECKING:
    from tidings.core.dates import Day
    from tidings.ensemble.model import Model
    from tidings.interchange.events.rows import Foreign

WITHIN_HELP = "How far from a place its nearest road may be."


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


@cli.group("import")
def import_() -> None:
    """Take what others publish into a crisis: roads, tables of events."""


@import_.command("osm")
@click.argument("file", metavar="FILE.osm.pbf", type=FOLDER)
@in_folder
@click.option("--within-km", type=click.FloatRange(0.01, 100), default=5.0, show_default=True, help=WITHIN_HELP)
@click.option("--tracks", is_flag=True, help="Count tracks as roads too.")
@click.option("--keep", "existing", flag_value="keep", help="Keep rows that a person wrote, and add to them.")
@click.option("--replace", "existing", flag_value="replace", help="Lose rows that a person wrote.")
@documented
def import_osm(file: Path, folder: Path, within_km: float, tracks: bool, existing: str | None, as_json: bool) -> None:
    """Write roads.csv from an OpenStreetMap extract: the shortest ways between the crisis's places.

    Speeds by class of road are assumed (docs/imports.md). Rows of an earlier import are replaced; where roads.csv has
    rows that a person wrote, nothing is done unless --keep or --replace says what becomes of them.
    Roads © OpenStreetMap contributors, ODbL.

    \b
    Example:
      tidings import osm syria.osm.pbf aleppo --keep
    """
    from tidings.interchange.osm.roads import import_osm as import_roads
    from tidings.present.terminal_imports import render_roads

    with progress_bar("Searching ways") as progress:
        made = import_roads(
            file, folder, within_km=within_km, tracks=tracks, existing=_existing(existing), progress=progress
        )
    show(made, as_json, render_roads)


@import_.command("acled")
@click.argument("file", metavar="FILE.csv", type=FOLDER)
@in_folder
@click.option("--published", type=DAY, help="Day of publication; needed where rows have no timestamp.")
@documented
def import_acled(file: Path, folder: Path, published: Day | None, as_json: bool) -> None:
    """Take ACLED's events from a local file into the ledger; the same file twice changes nothing.

    A row is known from its timestamp on: the day on which this version of it was published.

    \b
    Example:
      tidings import acled acled-2016.csv aleppo
    """
    from tidings.interchange.events.acled import ACLED

    _import_events(ACLED, file, folder, published, as_json)


@import_.command("ucdp")
@click.argument("file", metavar="FILE", type=FOLDER)
@in_folder
@click.option("--published", type=DAY, help="Day on which this release was published: no row tells it.")
@documented
def import_ucdp(file: Path, folder: Path, published: Day | None, as_json: bool) -> None:
    """Take UCDP's events (GED) from a local file, CSV or GeoJSON, into the ledger; the same file twice changes nothing.

    \b
    Example:
      tidings import ucdp ged231.csv bangui --published 2023-06-01
    """
    from tidings.interchange.events.ucdp import UCDP

    _import_events(UCDP, file, folder, published, as_json)


def _import_events(table: Foreign, file: Path, folder: Path, published: Day | None, as_json: bool) -> None:
    from tidings.interchange.events.take import import_events
    from tidings.present.terminal_imports import render_events

    gazetteer = opened_gazetteer()
    with progress_bar("Adding events") as progress:
        done = import_events(table, file, folder, gazetteer, published=published, now=now(), progress=progress)
    show(done, as_json, render_events)


def _existing(flag: str | None) -> Literal["refuse", "keep", "replace"]:
    return "keep" if flag == "keep" else "replace" if flag == "replace" else "refuse"


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
