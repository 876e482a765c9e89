"""The ways of the reference engine can be checked by hand."""

import pytest

from tidings.flow.reference_ways import days_to, reached, whole_days

TRIANGLE = [(0, 1, 10.0, 1.0), (1, 2, 10.0, 1.0), (0, 2, 50.0, 5.0)]


def test_the_quickest_of_all_ways_is_kept():
    assert reached(0, TRIANGLE, 1) == {0: (0.0, 0.0), 1: (1.0, 10.0), 2: (5.0, 50.0)}
    assert reached(0, TRIANGLE, 2)[2] == (2.0, 20.0)
    assert reached(0, TRIANGLE, 0) == {0: (0.0, 0.0)}


def test_days_home_go_any_number_of_roads():
    assert days_to(0, TRIANGLE) == {0: 0.0, 1: 1.0, 2: 2.0}
    assert days_to(3, TRIANGLE) == {3: 0.0}


@pytest.mark.parametrize(("days", "whole"), [(0.0, 0), (0.2, 1), (1.0, 1), (0.1 + 0.2 + 0.7, 1), (1.01, 2)])
def test_days_are_rounded_up_but_for_rounding_errors(days, whole):
    assert whole_days(days) == whole
