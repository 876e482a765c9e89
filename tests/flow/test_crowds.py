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
    found = np.zeros((count, len(people)), np.int64)
    for number in range(count):
        n, total = crowds.fill(crowd, people)
        crowd.stream[0] = stream[0]
        crowds.binomials(crowd, n, total, p)
        stream[0] = crowd.stream[0]
        for at in range(n):
            found[number, crowd.group[at]] = crowd.drawn[at]
    return found


@compiled
def ways_to_draw(state, people, keys, p):
    at_once, one_by_one = np.zeros(8, np.int64), np.zeros(8, np.int64)
    crowds._at_once(state, people, at_once, keys, 8, p)
    crowds._one_by_one(state, people, one_by_one, keys, 8, p)
    return at_once, one_by_one


def drawn(people, p, count=N_DRAWS, keys=KEYS, luck=1):
    stream = np.array([address(luck)], np.uint64)
    return many_draws(crowds.empty_crowd(keys[: len(people)]), stream, np.array(people), p, count)


FEW, TWO, MANY = [3, 0, 1, 2], [400, 0, 0, 90], [400, 300, 2_000, 90]
"""Of few, those who do something are picked; two groups are drawn for one by one, and more of them at once."""
CASES = [
    (FEW, 0.2),
    (FEW, 0.9),
    (MANY, 0.001),
    (TWO, 0.3),
    (TWO, 0.9),
    (MANY, 0.3),
    (MANY, 0.8),
    ([30, 20, 50, 8], 0.5),
]


def way_of_drawing(people, p):
    n = np.count_nonzero(people)
    picked = crowds.COST_OF_BINOMIAL + min(p, 1 - p) * sum(people) * crowds.cost_of_picking(n)
    if picked < crowds.cost_of_binomials(n):
        return "picked"
    return "one by one" if n * crowds.COST_OF_BINOMIAL <= crowds.lanes_of(n) * crowds.COST_IN_LANES else "at once"


def test_the_crowds_of_these_tests_are_drawn_from_in_all_ways():
    ways = [way_of_drawing(people, p) for people, p in CASES]
    assert ways == ["picked", "picked", "picked", "one by one", "one by one", "at once", "at once", "at once"]


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


def test_groups_drawn_for_at_once_get_what_they_get_one_by_one():
    people, keys = np.arange(1, 9) ** 4, np.arange(8, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for p in (0.001, 0.2, 0.5):
        for state in np.arange(200, dtype=np.uint64) * np.uint64(0xBF58476D1CE4E5B9):
            at_once, one_by_one = ways_to_draw(state, people, keys, p)
            assert np.array_equal(at_once, one_by_one)


def test_the_person_of_a_number_is_of_the_group_that_the_number_falls_in():
    people, gone = np.array([2, 0, 3, 1]), np.array([1, 0, 1, 0])
    assert [crowds.lane_of(number, people, gone) for number in range(4)] == [0, 2, 2, 3]


def test_a_crowd_holds_the_groups_that_have_people_and_nobody_up_to_the_next_lanes():
    crowd = crowds.empty_crowd(np.arange(1, 12, dtype=np.uint64))
    assert len(crowd.people) == len(crowd.drawn) == len(crowd.keys) == 16
    crowd.people[:] = 7
    n, total = crowds.fill(crowd, np.array([0, 5, 0, 0, 3, 0, 0, 0, 0, 0, 1]))
    assert (n, total) == (3, 9)
    assert crowd.people[:8].tolist() == [5, 3, 1, 0, 0, 0, 0, 0]
    assert crowd.group[:3].tolist() == [1, 4, 10]
    assert crowd.keys[:3].tolist() == [2, 5, 11]
