"""Contract: a total that is told is divided without loss, by nothing that was known later, and by no capacity."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.records import fought, record
from tidings.forecast.series import Closed
from tidings.forecast.total_given import PANEL, Choice, Reach, by_choice, drawn_shares, with_total_given

FIRST = np.array([1000.0, 500.0])
RISING = 1500.0 + 40.0 * np.arange(60)
BY_DISTANCE = Choice(form="power", scale=2.0, kept=0.0, within=1.0)
OPEN = record(closures=())


def shares(choice, day=10, told=OPEN):
    return drawn_shares(Reach.of(told, 100).zones[day], Reach.of(told, 100).country, choice)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=30))
def test_whatever_the_total_does_every_choice_adds_up_to_it_and_nobody_is_below_zero(total):
    told = np.array([1500.0, *total])
    people = by_choice(Reach.of(OPEN, len(told)), FIRST, told, PANEL[::7])
    assert people.sum(axis=2) == pytest.approx(np.tile(told, (len(people), 1)), abs=1e-6)
    assert (people >= 0).all()


def test_the_first_day_is_as_it_was_counted():
    assert with_total_given(Reach.of(OPEN, 60), FIRST, RISING)[0] == pytest.approx(FIRST)


def test_what_is_told_is_the_mean_of_the_choices():
    reach = Reach.of(OPEN, 60)
    assert with_total_given(reach, FIRST, RISING) == pytest.approx(by_choice(reach, FIRST, RISING, PANEL).mean(axis=0))


def test_of_later_totals_conflict_closures_and_counts_no_day_knows_anything():
    day = 40
    closed = (*record().closures, Closed(kind="camp", one="far", other="", start=day + 1, end=None))
    later = record(fought=fought(orle_from=day + 1), closures=closed)
    before = with_total_given(Reach.of(record(fought=fought(orle_from=90)), 60), FIRST, RISING)
    total = np.where(np.arange(60) > day, 9 * RISING, RISING)
    after = with_total_given(Reach.of(later, 60), FIRST, total)
    assert np.array_equal(before[: day + 1], after[: day + 1])
    assert not np.array_equal(before[day + 1 :], after[day + 1 :])


@pytest.mark.parametrize("form", ["power", "rank", "exponential"])
def test_a_nearer_place_draws_more(form):
    near, far = shares(replace(BY_DISTANCE, form=form))
    assert near > far
    assert near + far == pytest.approx(1.0)


def test_a_closed_border_draws_nobody():
    assert shares(BY_DISTANCE, day=30, told=record()) == pytest.approx([0.0, 1.0])


def test_countries_count_more_alike_where_the_power_within_is_less():
    assert shares(replace(BY_DISTANCE, within=0.0)) == pytest.approx([0.5, 0.5])
    assert shares(replace(BY_DISTANCE, within=0.5))[0] < shares(BY_DISTANCE)[0]


def test_before_any_conflict_places_draw_alike():
    assert shares(BY_DISTANCE, day=0, told=record(fought=fought(varn_from=50))) == pytest.approx([0.5, 0.5])


def test_who_is_kept_goes_where_people_are():
    choice = replace(BY_DISTANCE, kept=1.0)
    people = by_choice(Reach.of(OPEN, 60), FIRST, RISING, [choice])[0]
    assert people[:, 0] / people.sum(axis=1) == pytest.approx(2 / 3)


def test_a_falling_total_takes_the_same_part_from_all():
    people = with_total_given(Reach.of(OPEN, 3), FIRST, np.array([1500.0, 750.0, 0.0]))
    assert people[1] == pytest.approx(FIRST / 2)
    assert people[2] == pytest.approx([0.0, 0.0])
