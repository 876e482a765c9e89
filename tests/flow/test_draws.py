"""Compiled draws give the bits of `core.streams` and follow the exact distributions, for one person as for billions."""

import numpy as np
import pytest
from scipy import stats

from tidings.core import streams
from tidings.flow import draws
from tidings.flow.compiled import compiled

ALARM = 1e-6
"""Chance that one statistical test here fails though the draw is right."""
N_DRAWS = 20_000


@compiled
def many_binomials(stream, n, p, count):
    drawn = np.empty(count, np.int64)
    for number in range(count):
        drawn[number] = draws.binomial(stream, n, p)
    return drawn


@compiled
def many_hypergeometrics(stream, inside, outside, taken, count):
    drawn = np.empty(count, np.int64)
    for number in range(count):
        drawn[number] = draws.hypergeometric(stream, inside, outside, taken)
    return drawn


def started(*address):
    return np.array([streams.address(*address)], np.uint64)


def fits(drawn, distribution):
    """Return the p-value of a chi-square test over cells that each expect at least 20 draws."""
    edges = np.unique(distribution.ppf(np.linspace(0, 1, 60)[1:-1]))
    at_most = np.concatenate([[0.0], distribution.cdf(edges), [1.0]])
    expected = np.diff(at_most) * len(drawn)
    observed = np.bincount(np.searchsorted(edges, drawn, side="left"), minlength=len(expected))
    wide = expected >= 20
    expected = np.append(expected[wide], max(expected[~wide].sum(), 1e-9))
    observed = np.append(observed[wide], observed[~wide].sum())
    cells = expected >= 1e-6
    if cells.sum() < 2:
        return 1.0
    return stats.chisquare(observed[cells], expected[cells] * observed[cells].sum() / expected[cells].sum()).pvalue


@pytest.mark.parametrize("parts", [(0,), (1, 2, 3), (7, 0, 735000, "leave", "azaz"), (-3, "kilis")])
def test_the_bits_of_a_stream_are_those_of_the_pure_python_one(parts):
    ours, theirs = started(*parts), streams.Stream(streams.address(*parts))
    assert [draws.uniform(ours) for _ in range(50)] == [theirs.uniform() for _ in range(50)]


def test_an_address_is_made_longer_with_the_same_bits():
    state, part = streams.address(1, 2), streams.name_key("azaz")
    assert int(draws.joined(np.uint64(state), np.uint64(part))) == streams.joined(state, "azaz")


@pytest.mark.parametrize("n", [1, 2, 7, 19, 20, 21, 100, 1_000, 77_000, 10**6, 10**8, 3 * 10**9])
@pytest.mark.parametrize("p", [1e-9, 1e-4, 0.013, 0.2, 0.5, 0.77, 0.9999])
def test_the_binomial_is_scipys(n, p):
    drawn = many_binomials(started(1, n, str(p)), n, p, N_DRAWS)
    assert drawn.min() >= 0
    assert drawn.max() <= n
    assert fits(drawn, stats.binom(n, p)) > ALARM


@pytest.mark.parametrize(("n", "p"), [(40, 0.25), (41, 0.25), (10**4, 0.001), (10**4, 0.00101), (3 * 10**9, 4e-9)])
def test_the_binomial_is_right_on_both_sides_of_the_change_of_method(n, p):
    drawn = many_binomials(started(2, n, str(p)), n, p, 200_000)
    assert fits(drawn, stats.binom(n, p)) > ALARM


@pytest.mark.parametrize(("n", "p", "drawn"), [(0, 0.5, 0), (9, 0.0, 0), (9, 1.0, 9), (9, -0.1, 0), (9, 1.5, 9)])
def test_certain_outcomes_are_certain(n, p, drawn):
    assert draws.binomial(started(3), n, p) == drawn


@pytest.mark.parametrize(
    ("inside", "outside", "taken"),
    [(1, 1, 1), (5, 3, 4), (10, 0, 4), (300, 700, 50), (300, 700, 960), (20_000, 57_000, 3_000), (10**6, 10**6, 10**6)],
)
def test_the_hypergeometric_is_scipys(inside, outside, taken):
    drawn = many_hypergeometrics(started(4, inside, taken), inside, outside, taken, N_DRAWS)
    assert drawn.min() >= max(0, taken - outside)
    assert drawn.max() <= min(inside, taken)
    assert fits(drawn, stats.hypergeom(inside + outside, inside, taken)) > ALARM


def test_a_limit_below_one_person_keeps_its_mean():
    stream = started(5)
    rounded = [draws.whole(stream, 2.25) for _ in range(N_DRAWS)]
    assert set(rounded) == {2, 3}
    assert abs(np.mean(rounded) - 2.25) < 5 * np.sqrt(0.25 * 0.75 / N_DRAWS)
