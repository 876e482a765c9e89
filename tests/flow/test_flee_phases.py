"""Contract: a day on which places fill is cut where people who come later see other room than those before."""

import math

import numpy as np
import pytest

from tests.flow.flee_days import conditions, laid_out
from tests.flow.flee_worlds import CAMP, CONFLICT, instance, place, settings
from tests.flow.test_flee_moves import again
from tidings.flow.flee_desk import CROWD, PHASES
from tidings.flow.flee_phases import LEAST_PART, ONE_BY_ONE, STEP, can_fill, expect, next_part, phases_of, see_rooms

ANSA, BREL, ESK = range(3)


def laid(capacity=None, **rules):
    country = instance([place("Ansa", CONFLICT, 900), place("Brel"), place("Esk", CAMP, capacity)],
                       [("Ansa", "Brel", 40), ("Brel", "Esk", 200)], conflicts={"Ansa": [1] * 8})  # fmt: skip
    return laid_out(country, settings(**{"conflict_weight": 0.0, "camp_movechance": 0.0, **rules}))


RUN = laid()


def desk(people=0.0, capacity=100.0, *, expected=0.0, came=0.0):
    """A desk on which only Esk has a capacity."""
    for part, value in zip((RUN.desk.people, RUN.desk.capacity, RUN.desk.expected, RUN.desk.came),
                           (people, capacity, expected, came), strict=True):  # fmt: skip
        part[:] = 0.0
        part[ESK] = value
    return RUN.desk


@pytest.mark.parametrize(("part", "room"), [(0.0, 0.8), (0.5, 0.5), (1.0, 0.2)])
def test_the_room_that_people_see_is_what_is_left_after_some_part_of_the_arrivals(part, room):
    here = desk(people=90, expected=6, came=2)
    see_rooms(part, 0.9, here)
    assert here.now.room.tolist() == pytest.approx([1.0, 1.0, room])


def cut(people, capacity, **rules):
    """The number of phases of a day on which so many leave Ansa; and the run."""
    run = laid(capacity, **{"default_movechance": 1.0, **rules})
    n_active = again(run, {ANSA: people})
    return phases_of(n_active, run.setup, conditions(run), run.desk), run, n_active


def test_those_who_come_on_the_mean_are_counted_at_the_end_of_their_day():
    _, run, n_active = cut(1000, None, default_movechance=0.3)
    expect(n_active, 0, run.setup, run.desk)
    assert run.desk.expected.tolist() == pytest.approx([0.0, 700.0, 300.0])
    assert not run.desk.mass.any()


def test_where_no_place_has_a_capacity_a_day_is_one_phase():
    n_phases, run, _ = cut(10**6, None)
    assert n_phases == 1
    assert run.desk.until[0] == 1.0
    assert run.desk.on_way_share[0].tolist() == run.desk.first.share.tolist()
    assert run.desk.on_way_going[0].tolist() == run.desk.first.going.tolist()


def test_where_a_camp_is_far_from_full_a_day_is_one_phase():
    assert cut(10**6, 10**7)[0] == 1


def test_where_only_few_will_come_a_day_is_one_phase_though_all_might():
    assert cut(10**5, 10**5, default_movechance=0.3)[0] == 1
    assert cut(10**5, 10**5, default_movechance=0.99)[0] > 1


def test_where_few_travel_and_a_camp_can_fill_each_sees_the_room_that_is_left():
    few = CROWD * int(RUN.chain.states.few[ANSA])
    assert cut(few, 5)[0] == ONE_BY_ONE
    assert cut(few + 1, 5)[0] > 1


def test_where_many_travel_phases_follow_on_one_another_to_the_end_of_the_day():
    n_phases, run, _ = cut(200_000, 100_000)
    until = run.desk.until[:n_phases].tolist()
    assert 1 < n_phases <= PHASES
    assert until == sorted(until)
    assert until[-1] == 1.0


def test_a_camp_closes_between_two_phases_and_people_stay_in_those_after_it():
    n_phases, run, _ = cut(200_000, 100_000)
    going = run.desk.on_way_going[:n_phases, BREL].round(9)
    assert set(going.tolist()) == {0.0, 1.0}
    closes = int(np.argmin(going))
    assert run.desk.until[closes - 1] == pytest.approx(95_000 / 200_000, abs=1e-4)
    assert (going[closes:] == 0.0).all()


def test_a_place_loses_no_more_than_a_step_of_its_attraction_within_a_phase():
    n_phases, run, _ = cut(200_000, 300_000, capacity_buffer=0.5)
    come = np.diff(run.desk.until[:n_phases], prepend=0.0)[1:] * 200_000
    band = 0.5 * 300_000
    assert (come[:-1] <= STEP * band + 1).all()


@pytest.mark.parametrize(
    ("people", "capacity", "coming", "can"),
    [
        (0, 0.0, 10**6, False),  # unlimited
        (0, 100, 90, False),
        (0, 100, 91, True),
        (80, 100, 10, False),
        (80, 100, 11, True),
        (100, 100, 50, False),  # it is full, and stays so
        (94, 100, 2, True),
        (9_400, 10_000, 15, False),  # 15 of the 1,000 that fill it are not noticed
        (9_400, 10_000, 25, True),
        (9_499, 10_000, 2, True),  # but that it closes is
    ],
)
def test_a_place_can_fill_where_those_who_come_change_its_room_noticeably(people, capacity, coming, can):
    assert can_fill(float(coming), 0.9, desk(people, capacity)) == can


def test_of_those_who_are_expected_more_may_come():
    assert can_fill(-1.0, 0.9, desk(51, 100, expected=16))  # 16 and 6 standard deviations of 4
    assert not can_fill(-1.0, 0.9, desk(50, 100, expected=16))
    assert not can_fill(-1.0, 0.9, desk(89, 100, expected=0))


def test_a_phase_ends_at_once_where_nothing_fills_with_the_day():
    assert next_part(0.7, 0.9, desk(0, 100, expected=90)) == 0.7
    assert next_part(0.7, 0.9, desk(0, 0.0, expected=10**6)) == 0.7
    assert next_part(0.7, 0.9, desk(100, 100, expected=500)) == 0.7


def test_a_phase_ends_where_a_place_has_lost_a_step_of_its_attraction():
    """90 fill the buffer of 100, and 2.5 more are a quarter of what is left."""
    assert next_part(1.0, 0.9, desk(0, 100, expected=200)) == pytest.approx(92.5 / 200)
    assert next_part(1.0, 0.9, desk(91, 100, expected=200)) == pytest.approx(2.5 / 200)


def test_a_phase_ends_with_the_one_who_closes_a_camp():
    assert next_part(1.0, 0.9, desk(94, 100, expected=200)) == pytest.approx((math.floor(95) + 1 - 94) / 200)
    assert next_part(1.0, 0.9, desk(0, 100, came=94, expected=200)) == pytest.approx(2 / 200)


def test_a_phase_is_never_nothing():
    assert next_part(1.0, 0.9, desk(94, 100, expected=10**9)) == LEAST_PART
