"""Contract: data_layout.csv leads to who was registered where; corrections hold before their day."""

import numpy as np
import pytest

from tests.interchange.flee.folders import flee_folder, reading
from tidings.core.errors import InputError
from tidings.interchange.flee.layout import registered_on
from tidings.interchange.flee.read import read_flee

CORRECTIONS = "registration_corrections"


def refusal(tmp_path, *changes, **whole):
    with pytest.raises(InputError) as caught:
        read_flee(flee_folder(tmp_path, *changes, **whole))
    return [str(problem) for problem in caught.value.problems]


def test_a_byte_order_mark_before_total_is_survived(tmp_path):
    instance, oddities = reading(tmp_path, ("data_layout.csv", "total,", "\ufefftotal,"))
    assert instance.total is not None
    assert oddities[0].startswith("data_layout.csv:1: the file starts with a byte order mark.")


def test_without_a_total_every_row_is_a_place(tmp_path):
    instance, oddities = reading(tmp_path, ("data_layout.csv", "total,refugees.csv\n", ""), refugees=None)
    assert instance.total is None
    assert [row.name for row in instance.registered] == ["Dunmere", "Elvik"]
    assert oddities == [
        "data_layout.csv:1: there is no row 'total'. Arrivals are the sum of all rows; Flee takes the first row as the "
        "total, and leaves it out."
    ]


def test_a_total_that_is_not_first_is_the_total_all_the_same(tmp_path):
    instance, oddities = reading(tmp_path, data_layout="Dunmere,dunmere.csv\ntotal,refugees.csv\nElvik,elvik.csv\n")
    assert instance.total is not None
    assert [row.name for row in instance.registered] == ["Dunmere", "Elvik"]
    assert oddities[0].startswith("data_layout.csv:2: the row 'total' is not the first.")


def test_several_files_of_a_row_are_summed(tmp_path):
    instance, oddities = reading(tmp_path, ("data_layout.csv", "Elvik,elvik.csv", "Elvik,elvik.csv,elvik.csv"))
    np.testing.assert_array_equal(instance.registered[1].people, [200, 400])
    assert oddities == []


def test_files_of_unequal_days_are_summed_between_their_days_and_told(tmp_path):
    instance, oddities = reading(tmp_path, ("data_layout.csv", "Elvik,elvik.csv", "Elvik,elvik.csv,dunmere.csv"))
    np.testing.assert_array_equal(instance.registered[1].days, [0, 2, 4])
    np.testing.assert_array_equal(instance.registered[1].people, [300, 550, 700])
    assert oddities[0].startswith(
        "data_layout.csv:3: the files of 'Elvik' have different days. Each is taken as linear"
    )


@pytest.mark.parametrize("name", ["Bossa", "Beska"])
def test_a_row_that_is_no_camp_still_counts_as_arrivals(tmp_path, name):
    instance, oddities = reading(tmp_path, ("data_layout.csv", "Elvik,", f"{name},"))
    assert [row.name for row in instance.registered] == ["Dunmere", name]
    assert oddities == [
        f"data_layout.csv:3: '{name}' is no camp of locations.csv. Its people count as arrivals all the same, as in "
        "Flee.",
        "locations.csv:6: 'Elvik' has no row in data_layout.csv. It starts empty, and nothing tells how many people "
        "came there; Flee stops at it.",
    ]


def test_a_name_that_ends_in_blanks_is_the_place(tmp_path):
    instance, oddities = reading(tmp_path, ("data_layout.csv", "Elvik,", "Elvik  ,"))
    assert instance.registered[1].name == "Elvik"
    assert len(oddities) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "elvik.csv",
            "elvick.csv",
            "data_layout.csv:3: there is no file 'elvick.csv'. Did you mean 'elvik.csv'? Add the",
        ),
        ("Elvik,elvik.csv", "Elvik", "data_layout.csv:3: the row lacks a name or a file."),
        (
            "Elvik,",
            "Dunmere,",
            "data_layout.csv:3: 'Dunmere' is there already (data_layout.csv:2). Keep one row a place.",
        ),
    ],
)
def test_what_leads_to_no_counts_is_refused(tmp_path, old, new, said):
    assert any(said in problem for problem in refusal(tmp_path, ("data_layout.csv", old, new)))


def test_counts_that_begin_late_or_end_early_are_told(tmp_path):
    _, oddities = reading(tmp_path, ("elvik.csv", "2031-03-01,100\n2031-03-05", "2031-03-03,100\n2031-03-04"))
    assert oddities == [
        "data_layout.csv:3: the first count of 'Elvik' is of day 2. It is taken for all days before, as in Flee.",
        "data_layout.csv:3: the last count of 'Elvik' is of day 3 of a run of 5. It is taken for all days after, as in "
        "Flee.",
    ]


@pytest.mark.parametrize("people", [200, 150])
def test_a_capacity_that_is_full_on_the_first_day_is_told(tmp_path, people):
    _, oddities = reading(tmp_path, ("locations.csv", "camp,,4000", f"camp,,{people}"))
    assert oddities == [
        f"locations.csv:5: 'Dunmere' has a capacity of {people}, and 200 people are there on day 0. Under rules flee "
        "it is then unlimited, as in Flee; under our own it is full."
    ]


def test_people_are_told_for_every_day_in_whole_persons(tmp_path):
    elvik = reading(tmp_path)[0].registered[1]
    assert [registered_on(elvik, day) for day in (-3, 0, 1, 3, 4, 99)] == [100, 100, 125, 175, 200, 200]


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n\n\n\n", '""\n', "#camp,date\n"])
def test_empty_corrections_correct_nothing(tmp_path, text):
    instance, oddities = reading(tmp_path, **{CORRECTIONS: text})
    np.testing.assert_array_equal(instance.registered[0].people, [200, 400, 500])
    assert oddities == []


def test_a_correction_multiplies_all_earlier_counts(tmp_path):
    instance, oddities = reading(tmp_path, **{CORRECTIONS: "Dunmere,2031-03-05\n"})
    np.testing.assert_allclose(instance.registered[0].people, [250, 500, 500])
    assert instance.total is not None
    np.testing.assert_array_equal(instance.total.people, [300, 700])
    assert oddities == []


def test_corrections_are_applied_one_after_another(tmp_path):
    instance, _ = reading(tmp_path, **{CORRECTIONS: "Dunmere,2031-03-05\nDunmere,2031-03-03\n"})
    np.testing.assert_allclose(instance.registered[0].people, [500, 500, 500])


def test_a_third_column_of_corrections_is_told(tmp_path):
    instance, oddities = reading(tmp_path, **{CORRECTIONS: '"Dunmere","2031-03-05","normalize"\n'})
    np.testing.assert_allclose(instance.registered[0].people, [250, 500, 500])
    assert oddities == [
        "registration_corrections.csv:1: the row goes on with 'normalize'. What stands after the day is passed over, "
        "as in Flee."
    ]


def test_a_correction_before_the_run_is_left_out_and_told(tmp_path):
    _, oddities = reading(tmp_path, **{CORRECTIONS: "Dunmere,2031-02-05\n"})
    assert oddities == [
        "registration_corrections.csv:1: 2031-02-05 lies before the run. The correction is left out, as in Flee."
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Dunmere,2031-03-04", "no count of 'Dunmere' is of 2031-03-04. Give the day of a count that follows another"),
        ("Dunmere,2031-03-09", "no count of 'Dunmere' is of 2031-03-09."),
        ("Dunmere,2031-03-01", "the count of 2031-03-01 is the first of 'Dunmere'."),
        ("Dunmeer,2031-03-05", "'Dunmeer' is not in data_layout.csv. Did you mean 'Dunmere'? Correct the name"),
        ("Dunmere,soon", "'soon' is not a day. Write it as YYYY-MM-DD"),
        ("Dunmere,", "the day is empty. Write it as YYYY-MM-DD"),
        (",2031-03-05", "'' is not in data_layout.csv."),
    ],
)
def test_a_correction_that_cannot_be_applied_is_refused(tmp_path, row, said):
    assert refusal(tmp_path, **{CORRECTIONS: row + "\n"})[0].startswith(f"registration_corrections.csv:1: {said}")


def test_a_correction_after_a_count_of_nobody_is_refused(tmp_path):
    said = refusal(tmp_path, ("dunmere.csv", "03-03,400", "03-03,0"), **{CORRECTIONS: "Dunmere,2031-03-05\n"})
    assert "the count of 'Dunmere' before 2031-03-05 is 0." in said[0]
