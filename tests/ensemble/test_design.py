"""A member's parameters are drawn from the plausible ranges, by address: other members and parameters play no part."""

import numpy as np
import pytest

from tidings.core.errors import InputError
from tidings.ensemble.design import draw_parameters
from tidings.flow.parameters import load_parameters, parameter_table

TABLE = parameter_table()
SETS = draw_parameters(load_parameters(), members=range(400), seed=3)


@pytest.mark.parametrize("name", TABLE)
def test_drawn_values_fill_the_plausible_range_and_stay_in_it(name):
    low, high = TABLE[name].plausible
    values = np.array([each[name] for each in SETS])
    assert low <= values.min()
    assert values.max() <= high
    assert values.min() < low + 0.2 * (high - low) + 1e-12
    assert values.max() > high - 0.2 * (high - low) - 1e-12


def test_half_of_a_rate_lies_below_the_geometric_middle():
    low, high = TABLE["return_rate"].plausible
    below = np.mean([each["return_rate"] < np.sqrt(low * high) for each in SETS])
    assert abs(below - 0.5) < 0.15


def test_whole_numbers_stay_whole_and_are_all_drawn():
    assert {each["awareness_hops"] for each in SETS} == {1.0, 2.0, 3.0}


def test_members_added_later_change_nothing():
    assert draw_parameters(load_parameters(), members=range(5), seed=3) == SETS[:5]


def test_a_value_that_somebody_has_set_stays():
    sets = draw_parameters(load_parameters({"speed_foot": 21}), members=range(9), seed=3)
    assert {each["speed_foot"] for each in sets} == {21.0}


def test_only_what_is_named_varies():
    sets = draw_parameters(load_parameters(), members=range(9), seed=3, vary=["return_rate"])
    assert len({each["return_rate"] for each in sets}) == 9
    assert {each["speed_foot"] for each in sets} == {TABLE["speed_foot"].default}


def test_an_unknown_name_is_refused():
    with pytest.raises(InputError, match="vary: there is no parameter xyzzy"):
        draw_parameters(load_parameters(), members=[0], seed=1, vary=["xyzzy"])
