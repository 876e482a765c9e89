"""Contract: what is odd in reports is told by place and day, and left in."""

import pytest

from tests.forecast.records import reports
from tidings.forecast.oddities import oddities_of


def codes(numbers):
    return [warning.code for warning in oddities_of(("near",), reports("near", numbers))]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({0: 1000, 30: 1400, 60: 1900}, []),
        ({0: 10, 30: 900}, []),
        ({0: 4000, 30: 9000}, ["implausible_jump"]),
        ({0: 9000, 30: 4000}, ["implausible_jump", "stock_falls"]),
        ({0: 9000, 30: 7900}, ["stock_falls"]),
        ({0: 9000, 30: 8200}, []),
        ({0: 200, 30: 120}, []),
        ({0: 0, 30: 5000}, ["first_report_of_nobody"]),
        ({0: 0, 30: 50, 60: 120}, []),
    ],
    ids=["steady", "small", "leap", "halved", "a fall", "a small fall", "few people", "nobody first", "a small ramp"],
)
def test_only_what_is_odd_is_told(numbers, told):
    assert codes(numbers) == told


def test_many_oddities_are_counted_and_not_all_named():
    told = next(oddities_of(("near",), reports("near", {day: 1000 * 2**day for day in range(20)})))
    assert told.message.endswith("and 13 more. None is left out.")
