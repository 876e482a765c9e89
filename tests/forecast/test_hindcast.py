"""Contract: the protocol of docs/hindcast.md: which reports are foretold, by which origin, and what a failure is."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.forecast.records import record, reports
from tidings.forecast.baselines import LAST_REPORT
from tidings.forecast.hindcast import origin_for, points_of, run_hindcast, true_total


@given(st.integers(0, 3000), st.sampled_from([5, 30, 60, 90]))
def test_the_origin_is_the_nearest_of_every_14_days_at_most_7_off_and_the_earlier_of_two(day, horizon):
    origin, wanted = origin_for(day, horizon), day - horizon
    near = [o for o in range(0, 3100, 14) if abs(o - wanted) <= 7 and o < day]
    assert origin == (min(near, key=lambda o: (abs(o - wanted), o)) if near else None)


def test_of_two_origins_equally_near_the_earlier_is_taken():
    assert origin_for(37, 30) == 0
    assert origin_for(51, 30) == 14


def test_a_report_is_foretold_for_its_own_day():
    point = next(point for point in points_of(record(), (30,))[0] if point.day == 60)
    assert (point.origin, point.lead, point.truth) == (28, 32, 1600)


def test_a_place_is_in_the_main_table_from_its_third_report_and_counts_for_the_cold_start_before():
    points, _ = points_of(record(reports("near", {0: 5, 70: 5, 80: 5, 130: 5, 150: 5})), (30, 60))
    counted = {(point.day, point.horizon): (point.is_main, point.is_cold) for point in points}
    assert counted[130, 60] == (False, True)
    assert counted[130, 30] == (True, False)


def test_the_first_60_days_are_a_cold_start_too():
    points, _ = points_of(record(reports("near", {0: 5, 1: 5, 2: 5, 60: 5, 120: 5})), (30,))
    assert {point.day: (point.is_main, point.is_cold) for point in points} == {60: (True, True), 120: (True, False)}


def test_every_report_that_an_origin_can_reach_is_a_point():
    told = record()
    wanted = {(place, day, h) for place in told.places for day in range(0, 200, 10) for h in (30, 60)
              if origin_for(day, h) is not None}  # fmt: skip
    assert {(point.place, point.day, point.horizon) for point in points_of(told, (30, 60))[0]} == wanted


def test_whether_a_place_moved_is_told_by_the_30_days_before_the_origin():
    points, _ = points_of(record(), (30,))
    assert {point.has_moved for point in points if point.place == "near" and point.origin > 28} == {True}
    assert {point.has_moved for point in points if point.place == "far"} == {False}


@dataclass
class Told:
    """Answers with what it is given, and remembers what it was asked."""

    row: np.ndarray | None
    name: str = "told"
    asked: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def __call__(self, seen, horizons):
        self.asked.append((seen.origin, horizons))
        return {} if self.row is None else {(s.place, h): self.row for s in seen.series for h in horizons}


@pytest.mark.parametrize(
    "row",
    [None, np.full(9, np.nan), np.arange(9.0)[::-1], np.arange(9.0) - 1, np.arange(8.0)],
    ids=["missing", "unknown", "falling", "below zero", "eight"],
)
def test_a_forecast_that_is_none_is_a_failure_of_that_point(row):
    past = run_hindcast(record(), [LAST_REPORT, Told(row)], (30,))
    assert past.failures == {"told": past.points}


def test_each_origin_is_asked_once_for_all_the_days_that_it_foretells():
    told = Told(np.arange(9.0))
    past = run_hindcast(record(), [told], (30, 60))
    assert not past.failures
    assert len(told.asked) == len({origin for origin, _ in told.asked}) == len({p.origin for p in past.points})
    assert all(lead >= 1 for _, leads in told.asked for lead in leads)


def test_the_true_total_is_linear_between_the_reports_of_all_places():
    total = dict(true_total(record()))
    assert (total[0], total[5]) == (1500, 1550)
