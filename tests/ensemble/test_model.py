"""A model gives each member its world, its parameters and its residents by number, and refuses what it cannot run."""

import json
import pickle
from dataclasses import dataclass, replace

import numpy as np
import pytest

from tests.ensemble.models import CUT, MODEL, SETTING, WAR, WORLDS, Growing
from tests.flow.worlds import geography, scenario, world
from tidings.core.errors import InputError
from tidings.ensemble.design import draw_parameters
from tidings.ensemble.model import GivenWorlds, OneWorld, TidingsModel
from tidings.flow import engine
from tidings.flow.parameters import load_parameters

CALM = world(WAR)


def test_a_member_has_the_world_of_its_number():
    alone = engine.simulate(SETTING, [WORLDS.worlds[7]], seed=3, members=[7])
    assert TidingsModel(SETTING, WORLDS).run(seed=3, members=[7]).equals(alone)


def test_a_member_draws_the_parameters_that_vary_and_no_others():
    drawn = draw_parameters(load_parameters(), members=[5], seed=3, vary=["return_rate"])
    alone = engine.simulate(SETTING, [CALM], seed=3, members=[5], parameters=drawn)
    assert TidingsModel(SETTING, OneWorld(CALM), vary=("return_rate",)).run(seed=3, members=[5]).equals(alone)


@dataclass(frozen=True)
class Chancy:
    """Worlds that tell which parameters they were drawn with."""

    def world(self, seed, member, parameters):
        return world(WAR if parameters["unknown_road_passable"] > 0.7 else CUT)


def test_a_world_is_drawn_with_the_parameters_of_its_member():
    members, names = range(8), ("unknown_road_passable",)
    sets = draw_parameters(load_parameters(), members=members, seed=3, vary=names)
    worlds = [Chancy().world(3, member, each) for member, each in zip(members, sets, strict=True)]
    assert len({each.path[0][1].passable.all() for each in worlds}) == 2
    alone = engine.simulate(SETTING, worlds, seed=3, members=members, parameters=sets)
    assert TidingsModel(SETTING, Chancy(), vary=names).run(seed=3, members=members).equals(alone)


def test_parameters_that_are_not_given_are_those_of_the_scenario():
    own = replace(SETTING, parameters={"speed_foot": 11.0})
    told, given = (
        TidingsModel(own, OneWorld(CALM)),
        TidingsModel(SETTING, OneWorld(CALM), load_parameters(own.parameters)),
    )
    assert told.run(seed=1, members=[0]).identical(given.run(seed=1, members=[0]))


def test_a_member_has_the_residents_of_its_number():
    ensemble = replace(MODEL, residents=Growing()).run(seed=1, members=[7, 0])
    total = ensemble["people"].sum("place") + ensemble["on_road"].sum("group") + ensemble["waiting"].sum("crossing")
    assert total.isel(day=0).to_numpy().tolist() == [567 + 3 * 7 + 7, 567]


def test_rows_of_residents_tell_no_member_and_are_refused():
    rows = replace(SETTING, at_home=np.ones((2, 4), np.int64))
    with pytest.raises(InputError, match=r"scenario\.at_home: it has rows, and a row tells no member"):
        TidingsModel(rows, OneWorld(CALM)).check()


def test_a_member_without_a_world_is_refused():
    with pytest.raises(InputError, match="worlds: there is none for member 1"):
        TidingsModel(SETTING, GivenWorlds((CALM,))).run(seed=1, members=[1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"vary": ("xyzzy",)}, "vary: there is no parameter xyzzy"),
        ({"scenario": replace(SETTING, days=0)}, r"scenario\.days: 0 is less than one day"),
        ({"scenario": replace(SETTING, at_home=-np.ones(4, np.int64))}, "the number of people is negative"),
        ({"scenario": replace(SETTING, parameters={"sped": 1})}, r"scenario\.parameters\.sped: there is no parameter"),
    ],
)
def test_what_is_wrong_is_told_before_anything_runs(change, message):
    with pytest.raises(InputError, match=message):
        replace(MODEL, **change).check()


def test_a_model_tells_what_it_is_and_that_nothing_is_validated():
    told = replace(MODEL, about={"source": "aleppo"}).run(seed=1, members=[0]).attrs
    assert told["rules"] == "tidings"
    assert told["source"] == "aleppo"
    assert told["validated"] == "false"
    assert "tidings forecast lays them over these members" in told["holds"]
    assert told["code"].startswith("tidings ")
    assert json.loads(told["varied"]) == list(MODEL.vary)


def test_a_model_tells_the_parameters_of_each_member():
    told = MODEL.parameters_of(3, [5, 2])
    drawn = draw_parameters(load_parameters(), members=[5, 2], seed=3, vary=MODEL.vary)
    assert told["speed_foot"].tolist() == [each["speed_foot"] for each in drawn]
    assert told["speed_motor"].tolist() == [load_parameters()["speed_motor"]] * 2


def test_what_is_right_is_not_refused():
    MODEL.check()


def test_progress_is_told_by_day():
    told = []
    MODEL.run(seed=1, members=[0, 1], progress=lambda day, days: told.append((day, days)))
    assert told == [(day, 12) for day in range(1, 13)]
    assert MODEL.n_days == 12


def test_a_model_can_be_pickled():
    ensemble = pickle.loads(pickle.dumps(MODEL)).run(seed=1, members=[3])
    assert ensemble.identical(MODEL.run(seed=1, members=[3]))


def test_a_member_takes_the_room_of_its_counts_at_least():
    ensemble = MODEL.run(seed=1, members=[0])
    assert MODEL.bytes_per_member() > sum(each.nbytes for each in ensemble.data_vars.values())


def test_a_member_counts_the_ways_home_of_a_network_of_its_own():
    names = [f"p{number}" for number in range(10_000)]
    many = geography(dict.fromkeys(names, "town"))
    model = TidingsModel(scenario(many, {}, groups=dict.fromkeys(names, "all")), OneWorld(CALM))
    assert model.bytes_per_member() > 2 * 10_000**2
