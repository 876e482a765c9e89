"""Contract: of each place the newest stock counts, in persons; a flow is none."""

from __future__ import annotations

import datetime as dt

from tidings.crisis.crisis import Bulletin
from tidings.crisis.stocks import latest_stocks, persons_of

DAY = dt.date(2031, 3, 10)


def bulletin(people, days=0, place="camp", **fields):
    return Bulletin(place=place, day=DAY + dt.timedelta(days=days), measure="stock", people=people, **fields)


def test_the_newest_stock_of_a_place_is_where_it_starts():
    stocks = latest_stocks([bulletin(200), bulletin(100, days=-3), bulletin(900, days=2)], DAY)
    assert {place: b.people for place, b in stocks.items()} == {"camp": 200}


def test_of_two_stocks_of_one_day_the_one_published_last_counts():
    first, last = (bulletin(n, published=DAY + dt.timedelta(days=d)) for n, d in ((100, 1), (200, 2)))
    assert latest_stocks([last, first], DAY)["camp"].people == 200


def test_of_two_stocks_published_at_once_the_larger_counts_in_any_order():
    one, other = bulletin(3000, source="b"), bulletin(9000, source="a")
    assert latest_stocks([one, other]) == latest_stocks([other, one]) == {"camp": other}


def test_a_flow_is_no_stock():
    flow = Bulletin(place="camp", day=DAY, measure="flow", people=50)
    assert latest_stocks([flow], DAY) == {}


def test_households_count_by_their_size():
    assert persons_of(bulletin(10, unit="household", household_size=5.5)) == 55


def test_without_a_last_day_the_newest_of_all_counts():
    assert latest_stocks([bulletin(200), bulletin(900, days=2), bulletin(100, days=-3)])["camp"].people == 900


def test_a_bare_range_is_its_middle_and_half_a_range_is_unknown():
    assert persons_of(bulletin(None, low=100, high=300)) == 200
    assert persons_of(bulletin(None, low=100)) is None
