"""Contract: members that foretold past reports better count more, and simulated changes are mended within bounds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.records import record, reports
from tidings.forecast.particles import CAP, FLOOR, LEAST_COUNTING, MOST_PER_DAY, Particles, tempered, weighted_quantiles


def particles(prior=0.5, members=12):
    return Particles(members=members, seed=1, prior=prior, days=40)


def test_before_a_month_is_known_the_prior_of_other_conflicts_holds_and_all_members_count_alike():
    learnt = particles(prior=0.2).learnt(record().seen(14))
    assert (learnt.part == 0.2).all()
    assert learnt.weight == pytest.approx(1 / 12)


def test_weights_sum_to_one_and_parts_stay_between_floor_and_cap():
    learnt = particles().learnt(record().seen(140))
    assert learnt.weight.sum() == pytest.approx(1)
    assert learnt.part.shape == (12, 2)
    assert learnt.part.min() >= FLOOR
    assert learnt.part.max() <= CAP


def test_where_nobody_came_though_many_were_simulated_less_of_it_is_told():
    still = (
        *reports("near", dict.fromkeys(range(0, 141, 10), 500)),
        *reports("far", dict.fromkeys(range(0, 141, 10), 500)),
    )
    learnt = particles(prior=1.0).learnt(record(told=still).seen(140))
    assert learnt.part.mean() < 0.5


def test_no_place_gains_more_a_day_than_a_share_of_everybody_counted():
    told = (*reports("near", {0: 1000}), *reports("far", {0: 1000}))
    seen = record(told=told).seen(60)
    high = particles(prior=CAP).quantiles(seen, [0, 1], [30, 30])[:, -1]
    assert (high <= 1000 + MOST_PER_DAY * 30 * 2000).all()


def test_quantiles_rise_from_nobody_or_more():
    people = particles().quantiles(record().seen(98), [0, 1, 1], [1, 30, 40])
    assert people.shape == (3, 9)
    assert (np.diff(people, axis=1) >= 0).all()
    assert (people >= 0).all()


def test_asking_about_earlier_origins_first_changes_nothing():
    often, late = particles(), record().seen(112)
    often.quantiles(record().seen(56), [0], [30])
    assert np.array_equal(often.quantiles(late, [0], [30]), particles().quantiles(late, [0], [30]))


def test_a_conflict_of_which_nothing_is_simulated_has_no_ratio():
    assert np.isnan(particles().ratio(record().seen(0)))


@given(st.lists(st.floats(-1e6, 0), min_size=4, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_quarter_of_the_members_counts_whatever_the_likelihoods(logs):
    weight = tempered(np.array(logs))
    assert weight.sum() == pytest.approx(1)
    assert 1 / (weight**2).sum() / len(weight) >= LEAST_COUNTING - 1e-6


def test_a_weighted_quantile_follows_the_weight():
    people = np.array([0.0, 100.0])
    assert weighted_quantiles(people, np.array([0.01, 0.99]))[4] > weighted_quantiles(people, np.array([0.5, 0.5]))[4]
