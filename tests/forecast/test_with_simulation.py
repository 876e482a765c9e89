"""Contract: the simulation is one more part of an average, with values fitted on other conflicts."""

from dataclasses import dataclass

import numpy as np
import pytest

from tests.forecast.records import record
from tidings.forecast.methods import methods_for
from tidings.forecast.own import make_tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.with_simulation import WEIGHT, WithSimulation, simulation_parameters, simulations_for

LEADS = (1, 30, 47, 90)


@pytest.fixture(scope="module")
def told():
    plain = make_tidings(without="nowhere", members=6, seed=1)
    simulation, both = simulations_for(plain, without="nowhere", members=6, seed=1)
    seen = record().seen(98)
    return plain(seen, LEADS), simulation(seen, LEADS), both(seen, LEADS)


def test_every_place_and_lead_gets_nine_rising_numbers(told):
    for forecasts in told[1:]:
        assert set(forecasts) == {(place, lead) for place in ("near", "far") for lead in LEADS}
        for people in forecasts.values():
            assert people[0] >= 0
            assert (np.diff(people) >= 0).all()


def test_the_average_is_level_by_level_with_one_mild_weight(told):
    plain, simulation, both = told
    for key, people in both.items():
        assert np.allclose(people, (1 - WEIGHT) * plain[key] + WEIGHT * simulation[key])


@dataclass
class Fixed:
    people: float
    name: str = "fixed"

    def __call__(self, seen, horizons):
        return {(one.place, lead): np.full(9, self.people) for one in seen.series for lead in horizons}


def test_without_weight_the_simulation_adds_nothing():
    both = WithSimulation(Fixed(100.0), Fixed(900.0), weight=0.0)
    assert both(record().seen(14), (30,))["near", 30][4] == 100.0
    half = WithSimulation(Fixed(100.0), Fixed(900.0), weight=0.5)
    assert half(record().seen(14), (30,))["near", 30][4] == 500.0


def test_each_conflict_that_parameters_are_fitted_on_has_a_set_of_its_own_left_out():
    for fitted in packaged_parameters().sets:
        assert simulation_parameters(fitted.left_out).left_out == fitted.left_out
    assert simulation_parameters("a new crisis").left_out is None


def test_a_hindcast_has_the_simulation_only_where_it_is_asked_for():
    named = [
        [m.name for m in methods_for(record(), members=4, seed=1, with_simulation=asked)] for asked in (False, True)
    ]
    assert set(named[1]) - set(named[0]) == {"simulation", "tidings_with_simulation"}


def test_a_run_is_as_long_as_the_longest_horizon_that_will_be_asked_for():
    simulation, _ = simulations_for(Fixed(1.0), without="nowhere", members=2, seed=1, horizons=(30, 120))
    assert simulation(record().seen(14), (125,))["near", 125].shape == (9,)
    assert simulation.inner.particles.days >= 127
