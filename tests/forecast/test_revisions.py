"""Contract: how a source corrects its numbers is learnt as-of; young numbers count as they are expected to stand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.records import record
from tidings.forecast.carried import CarriedSeries
from tidings.forecast.own import Tidings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.record import Report, series_of
from tidings.forecast.revisions import PRIOR_COUNT, Ahead, as_expected, revision_warnings, revisions_of

HORIZONS = (1, 30, 60)
ORIGIN = 200


def number(day, first, settled=None, *, after=20, source="registry", place="near"):
    """What is told of one day: at once, and corrected after some days."""
    told = Report(place=place, day=day, people=float(first), published=day, source=source)
    return (told,) if settled is None else (told, replace(told, people=float(settled), published=day + after))


def told_of(*numbers, until=ORIGIN):
    return tuple(report for one in numbers for report in one if report.published <= until)


def raised_by_a_tenth(n=8, **told):
    return [number(10 * k, 900, 1000, **told) for k in range(n)]


def as_bytes(reports, origin=ORIGIN):
    method = Tidings(CarriedSeries(packaged_parameters().without(None)))
    told = method(record(reports).seen(origin), HORIZONS)
    return {key: row.tobytes() for key, row in told.items()}


def test_a_young_number_is_moved_by_what_settled_ones_moved_drawn_towards_none():
    reports = told_of(*raised_by_a_tenth(), number(195, 900))
    move = np.log(1100 / 1000) * 8 / (8 + PRIOR_COUNT)
    *_, last = as_expected(reports, ORIGIN)
    assert last.people == pytest.approx(1000 * np.exp(move) - 100)
    assert last.variance == pytest.approx((np.log(1.1) - move) ** 2)


def test_a_number_that_is_as_old_as_the_latest_correction_stands_as_told():
    reports = told_of(*raised_by_a_tenth(), number(180, 900))
    assert [r.people for r in as_expected(reports, ORIGIN)] == [r.people for r in reports]


def test_between_two_corrections_only_the_second_is_ahead():
    def twice(day):
        once, *_ = number(day, 800)
        return (once, replace(once, people=900.0, published=day + 5), replace(once, people=1000.0, published=day + 30))

    known = revisions_of(told_of(*map(twice, range(0, 100, 10))), ORIGIN)["registry"]
    assert known.settled_after == 30
    of_all, of_one = known.ahead(0).mean, known.ahead(5).mean
    assert of_all / of_one == pytest.approx(np.log(1100 / 900) / np.log(1100 / 1000))
    assert known.ahead(4) == known.ahead(0)
    assert known.ahead(30) == Ahead()


def test_corrections_both_ways_widen_and_move_little():
    both = told_of(*(number(10 * k, 1000, 1200 if k % 2 else 833) for k in range(10)), number(195, 1000))
    *_, last = as_expected(both, ORIGIN)
    assert last.people == pytest.approx(1000, rel=0.02)
    assert np.sqrt(last.variance) == pytest.approx(0.165, rel=0.05)


def test_of_a_source_that_corrects_nothing_the_reports_are_the_very_same():
    reports = told_of(*(number(10 * k, 900 + k) for k in range(10)))
    assert as_expected(reports, ORIGIN) is reports
    assert record(reports).seen(ORIGIN).expected is None
    assert series_of("near", reports).noise is None


def test_a_number_told_again_unchanged_is_no_correction():
    assert revisions_of(told_of(*(number(10 * k, 900, 900) for k in range(10))), ORIGIN) == {}


def test_a_correction_after_more_than_ninety_days_is_not_foreseen():
    assert revisions_of(told_of(*(number(10 * k, 900, 1000, after=91) for k in range(10))), ORIGIN) == {}


def test_each_source_is_known_by_its_own_corrections():
    reports = told_of(
        *raised_by_a_tenth(source="hasty"),
        *(number(10 * k, 900, source="steady") for k in range(10)),
        number(195, 900, source="steady"), number(195, 900, source="hasty"),
    )  # fmt: skip
    *_, steady, hasty = as_expected(reports, ORIGIN)
    assert (steady.people, steady.variance) == (900, 0)
    assert hasty.people > 950


def test_of_nobody_nothing_is_foreseen():
    reports = told_of(*raised_by_a_tenth(), number(190, 0), *(number(10 * k, 0, 5000, place="far") for k in range(20)))
    assert 0 < revisions_of(reports, ORIGIN)["registry"].ahead(0).mean < np.log(1.1)
    assert {r.people for r in as_expected(reports, ORIGIN) if r.day == 190} == {0}


def test_the_last_report_as_told_stays_what_baselines_carry_forward():
    seen = record(told_of(*raised_by_a_tenth(), number(195, 900))).seen(ORIGIN)
    assert seen.series[0].people[-1] == 900
    assert seen.expected[0].people[-1] > 950
    assert seen.expected[0].noise[-1] > 0 == seen.expected[0].noise[0]


def test_the_forecast_starts_from_the_number_that_is_expected_and_is_wider():
    settled = [number(10 * k, 900 if k % 2 else 1100, 1000) for k in range(18)]
    method = Tidings(CarriedSeries(packaged_parameters().without(None)))
    reports = told_of(*settled, number(195, 1100))
    seen = record(reports).seen(ORIGIN)
    foreseen, as_told = (method(one, (30,))["near", 30] for one in (seen, replace(seen, expected=None)))
    assert foreseen[4] < as_told[4]
    assert foreseen[-1] - foreseen[0] > as_told[-1] - as_told[0]


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_reports_is_irrelevant(random):
    told = [*told_of(*raised_by_a_tenth(), *raised_by_a_tenth(source="b", after=9), number(195, 900))]
    assert as_bytes(tuple(random.sample(told, len(told)))) == as_bytes(tuple(told))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 150), st.integers(1, 10**6))
def test_no_forecast_knows_a_correction_that_is_published_later(origin, people):
    told = told_of(*raised_by_a_tenth(12), until=ORIGIN)
    later = tuple(replace(r, people=float(people)) if r.published > origin else r for r in told)
    assert record(told).seen(origin).expected is None or as_bytes(told, origin) == as_bytes(later, origin)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1, max_size=8), st.integers(0, 120))
def test_people_are_never_negative_and_variances_neither(numbers, age):
    reports = told_of(*(number(10 * k, first, last) for k, (first, last) in enumerate(numbers)), until=ORIGIN)
    for report in as_expected((*reports, *number(ORIGIN - age, 50)), ORIGIN):
        assert report.people >= 0 <= report.variance


def test_the_warning_says_how_a_source_corrects_its_numbers():
    (told,) = revision_warnings(revisions_of(told_of(*raised_by_a_tenth(source="the registry")), ORIGIN))
    assert told.code == "numbers_corrected_later"
    assert "the registry moves its numbers by +7% (3% more or less) within 20 days (8 numbers)" in told.message


@pytest.mark.parametrize("n", [1, 2])
def test_nothing_is_learnt_before_three_numbers_were_corrected(n):
    reports = told_of(*raised_by_a_tenth(n))
    assert as_expected(reports, ORIGIN) is reports
    assert len(revisions_of(told_of(*raised_by_a_tenth(3)), ORIGIN)) == 1


@pytest.mark.parametrize("wrong", [3, 4])
def test_slips_of_the_pen_that_are_put_right_move_no_other_number(wrong):
    slips = (number(10 * k, 10_000, 1000) for k in range(wrong))
    reports = told_of(*slips, *(number(10 * k, 1000) for k in range(wrong, 12)), number(195, 900))
    *_, last = as_expected(reports, ORIGIN)
    assert (last.people, last.variance) == (900, 0)
    assert list(revision_warnings(revisions_of(reports, ORIGIN))) == []


def test_of_who_is_not_named_nothing_is_learnt_for_another_may_have_told_the_second_number():
    assert revisions_of(told_of(*raised_by_a_tenth(source="")), ORIGIN) == {}
