"""Compiled draws give the bits of `core.streams` and follow the exact distributions, for one person as for billions."""

import numpy as np
import pytest
from scipy import stats

from tidings.core import streams
from tidings.flow import draws
from tidings.flow.compiled import compiled

ALARM = 1e-6
"""Chance that one statistical test here fails though the draw is right; all hundred of them together: 10⁻⁴."""
N_DRAWS = 20_000
PEOPLE = [1, 2, 3, 7, 19, 20, 21, 50, 100, 1_000, 77_000, 10**6, 10**8, 3 * 10**9]


@compiled
def many_binomials(stream, n, p, count):
    drawn = np.empty(count, np.int64)
    for number in range(count):
        drawn[number] = draws.binomial(stream, n, p)
    return drawn


@compiled
def many_quantiles(numbers, n, p):
    found = np.empty(len(numbers), np.int64)
    for at in range(len(numbers)):
        found[at] = draws.quantile(numbers[at], n, p)
    return found


@compiled
def many_expansions(w, n, p):
    found = np.empty(len(w))
    for at in range(len(w)):
        found[at] = draws.expanded(w[at], n, p)
    return found


@compiled
def many_normal_quantiles(numbers):
    found = np.empty(len(numbers))
    for at in range(len(numbers)):
        found[at] = draws.normal_quantile(numbers[at])
    return found


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


@pytest.mark.parametrize("n", PEOPLE)
@pytest.mark.parametrize("p", [1e-9, 1e-4, 0.013, 0.2, 0.5, 0.77, 0.9999])
def test_the_binomial_is_scipys(n, p):
    drawn = many_binomials(started(1, n, str(p)), n, p, N_DRAWS)
    assert drawn.min() >= 0
    assert drawn.max() <= n
    assert fits(drawn, stats.binom(n, p)) > ALARM


@pytest.mark.parametrize("n", PEOPLE)
@pytest.mark.parametrize("p", [1e-9, 1e-5, 0.001, 0.02, 0.1, 0.25, 0.4, 0.5])
def test_a_draw_is_the_quantile_of_one_number(n, p):
    """Where the number is within rounding errors of a step of the distribution function, either side of it will do."""
    tails = np.geomspace(1e-9, 0.4, 500)
    numbers = np.concatenate([np.random.default_rng(n).random(3_000), tails, 1 - tails])
    found, distribution = many_quantiles(numbers, n, p), stats.binom(n, p)
    rounding = 1e-9 if n <= 10**6 else 1e-6
    assert (distribution.cdf(found) >= numbers * (1 - rounding) - 1e-15).all()
    assert (distribution.sf(found - 1) >= (1 - numbers) * (1 - rounding) - 1e-15).all()


@pytest.mark.parametrize("p", [1e-7, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5])
def test_the_expansion_decides_no_count_that_is_not_the_quantile(p):
    """Just above and below every step of the distribution function, at variances from 1 to 10⁵."""
    for variance in [*np.arange(1, 12, 0.4), *np.geomspace(12, 1e5, 20)]:
        n = int(np.ceil(variance / (p * (1 - p))))
        mean, sd = n * p, np.sqrt(n * p * (1 - p))
        counts = np.arange(max(0, int(mean - 6 * sd)), min(n - 1, int(mean + 6 * sd)), max(1, int(sd / 50)))
        at, beyond = stats.binom.cdf(counts, n, p), stats.binom.sf(counts, n, p)
        step = np.where(at < 0.5, stats.norm.ppf(at), -stats.norm.ppf(beyond))
        for aside in (1e-7, 0.02 / sd):
            for side, right in ((-aside, counts), (aside, counts + 1)):
                found = many_expansions(step + side, float(n), p)
                assert ((found == right) | (found == draws.OPEN)).all()


def test_the_expansion_decides_most_draws():
    for n, p, share in ((10, 0.5, 0.92), (100, 0.1, 0.97), (10_000, 0.3, 0.999)):
        w = np.random.default_rng(1).normal(size=20_000)
        assert (many_expansions(w, float(n), p) != draws.OPEN).mean() > share


def test_the_normal_quantile_is_scipys():
    numbers = np.concatenate([np.linspace(0.0005, 0.9995, 20_001), np.geomspace(1e-15, 0.01, 2_000)])
    found, right = many_normal_quantiles(numbers), stats.norm.ppf(numbers)
    assert np.abs(found / np.where(right == 0, 1, right) - 1)[right != 0].max() < 3e-10
    assert many_normal_quantiles(np.array([0.5]))[0] == 0.0


def test_a_draw_takes_one_number_from_its_stream():
    stream = started(6)
    for n, p in ((1, 0.3), (10**6, 0.9), (40, 0.01)):
        draws.binomial(stream, n, p)
    again = started(6)
    for _ in range(3):
        draws.uniform(again)
    assert stream[0] == again[0]


def test_a_larger_probability_never_draws_fewer():
    drawn = [draws.binomial(started(7), 100_000, p) for p in np.linspace(0.01, 0.49, 200)]
    assert drawn == sorted(drawn)


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
