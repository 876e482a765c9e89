"""Contract: sim_period.csv gives the first day and the length, or is refused with what to write."""

import datetime as dt

import pytest

from tidings.interchange.flee.findings import Findings
from tidings.interchange.flee.period import read_period


def period_of(tmp_path, text):
    path = tmp_path / "sim_period.csv"
    path.write_bytes(text.encode())
    found = Findings()
    return read_period(path, found), found


@pytest.mark.parametrize(
    "text",
    [
        "StartDate,2031-03-01\nLength,90\n",
        '"StartDate","2031-03-01"\n"Length",90\n',
        "StartDate,2031-03-01 \nLength, 90  ",
        "StartDate,2031-03-01\r\nLength,90\r\n",
        "#a remark\nLength,90\n\nStartDate,2031-03-01",
    ],
)
def test_quotes_blanks_and_line_ends_make_no_difference(tmp_path, text):
    period, found = period_of(tmp_path, text)
    assert period is not None
    assert (period.start, period.days) == (dt.date(2031, 3, 1), 90)
    assert found == Findings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Length,90\n", "sim_period.csv: StartDate is missing. Add a row, as in StartDate,2016-02-08."),
        ("StartDate,2031-03-01\n", "sim_period.csv: Length is missing. Add a row, as in Length,300."),
        ("StartDate,01/03/2031\nLength,9\n", "sim_period.csv:1: StartDate '01/03/2031' is not a day. Write it as"),
        ("StartDate,2031-03-01\nLength,0\n", "sim_period.csv:2: Length '0' is not a whole number from 1 to 10^12."),
        ("StartDate,2031-03-01\nLength,-5\n", "Length '-5' is not a whole number"),
        ("StartDate,2031-03-01\nLength,9\nLength,8\n", "sim_period.csv:3: Length is there twice. Keep this row or"),
        ("StartDate,9999-12-30\nLength,9\n", "sim_period.csv:2: the calendar ends before the last day."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_period_is_refused(tmp_path, text, said):
    _, found = period_of(tmp_path, text)
    assert said in str(found.problems[0])


def test_a_row_of_another_name_is_passed_over_and_told(tmp_path):
    period, found = period_of(tmp_path, "StartDate,2031-03-01\nLength,9\nEndDate,2031-04-01\n")
    assert period is not None
    assert str(found.oddities[0]).startswith("sim_period.csv:3: 'EndDate' is not known. The row is passed over")
