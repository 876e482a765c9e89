"""Contract: home is where the conflict is, whatever place comes first."""

import numpy as np

from tests.interchange.flee.folders import reading
from tidings.interchange.flee.home import home_country


def test_home_is_the_country_with_most_days_of_conflict(tmp_path):
    instance, _ = reading(tmp_path)
    assert home_country(instance.locations[::-1], instance.conflicts[:, ::-1]) == "Norland"


def test_without_conflict_home_is_the_country_of_the_first_place(tmp_path):
    instance, _ = reading(tmp_path)
    assert home_country(instance.locations[::-1], np.zeros((5, 5))) == "Westia"
