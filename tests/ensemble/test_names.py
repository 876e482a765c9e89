"""Names stand in a file and ids in memory; there and back changes nothing."""

import numpy as np
import xarray

from tests.ensemble.models import MODEL
from tidings.ensemble.names import by_id, by_name
from tidings.ensemble.run import simulate

ENSEMBLE = simulate(MODEL, members=2)


def named(*names):
    return ENSEMBLE.assign_coords(place_name=("place", np.array(names, object)))


def test_there_and_back_changes_nothing():
    assert by_id(by_name(ENSEMBLE)).identical(ENSEMBLE)


def test_of_places_that_share_a_name_each_carries_its_id():
    twice = named("Hill", "Vale", "Hill", "Hill")
    assert by_name(twice)["place"].to_numpy().tolist() == ["Hill (home)", "Vale", "Hill (gateside)", "Hill (abroad)"]
    assert by_name(twice)["place_id"].to_numpy().tolist() == ["home", "village", "gateside", "abroad"]
    assert by_id(by_name(twice)).identical(twice)


def test_an_ensemble_without_names_stays_as_it_is():
    bare = xarray.Dataset(coords={"place": np.array(["a", "b"], object), "group": np.array([], object)})
    assert by_id(by_name(bare)).identical(bare)
