"""Contract: a Flee folder is read as it is; every problem is named at once; nothing is dropped unsaid."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from tests.interchange.flee.folders import flee_folder, reading
from tidings.core.errors import InputError
from tidings.interchange.flee.read import read_flee


def test_a_sound_folder_is_read_without_a_word(tmp_path):
    instance, oddities = reading(tmp_path / "norland")
    assert oddities == []
    assert (instance.name, instance.start, instance.days) == ("norland", dt.date(2031, 3, 1), 5)
    assert [place.name for place in instance.locations] == ["Aldra", "Beska", "Corin", "Dunmere", "Elvik"]
    assert [(route.one, route.other, route.km) for route in instance.routes] == [
        (0, 1, 50.0), (1, 2, 60.0), (2, 3, 70.0), (1, 4, 80.0),
    ]  # fmt: skip
    assert instance.closures == ()
    np.testing.assert_array_equal(instance.conflicts[:, 0], [1, 1, 1, 0, 0])
    np.testing.assert_array_equal(instance.conflicts[:, 2], [0, 0, 1, 1, 0.5])
    assert not instance.conflicts[:, [1, 3, 4]].any()
    assert instance.total is not None
    np.testing.assert_array_equal(instance.total.people, [300, 700])
    assert [row.name for row in instance.registered] == ["Dunmere", "Elvik"]
    np.testing.assert_array_equal(instance.registered[0].days, [0, 2, 4])


def test_rows_remember_their_file_and_line(tmp_path):
    instance, _ = reading(tmp_path)
    assert instance.locations[0].where == "locations.csv:2"
    assert instance.routes[3].where == "routes.csv:5"
    assert instance.registered[1].where == "data_layout.csv:3"


def test_the_folder_above_input_csv_may_be_named_too(tmp_path):
    above = flee_folder(tmp_path / "norland").parent
    assert read_flee(above)[0].name == "norland"


def test_source_data_is_looked_for_beside_the_folder_then_in_it_unless_it_is_named(tmp_path):
    folder = flee_folder(tmp_path / "a")
    elsewhere = folder.parent / "elsewhere"
    (folder.parent / "source_data").rename(elsewhere)
    assert read_flee(folder, source_data=elsewhere)[0].registered[0].name == "Dunmere"
    with pytest.raises(InputError, match=r"data_layout\.csv: there is no such file\..*--source-data"):
        read_flee(folder)
    elsewhere.rename(folder / "source_data")
    assert read_flee(folder)[0].registered[0].name == "Dunmere"


def test_every_problem_of_every_file_is_named_at_once(tmp_path):
    folder = flee_folder(
        tmp_path,
        ("locations.csv", "9.0,22.0", "north,22.0"),
        ("routes.csv", "Corin,Dunmere", "Corin,Dunmeer"),
        ("conflicts.csv", "2, 1, 1", "2, 1, -1"),
        ("sim_period.csv", "2031-03-01", "1 March"),
        ("dunmere.csv", "2031-03-03,400", "2031-03-03,many"),
    )
    with pytest.raises(InputError) as caught:
        read_flee(folder)
    wheres = {problem.where for problem in caught.value.problems}
    assert wheres == {
        "locations.csv:5", "routes.csv:4", "conflicts.csv:4", "sim_period.csv:1", "dunmere.csv:2",
    }  # fmt: skip


@pytest.mark.parametrize("file", ["routes", "conflicts", "sim_period", "data_layout"])
def test_a_file_that_must_be_there_is_asked_for(tmp_path, file):
    folder = flee_folder(tmp_path, **{file: None})
    with pytest.raises(InputError, match=rf"{file}\.csv: there is no such file") as caught:
        read_flee(folder)
    assert len(caught.value.problems) == 1


def test_an_instance_driven_by_floods_is_refused_with_the_reason(tmp_path):
    folder = flee_folder(tmp_path, conflicts=None)
    (folder / "flood_level.csv").write_text("#Day, Aldra\n0, 1\n")
    with pytest.raises(InputError, match=r"driven by floods \(flood_level\.csv\) cannot be run"):
        read_flee(folder)


def test_corrections_may_be_absent_and_without_closures_nothing_closes(tmp_path):
    instance, oddities = reading(tmp_path, registration_corrections=None, closures=None)
    assert instance.closures == ()
    assert oddities == ["closures.csv: there is no such file. Nothing closes."]


def test_a_folder_without_locations_and_a_file_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"it holds no locations\.csv"):
        read_flee(tmp_path)
    with pytest.raises(InputError, match="there is no such folder"):
        read_flee(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="this is a file, not a folder"):
        read_flee(tmp_path / "file")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("major_routes.csv", "fixed routes"),
        ("flood_level.csv", "floods"),
        ("location_changes.csv", "changes of a place's kind"),
        ("agents.csv", "attributes of their own"),
        ("demographics_age.csv", "demographic classes"),
        ("region_attributes_IPC.csv", "food security"),
        ("IPC.csv", "food security"),
    ],
)
def test_a_file_that_only_flee_reads_is_named(tmp_path, name, why):
    folder = flee_folder(tmp_path)
    (folder / name).write_text("#a,b\n")
    (oddity,) = read_flee(folder)[1]
    assert oddity.where == name
    assert why in oddity.met
    assert oddity.done == "It is not read."


def test_stray_files_are_named_in_one_line_a_folder_and_hidden_ones_passed_over(tmp_path):
    folder = flee_folder(tmp_path)
    for name in ("routes.csv~", "locations - locations.csv", "bk-routes.csv", "out.csv", ".~lock.routes.csv#"):
        (folder / name).write_text("junk")
    (folder.parent / "source_data" / "religion.csv").write_text("junk")
    (folder / "New data").mkdir()
    strays = [str(oddity) for oddity in read_flee(folder)[1]]
    assert strays == [
        "input_csv/: bk-routes.csv, locations - locations.csv, out.csv, routes.csv~: not a file of a Flee instance. "
        "What stands there is not read.",
        "source_data/: religion.csv: not named in data_layout.csv. What stands there is not read.",
    ]


def test_a_first_place_that_is_abroad_is_told_since_flee_takes_its_country_for_home(tmp_path):
    folder = flee_folder(tmp_path)
    lines = (folder / "locations.csv").read_text().splitlines(keepends=True)
    (folder / "locations.csv").write_text("".join([lines[0], lines[4], *lines[1:4], lines[5]]))
    (oddity,) = read_flee(folder)[1]
    assert oddity.where == "locations.csv:2"
    assert oddity.met == "the first place lies in Southmark, and most of the conflict in Norland"
    assert "Rules flee take Southmark as the home country, as Flee does; our own Norland." in oddity.done


def test_conflict_where_no_population_is_known_is_told(tmp_path):
    instance, oddities = reading(tmp_path, ("locations.csv", "conflict_zone,2,2000", "conflict_zone,2,"))
    assert instance.locations[2].people is None
    assert oddities == [
        "locations.csv:4: 'Corin' has conflict and no population. Where people flee from places by population, nobody "
        "flees from there."
    ]


def refused(folder):
    with pytest.raises(InputError) as told:
        read_flee(folder)
    return [str(problem) for problem in told.value.problems]


def test_what_follows_from_a_table_that_could_not_be_read_is_not_told(tmp_path):
    closing = "#closure_type,name1,name2,closure_start,closure_end\nlink,Aldra,Beska,1,3\n"
    (told,) = refused(flee_folder(tmp_path / "empty", locations="", closures=closing))
    assert told.startswith("locations.csv: it holds no places")
    (told,) = refused(flee_folder(tmp_path / "missing", routes=None, closures=closing))
    assert "routes.csv: there is no such file" in told
    wrong = ("routes.csv", "Aldra,Beska,50,0", "Aldra,Beska,far,0")
    (told,) = refused(flee_folder(tmp_path / "wrong", wrong, closures=closing))
    assert told.startswith("routes.csv:2: distance 'far'")


def test_a_quotation_mark_without_a_partner_is_refused_at_its_own_line_alone(tmp_path):
    (told,) = refused(flee_folder(tmp_path / "quoted", ("locations.csv", "Beska,North", '""Beska",North')))
    assert told.startswith("locations.csv:3: a quotation mark stands before a quoted name")
