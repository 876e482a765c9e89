"""Summaries are taken over members; a flow is summed over days before, a stock never."""

import numpy as np
import pytest
import xarray as xr

from tests.flow.worlds import geography, scenario, snapshot, world
from tidings.core.errors import InputError
from tidings.ensemble.run import run_ensemble
from tidings.ensemble.summaries import FLOWS, STOCKS, means, quantiles, summed_flows

COUNTRY = geography({"home": "town", "camp": "camp"}, [("home", "camp", 40)])
SETTING = scenario(COUNTRY, {"home": 5000}, days=5)
WORLD = world(snapshot(COUNTRY, violence={"home": 6.0}))
ENSEMBLE = run_ensemble(SETTING, [WORLD] * 30, members=range(30), seed=2)
LEVELS = (0.05, 0.5, 0.95)


def test_every_variable_is_a_stock_or_a_flow():
    assert sorted(ENSEMBLE.data_vars) == sorted((*STOCKS, *FLOWS))


def test_quantiles_are_those_of_the_members():
    table = quantiles(ENSEMBLE, LEVELS, ["people"])
    assert table["people"].dims == ("quantile", "day", "place")
    expected = np.quantile(ENSEMBLE["people"].to_numpy(), LEVELS, axis=0)
    assert np.array_equal(table["people"].to_numpy(), expected)


def test_quantiles_rise_with_their_level_in_every_variable():
    table = quantiles(ENSEMBLE, LEVELS)
    assert all((np.diff(table[name].to_numpy(), axis=0) >= 0).all() for name in table)


def test_flows_are_summed_and_stocks_are_not():
    summed = summed_flows(ENSEMBLE)
    assert np.array_equal(summed["arrivals"][:, -1], ENSEMBLE["arrivals"].sum("day"))
    xr.testing.assert_equal(summed["people"], ENSEMBLE["people"])


def test_means_are_over_members():
    assert np.array_equal(means(ENSEMBLE)["people"], ENSEMBLE["people"].to_numpy().mean(axis=0))


@pytest.mark.parametrize("levels", [(), (1.5,), (-0.1, 0.5), (float("nan"),)])
def test_what_is_no_level_is_refused(levels):
    with pytest.raises(InputError, match=r"levels: .* are not levels"):
        quantiles(ENSEMBLE, levels)


def test_an_unknown_variable_is_refused():
    with pytest.raises(InputError, match=r"variables: there is no stocks\. Use people, "):
        quantiles(ENSEMBLE, LEVELS, ["stocks"])
