"""Contract: sources are compared, and all starts, by numbers with slips of a digit put right."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.forecast.test_reported import DAY, bulletin, codes, reported
from tidings.forecast.record import compared
from tidings.forecast.reports_told import report_of

WEEKS = [(5000 + 300 * week, 7 * (12 - week)) for week in range(12)]
SLIPPED = [bulletin(people * 10 if before == 14 else people, before, source="UNHCR") for people, before in WEEKS]


def test_a_count_of_another_source_beside_a_slip_makes_them_no_sources_that_are_apart():
    told = reported(*SLIPPED, bulletin(8050, 14, source="IOM"))
    assert "sources_apart" not in codes(told)
    assert told.levels["camp"][1, 8] < 10_000


def test_the_truth_of_a_record_with_a_slip_is_not_brought_to_another_level():
    start = DAY - dt.timedelta(days=90)
    told = tuple(report_of(one, start, {}) for one in (*SLIPPED, bulletin(8050, 14, source="IOM")))
    apart, _ = compared(told)
    assert not apart


def test_the_last_report_is_told_with_a_settled_slip_put_right():
    told = reported(*SLIPPED[:-1], bulletin(83_000, 7, source="UNHCR"), bulletin(8350, 7, source="IOM"))
    (last,) = told.last
    assert last.people == pytest.approx(8325, abs=60)
