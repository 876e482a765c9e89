"""Contract: two sources are apart at a place where they differ by more than noise explains; else nothing is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.records import reports
from tidings.forecast.gaps import gaps_of

WEEKS = range(0, 84, 7)


def of(source, told, place="camp"):
    return tuple(replace(report, source=source) for report in reports(place, told))


def line(day):
    return 5000 + 40 * day


def gap_of(*told, pair=("a", "b")):
    return gaps_of([report for some in told for report in some])["camp"][pair]


def test_two_straight_lines_at_a_factor_of_two_are_apart_by_it():
    gap = gap_of(of("a", {day: 2 * line(day) for day in WEEKS}), of("b", {day: line(day) for day in WEEKS}))
    assert gap.is_apart
    assert gap.ratio == pytest.approx(2, rel=0.01)
    assert gap.n_compared == len(WEEKS)
    assert not gap.is_copy


def test_numbers_of_other_days_are_held_against_the_line_between_two_of_the_other_so_that_growth_is_no_gap():
    steep = {day: 1000 + 200 * day for day in range(0, 84, 14)}
    between = {day: 1000 + 200 * day for day in range(7, 84, 14)}
    gap = gap_of(of("a", steep), of("b", between))
    assert not gap.is_apart
    assert gap.ratio == pytest.approx(1, abs=0.05)


def test_a_difference_that_noise_explains_is_no_gap():
    noise = (1.0, 1.5, 0.7, 1.3, 0.6, 1.4, 0.8)
    noisy = {day: line(day) * noise[n % 7] for n, day in enumerate(WEEKS)}
    assert not gap_of(of("a", {day: line(day) for day in WEEKS}), of("b", noisy)).is_apart


def test_a_difference_of_less_than_a_tenth_is_none_however_steady():
    gap = gap_of(of("a", {day: 1.09 * line(day) for day in WEEKS}), of("b", {day: line(day) for day in WEEKS}))
    assert not gap.is_apart


def test_only_the_last_120_days_count():
    days = range(0, 400, 10)
    now_alike = {day: line(day) * (2 if day < 250 else 1) for day in days}
    assert not gap_of(of("a", now_alike), of("b", {day: line(day) for day in days})).is_apart


def test_one_or_two_numbers_must_differ_as_an_implausible_jump_does():
    long = of("a", {day: line(day) for day in WEEKS})
    assert gap_of(long, of("b", {70: 1.6 * line(70)})).is_apart
    assert not gap_of(long, of("b", {70: 1.4 * line(70), 77: 1.4 * line(77)})).is_apart
    assert gap_of(long, of("b", {day: 1.4 * line(day) for day in (63, 70, 77)})).is_apart


def test_one_number_of_long_ago_is_no_gap_but_a_new_one_is_and_three_stay():
    long = {day: line(day) for day in range(0, 120, 7)}

    def is_apart(*days):
        return gap_of(of("a", long), of("b", {day: 2 * line(day) for day in days})).is_apart

    assert is_apart(112)
    assert is_apart(91)
    assert not is_apart(70)
    assert is_apart(56, 63, 70)


def test_the_very_same_numbers_are_a_copy():
    told = {day: line(day) for day in WEEKS}
    gap = gap_of(of("a", told), of("b", told))
    assert gap.is_copy
    assert not gap.is_apart


BEFORE = {day: 5000 + 14 * day for day in range(0, 64, 7)}


def test_a_leap_where_one_source_ends_and_another_begins_is_a_gap_with_both_numbers():
    gap = gap_of(of("z", BEFORE), of("a", {80: 11_800, 90: 12_000}), pair=("z", "a"))
    assert gap.is_apart
    assert gap.ratio == pytest.approx(5882 / 11_800)
    assert gap.n_compared == 0
    before, after = gap.switched
    assert (before.day, round(before.people), after.day, round(after.people)) == (63, 5882, 80, 11_800)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (BEFORE, {80: 7100}),
        (BEFORE, {63 + 61: 11_800}),
        ({0: 3000, 7: 5000}, {14: 12_000}),
        ({0: 300, 7: 310, 14: 320}, {21: 900}),
    ],
    ids=["no leap", "after over 60 days", "of two days only", "of few people"],
)
def test_a_change_of_source_without_a_leap_that_nothing_explains_is_none(before, after):
    assert gaps_of([*of("a", before), *of("b", after)]) == {"camp": {}}


@pytest.mark.parametrize(
    ("before", "after"),
    [(BEFORE, {80: 6100}), ({day: 500 + 500 * day for day in range(0, 64, 7)}, {80: 50_000})],
    ids=["within a tenth", "no faster than before"],
)
def test_a_number_that_follows_from_the_last_of_another_source_agrees_with_it(before, after):
    gap = gap_of(of("a", before), of("b", after))
    assert (gap.is_apart, gap.n_compared, gap.switched) == (False, 0, None)


def test_a_change_to_a_source_while_a_third_goes_on_is_told_by_the_third():
    third = of("c", {day: line(day) for day in range(0, 100, 7)})
    found = gaps_of([*of("a", BEFORE), *of("b", {84: 16_800}), *third])["camp"]
    assert ("a", "b") not in found
    assert found["b", "c"].is_apart


def test_one_source_alone_and_numbers_of_nobody_are_held_against_none():
    assert gaps_of(of("a", BEFORE)) == {}
    assert gaps_of([*of("a", BEFORE), *of("b", dict.fromkeys(WEEKS, 0))]) == {}


@given(st.permutations([*of("a", {day: 2 * line(day) for day in WEEKS}), *of("b", {day: line(day) for day in WEEKS})]))
def test_the_order_of_reports_is_irrelevant(told):
    assert gaps_of(told)["camp"]["a", "b"].ratio == pytest.approx(2, rel=0.01)
