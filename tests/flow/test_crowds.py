"""A draw from a crowd gives each group what it would get alone, whichever way of drawing is the cheaper."""

import numpy as np
import pytest
from scipy import stats

from tests.flow.test_draws import ALARM, fits
from tidings.core.streams import address, name_key
from tidings.flow import crowds
from tidings.flow.compiled import compiled

N_DRAWS = 20_000
KEYS = np.array(sorted(name_key(name) for name in "abcd"), np.uint64)


@compiled
def many_draws(crowd, stream, people, p, count):
    found = np.empty((count, len(people)), np.int64)
    for number in range(count):
        for group in range(len(people)):
            crowd.people[group] = people[group]
        n = crowds.groups_in(crowd.people)
        crowds.binomials(stream, crowd.people, crowd.drawn, crowd.keys, n, people.sum(), p)
        for group in range(len(people)):
            found[number, group] = crowd.drawn[group]
    return found


def drawn(people, p, count=N_DRAWS, keys=KEYS, luck=1):
    stream = np.array([address(luck)], np.uint64)
    return many_draws(crowds.empty_crowd(keys[: len(people)]), stream, np.array(people), p, count)


FEW, MANY = [3, 0, 1, 2], [400, 0, 2_000, 90]
"""Of few, those who do something are picked one by one; of many, each group is drawn for."""


def is_picked(people, p):
    n = np.count_nonzero(people)
    return min(p, 1 - p) * sum(people) * (4.0 + 0.25 * n) < n * crowds.COST_OF_BINOMIAL


def test_the_crowds_of_these_tests_take_both_ways():
    assert [is_picked(people, p) for people, p in CASES] == [True, True, True, False, False, False]


CASES = [(FEW, 0.2), (FEW, 0.9), (MANY, 0.001), (MANY, 0.3), (MANY, 0.8), ([30, 20, 50, 8], 0.5)]


@pytest.mark.parametrize(("people", "p"), CASES)
def test_each_group_gets_what_it_would_get_alone(people, p):
    found = drawn(people, p)
    for group, n in enumerate(people):
        assert found[:, group].min() >= 0
        assert found[:, group].max() <= n
        assert fits(found[:, group], stats.binom(n, p)) > ALARM


@pytest.mark.parametrize(("people", "p"), CASES)
def test_groups_are_independent(people, p):
    found = drawn(people, p, luck=2)
    assert fits(found.sum(axis=1), stats.binom(sum(people), p)) > ALARM
    assert fits(found[:, 0] + found[:, 3], stats.binom(people[0] + people[3], p)) > ALARM


@pytest.mark.parametrize(("p", "share"), [(0.0, 0), (1.0, 1), (-0.1, 0), (1.1, 1)])
@pytest.mark.parametrize("people", [FEW, MANY])
def test_what_is_certain_is_certain(people, p, share):
    assert (drawn(people, p, count=20) == np.array(people) * share).all()


@pytest.mark.parametrize("people", [[7, 5], [900, 800]])
def test_a_group_of_nobody_changes_no_draw_of_the_others(people):
    keys = KEYS[[0, 2]]
    alone = drawn(people, 0.3, count=50, keys=keys)
    beside = drawn([people[0], 0, people[1], 0], 0.3, count=50)
    assert np.array_equal(alone, beside[:, [0, 2]])


def test_the_person_of_a_number_is_of_the_group_that_the_number_falls_in():
    people, gone = np.array([2, 0, 3, 1]), np.array([1, 0, 1, 0])
    assert [crowds.group_of(number, people, gone) for number in range(4)] == [0, 2, 2, 3]


def test_a_crowd_has_room_for_as_many_groups_as_registers_hold():
    crowd = crowds.empty_crowd(np.arange(1, 12, dtype=np.uint64))
    assert crowd.keys.tolist() == [*range(1, 12), 0, 0, 0, 0, 0]
    assert len(crowd.people) == len(crowd.drawn) == 16
