"""Contract: a member's violence dies down, persists or escalates, as often as the parameters say."""

from collections import Counter

import pytest

from tidings.flow.parameters import load_parameters
from tidings.situation.afterwards import ASSUMED_AFTERWARDS, COURSES, draw_afterwards, shares_of

MEMBERS = range(900)


def drawn(seed=1, **parameters):
    return [draw_afterwards(seed, member, load_parameters(parameters)) for member in MEMBERS]


@pytest.mark.parametrize(
    ("lasts", "escalates", "wanted"),
    [(0.667, 0.5, (0.333, 0.333, 0.333)), (0.4, 0.25, (0.6, 0.3, 0.1)), (1.0, 0.3, (0.0, 0.7, 0.3))],
)
def test_each_course_is_taken_by_as_many_members_as_the_parameters_say(lasts, escalates, wanted):
    found = Counter(one.course for one in drawn(violence_lasts=lasts, violence_escalates=escalates))
    shares = shares_of({"violence_lasts": lasts, "violence_escalates": escalates})
    assert sum(shares.values()) == pytest.approx(1)
    for course, share in zip(COURSES, wanted, strict=True):
        assert shares[course] == pytest.approx(share, abs=0.001)
        assert abs(found[course] / len(MEMBERS) - share) < 0.005


@pytest.mark.parametrize("first", [0, 50, 333])
def test_of_any_members_in_a_row_nearly_the_right_share_has_each_course(first):
    for seed in range(5):
        found = Counter(one.course for one in drawn(seed)[first : first + 50])
        assert all(abs(found[course] - 50 / 3) <= 2 for course in COURSES)


@pytest.mark.parametrize("course", COURSES)
def test_a_course_can_be_given_to_all_members(course):
    assert {one.course for one in drawn(**COURSES[course])} == {course}


def test_a_member_has_the_same_course_with_the_same_seed_whoever_else_is_drawn():
    assert drawn() == drawn()
    assert draw_afterwards(1, 7, ASSUMED_AFTERWARDS) == drawn()[7]
    assert [one.course for one in drawn(seed=2)] != [one.course for one in drawn()]


def test_shares_change_no_luck_so_that_a_member_that_escalates_does_so_too_where_more_do():
    few, many = drawn(violence_escalates=0.2), drawn(violence_escalates=0.6)
    assert all(more.course == "escalates" for less, more in zip(few, many, strict=True) if less.course == "escalates")


def test_a_course_comes_near_to_nothing_to_what_was_or_to_the_times_that_are_set():
    times = {one.course: one.tends_to for one in drawn(violence_escalation=4)}
    assert times == {"dies_down": 0.0, "persists": 1.0, "escalates": 4.0}
    assert {one.fade_days for one in drawn(violence_fade_days=12)} == {12.0}
