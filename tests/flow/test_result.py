"""A result names its counts, days and places, and says on no road where people are."""

import numpy as np
import pytest

from tests.flow.worlds import geography, scenario
from tidings.flow.result import AXES, MEANINGS, dataset_of, no_counts

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 9)], [("gate", "camp", "home")])
SETTING = scenario(COUNTRY, {"home": 3}, days=4, groups={"home": "one", "camp": "one"})
RESULT = dataset_of(no_counts(SETTING, 2), SETTING, [5, 7], 11)


def test_members_days_places_crossings_and_groups_are_the_only_dimensions():
    assert dict(RESULT.sizes) == {"member": 2, "day": 4, "place": 2, "crossing": 1, "group": 1}


@pytest.mark.parametrize("name", AXES)
def test_a_variable_has_units_a_meaning_and_whole_numbers(name):
    assert RESULT[name].dims == ("member", "day", AXES[name])
    assert RESULT[name].attrs == {"units": "persons", "long_name": MEANINGS[name]}
    assert RESULT[name].dtype == np.int64


def test_a_selection_by_name_works():
    assert RESULT["people"].sel(member=7, place="camp", day=3) == 0


def test_the_seed_and_the_first_day_are_noted():
    assert RESULT.attrs == {"start": "2031-03-01", "seed": "11"}
