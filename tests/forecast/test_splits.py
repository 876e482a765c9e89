"""Contract: a total is divided by shares that are known at the origin; the shares sum to one."""

import numpy as np
import pytest

from tests.forecast.records import fought, record, reports
from tidings.forecast import splits
from tidings.forecast.hindcast import true_total

TOLD = (*reports("near", {0: 300, 40: 600}), *reports("far", {0: 100, 40: 200}))
ALL = [splits.EQUAL_SPLIT, splits.GRAVITY, splits.RADIATION, splits.NEAREST_CROSSING]


def medians(method, told=TOLD, origin=30, horizon=30, **fields):
    forecasts = method(record(told, **fields).seen(origin), (horizon,))
    return [round(float(forecasts[place, horizon][4]), 6) for place in ("near", "far")]


@pytest.mark.parametrize("method", ALL, ids=lambda method: method.name)
def test_all_divide_the_total_of_the_last_reports(method):
    assert sum(medians(method)) == pytest.approx(400)


def test_an_equal_split_gives_every_place_the_same():
    assert medians(splits.EQUAL_SPLIT) == [200, 200]


def test_gravity_falls_with_the_square_of_the_distance():
    near, far = medians(splits.GRAVITY)
    assert near / far == pytest.approx((40 / 10) ** 2)


def test_a_zone_counts_by_its_population():
    near, far = medians(splits.NEAREST_CROSSING, origin=60, closures=())
    assert (near, far) == (pytest.approx(800 * 1 / 4), pytest.approx(800 * 3 / 4))


def test_radiation_gives_less_to_what_lies_behind_a_nearer_place():
    near, far = medians(splits.RADIATION, fought=fought(orle_from=500))
    m = n = 1000.0
    assert near / far == pytest.approx((1 / (m * (m + n))) / (1 / ((m + n) * (m + 2 * n))))


def test_the_nearest_destination_is_the_nearest_by_open_roads():
    assert medians(splits.NEAREST_CROSSING, origin=10) == [400, 0]
    assert medians(splits.NEAREST_CROSSING, origin=30) == [0, 400]  # the border is closed from day 20


def test_before_the_first_conflict_the_split_is_equal():
    assert medians(splits.GRAVITY, fought=fought(varn_from=100)) == [200, 200]


def test_last_shares_are_told_the_total_as_it_turns_out():
    whole = record(TOLD)
    total = dict(true_total(whole))
    method = splits.last_shares_true_total(lambda day: total[day])
    assert medians(method, origin=10, horizon=30) == [600, 200]


def test_shares_of_nobody_are_equal():
    seen = record(reports("near", {0: 0})).seen(10)
    assert splits.last_shares(seen).tolist() == [0.5, 0.5]
    assert np.isclose(splits.gravity_shares(seen).sum(), 1)
