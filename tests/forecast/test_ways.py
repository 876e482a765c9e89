"""Contract: the shortest way by open roads; a closure of a place, a country or a link cuts what it names."""

import numpy as np
import pytest

from tidings.forecast.series import Closed
from tidings.forecast.ways import Ways

WAYS = Ways(
    roads=(("A", "B", 10.0), ("B", "C", 10.0), ("A", "C", 50.0), ("A", "C", 40.0)),
    country={"A": "X", "B": "X", "C": "Y"},
)


def km(*closed):
    return WAYS.km(("A",), ("C",), [Closed(kind=k, one=a, other=b, start=0, end=end) for k, a, b, end in closed])[0, 0]


@pytest.mark.parametrize(
    ("closed", "left"),
    [
        ([], 20),
        ([("camp", "B", "", None)], 40),
        ([("link", "C", "B", None)], 40),
        ([("location", "C", "", None)], np.inf),
        ([("country", "Y", "X", None)], np.inf),
        ([("country", "Y", "X", 9)], 20),
        ([("remove_forced_redirection", "A", "B", None)], 20),
    ],
)
def test_the_shortest_open_way_is_taken(closed, left):
    assert km(*closed) == left


def test_a_place_that_no_road_reaches_is_infinitely_far():
    assert WAYS.km(("A", "D"), ("D", "A")).tolist() == [[np.inf, 0.0], [0.0, np.inf]]
