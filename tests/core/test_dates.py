"""Contract: days are calendar days, spans are half-open, and a date without a time is known at 24:00 UTC."""

import datetime as dt

import pytest

from tidings.core.dates import DateSpan, end_of_day, parse_day
from tidings.core.errors import InputError

DAY = dt.date(2031, 3, 4)


def test_a_span_holds_its_first_day_and_not_its_last():
    span = DateSpan.of(DAY, DAY + dt.timedelta(days=2))
    assert DAY in span
    assert DAY + dt.timedelta(days=2) not in span


def test_an_open_end_holds_every_later_day():
    assert dt.date(2100, 1, 1) in DateSpan.of(DAY)
    assert dt.date(1900, 1, 1) not in DateSpan.of(DAY)


def test_the_span_of_a_day_is_that_day():
    assert DateSpan.on(DAY) == DateSpan.of(DAY, DAY + dt.timedelta(days=1))


def test_a_day_is_known_when_it_is_over():
    assert end_of_day(DAY) == dt.datetime(2031, 3, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["", "4 March", "2031-02-30", "04/03/2031"])
def test_what_is_no_day_is_refused_with_where_and_how_to_write_it(text):
    with pytest.raises(InputError, match=r"--published: .* is not a day. Write the day as YYYY-MM-DD"):
        parse_day(text, "--published")
