"""The fast engine and the reference engine agree in distribution: means, variances, covariances, and two-sample tests.

They do so in two countries that are written out, and in countries drawn at random (`random_worlds`), in which members
differ in their worlds and parameters.

False-alarm rate: two engines which do agree fail any of the tests of a form, short or long, with a chance of at most
about `ALARM` (0.5 %): it is shared out over the countries, the four kinds of tests and the comparisons of each. Of 100
short forms of the fast engine with itself, 500 pairs of runs, none did; where a kind of test is made at 5 %, 1.0 to
4.6 % of the pairs fail it. The seeds are fixed: a test fails always or never.

Fifteen faults put into the fast engine on purpose were each found by the short form: a queue served in order, a
capacity overlooked, half a person a day rounded down, a day saved on the road, an onset never forgotten, the quiet days
before the run forgotten, one member's weights given to another …
"""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
from scipy import stats

from tests.flow import worlds
from tidings.flow import engine, reference
from tidings.flow.parameters import load_parameters
from tidings.flow.result import AXES
from verification.random_worlds import random_country

ALARM = 5e-3
KINDS_OF_TESTS = 4
DAYS = 9
"""Long enough for every rule of `DAY` to be used; the second half of the war is a peace."""
RATES = {"onward_rate_settlement": 0.3, "onward_rate_camp": 0.05, "besieged_escape_probability": 0.3}


def chain_to_a_camp():
    """Home → town → camp, a capacity that is reached, no border."""
    country = worlds.geography(
        {"home": "town", "middle": "town", "shelter": "camp"}, [("home", "middle", 150), ("middle", "shelter", 120)]
    )
    scenario = worlds.scenario(country, {"home": 240, "middle": 40}, days=DAYS, capacity={"shelter": 30})
    war = worlds.snapshot(country, violence={"home": 20.0, "middle": 1.0})
    return scenario, [worlds.world(war)], [load_parameters(RATES)]


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
    return scenario, [worlds.world(war, siege, peace, after=3)], [load_parameters({**RATES, **changes})]


WRITTEN = {"a camp": chain_to_a_camp, "a border": chain_to_a_border}
DRAWN = {f"random {seed}": partial(random_country, seed) for seed in range(1, 11)}
SHORT = {**WRITTEN, **dict(list(DRAWN.items())[:3])}
LONG = {**WRITTEN, **DRAWN}
FORMS = [
    *(pytest.param((250, len(SHORT), make), id=name) for name, make in SHORT.items()),
    *(pytest.param((900, len(LONG), make), id=f"{name}, long", marks=pytest.mark.slow) for name, make in LONG.items()),
]
"""Members, countries of the form, the country. The long form finds deviations half as large."""


@dataclass(frozen=True)
class Samples:
    """The counts of a country by both engines, shape (member, comparison), less the means of all who share a world."""

    fast: np.ndarray
    slow: np.ndarray
    moved: np.ndarray
    """Shape (comparison,): how many members of the fast engine are not at the median of those who share their world."""

    @classmethod
    def of(cls, fast, slow, n_worlds):
        fast, slow, moved = fast.copy(), slow.copy(), 0
        for number in range(n_worlds):
            rows = slice(number, None, n_worlds)
            moved = moved + (fast[rows] != np.median(fast[rows], axis=0)).sum(axis=0)
            middle = (fast[rows].mean(axis=0) + slow[rows].mean(axis=0)) / 2
            fast[rows] -= middle
            slow[rows] -= middle
        return cls(fast, slow, moved)


@pytest.fixture(scope="module", params=FORMS)
def both(request):
    """The samples of one country, and the alarm of a test of it."""
    n_members, n_countries, make = request.param
    country = make()
    fast, slow = counts(engine.simulate, country, n_members, 11), counts(reference.simulate, country, n_members, 12)
    return Samples.of(fast, slow, n_worlds_of(country)), ALARM / n_countries / KINDS_OF_TESTS


def counts(simulate, country, n_members, seed):
    """Simulate members who share out the worlds and the parameters of a country; return all counts of each in a row."""
    scenario, sampled, sets = country
    ensemble = simulate(
        scenario,
        [sampled[member % len(sampled)] for member in range(n_members)],
        seed=seed,
        members=range(n_members),
        parameters=[sets[member % len(sets)] for member in range(n_members)],
    )
    rows = [ensemble[name].to_numpy().reshape(ensemble.sizes["member"], -1) for name in AXES]
    return np.concatenate(rows, axis=1).astype(float)


def n_worlds_of(country):
    """After so many members worlds and parameters come again."""
    _, sampled, sets = country
    return math.lcm(len(sampled), len(sets))


def test_something_happens(both):
    assert (both[0].moved > 0).mean() > 0.25


def test_what_is_certain_in_one_is_certain_in_the_other(both):
    samples, _ = both
    certain = (samples.fast.std(axis=0) == 0) & (samples.slow.std(axis=0) == 0)
    assert np.array_equal(samples.fast[0, certain], samples.slow[0, certain])


@pytest.mark.parametrize("worst", ["mean", "variance", "covariance", "distribution"])
def test_both_engines_agree_in(both, worst):
    samples, alarm = both
    assert WORST[worst](samples) > alarm


def worst_mean(samples):
    """The smallest p-value of the means, times their number."""
    fast, slow = samples.fast, samples.slow
    error = np.sqrt((fast.var(axis=0, ddof=1) + slow.var(axis=0, ddof=1)) / len(fast))
    # of rare events a handful of members decides, and the mean is not normal: they are left to the two-sample test
    common = (samples.moved >= 25) & (error > 0)
    return worst_of((fast.mean(axis=0) - slow.mean(axis=0))[common] / error[common])


def worst_variance(samples):
    spread, other = (np.square(centred(each)) for each in (samples.fast, samples.slow))
    error = np.sqrt((spread.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)) / len(spread))
    common = (samples.moved >= 100) & (error > 0)
    return worst_of((spread.mean(axis=0) - other.mean(axis=0))[common] / error[common])


def worst_covariance(samples):
    """Of every seventh count with all the others, so that places, days, queues and groups are all among them."""
    common = np.flatnonzero(samples.moved >= 100)[::7]
    chosen = (centred(each[:, common]) for each in (samples.fast, samples.slow))
    products = [np.einsum("mi,mj->mij", each, each) for each in chosen]
    error = np.sqrt(sum(each.var(axis=0, ddof=1) for each in products) / len(samples.fast))
    pairs = np.triu_indices(len(common), 1)
    return worst_of(((products[0].mean(axis=0) - products[1].mean(axis=0)) / error)[pairs])


def worst_distribution(samples):
    """Two-sample tests of Kolmogorov and Smirnov, which ties make conservative."""
    fast, slow = samples.fast, samples.slow
    open_ = np.flatnonzero((fast.std(axis=0) > 0) | (slow.std(axis=0) > 0))
    p = [stats.ks_2samp(fast[:, at], slow[:, at], method="asymp").pvalue for at in open_]
    return min(p) * len(open_)


WORST = {
    "mean": worst_mean,
    "variance": worst_variance,
    "covariance": worst_covariance,
    "distribution": worst_distribution,
}


def worst_of(z):
    return 2 * stats.norm.sf(np.abs(z).max()) * z.size


def centred(values):
    return values - values.mean(axis=0)
