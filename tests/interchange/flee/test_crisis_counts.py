"""Contract: of bulletins, the stocks up to the last day become counts; of one day a best value goes before a range."""

import datetime as dt

from tidings.crisis.crisis import Bulletin
from tidings.interchange.flee.crisis_counts import registered_of
from tidings.interchange.flee.findings import Findings

START = dt.date(2031, 3, 1)


def counted(*bulletins):
    found = Findings()
    rows, total = registered_of(bulletins, {"tents": "Tents"}, START, 5, found)
    return {row.name: (row.days.tolist(), row.people.tolist()) for row in rows}, total, found


def test_a_count_before_the_first_day_is_kept_and_one_after_the_last_is_not():
    rows, total, found = counted(
        Bulletin(place="tents", day=dt.date(2031, 2, 27), measure="stock", people=10),
        Bulletin(place="tents", day=dt.date(2031, 3, 6), measure="stock", people=90),
    )
    assert rows == {"Tents": ([-2], [10])}
    assert total is not None
    assert total.people.tolist() == [10]
    assert "after the last day: tents" in found.oddities[0].met


def test_a_best_value_goes_before_a_range_that_was_published_later():
    rows, _, _ = counted(
        Bulletin(place="tents", day=START, measure="stock", people=10, published=START),
        Bulletin(place="tents", day=START, measure="stock", low=50, high=70, published=dt.date(2031, 3, 4)),
    )
    assert rows == {"Tents": ([0], [10])}
