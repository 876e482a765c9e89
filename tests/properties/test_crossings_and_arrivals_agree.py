"""Who comes out of crossings is who arrives behind them, and nobody comes out of one that is closed: any world."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.properties.test_people_are_conserved import PARAMETERS, countries
from tidings.flow import engine, reference
from tidings.flow.parameters import load_parameters
from tidings.flow.seen import CLOSED

ENGINES = pytest.mark.parametrize("simulate", [engine.simulate, reference.simulate], ids=["engine", "reference"])
SLOW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def simulated(simulate, country, parameters):
    setting, worlds = country
    told = load_parameters(parameters)
    return setting, worlds, simulate(setting, worlds, seed=7, members=range(len(worlds)), parameters=told)


@ENGINES
@SLOW
@given(country=countries(), parameters=PARAMETERS)
def test_of_those_who_arrive_at_a_place_as_many_come_out_of_its_crossings_and_all_where_nothing_else_leads_there(
    simulate, country, parameters
):
    setting, _, ensemble = simulated(simulate, country, parameters)
    geography = setting.geography
    otherwise = {end for road in geography.roads for end in (road.from_, road.to)}
    otherwise |= {crossing.side_a for crossing in geography.crossings}  # who gives up waiting settles there
    for side_b in {crossing.side_b for crossing in geography.crossings}:
        gates = [crossing.id for crossing in geography.crossings if crossing.side_b == side_b]
        through = ensemble["crossed"].sel(crossing=gates).sum("crossing").to_numpy()
        arrived = ensemble["arrivals"].sel(place=side_b).to_numpy()
        assert (through <= arrived).all()
        assert side_b in otherwise or np.array_equal(through, arrived)


@ENGINES
@SLOW
@given(country=countries(), parameters=PARAMETERS)
def test_on_a_day_on_which_a_crossing_is_closed_nobody_passes_it(simulate, country, parameters):
    setting, worlds, ensemble = simulated(simulate, country, parameters)
    for member, world in enumerate(worlds):
        for day in range(setting.days):
            is_closed = world.on(setting.start + dt.timedelta(days=day)).policy == CLOSED
            assert not ensemble["crossed"].to_numpy()[member, day][is_closed].any()
