"""Contract: of several numbers that one source publishes at once the mean counts, in any order, and it is told."""

import datetime as dt
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from tidings.crisis.crisis import Bulletin, Crisis, Settings
from tidings.forecast.at_once import at_once_warnings, one_at_once
from tidings.forecast.record import Report
from tidings.forecast.record_of_crisis import record_of_crisis
from tidings.geography.graph import Geography
from tidings.geography.places import Place

DAY = dt.date(2031, 3, 10)


def told(people, day=0, published=None, source="desk"):
    return Report(
        place="camp", day=day, people=people, published=day if published is None else published, source=source
    )


def test_the_mean_of_what_is_told_at_once_counts_in_any_order():
    for rows in permutations((told(500.0), told(800.0), told(500.0))):
        assert [report.people for report in one_at_once(rows)] == [650.0]


def test_the_mean_of_the_doubts_counts_in_any_order():
    for rows in permutations((replace(told(500.0), doubt=0.3), told(800.0), told(900.0))):
        assert [report.doubt for report in one_at_once(rows)] == [pytest.approx(0.1)]


@pytest.mark.parametrize("other", [told(800.0, published=1), told(800.0, day=1), told(800.0, source="another")])
def test_a_later_publication_another_day_and_another_source_stand_by_themselves(other):
    assert one_at_once((told(500.0), other)) == (told(500.0), other)
    assert list(at_once_warnings((told(500.0), other), start=DAY)) == []


def test_the_numbers_are_told():
    (warning,) = at_once_warnings((told(800.0, day=2), told(500.0, day=2)), start=DAY, names={"camp": "Camp"})
    assert warning.code == "numbers_at_once"
    assert "Camp (2031-03-12: 500 and 800)" in warning.message
    assert list(at_once_warnings((told(500.0), told(500.0)), start=DAY)) == []


def test_many_are_counted_and_not_all_named():
    (warning,) = at_once_warnings((told(n, day=day) for day in range(9) for n in (100.0, 200.0)), start=DAY)
    assert "and 3 more" in warning.message


@pytest.mark.parametrize("sources", [("desk",), ("desk", "another")])
def test_the_record_of_a_crisis_does_not_depend_on_the_order_of_its_rows(sources):
    rows = [
        Bulletin(place="camp", day=DAY + dt.timedelta(days=day), measure="stock", people=people, source=source)
        for source in sources
        for day, people in ((0, 400), (9, 500), (9, 800), (20, 900))
    ]
    records = [record(order) for order in (rows, rows[::-1])]
    first, second = (one.truth()["camp"].people.tolist() for one in records)
    assert first == second == pytest.approx([400, 650, 900])
    assert all("numbers_at_once" in {warning.code for warning in one.warnings} for one in records)


def record(rows):
    settings = Settings(title="T", countries=("XAA",), start=DAY)
    geography = Geography((Place(id="camp", name="Camp", kind="camp"),))
    return record_of_crisis(
        Crisis(Path("x"), settings, geography, bulletins=tuple(rows)), (), today=dt.date(2032, 1, 1)
    )
