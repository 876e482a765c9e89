"""Contract: flows bring the last stock of a place on, period by period; what is brought on was never counted."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.forecast.history import history_of
from tidings.forecast.inflows import brought_on, came_since
from tidings.forecast.record import Report
from tidings.forecast.series import Series


def flow(day, people, source="gate office", **fields):
    return Report(place="camp", day=day, people=people, source=source, **({"published": day} | fields))


def stocks(*told, **fields):
    days, people = zip(*told, strict=True) if told else ((), ())
    return Series(place="camp", days=np.array(days, np.int64), people=np.array(people, np.float64), **fields)


WEEKLY = (flow(7, 70.0), flow(14, 140.0), flow(21, 50.0))


def test_a_row_counts_who_came_after_the_row_before_it_and_a_first_one_its_own_day():
    assert came_since(13, [flow(14, 140.0)]) == [(14, 140.0)]
    assert came_since(0, [flow(14, 140.0)]) == [(14, 140.0)]
    assert came_since(10, WEEKLY) == [(14, 80.0), (21, 130.0)]


def test_what_came_before_the_stock_is_in_it_and_of_a_period_that_holds_its_day_the_days_after_count():
    assert came_since(7, WEEKLY) == [(14, 140.0), (21, 190.0)]
    assert came_since(21, WEEKLY) == came_since(30, WEEKLY) == came_since(0, ()) == []


def test_sources_are_not_added_and_the_one_with_the_newest_row_counts():
    other = [flow(9, 400.0, "aid group"), flow(18, 90.0, "aid group")]
    assert came_since(7, [*WEEKLY, *other]) == [(14, 140.0), (21, 190.0)]
    assert came_since(7, [*WEEKLY, *other, flow(22, 1.0, "aid group")]) == [(9, 400.0), (18, 490.0), (22, 491.0)]
    assert came_since(13, [flow(14, 5.0, "a"), flow(14, 6.0, "b")]) == [(14, 6.0)]


def test_a_corrected_row_counts_as_published_last_and_of_two_at_once_their_mean():
    assert came_since(7, [*WEEKLY, flow(21, 20.0, published=25)]) == [(14, 140.0), (21, 160.0)]
    assert came_since(14, [*WEEKLY, flow(21, 70.0)]) == [(21, 60.0)]


ROWS = st.lists(
    st.builds(flow, st.integers(0, 60), st.floats(0, 1e5), st.sampled_from(["a", "b"])),
    unique_by=lambda row: (row.day, row.source),
)


@given(ROWS, st.integers(-5, 70), st.randoms())
def test_the_order_of_rows_plays_no_part_and_no_more_come_than_one_source_tells_of(rows, day, random):
    came = came_since(day, rows)
    shuffled = random.sample(rows, len(rows))
    assert came_since(day, shuffled) == came
    assert [last for last, _ in came] == sorted({last for last, _ in came if last > day})
    totals = [people for _, people in came]
    assert totals == sorted(totals)
    most = max((sum(row.people for row in rows if row.source == source) for source in "ab"), default=0.0)
    assert all(people <= most * (1 + 1e-9) for people in totals)


def test_a_stock_is_brought_on_to_the_day_of_each_later_flow():
    series = brought_on(stocks((0, 900.0), (7, 1000.0)), WEEKLY)
    assert series.days.tolist() == [0, 7, 14, 21]
    assert series.people.tolist() == [900, 1000, 1140, 1190]


@pytest.mark.parametrize(
    ("series", "flows"),
    [(stocks((0, 900.0), (30, 1000.0)), WEEKLY), (stocks((0, 900.0)), ()), (stocks(), WEEKLY),
     (stocks((0, 900.0)), [replace(row, place="town") for row in WEEKLY])],
    ids=["all flows are older", "no flow", "no stock: unknown is not zero", "elsewhere"],
)  # fmt: skip
def test_a_series_that_no_flow_brings_on_stays_as_it_is(series, flows):
    assert brought_on(series, flows) is series


def test_what_is_brought_on_is_in_more_doubt_than_the_stock_and_the_more_the_more_came():
    few, many = (brought_on(stocks((0, 1000.0)), [flow(5, people)]).doubt for people in (10.0, 5000.0))
    assert few[0] == many[0] == 0
    assert 0.03 < np.sqrt(few[1]) < 0.1
    assert np.sqrt(many[1]) > 3 * np.sqrt(few[1])
    told = brought_on(stocks((0, 1000.0), noise=np.array([0.04]), doubt=np.array([0.02])), [flow(5, 10.0)])
    assert told.doubt[1] == pytest.approx(few[1] + 0.02)
    assert told.noise.tolist() == [0.04, 0.04]
    assert history_of(told.days, told.people, 9, told.noise, told.doubt).last_doubt == told.doubt[1]
