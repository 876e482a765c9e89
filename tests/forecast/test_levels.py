"""Contract: of sources that are apart each may be right, by grade, agreement and how it fared, never by smoothness."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from tests.forecast.records import record, reports
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.levels import at_level, levels_of, likeliest
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import packaged_parameters

FITTED = packaged_parameters().without(None)
WEEKS = range(0, 84, 7)
NOISE = (0.01, -0.012, 0.004, -0.008, 0.011)


def of(source, told, place="near"):
    return tuple(replace(report, source=source) for report in reports(place, told))


def line(day):
    return 5000 + 43 * day


def told_by(source, times=1.0, place="near", noise=(0.0,), plus=0, days=WEEKS):
    told = {day: round(times * line(day) * (1 + noise[n % len(noise)])) + plus for n, day in enumerate(days)}
    return of(source, told, place)


low, high = partial(told_by, times=1.0), partial(told_by, times=2.0)


def chances(*told, odds=None, place="near"):
    found = levels_of([report for some in told for report in some], odds)
    return {level.source: level.p for level in found[place].levels}


def foretold(told, horizon=30, odds=None, origin=80):
    seen = record(tuple(told), odds=odds or {}, corrections=()).seen(origin)
    return Tidings(CarriedSeries(FITTED))(seen, (horizon,))["near", horizon]


@pytest.mark.parametrize("smooth", ["both", "low", "high"])
@pytest.mark.parametrize("names", [("UNHCR", "Governor"), ("Governor", "UNHCR")])
def test_of_two_sources_at_a_factor_of_two_the_interval_holds_both_whoever_is_smoother(smooth, names):
    rough = {"both": ((0.0,), (0.0,)), "low": ((0.0,), NOISE), "high": (NOISE, (0.0,))}[smooth]
    levels = foretold([*low(names[0], noise=rough[0]), *high(names[1], noise=rough[1])])
    assert levels[2] < line(80 + 30)
    assert levels[6] > 2 * line(77)
    assert (np.diff(levels) >= 0).all()


def test_without_grades_or_a_third_source_chances_are_even():
    assert chances(low("a"), high("b")) == {"a": 0.5, "b": 0.5}
    assert chances(low("a", noise=NOISE), high("b")) == {"a": 0.5, "b": 0.5}
    found = levels_of([*low("a"), *high("b")])["near"]
    assert found.reasons == ()


def test_grades_are_odds():
    assert chances(low("a"), high("b"), odds={"a": 2.0, "b": 0.1}) == pytest.approx({"a": 20 / 21, "b": 1 / 21})
    assert chances(low("a"), high("b"), odds={"b": 0.35})["a"] == pytest.approx(1 / 1.35)
    graded = foretold([*low("a"), *high("b")], odds={"a": 2.0, "b": 0.1})
    assert graded[6] < 1.5 * line(107)


def test_a_third_source_that_agrees_with_one_decides():
    third = told_by("c", 1.03, days=range(3, 80, 7))
    told = chances(low("a"), high("b"), third)
    assert told["b"] < 0.03
    levels = foretold([*low("a"), *high("b"), *third])
    assert levels[6] < 1.3 * line(107)


def test_a_third_source_that_repeats_one_decides_nothing():
    assert chances(low("a"), high("b"), low("c")) == {"a": 0.5, "b": 0.5}


def test_a_third_source_decides_from_its_publication_on():
    third = told_by("c", 1.03, days=range(3, 80, 7))
    late = [replace(report, published=81) for report in third]
    two = [*low("a"), *high("b")]
    assert foretold([*two, *late]).tobytes() == foretold(two).tobytes()
    assert foretold([*two, *late], origin=81)[6] < foretold(two, origin=81)[6]


def test_who_was_borne_out_elsewhere_is_likelier_here():
    elsewhere = (*low("a", place="far"), *high("b", place="far"))
    assert chances(low("a"), high("b"), elsewhere) == {"a": 0.5, "b": 0.5}
    third = told_by("c", 1.03, place="far", days=range(3, 80, 7))
    assert chances(low("a"), high("b"), elsewhere, third) == pytest.approx({"a": 0.8, "b": 0.2})


def test_who_came_nearer_to_the_other_by_a_correction_is_less_likely_where_it_has_not_corrected_yet():
    corrected = tuple(replace(r, people=r.people / 1.98, published=r.day + 20) for r in high("b", place="far"))
    elsewhere = (*low("a", place="far"), *high("b", place="far"), *corrected)
    assert chances(low("a"), high("b"), elsewhere) == pytest.approx({"a": 0.8, "b": 0.2})


def test_a_digit_that_was_put_right_tells_nothing_of_what_a_source_counts():
    slipped = tuple(replace(r, people=10 * r.people) for r in low("b", place="far")[3:4])
    right = tuple(replace(r, people=r.people / 10 + 1, published=r.day + 3) for r in slipped)
    elsewhere = (*low("a", place="far"), *low("b", place="far", plus=9), *slipped, *right)
    assert chances(low("a"), high("b"), elsewhere) == {"a": 0.5, "b": 0.5}


def test_after_a_change_of_source_with_a_leap_the_new_number_is_right_in_two_of_three_stories():
    told = (low("a"), of("b", {90: 17_000, 100: 17_300}))
    assert chances(*told) == pytest.approx({"a": 1 / 3, "b": 2 / 3})
    levels = foretold([r for some in told for r in some], origin=101)
    assert levels[2] < line(77) + 1000
    assert levels[6] > 17_300


def test_the_others_numbers_are_brought_to_the_level_of_the_one_that_is_right():
    told = [*low("a"), *high("b")]
    (level, other) = levels_of(told)["near"].levels
    assert (level.source, other.source) == ("a", "b")
    assert {r.people for r in at_level(told, {"near": level}) if r.source == "a"} == {r.people for r in low("a")}
    brought = [r.people for r in at_level(told, {"near": other})]
    assert brought == pytest.approx([r.people for r in high("b")] * 2, rel=0.02)


def test_where_none_are_apart_nothing_changes():
    told = [*low("a"), *told_by("b", 1.02, days=range(3, 80, 7))]
    assert levels_of(told) == {}
    assert at_level(told, likeliest({})) is told
    assert levels_of(low("a")) == {}


def test_scores_are_held_against_the_likeliest_level_not_against_a_line_between_two():
    made = record((*low("a"), *high("b", days=range(3, 80, 7))), odds={"a": 2.0})
    steps = np.diff(made.truth()["near"].people)
    assert (abs(steps) < 500).all()


def test_a_slip_of_a_digit_at_such_a_place_is_one_of_four_stories():
    told = [*low("a"), *high("b", days=range(0, 71, 7)), *of("a", {84: 10 * line(84)})]
    others = record(tuple(told), corrections=()).seen(84).otherwise["near"]
    assert len(others) == 3
    assert 0 < sum(other.p for other in others) < 1
