"""Contract: `tidings_total_given` divides the true total by what was known at the origin, and by no later count."""

from dataclasses import replace

import numpy as np
import pytest

from tests.forecast.records import fought, record
from tidings.forecast.hindcast import true_total
from tidings.forecast.total_told import TotalGiven

LEADS = (1, 30, 90)


def medians(told, origin, total=None):
    totals = total or dict(true_total(told))
    method = TotalGiven.of(told, lambda day: totals.get(day, 0.0))
    return {key: people[4] for key, people in method(told.seen(origin), LEADS).items()}


def test_the_places_add_up_to_the_total_of_the_day():
    told = record()
    total = dict(true_total(told))
    found = medians(told, 56)
    for lead in LEADS:
        assert found["near", lead] + found["far", lead] == pytest.approx(total[56 + lead])


def test_a_later_count_of_a_place_changes_nothing_while_the_total_is_the_same():
    told = record()
    swapped = tuple(replace(r, place={"near": "far", "far": "near"}[r.place]) if r.day > 0 else r for r in told.reports)
    total = dict(true_total(told))
    assert medians(replace(told, reports=swapped), 56, total) == medians(told, 56, total)


def test_conflict_after_the_origin_changes_nothing():
    early, later = (record(fought=fought(orle_from=day)) for day in (70, 120))
    assert medians(early, 56) == medians(later, 56)
    assert medians(early, 98) != medians(later, 98)


def test_a_total_that_ends_leaves_nobody():
    told = record()
    assert medians(told, 196)["near", 30] == 0.0


def test_nine_numbers_rise_from_nobody_or_more():
    told = record()
    total = dict(true_total(told))
    for people in TotalGiven.of(told, lambda day: total.get(day, 0.0))(told.seen(14), LEADS).values():
        assert people[0] >= 0
        assert (np.diff(people) >= 0).all()
