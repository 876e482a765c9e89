"""The sum of a simulation counts whole people, wherever they are."""

import numpy as np

from tests.ensemble.models import MODEL
from tidings.ensemble.run import simulate
from tidings.ensemble.simulation import simulation_of


def test_nobody_is_lost_to_rounding_where_members_keep_all_people():
    told = simulation_of(simulate(MODEL, members=21, seed=4), rules="tidings", seed=4)
    assert told.people == 90_700
    assert [place.place for place in told.places] == ["Home", "Village", "Gateside", "Abroad"]


def test_the_sum_is_divided_once():
    ensemble = simulate(MODEL, members=3, seed=4)
    at_home = np.array([1, 0, 0])[:, None, None]
    added = ensemble.assign(people=ensemble["people"] + at_home)
    n_places = ensemble.sizes["place"]
    assert simulation_of(added, rules="tidings", seed=4).people == (3 * 90_700 + n_places) / 3
