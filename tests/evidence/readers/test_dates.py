"""Only a full date that means one day is a day of publication."""

from __future__ import annotations

import datetime as dt

import pytest

from tidings.evidence.readers.dates import dateline_day, first_day, is_only_day

DAY = dt.date(2016, 2, 8)


@pytest.mark.parametrize(
    "text",
    [
        "2016-02-08",
        "2016/2/8",
        "8 February 2016",
        "8th of Feb. 2016",
        "February 8th, 2016",
        "08.02.2016",
        "8-Feb-2016",
        "8-2-2016",
    ],
)  # fmt: skip
def test_full_dates_are_read(text: str) -> None:
    found = first_day(f"on {text}, at noon")
    assert found is not None
    assert found.day == DAY
    assert f"on {text}"[found.start : found.end] == text


@pytest.mark.parametrize("text", ["8 February", "February 2016", "30 February 2016", "12016-02-08", "8/2/16", ""])
def test_what_is_no_full_date_of_the_calendar_is_none(text: str) -> None:
    assert first_day(text) is None


def test_the_same_number_for_day_and_month_is_one_day() -> None:
    found = first_day("02/02/2016")
    assert found is not None
    assert found.day == dt.date(2016, 2, 2)


@pytest.mark.parametrize("line", ["ANKARA, 8 February 2016 –", "Azaz/Aleppo, February 8, 2016 (Agency) --"])
def test_datelines_are_known(line: str) -> None:
    found = dateline_day(f"{line} The crossing is closed.")
    assert found is not None
    assert found.day == DAY


@pytest.mark.parametrize("line", ["It fell on 8 February 2016, after a siege", "The road. Geneva, 8 February 2016 -"])
def test_a_date_in_a_sentence_is_no_dateline(line: str) -> None:
    assert dateline_day(f"{line} The crossing is closed.") is None


@pytest.mark.parametrize("line", ["8 February 2016", "Monday 8 February 2016 at 10:30 GMT", "Feb 8, 2016"])
def test_a_line_of_a_date_alone_is_known(line: str) -> None:
    assert is_only_day(line)


@pytest.mark.parametrize("line", ["Siege, 8 February 2016", "8 February 2016: road cut", "Monday"])
def test_a_line_with_more_than_a_date_is_not(line: str) -> None:
    assert not is_only_day(line)
