"""The fast engine and the reference engine agree in distribution: means, variances, covariances, and two-sample tests.

False-alarm rate: each of the four kinds of tests is made at `ALARM` divided by the number of its comparisons, so that
two engines which do agree fail here with a chance of at most 4 × `ALARM` (0.4 %) for each of the countries. The seeds
are fixed: they would do so always or never. Nine faults put into one engine on purpose (a queue served in order, a
capacity overlooked, half a person a day rounded down, a day saved on the road …) were each found.
"""

import numpy as np
import pytest
from scipy import stats

from tests.flow import worlds
from tidings.flow import engine, reference
from tidings.flow.parameters import load_parameters
from tidings.flow.result import AXES

ALARM = 1e-3
MEMBERS = 250
MEMBERS_LONG = 1000
"""Of the long form, which finds deviations half as large."""
DAYS = 9
"""Long enough for every rule of `DAY` to be used; the second half of the war is a peace."""


def chain_to_a_camp():
    """Home → town → camp, a capacity that is reached, no border."""
    country = worlds.geography(
        {"home": "town", "middle": "town", "shelter": "camp"}, [("home", "middle", 150), ("middle", "shelter", 120)]
    )
    scenario = worlds.scenario(country, {"home": 240, "middle": 40}, days=DAYS, capacity={"shelter": 30})
    war = worlds.snapshot(country, violence={"home": 20.0, "middle": 1.0})
    return scenario, worlds.world(war), {}


def chain_to_a_border():
    """Home → town → queue → abroad, a queue that gives up, a peace in which people return, two origin groups."""
    country = worlds.geography(
        {"home": "city", "village": "village", "gateside": "town", "abroad": "camp"},
        [("home", "village", 30), ("home", "gateside", 210), ("village", "gateside", 20)],
        [("gate", "gateside", "abroad")],
    )
    scenario = worlds.scenario(
        country,
        {"home": 220, "village": 60, "gateside": 20},
        days=DAYS,
        per_day={"gate": 12.5},
        groups={"home": "inland", "village": "inland", "gateside": "border", "abroad": "border"},
        displaced={("border", "village"): 15},
        waiting={("inland", "gate"): 25, ("border", "gate"): 10},
    )
    war = worlds.snapshot(country, violence={"home": 15.0}, holder={"home": 0, "village": 1, "gateside": 1})
    siege = worlds.snapshot(country, violence={"home": 15.0}, besieged=["village"], cut=[("home", "gateside")])
    peace = worlds.snapshot(country, policy={"gate": 1})
    changes = {"return_rate": 0.4, "calm_days": 2, "settle_near_rate": 0.2, "turn_back_rate": 0.2}
    return scenario, worlds.world(war, siege, peace, after=3), changes


@pytest.fixture(scope="module", params=[MEMBERS, pytest.param(MEMBERS_LONG, marks=pytest.mark.slow)])
def n_members(request):
    return request.param


@pytest.fixture(scope="module", params=[chain_to_a_camp, chain_to_a_border])
def both(request, n_members):
    """The two ensembles of one country, as flat arrays (member, comparison)."""
    scenario, world, changes = request.param()
    sampled = [world] * n_members
    rates = {"onward_rate_settlement": 0.3, "onward_rate_camp": 0.05, "besieged_escape_probability": 0.3}
    settings = {"members": range(n_members), "parameters": load_parameters({**rates, **changes})}
    fast = engine.simulate(scenario, sampled, seed=11, **settings)
    slow = reference.simulate(scenario, sampled, seed=12, **settings)
    return flat(fast), flat(slow)


def flat(ensemble):
    return np.concatenate(
        [ensemble[name].to_numpy().reshape(ensemble.sizes["member"], -1) for name in AXES], axis=1
    ).astype(float)


def test_every_step_of_the_day_is_used(both):
    fast, _ = both
    assert (fast.max(axis=0) > 0).mean() > 0.3


def test_what_is_certain_in_one_is_certain_in_the_other(both):
    fast, slow = both
    certain = (fast.std(axis=0) == 0) & (slow.std(axis=0) == 0)
    assert np.array_equal(fast[0, certain], slow[0, certain])


def test_means_agree(both):
    fast, slow = both
    error = np.sqrt((fast.var(axis=0, ddof=1) + slow.var(axis=0, ddof=1)) / len(fast))
    open_ = error > 0
    z = (fast.mean(axis=0) - slow.mean(axis=0))[open_] / error[open_]
    # of rare events a handful of members decides, and the mean is not normal: they are left to the two-sample test
    common = (fast[:, open_] != np.median(fast[:, open_], axis=0)).sum(axis=0) >= 25
    assert np.abs(z[common]).max() < stats.norm.isf(ALARM / common.sum() / 2)


def test_variances_agree(both):
    fast, slow = both
    spread, other = (np.square(each - each.mean(axis=0)) for each in (fast, slow))
    error = np.sqrt((spread.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)) / len(fast))
    common = (fast != np.median(fast, axis=0)).sum(axis=0) >= 100
    z = (spread.mean(axis=0) - other.mean(axis=0))[common] / error[common]
    assert np.abs(z).max() < stats.norm.isf(ALARM / common.sum() / 2)


def test_covariances_of_places_agree(both):
    fast, slow = both
    common = np.flatnonzero((fast != np.median(fast, axis=0)).sum(axis=0) >= 100)[::7]
    products = [np.einsum("mi,mj->mij", each, each) for each in (centred(fast[:, common]), centred(slow[:, common]))]
    error = np.sqrt(sum(each.var(axis=0, ddof=1) for each in products) / len(fast))
    z = (products[0].mean(axis=0) - products[1].mean(axis=0)) / error
    assert np.abs(z).max() < stats.norm.isf(ALARM / z.size / 2)


def test_distributions_agree_at_every_place_and_day(both):
    fast, slow = both
    open_ = np.flatnonzero((fast.std(axis=0) > 0) | (slow.std(axis=0) > 0))
    p = [stats.ks_2samp(fast[:, at], slow[:, at], method="asymp").pvalue for at in open_]  # ties make it conservative
    assert min(p) > ALARM / len(open_)


def centred(values):
    return values - values.mean(axis=0)
