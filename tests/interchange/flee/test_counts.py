"""Contract: files of counts are read whatever surrounds the counts; empty is not zero, and no count is guessed."""

import datetime as dt

import numpy as np
import pytest

from tidings.interchange.flee.counts import read_counts
from tidings.interchange.flee.findings import Findings

START = dt.date(2031, 3, 1)


def counts_of(tmp_path, content):
    path = tmp_path / "camp.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = Findings()
    return read_counts(path, START, found), found


@pytest.mark.parametrize(
    "first",
    ["", "Date,Refugee_numbers\n", "DateTime,Réfugiés\n", "#DateTime,people\n", ",\n", "#sep=\t\n", "\n", '"","\t"\n'],
)
def test_a_file_may_begin_with_any_header_or_none(tmp_path, first):
    counts, found = counts_of(tmp_path, first + "2031-02-27,100\n2031-03-05,400\n")
    np.testing.assert_array_equal(counts.days, [-2, 4])
    np.testing.assert_array_equal(counts.people, [100, 400])
    assert found == Findings()


def test_remarks_in_the_middle_with_tabs_and_windows_line_ends_are_passed_over(tmp_path):
    text = "2031-03-01,1\r\n# opened later\t\r\n#2031-03-02,9 # left out\r\n2031-03-03,3\r\n\r\n"
    counts, found = counts_of(tmp_path, b"\xef\xbb\xbf" + text.encode())
    np.testing.assert_array_equal(counts.people, [1, 3])
    assert [oddity.where for oddity in found.oddities] == ["camp.csv:1"]  # the byte order mark


def test_an_empty_count_is_not_zero(tmp_path):
    counts, found = counts_of(tmp_path, "2031-03-01,1\n2031-03-02,\n2031-03-03,3\n")
    np.testing.assert_array_equal(counts.days, [0, 2])
    assert str(found.oddities[0]) == (
        "camp.csv:2: the count of 2031-03-02 is empty. It is passed over: empty is not zero."
    )


def test_what_stands_after_a_count_is_told(tmp_path):
    counts, found = counts_of(tmp_path, "2031-03-01,1,\n2031-03-02,2,verified\n")
    np.testing.assert_array_equal(counts.people, [1, 2])
    assert [str(oddity) for oddity in found.oddities] == [
        "camp.csv:2: 'verified' stands after the count. What stands there is passed over."
    ]


def test_rows_out_of_order_are_sorted_and_told(tmp_path):
    counts, found = counts_of(tmp_path, "2031-03-01,1\n2031-03-05,5\n2031-03-03,3\n")
    np.testing.assert_array_equal(counts.days, [0, 2, 4])
    np.testing.assert_array_equal(counts.people, [1, 3, 5])
    assert str(found.oddities[0]) == "camp.csv:3: 2031-03-03 comes after 2031-03-05. Rows are sorted by day."


def test_of_a_day_that_is_there_twice_the_last_row_counts(tmp_path):
    counts, found = counts_of(tmp_path, "2031-03-01,1\n2031-03-01,2\n")
    np.testing.assert_array_equal(counts.people, [2])
    assert (
        str(found.oddities[0]) == "camp.csv:2: 2031-03-01 is there twice, with 1 and 2. The last row of a day counts."
    )


def test_thousands_marks_and_points_are_read_and_told(tmp_path):
    counts, found = counts_of(tmp_path, '2031-03-01,"1,200"\n2031-03-02,12.0\n')
    np.testing.assert_array_equal(counts.people, [1200, 12])
    assert len(found.oddities) == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2031-03-02,-4", "camp.csv:2: the count '-4' is not a whole number from 0 to 10^12."),
        ("2031-03-02,nan", "camp.csv:2: the count 'nan' is not a whole number from 0 to 10^12."),
        ("2031-03-02,12.5", "camp.csv:2: the count '12.5' is not a whole number from 0 to 10^12."),
        ("2031-02-30,5", "camp.csv:2: '2031-02-30' is not a day. Write the day as YYYY-MM-DD"),
        ("02/03/2031,5", "camp.csv:2: '02/03/2031' is not a day."),
        ("later,5", "camp.csv:2: 'later' is not a day."),
    ],
)
def test_what_cannot_be_a_count_is_refused(tmp_path, row, said):
    _, found = counts_of(tmp_path, f"2031-03-01,1\n{row}\n")
    assert said in str(found.problems[0])


def test_a_wrong_day_in_the_first_row_is_no_header(tmp_path):
    _, found = counts_of(tmp_path, "1.3.2031,5\n2031-03-02,6\n")
    assert found.problems[0].where == "camp.csv:1"


def test_a_file_without_counts_is_refused(tmp_path):
    _, found = counts_of(tmp_path, "Date,people\n")
    assert str(found.problems[0]).startswith("camp.csv: it holds no counts. Add rows of day and people")
