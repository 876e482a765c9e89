"""Contract: published Flee instances are read, run under our own rules and written again as they are."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from tests.interchange.flee.instances import plain
from tidings.interchange.flee.layout import registered_on
from tidings.interchange.flee.model import tidings_model_of
from tidings.interchange.flee.read import read_flee
from tidings.interchange.flee.write import write_flee

FOLDERS = sorted((Path(__file__).parents[4] / "shared" / "data" / "flee").glob("*/input_csv"))
LENGTHS = {
    "burundi2015": 396, "car2013": 820, "ethiopia2020": 146, "mali2012": 300, "ssudan2014": 604, "syria2013": 1095,
}  # fmt: skip
REGISTERED = {
    "burundi2015": ("Lusenda", "2016-05-31", 17210),
    "car2013": ("Brazaville", "2014-06-09", 3025),
    "ethiopia2020": ("Wad_Al_Mahi", "2021-02-08", 655),
    "mali2012": ("Niamey", "2012-07-12", 6327),
    "ssudan2014": ("Adjumani", "2014-10-23", 94223),
    "syria2013": ("Lebanon", "2013-10-01", 599790),
}
"""Instance → place, day and the count that its file gives for it, looked up by hand."""

pytestmark = pytest.mark.skipif(not FOLDERS, reason="the Flee instances are not beside this repository")


def rows_of(path):
    """Read a file in the plainest way, apart from the code under test."""
    with path.open(newline="", encoding="utf-8") as lines:
        return [row for row in csv.reader(lines) if row and row[0] and not row[0].startswith("#")]


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.parent.name)
def folder(request):
    return request.param


def test_places_roads_and_days_are_as_many_as_in_the_files(folder):
    instance, _ = read_flee(folder)
    assert instance.name == folder.parent.name
    assert len(instance.locations) == len(rows_of(folder / "locations.csv"))
    assert len(instance.routes) == len(rows_of(folder / "routes.csv"))
    assert len(instance.closures) == len(rows_of(folder / "closures.csv"))
    assert instance.days == LENGTHS[instance.name]
    assert instance.conflicts.shape == (instance.days, len(instance.locations))
    layout = rows_of(folder.parent / "source_data" / "data_layout.csv")
    assert [row.name for row in instance.registered] == [row[0] for row in layout[1:]]


def test_conflict_days_are_those_of_the_file(folder):
    instance, _ = read_flee(folder)
    text = (folder / "conflicts.csv").read_text()
    header, *rows = csv.reader(text.splitlines())
    names = [cell.strip() for cell in header]
    for number, place in enumerate(instance.locations):
        column = names.index(place.name) if place.name in names else None
        told = [float(row[column]) if column else 0.0 for row in rows[: instance.days]]
        np.testing.assert_array_equal(instance.conflicts[:, number], told)


def test_uncorrected_counts_are_those_of_the_files(folder):
    instance, _ = read_flee(folder)
    assert instance.total is not None
    counts = rows_of(folder.parent / "source_data" / "refugees.csv")
    told = [(dt.date.fromisoformat(row[0]), float(row[1])) for row in counts if row[0][0].isdigit()]
    days = [(day - instance.start).days for day, _ in told]
    np.testing.assert_array_equal(instance.total.days, days)
    np.testing.assert_array_equal(instance.total.people, [people for _, people in told])


def test_people_registered_on_some_days_are_those_looked_up(folder):
    place, day, people = REGISTERED[folder.parent.name]
    instance, _ = read_flee(folder)
    row = next(row for row in instance.registered if row.name == place)
    assert registered_on(row, (dt.date.fromisoformat(day) - instance.start).days) == people


def test_a_correction_makes_the_count_before_its_day_that_of_the_day():
    instance, _ = read_flee(next(folder for folder in FOLDERS if folder.parent.name == "burundi2015"))
    mahama = next(row for row in instance.registered if row.name == "Mahama")
    on = list(mahama.days).index((dt.date(2015, 10, 4) - instance.start).days)
    assert mahama.people[on - 1] == pytest.approx(mahama.people[on])


def test_each_runs_under_our_own_rules(folder):
    instance, _ = read_flee(folder)
    model, oddities = tidings_model_of(instance)
    model.check()
    assert oddities
    assert model.n_days == instance.days
    assert len(model.worlds.world(1, 0).path) <= 30


def test_each_is_written_and_read_again_to_the_person(folder, tmp_path):
    instance, _ = read_flee(folder)
    write_flee(instance, None, tmp_path / instance.name)
    again, _ = read_flee(tmp_path / instance.name)
    *rest, counts = plain(instance)
    *rest_again, counts_again = plain(again)
    assert rest == rest_again
    assert [(name, days, np.rint(people).tolist()) for name, days, people in counts] == counts_again
