"""Contract: a crisis folder is exported from its first count to its situation's day, each as known in the end."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from tests.interchange.flee.instances import plain
from tidings.cli import cli
from tidings.core.errors import InputError
from tidings.examples import copy_example
from tidings.flow.flee_settings import FleeSettings
from tidings.interchange.flee.export import export_flee
from tidings.interchange.flee.model import tidings_model_of
from tidings.interchange.flee.read import read_flee
from tidings.interchange.flee.settings import load_flee_settings
from tidings.release.folder import Opened, assess_folder


@pytest.fixture(scope="module")
def valdria(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crisis") / "valdria"
    copy_example("valdria", folder)
    reports = [str(path) for path in sorted((folder / "reports").iterdir())]
    assert CliRunner().invoke(cli, ["add", str(folder), *reports]).exit_code == 0
    return Opened.folder(folder)


@pytest.fixture(scope="module")
def exported(valdria, tmp_path_factory):
    target = tmp_path_factory.mktemp("flee") / "valdria"
    oddities = export_flee(assess_folder(valdria), target)
    return target, [str(oddity) for oddity in oddities]


def test_the_run_goes_from_the_first_conflict_after_a_count_to_the_day_of_the_situation(exported):
    instance, _ = read_flee(exported[0])
    assert (instance.name, instance.start, instance.days) == ("valdria", dt.date(2031, 3, 1), 6)


def test_counts_conflict_and_closures_are_those_that_reports_tell_by_day(exported):
    instance, _ = read_flee(exported[0])
    names = [place.name for place in instance.locations]
    camp = next(row for row in instance.registered if row.name == "Lindra camp")
    assert (camp.days.tolist(), camp.people.tolist()) == ([-5, 1, 5], [1200, 4200, 6800])
    first = {
        name: int(np.flatnonzero(days)[0]) for name, days in zip(names, instance.conflicts.T, strict=True) if days.any()
    }
    assert first == {"Dorvik": 0, "Hallenz": 3}
    assert {(closure.one, closure.start, closure.end) for closure in instance.closures} == {
        ("Orlest Bridge", 5, -1), ("velmora--dorvik", 0, -1), ("dorvik--hallenz", 3, -1),
    }  # fmt: skip


def test_what_is_lost_is_told(exported):
    assert any("besieged: Brusk. Flee has no word for it" in oddity for oddity in exported[1])
    assert any("a number of people a day is let through: Orlest Bridge" in oddity for oddity in exported[1])


def test_what_was_exported_runs(exported):
    model, _ = tidings_model_of(read_flee(exported[0])[0])
    model.check()


def test_a_folder_can_be_named_by_its_path_and_has_flees_default_settings(valdria, exported, tmp_path):
    export_flee(valdria.crisis.folder, tmp_path / "valdria")
    assert plain(read_flee(tmp_path / "valdria")[0]) == plain(read_flee(exported[0])[0])
    assert load_flee_settings(tmp_path / "valdria" / "simsetting.yml") == FleeSettings()


def test_what_became_public_later_is_not_in_an_export_of_the_past(valdria, tmp_path):
    export_flee(assess_folder(valdria, as_of=dt.date(2031, 3, 2)), tmp_path / "past")
    instance, _ = read_flee(tmp_path / "past")
    assert instance.days == 2
    assert {row.name: row.people.tolist() for row in instance.registered} == {"Lindra camp": [1200, 4200]}
    assert not any(closure.one == "Orlest Bridge" for closure in instance.closures)


def test_a_crisis_without_roads_is_refused(valdria, tmp_path):
    assessed = assess_folder(valdria)
    crisis = assessed.opened.crisis
    bare = type(crisis)(crisis.folder, crisis.settings)
    lacking = replace(assessed, opened=Opened(bare, valdria.ledger))
    with pytest.raises(InputError, match=r"roads\.csv: it has no roads"):
        export_flee(lacking, tmp_path / "none")
