"""A stream's numbers depend on its address alone and are uniform, whatever is drawn elsewhere and in which order."""

import datetime as dt

import numpy as np
import pytest
from scipy import stats

from tidings.core.streams import MASK, Stream, address, name_key, stream, uniform

ALARM = 1e-6
"""Chance that a statistical test here fails though the generator is right."""


def test_the_finaliser_gives_the_published_first_outputs_of_splitmix64():
    # Outputs for seed 1234567 as published with the reference implementation (Vigna, prng.di.unimi.it/splitmix64.c).
    numbers = Stream(1234567)
    assert [numbers.bits() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_the_same_address_gives_the_same_number():
    assert uniform(1, 2, 3, "leave", "azaz") == uniform(1, 2, 3, "leave", "azaz")


@pytest.mark.parametrize("part", range(5))
def test_every_part_of_the_address_counts(part):
    first, other = [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]
    other[part] += 1
    assert uniform(*first) != uniform(*other)


def test_the_order_of_the_parts_counts():
    assert address(1, 2) != address(2, 1)


def test_a_day_may_be_a_date():
    day = dt.date(2016, 2, 8)
    assert uniform(1, 0, day, "siege", "p") == uniform(1, 0, day.toordinal(), "siege", "p")


def test_negative_numbers_are_addresses_too():
    assert 0 <= address(-1, 0) <= MASK
    assert address(-1, 0) != address(1, 0)


def test_numbers_at_neighbouring_addresses_are_uniform():
    drawn = [uniform(seed, member, day, 1, key) for seed in range(4) for member in range(25)
             for day in range(20) for key in range(20)]  # fmt: skip
    assert min(drawn) >= 0
    assert max(drawn) < 1
    assert stats.kstest(drawn, "uniform").pvalue > ALARM


@pytest.mark.parametrize("step", [(1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0), (0, 0, 0, 1, 0), (0, 0, 0, 0, 1)])
def test_neighbouring_addresses_are_uncorrelated(step):
    here = np.array([uniform(n, n, n, n, n) for n in range(20_000)])
    there = np.array([uniform(*(n + s for s in step)) for n in range(20_000)])
    assert stats.pearsonr(here, there).pvalue > ALARM


def test_numbers_of_one_stream_are_uniform_and_uncorrelated():
    numbers = stream(5, 0, 0, 0, 0)
    drawn = np.array([numbers.uniform() for _ in range(20_000)])
    assert stats.kstest(drawn, "uniform").pvalue > ALARM
    assert stats.pearsonr(drawn[1:], drawn[:-1]).pvalue > ALARM


def test_whole_numbers_below_a_bound_are_equally_likely():
    numbers = stream(5, 0, 0, 0, 1)
    counts = np.bincount([numbers.below(7) for _ in range(14_000)], minlength=7)
    assert stats.chisquare(counts).pvalue > ALARM


def test_names_have_keys_that_do_not_change_between_runs():
    assert name_key("azaz") == 6240957560760146682
