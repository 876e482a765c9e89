"""Contract: of a crisis a record takes its bulletins by the day published; what cannot be used is told."""

import datetime as dt
from pathlib import Path

import pytest

from tidings.core.errors import InputError
from tidings.crisis.crisis import Bulletin, Crisis, Settings
from tidings.forecast.parameters import packaged_parameters
from tidings.forecast.record_of_crisis import record_of_crisis
from tidings.forecast.reported import reported_of
from tidings.geography.graph import Geography
from tidings.geography.places import Crossing, Place, Road
from tidings.situation.situation import Situation

DAY = dt.date(2021, 3, 10)
TODAY = dt.date(2022, 1, 1)


def bulletin(people=100, days=0, place="camp", **fields):
    return Bulletin(place=place, day=DAY + dt.timedelta(days=days), people=people, **({"measure": "stock"} | fields))


def record(*bulletins, today=TODAY, start=DAY):
    places = (
        Place(id="varn", name="Varn", lat=0, lon=0, population=1000),
        Place(id="gate", name="Gate", lat=0, lon=1),
        Place(id="camp", name="Camp", lat=0, lon=1.1, kind="camp", capacity=500),
    )
    roads = (Road.model_validate({"id": "r", "from": "varn", "to": "gate", "length_km": 30}),)
    crossings = (Crossing(id="x", name="X", side_a="gate", side_b="camp"),)
    settings = Settings(title="T", countries=("XAA",), start=start)
    return record_of_crisis(
        Crisis(Path("valdria"), settings, Geography(places, roads, crossings), bulletins=bulletins), (), today=today
    )


def people(told, origin=1000):
    series = told.seen(origin).series[0]
    return dict(zip(series.days.tolist(), series.people.tolist(), strict=True))


def codes(told):
    return {warning.code: warning.message for warning in told.warnings}


def test_a_bulletin_is_known_from_its_publication():
    told = record(bulletin(100, 2, published=DAY + dt.timedelta(days=9)))
    assert (people(told, 8), people(told, 9)) == ({}, {2: 100})


def test_of_a_repeated_day_the_number_published_last_counts_and_is_told():
    told = record(bulletin(100, published=DAY), bulletin(150, published=DAY + dt.timedelta(days=5)))
    assert (people(told, 4), people(told, 5)) == ({0: 100}, {0: 150})
    assert "told of Camp:" in codes(told)["repeated_day"]


def test_the_destinations_are_the_places_of_which_a_stock_is_told():
    assert record(bulletin()).places == ("camp",)


def test_households_are_persons_by_their_size_and_without_one_are_told_of():
    told = record(bulletin(20, unit="household", household_size=5), bulletin(30, 9, unit="household"))
    assert people(told) == {0: 100}
    assert "Camp" in codes(told)["household_size_unknown"]


def test_a_bare_range_counts_by_its_middle():
    told = record(bulletin(None, low=100, high=300))
    assert people(told) == {0: 200}
    assert "bulletin_range" in codes(told)


def test_a_best_value_goes_before_a_bare_range_of_its_source_and_day_as_in_a_forecast():
    bulletins = (bulletin(5000), bulletin(None, low=1000, high=3000))
    assert people(record(*bulletins)) == people(record(*bulletins[::-1])) == {0: 5000}
    forecast = reported_of(
        Situation(on=DAY, as_of=DAY),
        bulletins,
        packaged_parameters().without(None),
        from_=DAY + dt.timedelta(days=1),
        days=1,
    )
    assert [last.people for last in forecast.last] == [5000]


def test_a_bare_range_counts_until_its_source_publishes_a_best_value():
    later = bulletin(5000, published=DAY + dt.timedelta(days=9))
    told = record(bulletin(None, low=1000, high=3000), later)
    assert (people(told, 8), people(told, 9)) == ({0: 2000}, {0: 5000})


def test_a_range_of_another_source_counts_beside_a_best_value():
    told = record(bulletin(5000, source="A"), bulletin(None, low=1000, high=3000, source="B"))
    assert 2000 < people(told)[0] < 5000


def test_a_flow_is_no_stock_and_brings_one_on_for_our_own_forecast_alone():
    told = record(bulletin(), bulletin(70, 9, measure="flow", published=DAY + dt.timedelta(days=12)))
    assert people(told) == people(told, 40) == {0: 100}
    assert told.truth()["camp"].people.tolist() == [100]
    assert told.seen(11).expected is None
    (brought_on,) = told.seen(12).expected
    assert (brought_on.days.tolist(), brought_on.people.tolist()) == ([0, 9], [100, 170])
    assert "Camp: they bring the last stock on" in codes(told)["flow_brings_on"]


def test_a_flow_to_where_nobody_counted_who_is_there_is_not_used():
    told = record(bulletin(), bulletin(70, 9, measure="flow", place="varn"))
    assert told.places == ("camp",)
    assert told.seen(40).expected is None
    assert "nobody counted who is there" in codes(told)["flow_not_used"]


def test_bulletins_out_of_order_are_sorted():
    told = record(bulletin(300, 20), bulletin(100, 0))
    assert list(people(told)) == [0, 20]
    assert "bulletins_out_of_order" in codes(told)


def test_a_stock_after_today_is_refused():
    with pytest.raises(InputError, match=r"the stock at 'camp' is of 2022-05-04, after today \(2022-01-01\)"):
        record(bulletin(), bulletin(100, 420))


def test_a_crisis_that_lies_ahead_as_a_whole_is_an_exercise():
    told = record(bulletin(), today=dt.date(2020, 1, 1))
    assert "taken as an exercise" in codes(told)["exercise"]


def test_without_a_stock_there_is_nothing_to_look_back_on():
    with pytest.raises(InputError, match="no report tells a stock of people"):
        record(bulletin(measure="flow"))


def test_a_way_leads_over_roads_and_crossings():
    told = record(bulletin())
    assert told.ways.km(("varn",), ("camp",))[0, 0] == pytest.approx(30 + 11.1, abs=0.1)
