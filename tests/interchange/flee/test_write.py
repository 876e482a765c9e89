"""Contract: an instance that is written is read again as it was; what the files cannot hold is told or refused."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from tests.interchange.flee.folders import reading
from tests.interchange.flee.instances import instances, plain
from tidings.core.errors import InputError
from tidings.flow.flee_instance import Registered
from tidings.flow.flee_settings import FleeSettings
from tidings.interchange.flee.read import read_flee
from tidings.interchange.flee.settings import load_flee_settings
from tidings.interchange.flee.write import write_flee


@settings(max_examples=100, deadline=None)
@given(instances())
def test_an_instance_that_is_written_is_read_again_as_it_was(instance):
    with tempfile.TemporaryDirectory() as folder:
        write_flee(instance, None, Path(folder) / instance.name)
        again, _ = read_flee(Path(folder) / instance.name)
    assert plain(again) == plain(instance)


def test_a_sound_folder_is_written_without_a_word(tmp_path):
    instance, _ = reading(tmp_path / "norland")
    assert write_flee(instance, None, tmp_path / "again" / "norland") == ()
    again, oddities = read_flee(tmp_path / "again" / "norland")
    assert plain(again) == plain(instance)
    assert oddities == ()


def test_settings_are_written_beside_it(tmp_path):
    instance, _ = reading(tmp_path / "a")
    written = FleeSettings.of({"optimisations": {"hasten": 20}, "move_rules": {"start_on_foot": True}}, "x")
    write_flee(instance, written, tmp_path / "b")
    assert load_flee_settings(tmp_path / "b" / "simsetting.yml") == written
    assert not (tmp_path / "a" / "simsetting.yml").exists()


def test_corrected_counts_are_written_as_whole_persons_and_not_corrected_twice(tmp_path):
    instance, _ = reading(tmp_path / "a", ("dunmere.csv", "03-01,200", "03-01,201"),
                          registration_corrections="Dunmere,2031-03-05\n")  # fmt: skip
    np.testing.assert_allclose(instance.registered[0].people, [251.25, 500, 500])
    (oddity,) = write_flee(instance, None, tmp_path / "b")
    assert oddity.met == "counts of Dunmere are fractions of persons, after corrections or sums"
    np.testing.assert_array_equal(read_flee(tmp_path / "b")[0].registered[0].people, [251, 500, 500])


def test_without_a_total_the_reader_is_told_what_flee_makes_of_it(tmp_path):
    instance, _ = reading(tmp_path / "a")
    (oddity,) = write_flee(replace(instance, total=None), None, tmp_path / "b")
    assert "Flee takes the first row as the total" in oddity.done


def test_places_whose_names_fold_to_the_same_have_files_of_their_own(tmp_path):
    instance, _ = reading(tmp_path / "a")
    rows = tuple(
        Registered(name=name, days=np.array([0.0]), people=np.array([float(number)]))
        for number, name in enumerate(("Camp A", "camp-a", "Camp a", "data layout", "refugees"))
    )
    write_flee(replace(instance, registered=rows), None, tmp_path / "b")
    again, _ = read_flee(tmp_path / "b")
    assert [(row.name, row.people.tolist()) for row in again.registered] == [
        (row.name, row.people.tolist()) for row in rows
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["#Aldra", " Aldra", "Al\ndra", ""])
def test_a_name_that_would_be_read_as_something_else_is_refused(tmp_path, name):
    instance, _ = reading(tmp_path / "a")
    places = (replace(instance.locations[0], name=name), *instance.locations[1:])
    with pytest.raises(InputError, match="cannot be written"):
        write_flee(replace(instance, locations=places), None, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_two_places_of_one_name_and_a_place_called_total_are_refused(tmp_path):
    instance, _ = reading(tmp_path / "a")
    twins = (instance.locations[0], *instance.locations[:-1])
    with pytest.raises(InputError, match="the name 'Aldra' is there twice"):
        write_flee(replace(instance, locations=twins), None, tmp_path / "b")
    rows = (replace(instance.registered[0], name="total"),)
    with pytest.raises(InputError, match="a place is called 'total'"):
        write_flee(replace(instance, registered=rows), None, tmp_path / "b")


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    instance, _ = reading(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="the folder is not empty"):
        write_flee(instance, None, tmp_path / "b")
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["mine.txt"]
