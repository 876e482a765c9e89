"""Contract: conflicts.csv gives the intensity of each day and place, row by row; days that lack are refused."""

import numpy as np
import pytest

from tests.interchange.flee.folders import flee_folder, reading
from tidings.core.errors import InputError
from tidings.interchange.flee.read import read_flee


def refusal(tmp_path, *changes, **whole):
    with pytest.raises(InputError) as caught:
        read_flee(flee_folder(tmp_path, *changes, **whole))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("header", ["#Day, Aldra, Corin", '"#Day"," Aldra"," Corin"', "#Days,Aldra,Corin,"])
def test_quotes_leading_blanks_and_a_trailing_empty_cell_make_no_difference(tmp_path, header):
    instance, oddities = reading(tmp_path, ("conflicts.csv", "#Day, Aldra, Corin,", header))
    assert instance.conflicts.sum() == 5.5
    assert oddities == []


def test_a_header_without_its_mark_is_told(tmp_path):
    instance, oddities = reading(tmp_path, ("conflicts.csv", "#Day", "Day"))
    assert instance.conflicts.sum() == 5.5
    assert oddities[0].startswith("conflicts.csv:1: the row of column names does not start with '#'.")


def test_intensities_may_be_any_number_from_zero_on(tmp_path):
    instance, _ = reading(tmp_path, ("conflicts.csv", "0, 1, 0", "0, 0.4467, 2"))
    np.testing.assert_array_equal(instance.conflicts[0, [0, 2]], [0.4467, 2])


def test_a_column_that_is_no_place_is_told_and_passed_over(tmp_path):
    rows = ["#Day, Isola, \ufeff#name, Aldra, Corin", *(f"{day}, 9, 9, 1, 0" for day in range(5))]
    instance, oddities = reading(tmp_path, conflicts="\n".join(rows))
    assert instance.conflicts.sum() == 5
    assert oddities == [
        "conflicts.csv:1: column 2 is 'Isola', which is not a place (and 1 more like it). The column is passed over, "
        "as in Flee: correct the name if a place is meant."
    ]


def test_a_nameless_column_with_values_is_told(tmp_path):
    _, oddities = reading(tmp_path, ("conflicts.csv", "0, 1, 0", "0, 1, 0, 7"))
    assert oddities[0].startswith("conflicts.csv:1: column 4 is '', which is not a place.")


def test_the_row_counts_and_not_the_day_it_names(tmp_path):
    instance, oddities = reading(tmp_path, ("conflicts.csv", "3, 0, 1", "9, 0, 1"))
    assert instance.conflicts[3, 2] == 1
    assert oddities == [
        "conflicts.csv:5: row 3 says that it is day '9'. The place of the row counts, not the day it names, as in Flee."
    ]


def test_rows_beyond_the_run_are_not_used_and_told(tmp_path):
    instance, oddities = reading(tmp_path, ("sim_period.csv", "Length,5", "Length,3"))
    assert instance.conflicts.shape == (3, 5)
    assert oddities[0] == (
        "conflicts.csv:5: it goes on after the 3 days of the run (5 rows). The rows from here on are not used."
    )


def test_fewer_rows_than_days_are_refused_with_both_ways_to_mend_it(tmp_path):
    assert refusal(tmp_path, ("sim_period.csv", "Length,5", "Length,7")) == [
        "conflicts.csv:6: it ends after 5 days, and the run has 7. Write Length,5 in sim_period.csv:2, or add a row "
        "for each day that lacks (of zeros: no conflict)."
    ]


def test_a_conflict_zone_without_a_column_is_told(tmp_path):
    _, oddities = reading(tmp_path, ("locations.csv", "21.0,town", "21.0,conflict_zone"))
    assert oddities == [
        "locations.csv:3: 'Beska' is a conflict_zone without a column in conflicts.csv. Rules flee go by its "
        "conflict_date alone; our own see no conflict there."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2, 1, 1", "2, 1, -1", "conflicts.csv:4: column 3, '-1' is not a number from 0 to 1e+12."),
        ("2, 1, 1", "2, 1, nan", "conflicts.csv:4: column 3, 'nan' is not a number from 0 to 1e+12."),
        ("2, 1, 1", "2, , 1", "conflicts.csv:4: column 2 is empty. Write 0 where there is no conflict"),
        ("2, 1, 1", "2, 1", "conflicts.csv:4: column 3 is empty."),
        ("2, 1, 1", "2, 1, 1,, 1", "conflicts.csv:4: the row has 5 cells. Write one cell for each of the 4 columns."),
        ("Aldra, Corin,", "Aldra, Aldra,", "conflicts.csv:1: columns 2 and 3 are both 'Aldra'. Keep one of the two."),
    ],
)
def test_what_cannot_be_an_intensity_is_refused(tmp_path, old, new, said):
    assert any(said in problem for problem in refusal(tmp_path, ("conflicts.csv", old, new)))


@pytest.mark.parametrize("text", ["", "0,1,0\n1,1,0\n"])
def test_a_file_without_place_names_is_refused(tmp_path, text):
    assert "conflicts.csv:1: there is no row of place names that starts with '#Day'. Add a first row" in refusal(
        tmp_path, conflicts=text
    )[0]  # fmt: skip
